"""The paragraph that a quote stands in: pure, shared by the page and the evidence pack."""

import re

_BREAK = re.compile(r"\n\s*\n|\n")


def paragraph_of(text: str, start: int, *, end: int) -> tuple[int, int]:
    """The span from the line break before `start` to the one after `end`, outer blanks left out; it holds [start, end).

    >>> text = "One.\\n\\nTwo. Three.\\n\\nFour."
    >>> begin, stop = paragraph_of(text, 11, end=17)
    >>> text[begin:stop]
    'Two. Three.'
    """
    begin = text.rfind("\n", 0, start) + 1
    found = _BREAK.search(text, max(end - 1, start))
    stop = found.start() if found else len(text)
    while begin < start and text[begin].isspace():
        begin += 1
    stop = max(stop, end)
    while stop > end and text[stop - 1].isspace():
        stop -= 1
    return begin, stop
