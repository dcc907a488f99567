"""How words are compared: case, accents, apostrophes, hyphens and punctuation fall away; order stays.

Pure. Also finds out whether a mention is denied ("not on 28 November"), which is as good as not being said.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:['’‘`ʼ][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’‘`ʼ]s$")
_APOSTROPHE = re.compile(r"['’‘`ʼ]")
# Between a denial and what it denies stand only small words and names: "not on", "not by Energy Minister".
_SMALL = r"(?:on|in|at|by|the|from|with|to|of|for|it|was|is|a|an|be|been|happen\w*)\b"
_DENIAL = re.compile(
    rf"(?:\b(?:not|never|neither|nor|rather\s+than|instead\s+of|other\s+than|unlike)\b|n['’]t\b)"
    rf"(?:\s+(?:{_SMALL}|(?-i:[A-Z])[\w.’'-]*))*\s*$",
    re.IGNORECASE,
)
_DENIAL_REACH_CHARS = 80


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as compared, and where it stands in the text. `possessive`: it was written with 's."""

    folded: str
    start: int
    end: int
    possessive: bool = False


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order.

    >>> [word.folded for word in words("Mr. Kassym-Jomart Tokayev’s “plan”")]
    ['mr', 'kassym', 'jomart', 'tokayev', 'plan']
    """
    return tuple(_word(match) for match in _WORD.finditer(text))


def _word(match: re.Match[str]) -> Word:
    bare = _POSSESSIVE.sub("", match.group())
    folded = _APOSTROPHE.sub("", bare)
    decomposed = unicodedata.normalize("NFKD", folded)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    return Word(plain, match.start(), match.end(), bare != match.group())


def fold(text: str) -> tuple[str, ...]:
    """The words alone, as compared."""
    return tuple(word.folded for word in words(text))


def find(phrase: str, text: Sequence[Word]) -> Iterator[int]:
    """Indexes in `text` where the words of `phrase` stand in order; a final `*` leaves the last word's ending free.

    An empty phrase is found nowhere.
    """
    sought = fold(phrase)
    open_end = phrase.rstrip().endswith("*")
    for index in range(len(text) - len(sought) + 1 if sought else 0):
        window = [word.folded for word in text[index : index + len(sought)]]
        if window[:-1] == list(sought[:-1]) and (
            window[-1] == sought[-1] or (open_end and window[-1].startswith(sought[-1]))
        ):
            yield index


def is_denied(text: str, start: int) -> bool:
    """Whether the mention that begins at `start` is denied by the words just before it.

    >>> is_denied("not on 28 November", 7), is_denied("not Putin but Tokayev", 14)
    (True, False)
    """
    return _DENIAL.search(text[max(0, start - _DENIAL_REACH_CHARS) : start]) is not None
