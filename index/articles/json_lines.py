"""JSON Lines into drafts of articles: one object a line, fields `url, title, text, published, author, publisher`.

`updated` and `language` are read too, and common other names of the same fields where the field itself is missing.
Unknown
fields are kept as metadata. A line that cannot be used says why and the next one is read; a line is never held in
memory
beyond the size limit.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, Any

from .decoding import Undecodable, byte_order_mark, decode
from .facts import Draft, Fact, Facts
from .paragraphs import clean_characters
from .plain_text import read_plain_text
from .publishers import spell_out
from .written_dates import believable, from_epoch, read_date

_OTHER_NAMES = {
    "url": ("link",),
    "title": ("headline",),
    "text": ("body", "content", "article"),
    "published": ("publish_date", "published_at", "date_published", "publication_date", "date"),
    "updated": ("modified", "updated_at", "date_modified"),
    "author": ("authors", "byline"),
    "publisher": ("source", "site_name"),
    "language": ("lang",),
}
_MAX_METADATA_CHARS = 2000


@dataclass(frozen=True, slots=True)
class NumberedDraft:
    """The draft of a line, 1-based."""

    line: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that holds no usable article, 1-based, and why, in words for a person."""

    line: int
    reason: str


def read_json_lines(path: Path, *, today: date, max_bytes: int) -> Iterator[NumberedDraft | BadLine]:
    """The articles of a file, lazily, in order; blank lines are passed over. Raises OSError as `open` does."""
    for number, line in _lines(path, max_bytes=max_bytes):
        if isinstance(line, Undecodable):
            yield BadLine(number, line.reason)
        elif line.strip():
            draft = read_json_article(line, today=today)
            yield BadLine(number, draft) if isinstance(draft, str) else NumberedDraft(number, draft)


def read_json_article(line: str, *, today: date) -> Draft | str:
    """The draft of one JSON object, or the reason why there is none."""
    try:
        row = json.loads(line)
    except RecursionError:
        return "the JSON is nested too deeply"
    except ValueError as error:
        return f"it is not valid JSON, or was cut off ({error})"
    if not isinstance(row, dict):
        return f"it holds a JSON {type(row).__name__}, not an object with a field text"
    return _read_row(row, today=today)


def _read_row(row: dict[str, Any], *, today: date) -> Draft | str:
    fields, rest = _sort_fields(row)
    text = fields.get("text")
    if text is None:
        return "it has no field text"
    if not isinstance(text, str):
        return f"its field text is not a string but {type(text).__name__}"
    facts, unread = _facts_of_fields(fields, today=today)
    title = facts.title.value if facts.title else None
    draft = read_plain_text(text, today=today, title=title)
    metadata = {key: kept for key, value in {**rest, **unread}.items() if (kept := _metadata_value(value)) is not None}
    return replace(draft, facts=facts.or_else(draft.facts), metadata=metadata)


def _sort_fields(row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields we know, under our names, and the rest."""
    rest, known = dict(row), {}
    for name, others in _OTHER_NAMES.items():
        key = next((key for key in (name, *others) if row.get(key) not in (None, "", [])), None)
        if key is not None:
            known[name] = rest.pop(key)
        for empty in (name, *others):
            if rest.get(empty) in (None, "", []):
                rest.pop(empty, None)
    return known, rest


def _facts_of_fields(fields: Mapping[str, Any], *, today: date) -> tuple[Facts, dict[str, Any]]:
    """The facts, and the fields whose value could not be understood, which stay as metadata."""
    dates = {name: _day(fields.get(name), today=today) for name in ("published", "updated")}
    names = {name: _name(fields.get(name)) for name in ("title", "author", "publisher", "url", "language")}
    read = {**dates, **names}
    unread = {name: value for name, value in fields.items() if name != "text" and read[name] is None}

    def fact(name: str) -> Any:
        return None if read[name] is None else Fact(read[name], "field")

    facts = Facts(
        title=fact("title"),
        author=fact("author"),
        publisher=Fact(spell_out(names["publisher"]), "field") if names["publisher"] else None,
        published=fact("published"),
        updated=fact("updated"),
        url=fact("url"),
        language=fact("language"),
    )
    return facts, unread


def _day(value: object, *, today: date) -> date | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return believable(read_date(str(value)) or from_epoch(value), today=today) if math.isfinite(value) else None
    return believable(read_date(clean_characters(value)), today=today) if isinstance(value, str) else None


def _name(value: object) -> str | None:
    """A name in one line; several names joined by commas; schema.org's `{"name": …}`."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        names = [name for name in map(_name, value) if name]
        return ", ".join(dict.fromkeys(names)) or None
    return re.sub(r"\s+", " ", clean_characters(value)).strip() or None if isinstance(value, str) else None


def _metadata_value(value: object) -> str | int | float | bool | None:
    """A scalar as it is, anything else as compact JSON, cut where it gets long; None stays out."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if abs(value) < 2**63 else str(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return clean_characters(text)[:_MAX_METADATA_CHARS]


def _lines(path: Path, *, max_bytes: int) -> Iterator[tuple[int, str | Undecodable]]:
    with path.open("rb") as file:
        marked = byte_order_mark(file.read(4))
        file.seek(0)
        if marked and marked != "utf-8-sig":
            file.close()
            yield from _lines_of_marked(path, marked, max_chars=max_bytes)
            return
        number = 0
        while line := file.readline(max_bytes + 1):
            number += 1
            whole = _rest_of_line_is_short(file, line, limit=max_bytes)
            yield number, decode(line) if whole else _too_long(max_bytes)


def _lines_of_marked(path: Path, encoding: str, *, max_chars: int) -> Iterator[tuple[int, str | Undecodable]]:
    number = 0
    with path.open(encoding=encoding, newline="\n") as file:
        try:
            while line := file.readline(max_chars + 1):
                number += 1
                yield number, line if _rest_of_line_is_short(file, line, limit=max_chars) else _too_long(max_chars)
        except UnicodeDecodeError:
            yield number + 1, Undecodable(f"its mark says {encoding.upper()}, but it is damaged from here on")


def _rest_of_line_is_short(file: IO[Any], line: bytes | str, *, limit: int) -> bool:
    """Was the line read to its end? If not, what is left of it is read past, in pieces."""
    if len(line) <= limit:
        return True
    end = b"\n" if isinstance(line, bytes) else "\n"
    while line and not line.endswith(end):  # type: ignore[arg-type]  # both are bytes, or both are text
        line = file.readline(limit)
    return False


def _too_long(max_bytes: int) -> Undecodable:
    return Undecodable(f"it is longer than the limit of {max_bytes:,} bytes an article")
