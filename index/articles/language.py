"""Is this English? Counted from its commonest words; nothing else is told apart here."""

import re

_ENGLISH = frozenset(
    {
        "the",
        "of",
        "to",
        "and",
        "in",
        "a",
        "is",
        "that",
        "for",
        "it",
        "was",
        "on",
        "as",
        "with",
        "by",
        "he",
        "at",
        "from",
    }
    | {"his", "be", "are", "this", "an", "has", "have", "had", "not", "but", "were", "they", "which", "said", "will"}
    | {"would", "their", "been", "who", "its", "more", "about"}
)
_WORD = re.compile(r"[^\W\d_]+")
_SEEN_CHARS = 1500
_MIN_SHARE = 0.2  # English news: 0.30 to 0.45; French, Spanish, German: below 0.08


def guess_language(text: str) -> str | None:
    """ "en" when English function words make up a fifth of the first words or more, else None."""
    words = [word.lower() for word in _WORD.findall(text[:_SEEN_CHARS])]
    if len(words) < 5:
        return None
    return "en" if sum(word in _ENGLISH for word in words) / len(words) >= _MIN_SHARE else None
