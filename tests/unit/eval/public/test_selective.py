"""Risk and coverage, refusing and calibration on a handful of questions, worked by hand."""

import numpy as np
import pytest

from dateline.eval.public.selective import (
    auc,
    aurc,
    calibration_error,
    coverage_at_precision,
    rejection,
    risk_coverage,
)

SURE = np.array([0.9, 0.8, 0.7, 0.6])
RIGHT = np.array([1.0, 1.0, 0.0, 1.0])


def test_risk_is_the_share_of_wrong_among_the_most_confident() -> None:
    coverage, risk = risk_coverage(SURE, RIGHT)
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert risk == pytest.approx([0, 0, 1 / 3, 1 / 4])
    assert aurc(SURE, RIGHT) == pytest.approx((1 / 3 + 1 / 4) / 4)


def test_order_within_a_tie_makes_no_difference() -> None:
    tied = np.array([0.5, 0.5])
    # In a random order one of the two is right first in half of the cases: risk 1/2 at both coverages.
    assert risk_coverage(tied, np.array([1.0, 0.0]))[1] == pytest.approx([0.5, 0.5])
    assert aurc(tied, np.array([1.0, 0.0])) == aurc(tied, np.array([0.0, 1.0])) == 0.5


def test_coverage_at_precision_takes_the_largest_and_stops_at_a_tie() -> None:
    assert coverage_at_precision(SURE, RIGHT, precision=0.75) == 1
    assert coverage_at_precision(SURE, RIGHT, precision=0.8) == 0.5
    assert coverage_at_precision(np.array([0.9, 0.5, 0.5]), np.array([1.0, 0.0, 0.0]), precision=0.6) == pytest.approx(
        1 / 3
    )
    assert coverage_at_precision(SURE, np.zeros(4), precision=0.8) == 0


def test_what_cannot_be_answered_is_not_covered() -> None:
    assert coverage_at_precision(np.array([0.9, -1.0]), np.array([1.0, 0.0]), precision=0.5) == 0.5


def test_rejection_loses_no_more_of_the_answerable_than_allowed() -> None:
    sure = np.array([0.9, 0.8, 0.5, 0.4, 0.7, 0.45, 0.1])
    there = np.array([True, True, True, True, False, False, False])
    # A quarter of four may be lost: the threshold stands at 0.5, and 0.45 and 0.1 of three lie below it.
    assert rejection(sure, there, false_abstention=0.25) == pytest.approx(2 / 3)
    assert rejection(sure, there, false_abstention=0.2) == pytest.approx(1 / 3)
    assert rejection(sure, np.ones(7, bool), false_abstention=0.1) is None


def test_auc_counts_pairs_and_half_of_ties() -> None:
    # Pairs: 0.9>0.5, 0.9>0.2, 0.5=0.5, 0.5>0.2 → 3.5 of 4.
    assert auc(np.array([0.9, 0.5, 0.5, 0.2]), np.array([True, True, False, False])) == pytest.approx(0.875)
    assert auc(SURE, np.ones(4, bool)) is None


def test_calibration_error_weighs_the_gap_of_each_bin() -> None:
    # Bins of two: (0.6, 0.7) mean 0.65, right 1/2, gap 0.15; (0.8, 0.9) mean 0.85, right 1, gap 0.15.
    assert calibration_error(SURE, RIGHT, n_bins=2) == pytest.approx(0.15)
    assert calibration_error(np.array([-1.0]), np.array([0.0])) is None


def test_without_questions_nothing_is_defined() -> None:
    nothing = np.empty(0)
    assert aurc(nothing, nothing) is None
    assert coverage_at_precision(nothing, nothing, precision=0.8) is None
