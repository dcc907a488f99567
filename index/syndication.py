"""Whether two articles are one text: a wire story under another headline, with another dateline, cut or with a byline.

Pure functions of two texts. Articles that may be one share rare runs of words in their leads (`lead_marks`), which a
database can look up; `compare` then reads both whole. What is a copy keeps the lead and nearly all words of the shorter
text. A follow-up that quotes half of an earlier article is none, nor is a bulletin under a standing paragraph: their
leads differ. A copy that gives another number or name in the same words is another version, and never hidden.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from zlib import crc32

from .sentences import DATELINE

Likeness = Literal["copy", "version"]

RUN_WORDS = 5  # shorter runs are met by chance, longer ones break at every edited word
LEAD_WORDS = 160  # where articles that are one must meet
N_MARKS = 16
MIN_SHARED_MARKS = 4
MIN_WORDS = 30  # a brief of two lines is too little to tell by
# Measured on news articles by hand, see docs/benchmarks.md, "Syndicated copies".
MIN_CONTAINED = 0.8
MIN_LEAD_SHARED = 0.5
LEAD_COMPARED = 80
MAX_CHANGED_WORDS = 6  # a longer change between two common runs is rewriting, not another value
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_HEAD_CHARS = 600
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: str(value) for value, word in enumerate(_SMALL.split())} | {
    word: str(10 * value) for value, word in enumerate(_TENS.split(), 2)
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text as compared (letters folded, punctuation and a dateline off) and as written."""

    folded: tuple[str, ...]
    written: tuple[str, ...]


def words_of(text: str) -> Words:
    """The words of a text without its dateline.

    >>> words_of("OSLO, May 3. /NTB/. The Harbour's ferry sank.").folded
    ('the', 'harbour', 's', 'ferry', 'sank')
    """
    written = tuple(_WORD.findall(_without_dateline(text)))
    return Words(tuple(_fold(word) for word in written), written)


def lead_marks(text: str) -> tuple[int, ...]:
    """At most N_MARKS hashes (32 bits) of runs of words of the lead: the least ones, so that copies choose the same.

    Empty for a text too short to tell by. The hash is CRC-32 of the words, the same on every machine.
    """
    head = words_of(text[: LEAD_WORDS * 16]).folded[:LEAD_WORDS]
    if len(head) < MIN_WORDS:
        return ()
    return tuple(sorted({crc32(" ".join(run).encode()) for run in _runs(head)})[:N_MARKS])


def compare(one: Words, other: Words) -> Likeness | None:
    """Whether two texts are copies, versions of one text that give different values, or neither (None)."""
    short, long = sorted((one, other), key=lambda words: len(words.folded))
    if len(short.folded) < MIN_WORDS:
        return None
    in_short, in_long = list(_runs(short.folded)), list(_runs(long.folded))
    common = set(in_short) & set(in_long)
    if sum(run in common for run in in_short) < MIN_CONTAINED * len(in_short):
        return None
    if not (_shares_lead(in_short, common) and _shares_lead(in_long, common)):
        return None
    return "version" if _gives_other_values(short, long, common) else "copy"


def contained(part: str, whole: str) -> float:
    """The share in [0, 1] of the runs of words of `part` that stand in `whole`; 0 for a part of less than a run."""
    runs = list(_runs(words_of(part).folded))
    there = set(_runs(words_of(whole).folded))
    return sum(run in there for run in runs) / len(runs) if runs else 0.0


Run = tuple[str, ...]


def _runs(words: Sequence[str]) -> "zip[Run]":
    return zip(*(words[start:] for start in range(RUN_WORDS)), strict=False)


def _without_dateline(text: str) -> str:
    """A text with the datelines blanked that begin one of its first lines."""
    head, tail = text[:_HEAD_CHARS], text[_HEAD_CHARS:]
    return "\n".join(_line_without_dateline(line.lstrip()) for line in head.split("\n")) + tail


def _line_without_dateline(line: str) -> str:
    dateline = DATELINE.match(line)
    return line[dateline.end() :] if dateline else line


def _fold(word: str) -> str:
    plain = word.casefold()
    if plain.isascii():
        return _NUMBERS.get(plain, plain.replace(",", ""))
    return "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))


def _shares_lead(runs: Sequence[Run], common: set[Run]) -> bool:
    """Whether enough of the lead is common: a headline, a byline or a sentence more may stand before."""
    lead = runs[:LEAD_COMPARED]
    return sum(run in common for run in lead) >= MIN_LEAD_SHARED * len(lead)


def _gives_other_values(one: Words, other: Words, common: set[Run]) -> bool:
    """Whether between the same words a number stands against another number, or a name against another name."""
    here, there = _places(one.folded, common), _places(other.folded, common)
    shared = sorted((here[run], there[run]) for run in here.keys() & there.keys())
    for (a, b), (next_a, next_b) in pairwise(shared):
        gap_a, gap_b = range(a + RUN_WORDS, next_a), range(b + RUN_WORDS, next_b)
        if (
            0 < len(gap_a) <= MAX_CHANGED_WORDS
            and 0 < len(gap_b) <= MAX_CHANGED_WORDS
            and _differ(
                [(one.folded[i], one.written[i]) for i in gap_a], [(other.folded[i], other.written[i]) for i in gap_b]
            )
        ):
            return True
    return False


def _places(words: Sequence[str], common: set[Run]) -> dict[Run, int]:
    """Where each common run stands that stands once."""
    found: dict[Run, int] = {}
    twice = set()
    for place, run in enumerate(_runs(words)):
        if run in common:
            twice |= {run} if run in found else set()
            found[run] = place
    return {run: place for run, place in found.items() if run not in twice}


def _differ(one: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]]) -> bool:
    numbers = [[folded for folded, _ in words if folded[0].isdigit()] for words in (one, other)]
    if numbers[0] and numbers[1]:
        return numbers[0] != numbers[1]
    names = [[folded for folded, written in words if written[0].isupper()] for words in (one, other)]
    return len(names[0]) == len(one) == len(names[1]) == len(other) and names[0] != names[1]
