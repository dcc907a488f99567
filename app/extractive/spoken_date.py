"""The value of a date as a report speaks of it, and the calendar it is counted in. Pure."""

import calendar
from dataclasses import dataclass, replace
from datetime import date

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class SpokenDate:
    """A date at `[start, end)` of a text; what of year, month and day is known.

    `stated`: day, month or year stand there in figures or by name, rather than relative to another day.
    `stretch`: the first and the last day, where it is neither a day nor a month nor a year: a week, "June 3-5".
    Of the last, year, month and day are the first day's; of a week or a decade none of them is known.
    """

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    stated: bool = True
    stretch: tuple[date, date] | None = None

    @property
    def full(self) -> date | None:
        """The calendar day, where all of it is known; of several days the first."""
        return day_or_none(self.year, self.month, self.day)

    @property
    def words(self) -> str:
        """As a person writes it: "28 November 2022", "November 2022", "12 December", "2022"; else the words found."""
        if self.stretch and self.full:
            first, last = self.stretch
            same_month = (first.year, first.month) == (last.year, last.month)
            begin = str(first.day) if same_month else _written(first, year=first.year != last.year)
            return f"{begin}{'–' if same_month else ' – '}{_written(last)}"
        month = MONTHS[self.month - 1].capitalize() if self.month else None
        parts = [str(self.day) if self.day and month else None, month, str(self.year) if self.year else None]
        known = " ".join(part for part in parts if part)
        return known or self.text

    @property
    def month_words(self) -> str:
        """The month alone: "November 2022", "November"; the words found where it is not known."""
        return replace(self, day=None, stretch=None).words

    @property
    def bounds(self) -> tuple[date, date] | None:
        """The first and the last day that it covers: one day, a week, a month, a year; None without a year."""
        if self.stretch:
            return self.stretch
        if self.year is None:
            return None
        if self.month is None:
            return date(self.year, 1, 1), date(self.year, 12, 31)
        return (self.full, self.full) if self.full else month_bounds(self.year, self.month)

    @property
    def iso(self) -> str | None:
        """As ISO 8601 writes it: a day, a month, a year, or "first/last" of several days; None without a year.

        >>> SpokenDate(0, 5, "May 3", 2024, 5, 3).iso, SpokenDate(0, 3, "May", 2024, 5).iso
        ('2024-05-03', '2024-05')
        """
        if self.stretch:
            return f"{self.stretch[0].isoformat()}/{self.stretch[1].isoformat()}"
        if self.year is None:
            return None
        month = f"-{self.month:02}" if self.month else ""
        return f"{self.year:04}{month}{f'-{self.day:02}' if month and self.day else ''}"


def day_or_none(year: int | None, month: int | None, day: int | None) -> date | None:
    """The calendar day; None where a part is missing or there is no such day."""
    try:
        return date(year, month, day) if year and month and day else None
    except ValueError:
        return None


def month_bounds(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def month_number(name: str | None) -> int | None:
    """The number of a month by its name or an abbreviation of it."""
    return next((n for n, full in enumerate(MONTHS, 1) if name and full.startswith(name.lower().strip(".")[:3])), None)


def _written(day: date, *, year: bool = True) -> str:
    return f"{day.day} {MONTHS[day.month - 1].capitalize()}" + (f" {day.year}" if year else "")
