"""One writing process per data folder: a file lock, and beside it who holds it.

The operating system drops the lock when its process ends, however it ends, so a lock left by a kill is no obstacle.
Who holds it is written to a second file, since a locked file cannot be read on Windows. Network drives whose locks do
not work are not supported.
"""

import json
import os
import socket
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from .errors import CorpusLocked, StorageError

_LOCK, _OWNER = "writer.lock", "writer.json"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who writes in a data folder: process id, machine, and since when (UTC, ISO 8601)."""

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since}"


class WriterLock:
    """Held from construction until `release`."""

    def __init__(self, home: Path) -> None:
        """Raises CorpusLocked at once when another process (or another corpus in this one) writes there."""
        self._owner_file = home / _OWNER
        self._lock = FileLock(home / _LOCK, timeout=0)
        try:
            self._lock.acquire()
            _write_owner(self._owner_file)
        except Timeout:
            raise CorpusLocked(_busy(home)) from None
        except OSError as error:
            self._lock.release()
            raise StorageError(
                f"{home} cannot be written: {error}. Choose a folder of yours, or open it read-only."
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def release(self) -> None:
        """Lets the next writer in; a second call does nothing."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._owner_file.unlink()
            self._lock.release()


def lock_owner(home: Path) -> Owner | None:
    """Who writes in this folder now; None when nobody does, or when that process did not say."""
    if not (home / _LOCK).exists() or _is_free(home):
        return None
    try:
        return Owner(**json.loads((home / _OWNER).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _is_free(home: Path) -> bool:
    try:
        with FileLock(home / _LOCK, timeout=0):
            return True
    except (Timeout, OSError):
        return False


def _write_owner(path: Path) -> None:
    owner = Owner(os.getpid(), socket.gethostname(), datetime.now(UTC).isoformat(timespec="seconds"))
    path.write_text(json.dumps(asdict(owner)), "utf-8")


def _busy(home: Path) -> str:
    owner = lock_owner(home) or "another process"
    return f"{home} is being written by {owner}. Wait until it ends, stop it, or open the folder read-only."
