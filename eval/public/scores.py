"""From outcomes to measures with intervals. Pure.

Every asked question counts: a refusal and an answer without a short answer are 0 in EM and F1. "never refusing" scores
what would have been said without a threshold, for comparison with readers that always answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..intervals import Estimate, mean, percentile, resampled
from ..measures import Range, citation_precision, citation_recall, ndcg_at_k, recall_at_k, success_at_k
from . import selective
from .beir import JUDGED
from .case import Outcome, PublicCase, PublicSet
from .wording import Form, exact, f1, told, without_markers

FALSE_ABSTENTION = 0.10
PRECISION = 0.80
_AURC, _COVERAGE = "AURC", f"coverage at {PRECISION:.0%} precision"
_OF_UNANSWERABLE = ("refusal precision", "refusal recall", "EM, refusals counted", "F1, refusals counted")
BY_KIND = ("EM", "F1", "answer told", "cites the answer", "precision", "coverage", "refusal recall")


@dataclass(frozen=True, slots=True)
class Scored:
    """One case with what came of it, scored. All scores are of what was said, threshold or not."""

    case: PublicCase
    outcome: Outcome
    em: float
    f1: float
    told: float
    cites: float
    text_f1: float

    @property
    def answered(self) -> bool:
        """Whether the product answered, by its own threshold."""
        return self.outcome.answered

    @property
    def confidence(self) -> float:
        """That of what was said; below every threshold where nothing could be."""
        return selective.NOTHING_TO_SAY if self.outcome.confidence is None else self.outcome.confidence


def score(case: PublicCase, outcome: Outcome, *, form: Form) -> Scored:
    """Compares an outcome with the right answers; an unanswerable case has none, and whatever is said is wrong."""
    short = outcome.short_answer
    text = None if outcome.text is None else without_markers(outcome.text)
    return Scored(
        case,
        outcome,
        em=exact(short, case.answers, form=form),
        f1=f1(short, case.answers, form=form),
        told=max(told(one, case.answers, form=form) for one in (short, text)),
        cites=float((citation_precision(outcome.cited, [case.gold]) or 0.0) > 0),
        text_f1=f1(text, case.answers, form=form),
    )


def score_all(asked: PublicSet, outcomes: Sequence[Outcome]) -> list[Scored]:
    """Every case of the set with its outcome, in order."""
    return [score(case, outcome, form=asked.form) for case, outcome in zip(asked.cases, outcomes, strict=True)]


def rightness(asked: PublicSet) -> Callable[[Scored], float]:
    """What makes an answer of this set right."""
    return (lambda row: row.cites) if asked.rightness == "cites" else (lambda row: row.em)


_Value = Callable[[Scored], float | None]


def summarise_answers(asked: PublicSet, rows: Sequence[Scored]) -> dict[str, Estimate]:
    """The measures of answering, those that make sense for the set."""
    right = rightness(asked)
    values = _values(right, whole_sentences=asked.rightness == "cites")
    if all(row.case.answerable for row in rows):
        values = {name: value for name, value in values.items() if name not in _OF_UNANSWERABLE}
    found = {name: _mean([value(row) for row in rows], _together(rows)) for name, value in values.items()}
    found |= _selective(rows, right)
    if asked.rightness == "exact":
        also = _selective(rows, lambda row: row.told)
        found |= {f"{name}, answer told": also[name] for name in (_AURC, _COVERAGE)}
    return {name: estimate for name, estimate in found.items() if estimate.n}


def summarise_search(rows: Sequence[Scored]) -> dict[str, Estimate]:
    """The measures of searching: a case counts for the kinds of relevance that it has."""
    kinds = sorted({kind for row in rows for kind in row.case.relevant})
    found: dict[str, Estimate] = {}
    for kind in kinds:
        pairs = [(row.outcome.ranking, row.case.relevant[kind]) for row in rows if kind in row.case.relevant]
        if kind == JUDGED:
            found["nDCG@10"] = mean([ndcg_at_k(ranking, relevant, k=10) for ranking, relevant in pairs])
            found["recall@100"] = mean([recall_at_k(ranking, relevant, k=100) for ranking, relevant in pairs])
            continue
        for k in (1, 5, 10):
            found[f"{kind}@{k}"] = mean([success_at_k(ranking, relevant, k=k) for ranking, relevant in pairs])
    return found


def summarise(asked: PublicSet, rows: Sequence[Scored]) -> dict[str, Estimate]:
    """The measures of the set's task."""
    return summarise_search(rows) if asked.task == "search" else summarise_answers(asked, rows)


def summarise_by_kind(asked: PublicSet, rows: Sequence[Scored]) -> dict[str, dict[str, Estimate]]:
    """Some of the measures for the cases of each kind, in alphabetical order; empty where all are of one kind."""
    kinds = sorted({row.case.kind for row in rows})
    if len(kinds) < 2:
        return {}
    values = _values(rightness(asked), whole_sentences=asked.rightness == "cites")
    return {
        kind: {
            name: mean([value(row) for row in rows if row.case.kind == kind])
            for name, value in values.items()
            if name in BY_KIND
        }
        for kind in kinds
    }


def latency(rows: Sequence[Scored]) -> dict[str, Estimate]:
    """p50 and p95 of the milliseconds from question to answer."""
    values = [row.outcome.latency_ms for row in rows]
    return {"p50_ms": percentile(values, 50), "p95_ms": percentile(values, 95)}


def curve(asked: PublicSet, rows: Sequence[Scored]) -> tuple[list[float], list[float]]:
    """(coverages, risks) of the set's risk–coverage curve, as far as something can be said."""
    confidence, right, _ = _arrays(rows, rightness(asked))
    coverage, risk = selective.risk_coverage(confidence, right)
    n_said = int((confidence >= 0).sum())
    return coverage[:n_said].tolist(), risk[:n_said].tolist()


def _values(right: Callable[[Scored], float], *, whole_sentences: bool) -> dict[str, _Value]:
    def of_answerable(value: Callable[[Scored], float]) -> _Value:
        return lambda row: value(row) if row.case.answerable else None

    words: dict[str, _Value] = {
        "EM": of_answerable(lambda row: row.em * row.answered),
        "F1": of_answerable(lambda row: row.f1 * row.answered),
        "answer told": of_answerable(lambda row: row.told * row.answered),
        "EM, never refusing": of_answerable(lambda row: row.em),
        "F1, never refusing": of_answerable(lambda row: row.f1),
        "answer told, never refusing": of_answerable(lambda row: row.told),
        "EM, refusals counted": lambda row: _counted(row, row.em),
        "F1, refusals counted": lambda row: _counted(row, row.f1),
    }
    sentences: dict[str, _Value] = {
        "F1 of the text": of_answerable(lambda row: row.text_f1 * row.answered),
        "cites the answer": of_answerable(lambda row: row.cites * row.answered),
        "cites the answer, never refusing": of_answerable(lambda row: row.cites),
        "citation precision": lambda row: _of_citations(row, citation_precision),
        "citation recall": lambda row: _of_citations(row, citation_recall),
    }
    return (sentences if whole_sentences else words) | {
        "precision": lambda row: right(row) if row.answered else None,
        "coverage": of_answerable(lambda row: float(row.answered)),
        "refusal precision": lambda row: None if row.answered else float(not row.case.answerable),
        "refusal recall": lambda row: None if row.case.answerable else float(not row.answered),
    }


def _mean(values: Sequence[float | None], together: NDArray[np.int64]) -> Estimate:
    """The mean of the defined values; where questions are asked twice, with the interval over questions."""
    plain = mean(values)
    if together.shape[1:] in ((0,), (1,)):
        return plain
    array = np.array([np.nan if value is None else value for value in values], np.float64)

    def defined(drawn: NDArray[np.int64]) -> float | None:
        kept = array[drawn][~np.isnan(array[drawn])]
        return float(kept.mean()) if len(kept) else None

    over = resampled(together, defined)
    return replace(plain, low=over.low, high=over.high)


def _counted(row: Scored, value: float) -> float:
    """As SQuAD 2.0 counts: silence is right where there is no answer, and 0 where there is one."""
    return value * row.answered if row.case.answerable else float(not row.answered)


def _of_citations(
    row: Scored, measure: Callable[[Sequence[Range], Sequence[Sequence[Range]]], float | None]
) -> float | None:
    """The citations against the sentences that hold the answer, each a group of its own, where one was given."""
    if not row.case.answerable or not row.answered:
        return None
    return measure(row.outcome.cited, [[one] for one in row.case.gold])


def _selective(rows: Sequence[Scored], right: Callable[[Scored], float]) -> dict[str, Estimate]:
    """What the confidence is worth, with what counts as right; questions that belong together are drawn together."""
    confidence, good, answerable = _arrays(rows, right)
    together = _together(rows)

    def over(statistic: Callable[[selective.Floats, selective.Floats, NDArray[np.bool_]], float | None]) -> Estimate:
        return resampled(together, lambda drawn: statistic(confidence[drawn], good[drawn], answerable[drawn]))

    return {
        _AURC: over(lambda sure, fine, _: selective.aurc(sure, fine)),
        _COVERAGE: over(lambda sure, fine, _: selective.coverage_at_precision(sure, fine, precision=PRECISION)),
        "AUC, answerable or not": over(lambda sure, _, there: selective.auc(sure, there)),
        f"rejection at {FALSE_ABSTENTION:.0%} false abstention": over(
            lambda sure, _, there: selective.rejection(sure, there, false_abstention=FALSE_ABSTENTION)
        ),
        "calibration error": over(lambda sure, fine, _: selective.calibration_error(sure, fine)),
    }


def _arrays(
    rows: Sequence[Scored], right: Callable[[Scored], float]
) -> tuple[selective.Floats, selective.Floats, NDArray[np.bool_]]:
    confidence = np.array([row.confidence for row in rows], np.float64)
    good = np.array([right(row) * row.case.answerable for row in rows], np.float64)
    return confidence, good, np.array([row.case.answerable for row in rows], np.bool_)


def _together(rows: Sequence[Scored]) -> NDArray[np.int64]:
    """(questions, rows each); a set pairs all of its questions or none."""
    groups: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        groups.setdefault(row.case.together, []).append(index)
    return np.array(list(groups.values()), np.int64).reshape(len(groups), -1)
