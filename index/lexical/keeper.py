"""Keeps the lexical index in step with the record, as `keeper` does for Chroma.

The process that writes keeps it in a folder named after the corpus; one that only reads opens that folder beside it, or
builds its own in memory when there is none that it can read. Lagging behind does no harm: hits are joined with the
record.
"""

import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from ..record.reading import slices
from ..record.store import Record
from ..vectors.exact import Hits
from .bm25 import LexicalDoc, LexicalIndex

_SLICE = 64


class LexicalKeeper:
    """The lexical index of one corpus. Safe for several threads to search; one changes it."""

    def __init__(self, record: Record, folder: Path) -> None:
        """Opens it and brings it to the record. A folder that fails is told in `note`; search works all the same."""
        self._record = record
        self._path = folder / record.corpus_id
        self.note: str | None = None
        self._is_private = False
        self._index = self._open()

    @property
    def generation(self) -> int | None:
        """The generation of the record that it stands at."""
        return self._index.generation

    def follow(self) -> None:
        """Brings it to the record after a change."""
        try:
            _catch_up(self._index, self._record)
        except Exception as error:  # of the library or the disk: the record can always stand in
            self._index = self._in_memory(error)

    def search(self, query: str, *, k: int, article_ids: Collection[str] | None) -> Hits:
        """As LexicalIndex.search."""
        if self._is_private:
            _catch_up(self._index, self._record)  # nobody else does
        return self._index.search(query, k=k, article_ids=article_ids)

    def close(self) -> None:
        """Lets go of its files."""
        self._index.close()

    def _open(self) -> LexicalIndex:
        try:
            if self._record.read_only:
                return self._beside_writer()
            self._path.mkdir(parents=True, exist_ok=True)
            index = self._not_ahead(LexicalIndex(self._path))
            _catch_up(index, self._record)
        except Exception as error:  # of the library or the disk: the record can always stand in
            return self._in_memory(error)
        return index

    def _not_ahead(self, index: LexicalIndex) -> LexicalIndex:
        if index.generation is None or index.generation <= self._record.generation:
            return index
        # An older copy of the record was put back: what the index holds beyond it has no article any more.
        index.close()
        shutil.rmtree(self._path)
        self._path.mkdir()
        return LexicalIndex(self._path)

    def _beside_writer(self) -> LexicalIndex:
        if self._path.is_dir():
            index = LexicalIndex(self._path)
            if index.generation is not None:
                return index
            index.close()
        return self._private()

    def _in_memory(self, error: Exception) -> LexicalIndex:
        self.note = (
            f"The lexical index on disk failed ({error}); it is kept in memory meanwhile. `dateline doctor` mends it."
        )
        return self._private()

    def _private(self) -> LexicalIndex:
        index = LexicalIndex(None)
        _catch_up(index, self._record)
        self._is_private = True
        return index


def _catch_up(index: LexicalIndex, record: Record) -> None:
    target, known = record.generation, index.generation
    if known == target:
        return
    changed = list(record.hashes()) if known is None else record.changed_since(known)
    index.apply(add=_docs(record, changed), delete_articles=changed, generation=target)


def _docs(record: Record, article_ids: list[str]) -> Iterator[LexicalDoc]:
    for some in slices(article_ids, size=_SLICE):
        for row in record.chunk_rows(some):
            yield LexicalDoc(row.chunk_id, row.article_id, row.embedding_text)
