"""What can be asked of the record. Every call reads one consistent state; nothing here changes anything.

The record keeps each chunk's own embedding, so that it can be used again when its article changes; search sees it with
a share of its neighbours' (`neighbours`), which is added on reading.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from types import TracebackType
from typing import Any, Self, TypeVar

import numpy as np
from sqlalchemy import ColumnElement, Engine, Select, func, inspect, or_, select

from ..article import Article
from ..chunk import Chunk, Filters
from ..errors import ArticleNotFound
from ..syndication import Likeness
from ..vectors.neighbours import with_neighbours
from .database import storage_errors
from .rows import LIST_FIELDS, ArticleRow, ChunkRow, Embedding, to_article, to_chunk, to_list_row, unpack
from .tables import articles, changes, chunks, facts, likenesses

_T = TypeVar("_T")
# Databases limit the variables of one statement (SQLite 32,766; older ones 999).
_MAX_VARIABLES = 900

_INDEX_COLUMNS = (
    chunks.c.chunk_id,
    chunks.c.article_id,
    articles.c.publisher,
    articles.c.published,
    chunks.c.embedding_text,
    chunks.c.embedding,
)
_WORDS = func.substr(articles.c.text, chunks.c.start + 1, chunks.c.end - chunks.c.start).label("words")


def slices(items: Collection[_T], *, size: int = _MAX_VARIABLES) -> Iterator[list[_T]]:
    """The items in lists of at most `size`, in order."""
    listed = list(items)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]


class RecordReader:
    """Reads one open database; see `record` for how it is opened."""

    def __init__(self, engine: Engine, *, read_only: bool) -> None:
        self.engine = engine
        self.read_only = read_only

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of all connections."""
        self.engine.dispose()

    def facts(self) -> dict[str, str]:
        """What the corpus is: schema, corpus_id, generation, and once claimed embedder, dim and chunking."""
        return {row["name"]: row["value"] for row in self._rows(select(facts))}

    @property
    def corpus_id(self) -> str:
        """Which corpus this is: random, fixed when it was laid out."""
        return self.facts()["corpus_id"]

    @property
    def generation(self) -> int:
        """How many changes were committed since the beginning."""
        return int(self.facts()["generation"])

    @property
    def n_articles(self) -> int:
        """How many articles are in."""
        return self._count(select(func.count()).select_from(articles))

    @property
    def n_chunks(self) -> int:
        """How many chunks are in."""
        return self._count(select(func.count()).select_from(chunks))

    def hashes(self) -> dict[str, str]:
        """The content hash of every article, by id."""
        rows = self._rows(select(articles.c.article_id, articles.c.content_hash))
        return {row["article_id"]: row["content_hash"] for row in rows}

    def files(self) -> dict[str, str]:
        """The file that each article without a URL was read from, by id."""
        rows = self._rows(select(articles.c.article_id, articles.c.path).where(articles.c.url.is_(None)))
        return {row["article_id"]: row["path"] for row in rows if row["path"]}

    def present(self, article_ids: Collection[str]) -> set[str]:
        """Which of these articles are in."""
        found: set[str] = set()
        for some in slices(dict.fromkeys(article_ids)):
            rows = self._rows(select(articles.c.article_id).where(articles.c.article_id.in_(some)))
            found.update(row["article_id"] for row in rows)
        return found

    def owners(self, chunk_ids: Collection[str]) -> dict[str, str]:
        """The article of each of these chunks that is in."""
        found: dict[str, str] = {}
        for some in slices(dict.fromkeys(chunk_ids)):
            rows = self._rows(select(chunks.c.chunk_id, chunks.c.article_id).where(chunks.c.chunk_id.in_(some)))
            found |= {row["chunk_id"]: row["article_id"] for row in rows}
        return found

    def articles(self) -> list[ArticleRow]:
        """All articles without their texts, by id."""
        columns = [articles.c[name] for name in LIST_FIELDS]
        return [to_list_row(row) for row in self._rows(select(*columns).order_by(articles.c.article_id))]

    def article(self, article_id: str) -> Article:
        """One article. Raises ArticleNotFound."""
        rows = self._rows(select(articles).where(articles.c.article_id == article_id))
        if not rows:
            raise ArticleNotFound(
                f"No article {article_id!r} is in the corpus; `dateline articles` lists those that are."
            )
        return to_article(rows[0])

    def chunks(self, chunk_ids: Collection[str]) -> dict[str, Chunk]:
        """The chunks that are in, by id, in the order asked for; unknown ids are left out."""
        columns = (
            *(chunks.c[name] for name in ("chunk_id", "article_id", "start", "end", "n_tokens", "embedding_text")),
            _WORDS,
        )
        found: dict[str, Chunk] = {}
        for some in slices(dict.fromkeys(chunk_ids)):
            rows = self._rows(select(*columns).join_from(chunks, articles).where(chunks.c.chunk_id.in_(some)))
            found |= {row["chunk_id"]: to_chunk(row) for row in rows}
        return {chunk_id: found[chunk_id] for chunk_id in chunk_ids if chunk_id in found}

    def embeddings_of(self, article_id: str) -> dict[str, Embedding]:
        """The own embeddings of one article's chunks by embedding text; empty when it is not in."""
        rows = self._rows(select(chunks.c.embedding_text, chunks.c.embedding).where(chunks.c.article_id == article_id))
        return {row["embedding_text"]: unpack(row["embedding"]) for row in rows}

    def changed_since(self, generation: int) -> list[str]:
        """Ids of the articles that were put in, replaced or deleted after this generation."""
        rows = self._rows(
            select(changes.c.article_id).where(changes.c.generation > generation).order_by(changes.c.article_id)
        )
        return [row["article_id"] for row in rows]

    def chunk_rows(self, article_ids: Collection[str]) -> list[ChunkRow]:
        """What indexes need of these articles' chunks: embeddings as search sees them, articles whole and in order."""
        found = []
        for some in slices(article_ids):
            query = select(*_INDEX_COLUMNS).join_from(chunks, articles).where(chunks.c.article_id.in_(some))
            rows = self._rows(query.order_by(chunks.c.article_id, chunks.c.start))
            seen = _as_seen([row["article_id"] for row in rows], [unpack(row["embedding"]) for row in rows])
            found += [ChunkRow(**row | {"embedding": embedding}) for row, embedding in zip(rows, seen, strict=True)]
        return found

    def embeddings(self, *, dim: int) -> tuple[list[str], list[str], Embedding]:
        """All chunk ids, ascending, the article id of each, and the embeddings as search sees them, shape (n, dim)."""
        query = select(chunks.c.chunk_id, chunks.c.article_id, chunks.c.embedding)
        rows = self._rows(query.order_by(chunks.c.article_id, chunks.c.start))
        owners = [row["article_id"] for row in rows]
        matrix = np.empty((len(rows), dim), dtype=np.float32)
        for position, row in enumerate(_as_seen(owners, [unpack(row["embedding"]) for row in rows])):
            matrix[position] = row
        ids = [row["chunk_id"] for row in rows]
        order = sorted(range(len(ids)), key=ids.__getitem__)
        return [ids[i] for i in order], [owners[i] for i in order], matrix[order]

    def allowed(self, filters: Filters) -> dict[str, int]:
        """The articles that a filter lets through, each with the number of its chunks."""
        query = select(articles.c.article_id, articles.c.n_chunks).where(*_conditions(filters))
        rows = self._rows(query)
        only = filters.article_ids
        return {row["article_id"]: row["n_chunks"] for row in rows if only is None or row["article_id"] in only}

    def likenesses(self) -> list[tuple[str, str, Likeness]]:
        """The pairs of articles that print one text; none while an older record is open for reading only."""
        with storage_errors(self.engine):
            if not inspect(self.engine).has_table(likenesses.name):
                return []
        rows = self._rows(select(likenesses))
        return [(row["article_id"], row["other_id"], row["likeness"]) for row in rows]

    def _count(self, query: Select[Any]) -> int:
        with storage_errors(self.engine), self.engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def _rows(self, query: Select[Any]) -> list[dict[str, Any]]:
        with storage_errors(self.engine), self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def _as_seen(owners: Sequence[str], embeddings: Sequence[Embedding]) -> Iterator[Embedding]:
    """The embeddings with their shares of neighbours; those of one article stand together, in its order."""
    for _, group in groupby(range(len(owners)), key=owners.__getitem__):
        yield from with_neighbours(np.stack([embeddings[position] for position in group]))


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.publishers is not None:
        conditions.append(articles.c.publisher.in_(sorted(filters.publishers)))
    undated = articles.c.published.is_(None)
    if filters.published_from is not None:
        conditions.append(or_(undated, articles.c.published >= filters.published_from))
    if filters.published_to is not None:
        conditions.append(or_(undated, articles.c.published <= filters.published_to))
    if filters.dated_only:
        conditions.append(articles.c.published.is_not(None))
    return conditions
