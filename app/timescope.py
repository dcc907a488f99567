"""Which days of publication a question limits its evidence to: "articles of March 2023", "what changed since June".

Decided apart from the rest of the question. A date that names the event ("When did they meet in November 2022?")
limits nothing, for later articles tell of it too. Rules and arithmetic, no model; what they do not recognise stays
open. A scope may narrow a filter, never widen it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ..index.chunk import Filters
from .extractive.spoken_date import SpokenDate, month_bounds
from .extractive.spoken_dates import find_spoken_dates
from .extractive.stretches import week_of

_PUBLISHED = (
    r"(?:report(?:s|ed|ing|age)?|articles?|stor(?:y|ies)|publish(?:ed|es|ing)?|publications?|coverage|news|wrote|written"
    r"|pieces?|editions?|issues?|posts?|posted|headlines?|press|covered|according\sto)"
)
# "reported on May 5", "the article about tolls published by NTB in May", "NTB's May 5 story": near, in the same clause.
_BEFORE = re.compile(rf"\b{_PUBLISHED}\b(?P<between>(?:(?![?;]).){{0,240}}?)\Z", re.IGNORECASE)
_AFTER = re.compile(rf"\A['’]?s?,?\s(?:[\w'’-]+\s){{0,3}}?{_PUBLISHED}\b", re.IGNORECASE)
_ON = re.compile(
    r"\b(?:on|in|of|from|dated|during|for|since|after|before|until|by|between|and|to|through|,)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
# A date behind these is that of what is told, not of the telling.
_EVENT = re.compile(
    r"\b(?:met|meets|meeting|signed|began|begins|started|starts|ended|died|born|happened|took\splace|takes\splace|held"
    r"|opened|launched|scheduled|arrested|elected|resigned|killed|visited)\b[^,]{0,40}\Z",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|as\sof\slate\sas|from)\s(?:the\s)?\Z", re.IGNORECASE)
_BOUND = re.compile(
    r"\b(?P<side>since|after|before|until|by|through)\s(?:the\s)?(?:(?:end|start|beginning|middle)\sof\s)?\Z",
    re.IGNORECASE,
)
# "articles that say that the bridge closed on 4 May": what is told in them. "His 2022 report": no article of that
# year; but "NTB's 4 May report" is of that day.
_TOLD = re.compile(r"\b(?:that|whether|when|where|why|how|who)\b(?P<told>.*)\Z", re.IGNORECASE | re.DOTALL)
_OWNED = re.compile(r"(?:\b(?:his|her|its|their|our|my|your)|['’]s)\s\Z", re.IGNORECASE)
_NEW = re.compile(
    r"\b(?:new|news|latest|changed?|happen(?:ed|ing)?|developments?|so\sfar|up\sto\snow)\b", re.IGNORECASE
)
_RECENT = re.compile(
    r"\b(?P<which>this|last|past|previous)\s(?P<unit>week|month|year)\b|\b(?P<day>(?-i:today|yesterday))\b"
    r"|\b(?:in|over|during)\sthe\s(?:past|last)\s(?P<n>\d{1,3}|two|three|four|five|six|seven|ten)\s(?P<units>day|week|month|year)s?\b",
    re.IGNORECASE,
)
_FORETOLD = timedelta(days=7)
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `first` to `last`, both included; None is open. `words`: what the question said."""

    first: date | None
    last: date | None
    words: str


@dataclass(frozen=True, slots=True)
class TimeScope:
    """The days of publication that a question names, in the order it names them; empty limits nothing."""

    days: tuple[Days, ...] = ()

    def narrow(self, filters: Filters) -> Filters:
        """The filters within the whole stretch that the days cover; never wider than they were.

        Days that leave nothing of the given filters are passed over: the filters stay as they are.
        """
        if not self.days:
            return filters
        firsts, lasts = [one.first for one in self.days], [one.last for one in self.days]
        first = None if None in firsts else min(day for day in firsts if day)
        last = None if None in lasts else max(day for day in lasts if day)
        start = max((day for day in (first, filters.published_from) if day), default=None)
        end = min((day for day in (last, filters.published_to) if day), default=None)
        if start and end and start > end:
            return filters
        return replace(filters, published_from=start, published_to=end)


def time_scope(question: str, *, today: date) -> TimeScope:
    """The days of publication that a question limits itself to; `today` is what "last week" counts from.

    >>> scope = time_scope("What did NTB report in March 2023?", today=date(2024, 5, 15))
    >>> [(str(days.first), str(days.last)) for days in scope.days]
    [('2023-03-01', '2023-03-31')]
    >>> time_scope("When did they meet in March 2023?", today=date(2024, 5, 15)).days
    ()
    """
    dates = [found for found in find_spoken_dates(question, published=today) if found.stated]
    found = [*_stated(question, dates), *_recent(question, dates, today=today)]
    return TimeScope(tuple(days for _, days in sorted(found, key=lambda pair: pair[0])))


def _stated(question: str, dates: list[SpokenDate]) -> Iterator[tuple[int, Days]]:
    parallel = False
    for found in dates:
        if found.bounds is None:
            continue
        before, after = question[: found.start], question[found.end :]
        first, last = found.bounds
        side = _BOUND.search(before)
        # "the report of 1 May on tolls and the one on ferries of 3 May": what holds for one day holds for the next.
        published = _is_published(before, after, day=found.day) or (
            parallel and found.day is not None and bool(_ON.search(before))
        )
        parallel = published
        if side and side["side"].lower() == "since" and (published or _NEW.search(question)):
            yield found.start, Days(first, None, found.text)
        elif published and side and side["side"].lower() == "after":
            yield found.start, Days(last + timedelta(days=1), None, found.text)
        elif (
            published
            and side
            and side["side"].lower() in {"before", "until", "by", "through"}
            and not _is_report_day(before)
        ):
            yield (
                found.start,
                Days(None, first - timedelta(days=1) if side["side"].lower() == "before" else last, found.text),
            )
        elif published:
            yield found.start, Days(first, last, found.text)


def _is_published(before: str, after: str, *, day: int | None = None) -> bool:
    """Whether a date says when something was published: a word of publishing near it, none of an event between."""
    if _AFTER.match(after):
        return day is not None or not _OWNED.search(before)
    told = _BEFORE.search(before)
    if told is None or not _ON.search(before) or _EVENT.search(told["between"]):
        return False
    content = _TOLD.search(told["between"])
    return content is None or bool(re.search(rf"\b{_PUBLISHED}\b", content["told"], re.IGNORECASE))


def _is_report_day(before: str) -> bool:
    return bool(re.search(r"\b(?:published|reported|dated)\s(?:on|in)\s\Z", before, re.IGNORECASE))


def _recent(question: str, dates: list[SpokenDate], *, today: date) -> Iterator[tuple[int, Days]]:
    """ "last week", "in the past three months": from its first day on, since only then can it have been reported.

    What happened "this week" may have been foretold a little earlier, and a person's week is not the calendar's.
    """
    for match in _RECENT.finditer(question):
        if any(found.start < match.end() and match.start() < found.end for found in dates):
            continue
        published = _is_published(question[: match.start()] + "on ", question[match.end() :])
        first, last = _stretch_before(match, today)
        if not (published or _NEW.search(question)):
            first -= _FORETOLD
        yield match.start(), Days(first, last if published else None, match.group())


def _stretch_before(match: re.Match[str], today: date) -> tuple[date, date]:
    if match["day"]:
        day = today - timedelta(days=int(match["day"].lower() == "yesterday"))
        return day, day
    if match["n"]:
        n = _WORDS.get(match["n"].lower()) or int(match["n"])
        n_days = {"day": 1, "week": 7, "month": 30, "year": 365}[match["units"].lower()]
        return today - timedelta(days=n * n_days), today
    back = int(match["which"].lower() != "this")
    unit = match["unit"].lower()
    if unit == "week":
        return week_of(today, n=-back)
    if unit == "month":
        months = today.year * 12 + today.month - 1 - back
        return month_bounds(months // 12, months % 12 + 1)
    return date(today.year - back, 1, 1), date(today.year - back, 12, 31)
