"""What a confidence is worth: risk–coverage, its area, refusing well, calibration. Pure, over arrays.

`confidence` (n,) in [0, 1], or -1 where nothing can be answered whatever the threshold; `right` (n,) in {0, 1}.
Questions of equal confidence are answered together: within a tie the risk is that of a random order.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NOTHING_TO_SAY = -1.0


def risk_coverage(confidence: Floats, right: Floats) -> tuple[Floats, Floats]:
    """(coverage, risk), each (n,): answering the i most confident questions, and the share of them that is wrong.

    >>> coverage, risk = risk_coverage(np.array([0.9, 0.2, 0.6]), np.array([1.0, 0.0, 1.0]))
    >>> risk.round(2).tolist()
    [0.0, 0.0, 0.33]
    """
    if not len(right):
        return np.empty(0), np.empty(0)
    order = np.argsort(-confidence, kind="stable")
    ends = _ends_of_ties(confidence[order])
    group = np.append(0, np.cumsum(ends[:-1]))
    shared = np.bincount(group, weights=right[order]) / np.bincount(group)
    n_answered = np.arange(1, len(order) + 1)
    return n_answered / len(order), 1 - np.cumsum(shared[group]) / n_answered


def aurc(confidence: Floats, right: Floats) -> float | None:
    """Area under the risk–coverage curve: the mean risk over coverages (Geifman & El-Yaniv 2017). Lower is better."""
    return float(risk_coverage(confidence, right)[1].mean()) if len(right) else None


def coverage_at_precision(confidence: Floats, right: Floats, *, precision: float) -> float | None:
    """The largest share answered of which at least `precision` is right; 0 where no threshold gives that."""
    if not len(right):
        return None
    coverage, risk = risk_coverage(confidence, right)
    falling = -np.sort(-confidence)
    allowed = _ends_of_ties(falling) & (falling >= 0) & (risk <= 1 - precision + 1e-9)
    return float(coverage[allowed].max()) if allowed.any() else 0.0


def rejection(confidence: Floats, answerable: NDArray[np.bool_], *, false_abstention: float) -> float | None:
    """The share of the unanswerable refused by the highest threshold that refuses this share of the answerable."""
    here, nowhere = np.sort(confidence[answerable]), confidence[~answerable]
    if not len(here) or not len(nowhere):
        return None
    n_lost = int(np.floor(false_abstention * len(here) + 1e-9))
    threshold = here[n_lost] if n_lost < len(here) else np.inf
    return float((nowhere < threshold).mean())


def auc(confidence: Floats, positive: NDArray[np.bool_]) -> float | None:
    """The chance that a positive question has more confidence than a negative one, a tie counting half."""
    high, low = confidence[positive], np.sort(confidence[~positive])
    if not len(high) or not len(low):
        return None
    n_below = np.searchsorted(low, high, side="left") + np.searchsorted(low, high, side="right")
    return float(n_below.sum() / (2 * len(high) * len(low)))


def calibration_error(confidence: Floats, right: Floats, *, n_bins: int = 10) -> float | None:
    """Expected calibration error over bins of equally many answers; what cannot be answered at all is left out."""
    said = confidence >= 0
    order = np.argsort(confidence[said], kind="stable")
    if not len(order):
        return None
    bins = zip(np.array_split(confidence[said][order], n_bins), np.array_split(right[said][order], n_bins), strict=True)
    gaps = [len(sure) * abs(sure.mean() - good.mean()) for sure, good in bins if len(sure)]
    return float(sum(gaps) / len(order))


def _ends_of_ties(ordered: Floats) -> NDArray[np.bool_]:
    """Where the next confidence is another one: a threshold can stand behind these."""
    return np.append(ordered[1:] != ordered[:-1], True)
