"""How well a statement is supported by its sources, in [0, 1]: cheap signs weighed by a logistic model.

This is the seam for a trained model: it would see the statement with its nearest sentences (`Judgement.near`) and give
a number like `score`. The verdict is `judge`'s; the score orders statements within it. `benchmarks/support.py` fits and
measures the weights.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .judge import MEASURED, Judgement
from .nearest import coverage, rarity
from .passage import Passage, sentence_passage, statement_passage

# Fitted on AttributionBench dev and WiCE dev, no weight allowed against its sense; docs/benchmarks.md, "Support",
# 2026-11-23. The penalty was chosen by hand: a fact altered in a sentence that is else the source's own is no support.
WEIGHTS: Mapping[str, float] = {
    "pairs_mean": 0.284,
    "pairs_min": 1.782,
    "near_min": 1.454,
    "amounts_lost": -1.070,
    "names_lost": -0.795,
}
BIAS = -0.979
PENALTY = 2.0
ELSE_THE_SAME = 0.6


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells the support of one sentence.

    `near`: share of its words, by rarity, in the nearest sentences. `pairs`: share of its neighbouring words that are
    neighbours there. The rest count facts; `altered`: contradicted, but else in the source's own words.
    """

    near: float
    pairs: float
    amounts_lost: int
    names_lost: int
    altered: bool


def signs(statement: str, judged: Judgement, passages: Sequence[Passage]) -> Signs:
    """The signs of a sentence that was judged against the passages of its source."""
    said = statement_passage(statement)
    near = [sentence_passage(one.sentence) for one in judged.near]
    weights, unseen = rarity(passages), math.log(1 + len(passages))
    lost = [fact.kind in MEASURED | {"ordinal"} for fact in judged.facts if fact.outcome != "stands"]
    return Signs(
        near=coverage(said.stems, near, weights=weights, unseen=unseen),
        pairs=_pairs_kept(said, passages),
        amounts_lost=sum(lost),
        names_lost=len(lost) - sum(lost),
        altered=judged.verdict == "contradicted" and judged.covered >= ELSE_THE_SAME,
    )


def taken_together(told: Sequence[Signs]) -> dict[str, float]:
    """The signs of all sentences of a statement as one row, by the names of WEIGHTS."""
    n = max(1, len(told))
    return {
        "pairs_mean": sum(one.pairs for one in told) / n,
        "pairs_min": min((one.pairs for one in told), default=0.0),
        "near_min": min((one.near for one in told), default=0.0),
        "amounts_lost": max((math.log1p(one.amounts_lost) for one in told), default=0.0),
        "names_lost": max((math.log1p(one.names_lost) for one in told), default=0.0),
    }


def score(told: Sequence[Signs]) -> float:
    """The support of a statement of these sentences, in [0, 1]; 0.0 for none."""
    if not told:
        return 0.0
    row = taken_together(told)
    z = BIAS + sum(weight * row[name] for name, weight in WEIGHTS.items())
    z -= PENALTY * any(one.altered for one in told)
    return 1 / (1 + math.exp(-z))


def _pairs_kept(said: Passage, passages: Sequence[Passage]) -> float:
    """The share of neighbouring words of meaning that are neighbours, or next but one, in the source."""
    pairs = set(pairwise(_content(said)))
    held: set[tuple[str, str]] = set()
    for passage in passages:
        stems = _content(passage)
        held.update(pairwise(stems))
        held.update(zip(stems, stems[2:], strict=False))
    return len(pairs & held) / len(pairs) if pairs else 1.0


def _content(passage: Passage) -> list[str]:
    return [token.stem for token in passage.tokens if token.content]
