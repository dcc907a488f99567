"""Retrieval: from a query to evidence. Dense and lexical candidates, fused, joined with their articles.

Both ways of searching always take part: embeddings find what is said in other words, BM25 the names and numbers that
embeddings blur. It must not answer, rerank or write.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .article import Article
from .chunk import Chunk, Evidence, Filters
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalSettings:
    """How candidates are found and fused. `n_candidates` come from each search; `dense_weight` is a share in [0, 1]."""

    n_candidates: int = 100
    dense_weight: float = 0.5

    def __post_init__(self) -> None:
        if self.n_candidates < 1 or not 0 < self.dense_weight < 1:
            raise ValueError(f"retrieval needs n_candidates >= 1 and 0 < dense_weight < 1, not {self}")


DEFAULT_SETTINGS = RetrievalSettings()


class Retriever:
    """Finds the evidence for a query in one corpus."""

    def __init__(self, corpus: Searchable, settings: RetrievalSettings = DEFAULT_SETTINGS) -> None:
        self._corpus = corpus
        self._settings = settings

    def retrieve(self, query: str, *, k: int = 8, filters: Filters | None = None) -> list[Evidence]:
        """At most k chunks, best first, ties by chunk_id, ranks from 1. A blank query or k < 1 finds nothing.

        `scores` has "fused" always, "dense" (cosine) and "lexical" (BM25) where that search returned the chunk.
        """
        if k < 1 or not query.strip():
            return []
        n = max(self._settings.n_candidates, k)
        embedding = self._corpus.embedder.embed_query(query)
        dense = self._corpus.search_dense(embedding, k=n, filters=filters)
        lexical = self._corpus.search_lexical(query, k=n, filters=filters)
        return self._joined(fuse(dense, lexical, dense_weight=self._settings.dense_weight), k=k)

    def _joined(self, ranking: Sequence[Fused], *, k: int) -> list[Evidence]:
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
                    evidence.append(Evidence(chunk=chunk, article=article, scores=_scores(row), rank=len(evidence) + 1))
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
