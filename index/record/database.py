"""How a database is opened for the record, and how its failures are told: any SQLAlchemy URL, SQLite by default.

SQLite runs in WAL mode, so that readers never wait for the writer, with `synchronous=FULL`: a committed article
survives a kill of the process and a loss of power, for one fsync a commit (a commit is a batch of articles).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from ..errors import SettingsError, StorageError

RECORD_FILE = "record.sqlite3"
_BUSY_MS = 10_000


def has_record(home: Path) -> bool:
    """Whether a data folder holds a record of its own."""
    return (home / RECORD_FILE).is_file()


def open_engine(home: Path, *, url: str | None, read_only: bool) -> Engine:
    """An engine on the folder's SQLite file, or on `url`. Nothing is created when `read_only`.

    Raises SettingsError for a URL that SQLAlchemy does not know, StorageError when there is nothing to read.
    """
    if url is None:
        return _sqlite_engine(home / RECORD_FILE, read_only=read_only)
    try:
        engine = create_engine(url, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise SettingsError(
            f"database_url cannot be used: {error}. Give an SQLAlchemy URL and install its driver."
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _writer_pragmas if not read_only else _reader_pragmas)
    return engine


def _sqlite_engine(path: Path, *, read_only: bool) -> Engine:
    if not read_only:
        engine = create_engine(f"sqlite:///{path}")
        event.listen(engine, "connect", _writer_pragmas)
        return engine
    if not path.is_file():
        raise StorageError(f"{path.parent} holds no corpus yet. Ingest articles there first.")
    # Where nothing can be written SQLite cannot keep its lock files. It needs none while nobody writes (no log).
    is_written = os.access(path.parent, os.W_OK) or path.with_name(f"{path.name}-wal").exists()
    frozen = "" if is_written else "&immutable=1"
    engine = create_engine(f"sqlite:///file:{path}?mode=ro{frozen}&uri=true")
    event.listen(engine, "connect", _reader_pragmas)
    return engine


def _writer_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _reader_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


@contextmanager
def storage_errors(engine: Engine) -> Iterator[None]:
    """Any failure of the database inside becomes a StorageError that says what to do; no password is shown."""
    try:
        yield
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        where = (
            engine.url.database if engine.dialect.name == "sqlite" else engine.url.render_as_string(hide_password=True)
        )
        raise StorageError(f"The record {where} cannot be used: {reason}. {_advice(reason)}") from error


def _advice(reason: str) -> str:
    low = reason.lower()
    if "full" in low or "no space" in low:
        return "Free some disk space and run it again; what was committed before is kept."
    if "malformed" in low or "not a database" in low or "corrupt" in low:
        return "Restore this file from a copy, or move the folder away and ingest again; nothing was changed."
    if "readonly" in low or "permission" in low or "unable to open" in low:
        return "Check the permissions of the folder, or open it read-only."
    if "locked" in low:
        return "Another program holds the database; close it and try again."
    return "Check that the database is running and reachable, then try again."
