"""Keeps the vector index in step with the record: opens it, lets it catch up, rebuilds it, and says why it is away.

The index is only ever trusted at the record's own generation. One that was not left in order, whose files are not
those that were left, or that belongs to another corpus or place, is rebuilt from the record's embeddings at a new
location and then becomes the current one in one step; nothing is embedded again. Small rebuilds are done on opening,
larger ones by a thread, so that opening is quick; meanwhile `search` gives None and the corpus searches exactly.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from ..chunk import Filters
from ..errors import StorageError
from ..record.reading import slices
from ..record.rows import Embedding
from ..record.store import Record
from .check import K, built_with, disagreement, sample_of
from .chroma import (
    ChromaVectors,
    UnusableIndexError,
    VectorSettings,
    collection_name,
    drop_chroma,
    open_chroma,
)
from .exact import Hits
from .probe import probe
from .state import VectorState, files_of, next_location, orphans, read_state, remove, write_state

# Up to here a rebuild takes about two seconds and opening waits for it.
MAX_WAITING_CHUNKS = 2000
# Articles per write: some 500 chunks, so that closing never waits long.
_SLICE = 64

# Deleted rows that the graph may carry beyond its own size before it is built anew.
_MAX_DEAD = 5000

_BUILDING = (
    "The vector index is being rebuilt; search is exact meanwhile (same results, slower). "
    "`dateline doctor` sees it through."
)


class VectorKeeper:
    """The vector index of one corpus, for the one process that writes."""

    def __init__(self, record: Record, folder: Path, settings: VectorSettings) -> None:
        self._record, self._folder, self._settings = record, folder, settings
        self._corpus_id = record.corpus_id
        self._built_with = built_with(record)
        self._index: ChromaVectors | None = None
        self._away: str | None = None
        self._lock = threading.RLock()
        self._stop = threading.Event()
        self._builder: threading.Thread | None = None
        self._has_changed = False

    @property
    def note(self) -> str | None:
        """Why the index is away, in words for a person; None while it is there."""
        return self._away

    @property
    def generation(self) -> int | None:
        """The generation of the current index; None while it is away."""
        index = self._index
        return index.generation if index else None

    def open(self) -> None:
        """Opens the current index and brings it to the record, or starts a rebuild. Never raises for Chroma's sake."""
        with self._lock, self._failures("could not be opened"):
            self._folder.mkdir(parents=True, exist_ok=True)
            reason = self._reopen()
            if reason is None:
                self._clear_away(None)
                self._catch_up_with_care()
            else:
                self._start_rebuild()

    def follow(self) -> None:
        """Brings the index to the record after a change. While it is being rebuilt, the rebuild sees to that."""
        self._has_changed = True
        with self._lock:
            if self._index is not None:
                self._catch_up_with_care()
            elif self._builder is None or not self._builder.is_alive():
                self.open()

    def search(self, embedding: Embedding, *, k: int, filters: Filters | None, generation: int) -> Hits | None:
        """As VectorIndex.search; None when the index is away or not at this generation."""
        index = self._index
        if index is None or index.generation != generation:
            return None
        try:
            return index.search(embedding, k=k, filters=filters)
        except StorageError as error:
            self._give_up(f"failed while it was being searched ({error})")
            return None

    def rebuild(self) -> None:
        """Rebuilds now and waits until it is done. Raises StorageError when that fails."""
        self.wait()
        with self._lock:
            self._close_index()
            self._build()

    def wait(self) -> None:
        """Waits until a rebuild that runs is done."""
        if self._builder is not None:
            self._builder.join()

    def close(self) -> None:
        """Lets go of Chroma. A rebuild is stopped after the slice at hand, unless this process changed the record.

        Else processes that only ingest would never see one through.
        """
        if not self._has_changed:
            self._stop.set()
        self.wait()
        with self._lock:
            self._close_index()

    # Opening

    def _reopen(self) -> str | None:
        """Opens the current index; the reason why it must be rebuilt, None when it is fine."""
        state = read_state(self._folder)
        if state is None or state.place != self._settings.place:
            return "there is none here yet"
        reason = self._distrust(state) if self._settings.kind == "embedded" else None
        if reason:
            return reason
        try:
            index = self._open(state.location)
        except UnusableIndexError as error:
            return str(error)
        except StorageError as error:
            if self._settings.kind != "embedded":
                raise  # A server that cannot be reached is not mended by writing to it.
            return str(error)
        n_chunks = self._record.n_chunks
        ahead, stuffed = index.generation > self._record.generation, index.n_written > 2 * n_chunks + _MAX_DEAD
        if ahead or stuffed:
            index.close()
            return "it is ahead of the record" if ahead else "most of its graph is of deleted chunks"
        self._index, self._away = index, None
        if self._settings.kind == "embedded" and state.files != files_of(self._folder / state.location):
            self._mark_clean(state.location)
        return None

    def _distrust(self, state: VectorState) -> str | None:
        path = self._folder / state.location
        if not path.is_dir():
            return "its folder is missing"
        if not state.clean:
            return "it was not left in order"
        if state.files != files_of(path):
            # Copied by hand, perhaps, or torn by a disk: only its own process can tell without risk to this one.
            return self._damage(path, state.location)
        return None

    def _damage(self, path: Path, location: str) -> str | None:
        sample = sample_of(self._record)
        name = collection_name(self._settings, location=location, corpus_id=self._corpus_id)
        told = probe(path, name=name, queries=[row.embedding for row in sample], k=K)
        if told is None:
            return "its files are damaged"
        if told.metadata.get("generation") != self._record.generation:
            return "its files are not those that were left, and it is not at the record's generation"
        return disagreement(told, self._record, sample)

    def _open(self, location: str, *, create: bool = False) -> ChromaVectors:
        return open_chroma(
            self._settings,
            self._folder,
            location=location,
            corpus_id=self._corpus_id,
            built_with=self._built_with,
            create=create,
        )

    # Following

    def _catch_up_with_care(self) -> None:
        if self._index is not None:
            with self._failures("failed while it was being written"):
                self._catch_up(self._index)

    def _catch_up(self, index: ChromaVectors) -> None:
        generation = self._record.generation
        if index.generation != generation:
            changed = self._record.changed_since(index.generation)
            location = self._begin_writing()
            self._apply_changes(index, changed, generation=generation)
            self._mark_clean(location)
        if index.count() != self._record.n_chunks:
            self._close_index()
            self._start_rebuild()

    def _apply_changes(self, index: ChromaVectors, changed: list[str], *, generation: int) -> None:
        for some in slices(changed, size=_SLICE):
            index.apply(add=self._record.chunk_rows(some), delete_articles=some, generation=index.generation)
        index.apply(add=(), delete_articles=(), generation=generation)

    def _begin_writing(self) -> str:
        state = read_state(self._folder)
        if state is None:
            raise StorageError(f"{self._folder} was taken away while it was in use.")
        write_state(self._folder, replace(state, clean=False, files={}))
        return state.location

    def _mark_clean(self, location: str) -> None:
        files = files_of(self._folder / location) if self._settings.kind == "embedded" else {}
        state = VectorState(place=self._settings.place, location=location, clean=True, files=files)
        write_state(self._folder, state)

    # Rebuilding

    def _start_rebuild(self) -> None:
        if self._record.n_chunks <= MAX_WAITING_CHUNKS:
            self._build()
            return
        self._away = _BUILDING
        self._builder = threading.Thread(target=self._build_aside, name="dateline-vectors", daemon=True)
        self._builder.start()

    def _build_aside(self) -> None:
        with self._failures("could not be rebuilt"):
            self._build()

    def _build(self) -> None:
        before = read_state(self._folder)
        location = next_location(self._folder, before)
        index = self._open(location, create=True)
        try:
            complete = self._fill(index)
            if complete:
                with self._lock:
                    self._finish(index, location)
        except BaseException:
            self._discard(index, location)
            raise
        if not complete:
            self._discard(index, location)
            return
        self._clear_away(before)

    def _fill(self, index: ChromaVectors) -> bool:
        """Puts all chunks in; False when it was stopped on the way."""
        generation = self._record.generation
        for some in slices(self._record.hashes(), size=_SLICE):
            if self._stop.is_set():
                return False
            index.apply(add=self._record.chunk_rows(some), delete_articles=(), generation=0)
        index.apply(add=(), delete_articles=(), generation=generation)
        return True

    def _finish(self, index: ChromaVectors, location: str) -> None:
        generation = self._record.generation
        if index.generation != generation:
            self._apply_changes(index, self._record.changed_since(index.generation), generation=generation)
        if index.count() != self._record.n_chunks:
            raise StorageError(f"Chroma holds {index.count()} of {self._record.n_chunks} chunks after a rebuild.")
        self._mark_clean(location)
        self._index, self._away = index, None

    def _clear_away(self, before: VectorState | None) -> None:
        if self._settings.kind == "embedded":
            for path in orphans(self._folder, read_state(self._folder)):
                remove(path)
        elif before is not None and before.place == self._settings.place:
            with suppress(StorageError):
                drop_chroma(self._settings, location=before.location, corpus_id=self._corpus_id)

    def _discard(self, index: ChromaVectors, location: str) -> None:
        index.close()
        if self._settings.kind == "embedded":
            remove(self._folder / location)
        else:
            with suppress(StorageError):
                drop_chroma(self._settings, location=location, corpus_id=self._corpus_id)

    # Failing

    @contextmanager
    def _failures(self, what: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # whatever it is, search is exact without this index
            self._give_up(f"{what} ({error})")

    def _give_up(self, what: str) -> None:
        with self._lock:
            self._close_index()
            self._away = f"The vector index {what}; search is exact meanwhile. `dateline doctor` mends it."
            with suppress(OSError, StorageError):
                self._begin_writing()

    def _close_index(self) -> None:
        if self._index is not None:
            self._index.close()
        self._index = None
