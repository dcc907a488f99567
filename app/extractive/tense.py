"""Which way the sentence around a date looks: ahead, or at what is past. Pure, by its words alone."""

import re

_PAST = re.compile(
    r"\b(?:was|were|had|did|said|told|announced|met|held|took|went|made|became|began|won|lost|died"
    r"|left|came|gave|[a-z]{2,}ed)\b"
)
_FUTURE = re.compile(
    r"\b(?:will|to be|is set|are set|plans?|scheduled|rescheduled|expected|expects?|due|upcoming|next|begins?|starts?"
    r"|starting|takes place|going to|launches|opens|arrives|debuts|premieres|airs|deadline)\b|['’]ll\b",
    re.I,
)
_WOULD = re.compile(r"\bwould\b", re.I)
_TOLD = re.compile(r"\b(?:said|told|announced|stated|warned|added|reported|published|wrote|released)\b\W*(?:\w+\W+)?\Z")


def tense(text: str, *, start: int, end: int) -> tuple[bool, bool]:
    """Whether the sentence around `text[start:end]`, a date, looks ahead, and whether it tells of what is past.

    >>> tense("The ferry will sail on Monday.", start=23, end=29)
    (True, False)
    """
    first, last = sentence_around(text, start=start, end=end)
    before, after = text[first:start], text[end:last]
    past = bool(_PAST.search(f"{before} {after}"))
    told = bool(_TOLD.search(before)) or before.strip() in {"On", "In", "But in", "But on", ""}
    ahead = bool(_FUTURE.search(f"{before} {after}") or _WOULD.search(before))
    return ahead and not (told and past), past


def sentence_around(text: str, *, start: int, end: int) -> tuple[int, int]:
    """Where the sentence of `text[start:end]` begins and ends."""
    first = max(text.rfind(mark, 0, start) for mark in (". ", "\n", "; ")) + 1
    ends = [place for place in (text.find(mark, end) for mark in (". ", "\n")) if place >= 0]
    return first, min(ends, default=len(text))
