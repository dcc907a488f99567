"""A data folder as one thing: the record, and the vector and lexical indexes that follow it. All goes through here.

What is true is the record; a hit of an index that the record does not confirm never leaves this module. Ranking and
fusing are `retrieve`'s.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from .article import Article, Skipped
from .chunk import Chunk, Filters
from .chunks import ChunkSettings, chunk_article
from .copies import Copies, grouped
from .embed import Embedder
from .errors import CorpusError, CorpusReadOnly, StorageError
from .ingest import BATCH_CHUNKS, Ingest, Progress, embedded
from .ingest_report import IngestProgress, IngestReport
from .lexical.keeper import LexicalKeeper
from .lock import WriterLock
from .record.rows import ArticleRow, Embedding, Entry
from .record.store import Identity, Record
from .vectors.chroma import VectorSettings
from .vectors.exact import ExactSearch, Hits
from .vectors.keeper import VectorKeeper

__all__ = ["ArticleRow", "Corpus", "IngestProgress", "IngestReport"]

# Up to here a filtered search reads the allowed embeddings from the record: exact, and as quick as Chroma.
_FEW_CHUNKS = 2000
# Chroma's SQLite takes no more than 32,766 ids in one filter, and is slow long before.
_MAX_NAMED = 1000
_READING = "Opened for reading only; search is exact over the stored embeddings, without the vector index."


class Corpus:
    """One open data folder. Use `open`; close it, or use it as a context manager. Safe for several threads."""

    def __init__(self, home: Path, record: Record, *, embedder: Embedder, chunking: ChunkSettings) -> None:
        self.home, self.embedder, self.chunking = home, embedder, chunking
        self._record = record
        self._exact = ExactSearch(record, dim=embedder.dim)
        self._lexical = LexicalKeeper(record, home / "lexical")
        self._vectors: VectorKeeper | None = None
        self._copies: tuple[int, Copies] | None = None
        self._changing = threading.RLock()
        self._held = ExitStack()
        self._closed = False

    @classmethod
    def open(
        cls,
        home: Path,
        *,
        embedder: Embedder,
        chunking: ChunkSettings,
        vectors: VectorSettings,
        database_url: str | None = None,
        read_only: bool = False,
    ) -> Self:
        """Opens a data folder, and lays it out where there is none; with `read_only` beside a process that writes.

        Raises CorpusLocked naming the owner, CorpusMismatch, StorageError; what must be rebuilt is told in `notes`.
        """
        home = Path(home)
        with ExitStack() as held:
            if not read_only:
                _make_folder(home)
                held.callback(WriterLock(home).release)
            record = Record.open(home, url=database_url, read_only=read_only)
            held.callback(record.close)
            record.claim(identity_of(embedder, chunking))
            corpus = cls(home, record, embedder=embedder, chunking=chunking)
            held.callback(corpus._lexical.close)
            if not read_only:
                corpus._vectors = VectorKeeper(record, home / "vectors", vectors)
                held.callback(corpus._vectors.close)
                corpus._vectors.open()
            corpus._held = held.pop_all()
        return corpus

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stops a rebuild that runs, lets go of files, connections and the lock; a second call does nothing."""
        self._closed = True
        self._held.close()

    def wait(self) -> None:
        """Waits until a rebuild that runs is done."""
        if self._vectors is not None:
            self._vectors.wait()

    # Changing

    def ingest(self, articles: Iterable[Article | Skipped], *, progress: Progress | None = None) -> IngestReport:
        """Puts articles in: new ones are added, changed ones replaced, the others left alone; the last of an id wins.

        Committed in batches of some 512 chunks, always whole articles; `progress` hears of an article once it is in.
        Raises CorpusReadOnly, ProviderError, StorageError; what was committed before stays.
        """
        with self._changing:
            self._must_write()
            run = Ingest(
                self._record, embedder=self.embedder, chunking=self.chunking, follow=self._follow, progress=progress
            )
            return run.take_all(articles)

    def delete(self, article_ids: Iterable[str]) -> tuple[str, ...]:
        """Takes articles and all that was made of them out; gives the ids that were there.

        Raises CorpusReadOnly, StorageError.
        """
        with self._changing:
            self._must_write()
            gone = self._record.delete(tuple(article_ids))
            if gone:
                self._follow()
            return gone

    # Reading

    def articles(self) -> list[ArticleRow]:
        """The facts of all articles, by id."""
        copies = self.copies()
        rows = self._record.articles()
        if not copies.groups:
            return rows
        return [replace(row, n_copies=len(copies.of(row.article_id))) for row in rows]

    def article(self, article_id: str) -> Article:
        """One article, whole. Raises ArticleNotFound."""
        return self._record.article(article_id)

    def copies(self, filters: Filters | None = None) -> Copies:
        """Which articles print one text, among those that a filter lets through. Found when they were put in."""
        generation = self._record.generation
        known = self._copies
        if known is None or known[0] != generation:
            likenesses = self._record.likenesses()
            known = (generation, grouped(likenesses, self._record.articles() if likenesses else ()))
            self._copies = known
        copies = known[1]
        return copies.among(self._allowed(filters)) if copies.groups else copies

    def chunks(self, chunk_ids: Sequence[str]) -> dict[str, Chunk]:
        """The chunks that are in, in the order asked for; unknown ids are left out."""
        return self._record.chunks(chunk_ids)

    @property
    def n_articles(self) -> int:
        """How many articles are in."""
        return self._record.n_articles

    @property
    def n_chunks(self) -> int:
        """How many chunks are in."""
        return self._record.n_chunks

    @property
    def generation(self) -> int:
        """Counts the changes of the record."""
        return self._record.generation

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of the state of the indexes now; empty when all is well."""
        vectors = self._vectors.note if self._vectors else _READING
        return tuple(note for note in (vectors, self._lexical.note) if note)

    def manifest(self) -> dict[str, str | int]:
        """What answers are made from: embedding model, chunk settings, generation, counts."""
        return {
            "embedder": self.embedder.name,
            "chunking": self.chunking.name,
            "generation": self.generation,
            "n_articles": self.n_articles,
            "n_chunks": self.n_chunks,
        }

    def search_dense(self, embedding: Embedding, *, k: int, filters: Filters | None = None) -> Hits:
        """The k chunks nearest to an embedding as (chunk_id, cosine), best first, ties by chunk id.

        From Chroma where it stands at the record's generation, else exact; either way only what the record holds.
        """
        allowed = self._allowed(filters)
        n_allowed = self.n_chunks if allowed is None else sum(allowed.values())
        if allowed is not None and n_allowed <= _FEW_CHUNKS:
            return self._exact.search_few(embedding, k=k, article_ids=allowed)
        if self._vectors is not None and (filters is None or len(filters.article_ids or ()) <= _MAX_NAMED):
            generation = self._record.generation
            hits = self._vectors.search(embedding, k=k, filters=filters, generation=generation)
            if hits is not None and len(hits) >= min(k, n_allowed) and self._confirms(hits, allowed):
                return hits
        return self._exact.search(embedding, k=k, article_ids=allowed)

    def search_lexical(self, query: str, *, k: int, filters: Filters | None = None) -> Hits:
        """The k best chunks by BM25 as (chunk_id, score > 0), best first; only what the record holds. Any text goes."""
        self._must_be_open()
        allowed = self._allowed(filters)
        if allowed is not None and not allowed:
            return []
        hits = self._lexical.search(query, k=k, article_ids=allowed)
        owners = self._record.owners([chunk_id for chunk_id, _ in hits])
        return [hit for hit in hits if hit[0] in owners]

    def _confirms(self, hits: Hits, allowed: Collection[str] | None) -> bool:
        owners = self._record.owners([chunk_id for chunk_id, _ in hits])
        return all(chunk_id in owners and (allowed is None or owners[chunk_id] in allowed) for chunk_id, _ in hits)

    def _allowed(self, filters: Filters | None) -> dict[str, int] | None:
        return None if filters is None or filters == Filters() else self._record.allowed(filters)

    def _must_be_open(self) -> None:
        if self._closed:
            raise CorpusError(f"{self.home} was closed; open it again.")

    def _must_write(self) -> None:
        self._must_be_open()
        if self._record.read_only:
            raise CorpusReadOnly(
                f"{self.home} was opened for reading only; make the change in the process that writes."
            )

    def _follow(self) -> None:
        self._lexical.follow()
        if self._vectors is not None:
            self._vectors.follow()

    # Another embedding model

    @classmethod
    def rebuild(
        cls,
        home: Path,
        *,
        embedder: Embedder,
        chunking: ChunkSettings,
        vectors: VectorSettings,
        database_url: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Self:
        """Cuts and embeds all stored articles anew with this embedder and these chunk settings, and opens the result.

        The old corpus stays whole, and readable, until the new one is complete; a kill in between leaves the old one.
        `progress` hears how many articles of how many are done. Raises as `open`, and ProviderError.
        """
        home = Path(home)
        with WriterLock(home), Record.open(home, url=database_url) as record:
            batches = _recut(record, embedder=embedder, chunking=chunking, progress=progress)
            record.rewrite(identity_of(embedder, chunking), batches, now=datetime.now(UTC))
        return cls.open(home, embedder=embedder, chunking=chunking, vectors=vectors, database_url=database_url)


def identity_of(embedder: Embedder, chunking: ChunkSettings) -> Identity:
    """What the record keeps of an embedder and chunk settings."""
    return Identity(embedder.name, embedder.dim, chunking.name)


def _recut(
    record: Record, *, embedder: Embedder, chunking: ChunkSettings, progress: Callable[[int, int], None] | None
) -> Iterator[list[Entry]]:
    ids = sorted(record.hashes())
    cut: list[tuple[Article, list[Chunk]]] = []
    n_chunks = 0
    for n_done, article_id in enumerate(ids, start=1):
        article = record.article(article_id)
        cut.append((article, chunk_article(article, chunking)))
        n_chunks += len(cut[-1][1])
        if n_chunks >= BATCH_CHUNKS or n_done == len(ids):
            yield embedded(cut, embedder=embedder, known={})
            cut, n_chunks = [], 0
            if progress is not None:
                progress(n_done, len(ids))


def _make_folder(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{home} cannot be made: {error}. Choose a folder that you may write.") from error
