"""Dates as answers write them, in any usual format, as their parts: year, month, day, each None when not said.

Pure. It resolves nothing: "on Monday" is no date here, an answer has to say which one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_NUMBER = {name: index for index, name in enumerate(_MONTHS, 1)}
_NUMBER |= {name[:3]: index for name, index in _NUMBER.items()} | {"sept": 9}
_MONTH = r"(?P<month>" + "|".join(sorted(_NUMBER, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<days>\d{1,2}(?:st|nd|rd|th)?\b(?:\s*(?:-|–|—|/|,|,?\s+and|or|to|&)\s*\d{1,2}(?:st|nd|rd|th)?\b)*)"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d{2})\b"
_OF = r"\s*(?:of\s+|,\s*|-\s*)?"
_FORMS = (
    r"\b(?P<year>(?:1[6-9]|20)\d{2})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?!\d)",
    r"(?<![\d.])(?P<a>\d{1,2})[./-](?P<b>\d{1,2})[./-](?P<year>(?:1[6-9]|20)\d{2}|\d{2})(?![\d%])",
    rf"(?<![\d.,$€£])(?:the\s+)?{_DAY}{_OF}{_MONTH}(?:{_OF}{_YEAR})?",
    rf"\b{_MONTH}\s*(?:the\s+)?{_DAY}(?!\d|\s*(?:percent|%|million|billion))(?:\s*(?:,|of)?\s*{_YEAR})?",
    rf"\b{_MONTH}{_OF}{_YEAR}",
    rf"\b{_MONTH}",
    rf"(?<![\d.,$€£-]){_YEAR}(?!-|\s*(?:percent|%|million|billion|people|men))",
)
_DATE = [re.compile(form, re.IGNORECASE) for form in _FORMS]
_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|by|until|till|last|this|next|early|late|mid|during|from|to|and|or|before|after|around)[\s-]*$"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: its possible readings (more than one only for 03/04/2023) and where it stands."""

    readings: frozenset[str]
    start: int
    end: int


def dates(text: str) -> tuple[DateMention, ...]:
    """All dates of a text in order, each in the form of a case: "2022-11-28", "2022-11", "2022", "--11-28", "--11".

    "21 or 22 December 2022" gives two. Month names that are other words too ("may", "march") count alone only after a
    word such as "in" or as the whole text.

    >>> [sorted(mention.readings) for mention in dates("Nov. 28th, 2022, or in March")]
    [['2022-11-28'], ['--03']]
    """
    taken: list[tuple[int, int]] = []
    found: list[DateMention] = []
    for pattern in _DATE:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            # An impossible date is taken too: of "29 February 2021" nothing is left to be read.
            taken.append(match.span())
            found += _mentions(match)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _mentions(match: re.Match[str]) -> Iterator[DateMention]:
    parts = match.groupdict()
    if parts.get("m"):
        readings = [_written(parts["year"], parts["m"], parts["d"])]
    elif parts.get("a"):
        year = parts["year"] if len(parts["year"]) == 4 else f"20{parts['year']}"
        readings = [_written(year, parts["b"], parts["a"]), _written(year, parts["a"], parts["b"])]
    elif parts.get("days"):
        month = str(_NUMBER[parts["month"].lower()])
        for day in re.findall(r"\d{1,2}", parts["days"]):
            if written := _written(parts.get("year"), month, day):
                yield DateMention(frozenset({written}), *match.span())
        return
    elif parts.get("month"):
        alone = not parts.get("year")
        readings = [] if alone and _other_word(match) else [_written(parts.get("year"), _month(parts), None)]
    else:
        readings = [parts["year"]]
    if known := frozenset(reading for reading in readings if reading):
        yield DateMention(known, *match.span())


def _month(parts: dict[str, str | None]) -> str:
    return str(_NUMBER[(parts["month"] or "").lower()])


def _other_word(match: re.Match[str]) -> bool:
    if match.group().rstrip(".").lower() not in {"may", "march", "mar", "dec", "sep", "jan", "jun"}:
        return False
    whole = match.group().strip() == match.string.strip(" .")
    return not whole and not (
        _BEFORE_MONTH.search(match.string[: match.start()].lower()) and match.group()[0].isupper()
    )


def _written(year: str | None, month: str, day: str | None) -> str | None:
    try:
        # 2000 is a leap year, so that 29 February without a year is a date.
        date(int(year or 2000), int(month), int(day or 1))
    except ValueError:
        return None
    return (year or "-") + f"-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
