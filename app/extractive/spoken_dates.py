"""Dates as a report speaks of them: "November 28", "on Monday", "last month", "a day earlier", and which day is meant.

A missing year or day is worked out from the article's own date, or from a full date the article states before; where
neither is known it stays missing. Pure. Full dates on a page's furniture are `index.written_dates`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .tense import sentence_around, tense

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_RELATIVE_YEAR = r"(?:,?\s(?:this|last|next|of this|of last|the same) year)?"
_ABSOLUTE = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?P<year>(?:1[5-9]|20)\d\d)-(?P<number>0\d|1[0-2])-(?P<day>[0-3]\d)\b",
        r"\b(?P<day>[0-3]\d)\.(?P<number>0\d|1[0-2])\.(?P<year>(?:19|20)\d\d)\b",
        rf"\b{_MONTH}\s?{_DAY}(?!\d|:\d|\s?(?:percent|%|million|billion|people))(?:(?:,\s?"
        rf"|\s){_YEAR}\b{_RELATIVE_YEAR}|{_RELATIVE_YEAR})",
        rf"\b(?:the\s)?{_DAY}(?:\sof)?\s{_MONTH}\b(?:,?\s{_YEAR}\b|{_RELATIVE_YEAR})",
        rf"\b{_MONTH},?\s(?:of\s)?{_YEAR}\b",
        rf"(?<![A-Z]\s)\b{_MONTH}\b(?!\s[A-Z]|['’]s\s[A-Z]){_RELATIVE_YEAR}",
        r"\b(?P<year>(?:1[5-9]|20)\d\d)s?\b(?!\s(?:people|dollars|euros|tons|troops|miles|kilomet))",
    )
)
_WEEKDAY = re.compile(
    r"\b(?:(?P<which>last|next|this|this past|this coming|past|coming|Coming|previous|following)\s)?"
    r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_RELATIVE = re.compile(
    r"\b(?:(?P<word>today|tonight|last night|yesterday|tomorrow)"
    r"|(?P<which>this|last|next|past|previous|same|earlier this|later this|late last|early next|early this)\s"
    r"(?P<unit>week|weekend|month|year|quarter|day)"
    r"|(?P<n>a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s(?P<units>day|week|month"
    r"|year|decade)s?\s(?P<way>ago|earlier|before|later|after)"
    r"|the\s(?P<side>next|following|previous|same)\s(?P<what>day|month|year))\b",
    re.I,
)
# "until the end of October", "set for Nov. 7": the nearest such day, whatever the sentence tells besides.
_NEAREST = re.compile(
    r"\b(?:until|till|as early as|as soon as|by|no later than|set for|scheduled for|through)\s"
    r"(?:sometime in\s|the\s)?(?:(?:end|start|beginning|middle)\sof\s|mid-|early\s|late\s)?\Z"
)
_UNTIL_HOUR = re.compile(r"\b(?:until|till|by|before)\s(?:[\d:]+\s?[ap]\.?m\.?\s(?:on\s)?)?\Z")
# "The shots will change, he said in an interview Wednesday": the day on which it was said.
_TOLD_THEN = re.compile(r"\b(?:said|told|wrote|announced)\b(?:(?!\b(?:will|would|is|are|that|to)\b)[^,;])*\Z")
_NAMED_BEFORE = re.compile(
    r"\b(?:USA|Japan|[Ee]very|[Ee]ach|Black|Cyber|Super|Good|Ash|Giving|Easter|Palm|Bloody|Fat|Shrove|Taco|Casual)\s\Z"
)
_NAMED_BEHIND = re.compile(r"\s(?:Night\s(?:Live|Football|Lights)|Evening\sPost|[Ss]how\b)")
# "in the last year": how long, not which year. "There are more today": these times, not that day.
_LONG = re.compile(r"\b(?:for|over|in|during|within|of|throughout) the\s\Z", re.I)
_STATE = re.compile(r"\b(?:is|are|has|have|do|does|don['’]t|doesn['’]t|can|may)\b(?!\s\w+ing\b)|\bmore than\b", re.I)
_THAT_DAY = re.compile(r"\b(?:earlier|later|until|till|by|from|as of|effective|due)\s\Z", re.I)
_WEEKDAY_BEFORE = re.compile(r"\b(?P<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s(?:the\s)?\Z")
_DATE_BEHIND = re.compile(r",?\s(?:the\s)?\Z")


@dataclass(frozen=True, slots=True)
class SpokenDate:
    """A date at `[start, end)` of a text; what of year, month and day is known. `weekday` where only that is.

    `stated`: day, month or year stand there in figures or by name, rather than relative to another day.
    """

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    stated: bool = True

    @property
    def full(self) -> date | None:
        """The calendar day, where all of it is known."""
        return _day(self.year, self.month, self.day)

    @property
    def words(self) -> str:
        """As a person writes it: "28 November 2022", "November 2022", "12 December", "2022"; else the words found."""
        month = _MONTHS[self.month - 1].capitalize() if self.month else None
        parts = [str(self.day) if self.day and month else None, month, str(self.year) if self.year else None]
        known = " ".join(part for part in parts if part)
        return known or self.text

    @property
    def month_words(self) -> str:
        """The month alone: "November 2022", "November"; the words found where it is not known."""
        return replace(self, day=None).words


def find_spoken_dates(text: str, *, published: date | None) -> list[SpokenDate]:
    """The dates of an article's text, in order, as far as it tells which days they are.

    >>> [found.words for found in find_spoken_dates("Gone on May 3, 2024, he was back a day later", published=None)]
    ['3 May 2024', '4 May 2024']
    """
    raw = sorted(_absolute(text), key=lambda found: found.start)
    taken = [(found.start, found.end) for found in raw]
    others = [
        match
        for pattern in (_WEEKDAY, _RELATIVE)
        for match in pattern.finditer(text)
        if _is_free(match.span(), taken) and not _is_no_day(match, text)
    ]
    found: list[SpokenDate] = []
    items: list[SpokenDate | re.Match[str]] = [*raw, *others]
    for item in sorted(items, key=_start):
        if isinstance(item, SpokenDate):
            found.append(_with_year(item, found, text=text, published=published))
        else:
            found.append(_relative(item, found, text=text, published=published))
    return _with_their_dates(found, text)


def _with_their_dates(found: list[SpokenDate], text: str) -> list[SpokenDate]:
    """ "Sunday, Feb. 12": the weekday is that day."""
    kept = found[:1]
    for one in found[1:]:
        last = kept[-1]
        if not last.stated and one.stated and one.day and _DATE_BEHIND.fullmatch(text, last.end, one.start):
            kept[-1] = replace(last, year=one.year, month=one.month, day=one.day)
        kept.append(one)
    return kept


def _is_no_day(match: re.Match[str], text: str) -> bool:
    """Whether a word of a day is only part of a name, or of what happens again and again."""
    return bool(_NAMED_BEFORE.search(text[: match.start()]) or _NAMED_BEHIND.match(text, match.end()))


def _start(item: SpokenDate | re.Match[str]) -> int:
    return item.start if isinstance(item, SpokenDate) else item.start()


def _is_free(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return not any(start < span[1] and span[0] < end for start, end in taken)


def _absolute(text: str) -> list[SpokenDate]:
    found: list[SpokenDate] = []
    taken: list[tuple[int, int]] = []
    for pattern in _ABSOLUTE:
        for match in pattern.finditer(text):
            if _is_free(match.span(), taken):
                read = _read(match, text)
                taken.append(match.span())  # "February 30" is no February either
                if read is not None:
                    found.append(read)
    return found


def _read(match: re.Match[str], text: str) -> SpokenDate | None:
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else _month(parts.get("month"))
    day = int(parts["day"]) if parts.get("day") else None
    year = int(parts["year"]) if parts.get("year") else None
    if parts.get("month") and not day and not year and not _is_month(match, text):
        return None
    if month and day and _day(year or 2000, month, day) is None:
        return None
    return SpokenDate(match.start(), match.end(), match.group(), year, month, day)


def _month(name: str | None) -> int | None:
    return next((n for n, full in enumerate(_MONTHS, 1) if name and full.startswith(name.lower().strip(".")[:3])), None)


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
    words = found.text.lower()
    if words.endswith("year"):
        said_on = published or _last_full(before)
        step = 1 if "next" in words else -1 if "last" in words else 0
        return replace(found, year=said_on.year + step) if said_on else found
    pinned = _year_by_weekday(found, text=text, published=published)
    if pinned is not None:
        return replace(found, year=pinned)
    near = _near_full(found, before, text) or (None if published else _last_full(before))
    if near is not None:
        return replace(
            found, year=min((near.year, near.year + 1, near.year - 1), key=lambda y: _days_from(near, found, y))
        )
    if published is None:
        return found
    return replace(found, year=_year_by_publication(found, text=text, published=published))


def _year_by_weekday(found: SpokenDate, *, text: str, published: date | None) -> int | None:
    """The year nearest to publication in which the day falls on the weekday named before it: "Tuesday, Feb. 26"."""
    named = _WEEKDAY_BEFORE.search(text[max(0, found.start - 20) : found.start])
    if published is None or named is None or found.day is None:
        return None
    weekday = next(n for n, name in enumerate(DAYS) if name.startswith(named["weekday"].lower()))
    years = (published.year, published.year + 1, published.year - 1)
    days = [day for day in (_day(year, found.month, found.day) for year in years) if day and day.weekday() == weekday]
    return min(days, key=lambda day: abs((day - published).days)).year if days else None


def _days_from(anchor: date, found: SpokenDate, year: int) -> int:
    day = found.day if found.day else (anchor.day if found.month == anchor.month else 15)
    there = _day(year, found.month, day) or date(year, found.month or 1, 28)
    return abs((there - anchor).days)


def _year_by_publication(found: SpokenDate, *, text: str, published: date) -> int:
    """The last such day, or the next where the sentence looks ahead, or where it is near and nothing there is past."""
    month, day = found.month or 1, found.day or 0
    if _NEAREST.search(text[max(0, found.start - 40) : found.start]):
        years = (published.year, published.year + 1, published.year - 1)
        return min(years, key=lambda year: _days_from(published, found, year))
    sentence_ahead, sentence_past = tense(text, start=found.start, end=found.end)
    if (month, day) <= (published.month, published.day):
        ahead = sentence_ahead and month != published.month and _days_from(published, found, published.year + 1) < 300
        return published.year + 1 if ahead else published.year
    near = _days_from(published, found, published.year) < 60 and not sentence_past
    return published.year if sentence_ahead or near or month == published.month else published.year - 1


def _near_full(found: SpokenDate, before: Sequence[SpokenDate], text: str) -> date | None:
    """A full date stated just before, in the same paragraph: it tells the year better than the day of publication."""
    near = [
        d for d in before if d.stated and d.full and "\n" not in text[d.end : found.start] and found.start - d.end < 300
    ]
    return near[-1].full if near else None


def _last_full(before: Sequence[SpokenDate]) -> date | None:
    full = [found.full for found in before if found.full]
    return full[-1] if full else None


def _relative(match: re.Match[str], before: Sequence[SpokenDate], *, text: str, published: date | None) -> SpokenDate:
    parts = match.groupdict()
    plain = SpokenDate(match.start(), match.end(), match.group(), stated=False)
    if parts.get("weekday"):
        return _weekday(plain, parts, text=text, published=published)
    if parts.get("side") or parts.get("way") in {"earlier", "before", "later", "after"} or parts.get("which") == "same":
        return _beside(plain, parts, before, text=text)
    if published is None or _is_no_moment(plain, parts, text):
        return plain
    return _from_published(plain, parts, published)


def _is_no_moment(plain: SpokenDate, parts: dict[str, str | None], text: str) -> bool:
    """Whether "the last year" tells how long, or "today" means these times: a state, nothing that happens then."""
    before = text[max(0, plain.start - 14) : plain.start]
    if (parts.get("which") or "").lower() in {"last", "past"}:
        return bool(_LONG.search(before))
    if (
        (parts.get("word") or "").lower() != "today"
        or _THAT_DAY.search(before)
        or text[plain.end : plain.end + 1] in "'’"
    ):
        return False
    start, end = sentence_around(text, start=plain.start, end=plain.end)
    return not any(tense(text, start=plain.start, end=plain.end)) and bool(_STATE.search(text, start, end))


def _weekday(plain: SpokenDate, parts: dict[str, str | None], *, text: str, published: date | None) -> SpokenDate:
    """The nearest such day: up to a week back, or ahead where the sentence looks ahead."""
    if published is None:
        return plain
    number = DAYS.index((parts["weekday"] or "").lower())
    back = (published.weekday() - number) % 7
    which = (parts["which"] or "").lower()
    ahead = which in {"next", "this coming", "coming", "following"} or (
        not which and _looks_ahead(text, plain) and back != 0
    )
    if ahead or (not which and back == 6 and published.weekday() != 6):
        # Nobody says "Wednesday" on a Tuesday of a day six days ago: the article was updated, or tells of abroad. On a
        # Sunday a week is looked back on.
        return _at(plain, published + timedelta(days=(7 - back) if back else 7))
    if which in {"last", "previous"} and back == 0:
        back = 7
    return _at(plain, published - timedelta(days=back))


def _looks_ahead(text: str, plain: SpokenDate) -> bool:
    if _UNTIL_HOUR.search(text[max(0, plain.start - 30) : plain.start]):
        return True
    if re.match(r"\s(?:was|were|had)\b", text[plain.end : plain.end + 6]):
        return False
    start = max(text.rfind(mark, 0, plain.start) for mark in (". ", "\n", "; ")) + 1
    if _TOLD_THEN.search(text, start, plain.start):
        return False
    if re.search(
        r"\b(?:will|is set to|are set to|is expected|are expected|scheduled|is due|plans? to)\b",
        text[start : plain.start],
    ):
        return True
    ahead, past = tense(text, start=plain.start, end=plain.end)
    return ahead and not past


def _beside(plain: SpokenDate, parts: dict[str, str | None], before: Sequence[SpokenDate], *, text: str) -> SpokenDate:
    """A day told by the one spoken of before: the same day, a day earlier."""
    base = before[-1] if before else None
    if base is None or (
        parts.get("way") in {"before", "after"} and re.match(r"\s+\w", text[plain.end : plain.end + 9])
    ):
        return plain  # "four years after the war": it counts from the war, not from the day told before
    unit = (parts.get("what") or parts.get("units") or parts.get("unit") or "day").lower()
    way = (parts.get("side") or parts.get("way") or "same").lower()
    n = 0 if way == "same" else _number(parts.get("n") or "one")
    sign = -1 if way in {"earlier", "before", "previous"} else 1
    if unit in {"day", "week"}:
        return _at(plain, base.full + timedelta(days=sign * n * (7 if unit == "week" else 1))) if base.full else plain
    if unit == "year" and base.year:
        return replace(plain, year=base.year + sign * n)
    if unit == "month" and base.year and base.month:
        months = base.year * 12 + base.month - 1 + sign * n
        return replace(plain, year=months // 12, month=months % 12 + 1)
    return plain


def _from_published(plain: SpokenDate, parts: dict[str, str | None], published: date) -> SpokenDate:
    word = (parts.get("word") or "").lower()
    if word:
        return _at(plain, published + timedelta(days={"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)))
    unit = (parts.get("unit") or parts.get("units") or "").lower()
    which = (parts.get("which") or "").lower()
    n = -_number(parts["n"] or "one") if parts.get("way") else 1 if "next" in which else 0 if "this" in which else -1
    if unit in {"year", "decade"}:
        return replace(plain, year=published.year + (10 * n if unit == "decade" else n))
    if unit == "month":
        months = published.year * 12 + published.month - 1 + n
        return replace(plain, year=months // 12, month=months % 12 + 1)
    if unit == "day" and parts.get("way"):
        return _at(plain, published + timedelta(days=n))
    return plain


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS.get(word.lower(), 1)


def _at(plain: SpokenDate, day: date) -> SpokenDate:
    return replace(plain, year=day.year, month=day.month, day=day.day)


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month, day) if year and month and day else None
    except ValueError:
        return None
