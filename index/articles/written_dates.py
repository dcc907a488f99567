"""Dates as newspapers and machines write them: found in a line, or read from a field.

Pure functions of a string. A date that can be read in two ways (03/04/2024) is not read at all, and a missing year is
never filled in here.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, start=1)}

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20)\d\d"
DATE = (
    rf"(?:{_YEAR}-\d{{1,2}}-\d{{1,2}}|{_YEAR}/\d{{1,2}}/\d{{1,2}}|{_YEAR}\.\d{{1,2}}\.\d{{1,2}}"
    rf"|\d{{1,2}}\.\d{{1,2}}\.{_YEAR}|\d{{1,2}}[/-]\d{{1,2}}[/-]{_YEAR}"
    rf"|\b{MONTH}\.?[ \u00a0-]{{1,2}}{_DAY}(?!\d|:\d)(?:,?[ \u00a0-]{{1,2}}{_YEAR}\b)?"
    rf"|\b{_DAY}(?: of)?[ \u00a0-]{{1,2}}{MONTH}\b\.?(?:,?[ \u00a0-]{{1,2}}{_YEAR}\b)?)(?![\w/]|\.\d)"
)
_DATE_RE = re.compile(rf"(?<![\w/.-]){DATE}", re.I)
_ISO_RE = re.compile(rf"({_YEAR})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?=T\d|\D|$)")
_NAMED_RE = re.compile(rf"({MONTH})", re.I)
_IN_URL = re.compile(r"://[^/]+/(?:[^?#]*/)?((?:19|20)\d\d)([/-])(\d{1,2})\2(\d{1,2})(?=[/_-]|$)")
_FIRST_YEAR = 1800


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date that stands at `[start, end)` of a line; `year` is None when the line does not say it."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    @property
    def full(self) -> date | None:
        """The full date; None without a year."""
        return None if self.year is None else date(self.year, self.month, self.day)

    def in_year(self, year: int) -> date | None:
        """The same day of another stated year; None where that year has no such day (29 February)."""
        return _date_or_none(year, self.month, self.day)


def find_dates(text: str) -> list[WrittenDate]:
    """All dates in a text, in order; impossible ones and those that can be read in two ways are left out.

    >>> [d.full.isoformat() for d in find_dates("Posted 3 May 2024, changed on 2024-05-04T10:00Z")]
    ['2024-05-03', '2024-05-04']
    >>> find_dates("03/04/2024")
    []
    """
    found = []
    for match in _DATE_RE.finditer(_iso_times_apart(text)):
        written = _parse(match.group(), match.start())
        if written is not None:
            found.append(written)
    return found


def read_date(value: str) -> date | None:
    """The one date that a field states, time and zone aside; None when there is none, or more than one.

    Understands what `find_dates` does, `20240503`, and seconds or milliseconds since 1970 (UTC).
    """
    value = value.strip()
    if re.fullmatch(r"\d{8}", value):
        return _date_or_none(int(value[:4]), int(value[4:6]), int(value[6:]))
    if re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}", value):
        return from_epoch(float(value))
    dates = {written.full for written in find_dates(value)}
    return dates.pop() if len(dates) == 1 else None


def from_epoch(seconds: float) -> date | None:
    """The UTC day of seconds (or, above 10¹¹, milliseconds) since 1970; None when that is no date."""
    try:
        return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, tz=UTC).date()
    except (OverflowError, OSError, ValueError):
        return None


def date_of_url(url: str) -> date | None:
    """The day that an address carries in its path (`/2024/05/03/…`, `/2024-05-03-…`); None when it carries none."""
    found = _IN_URL.search(url)
    return _date_or_none(int(found[1]), int(found[3]), int(found[4])) if found else None


def believable(day: date | None, *, today: date) -> date | None:
    """The day, unless it lies in the future (more than one day: time zones) or before newspapers had archives."""
    if day is None or day.year < _FIRST_YEAR or day > today + timedelta(days=1):
        return None
    return day


def _iso_times_apart(text: str) -> str:
    """`2024-05-03T10:00Z` with a blank for the T, so that the day ends at a word's end; lengths stay the same."""
    return re.sub(r"(?<=\d{4}-\d\d-\d\d)[Tt](?=\d\d:?\d\d)", " ", text)


def _parse(written: str, start: int) -> WrittenDate | None:
    end = start + len(written)
    iso = _ISO_RE.fullmatch(written)
    if iso:
        return _checked(WrittenDate(start, end, int(iso[1]), int(iso[3]), int(iso[4])))
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    month = _NAMED_RE.search(written)
    if month:
        year = numbers[1] if len(numbers) > 1 else None
        return _checked(WrittenDate(start, end, year, _MONTH_NUMBERS[month[1][:3].lower()], numbers[0]))
    return _checked(_parse_numeric(written, numbers, start=start))


def _parse_numeric(written: str, numbers: list[int], *, start: int) -> WrittenDate | None:
    first, second, year = numbers
    end = start + len(written)
    if "." in written or first > 12 or first == second:  # with dots the day is first all over Europe
        return WrittenDate(start, end, year, second, first)
    if second > 12:
        return WrittenDate(start, end, year, first, second)
    return None


def _checked(written: WrittenDate | None) -> WrittenDate | None:
    if written is None:
        return None
    leap = 2000  # a day without a year may be 29 February
    year = leap if written.year is None else written.year
    return written if _date_or_none(year, written.month, written.day) else None


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
