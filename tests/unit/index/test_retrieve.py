"""The retriever over a small corpus in memory whose scores are given, not computed."""

from dataclasses import dataclass, field

import pytest

from dateline.index.article import Article, Span
from dateline.index.chunk import Chunk, Filters
from dateline.index.embed import HashEmbedder
from dateline.index.errors import ArticleNotFound
from dateline.index.retrieve import RetrievalSettings, Retriever

WORDS = "The ferry left at noon. The mayor stayed. Nobody asked why."


def article(article_id):
    return Article(article_id=article_id, text=WORDS, title=f"Title of {article_id}")


def chunk(article_id, *, start=0, end=23):
    return Chunk(Span(article_id, start, end), WORDS[start:end], 6, WORDS[start:end])


@dataclass
class GivenScores:
    """A corpus whose searches return what they were given, and that remembers how it was asked."""

    dense: list
    lexical: list
    held: list
    gone: frozenset = frozenset()
    embedder: HashEmbedder = field(default_factory=HashEmbedder)
    asked: list = field(default_factory=list)

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
        return article(article_id)


A, B, C = chunk("a"), chunk("b"), chunk("c")


def corpus(**changes):
    given = {
        "dense": [(A.chunk_id, 0.9), (B.chunk_id, 0.5), (C.chunk_id, 0.1)],
        "lexical": [(C.chunk_id, 8.0), (B.chunk_id, 6.0)],
        "held": [A, B, C],
    }
    return GivenScores(**(given | changes))


def test_retrieve_fuses_and_joins_with_chunk_and_article():
    # Shares: dense a 1, b 0.5, c 0; lexical c 1, b 0.75. Half each: b 0.625, then a and c at 0.5, tied.
    found = Retriever(corpus(), RetrievalSettings(dense_weight=0.5)).retrieve("ferry", k=3)
    assert [(item.article.article_id, item.chunk, item.rank) for item in found] == [
        ("b", B, 1),
        ("a", A, 2),
        ("c", C, 3),
    ]
    assert found[0].scores == pytest.approx({"dense": 0.5, "lexical": 6.0, "fused": 0.625})
    assert found[0].score == pytest.approx(0.625)


def test_retrieve_leaves_out_the_stage_that_did_not_see_the_chunk():
    found = Retriever(corpus(), RetrievalSettings(dense_weight=0.5)).retrieve("ferry", k=3)
    assert set(found[1].scores) == {"dense", "fused"}


def test_retrieve_passes_filters_and_query_to_both_searches():
    filters = Filters(article_ids=frozenset({"a"}))
    double = corpus()
    Retriever(double, RetrievalSettings(n_candidates=7)).retrieve("ferry", k=2, filters=filters)
    embedding = tuple(HashEmbedder().embed_query("ferry"))
    assert double.asked == [("dense", embedding, 7, filters), ("lexical", "ferry", 7, filters)]


def test_retrieve_asks_for_k_candidates_when_k_is_the_larger():
    double = corpus()
    Retriever(double, RetrievalSettings(n_candidates=1)).retrieve("ferry", k=3)
    assert [k for _, _, k, _ in double.asked] == [3, 3]


def test_retrieve_chunk_that_the_record_lost_is_replaced_by_the_next():
    found = Retriever(corpus(held=[A, C]), RetrievalSettings(dense_weight=0.5)).retrieve("ferry", k=1)
    assert [(item.chunk, item.rank) for item in found] == [(A, 1)]


def test_retrieve_article_deleted_meanwhile_is_left_out():
    found = Retriever(corpus(gone=frozenset({"b"})), RetrievalSettings(dense_weight=0.5)).retrieve("ferry", k=3)
    assert [(item.chunk, item.rank) for item in found] == [(A, 1), (C, 2)]


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


@pytest.mark.parametrize("wrong", [{"n_candidates": 0}, {"dense_weight": 0.0}, {"dense_weight": 1.0}])
def test_settings_that_silence_a_search_are_refused(wrong):
    with pytest.raises(ValueError, match="retrieval needs"):
        RetrievalSettings(**wrong)
