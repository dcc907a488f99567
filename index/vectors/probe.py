"""Looks at an embedded Chroma folder from a process of its own, since a torn one can crash the process that opens it.

    echo '{"path": …, "name": …, "queries": [[…], …], "k": 10}' | python -m dateline.index.vectors.probe

prints `{"count": …, "n_reachable": …, "metadata": {…}, "hits": [[[chunk_id, cosine], …], …]}`. Whatever else happens
is a failed probe.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..record.rows import Embedding
from .exact import Hits

_PROBE_S = 180.0
_MAX_REACHED = 10_000


@dataclass(frozen=True, slots=True)
class Probe:
    """What a folder answered: its count, how many rows a search reaches (up to 10,000), and the hits of each query."""

    count: int
    n_reachable: int
    metadata: Mapping[str, str | int]
    hits: tuple[Hits, ...]

    @property
    def is_whole(self) -> bool:
        """Whether a search reaches all that is counted."""
        return self.n_reachable == min(self.count, _MAX_REACHED)


def probe(path: Path, *, name: str, queries: Sequence[Embedding] = (), k: int = 10) -> Probe | None:
    """Looks at the collection in a subprocess; None when that crashed, failed or took longer than three minutes."""
    if not _sizes_are_sane(path):
        return None
    asked = {"path": str(path), "name": name, "queries": [query.tolist() for query in queries], "k": k}
    command = [sys.executable, "-m", __spec__.name if __spec__ else __name__]
    try:
        run = subprocess.run(  # noqa: S603 (our own interpreter and module)
            command, input=json.dumps(asked), capture_output=True, text=True, timeout=_PROBE_S, check=True
        )
        told = json.loads(run.stdout)
        hits = tuple([(chunk_id, cosine) for chunk_id, cosine in found] for found in told["hits"])
        return Probe(told["count"], told["n_reachable"], told["metadata"], hits)
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError):
        return None


def _sizes_are_sane(path: Path) -> bool:
    # A torn write leaves link_lists.bin at terabytes (sparse); opening that takes the machine's memory with it.
    for links in path.rglob("link_lists.bin"):
        level0 = links.with_name("data_level0.bin")
        if not level0.is_file() or links.stat().st_size > max(level0.stat().st_size, 1_000_000):
            return False
    return True


def look(asked: dict[str, Any]) -> dict[str, Any]:
    """What the probe's process does: opens the folder here and now."""
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(asked["path"], settings=Settings(anonymized_telemetry=False))
    collection = client.get_collection(asked["name"], embedding_function=None)
    count = collection.count()
    told = {"count": count, "n_reachable": 0, "metadata": dict(collection.metadata or {}), "hits": []}
    if count:
        some = collection.peek(limit=1)["embeddings"]
        reached = collection.query(query_embeddings=some, n_results=min(count, _MAX_REACHED), include=[])
        told["n_reachable"] = len(reached["ids"][0])
    if count and asked["queries"]:
        found = collection.query(query_embeddings=asked["queries"], n_results=asked["k"], include=["distances"])
        pairs = zip(found["ids"], found["distances"] or [], strict=True)
        told["hits"] = [[(i, 1.0 - far) for i, far in zip(ids, fars, strict=True)] for ids, fars in pairs]
    client.close()  # type: ignore[attr-defined]
    return told


if __name__ == "__main__":
    print(json.dumps(look(json.load(sys.stdin))))
