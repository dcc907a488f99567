"""Which characters of a sentence are somebody's words: what stands between quote marks, over sentence bounds too.

A mark opens or closes by its shape or by what stands beside it. A paragraph that opens a quote and never closes it goes
on in the next; one that opens it in mid-sentence has lost a mark, and counts as no quote.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from .article_view import Sentence

MARKS = '"“”«»'
_TWO = re.compile(r"(?<=[.,!?…])(?:''|’’)")  # two strokes for one closing mark, as old systems write it
MASK = "·"  # stands for each character of a quote: no letter, no blank
_MARK = re.compile(f"[{MARKS}]")
_MARKS_OF_TWO = re.compile(rf"{_MARK.pattern}|{_TWO.pattern}")
_QUOTED_MOSTLY = 0.6
_QUOTED_WORDS = 4


def unquoted(sentence: Sentence) -> str:
    """The sentence with `MASK` for all that is quoted; the marks stay, and a comma right before the closing one.

    As long as the sentence, so that places in it are the same; two strokes that close are two marks.
    """
    text = list(_TWO.sub("””", sentence.text) if _has_two(sentence.text) else sentence.text)
    for start, end in quoted_spans(sentence):
        kept = end - 1 if text[end - 1] == "," else end
        text[start:kept] = MASK * (kept - start)
    return "".join(text)


def is_quoted(sentence: Sentence) -> bool:
    """Whether a sentence is mostly somebody's words; a quoted title or term in it makes it none."""
    spans = quoted_spans(sentence)
    first = re.search(r"\w", sentence.text)
    if first is None or not any(start <= first.start() < end for start, end in spans):
        return False
    inside = "".join(sentence.text[start:end] for start, end in spans)
    letters = sum(map(str.isalnum, sentence.text))
    n_inside = sum(map(str.isalnum, inside))
    return n_inside >= _QUOTED_MOSTLY * max(1, letters) and (
        len(inside.split()) >= _QUOTED_WORDS or n_inside == letters
    )


def quoted_spans(sentence: Sentence) -> list[tuple[int, int]]:
    """What is quoted in a sentence, without the marks, as offsets in it, in order."""
    text = sentence.article.text
    start = text.rfind("\n", 0, sentence.start) + 1
    end = text.find("\n", sentence.end)
    found = _spans(text, start=start, end=len(text) if end < 0 else end)
    inside = [(max(a, sentence.start), min(b, sentence.end)) for a, b in found]
    return [(a - sentence.start, b - sentence.start) for a, b in inside if a < b]


@lru_cache(64)  # a paragraph is asked for with each of its sentences
def _spans(text: str, *, start: int, end: int) -> Sequence[tuple[int, int]]:
    """The quotes of one paragraph."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    marks = _MARKS_OF_TWO if _has_two(text, start=start, end=end) else _MARK
    for mark in marks.finditer(text, start, end):
        opens = _opens(text, mark.start(), first=start)
        if opens and opened is None:
            opened = mark.end()
        elif not opens and opened is not None:
            found.append((opened, mark.start()))
            opened = None
    if opened is not None and _may_stay_open(text, opened, first=start):
        found.append((opened, end))
    return tuple(found)


def _has_two(text: str, *, start: int = 0, end: int | None = None) -> bool:
    return text.find("''", start, end) >= 0 or text.find("’’", start, end) >= 0


def _opens(text: str, at: int, *, first: int) -> bool:
    if text[at] in "“«":
        return True
    if text[at] in "”»" or _TWO.match(text, at):
        return False
    before = text[at - 1] if at > first else " "
    after = text[at + 1 : at + 2] or " "
    return (before.isspace() or before in "([{—–-/:‘'") and not after.isspace()


def _may_stay_open(text: str, opened: int, *, first: int) -> bool:
    """Whether a quote that its paragraph does not close is one: it begins the paragraph or a sentence."""
    before = text[first : opened - 1].rstrip()
    return not before or before[-1] in '.!?:,♦►•-–—”"'
