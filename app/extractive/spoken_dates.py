"""Dates as a report speaks of them: "November 28", "on Monday", "last week", "a day earlier", and which days are meant.

A missing year or day is worked out from the article's own date, or from a full date the article states before; where
neither is known it stays missing. Pure. Full dates on a page's furniture are `index.written_dates`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .relative_dates import find_relative, resolve
from .spoken_date import DAYS, SpokenDate, day_or_none, month_number
from .stretches import find_stretches
from .tense import sentence_around, way_of

__all__ = ["DAYS", "SpokenDate", "find_spoken_dates"]

_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_RELATIVE_YEAR = r"(?:,?\s(?:this|last|next|of this|of last|the same) year)?"
_NO_COUNT = r"(?!\d|[:.]\d|\s?(?:percent|%|million|billion|people))"
_LAST_MONTH, _LAST_DAY = _MONTH.replace("<month>", "<last_month>"), _DAY.replace("<day>", "<last_day>")
_WITH_YEAR = rf"(?:,?\s{_YEAR}\b|{_RELATIVE_YEAR})"
_SEVERAL = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_MONTH}\s?{_DAY}\s?(?:[-–—]|to|through)\s?(?:{_LAST_MONTH}\s)?{_LAST_DAY}\b{_NO_COUNT}{_WITH_YEAR}",
        rf"(?<=[Bb]etween\s){_MONTH}\s{_DAY}\sand\s(?:{_LAST_MONTH}\s)?{_LAST_DAY}\b{_NO_COUNT}{_WITH_YEAR}",
        rf"\b{_DAY}(?:\s{_MONTH})?\s?(?:[-–—]|to)\s?{_LAST_DAY}\s{_LAST_MONTH}\b{_WITH_YEAR}",
        rf"(?<=[Bb]etween\s){_DAY}(?:\s{_MONTH})?\sand\s{_LAST_DAY}\s{_LAST_MONTH}\b{_WITH_YEAR}",
    )
)
_ABSOLUTE = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?P<year>(?:1[5-9]|20)\d\d)-(?P<number>0\d|1[0-2])-(?P<day>[0-3]\d)\b",
        r"\b(?P<day>[0-3]\d)\.(?P<number>0\d|1[0-2])\.(?P<year>(?:19|20)\d\d)\b",
        rf"\b{_MONTH}\s?{_DAY}{_NO_COUNT}(?:(?:,\s?|\s){_YEAR}\b{_RELATIVE_YEAR}|{_RELATIVE_YEAR})",
        rf"\b(?:the\s)?{_DAY}(?:\sof)?\s{_MONTH}\b{_WITH_YEAR}",
        rf"\b{_MONTH},?\s(?:of\s)?{_YEAR}\b",
        rf"(?<![A-Z]\s)\b{_MONTH}\b(?!\s[A-Z]|['’]s\s[A-Z]){_RELATIVE_YEAR}",
        r"\b(?P<year>(?:1[5-9]|20)\d\d)\b(?!\s(?:people|dollars|euros|tons|troops|miles|kilomet))",
    )
)
# "until the end of October", "set for Nov. 7": the nearest such day, whatever the sentence tells besides.
_NEAREST = re.compile(
    r"\b(?:until|till|as early as|as soon as|by|no later than|set for|scheduled for|through)\s"
    r"(?:sometime in\s|the\s)?(?:(?:end|start|beginning|middle)\sof\s|mid-|early\s|late\s)?\Z"
)
_WHICH = re.compile(r"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s\Z")
# "last year's storm of March 3": the year of all that follows in the sentence.
_YEARS_OWN = re.compile(r"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s(?:\w+\s)?(?:year|season)['’]s\b[^;]*\Z")
# "In 2018, he left; in May …": what a sentence opens with holds for the paragraph.
_OPENS = re.compile(
    r"(?:\A|[.!?\n]\s*)(?:(?:And|But|Then|Back|Early|Late|Later),?\s)*(?:[Ii]n|[Dd]uring|[Oo]n)\s(?:\w+\s)?\Z"
)
_ELECTION = re.compile(r"(?:['’]s)?\s(?:midterms?|general\selection|elections?|runoff|ballot)\b")
_ELECTED = re.compile(r"\b(?:won|lost|defeated|after|since|following|elected|last|results|beat|victory|defeat)\b")
_YEAR_BEHIND = re.compile(rf"(?:\s[a-z]+){{1,2}}?\s(?:of|in)\s{_YEAR}\b")
_EVERY_YEAR = re.compile(r"\b(?:usually|typically|normally|traditionally|generally|every year|each year|annually)\b")
_EACH = re.compile(r"(?<!-)\b(?:every|each|average|typical|annual)\s\Z")
_WEEKDAY_BEFORE = re.compile(
    r"(?<![-–])(?<!and\s)(?<!to\s)\b(?P<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s(?:the\s)?\Z"
)
_LISTED = re.compile(r"(?:,?\s(?:and|or|to|through|until)|\s?[-–,])\s?(?:early\s|late\s|mid-)?")
_DATE_BEHIND = re.compile(r",?\s(?:the\s)?\Z")
# Events that reports call by their day for years after, without its year.
_KNOWN_BY_DATE = {(9, 11): 2001, (1, 6): 2021}
_EVENT = re.compile(
    r"(?:['’]s)?,?\s(?:(?:terror(?:ist)?|US|U\.S\.|Capitol|House|deadly|select|violent)\s)*"
    r"(?:attacks?|attackers?|riots?|rioters?|insurrection|[Cc]ommittee|hearings?|panel|rally|investigation|probe|mob|siege)\b"
)
_NAMED_EVENTS = {
    2001: re.compile(rf"\b(?:Sept(?:ember|\.)?\s11(?:th)?|9/11){_EVENT.pattern}"),
    2021: re.compile(rf"\bJan(?:uary|\.)?\s6(?:th)?{_EVENT.pattern}"),
}
_SOON = 120  # days: what no verb places is taken for ahead up to this far
_AT_HAND = 60  # days ahead of a day: of a year ago it would be said with its year
_FAR = 210  # days: what is to be and lies farther ahead is more likely told of a day just over
_NEW_YEAR = 45  # days ahead, over the turn of a year, that a bare day is taken for


@dataclass(frozen=True, slots=True)
class _Raw:
    """A date as it stands, and month and day of the last of several."""

    found: SpokenDate
    last: tuple[int, int] | None = None


def find_spoken_dates(text: str, *, published: date | None) -> list[SpokenDate]:
    """The dates of an article's text, in order, as far as it tells which days they are.

    >>> [found.words for found in find_spoken_dates("Gone on May 3, 2024, he was back a day later", published=None)]
    ['3 May 2024', '4 May 2024']
    """
    stretches = find_stretches(text, published=published)
    taken = [(found.start, found.end) for found in stretches]
    raw = _absolute(text, taken)
    others = [match for match in find_relative(text) if _is_free(match.span(), taken)]
    found: list[SpokenDate] = []
    items: list[SpokenDate | _Raw | re.Match[str]] = [*stretches, *raw, *others]
    for item in sorted(items, key=_start):
        if isinstance(item, SpokenDate):
            found.append(item)
        elif isinstance(item, _Raw):
            found.append(_with_last(_with_year(item.found, found, text=text, published=published), item.last))
        else:
            found.append(resolve(item, found, text=text, published=published))
    return _with_their_dates(found, text)


def _with_their_dates(found: list[SpokenDate], text: str) -> list[SpokenDate]:
    """ "Sunday, Feb. 12": the weekday is that day."""
    kept = found[:1]
    for one in found[1:]:
        last = kept[-1]
        if not last.stated and one.stated and one.day and _DATE_BEHIND.fullmatch(text, last.end, one.start):
            day = _day_of_week(last.text, one)
            kept[-1] = replace(last, year=one.year, month=one.month, day=day)
        kept.append(one)
    return kept


def _day_of_week(words: str, among: SpokenDate) -> int | None:
    """The day of a weekday among several days: 5 for the Sunday of "Saturday and Sunday, Feb. 4-5"; else the first."""
    if among.stretch is None or among.stretch[0].month != among.stretch[1].month:
        return among.day
    first, last = among.stretch
    named = (first.day + n for n in range((last - first).days + 1) if f"{first + timedelta(days=n):%A}" in words)
    return next(named, among.day)


def _with_last(found: SpokenDate, last: tuple[int, int] | None) -> SpokenDate:
    """The stretch of "June 30-July 2", once its year is known."""
    if last is None or found.full is None or found.year is None:
        return found
    end = day_or_none(found.year + int(last[0] < found.full.month), *last)
    return replace(found, stretch=(found.full, end)) if end and end > found.full else found


def _start(item: SpokenDate | _Raw | re.Match[str]) -> int:
    if isinstance(item, _Raw):
        return item.found.start
    return item.start if isinstance(item, SpokenDate) else item.start()


def _is_free(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return not any(start < span[1] and span[0] < end for start, end in taken)


def _absolute(text: str, taken: list[tuple[int, int]]) -> list[_Raw]:
    """Dates in figures or by name that are free in the text; their places are added to those `taken`."""
    found: list[_Raw] = []
    for pattern in _SEVERAL:
        for match in pattern.finditer(text):
            raw = _read_several(match) if _is_free(match.span(), taken) else None
            if raw is not None:
                taken.append(match.span())
                found.append(raw)
    for pattern in _ABSOLUTE:
        for match in pattern.finditer(text):
            if _is_free(match.span(), taken):
                read = _read(match, text)
                taken.append(match.span())  # "February 30" is no February either
                if read is not None:
                    found.append(_Raw(read))
    return sorted(found, key=_start)


def _read_several(match: re.Match[str]) -> _Raw | None:
    """ "June 3-5", "30 May to 2 June"; None where the days do not follow each other."""
    parts = match.groupdict()
    first, last = month_number(parts["month"]), month_number(parts["last_month"])
    first, last = first or last or 1, last or first or 1
    year = int(parts["year"]) if parts["year"] else None
    begin = day_or_none(year or 2000, first, int(parts["day"]))
    end = day_or_none((year or 2000) + int(last < first), last, int(parts["last_day"]))
    if begin is None or end is None or not 0 < (end - begin).days < 300:
        return None
    return _Raw(SpokenDate(match.start(), match.end(), match.group(), year, first, begin.day), (last, end.day))


def _read(match: re.Match[str], text: str) -> SpokenDate | None:
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else month_number(parts.get("month"))
    day = int(parts["day"]) if parts.get("day") else None
    year = int(parts["year"]) if parts.get("year") else None
    if parts.get("month") and not day and not year and not _is_month(match, text):
        return None
    if month and day and day_or_none(year or 2000, month, day) is None:
        return None
    return SpokenDate(match.start(), match.end(), match.group(), year, month, day)


def _is_month(match: re.Match[str], text: str) -> bool:
    """Whether a bare "May" or "March" is the month: "in", "since", "early", … stand before it."""
    before = text[max(0, match.start() - 14) : match.start()].lower()
    return match["month"] not in {"May", "March", "Mar", "Jan", "Jun", "Dec", "Sun"} or bool(
        re.search(
            r"\b(?:in|since|until|by|of|from|early|late|mid|last|next|this|and|to|between|during|through)[\s-]\Z",
            before,
        )
    )


def _with_year(found: SpokenDate, before: Sequence[SpokenDate], *, text: str, published: date | None) -> SpokenDate:
    """The same date with its year, where the article tells it."""
    if found.year is not None or found.month is None:
        return found
    year = _year_by_words(found, before, text=text, published=published)
    near = _near_full(found, before, text) or (None if published else _last_full(before))
    if year is None and near is not None:
        year = _nearest_year(near, found)
    if year is None and published and (found.day is not None or not _is_every_year(found, text)):
        year = _year_of_paragraph(found, before, text=text, published=published)
        year = year or _year_by_publication(found, text=text, published=published)
    return replace(found, year=year)


def _year_by_words(found: SpokenDate, before: Sequence[SpokenDate], *, text: str, published: date | None) -> int | None:
    """The year that words of the date or beside it tell: "of last year", a weekday, the month it is listed with, …."""
    words = found.text.lower()
    said_on = published or _last_full(before)
    if words.endswith("year") and said_on:
        return said_on.year + (1 if "next" in words else -1 if "last" in words else 0)
    behind = _YEAR_BEHIND.match(text, found.end)
    return (
        _known_by_date(found, text, published=published)
        or (int(behind["year"]) if behind else None)
        or _year_by_weekday(found, text=text, published=published)
        or _year_in_list(found, before, text)
        or (_year_by_word(found, text=text, published=published) if published else None)
    )


def _known_by_date(found: SpokenDate, text: str, *, published: date | None) -> int | None:
    """The year of an event that goes by its day: "the Jan. 6 riot"."""
    year = _KNOWN_BY_DATE.get((found.month or 0, found.day or 0))
    if year is None or (published is not None and published.year < year):
        return None
    if _EVENT.match(text, found.end):
        return year
    away = published is None or _days_from(published, found, _nearest_year(published, found)) > _AT_HAND // 2
    return year if away and _NAMED_EVENTS[year].search(text) else None


def _is_every_year(found: SpokenDate, text: str) -> bool:
    """Whether "May" is that of each year: "usually in May", "an average January"."""
    start, end = sentence_around(text, start=found.start, end=found.end)
    commas = text.rfind(",", start, found.start), text.find(",", found.end, end)
    clause = max(start, commas[0]), commas[1] if commas[1] > 0 else end
    return bool(_EACH.search(text[start : found.start]) or _EVERY_YEAR.search(text, *clause))


def _year_by_weekday(found: SpokenDate, *, text: str, published: date | None) -> int | None:
    """The year nearest to publication in which the day falls on the weekday named before it: "Tuesday, Feb. 26"."""
    named = _WEEKDAY_BEFORE.search(text[max(0, found.start - 20) : found.start])
    if published is None or named is None or found.day is None:
        return None
    weekday = next(n for n, name in enumerate(DAYS) if name.startswith(named["weekday"].lower()))
    years = (published.year, published.year + 1, published.year - 1)
    days = [day for year in years if (day := day_or_none(year, found.month, found.day)) and day.weekday() == weekday]
    return min(days, key=lambda day: abs((day - published).days)).year if days else None


def _year_in_list(found: SpokenDate, before: Sequence[SpokenDate], text: str) -> int | None:
    """That of the month or the day before it: "January and February", "between Dec. 30 and Jan. 3"."""
    last = before[-1] if before else None
    if (
        last is None
        or not last.stated
        or last.year is None
        or last.month is None
        or not _LISTED.fullmatch(text, last.end, found.start)
    ):
        return None
    return last.year + int((found.month or 1) < last.month)


def _year_by_word(found: SpokenDate, *, text: str, published: date) -> int | None:
    """The year of "last March", "next May", and of what "last year's storm" is told with."""
    which = _WHICH.search(text[max(0, found.start - 5) : found.start])
    month = found.month or 1
    if which is None:
        own = _YEARS_OWN.search(text[sentence_around(text, start=found.start, end=found.end)[0] : found.start])
        return published.year + {"last": -1, "this": 0, "next": 1}[own["which"].lower()] if own else None
    if which["which"].lower() == "this":
        return published.year
    if which["which"].lower() == "next":
        return published.year + int(month <= published.month)
    # Of a month just over nobody says "last".
    return published.year - int(month > published.month - 3)


def _year_of_paragraph(found: SpokenDate, before: Sequence[SpokenDate], *, text: str, published: date) -> int | None:
    """The year that a sentence of the paragraph opens with, for what is past: "In 2018, … in May he left"."""
    heading = _heading(found, before, text)
    if heading is not None:
        return heading
    near = (one for one in reversed(before) if one.stated and one.year and found.start - one.end < 300)
    opening = next((one for one in near if _OPENS.search(text[max(0, one.start - 30) : one.start])), None)
    if opening is None or opening.year is None or opening.year >= published.year:
        return None
    if "\n" in text[opening.end : found.start] or way_of(text, start=found.start, end=found.end) == "ahead":
        return None
    return opening.year + int(opening.month is not None and (found.month or 1) < opening.month)


def _heading(found: SpokenDate, before: Sequence[SpokenDate], text: str) -> int | None:
    """The year over an item of a chronicle: a line that is nothing but a month or a year."""
    if _line(found, text).find(found.text) != 0:
        return None
    over = (one for one in reversed(before) if one.stated and one.year and one.day is None)
    return next((one.year for one in over if _line(one, text).rstrip(": ") == one.text), None)


def _line(found: SpokenDate, text: str) -> str:
    end = text.find("\n", found.end)
    return text[text.rfind("\n", 0, found.start) + 1 : end if end >= 0 else len(text)].lstrip("*•- ")


def _nearest_year(anchor: date, found: SpokenDate) -> int:
    return min((anchor.year, anchor.year + 1, anchor.year - 1), key=lambda year: _days_from(anchor, found, year))


def _days_from(anchor: date, found: SpokenDate, year: int) -> int:
    day = found.day if found.day else (anchor.day if found.month == anchor.month else 15)
    there = day_or_none(year, found.month, day) or date(year, found.month or 1, 28)
    return abs((there - anchor).days)


def _year_by_publication(found: SpokenDate, *, text: str, published: date) -> int:
    """The last such day, or the next where its clause looks ahead, or where it is near and nothing there is past."""
    month, day = found.month or 1, found.day or 0
    nearest = _nearest_year(published, found)
    if _NEAREST.search(text[max(0, found.start - 40) : found.start]):
        return nearest
    way = way_of(text, start=found.start, end=found.end)
    if _ELECTION.match(text, found.end) and not _ELECTED.search(text[max(0, found.start - 80) : found.start]):
        way = "ahead"
    if (month, day) <= (published.month, published.day) or month == published.month:
        n_next = _days_from(published, found, published.year + 1)
        next_year = way == "ahead" and month != published.month and n_next < _FAR
        soon = nearest > published.year and (way == "would" or (way == "open" and n_next < _NEW_YEAR))
        return published.year + int(next_year or soon)
    n_ahead = _days_from(published, found, published.year)
    if way == "would":
        return nearest
    stays = way == "ahead" or (way == "open" and n_ahead < _SOON) or (found.day is not None and n_ahead < _AT_HAND)
    return published.year if stays else published.year - 1


def _near_full(found: SpokenDate, before: Sequence[SpokenDate], text: str) -> date | None:
    """A full date stated just before, in the same paragraph: it tells the year better than the day of publication."""
    near = [
        d for d in before if d.stated and d.full and "\n" not in text[d.end : found.start] and found.start - d.end < 300
    ]
    if not near or near[-1].year is None:
        return None
    # A year that was worked out itself counts less than a clause that tells of what is past.
    over = str(near[-1].year) not in near[-1].text and way_of(text, start=found.start, end=found.end) == "past"
    return None if over else near[-1].full


def _last_full(before: Sequence[SpokenDate]) -> date | None:
    full = [found.full for found in before if found.full]
    return full[-1] if full else None
