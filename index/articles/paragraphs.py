"""Raw text into paragraphs, and back into main text: paragraphs separated by one blank line.

Letters, quotes and blanks inside a line stay as they are, so that a quote is the article's own characters. Gone are
only:
carriage returns, byte order marks, control characters, and blanks at both ends of a line.
"""

import itertools
import re

_LINE_BREAK = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNCLEAN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufeff\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_MAX_WRAPPED_CHARS = 120
_PROSE_END = re.compile(r"[.!?…]['\"”’»)\]]*$|[.!?…,][”\"»’']$")


def clean_characters(text: str) -> str:
    """Line ends as `\\n`, nothing unprintable; a lone surrogate, which no file can hold, becomes U+FFFD."""
    if not _UNCLEAN.search(text):  # one look at most texts instead of three
        return text
    text = _LINE_BREAK.sub("\n", text)
    return _LONE_SURROGATE.sub("\ufffd", _UNPRINTABLE.sub("", text))


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs of a text with clean characters, none of them empty.

    A line is a paragraph, except where lines were broken at a fixed width: those stay together, line ends included.
    """
    blocks = [block for block in _BLANK_LINES.split(text) if block.strip()]
    paragraphs: list[str] = []
    for block in blocks:
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        paragraphs.extend(["\n".join(lines)] if is_hard_wrapped(lines) else lines)
    return paragraphs


def join_paragraphs(paragraphs: list[str]) -> str:
    """Main text: one blank line between paragraphs."""
    return "\n\n".join(paragraphs)


def is_hard_wrapped(lines: list[str]) -> bool:
    """Were these lines one paragraph, broken where the next word would not have fitted?

    Two lines are too few to tell by width, so the second must begin in lower case.
    """
    width = max(map(len, lines))
    if len(lines) < 2 or not 40 <= width <= _MAX_WRAPPED_CHARS:
        return False
    if len(lines) == 2:
        return len(lines[0]) >= 40 and lines[1][0].islower()
    pairs = list(itertools.pairwise(lines))
    full = sum(len(line) + 1 + len(after.split(maxsplit=1)[0]) > width for line, after in pairs)
    return full >= 0.9 * len(pairs)


def is_prose(paragraph: str) -> bool:
    """Is it running text, rather than a heading, a label or a link? Long, or a sentence of some length."""
    return len(paragraph) >= 200 or (len(paragraph) >= 60 and bool(_PROSE_END.search(paragraph)))
