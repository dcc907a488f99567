"""The words of a text with their places and stems: what statement and source are compared by. Pure."""

import re
from dataclasses import dataclass

from ..extractive.question_words import FUNCTION_WORDS, fold, stem, word_set

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
# What a word of quantity or doubt says is not in its stem, so it counts though it is short.
_TELLING = word_set("""
no not never nor without more most few fewer less below above before after up down over under
""")
# Forms that the light stems of questions leave apart.
_SAME = {"u.s": "usa", "us": "usa", "u.k": "uk", "britain": "uk", "u.n": "un", "e.u": "eu", "percent": "%", "pct": "%"}
_SAME |= {
    word: str(n)
    for n, word in enumerate(
        re.findall(
            r"\S+",
            """
two three four five six seven eight nine ten eleven twelve
""",
        ),
        2,
    )
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word at `[start, end)`: as it stands, folded, and its stem; `content` where it carries meaning."""

    start: int
    end: int
    text: str
    folded: str
    stem: str
    content: bool


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text in order, numbers as one word each.

    >>> [token.stem for token in tokens_of("The U.S. ministers agreed on 1,500 tons") if token.content]
    ['usa', 'minister', 'agr', '1500', 'ton']
    """
    return tuple(_token(match) for match in _WORD.finditer(text))


def _token(match: re.Match[str]) -> Token:
    text = match.group()
    folded = fold(text).removesuffix("'s").strip(".")
    if text[0].isdigit():
        return Token(match.start(), match.end(), text, folded, folded.replace(",", ""), True)
    whole = "us" if text == "US" else folded
    same = None if folded == "us" and text != "US" else _SAME.get(whole)
    return Token(match.start(), match.end(), text, folded, same or _stem(folded), _has_content(text, folded))


def _stem(word: str) -> str:
    return stem(word).rstrip("e") or word


def _has_content(text: str, folded: str) -> bool:
    return folded not in FUNCTION_WORDS or folded in _TELLING or (text.isupper() and len(text) > 1)


def content_of(tokens: tuple[Token, ...]) -> list[str]:
    """The stems of the words that carry meaning, in order, repeats kept."""
    return [token.stem for token in tokens if token.content]
