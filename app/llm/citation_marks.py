"""The grammar of citation marks in a model's reply: finds them, reads their numbers, writes them in one form.

Models are asked for `[1]` and also write `[1, 2]`, `[1-3]`, `[^1]`, `[[1]]`, `[Source 1]`, `【1†source】` and
`(Source 1)`. What could be the text's own stays text: `(1)`, `(Article 5)`, `[2022]`, `[sic]`. No line ends inside a
mark.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_LABEL = r"(?:sources?|articles?|excerpts?|evidence|ref(?:erence)?s?|citations?|doc(?:ument)?s?)"
# No blank can be read in two ways: a reply is a stranger's text, and must not take exponential time.
_ITEM = rf"(?:{_LABEL}\b\s*)?(?:[:#^]\s*)?\d{{1,3}}(?:†[\w\s.–—-]{{0,40}})?"
_BETWEEN = r"\s*(?:,\s*and\b|,\s*&|,|;|&|\band\b|\bto\b|-|–|—)\s*"
_LIST = rf"{_ITEM}(?:{_BETWEEN}{_ITEM}){{0,30}}"
# Round brackets only with these words: "(Article 5)" is a treaty's, "(1)" a list's.
_MARK = rf"(?:[\[【［]{{1,2}}\s*{_LIST}\s*[\]】］]{{1,2}}|\(\s*(?=source|excerpt|evidence){_LIST}\s*\))"
_GROUP = re.compile(rf"{_MARK}(?:[\s,;&]*(?:and\s*)?{_MARK})*", re.IGNORECASE)
_NUMBER = re.compile(rf"(\d{{1,3}})(?:\s*(?:-|–|—|\bto\b)\s*(?:{_LABEL}\s*)?(?:[:#^]\s*)?(\d{{1,3}}))?", re.IGNORECASE)
_NOTE = re.compile(r"†[^,;&\]】］)]*")
# What may still become a mark, or go on one, when more text comes; with the blanks before it, which go if it goes.
_UNSETTLED = re.compile(
    rf"\s*(?:{_MARK}[\s,;&]*(?:a|an|and\s*)?)*(?:[\[【［(]{{1,2}}[\w\s,;:#^†.&–—-]*[\]】］]?)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Marks:
    """The numbers of one group of marks, in order, each once: those in 1..n and those that name nothing."""

    known: tuple[int, ...]
    unknown: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Marks that stood at this offset (code points) of the text without marks."""

    offset: int
    marks: Marks


def read_marks(text: str, n: int) -> Marks:
    """The numbers that a group of marks names, given n excerpts.

    >>> read_marks("[Source 1, 3-4][9]", 4)
    Marks(known=(1, 3, 4), unknown=(9,))
    """
    numbers: dict[int, None] = {}
    for first, last in _NUMBER.findall(_NOTE.sub("", text)):
        low, high = int(first), int(last or first)
        # A long range past the end is one wrong number, not hundreds.
        within = range(low, min(high, n) + 1) if low <= high else (low,)
        numbers |= dict.fromkeys((*within, high))
    return Marks(tuple(x for x in numbers if 1 <= x <= n), tuple(x for x in numbers if not 1 <= x <= n))


def written(numbers: Iterable[int]) -> str:
    """Marks in the one form that we show: `[1][2]`."""
    return "".join(f"[{number}]" for number in numbers)


def settled_end(text: str) -> int:
    """Up to where a growing text can be shown: what follows is blank, or may be part of a mark.

    >>> settled_end("Talks began [1")
    11
    """
    found = _UNSETTLED.search(text)
    return found.start() if found else len(text)


def normalised(text: str, n: int) -> str:
    """The text with each group of marks in the one form, unknown ones gone with the blanks before them.

    >>> normalised("Talks began [Source 1, 9]. They ended [8].", 2)
    'Talks began [1]. They ended.'
    """
    parts, end = [], 0
    for found in _GROUP.finditer(text):
        known = read_marks(found.group(), n).known
        before = text[end : found.start()]
        parts += [before, written(known)] if known else [before.rstrip()]
        end = found.end()
    return "".join((*parts, text[end:]))


def without_marks(text: str, n: int) -> tuple[str, list[Placed]]:
    """The text without marks, and where which marks stood in it. A blank stays between words that a mark parted.

    >>> without_marks("Talks began. [1] They ended [2].", 2)[0]
    'Talks began. They ended.'
    """
    plain, placed, end = "", [], 0
    for found in _GROUP.finditer(text):
        plain = _joined(plain, text[end : found.start()]).rstrip()
        placed.append(Placed(len(plain), read_marks(found.group(), n)))
        end = found.end()
    return _joined(plain, text[end:]), placed


def is_mark(text: str) -> bool:
    """Whether the whole text is one group of marks."""
    return _GROUP.fullmatch(text) is not None


def _joined(left: str, right: str) -> str:
    if not left:
        return right.lstrip()
    return f"{left} {right}" if right[:1].isalnum() and not left[-1].isspace() else left + right
