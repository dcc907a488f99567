"""From the rows of a run to its measures, each with a 95% interval, overall and by kind. Pure.

Every judged question counts in a measure that is defined for it: what was not found, not cited or not answered is 0.
Where a measure is undefined (no gold ranges, nothing refused) the question is left out and counted in `n_undefined`.
"""

from collections.abc import Callable, Mapping, Sequence

from .intervals import Estimate, mean, percentile
from .measures import (
    citation_precision,
    citation_recall,
    ndcg_at_k,
    recall_at_k,
    reciprocal_rank,
    span_recall_at_k,
    success_at_k,
)
from .run import Row


def _right(row: Row) -> float:
    return float(row.judgement.verdict == "correct")


def _of_answerable(value: Callable[[Row], float | None]) -> Callable[[Row], float | None]:
    return lambda row: value(row) if row.answerable else None


def _of_answers(value: Callable[[Row], float | None]) -> Callable[[Row], float | None]:
    return lambda row: value(row) if row.answered and row.answerable else None


def _retrieval(k: int) -> dict[str, Callable[[Row], float | None]]:
    return {
        f"recall@{k}": _of_answerable(lambda row: recall_at_k(row.ranking, row.accepted, k=k)),
        f"success@{k}": _of_answerable(lambda row: success_at_k(row.ranking, row.accepted, k=k)),
        f"span recall@{k}": _of_answerable(lambda row: span_recall_at_k(row.retrieved, row.gold, k=k)),
    }


# Each measure gives a question its value, None where it is undefined for that question.
MEASURES: Mapping[str, Callable[[Row], float | None]] = {
    "accuracy": _of_answerable(_right),
    "precision": lambda row: _right(row) if row.answered else None,
    "coverage": _of_answerable(lambda row: float(row.answered)),
    "refusal precision": lambda row: None if row.answered else float(not row.answerable),
    "refusal recall": lambda row: None if row.answerable else float(not row.answered),
    **_retrieval(1),
    **_retrieval(3),
    **_retrieval(5),
    "RR": _of_answerable(lambda row: reciprocal_rank(row.ranking, row.accepted)),
    "nDCG@5": _of_answerable(lambda row: ndcg_at_k(row.ranking, row.accepted, k=5)),
    "citation precision": _of_answers(lambda row: citation_precision(row.cited, row.gold)),
    "citation recall": _of_answers(lambda row: citation_recall(row.cited, row.gold)),
    "exact quotes": lambda row: sum(row.exact) / len(row.exact) if row.exact else None,
    "conflict shown": lambda row: None if row.conflict_shown is None else float(row.conflict_shown),
    "no false conflict": lambda row: None if row.agreement_kept is None else float(row.agreement_kept),
    "copies counted": lambda row: None if row.copies_counted is None else float(row.copies_counted),
}


def summarise(rows: Sequence[Row]) -> dict[str, Estimate]:
    """All measures over the rows, in the order of MEASURES."""
    return {name: mean([measure(row) for row in rows]) for name, measure in MEASURES.items()}


def summarise_by_kind(rows: Sequence[Row]) -> dict[str, dict[str, Estimate]]:
    """The same for the rows of each kind, kinds in alphabetical order."""
    return {kind: summarise([row for row in rows if row.kind == kind]) for kind in sorted({row.kind for row in rows})}


def latency(rows: Sequence[Row]) -> dict[str, Estimate]:
    """p50 and p95 of the milliseconds from question to answer."""
    values = [row.latency_ms for row in rows]
    return {"p50_ms": percentile(values, 50), "p95_ms": percentile(values, 95)}
