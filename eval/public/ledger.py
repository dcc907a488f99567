"""What was answered already, case by case, in a JSON Lines file beside the report: a long run that stops goes on there.

The first line names the set and the fingerprint of what answers; answers of another fingerprint are not mixed in. One
process writes, the one that holds the lock of the index.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from ...index.errors import BadInput
from .case import Outcome, PublicCase

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """Outcomes by case id that still hold; `note` says why others do not, empty where there is nothing to say."""

    outcomes: dict[str, Outcome]
    note: str = ""


def read_kept(path: Path | None, *, name: str, fingerprint: str, cases: Iterable[PublicCase], anew: bool) -> Kept:
    """The outcomes of an earlier run that hold: same set, same fingerprint, same question and limits.

    A line torn by a kill is passed over. Raises BadInput where the file is not the ledger of this set.
    """
    if path is None or not path.exists():
        return Kept({})
    head, rows = _read(path)
    if head.get("set") != name:
        raise BadInput(f"{path} is not a record of {name}; move it away, or give another folder with --out")
    if anew:
        return Kept({}, f"The {len(rows)} answers in {path} are given up (--anew); everything is asked anew.")
    if head.get("fingerprint") != fingerprint:
        change = f"fingerprint {head.get('fingerprint')} → {fingerprint}"
        why = f"What answers has changed since the {len(rows)} answers in {path} were given ({change})"
        return Kept({}, f"{why}; everything is asked anew.")
    digests = {case.id: case.digest for case in cases}
    return Kept({row.id: row for row in rows if digests.get(row.id) == row.digest})


class Ledger:
    """Appends outcomes as they come; `path` None keeps nothing. A context manager."""

    def __init__(self, path: Path | None, *, name: str, fingerprint: str, kept: Iterable[Outcome]) -> None:
        """Writes the file anew with what is kept. Raises BadInput where it cannot be written."""
        self._file: IO[str] | None = None
        if path is None:
            return
        head = {"schema": SCHEMA, "set": name, "fingerprint": fingerprint}
        lines = [json.dumps(head), *(_line(outcome) for outcome in kept)]
        beside = path.with_name(f"{path.name}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            beside.replace(path)
            self._file = path.open("a", encoding="utf-8")
        except OSError as error:
            raise BadInput(f"{path} cannot be written: {error}; give another folder with --out") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._file:
            self._file.close()

    def add(self, outcome: Outcome) -> None:
        """Appends one outcome; it is with the operating system before the next question is asked."""
        if self._file:
            self._file.write(_line(outcome) + "\n")
            self._file.flush()


def _line(outcome: Outcome) -> str:
    return json.dumps(outcome.to_dict(), ensure_ascii=False)


def _read(path: Path) -> tuple[dict[str, Any], list[Outcome]]:
    """The head, and the outcomes of the lines that are whole."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        head = dict(json.loads(lines[0]))
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise BadInput(f"{path} cannot be read ({error}); move it away, or give another folder with --out") from None
    rows = []
    for line in lines[1:]:
        try:
            rows.append(Outcome.from_dict(json.loads(line)))
        except (ValueError, KeyError, TypeError):
            continue
    return head, rows
