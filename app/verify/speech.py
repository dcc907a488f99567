"""Whether the speaker of a statement is the one to whom the source gives these words."""

from collections.abc import Sequence

from ...index.article import Article
from ..answer import Check
from ..extractive.article_view import Sentence, view_article
from ..extractive.name_match import same_name
from ..extractive.names import Name
from ..extractive.speakers import Attribution, speaker_of
from .equal import same_entity
from .passage import Source
from .tokens import tokens_of


def speaker_check(statement: str, near: Sequence[tuple[Source, Sentence]]) -> Check | None:
    """The failed check where both name a speaker and it is not the same one; None where that cannot be told.

    `near`: the sentences that speak of the statement, best first. The one that holds the words of the statement, its
    speaker left out, says whose they are; the first where two are as good.
    """
    told = _speaker_in(statement)
    if told is None or told.strength < 1.0 or not near:
        return None
    words = _words(statement) - _words(told.name)
    source, nearest = max(near, key=lambda one: len(words & _words(one[1].text)))
    given = speaker_of(nearest, source.view)
    if given is None or not _comparable(told, given) or _same(told, given):
        return None
    if _is_named(told.name, nearest):
        return None  # both are named there: who of them speaks is not for these rules to overrule
    return Check("speaker", f"{told.name}, not {given.name}", ok=False)


def _words(text: str) -> frozenset[str]:
    return frozenset(token.stem for token in tokens_of(text) if token.content)


def _speaker_in(statement: str) -> Attribution | None:
    view = view_article(Article(article_id="statement", title="", text=statement))
    found = [speaker_of(sentence, view) for sentence in view.sentences]
    return next((one for one in found if one is not None), None)


def _comparable(told: Attribution, given: Attribution) -> bool:
    return told.kind in {"person", "other"} and given.kind in {"person", "other"} and given.strength >= 0.6


def _same(told: Attribution, given: Attribution) -> bool:
    return same_name(told.name, given.name) or same_entity(_name(told), _name(given))


def _name(attribution: Attribution) -> Name:
    return Name(0, len(attribution.name), attribution.name, "person")


def _is_named(name: str, sentence: Sentence) -> bool:
    return any(same_name(name, other.text) for other in sentence.names)
