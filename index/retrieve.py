"""Retrieval: from a query to evidence. Dense and lexical candidates, fused, joined with their articles.

Both ways of searching always take part: embeddings find what is said in other words, BM25 the names and numbers that
embeddings blur. Where a date is given, articles published near it gain. Of articles that print one text, the earliest
takes part and names the others. It must not answer or write.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .article import Article
from .chunk import Chunk, Evidence, Filters
from .copies import Copies, one_print_each
from .embed import Embedder
from .errors import ArticleNotFound
from .fusion import Fused, fuse


class Searchable(Protocol):
    """What retrieval needs of a corpus; `corpus.Corpus` is one."""

    @property
    def embedder(self) -> Embedder:
        """What made the embeddings of the chunks."""

    def search_dense(
        self, embedding: NDArray[np.float32], *, k: int, filters: Filters | None
    ) -> list[tuple[str, float]]:
        """(chunk_id, cosine), best first."""

    def search_lexical(self, query: str, *, k: int, filters: Filters | None) -> list[tuple[str, float]]:
        """(chunk_id, BM25), best first, above 0 only."""

    def chunks(self, chunk_ids: Sequence[str]) -> Mapping[str, Chunk]:
        """The chunks that the record holds; others are left out."""

    def article(self, article_id: str) -> Article:
        """One article; ArticleNotFound when it is gone."""

    def copies(self, filters: Filters | None) -> Copies:
        """Which articles within the filters print one text."""


# Where k nears the number of candidates, what only one search returned crowds out what both would have: with one each,
# recall@100 falls below that of dense search alone; with three it is above (classic collections, 2026-11-22).
CANDIDATES_PER_RESULT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalSettings:
    """How candidates are found and fused; measured, see `docs/benchmarks.md`.

    At least `n_candidates` come from each search; `dense_weight` is a share in (0, 1). `near_weight` is what an article
    gains that was published on the very day asked about, falling by the factor e every `near_days`; it is weighed among
    the best `n_near`.
    """

    n_candidates: int = 100
    dense_weight: float = 0.8
    near_weight: float = 0.2
    near_days: float = 30.0
    n_near: int = 32

    def __post_init__(self) -> None:
        if self.n_candidates < 1 or not 0 < self.dense_weight < 1:
            raise ValueError(f"retrieval needs n_candidates >= 1 and 0 < dense_weight < 1, not {self}")
        if self.near_weight < 0 or self.near_days <= 0:
            raise ValueError(f"retrieval needs near_weight >= 0 and near_days > 0, not {self}")


DEFAULT_SETTINGS = RetrievalSettings()


class Retriever:
    """Finds the evidence for a query in one corpus."""

    def __init__(self, corpus: Searchable, settings: RetrievalSettings = DEFAULT_SETTINGS) -> None:
        self._corpus = corpus
        self._settings = settings

    def retrieve(
        self, query: str, *, k: int = 8, filters: Filters | None = None, near: date | None = None
    ) -> list[Evidence]:
        """At most k chunks, best first, ties by chunk_id, ranks from 1. A blank query or k < 1 finds nothing.

        `near` is a day that the question is about: articles published near it gain, none is left out. `scores` has
        "fused" always, "dense" (cosine) and "lexical" (BM25) where that search returned the chunk, and "reranked" where
        `near` was weighed. Words that several articles print come once, from the earliest within the filters; its
        score is the best that any print of them has.
        """
        if k < 1 or not query.strip():
            return []
        n = max(self._settings.n_candidates, CANDIDATES_PER_RESULT * k)
        embedding = self._corpus.embedder.embed_query(query)
        dense = self._corpus.search_dense(embedding, k=n, filters=filters)
        lexical = self._corpus.search_lexical(query, k=n, filters=filters)
        ranking = fuse(dense, lexical, dense_weight=self._settings.dense_weight)
        copies = self._corpus.copies(filters)
        if copies.groups:
            printed = [row.chunk_id for row in ranking if copies.same_words(row.chunk_id.rpartition("#")[0])]
            ranking = one_print_each(ranking, self._corpus.chunks(printed), copies)
        if near is None:
            return self._joined(ranking, k=k, copies=copies)
        pool = self._joined(ranking, k=max(self._settings.n_near, k), copies=copies)
        return _by_nearness(pool, near=near, settings=self._settings)[:k]

    def _joined(self, ranking: Sequence[Fused], *, k: int, copies: Copies) -> list[Evidence]:
        """The first k candidates whose chunk and article the record still holds."""
        evidence: list[Evidence] = []
        articles: dict[str, Article | None] = {}
        for start in range(0, len(ranking), k):
            rows = ranking[start : start + k]
            chunks = self._corpus.chunks([row.chunk_id for row in rows])
            for row in rows:
                chunk = chunks.get(row.chunk_id)
                article = self._article(chunk, articles) if chunk else None
                if chunk and article:
                    evidence.append(
                        Evidence(
                            chunk=chunk,
                            article=article,
                            scores=_scores(row),
                            rank=len(evidence) + 1,
                            copies=copies.of(article.article_id),
                        )
                    )
                if len(evidence) == k:
                    return evidence
        return evidence

    def _article(self, chunk: Chunk, known: dict[str, Article | None]) -> Article | None:
        article_id = chunk.span.article_id
        if article_id not in known:
            try:
                known[article_id] = self._corpus.article(article_id)
            except ArticleNotFound:  # deleted since the search
                known[article_id] = None
        return known[article_id]


def _scores(row: Fused) -> dict[str, float]:
    stages: Iterable[tuple[str, float | None]] = (("dense", row.dense), ("lexical", row.lexical), ("fused", row.score))
    return {stage: score for stage, score in stages if score is not None}


def _by_nearness(pool: Sequence[Evidence], *, near: date, settings: RetrievalSettings) -> list[Evidence]:
    """The pool in the order of fused score and nearness to a day; an article without a date gains nothing."""

    def gained(item: Evidence) -> float:
        if item.article.published is None:
            return item.scores["fused"]
        days = abs((item.article.published - near).days)
        return item.scores["fused"] + settings.near_weight * math.exp(-days / settings.near_days)

    scored = sorted(((gained(item), item) for item in pool), key=lambda pair: (-pair[0], pair[1].chunk.chunk_id))
    return [
        replace(item, scores={**item.scores, "reranked": score}, rank=rank)
        for rank, (score, item) in enumerate(scored, start=1)
    ]
