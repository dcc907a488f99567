"""The terms of a text: what the lexical index counts, before stemming.

News is full of names that a plain split at punctuation destroys: AT&T, S&P 500, U.S., COVID-19, routes such as
Atasu-Alashankou, 1,000. Here each becomes a term that a reader may type in several ways. Pure: no index, no stemmer.
"""

import re
import unicodedata
from collections.abc import Iterator

MAX_TERM_CHARS = 64
# Letters and digits, joined by & ' - inside, by a point or comma only between digits; or an acronym with points.
_PIECE = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[&'-][^\W_]+|(?<=\d)[.,](?=\d)[^\W_]+)*")
_SAME = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("’‘ʼ＇", "'"))
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POSSESSIVE = re.compile(r"'s?$")
_NUMBERS_APART = re.compile(r"(?<=\d)-(?=\d)")


def split_terms(text: str) -> list[str]:
    """Terms in the order of the text, case kept, none empty; a text without letters and digits has none.

    A hyphenated word gives its whole, written together, and its parts: "COVID-19" is found by "covid19" and "covid 19".

    >>> split_terms("AT&T’s 1,000 U.S. e-mails, 3.5% of COVID-19")
    ['AT&T', '1000', 'US', 'emails', 'e', 'mails', '3.5', 'of', 'COVID19', 'COVID', '19']
    """
    plain = unicodedata.normalize("NFKC", text).translate(_SAME)
    return [term[:MAX_TERM_CHARS] for piece in _PIECE.findall(plain) for term in _terms(piece)]


def _terms(piece: str) -> Iterator[str]:
    if piece.isalnum():
        yield piece
        return
    if piece.endswith("."):
        yield piece.replace(".", "")
        return
    for word in _THOUSANDS.sub("", _POSSESSIVE.sub("", piece)).replace("'", "").split(","):
        if "-" in word:
            # 1-0 is not 10: between digits the hyphen stays.
            yield _NUMBERS_APART.sub("\0", word).replace("-", "").replace("\0", "-")
            yield from (part for part in word.split("-") if part)
        elif word:
            yield word
