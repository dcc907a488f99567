"""Which build of the vector index is current, and whether it was left in order: one small file, swapped atomically.

Embedded Chroma can be torn by a kill while it writes. So `clean` is taken away before it is written to and given back
after, together with the sizes and times of its files: an index that is not clean, or whose files are not those that
were left, is not trusted.
"""

import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

_STATE = "current.json"
_LOCATION = re.compile(r"gen-(\d{4,})")

Files = dict[str, list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorState:
    """`place`: which Chroma (embedded, a server, …); `location`: which build there; `files`: as they were left."""

    place: str
    location: str
    clean: bool
    files: Files = field(default_factory=dict)


def read_state(folder: Path) -> VectorState | None:
    """None when there is none, or it cannot be read."""
    try:
        return VectorState(**json.loads((folder / _STATE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_state(folder: Path, state: VectorState) -> None:
    """Replaces the file in one step, on disk before this returns."""
    fresh = folder / f"{_STATE}.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(asdict(state), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, folder / _STATE)


def distrust(folder: Path) -> None:
    """Marks the current build as not in order, so that the next opening rebuilds it."""
    state = read_state(folder)
    if state is not None:
        write_state(folder, replace(state, clean=False, files={}))


def files_of(path: Path) -> Files:
    """Size of each file below, and its time of change in nanoseconds.

    Chroma touches its SQLite file when it opens it, and lays out graph files anew that it has never filled (no
    index_metadata.pickle beside them yet, so all is in SQLite): their times say nothing and are 0.
    """
    found: Files = {}
    for file in sorted(path.rglob("*")):
        if file.is_file() and not file.name.endswith(("-journal", "-wal", "-shm")):
            stat = file.stat()
            is_settled = file.suffix != ".sqlite3" and file.with_name("index_metadata.pickle").exists()
            found[file.relative_to(path).as_posix()] = [stat.st_size, stat.st_mtime_ns if is_settled else 0]
    return found


def next_location(folder: Path, state: VectorState | None) -> str:
    """A name that no build has had: a path is never used twice, since Chroma caches by path."""
    names = [path.name for path in folder.iterdir()] + ([state.location] if state else [])
    used = [int(match[1]) for name in names if (match := _LOCATION.fullmatch(name))]
    return f"gen-{max(used, default=0) + 1:04d}"


def orphans(folder: Path, state: VectorState | None) -> list[Path]:
    """Folders of builds that are not the current one."""
    current = state.location if state else None
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _LOCATION.fullmatch(path.name) and path.name != current)


def remove(path: Path) -> None:
    """Deletes a build's folder; what cannot be deleted now is an orphan for the doctor."""
    with suppress(OSError):
        shutil.rmtree(path)
