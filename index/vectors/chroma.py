"""The vector index: the seam, and Chroma behind it. The only room for chromadb (with its probe, `probe`).

Chroma holds ids, embeddings and filter fields, no texts: those are the record's. Embeddings are always given, so that
Chroma's own model is never asked for. An index carries the generation of the record that it stands at; who opens,
follows and rebuilds it is `keeper`.
"""

import math
import socket
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from ..chunk import Filters
from ..errors import SettingsError, StorageError
from ..record.reading import slices
from ..record.rows import ChunkRow, Embedding
from .exact import ExactIndex, Hits

_MAX_BATCH = 5000  # Chroma refuses more than 5,461 rows at once.
_CONNECT_S, _REPLY_S = 5.0, 60.0
UNDATED = 0  # `published` of an article without a date: Chroma knows no null.

# sync_threshold stays at Chroma's default: a higher one keeps vectors in its log and builds the graph anew at each
# opening (4.5 s at 10,000 chunks); that a kill can tear the files then is what the keeper's clean mark is for.
# ef_search: neighbours equal exact search on news (docs/benchmarks.md, "Durability").
_HNSW = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 500, "sync_threshold": 1000}


class UnusableIndexError(StorageError):
    """Chroma answers, but what it holds is missing or not this corpus's: only a rebuild helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorSettings:
    """Where Chroma is: `url` a server, `api_key` Chroma Cloud (with tenant and database), else the data folder."""

    url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    api_key: str | None = field(default=None, repr=False)
    tenant: str | None = None
    database: str | None = None

    @property
    def kind(self) -> Literal["embedded", "server", "cloud"]:
        """Which of the three."""
        if self.api_key:
            return "cloud"
        return "server" if self.url else "embedded"

    @property
    def place(self) -> str:
        """Names the store that is meant, without secrets; another place is another index."""
        return "/".join(part for part in (self.kind, self.url, self.tenant, self.database) if part)


class VectorIndex(Protocol):
    """Nearest neighbours among chunks. `generation` is the record's that it stands at, 0 when new.

    All failures of the store behind it are StorageErrors.
    """

    @property
    def generation(self) -> int:
        """The record's generation that the last `apply` brought it to."""

    def apply(self, *, add: Iterable[ChunkRow], delete_articles: Collection[str], generation: int) -> None:
        """Deletes these articles' chunks, then puts chunks in, then moves to the generation."""

    def search(self, embedding: Embedding, *, k: int, filters: Filters | None = None) -> Hits:
        """Up to k chunk ids with their cosine, best first, ties by chunk id."""

    def count(self) -> int:
        """How many chunks are in."""

    def close(self) -> None:
        """Lets go of files and connections."""


class MemoryVectors:
    """A double in memory, exact. What is in it is gone with it."""

    def __init__(self) -> None:
        self.generation = 0
        self._rows: dict[str, ChunkRow] = {}

    def apply(self, *, add: Iterable[ChunkRow], delete_articles: Collection[str], generation: int) -> None:
        """As VectorIndex.apply."""
        gone = frozenset(delete_articles)
        self._rows = {chunk_id: row for chunk_id, row in self._rows.items() if row.article_id not in gone}
        self._rows |= {row.chunk_id: row for row in add}
        self.generation = generation

    def search(self, embedding: Embedding, *, k: int, filters: Filters | None = None) -> Hits:
        """As VectorIndex.search."""
        rows = [row for row in self._rows.values() if filters is None or _lets_through(filters, row)]
        return ExactIndex.of_rows(rows).search(embedding, k=k)

    def count(self) -> int:
        """As VectorIndex.count."""
        return len(self._rows)

    def close(self) -> None:
        """Nothing to let go of."""


class ChromaVectors:
    """One Chroma collection."""

    def __init__(self, client: Any, name: str, *, belongs: Mapping[str, str], create: bool) -> None:
        """Opens the collection of a corpus, or makes it. UnusableIndexError: it is missing or another's."""
        self._client, self._name, self._belongs = client, name, dict(belongs)
        with chroma_errors():
            self._collection: Any = self._make() if create else client.get_collection(name, embedding_function=None)
        self._check()

    @property
    def generation(self) -> int:
        """The record's generation that the last `apply` brought it to."""
        return int(self._collection.metadata["generation"])

    @property
    def n_written(self) -> int:
        """How many rows were ever put in. Chroma's graph keeps deleted ones: it grows with this, not with `count`."""
        return int(self._collection.metadata.get("n_written", 0))

    def apply(self, *, add: Iterable[ChunkRow], delete_articles: Collection[str], generation: int) -> None:
        """As VectorIndex.apply. Deleted first, since Chroma would merge old filter fields into new ones."""
        n_added = 0
        with chroma_errors():
            for some in slices(delete_articles):
                self._collection.delete(where={"article_id": {"$in": some}})
            for rows in slices(list(add), size=_MAX_BATCH):
                n_added += len(rows)
                self._collection.upsert(
                    ids=[row.chunk_id for row in rows],
                    embeddings=[row.embedding for row in rows],
                    metadatas=[_fields(row) for row in rows],
                )
            written = self.n_written + n_added
            self._collection.modify(metadata={**self._belongs, "generation": generation, "n_written": written})

    def search(self, embedding: Embedding, *, k: int, filters: Filters | None = None) -> Hits:
        """As VectorIndex.search."""
        if k < 1:
            return []
        with chroma_errors():
            found = self._collection.query(
                query_embeddings=[embedding],
                n_results=k,
                where=where_of(filters) if filters else None,
                include=["distances"],
            )
        (ids,), (distances,) = found["ids"], found["distances"] or [[]]
        hits = [(chunk_id, 1.0 - distance) for chunk_id, distance in zip(ids, distances, strict=True)]
        return sorted((hit for hit in hits if math.isfinite(hit[1])), key=lambda hit: (-hit[1], hit[0]))

    def count(self) -> int:
        """As VectorIndex.count."""
        with chroma_errors():
            return int(self._collection.count())

    def close(self) -> None:
        """Lets go of files and connections."""
        _close(self._client)

    def _make(self) -> Any:
        metadata = {**self._belongs, "generation": 0}
        return self._client.create_collection(
            self._name, embedding_function=None, metadata=metadata, configuration={"hnsw": _HNSW}
        )

    def _check(self) -> None:
        metadata = self._collection.metadata or {}
        space = (self._collection.configuration_json.get("hnsw") or {}).get("space")
        if not self._belongs.items() <= metadata.items() or "generation" not in metadata:
            raise UnusableIndexError(f"Chroma's collection {self._name} belongs to another corpus.")
        # Chroma Cloud indexes with SPANN and reports its space there.
        spann = (self._collection.configuration_json.get("spann") or {}).get("space")
        if "cosine" not in (space, spann):
            raise UnusableIndexError(f"Chroma's collection {self._name} measures by {space or spann}, not by cosine.")


def open_chroma(
    settings: VectorSettings, folder: Path, *, location: str, corpus_id: str, built_with: str, create: bool = False
) -> ChromaVectors:
    """The collection of a corpus at a location ("gen-0001", …): its own folder when embedded, else its own name.

    `built_with` says what made the embeddings; a collection that says otherwise is not this corpus's.
    Raises UnusableIndexError when the collection is missing or not this corpus's, StorageError when Chroma fails.
    """
    with chroma_errors():
        client = _embedded(folder / location) if settings.kind == "embedded" else _remote(settings)
    try:
        name = collection_name(settings, location=location, corpus_id=corpus_id)
        return ChromaVectors(client, name, belongs={"corpus": corpus_id, "built_with": built_with}, create=create)
    except BaseException:
        _close(client)
        raise


def drop_chroma(settings: VectorSettings, *, location: str, corpus_id: str) -> None:
    """Deletes a build on a server. Raises StorageError, UnusableIndexError when it is not there."""
    with chroma_errors():
        client = _remote(settings)
        try:
            client.delete_collection(collection_name(settings, location=location, corpus_id=corpus_id))
        finally:
            _close(client)


def collection_name(settings: VectorSettings, *, location: str, corpus_id: str) -> str:
    """Several corpora may share a server, so a name there says which corpus and which build."""
    return "chunks" if settings.kind == "embedded" else f"dateline-{corpus_id}-{location}"


def _embedded(path: Path) -> Any:
    import chromadb  # heavy: 1.5 s
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(path), settings=Settings(anonymized_telemetry=False))


def _remote(settings: VectorSettings) -> Any:
    import chromadb  # heavy: 1.5 s
    from chromadb.config import Settings

    quiet = Settings(anonymized_telemetry=False)
    if settings.kind == "cloud":
        return chromadb.CloudClient(
            tenant=settings.tenant, database=settings.database, api_key=settings.api_key, settings=quiet
        )
    parts = urlsplit(settings.url or "")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsError(f"chroma_url {settings.url!r} is no address. Give one like http://localhost:8000.")
    port = parts.port or (443 if parts.scheme == "https" else 8000)
    # Chroma's client waits for ever; we do not.
    socket.create_connection((parts.hostname, port), timeout=_CONNECT_S).close()
    client = chromadb.HttpClient(
        host=parts.hostname,
        port=port,
        ssl=parts.scheme == "https",
        headers=dict(settings.headers),
        settings=quiet,
        tenant=settings.tenant or "default_tenant",
        database=settings.database or "default_database",
    )
    for session in _sessions(client):
        session.timeout = _REPLY_S
    return client


def _sessions(client: Any) -> list[Any]:
    """The HTTP sessions of a client, its admin client's among them; none when embedded.

    chromadb 1.5.9 has no setting for their time-out, and leaves them open when the client is closed.
    """
    servers = [getattr(owner, "_server", None) for owner in (client, getattr(client, "_admin_client", None))]
    sessions = [getattr(server, "_session", None) for server in servers]
    return [session for session in sessions if session is not None]


def _close(client: Any) -> None:
    with suppress(Exception):
        sessions = _sessions(client)
        client.close()
        for session in sessions:
            session.close()


@contextmanager
def chroma_errors() -> Iterator[None]:
    """Chroma raises errors of a dozen unrelated classes, Rust panics among them: all are StorageErrors outside."""
    try:
        yield
    except (SettingsError, StorageError):
        raise
    except Exception as error:
        if type(error).__name__ == "NotFoundError":
            raise UnusableIndexError(f"Chroma has no such collection: {error}") from error
        raise StorageError(f"Chroma failed: {type(error).__name__}: {str(error)[:300]}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise StorageError(f"Chroma panicked: {str(error)[:300]}") from error


def where_of(filters: Filters) -> dict[str, Any] | None:
    """A filter in Chroma's words; None when it lets everything through.

    >>> where_of(Filters(publishers=frozenset({"TASS"})))
    {'publisher': {'$in': ['TASS']}}
    """
    terms: list[dict[str, Any]] = []
    if filters.article_ids is not None:
        terms.append({"article_id": {"$in": sorted(filters.article_ids)}})
    if filters.publishers is not None:
        terms.append({"publisher": {"$in": sorted(filters.publishers)}})
    undated = {"published": {"$eq": UNDATED}}
    if filters.published_from is not None:
        terms.append({"$or": [undated, {"published": {"$gte": day_number(filters.published_from)}}]})
    if filters.published_to is not None:
        terms.append({"published": {"$lte": day_number(filters.published_to)}})
    if filters.dated_only:
        terms.append({"published": {"$ne": UNDATED}})
    if len(terms) > 1:
        return {"$and": terms}
    return terms[0] if terms else None


def day_number(day: date | None) -> int:
    """A date as a number that orders as dates do, 0 for none.

    >>> day_number(date(2022, 11, 28))
    20221128
    """
    return day.year * 10_000 + day.month * 100 + day.day if day else UNDATED


def _fields(row: ChunkRow) -> dict[str, str | int]:
    fields: dict[str, str | int] = {"article_id": row.article_id, "published": day_number(row.published)}
    return fields | {"publisher": row.publisher} if row.publisher else fields


def _lets_through(filters: Filters, row: ChunkRow) -> bool:
    day = day_number(row.published)
    return (
        (filters.article_ids is None or row.article_id in filters.article_ids)
        and (filters.publishers is None or row.publisher in filters.publishers)
        and (filters.published_from is None or not day or day >= day_number(filters.published_from))
        and (filters.published_to is None or day <= day_number(filters.published_to))
        and not (filters.dated_only and not day)
    )
