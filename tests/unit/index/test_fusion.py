"""Fusion on lists small enough to work by hand."""

import pytest

from dateline.index.fusion import fuse


def ids(rows):
    return [row.chunk_id for row in rows]


def test_fuse_scales_each_list_and_adds_shares():
    # dense: from -1 to 0.8 → a 1, b 1.5 / 1.8, c 1.2 / 1.8; lexical: from 0 to 10 → c 1, b 0.4.
    rows = fuse([("a", 0.8), ("b", 0.5), ("c", 0.2)], [("c", 10.0), ("b", 4.0)], dense_weight=0.6)
    # c 0.6 · 2 / 3 + 0.4 = 0.8; b 0.6 · 5 / 6 + 0.4 · 0.4 = 0.66; a 0.6.
    assert ids(rows) == ["c", "b", "a"]
    assert [row.score for row in rows] == pytest.approx([0.8, 0.66, 0.6])


def test_fuse_lexical_only_counts_as_near_as_the_last_of_the_dense_list():
    # The dense list ends at 0.2: share 1.2 / 1.8; c may not be nearer. 0.5 · 2 / 3 + 0.5 = 5 / 6.
    rows = {row.chunk_id: row for row in fuse([("a", 0.8), ("b", 0.2)], [("c", 7.0)], dense_weight=0.5)}
    assert rows["c"].score == pytest.approx(5 / 6)


def test_fuse_negative_cosines_keep_their_order():
    assert ids(fuse([("b", -0.1), ("a", -0.4)], [], dense_weight=0.5)) == ["b", "a"]


def test_fuse_keeps_raw_scores_and_marks_absent_stages():
    rows = {row.chunk_id: row for row in fuse([("a", 0.8), ("b", 0.1)], [("c", 7.0)], dense_weight=0.5)}
    assert (rows["a"].dense, rows["a"].lexical) == (0.8, None)
    assert (rows["c"].dense, rows["c"].lexical) == (None, 7.0)


@pytest.mark.parametrize(
    ("dense", "lexical", "expected"),
    [
        ([], [], []),
        ([("b", 0.9), ("a", 0.1)], [], ["b", "a"]),
        ([], [("b", 9.0), ("a", 1.0)], ["b", "a"]),
    ],
)
def test_fuse_of_an_empty_list_leaves_the_other_its_order(dense, lexical, expected):
    assert ids(fuse(dense, lexical, dense_weight=0.3)) == expected


def test_fuse_zero_lexical_score_earns_nothing():
    rows = fuse([("a", 0.9), ("b", 0.5)], [("b", 0.0), ("c", 0.0)], dense_weight=0.01)
    assert ids(rows) == ["a", "b"]
    assert rows[1].lexical is None


def test_fuse_equal_scores_are_ordered_by_chunk_id():
    assert ids(fuse([("z", 0.5), ("a", 0.5), ("m", 0.5)], [], dense_weight=0.5)) == ["a", "m", "z"]
    # One hit each: both as near as it gets; only "a" has the words.
    assert ids(fuse([("b", 0.5)], [("a", 3.0)], dense_weight=0.5)) == ["a", "b"]


def test_fuse_single_hit_of_a_list_counts_in_full():
    (row,) = fuse([("a", -0.2)], [("a", 1.5)], dense_weight=0.5)
    assert row.score == pytest.approx(1.0)
