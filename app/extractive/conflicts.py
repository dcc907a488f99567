"""Where articles disagree: another day, number, place or speaker for the same thing, another spelling of one name.

Only what several articles say of the same thing is compared: sentences that tell the same in mostly the same words
(`same_thing`). Both sides are told, each with all that say so, never a blend. Where one article is a later version of
the other, the change is a correction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ...index.article import Article
from ...index.syndication import compare, words_of
from ..reader import DraftConflict, DraftSide
from .article_view import Sentence
from .named_values import Value
from .question_kind import Question
from .same_thing import (
    asks_spelling,
    is_spelt_otherwise,
    one_lacks_asked_name,
    says_all_asked,
    tell_differently,
    tell_the_same,
)
from .sentence_scores import Scored
from .short_answer import Chosen

WELL_FITTING = 0.75
_KINDS = frozenset(("date", "person", "place", "number", "money", "share", "duration"))
_SPELLING = "how one name is written"


@dataclass(slots=True)
class _Sides:
    """Values with the sentences that give them, the answer's own first."""

    told: dict[str, list[Sentence]] = field(default_factory=dict)

    def add(self, value: str, sentence: Sentence) -> None:
        self.told.setdefault(value, []).append(sentence)


Found = tuple[tuple[DraftConflict, ...], tuple[Sentence, ...]]


def find_conflicts(question: Question, chosen: Chosen, ranked: Sequence[Scored]) -> Found:
    """The conflicts, and the sentences of the other sides, so that they can be told; empty where all agree."""
    own = chosen.scored.sentence
    spelt = _spellings(question, chosen, ranked)
    if len(spelt.told) > 1:
        return _found(_SPELLING, spelt, own)
    kind = question.kind if question.kind in _KINDS else _counted(chosen)
    if chosen.value is None or kind is None:
        return (), ()
    named = [one for one in ranked if not one_lacks_asked_name(question, own, one.sentence)]
    sides = _values(kind, chosen.value, chosen.scored, named)
    return _found(question.text.strip().rstrip("?") + "?", sides, own) if len(sides.told) > 1 else ((), ())


def _found(about: str, sides: _Sides, own: Sentence) -> Found:
    told = list(sides.told.items())
    corrected = None
    if len(told) == 2:
        first, second = (sentences[0].article for _, sentences in told)
        corrected = correction_day(first, second)
        if corrected is None:
            corrected = correction_day(second, first)
            told = told[::-1] if corrected else told
    drafts = tuple(DraftSide(value, tuple(s.span for s in sentences)) for value, sentences in told)
    others = tuple(sentences[0] for _, sentences in told if own not in sentences)
    return (DraftConflict(about, drafts, corrected),), others


def correction_day(earlier: Article, later: Article) -> date | None:
    """The day of `later` where it is a later version of `earlier`: the same text from there, dated after it."""
    before, after = earlier.updated or earlier.published, later.updated or later.published
    if before is None or after is None or after <= before:
        return None
    same_url = earlier.url is not None and earlier.url == later.url
    same_title = earlier.publisher == later.publisher and earlier.title.casefold() == later.title.casefold()
    if not (same_url or same_title) or compare(words_of(earlier.text), words_of(later.text)) is None:
        return None
    return after


def _spellings(question: Question, chosen: Chosen, ranked: Sequence[Scored]) -> _Sides:
    """The spellings of the name that is asked for; of one person always, never of two."""
    own = chosen.scored.sentence
    sentences = [one.sentence for one in ranked]
    if question.kind == "person" and chosen.value is not None:
        return _spelt([_in_full(chosen.value.text, own)], own, sentences)
    if not asks_spelling(question.text):
        return _Sides()
    fitting = [own, *(sentence for sentence in sentences if says_all_asked(question, sentence))]
    for first in fitting:
        names = [name.text for name in first.names if name.kind in {"person", "other"}]
        sides = _spelt(names, first, fitting)
        if len(sides.told) > 1:
            return sides
    return _Sides()


def _spelt(names: Sequence[str], own: Sentence, sentences: Sequence[Sentence]) -> _Sides:
    """One of some names of a sentence, and how sentences of other articles spell it."""
    sides = _Sides()
    for sentence in sentences:
        for other in sentence.names if sentence.article is not own.article else ():
            name = next((name for name in names if is_spelt_otherwise(name, other.text)), None)
            if name is None or (sides.told and name not in sides.told):
                continue
            if not sides.told:
                sides.add(name, own)
            if all(known.article is not sentence.article for known in sides.told.get(other.text, ())):
                sides.add(other.text, sentence)
    return sides


def _in_full(name: str, sentence: Sentence) -> str:
    """A name as the sentence gives it, given name and all."""
    return next((other.text for other in sentence.names if name in other.text.split()), name)


def _counted(chosen: Chosen) -> str | None:
    """The kind of quantity that answers where the question does not tell the kind: "What was the turnout?"."""
    value = chosen.value
    quantities = chosen.scored.sentence.quantities if value else ()
    return next((q.kind for q in quantities if value and q.start < value.end and value.start < q.end), None)


def _value_of(kind: str, one: Scored) -> Value | None:
    """What a sentence gives as its value of a kind: its best fitting, or its only quantity."""
    if one.values:
        return one.values[0] if one.values[0].fit >= WELL_FITTING else None
    counted = [q for q in one.sentence.quantities if q.kind == kind]
    return Value(counted[0].start, counted[0].end, counted[0].text, 1.0) if len(counted) == 1 else None


def _values(kind: str, value: Value, best: Scored, ranked: Sequence[Scored]) -> _Sides:
    """The answer's value and those that other articles give for the same thing; one sentence an article."""
    sides = _Sides()
    sides.add(value.text, best.sentence)
    seen = {best.sentence.article.article_id}
    for one in ranked:
        article_id = one.sentence.article.article_id
        other = _value_of(kind, one)
        if article_id in seen or other is None:
            continue
        if other.text == value.text:
            if tell_the_same(best, one):
                seen.add(article_id)
                sides.add(value.text, one.sentence)
        elif tell_differently(kind, (value, best), (other, one)):
            seen.add(article_id)
            sides.add(other.text, one.sentence)
    return sides
