"""Bootstrap intervals: known limits, fixed seed, undefined values counted."""

from math import sqrt

import numpy as np
import pytest

from dateline.eval.intervals import Estimate, mean, percentile, resampled


def test_mean_of_equal_values_has_no_width_and_counts_the_undefined() -> None:
    assert mean([0.5, None, 0.5, None]) == Estimate(0.5, 0.5, 0.5, n=2, n_undefined=2)


def test_mean_of_nothing_is_undefined() -> None:
    assert mean([]) == Estimate(None, None, None, n=0)
    assert mean([None]) == Estimate(None, None, None, n=0, n_undefined=1)


def test_interval_of_a_share_agrees_with_the_normal_approximation() -> None:
    # p = 0.5, n = 400: standard error sqrt(0.25 / 400) = 0.025, so 0.5 ± 1.96 · 0.025.
    estimate = mean([1.0, 0.0] * 200)
    half = 1.96 * sqrt(0.25 / 400)
    assert estimate.low == pytest.approx(0.5 - half, abs=0.006)
    assert estimate.high == pytest.approx(0.5 + half, abs=0.006)


def test_interval_is_the_same_each_time() -> None:
    assert mean([0.0, 1.0, 1.0]) == mean([0.0, 1.0, 1.0])


def test_percentile_is_linear_between_neighbours() -> None:
    estimate = percentile([10.0, 20.0, 30.0], 75)
    assert estimate.value == 25
    assert estimate.low is not None
    assert 10 <= estimate.low <= 25


def test_resampled_mean_is_the_mean_with_its_interval() -> None:
    values = np.array([0.0, 1.0, 1.0, 0.0, 1.0])
    rows = np.arange(5).reshape(5, 1)
    assert resampled(rows, lambda drawn: float(values[drawn].mean())) == mean(values.tolist())


def test_resampled_draws_rows_of_a_question_together() -> None:
    # Each question has a right and a wrong row: whatever is drawn, half is right.
    values = np.array([0.0, 1.0, 1.0, 0.0])
    found = resampled(np.array([[0, 1], [2, 3]]), lambda drawn: float(values[drawn].mean()))
    assert (found.value, found.low, found.high, found.n) == (0.5, 0.5, 0.5, 2)


def test_resampled_without_a_value_is_undefined() -> None:
    assert resampled(np.zeros((3, 1), np.int64), lambda drawn: None) == Estimate(None, None, None, 0, 3)
    assert resampled(np.zeros((0, 1), np.int64), lambda drawn: 1.0) == Estimate(None, None, None, 0)
