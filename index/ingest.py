"""From articles to the record: what is new is cut, embedded in large batches across articles, and committed.

The commit point is a batch: whole articles until they have some 512 chunks. Indexes are not touched here; they are told
to follow now and then, so that a kill leaves them little to catch up with.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from .article import Article, Skipped
from .chunk import Chunk
from .chunks import ChunkSettings, chunk_article
from .embed import Embedder
from .ingest_report import IngestProgress, IngestReport, Outcome
from .record.rows import Embedding, Entry
from .record.store import Record

# Large enough for batches of like length, small enough that a kill costs seconds and memory stays small.
BATCH_CHUNKS = 512
FOLLOW_CHUNKS = 2048
Progress = Callable[[IngestProgress], None]


class Ingest:
    """One run. `take` each article, then `finish`; the record moves on batch by batch."""

    def __init__(
        self,
        record: Record,
        *,
        embedder: Embedder,
        chunking: ChunkSettings,
        follow: Callable[[], None],
        progress: Progress | None = None,
    ) -> None:
        """`follow` brings the indexes to the record; `progress` hears of each article that is done."""
        self._record, self._embedder, self._chunking, self._progress = record, embedder, chunking, progress
        self._hashes = record.hashes()
        self._files = record.files()
        self._pending: dict[str, tuple[Article, list[Chunk]]] = {}
        self._n_pending = 0
        self._follow, self._n_behind = follow, 0
        self._names: dict[Outcome, list[str]] = {"added": [], "updated": [], "unchanged": []}
        self._skipped: list[Skipped] = []
        self._n_done = 0

    def take_all(self, articles: Iterable[Article | Skipped]) -> IngestReport:
        """Takes all, then commits what is left. Raises ProviderError or StorageError; earlier batches stay.

        However it ends, the indexes follow.
        """
        try:
            for article in articles:
                self._take(article)
            self._commit()
        finally:
            self._follow()
        added, updated, unchanged = (tuple(self._names[kind]) for kind in ("added", "updated", "unchanged"))
        return IngestReport(added=added, updated=updated, unchanged=unchanged, skipped=tuple(self._skipped))

    def _take(self, article: Article | Skipped) -> None:
        if isinstance(article, Article) and (reason := unstorable(article)):
            article = Skipped(article.path or article.article_id, reason)
        if isinstance(article, Skipped):
            self._skip(article, article.reason)
            return
        if article.article_id in self._pending:
            self._commit()
        if other := self._other_file(article):
            self._skip(article, f"{other} is in under the same name, {article.article_id}; rename one of the two.")
            return
        if self._hashes.get(article.article_id) == article.content_hash:
            self._done(article.article_id, "unchanged")
            return
        chunks = chunk_article(article, self._chunking)
        self._pending[article.article_id] = (article, chunks)
        self._n_pending += len(chunks)
        if self._n_pending >= BATCH_CHUNKS:
            self._commit()

    def _skip(self, article: Article | Skipped, reason: str) -> None:
        path = article.path or article.article_id if isinstance(article, Article) else article.path
        self._skipped.append(Skipped(path, reason))
        self._tell(path, "skipped")

    def _other_file(self, article: Article) -> str | None:
        """Another file, still there, whose article has this id; a moved file is the same article."""
        known = self._files.get(article.article_id)
        if known is None or article.path is None or article.url is not None:
            return None
        if self._hashes.get(article.article_id) == article.content_hash or not Path(known).exists():
            return None
        return None if Path(known).resolve() == Path(article.path).resolve() else known

    def _commit(self) -> None:
        if not self._pending:
            return
        pending, self._pending, self._n_pending = self._pending, {}, 0
        known = {name: self._record.embeddings_of(name) for name in pending if name in self._hashes}
        entries = embedded(list(pending.values()), embedder=self._embedder, known=known)
        self._record.replace(entries, now=datetime.now(UTC))
        for article, _ in pending.values():
            self._done(article.article_id, "updated" if article.article_id in self._hashes else "added")
            self._hashes[article.article_id] = article.content_hash
            if article.path and article.url is None:
                self._files[article.article_id] = article.path
        self._n_behind += sum(len(entry.chunks) for entry in entries)
        if self._n_behind >= FOLLOW_CHUNKS:
            self._follow()
            self._n_behind = 0

    def _done(self, article_id: str, outcome: Outcome) -> None:
        self._names[outcome].append(article_id)
        self._tell(article_id, outcome)

    def _tell(self, name: str, outcome: Outcome) -> None:
        self._n_done += 1
        if self._progress is not None:
            self._progress(IngestProgress(self._n_done, name, outcome))


def embedded(
    cut: list[tuple[Article, list[Chunk]]], *, embedder: Embedder, known: dict[str, dict[str, Embedding]]
) -> list[Entry]:
    """The articles with their chunks' embeddings; those that `known` has by article and embedding text are reused."""
    news = [
        chunk.embedding_text
        for article, chunks in cut
        for chunk in chunks
        if chunk.embedding_text not in known.get(article.article_id, {})
    ]
    fresh = iter(embedder.embed_texts(news))
    entries = []
    for article, chunks in cut:
        had = known.get(article.article_id, {})
        rows = [had[text] if (text := chunk.embedding_text) in had else next(fresh) for chunk in chunks]
        matrix = np.stack(rows) if rows else np.empty((0, embedder.dim), np.float32)
        entries.append(Entry(article, tuple(chunks), matrix))
    return entries


def unstorable(article: Article) -> str | None:
    """Why a database cannot hold this article's words; None when it can."""
    if "\x00" in article.text:
        return "The text holds NUL characters; it is not plain text."
    try:
        article.text.encode("utf-8")
    except UnicodeEncodeError:
        return "The text holds half characters (lone surrogates); its encoding was read wrongly."
    return None
