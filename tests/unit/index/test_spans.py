"""Spans of a passage from the scores of its word pieces; expected values are worked by hand."""

import numpy as np
import pytest

from dateline.index.spans import OverlapSpanModel, Passage, ScoredSpan, SpanScores, default_span_model

# "Ann met Bo in Oslo": pieces at their code points, scores of the first and of the last piece over "not here".
OFFSETS = np.array([[0, 3], [4, 7], [8, 10], [11, 13], [14, 18]])
FIRST = np.array([1.0, -2.0, 3.0, -1.0, 2.0], np.float32)
LAST = np.array([2.0, -1.0, 1.0, -3.0, 2.5], np.float32)
SCORES = SpanScores(FIRST, LAST, OFFSETS, here=0.5)


def test_best_whole_passage_largest_sum_in_order() -> None:
    # 3.0 (Bo as first) + 2.5 (Oslo as last) = 5.5 is above 2.0 + 2.5 = 4.5 and 1.0 + 2.5 = 3.5.
    assert SCORES.best() == ScoredSpan(8, 18, 5.5)


def test_best_inside_bounds_only_pieces_wholly_inside() -> None:
    # In [0, 10): Bo alone 3 + 1 = 4, Ann alone 1 + 2 = 3, Ann … Bo 1 + 1 = 2.
    assert SCORES.best(0, 10) == ScoredSpan(8, 10, 4.0)


def test_best_last_never_before_first() -> None:
    # Bo (first 3.0) with Ann (last 2.0) would be 5.0, backwards.
    assert SCORES.best(0, 8) == ScoredSpan(0, 3, 3.0)


def test_best_no_piece_inside_none() -> None:
    assert SCORES.best(5, 6) is None


def test_best_long_answer_not_beyond_thirty_pieces() -> None:
    n = 40
    first, last = np.full(n, -5.0, np.float32), np.full(n, -5.0, np.float32)
    first[0], last[35], last[3] = 9.0, 9.0, 1.0
    offsets = np.array([[2 * i, 2 * i + 1] for i in range(n)])
    assert SpanScores(first, last, offsets, here=0.0).best() == ScoredSpan(0, 7, 10.0)


def test_margin_of_given_span_first_of_first_and_last_of_last_piece() -> None:
    assert SCORES.margin_of(8, 18) == 5.5
    assert SCORES.margin_of(9, 10) == 4.0  # inside a piece: the whole piece counts
    assert SCORES.margin_of(30, 40) == -np.inf


def test_overlap_double_other_passages_do_not_change_a_score() -> None:
    model = OverlapSpanModel()
    alone = model.score("Where did Ann meet Bo?", [Passage("Ann met Bo in Oslo.")])[0]
    beside = model.score("Where did Ann meet Bo?", [Passage("Rain."), Passage("Ann met Bo in Oslo."), Passage("")])
    np.testing.assert_array_equal(alone.first, beside[1].first)
    assert beside[1].here > beside[0].here
    assert beside[2].best() is None


def test_support_is_higher_where_the_passage_says_it_and_does_not_depend_on_the_others():
    model = default_span_model()
    passages = [
        "The ferry strike in Bergen ended on Saturday after nine days, the union said.",
        "The museum in Oslo opened a new wing for paintings last week.",
    ]
    said, unsaid = model.support("The strike in Bergen is over.", passages)
    assert said > unsaid
    assert model.support("The strike in Bergen is over.", passages[:1]) == pytest.approx([said], abs=1e-4)
    assert model.support("The strike in Bergen is over.", []) == []
