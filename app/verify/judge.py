"""One statement against its sources: every check, the words that decided it, the verdict. Deterministic, no model."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..answer import Check, Verdict
from ..extractive.article_view import Sentence
from .facts import Fact, Ground, facts_of
from .nearest import coverage, nearest, rarity
from .passage import Passage, Source, sentence_passage, statement_passage
from .polarity import polarity_checks, strip_marks
from .speech import speaker_check
from .tokens import tokens_of

# Below this share of a statement's words, by rarity, the sources do not speak of it.
MIN_COVERAGE = 0.34
SAME_BUT_FOR_A_FACT = 0.6
# Facts that no statement may bring of its own.
MEASURED = frozenset(["number", "money", "share", "date", "time"])


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A sentence of a source that a statement is held against."""

    source: Source
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one statement: verdict, checks, the sentences it was held against (best first), words covered."""

    verdict: Verdict
    checks: tuple[Check, ...]
    near: tuple[Held, ...]
    facts: tuple[Fact, ...] = ()
    covered: float = 0.0


def judge(
    statement: str, held: Sequence[Held], *, around: Sequence[Held] = (), lends_amounts: bool = True
) -> Judgement:
    """Holds a statement against sentences; `around` (the rest of the article) may lend names and dates.

    `lends_amounts`: numbers may stand elsewhere than in the sentences nearest to the statement.

    contradicted: a fact, a negation, a modal or a speaker is another in the sentences that speak of it. unsupported:
    they do not speak of it, or nowhere have one of its numbers or dates. partly: a name stands nowhere. supported: all
    the rest.
    """
    said = statement_passage(statement)
    passages = [sentence_passage(one.sentence) for one in held]
    places = nearest(said, passages)
    near = tuple(held[place] for place in places)
    if not near:
        return Judgement("unsupported", (Check("words", "none of them stands in the articles", ok=False),), ())
    ground = Ground(tuple(passages[place] for place in places), _others(held, around, near), lends_amounts)
    facts = tuple(facts_of(said, ground))
    everything = [*passages, *(sentence_passage(one.sentence) for one in around)]
    covered = coverage(
        _beside_facts(said, facts), ground.near, weights=rarity(everything), unseen=math.log(1 + len(everything))
    )
    checks = [Check(fact.kind, _words(fact), ok=fact.outcome == "stands") for fact in facts]
    failed: list[Check] = []
    if not _verbatim(statement, near):
        failed = polarity_checks(said, ground.near)
        spoken = speaker_check(statement, [(one.source, one.sentence) for one in near])
        failed += [spoken] if spoken else []
    return Judgement(_verdict(facts, failed, covered), (*checks, *failed), near, facts, covered)


def _beside_facts(said: Passage, facts: Sequence[Fact]) -> frozenset[str]:
    """The stems of a statement without the words of its facts, which are judged by themselves.

    A name that stands where it should stays in: it is much of what two sentences about one thing share.
    """
    apart = [fact for fact in facts if fact.outcome != "stands" or fact.kind in MEASURED]
    words = {token.text for fact in apart for token in tokens_of(fact.text)}
    return frozenset(token.stem for token in said.tokens if token.content and token.text not in words)


def _others(held: Sequence[Held], around: Sequence[Held], near: Sequence[Held]) -> tuple[Passage, ...]:
    return tuple(sentence_passage(one.sentence) for one in (*held, *around) if one not in near)


def _verdict(facts: Sequence[Fact], failed: Sequence[Check], covered: float) -> Verdict:
    if covered < MIN_COVERAGE:
        return "unsupported"
    if failed or any(fact.outcome == "contradicted" for fact in facts):
        return "contradicted"
    absent = [fact for fact in facts if fact.outcome == "absent"]
    if not absent:
        return "supported"
    if any(fact.kind in MEASURED for fact in absent):
        return "unsupported"
    # All but the fact is said in the source: the fact was put there. Else something more is told than the source tells.
    return "unsupported" if covered >= SAME_BUT_FOR_A_FACT else "partly"


def _words(fact: Fact) -> str:
    return f"{fact.text}, not {fact.instead}" if fact.instead else fact.text


def _verbatim(statement: str, near: Sequence[Held]) -> bool:
    """Whether the statement is a whole sentence of the source, word for word."""
    plain = strip_marks(statement).rstrip(".").casefold()
    return any(strip_marks(one.sentence.text).rstrip(".").casefold() == plain for one in near)
