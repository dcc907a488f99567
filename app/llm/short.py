"""Keeps a model's short answer only where the cited words give it, a date in any of its forms.

A simple check on purpose: every word of the short answer must stand in the cited quotes. A date may be written
otherwise, take its year from the article's publication date, or be counted from it where the quote says "on Monday" or
"yesterday".
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from ...index.article import Article, Span

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_DOTTED = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_MONTH_NAMES = "january february march april may june july august september october november december"
_WEEKDAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
_NUMBER_NAMES = "one two three four five six seven eight nine ten eleven twelve"
_SMALL_WORDS = "a an the of in on at by to from and or for with via through then us usd eur"
_MONTHS, _WEEKDAYS = _MONTH_NAMES.split(), _WEEKDAY_NAMES.split()
_SHORT_MONTHS = {name[:n]: name for name in _MONTHS for n in (3, 4) if name != "may"}
_COUNTS = {word: str(n) for n, word in enumerate(_NUMBER_NAMES.split(), 1)}
_SMALL = frozenset(_SMALL_WORDS.split())
_NEAR = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def checked_short(short: str | None, *, cited: Iterable[tuple[Article, Span]]) -> str | None:
    """The short answer if the cited quotes give all its words, else None."""
    if not short or not (wanted := _words(short) - _SMALL):
        return None
    known: set[str] = set()
    for article, span in cited:
        known |= _told(article, article.quote(span))
    return short if wanted <= known else None


def _told(article: Article, quote: str) -> set[str]:
    words = _words(quote)
    if article.published is None:
        return words
    dates = [article.published + timedelta(days=away) for word, away in _NEAR.items() if word in words]
    for number, weekday in enumerate(_WEEKDAYS):
        if weekday in words:
            ahead = (number - article.published.weekday()) % 7
            dates += [article.published + timedelta(days=days) for days in (ahead - 7, ahead)]
    told = {str(article.published.year)}
    return words | told.union(*(_date_words(day) for day in dates))


def _words(text: str) -> set[str]:
    """Words in one form: case folded, "28th" and "028" as 28, "Nov" and "-11-" as november, "two" as 2."""
    plain = _ISO.sub(lambda found: _spelled(found[1], found[2], found[3]), _ORDINAL.sub(r"\1", text))
    plain = _DOTTED.sub(lambda found: _spelled(found[3], found[2], found[1]), plain)
    return {_one_form(word.casefold()) for word in _WORD.findall(plain)}


def _spelled(year: str, month: str, day: str) -> str:
    return f"{day} {_MONTHS[int(month) - 1]} {year}" if 1 <= int(month) <= 12 else f"{year}-{month}-{day}"


def _one_form(word: str) -> str:
    if word[0].isdigit():
        return word.replace(",", "").lstrip("0") or "0"
    return _SHORT_MONTHS.get(word) or _COUNTS.get(word, word)


def _date_words(day: date) -> set[str]:
    return {str(day.day), _MONTHS[day.month - 1], str(day.year)}
