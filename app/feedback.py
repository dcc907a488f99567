"""What people say of answers, kept beside the corpus: one JSON line each, with all that the answer was made from.

The file is append-only; a line that was cut off by a crash is passed over on reading.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ..index.errors import StorageError
from .answer import SCHEMA, Answer, Refusal
from .settings import Settings

FILE = "feedback.jsonl"
MAX_NOTE_CHARS = 4000


@dataclass(frozen=True, slots=True)
class Said:
    """Whether an answer was of use, and what was noted about it."""

    useful: bool
    note: str = ""


def feedback_row(result: Answer | Refusal, said: Said, *, settings: Settings, at: datetime) -> dict[str, Any]:
    """One line of feedback: the result with its evidence and fingerprint, settings (no key), and what was said."""
    secret = {"openai_api_key", "chroma_api_key", "chroma_headers", "database_url", "home"}
    return {
        "schema": SCHEMA,
        "kind": "feedback",
        "at": at.isoformat(timespec="seconds"),
        "useful": said.useful,
        "note": said.note.strip()[:MAX_NOTE_CHARS],
        "settings": settings.model_dump(mode="json", exclude=secret),
        "result": result.to_dict(),
    }


def append_row(file: Path, row: Mapping[str, Any]) -> None:
    """Adds a line to a file for good, making it where there is none. Raises StorageError."""
    line = json.dumps(row, ensure_ascii=False) + "\n"
    try:
        with file.open("a", encoding="utf-8") as out:
            out.write(line)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise StorageError(f"{file} cannot be written: {error.strerror}. Check the data folder.") from error


def read_rows(file: Path) -> list[dict[str, Any]]:
    """The lines of a file, oldest first; none where there is no file."""
    if not file.is_file():
        return []
    rows = []
    for line in file.read_text("utf-8", errors="replace").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict):
            rows.append(row)
    return rows
