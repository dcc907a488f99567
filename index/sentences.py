"""Where sentences begin and end, in exact code points.

Rules, not a trained model: Punkt (whose parameters LlamaIndex ships) knows neither datelines nor headings nor a.m., and
splits after "Gov." and "Inc."; `docs/benchmarks.md` compares. A sentence is what a reader would quote: it holds its
closing quote marks and its dateline ("OSLO, May 3. /NTB/. The …") and never crosses a blank line. It must not change
the text: only offsets come out.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from math import inf

from .abbreviations import ABBREVIATIONS, AFTER_HOURS, BEFORE_NUMBERS, MONTHS, OPENERS, SPEECH_VERBS, TITLES

CLOSERS = "\"'”’»)\\]}"
OPENING = "\"'“‘«„([{"

BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n\s*)+|[\u2029\f]\s*")
LINE_END = re.compile(r"\s*\n\s*|\u2028\s*")
BULLET = re.compile(r"(?:[-–—•*▪‣·●○◦■□►]|\d{1,3}[.)]|[a-z]\))\s+\S")
TERMINATED = re.compile(rf"[.!?…:;,。！？؟۔।][{CLOSERS}]*\Z")

# A stop, what closes with it (quote marks, brackets, "[3]"), and then a blank, the end, or a script without blanks.
# Possessive and anchored behind a non-stop: a megabyte of dots is read once.
STOP = re.compile(
    rf"(?<![.!?…])[.!?…]++(?P<close>(?:\[\d{{1,3}}\]|[{CLOSERS}])*+)(?=\s|\Z)"
    rf"|[。！？؟۔।]++[{CLOSERS}」』]*+"
    r"|(?<=[a-z][a-z][a-z])[.!?][”’»\"]?(?=[A-Z“«][a-z]*+(?:\s|,))"
)
WORD_BEFORE = re.compile(r"[^\s:(\[{\"“‘«„—–/]+\Z")
WORD_AFTER = re.compile(rf"[{OPENING}\s—–-]*([^\W\d_][\w’'-]*|\d\S*)?")
ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")
ATTRIBUTION = re.compile(r"(?:[A-Z][\w’'.-]*\s+){0,4}([a-z]+)\b")

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = rf"(?:{_MONTH}\s\d{{1,2}}(?:,?\s\d{{4}})?|\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?)"
_AGENCY = r"(?:/[^/\n]{2,40}/|\([^()\n]{2,40}\)|\[[^\[\]\n]{2,40}\])"
_PLACE = r"[^\W\d_a-z][\w’'.-]*(?:\s[^\W\d_a-z][\w’'.-]*){0,3}"
# "OSLO, Norway, May 3. /NTB/." · "OSLO. May 3. NTB –" · "OSLO /NTB/." · "2023-05-03 OSLO, May 3."
DATELINE = re.compile(
    rf"(?:(?:date\s)?\d{{4}}-\d\d-\d\d\s+)?{_PLACE}(?:,\s{_PLACE}){{0,2}}"
    rf"(?:[.,]?\s{_DAY}(?:[.,]?\s?{_AGENCY}|\.\s[A-Z]\w+(?=\s[–—-]))?|[.,]?\s?{_AGENCY})\s?[.:]?\s?[–—-]*"
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the sentences: in order, disjoint, without outer blanks, together all that is not blank.

    A heading or bullet on a line of its own is a sentence. Lines of a hard-wrapped paragraph are joined. Empty or blank
    text has none.

    >>> [text[a:b] for text in ["Mr. Li left at 5 p.m. He won't return."] for a, b in split_sentences(text)]
    ['Mr. Li left at 5 p.m.', "He won't return."]
    """
    return [
        sentence
        for start, end in _pieces(text, separator=BLANK_LINE, start=0, end=len(text))
        for unit_start, unit_end in _units(text, start=start, end=end)
        for sentence in _sentences(text, start=unit_start, end=unit_end)
    ]


def _pieces(text: str, *, separator: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """What lies between the separators, trimmed, without the empty."""
    for match in separator.finditer(text, start, end):
        yield from _trimmed(text, start=start, end=match.start())
        start = match.end()
    yield from _trimmed(text, start=start, end=end)


def _trimmed(text: str, *, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without outer blanks; nothing when only blanks are left."""
    piece = text[start:end]
    bare = piece.strip()
    if bare:
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(bare)


def _units(text: str, *, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines of one block, joined where a paragraph was only wrapped."""
    lines = list(_pieces(text, separator=LINE_END, start=start, end=end))
    wrapped_width = _wrapped_width(text, lines=lines)
    unit_start = lines[0][0]
    for (line_start, line_end), (next_start, _) in pairwise(lines):
        full = line_end - line_start >= wrapped_width
        if not _continues(text, line_end=line_end, next_start=next_start, full=full):
            yield unit_start, line_end
            unit_start = next_start
    yield unit_start, lines[-1][1]


def _wrapped_width(text: str, *, lines: list[tuple[int, int]]) -> float:
    """From which length on a line counts as full, its end being no end of a paragraph; infinite in unwrapped text.

    Wrapped is a block in which a quarter of the lines or more go on in lower case after no stop. A line much shorter
    than the longest is a heading or the end of a paragraph even there.
    """
    open_ends = sum(
        1
        for (_, line_end), (next_start, _) in pairwise(lines)
        if text[next_start].islower() and not TERMINATED.search(text, max(0, line_end - 4), line_end)
    )
    if open_ends == 0 or open_ends * 4 < len(lines) - 1:
        return inf
    return 0.6 * max(end - start for start, end in lines)


def _continues(text: str, *, line_end: int, next_start: int, full: bool) -> bool:
    """Whether the next line belongs to the same paragraph."""
    if BULLET.match(text, next_start):
        return False
    return full or (text[next_start].islower() and text[line_end - 1] not in ".!?…")


def _sentences(text: str, *, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences of one unit, which has no outer blanks."""
    dateline = DATELINE.match(text, start, end)
    first = dateline.end() if dateline else start
    first = min(first, end - 1)
    sentence_start = start
    for stop in STOP.finditer(text, first, end):
        if stop.end() >= end:
            break
        if _ends_sentence(text, stop=stop, start=sentence_start, end=end):
            yield sentence_start, stop.end()
            sentence_start = stop.end()
            while text[sentence_start].isspace():
                sentence_start += 1
    yield sentence_start, end


def _ends_sentence(text: str, *, stop: re.Match[str], start: int, end: int) -> bool:
    """Whether a reader would stop here; `start` is where the running sentence began."""
    after = text[stop.end() : min(end, stop.end() + 80)]
    bare = after.lstrip()
    if not bare:
        return False
    mark = text[stop.start()]
    word = _first_word(bare)
    if bare[0].islower() or (word and word[0].islower() and bare[0] not in "•*▪‣·●"):
        return False
    if mark in "!?":
        return not (stop.group("close") and _is_attribution(bare))
    if mark != "." or text.startswith("..", stop.start()):
        return True
    before = WORD_BEFORE.search(text, max(start, stop.start() - 40), stop.start())
    quoted = any(mark in "\"”’»'" for mark in stop.group("close") or "")
    return before is None or _word_ends_sentence(
        before.group(), "" if quoted else word, opens=before.start() == start, dash=bare[0] in "–—-"
    )


def _first_word(after: str) -> str:
    """The next word or number, without what opens before it; empty when there is none."""
    match = WORD_AFTER.match(after)
    return (match.group(1) or "") if match else ""


def _is_attribution(after: str) -> bool:
    """Whether `after` says who asked: '"Why?" the woman' is lower case anyway, '"Why?" Ann Lee asked' is not."""
    match = ATTRIBUTION.match(after)
    return match is not None and match.group(1) in SPEECH_VERBS


def _word_ends_sentence(word: str, following: str, *, opens: bool, dash: bool) -> bool:
    """Whether a full stop after `word` ends a sentence when `following` (not in lower case; "" anything) comes next.

    `opens`: `word` is the first of the sentence. `dash`: one stands before `following`, as in a dateline.
    """
    number = following[:1].isdigit()
    if (opens and word.isdigit()) or word in TITLES or (number and word in MONTHS | BEFORE_NUMBERS):
        return False  # "1. First item", "Gen. Smith", "May 5", "No. 10"
    starts = following in OPENERS or not following
    if word.lower() in {"a.m", "p.m"}:
        return starts or not (number or following in AFTER_HOURS)
    initial = len(word) == 1 and word.isalpha() and word.isupper()
    if initial or ACRONYM.search(word) or word in ABBREVIATIONS:
        return starts and not dash
    return True
