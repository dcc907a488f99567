"""Between values and the record's rows, both ways. Pure: no database is touched here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..article import Article, Span
from ..chunk import Chunk

Embedding = NDArray[np.float32]
_STORED = np.dtype("<f4")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """The facts of one article without its text, for lists. `n_copies`: how many other articles print its text."""

    article_id: str
    title: str
    publisher: str | None
    author: str | None
    published: date | None
    updated: date | None
    ingested: datetime
    url: str | None
    n_chunks: int
    n_copies: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as it is to stand in the record: its chunks, and their embeddings, shape (n_chunks, dim)."""

    article: Article
    chunks: tuple[Chunk, ...]
    embeddings: Embedding


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkRow:
    """What an index is built from: one chunk, its embedding as search sees it, and the facts that filters use."""

    chunk_id: str
    article_id: str
    publisher: str | None
    published: date | None
    embedding_text: str
    embedding: Embedding


LIST_FIELDS = ("article_id", "title", "publisher", "author", "published", "updated", "ingested", "url", "n_chunks")
_PLAIN_FIELDS = (
    "article_id",
    "title",
    "text",
    "publisher",
    "author",
    "published",
    "updated",
    "dateline_place",
    "url",
    "path",
    "language",
)


def article_values(entry: Entry, *, now: datetime) -> dict[str, Any]:
    """The row of an article; `now` (UTC) is when the corpus took it in, unless the article says."""
    article = entry.article
    taken = (article.ingested or now).astimezone(UTC).replace(tzinfo=None)
    plain = {name: getattr(article, name) for name in _PLAIN_FIELDS}
    facts = {"origins": dict(article.origins), "metadata": dict(article.metadata), "content_hash": article.content_hash}
    return plain | facts | {"ingested": taken, "n_chunks": len(entry.chunks)}


def chunk_values(entry: Entry) -> list[dict[str, Any]]:
    """The rows of an article's chunks."""
    return [
        {
            "chunk_id": chunk.chunk_id,
            "article_id": chunk.span.article_id,
            "start": chunk.span.start,
            "end": chunk.span.end,
            "n_tokens": chunk.n_tokens,
            "embedding_text": chunk.embedding_text,
            "embedding": pack(embedding),
        }
        for chunk, embedding in zip(entry.chunks, entry.embeddings, strict=True)
    ]


def to_article(row: Mapping[str, Any]) -> Article:
    """The article that a row holds."""
    plain = {name: row[name] for name in _PLAIN_FIELDS}
    ingested = row["ingested"].replace(tzinfo=UTC)
    return Article(**plain, ingested=ingested, origins=row["origins"], metadata=row["metadata"])


def to_chunk(row: Mapping[str, Any]) -> Chunk:
    """The chunk that a row holds; the row carries its own words as `words`."""
    span = Span(row["article_id"], row["start"], row["end"])
    return Chunk(span, row["words"], row["n_tokens"], row["embedding_text"])


def to_list_row(row: Mapping[str, Any]) -> ArticleRow:
    """The facts of an article that a row holds."""
    facts = {name: row[name] for name in LIST_FIELDS}
    return ArticleRow(**facts | {"ingested": row["ingested"].replace(tzinfo=UTC)})


def pack(embedding: Embedding) -> bytes:
    """An embedding as stored: float32, little-endian."""
    return np.ascontiguousarray(embedding, dtype=_STORED).tobytes()


def unpack(blob: bytes) -> Embedding:
    """The embedding that `pack` stored, shape (dim,); read-only."""
    return np.frombuffer(blob, dtype=_STORED).astype(np.float32, copy=False)
