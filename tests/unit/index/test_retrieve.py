"""The retriever over a small corpus in memory whose scores are given, not computed."""

import math
from dataclasses import dataclass, field
from datetime import date

import pytest

from dateline.index.article import Article, Span
from dateline.index.chunk import Chunk, Filters
from dateline.index.copies import Copies
from dateline.index.embed import HashEmbedder
from dateline.index.errors import ArticleNotFound
from dateline.index.retrieve import RetrievalSettings, Retriever

WORDS = "The ferry left at noon. The mayor stayed. Nobody asked why."


def article(article_id, *, published=None):
    return Article(article_id=article_id, text=WORDS, title=f"Title of {article_id}", published=published)


def chunk(article_id, *, start=0, end=23):
    return Chunk(Span(article_id, start, end), WORDS[start:end], 6, WORDS[start:end])


@dataclass
class GivenScores:
    """A corpus whose searches return what they were given, and that remembers how it was asked."""

    dense: list
    lexical: list
    held: list
    gone: frozenset = frozenset()
    dates: dict = field(default_factory=dict)
    embedder: HashEmbedder = field(default_factory=HashEmbedder)
    asked: list = field(default_factory=list)
    prints: Copies = field(default_factory=Copies)

    def search_dense(self, embedding, *, k, filters):
        self.asked.append(("dense", tuple(embedding), k, filters))
        return self.dense[:k]

    def search_lexical(self, query, *, k, filters):
        self.asked.append(("lexical", query, k, filters))
        return self.lexical[:k]

    def chunks(self, chunk_ids):
        return {c.chunk_id: c for c in self.held if c.chunk_id in chunk_ids}

    def article(self, article_id):
        if article_id in self.gone:
            raise ArticleNotFound(article_id)
        return article(article_id, published=self.dates.get(article_id))

    def copies(self, filters):
        return self.prints


A, B, C = chunk("a"), chunk("b"), chunk("c")


def corpus(**changes):
    given = {
        "dense": [(A.chunk_id, 0.9), (B.chunk_id, 0.5), (C.chunk_id, 0.1)],
        "lexical": [(C.chunk_id, 8.0), (B.chunk_id, 6.0)],
        "held": [A, B, C],
    }
    return GivenScores(**(given | changes))


def test_retrieve_fuses_and_joins_with_chunk_and_article():
    # Shares: dense from -1 to 0.9: a 1, b 1.5 / 1.9, c 1.1 / 1.9; lexical from 0 to 8: c 1, b 0.75. Half each.
    found = Retriever(corpus(), RetrievalSettings(dense_weight=0.5)).retrieve("ferry", k=3)
    assert [(item.article.article_id, item.chunk, item.rank) for item in found] == [
        ("c", C, 1),
        ("b", B, 2),
        ("a", A, 3),
    ]
    assert found[1].scores == pytest.approx({"dense": 0.5, "lexical": 6.0, "fused": 0.75 / 1.9 + 0.375})
    assert found[1].score == pytest.approx(0.75 / 1.9 + 0.375)


def test_retrieve_leaves_out_the_stage_that_did_not_see_the_chunk():
    found = Retriever(corpus(), RetrievalSettings(dense_weight=0.5)).retrieve("ferry", k=3)
    assert set(found[2].scores) == {"dense", "fused"}


def test_retrieve_passes_filters_and_query_to_both_searches():
    filters = Filters(article_ids=frozenset({"a"}))
    double = corpus()
    Retriever(double, RetrievalSettings(n_candidates=7)).retrieve("ferry", k=2, filters=filters)
    embedding = tuple(HashEmbedder().embed_query("ferry"))
    assert double.asked == [("dense", embedding, 7, filters), ("lexical", "ferry", 7, filters)]


def test_retrieve_asks_each_search_for_three_candidates_a_result_at_least():
    double = corpus()
    Retriever(double, RetrievalSettings(n_candidates=1)).retrieve("ferry", k=3)
    assert [k for _, _, k, _ in double.asked] == [9, 9]


def test_retrieve_chunk_that_the_record_lost_is_replaced_by_the_next():
    found = Retriever(corpus(held=[A, B]), RetrievalSettings(dense_weight=0.5)).retrieve("ferry", k=1)
    assert [(item.chunk, item.rank) for item in found] == [(B, 1)]


def test_retrieve_article_deleted_meanwhile_is_left_out():
    found = Retriever(corpus(gone=frozenset({"b"})), RetrievalSettings(dense_weight=0.5)).retrieve("ferry", k=3)
    assert [(item.chunk, item.rank) for item in found] == [(C, 1), (A, 2)]


@pytest.mark.parametrize(("query", "k"), [("", 5), (" \n ", 5), ("ferry", 0)])
def test_retrieve_nothing_asked_searches_nothing(query, k):
    double = corpus()
    assert Retriever(double).retrieve(query, k=k) == []
    assert double.asked == []


@pytest.mark.parametrize(
    ("empty", "expected"), [("lexical", [A, B, C]), ("dense", [C, B])], ids=["dense alone", "lexical alone"]
)
def test_retrieve_with_one_search_empty_keeps_the_order_of_the_other(empty, expected):
    found = Retriever(corpus(**{empty: []})).retrieve("ferry", k=3)
    assert [item.chunk for item in found] == expected


def test_retrieve_twice_gives_the_same():
    retriever = Retriever(corpus())
    assert retriever.retrieve("ferry") == retriever.retrieve("ferry")


def test_retrieve_near_a_day_prefers_articles_of_that_time():
    # Without a day: c, b, a. "a" gains 0.5 on its own day; "b" 0.5 / e, ten days off; "c" has no date, gains nothing.
    settings = RetrievalSettings(dense_weight=0.5, near_weight=0.5, near_days=10.0)
    dates = {"a": date(2024, 5, 11), "b": date(2024, 5, 1)}
    found = Retriever(corpus(dates=dates), settings).retrieve("ferry", k=2, near=date(2024, 5, 11))
    assert [(item.chunk, item.rank) for item in found] == [(A, 1), (B, 2)]
    assert found[0].scores["reranked"] == pytest.approx(0.5 + 0.5)
    assert found[1].scores["reranked"] == pytest.approx(0.75 / 1.9 + 0.375 + 0.5 / math.e)
    assert found[0].scores["fused"] == pytest.approx(0.5)


def test_retrieve_near_a_day_leaves_undated_articles_in():
    found = Retriever(corpus()).retrieve("ferry", k=3, near=date(2024, 5, 11))
    assert len(found) == 3


@pytest.mark.parametrize(
    "wrong", [{"n_candidates": 0}, {"dense_weight": 0.0}, {"dense_weight": 1.0}, {"near_days": 0.0}]
)
def test_settings_without_sense_are_refused(wrong):
    with pytest.raises(ValueError, match="retrieval needs"):
        RetrievalSettings(**wrong)
