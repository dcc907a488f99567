"""Stretches of days that a report speaks of: weeks and weekends, seasons, quarters, decades, centuries. Pure.

A week begins on Monday (ISO 8601), a season with a month of the northern year, a century with its year 1.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from .spoken_date import SpokenDate, month_bounds
from .tense import way_of

Stretch = tuple[date, date]

_CENTURY = r"(?:1[5-9]|20)"
_YEAR = rf"{_CENTURY}\d\d"
_TENS = {name: 10 * n for n, name in enumerate(
    ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"), 2)}  # fmt: skip
_ORDINALS = ("first", "second", "third", "fourth")
_SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
_CENTURIES = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
_FOUND = re.compile(
    rf"\b(?P<decade>{_CENTURY}\d0)s\b"
    r"|(?<!\w)['’‘](?P<short>[1-9]0)s\b(?!\s(?:degrees|percent))"
    rf"|\b(?P<tens>{'|'.join(_TENS)})\b"
    rf"|\b(?P<century>1\d|20|21)(?:st|th)[\s-][Cc]entury\b|\b(?P<named>{'|'.join(_CENTURIES)})[\s-]century\b"
    rf"|\b(?P<season>[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn)(?:\sof)?\s(?P<of>{_YEAR}|(?:this|last|next)\syear)\b"
    r"|\b(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Tt]his\spast|[Tt]his\scoming)\s(?P<part>spring|summer|fall|autumn|winter)\b"
    rf"|\b(?P<nth>first|second|third|fourth)[\s-]quarter(?:\s(?:of\s)?(?P<quarters>{_YEAR}|(?:this|last)\syear))?\b"
    rf"|\bQ(?P<q>[1-4])(?:\s(?:of\s)?(?P<qs>{_YEAR}))?\b"
)
_BUSINESS = re.compile(
    r"\b(?:revenues?|sales|earnings|profits?|loss(?:es)?|GDP|gross domestic|econom\w+|quarterly|subscribers|investors"
    r"|shares|results|analysts|financial|fiscal|inflation|prices|spending|shipments)\b",
    re.I,
)


def find_stretches(text: str, *, published: date | None) -> list[SpokenDate]:
    """Seasons, quarters, decades and centuries of a text, in order; what no year can be told of is left out.

    >>> [found.iso for found in find_stretches("In the 1990s and in summer 2021", published=None)]
    ['1990-01-01/1999-12-31', '2021-06-01/2021-08-31']
    """
    return [
        SpokenDate(match.start(), match.end(), match.group(), stated=match["which"] is None, stretch=days)
        for match, days in _stretches(text, published)
        if days is not None
    ]


def _stretches(text: str, published: date | None) -> Iterator[tuple[re.Match[str], Stretch | None]]:
    for match in _FOUND.finditer(text):
        if match["decade"]:
            first = int(match["decade"])
            yield match, _years(first, 100 if first % 100 == 0 and first < 2000 else 10)
        elif match["short"] or match["tens"]:
            yield match, _years(1900 + (int(match["short"]) if match["short"] else _TENS[match["tens"]]), 10)
        elif match["century"] or match["named"]:
            yield match, _years(100 * (int(match["century"] or 0) or _CENTURIES[match["named"]]) - 99, 100)
        elif match["season"] or match["part"]:
            yield match, _season(match, published)
        else:
            yield match, _quarter(match, text, published)


def _years(first: int, n: int) -> Stretch:
    return date(first, 1, 1), date(first + n - 1, 12, 31)


def _season(match: re.Match[str], published: date | None) -> Stretch | None:
    """ "Last winter" is the one before this; in the first half of a year winter began in the year before."""
    first = _SEASONS[(match["season"] or match["part"]).lower()]
    if match["of"] and match["of"].isdigit():
        return _months(int(match["of"]), first)
    if published is None:
        return None
    which = (match["which"] or match["of"]).lower()
    year = published.year - int(first == 12 and published.month < 6)
    step = 1 if which.startswith("next") else -1 if which.startswith("last") else 0
    if which == "this past" and first > published.month:
        step = -1
    return _months(year + step, first)


def _months(year: int, first: int, *, n: int = 3) -> Stretch:
    end = year * 12 + first - 2 + n
    return date(year, first, 1), month_bounds(end // 12, end % 12 + 1)[1]


def _quarter(match: re.Match[str], text: str, published: date | None) -> Stretch | None:
    """Of business, not of a game: a year stands with it, or such words near it; then the last that has ended."""
    n = int(match["q"]) if match["q"] else _ORDINALS.index(match["nth"]) + 1
    year = match["quarters"] or match["qs"]
    if year and year.isdigit():
        return _months(int(year), 3 * n - 2)
    near = text[max(0, match.start() - 150) : match.end() + 150]
    if published is None or not (year or _BUSINESS.search(near)):
        return None
    if year:
        return _months(published.year - int(year.startswith("last")), 3 * n - 2)
    over = 3 * n < published.month
    if way_of(text, start=match.start(), end=match.end()) == "ahead":
        return _months(published.year + int(over), 3 * n - 2)
    return _months(published.year - int(not over), 3 * n - 2)


def week_of(day: date, *, n: int = 0) -> Stretch:
    """Monday to Sunday of a day's week, or of the n-th after it."""
    monday = day - timedelta(days=day.weekday() - 7 * n)
    return monday, monday + timedelta(days=6)


def weekend_of(day: date, *, which: str, past: bool) -> Stretch:
    """Saturday and Sunday: of the day's week, or the last that were over ("last", or told early in a week)."""
    n = 1 if "next" in which else -1 if re.search(r"last|past|previous", which) or (past and day.weekday() < 3) else 0
    saturday = week_of(day, n=n)[0] + timedelta(days=5)
    return saturday, saturday + timedelta(days=1)


def quarter_of(day: date, *, n: int = 0) -> Stretch:
    """The three months of the calendar that a day is in, or the n-th three after them."""
    months = day.year * 12 + (day.month - 1) // 3 * 3 + 3 * n
    return _months(months // 12, months % 12 + 1)
