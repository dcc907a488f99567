"""A draft as the sentences to check: cut also where it is parted into tokens, and read without its marks of citation.

What a model wrote comes with "[3]", "**" and "4." that state nothing, and summaries come as "in the bronx . she is":
taken as they stand, the marks are numbers that no article has, and a whole summary is one sentence.
"""

import re

from ...index.sentences import split_sentences

_PARTED = re.compile(r"(?<=\s[.!?])\s+(?=\S)")
_MARKS = re.compile(
    r"\s?\[\d+(?:\s?[,;–-]\s?\d+)*\]|\*\*|__|^\s*(?:\d{1,2}[.)]|[-*•])\s+(?=[^\W\d_]|\*\*)",
)


def statements_in(text: str) -> list[tuple[int, int]]:
    """`[start, end)` of each sentence of a draft, in order; blank text has none.

    >>> [text[a:b] for text in ["he won . she left ."] for a, b in statements_in(text)]
    ['he won .', 'she left .']
    """
    return [piece for start, end in split_sentences(text) for piece in _pieces(text, start, end)]


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [(start + cut.start(), start + cut.end()) for cut in _PARTED.finditer(text[start:end])]
    starts = [start, *(behind for _, behind in cuts)]
    ends = [*(before for before, _ in cuts), end]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]


def without_marks(statement: str) -> str:
    """A sentence without marks of citation, of bold type and of a list.

    >>> without_marks("4. The **bridge** opened in 2021 [3][12].")
    'The bridge opened in 2021.'
    """
    return _MARKS.sub("", statement)
