"""Measures of one question. Pure; the conventions are those of ir_measures (trec_eval), and a test compares them.

Ranks start at 1. A ranking holds each id once. What is undefined (nothing relevant, nothing cited) is None, never a
number: who averages leaves it out and counts it.
"""

import math
from collections.abc import Collection, Sequence

Range = tuple[str, int, int]


def recall_at_k(ranking: Sequence[str], relevant: Collection[str], *, k: int) -> float | None:
    """R@k: the share of relevant ids among the first k; None when nothing is relevant.

    >>> recall_at_k(["b", "a", "c"], {"a", "d"}, k=2)
    0.5
    """
    return len(set(ranking[:k]) & set(relevant)) / len(set(relevant)) if relevant else None


def success_at_k(ranking: Sequence[str], relevant: Collection[str], *, k: int) -> float | None:
    """Success@k: 1 if any relevant id is among the first k, else 0; None when nothing is relevant."""
    return float(not set(ranking[:k]).isdisjoint(relevant)) if relevant else None


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str]) -> float | None:
    """RR: 1 over the rank of the first relevant id, 0 where there is none; None when nothing is relevant.

    >>> reciprocal_rank(["b", "a"], {"a"})
    0.5
    """
    if not relevant:
        return None
    return next((1 / rank for rank, item in enumerate(ranking, 1) if item in relevant), 0.0)


def ndcg_at_k(ranking: Sequence[str], relevant: Collection[str], *, k: int) -> float | None:
    """nDCG@k with binary gains and a log2 discount; None when nothing is relevant."""
    if not relevant:
        return None
    gain = sum(1 / math.log2(rank + 1) for rank, item in enumerate(ranking[:k], 1) if item in relevant)
    return gain / sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(set(relevant))) + 1))


def overlap(one: Range, other: Range) -> bool:
    """Whether two half-open ranges of the same article share at least one code point."""
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def span_recall_at_k(retrieved: Sequence[Range], gold: Sequence[Sequence[Range]], *, k: int) -> float | None:
    """The share of gold groups of which some range overlaps one of the first k retrieved; None without gold.

    >>> span_recall_at_k([("a", 0, 9), ("b", 0, 9)], [[("a", 5, 12), ("c", 0, 2)], [("b", 9, 12)]], k=2)
    0.5
    """
    return _covered(retrieved[:k], gold)


def citation_recall(cited: Sequence[Range], gold: Sequence[Sequence[Range]]) -> float | None:
    """The share of gold groups of which some range is overlapped by a citation; None without gold."""
    return _covered(cited, gold)


def citation_precision(cited: Sequence[Range], gold: Sequence[Sequence[Range]]) -> float | None:
    """The share of citations that overlap a gold range of any group; 0 where nothing is cited; None without gold."""
    if not gold:
        return None
    right = [any(overlap(citation, one) for group in gold for one in group) for citation in cited]
    return sum(right) / len(right) if right else 0.0


def _covered(ranges: Sequence[Range], gold: Sequence[Sequence[Range]]) -> float | None:
    if not gold:
        return None
    return sum(any(overlap(one, other) for one in group for other in ranges) for group in gold) / len(gold)
