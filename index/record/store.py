"""The record of truth, written: articles, chunks with their embeddings, and the generation that counts every change.

One call of `replace`, `delete` or `rewrite` is one transaction and one new generation: a kill at any point leaves the
old or the new version of each article, never a mix. Vector and lexical indexes are built from here and follow by
generation; this module knows nothing of them, nor of files and models. What is asked of it is in `reading`.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, delete, insert, inspect, select, update

from ..errors import CorpusMismatch, CorpusReadOnly, StorageError
from .database import open_engine, storage_errors
from .likeness import catch_up, link, unlink
from .reading import RecordReader, slices
from .rows import Entry, article_values, chunk_values
from .tables import SCHEMA, articles, changes, chunks, facts, metadata


@dataclass(frozen=True, slots=True)
class Identity:
    """What all embeddings of a corpus have in common. Another value of any field makes other embeddings."""

    embedder: str
    dim: int
    chunking: str

    def __str__(self) -> str:
        return f"embedding model {self.embedder} ({self.dim} dimensions), chunks {self.chunking}"


class Record(RecordReader):
    """One open database. Safe to use from several threads; one process writes (see `lock`)."""

    @classmethod
    def open(cls, home: Path, *, url: str | None = None, read_only: bool = False) -> Self:
        """The record of a folder, or of the database at `url`; a new one is laid out unless `read_only`.

        Raises StorageError for a database that is damaged, foreign or of another version.
        """
        record = cls(open_engine(home, url=url, read_only=read_only), read_only=read_only)
        try:
            with storage_errors(record.engine):
                record._check_tables()
        except StorageError:
            record.close()
            raise
        return record

    def claim(self, identity: Identity) -> None:
        """Makes sure that the corpus was built as `identity` says; an empty one takes it over.

        Raises CorpusMismatch naming both.
        """
        stored = self.identity()
        if stored == identity:
            return
        if stored is not None and self.n_articles:
            raise CorpusMismatch(
                f"This corpus was built with {stored}; the settings ask for {identity}. Set them back, or rebuild the "
                "corpus from its stored articles with `dateline doctor --rebuild` (Corpus.rebuild in Python); the old "
                "one stays until the new one is complete."
            )
        if not self.read_only:
            with storage_errors(self.engine), self.engine.begin() as connection:
                _put_identity(connection, identity)

    def identity(self) -> Identity | None:
        """What the corpus was built with; None before the first claim."""
        known = self.facts()
        if "embedder" not in known:
            return None
        return Identity(known["embedder"], int(known["dim"]), known["chunking"])

    def replace(self, entries: Collection[Entry], *, now: datetime) -> int:
        """Puts articles in, each in place of its old version if there is one; returns the new generation."""
        ids = [entry.article.article_id for entry in entries]
        with self._change(ids) as (connection, generation):
            _remove(connection, ids)
            _insert(connection, entries, now=now)
        return generation

    def delete(self, article_ids: Collection[str]) -> tuple[str, ...]:
        """Takes articles out; returns the ids that were there, in the order given."""
        present = self.present(article_ids)
        gone = tuple(article_id for article_id in dict.fromkeys(article_ids) if article_id in present)
        if gone:
            with self._change(gone) as (connection, _):
                _remove(connection, gone)
        return gone

    def rewrite(self, identity: Identity, batches: Iterable[Collection[Entry]], *, now: datetime) -> int:
        """Replaces all chunks by those of `batches`, built as `identity` says, in one transaction.

        Until it commits, every reader and every later opening sees the old corpus. An article that `batches` leaves out
        would lose its chunks: give them all.
        """
        with self._change(self.hashes()) as (connection, generation):
            _put_identity(connection, identity)
            for entries in batches:
                _remove(connection, [entry.article.article_id for entry in entries])
                _insert(connection, entries, now=now)
        return generation

    @contextmanager
    def _change(self, article_ids: Iterable[str]) -> Iterator[tuple[Connection, int]]:
        """One transaction that moves the generation on by one and logs which articles it changes."""
        if self.read_only:
            raise CorpusReadOnly(
                "This process opened the corpus for reading only; make the change in the process that writes."
            )
        with storage_errors(self.engine), self.engine.begin() as connection:
            generation = _next_generation(connection)
            _log(connection, tuple(article_ids), generation)
            yield connection, generation

    def _check_tables(self) -> None:
        names = set(inspect(self.engine).get_table_names())
        known = self.facts() if facts.name in names else {}
        if known and known.get("schema") != SCHEMA:
            raise StorageError(
                f"The record has schema {known.get('schema')!r}; this version of Dateline reads {SCHEMA!r}. Use the "
                "version that wrote it, or ingest the articles into a new folder. Nothing was changed."
            )
        if known:
            self._add_tables(names)
            return
        ours = {table.name for table in metadata.sorted_tables}
        foreign = names & (ours - {facts.name}) if self.engine.dialect.name != "sqlite" else names - ours
        if foreign and facts.name not in names:
            tables = ", ".join(sorted(foreign)[:5])
            raise StorageError(
                f"The database is not a Dateline record (it holds {tables}). Choose another folder or URL."
            )
        if self.read_only:
            raise StorageError("The database holds no corpus yet. Ingest articles there first.")
        self._lay_out()

    def _add_tables(self, names: Collection[str]) -> None:
        """Adds the tables that an older version did not know, and fills them; nothing while only reading."""
        if self.read_only:
            return
        if not {table.name for table in metadata.sorted_tables} <= set(names):
            metadata.create_all(self.engine)
        catch_up(self.engine)

    def _lay_out(self) -> None:
        with self.engine.begin() as connection:
            metadata.create_all(connection)
            # Last, in one statement: a record without these facts counts as not laid out yet.
            start = {"schema": SCHEMA, "corpus_id": uuid.uuid4().hex, "generation": "0"}
            connection.execute(insert(facts), [{"name": name, "value": value} for name, value in start.items()])


def _next_generation(connection: Connection) -> int:
    (value,) = connection.execute(select(facts.c.value).where(facts.c.name == "generation")).one()
    there = (facts.c.name == "generation") & (facts.c.value == value)
    moved = connection.execute(update(facts).where(there).values(value=str(int(value) + 1)))
    if moved.rowcount != 1:
        raise StorageError(
            "Another process changed the record at the same moment. Run it again when that process is done."
        )
    return int(value) + 1


def _log(connection: Connection, article_ids: tuple[str, ...], generation: int) -> None:
    for some in slices(article_ids):
        connection.execute(delete(changes).where(changes.c.article_id.in_(some)))
    if article_ids:
        rows = [{"article_id": article_id, "generation": generation} for article_id in article_ids]
        connection.execute(insert(changes), rows)


def _remove(connection: Connection, article_ids: Sequence[str]) -> None:
    unlink(connection, article_ids)
    for some in slices(article_ids):
        connection.execute(delete(chunks).where(chunks.c.article_id.in_(some)))
        connection.execute(delete(articles).where(articles.c.article_id.in_(some)))


def _insert(connection: Connection, entries: Collection[Entry], *, now: datetime) -> None:
    if not entries:
        return
    connection.execute(insert(articles), [article_values(entry, now=now) for entry in entries])
    rows = [row for entry in entries for row in chunk_values(entry)]
    if rows:
        connection.execute(insert(chunks), rows)
    held = [entry.article for entry in entries]
    link(connection, {one.article_id: one.text for one in held}, {one.article_id: one.content_hash for one in held})


def _put_identity(connection: Connection, identity: Identity) -> None:
    values = {"embedder": identity.embedder, "dim": str(identity.dim), "chunking": identity.chunking}
    connection.execute(delete(facts).where(facts.c.name.in_(values)))
    connection.execute(insert(facts), [{"name": name, "value": value} for name, value in values.items()])
