"""A mean, a share, a percentile or another statistic over questions, with its bootstrap 95% interval.

Pure: the percentile bootstrap (Efron 1979) over questions with a fixed seed, 1,000 resamples, the 2.5th and 97.5th
percentile.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

N_RESAMPLES = 1000
SEED = 20221128
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95% interval, over `n` questions; `n_undefined` more had no value and were left out.

    All three numbers are None where n is 0.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    n_undefined: int = 0


def mean(values: Sequence[float | None]) -> Estimate:
    """The mean of the defined values.

    >>> mean([1.0, 1.0, None])
    Estimate(value=1.0, low=1.0, high=1.0, n=2, n_undefined=1)
    """
    defined = [value for value in values if value is not None]
    return _estimate(defined, statistic=lambda sample: sample.mean(axis=-1), n_undefined=len(values) - len(defined))


def percentile(values: Sequence[float], percent: float) -> Estimate:
    """A percentile of the values, linear between neighbours."""
    return _estimate(
        values, statistic=lambda sample: np.asarray(np.percentile(sample, percent, axis=-1)), n_undefined=0
    )


def resampled(members: NDArray[np.int64], statistic: Callable[[NDArray[np.int64]], float | None]) -> Estimate:
    """A statistic of rows that is no mean of theirs, such as an area under a curve.

    `members` (n, rows a question) holds the rows that are drawn together, so that a question asked twice is one draw.
    `statistic` takes rows and gives None where it is undefined; resamples without it are left out of the interval.
    """
    value = statistic(members.ravel()) if len(members) else None
    if value is None:
        return Estimate(None, None, None, 0, len(members))
    picks = np.random.default_rng(SEED).integers(len(members), size=(N_RESAMPLES, len(members)))
    drawn = [found for pick in picks if (found := statistic(members[pick].ravel())) is not None]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Estimate(value, float(low), float(high), len(members))


def _estimate(values: Sequence[float], *, statistic: Callable[[_Floats], _Floats], n_undefined: int) -> Estimate:
    if not values:
        return Estimate(None, None, None, 0, n_undefined)
    array = np.asarray(values, dtype=np.float64)
    picks = np.random.default_rng(SEED).integers(len(array), size=(N_RESAMPLES, len(array)))
    low, high = np.percentile(statistic(array[picks]), [2.5, 97.5])
    return Estimate(float(statistic(array)), float(low), float(high), len(array), n_undefined)
