"""A corpus in memory for measuring retrieval: exact dense search, the real lexical index, no record.

What it returns is what `index.corpus.Corpus` returns from the same chunks: the Retriever under test is the product's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.index.article import Article
from dateline.index.chunk import Chunk, Filters
from dateline.index.copies import Copies
from dateline.index.embed import Embedder
from dateline.index.errors import ArticleNotFound
from dateline.index.lexical.bm25 import LexicalDoc, LexicalIndex
from dateline.index.vectors.exact import ExactIndex


@dataclass(frozen=True, slots=True)
class KnownQueries:
    """An embedder whose queries were embedded before, so that timings and runs are of retrieval alone."""

    embeddings: dict[str, NDArray[np.float32]]
    dim: int
    name: str = "known"

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """(dim,) as given."""
        return self.embeddings[text]

    def embed_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dim) as given."""
        return np.stack([self.embeddings[text] for text in texts])


class MemoryCorpus:
    """Articles and their chunks; dense search sees only the chunks that have an embedding."""

    def __init__(
        self,
        articles: Iterable[Article],
        chunks: Sequence[Chunk],
        *,
        embeddings: dict[str, NDArray[np.float32]],
        embedder: Embedder,
    ) -> None:
        self.embedder = embedder
        self._articles = {article.article_id: article for article in articles}
        self._chunks = {chunk.chunk_id: chunk for chunk in chunks}
        embedded = sorted(embeddings)
        rows = [embeddings[chunk_id] for chunk_id in embedded]
        matrix = np.stack(rows).astype(np.float32) if rows else np.zeros((0, embedder.dim), np.float32)
        self._dense = ExactIndex(embedded, [self._chunks[i].span.article_id for i in embedded], matrix)
        self._lexical = LexicalIndex(None)
        docs = (LexicalDoc(i, chunk.span.article_id, chunk.embedding_text) for i, chunk in self._chunks.items())
        self._lexical.apply(add=docs, delete_articles=[], generation=1)

    def search_dense(
        self, embedding: NDArray[np.float32], *, k: int, filters: Filters | None = None
    ) -> list[tuple[str, float]]:
        """(chunk_id, cosine), best first."""
        return self._dense.search(embedding, k=k, article_ids=filters.article_ids if filters else None)

    def search_lexical(self, query: str, *, k: int, filters: Filters | None = None) -> list[tuple[str, float]]:
        """(chunk_id, BM25), best first."""
        return self._lexical.search(query, k=k, article_ids=filters.article_ids if filters else None)

    def chunks(self, chunk_ids: Sequence[str]) -> dict[str, Chunk]:
        """Those that are here."""
        return {chunk_id: self._chunks[chunk_id] for chunk_id in chunk_ids if chunk_id in self._chunks}

    def article(self, article_id: str) -> Article:
        """One article."""
        if article_id not in self._articles:
            raise ArticleNotFound(article_id)
        return self._articles[article_id]

    def copies(self, filters: Filters | None = None) -> Copies:
        """None: every article of a benchmark is judged by itself."""
        del filters
        return Copies()


def article_ranking(chunk_ids: Iterable[str]) -> list[str]:
    """Articles in the order of their best chunk."""
    return list(dict.fromkeys(chunk_id.rpartition("#")[0] for chunk_id in chunk_ids))


def interval(values: Sequence[float]) -> str:
    """The mean with its 95% percentile interval, by 2,000 bootstrap resamples over questions, seed fixed."""
    sample = np.asarray(values, np.float64)
    picks = np.random.default_rng(0).integers(len(sample), size=(2000, len(sample)))
    low, high = np.percentile(sample[picks].mean(axis=1), (2.5, 97.5))
    return f"{sample.mean():.3f} ({low:.3f}–{high:.3f})"
