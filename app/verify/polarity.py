"""Negation, doubt and opposites: does a statement say "did" where the source says "did not", "may" or "might"? Pure.

Compares the words under a negator or a modal of the statement with the same words of the source. It tells nothing about
words that only one of the two has.
"""

import re
from collections.abc import Iterator, Sequence

from ..answer import Check
from ..extractive.question_words import word_set
from .passage import Passage
from .tokens import Token

_NEGATORS = word_set("""
not no never none neither nor cannot without nobody nothing hardly barely
""")
_REFUSALS = word_set("""
deny denied denies refuse refused refuses reject rejected rejects fail failed fails unable unlikely declined
decline declines
""")
_MODALS = word_set("""
may might could would should consider considering considers considered plan plans planned planning propose
proposed proposes possible possibly potential potentially perhaps likely expected expects hopes hoped alleged
allegedly accused suspected reportedly if unless whether intends aims seeks wants rumored rumoured
""")
# What is settled, and what is still talked about: "agreed" is not told by a source that has "considering".
_SETTLED = word_set("""
agreed agree agrees approved approves signed signs decided decides accepted accepts concluded ratified adopted
finalized finalised completed settled guaranteed committed
""")
_OPEN = word_set("""
consider considering considers considered discuss discussing discussed negotiate negotiating negotiated negotiations
propose proposed proposal idea mulling weighing studying talks might may could possible potential plans planned
""")
_REACH = 3  # words of meaning that a negator or modal covers
_OPPOSITES = """
rise/fall rose/fell increase/decrease increased/decreased increase/reduce grow/shrink up/down more/less
more/fewer most/least higher/lower high/low win/lose won/lost accept/reject accepted/rejected approve/reject
approved/rejected admit/deny support/oppose supported/opposed agree/disagree allow/ban allowed/banned open/close
opened/closed start/end began/ended before/after above/below over/under first/last best/worst largest/smallest
biggest/smallest oldest/youngest male/female success/failure succeeded/failed include/exclude including/excluding
remember/forget guilty/innocent legal/illegal able/unable possible/impossible likely/unlikely strong/weak
stronger/weaker positive/negative buy/sell bought/sold arrive/leave gain/loss profit/loss confirm/deny
confirmed/denied praise/criticize praised/criticized safe/dangerous true/false all/none always/never
everyone/nobody north/south east/west northern/southern eastern/western man/woman men/women father/mother
son/daughter brother/sister husband/wife boy/girl early/late earlier/later minimum/maximum better/worse good/bad
easy/difficult hard/easy public/private same/different remain/leave join/leave save/spend
"""
_PAIRS: dict[str, frozenset[str]] = {}
for _pair in _OPPOSITES.split():
    _left, _right = _pair.split("/")
    _PAIRS[_left] = _PAIRS.get(_left, frozenset()) | {_right}
    _PAIRS[_right] = _PAIRS.get(_right, frozenset()) | {_left}


def polarity_checks(statement: Passage, sources: Sequence[Passage]) -> list[Check]:
    """Failed checks alone: what the statement affirms and the source negates or doubts, or the other way round."""
    checks = [_negation(statement, source) for source in sources[:1]]
    checks += [_doubt(statement, source) for source in sources[:1]]
    checks += [
        _settled(statement, sources),
        _opposite(statement, sources),
        *(_one_more(statement, source) for source in sources[:1]),
    ]
    return [check for check in checks if check is not None]


def negated(tokens: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """(stem, place) of the first word of meaning behind each negator, as long as its clause goes on."""
    for i, token in enumerate(tokens):
        if _is_negator(token):
            yield from _covered(tokens, i, reach=1)


def _is_negator(token: Token) -> bool:
    return token.folded in _NEGATORS or token.folded.endswith("n't") or token.folded in _REFUSALS


def _is_modal(token: Token) -> bool:
    return _plainly(token) in _MODALS


def _plainly(token: Token) -> str:
    """A word without its "n't"."""
    return token.folded.removesuffix("n't")


def _covered(tokens: Sequence[Token], i: int, *, reach: int) -> Iterator[tuple[str, int]]:
    for j, token in enumerate(tokens[i + 1 : i + 7], start=i + 1):
        if reach == 0:
            return
        if token.content and not _is_negator(token) and not _is_modal(token):
            reach -= 1
            yield token.stem, j


def _negation(statement: Passage, source: Passage) -> Check | None:
    """A word that one of the two negates and the other says plainly, in clauses that share a neighbour."""
    for one, other, says in ((statement, source, True), (source, statement, False)):
        plain_negated = {stem for stem, _ in negated(other.tokens)}
        reached = {
            stem
            for i, token in enumerate(other.tokens)
            if _is_negator(token)
            for stem, _ in _covered(other.tokens, i, reach=3)
        }
        for stem, place in negated(one.tokens):
            if stem in reached or stem in plain_negated or not _has_content(other, stem):
                continue
            if _beside(one, place, other, stem):
                words = one.tokens[place].text
                return Check("negation", f"not … {words}" if says else words, ok=False)
    return None


def _has_content(passage: Passage, stem: str) -> bool:
    return any(token.stem == stem and token.content for token in passage.tokens)


def _beside(one: Passage, place: int, other: Passage, stem: str) -> bool:
    """Whether the word stands in like company in both: a word of meaning within four of it is shared."""
    company = _company(one.tokens, place)
    return any(company & _company(other.tokens, i) for i, token in enumerate(other.tokens) if token.stem == stem)


def _company(tokens: Sequence[Token], place: int) -> set[str]:
    content = [
        (i, token.stem) for i, token in enumerate(tokens) if token.content and not _is_negator(token) and i != place
    ]
    before = [stem for i, stem in content if i < place][-3:]
    after = [stem for i, stem in content if i > place][:3]
    return {*before, *after}


def _doubt(statement: Passage, source: Passage) -> Check | None:
    """A word that stands under a modal in the source and plainly in the statement."""
    said = {
        stem
        for i, token in enumerate(statement.tokens)
        if _is_modal(token)
        for stem, _ in _covered(statement.tokens, i, reach=_REACH)
    }
    modals_kept = {_plainly(token) for token in statement.tokens} & _MODALS
    for i, token in enumerate(source.tokens):
        if not _is_modal(token) or _plainly(token) in modals_kept:
            continue
        for stem, place in _covered(source.tokens, i, reach=1):
            if stem in said or not _has_content(statement, stem) or modals_kept:
                continue
            if _beside(source, place, statement, stem):
                return Check("modality", f"{token.text} {source.tokens[place].text}", ok=False)
    return None


def _settled(statement: Passage, sources: Sequence[Passage]) -> Check | None:
    """A statement that has settled what the nearest source leaves open."""
    known = frozenset(token.stem for source in sources for token in source.tokens)
    said = [token for token in statement.tokens if token.folded in _SETTLED and token.stem not in known]
    still = [token.text for source in sources[:1] for token in source.tokens if token.folded in _OPEN - statement.words]
    if not said or not still or any(_is_negator(token) for token in statement.tokens):
        return None
    return Check("modality", f"{said[0].text}, not {still[0]}", ok=False)


def _opposite(statement: Passage, sources: Sequence[Passage]) -> Check | None:
    """A word of the statement whose opposite stands in the sources in the same place."""
    known = frozenset(word for source in sources for word in source.words)
    for i, token in enumerate(statement.tokens):
        opposites = _PAIRS.get(token.folded, frozenset()) - statement.words
        if token.folded in known or not opposites & known:
            continue
        company = _company(statement.tokens, i)
        for source in sources:
            for j, other in enumerate(source.tokens):
                if other.folded in opposites and company & _company(source.tokens, j):
                    return Check("opposite", f"{token.text}, not {other.text}", ok=False)
    return None


def _one_more(statement: Passage, source: Passage) -> Check | None:
    """A "not" too many or too few where all other words are the same."""
    if len(statement.stems ^ source.stems) > 2:
        return None
    n_said, n_told = (sum(_is_negator(token) for token in one.tokens) for one in (statement, source))
    return Check("negation", f"{n_said} of {n_told}", ok=False) if n_said % 2 != n_told % 2 else None


def strip_marks(text: str) -> str:
    """A text without quote marks, dashes and doubled blanks: what is the same for a person stays the same.

    >>> strip_marks("“So  be it”, he – said")
    'So be it, he said'
    """
    return " ".join(re.sub(r"[\"'“”‘’«»–—-]", " ", text).split()).replace(" ,", ",")
