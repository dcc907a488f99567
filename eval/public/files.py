"""The files of a data folder: JSON, JSON Lines, tables; gzipped or not. What is not there is said in one line."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from ...index.errors import BadInput

WHERE = "docs/evaluation.md says what the folder holds"


def find(folder: Path, name: str) -> Path:
    """The file of that name, or the same gzipped. Raises BadInput where neither is there."""
    if not folder.is_dir():
        raise BadInput(
            f"There is no data folder {folder}; give the one that holds the public sets with --data ({WHERE})"
        )
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise BadInput(f"The data folder {folder} has neither {name} nor {name}.gz; {WHERE}")


def is_there(folder: Path, name: str) -> bool:
    """Whether `find` would give a file."""
    return (folder / name).is_file() or (folder / f"{name}.gz").is_file()


def read_lines(path: Path, *fields: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, in order, blank lines passed over.

    Raises BadInput for a line that is none, or lacks one of the fields.
    """
    try:
        with _open(path) as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise BadInput(f"{path}, line {number}: a JSON object was expected, not {type(row).__name__}")
                    if missing := [name for name in fields if name not in row]:
                        raise BadInput(f"{path}, line {number}: it lacks {', '.join(missing)}; {WHERE}")
                    yield row
    except (OSError, EOFError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {error}") from None


def read_json(path: Path) -> Any:
    """The value of a JSON file. Raises BadInput."""
    try:
        with _open(path) as file:
            return json.load(file)
    except (OSError, EOFError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {error}") from None


def read_table(path: Path) -> Iterator[list[str]]:
    """The rows of a file of columns divided by tabs, without its head. Raises BadInput."""
    try:
        with _open(path) as lines:
            next(lines, None)
            yield from (line.rstrip("\n").split("\t") for line in lines if line.strip())
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {error}") from None


def _open(path: Path) -> IO[str]:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
