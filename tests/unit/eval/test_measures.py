"""Measures of one question, worked by hand; parity with ir_measures is a contract test."""

import pytest

from dateline.eval.measures import (
    citation_precision,
    citation_recall,
    ndcg_at_k,
    overlap,
    recall_at_k,
    reciprocal_rank,
    span_recall_at_k,
    success_at_k,
)

GOLD = [[("a", 10, 20), ("b", 0, 5)], [("c", 7, 9)]]


def test_retrieval_measures_by_hand() -> None:
    ranking, relevant = ["x", "a", "b"], {"a", "b", "q"}
    assert recall_at_k(ranking, relevant, k=2) == pytest.approx(1 / 3)
    assert success_at_k(ranking, relevant, k=1) == 0
    assert success_at_k(ranking, relevant, k=2) == 1
    assert reciprocal_rank(ranking, relevant) == 1 / 2
    # Gains at ranks 2 and 3: 1/log2(3) + 1/log2(4) = 0.6309 + 0.5; ideal at 1 to 3: 1 + 0.6309 + 0.5.
    assert ndcg_at_k(ranking, relevant, k=3) == pytest.approx(1.1309 / 2.1309, abs=1e-4)


def test_retrieval_measures_with_an_empty_ranking_are_zero_and_without_relevant_undefined() -> None:
    for measure in (recall_at_k, success_at_k, ndcg_at_k):
        assert measure([], {"a"}, k=3) == 0
        assert measure(["a"], set(), k=3) is None
    assert reciprocal_rank([], {"a"}) == 0
    assert reciprocal_rank(["a"], set()) is None


def test_ranges_overlap_only_with_a_common_character_of_one_article() -> None:
    assert overlap(("a", 0, 5), ("a", 4, 6))
    assert not overlap(("a", 0, 5), ("a", 5, 6))
    assert not overlap(("a", 0, 5), ("b", 0, 5))


def test_span_recall_counts_groups_within_k() -> None:
    found = [("z", 0, 1), ("b", 4, 9), ("c", 0, 8)]
    assert [span_recall_at_k(found, GOLD, k=k) for k in (1, 2, 3)] == [0, 0.5, 1]
    assert span_recall_at_k(found, [], k=3) is None


def test_citation_precision_is_the_share_on_gold_and_recall_the_share_of_groups() -> None:
    cited = [("a", 0, 11), ("a", 20, 30), ("b", 0, 1)]
    assert citation_precision(cited, GOLD) == pytest.approx(2 / 3)
    assert citation_recall(cited, GOLD) == 0.5
    assert (citation_precision([], GOLD), citation_recall([], GOLD)) == (0, 0)
    assert (citation_precision(cited, []), citation_recall(cited, [])) == (None, None)
