"""Where articles disagree: another day for the same event, another spelling of one name. Both sides are told.

Only what several articles say of the same thing is compared: sentences as good as the answering one, from elsewhere.
"""

from collections.abc import Sequence

from ..reader import DraftConflict, DraftSide
from .article_view import Sentence
from .name_match import same_name, words_of_name
from .named_values import Value
from .question_kind import Question
from .sentence_scores import Scored
from .short_answer import Chosen

NEARLY = 1.5  # points of score that another article's sentence may be worse and still speak of the same


def find_conflicts(
    question: Question, chosen: Chosen, ranked: Sequence[Scored]
) -> tuple[tuple[DraftConflict, ...], tuple[Sentence, ...]]:
    """The conflicts, and the sentences of the other sides, so that they can be told; empty where all agree."""
    if chosen.value is None or question.kind not in {"date", "person", "number", "money", "share"}:
        return (), ()
    sides: dict[str, list[Sentence]] = {chosen.value.text: [chosen.scored.sentence]}
    articles = {chosen.scored.sentence.article.article_id}
    for one in ranked:
        article_id = one.sentence.article.article_id
        if article_id in articles or one.score < chosen.scored.score - NEARLY or not one.values:
            continue
        articles.add(article_id)
        value = one.values[0]
        if value.fit >= 0.8 and _differs(question, chosen.value, value):
            sides.setdefault(value.text, []).append(one.sentence)
    if len(sides) < 2:
        return (), ()
    told = tuple(DraftSide(value, tuple(s.span for s in sentences)) for value, sentences in sides.items())
    others = tuple(sentences[0] for value, sentences in sides.items() if value != chosen.value.text)
    return (DraftConflict(_about(question), told),), others


def _differs(question: Question, one: Value, other: Value) -> bool:
    """Whether two values are two answers to one thing: days a week apart at most, spellings of one name."""
    if one.text == other.text:
        return False
    if question.kind == "person":
        a, b = words_of_name(one.text), words_of_name(other.text)
        return same_name(one.text, other.text) and bool(a) and bool(b) and a[-1] != b[-1]
    if question.kind == "date":
        a_parts, b_parts = one.text.split(), other.text.split()
        return len(a_parts) == len(b_parts) == 3 and a_parts[1:] == b_parts[1:]
    return False


def _about(question: Question) -> str:
    return question.text.strip().rstrip("?") + "?"
