"""Bytes into text, or a reason in words why they are none.

A byte order mark decides; then UTF-8; then what the file declares; then Windows-1252, only where its reading is
plausible.
Half-right characters are worse than a file left out, so there is no "replace".
"""

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF8_PAIR = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_TYPOGRAPHY = frozenset("“”‘’–—…«»‹›€£©®™°·•§\u00a0„‚½¼¾²³×ºª¿¡")
_MAX_FOREIGN = 0.15


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Why bytes are not text, in words for a person."""

    reason: str


def byte_order_mark(data: bytes) -> str | None:
    """The encoding that the first bytes declare; None without a mark."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def decode(data: bytes, *, declared: str | None = None) -> str | Undecodable:
    """The text of a file's bytes. `declared` is an encoding that the file itself names, as web pages do."""
    marked = byte_order_mark(data)
    if marked:
        try:
            return data.decode(marked)
        except UnicodeDecodeError:
            return Undecodable(f"its mark says {marked.upper()}, but it is damaged; save it as UTF-8")
    if b"\x00" in data:
        return Undecodable("it is binary, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_otherwise(data, error, declared=declared)


def _decode_otherwise(data: bytes, error: UnicodeDecodeError, *, declared: str | None) -> str | Undecodable:
    if declared and declared.lower().replace("_", "-") not in ("utf-8", "utf8"):
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass
    if not _UTF8_PAIR.search(data):
        text = _plausible_windows_text(data)
        if text is not None:
            return text
    if _mostly_not_text(data):
        return Undecodable("it is binary, not text")
    return Undecodable(f"its encoding is unknown (not UTF-8 at byte {error.start:,}); save it as UTF-8")


def _plausible_windows_text(data: bytes) -> str | None:
    """Read as Windows-1252, when that gives few foreign characters, nearly all letters or typographic signs."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = [char for char in text if ord(char) > 127]
    usual = sum(char.isalpha() or char in _TYPOGRAPHY for char in foreign)
    if _CONTROL.search(text) or len(foreign) > _MAX_FOREIGN * len(text) or usual < 0.9 * len(foreign):
        return None
    return text


def _mostly_not_text(data: bytes) -> bool:
    sample = data[:4096]
    odd = sum(byte < 9 or 13 < byte < 32 or byte > 126 for byte in sample)
    return odd > 0.3 * len(sample)
