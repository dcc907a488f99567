"""Days told by another day: "on Friday", "last week", "two years ago" by the day of publication, "a day earlier" by the
day spoken of before.

Pure. What no day is known for, and what is no day at all ("every Monday", "in the last year"), stays without one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from .spoken_date import DAYS, SpokenDate
from .stretches import quarter_of, week_of, weekend_of
from .tense import sentence_around, tense, way_of

_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "a couple of": 2,
}  # fmt: skip
_WEEKDAY = re.compile(
    r"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his past|[Tt]his coming|past|[Cc]oming|previous|following)\s)?"
    r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_RELATIVE = re.compile(
    r"\b(?:(?P<word>today|tonight|last night|yesterday|tomorrow|this (?:morning|afternoon|evening))"
    r"|(?P<which>(?:(?:earlier|later|late|early|mid|the end of)[\s-])?(?:this past|this coming|this|last|next|past"
    r"|previous|same|coming))\s(?P<unit>week|weekend|month|year|quarter|day)"
    r"|the\s(?P<weekend>weekend)"
    rf"|(?<![\d,.])(?<!half\s)(?P<n>{'|'.join(sorted(_WORDS, key=len, reverse=True))}|\d{{1,3}})\s"
    r"(?P<units>day|week|month|year|decade|centur)(?:s|y|ies)?\s(?P<way>ago|earlier|before|later|after)"
    r"|the\s(?P<side>next|following|previous|same)\s(?P<what>day|week|month|year)"
    r"|(?:on|by|until|from|before|after|since)\sthe\s(?P<date>[12]?\d|3[01])(?:st|nd|rd|th)(?=[.,;)]|\s(?:and|at|when|after"
    r"|before|he|she|they|we|in|it)\b))\b",
    re.I,
)
_UNTIL_HOUR = re.compile(r"\b(?:until|till|by|before|through|ahead of)\s(?:[\d:]+\s?[ap]\.?m\.?\s(?:on\s)?)?\Z")
_NAMED_BEFORE = re.compile(
    r"\b(?:USA|Japan|[Ee]very|[Ee]ach|Black|Cyber|Super|Good|Ash|Giving|Easter|Palm|Bloody|Fat|Shrove|Taco|Casual)\s\Z"
)
_NAMED_BEHIND = re.compile(r"\s(?:Night\s(?:Live|Football|Lights)|Evening\sPost|[Ss]how\b)")
# "in the last year": how long, not which year. "There are more today": these times, not that day.
_LONG = re.compile(r"\b(?:for|over|in|during|within|of|throughout) the\s\Z", re.I)
_STATE = re.compile(r"\b(?:is|are|has|have|do|does|don['’]t|doesn['’]t|can|may)\b(?!\s\w+ing\b)|\bmore than\b", re.I)
_THAT_DAY = re.compile(r"\b(?:earlier|later|until|till|by|from|as of|effective|due)\s\Z", re.I)
_LISTED = re.compile(
    r"(?:\s(?:morning|afternoon|evening|night))?(?:,?\s(?:and|or|to|through|until)|\s?[-–,])\s?(?:on\s)?"
)
_N_BACK = 500  # characters: a day named farther back is not the one meant by "the same day"


def find_relative(text: str) -> Iterator[re.Match[str]]:
    """Where a text tells a day by another, names like "USA Today" and what comes every week left out; in no order."""
    for pattern in (_WEEKDAY, _RELATIVE):
        yield from (match for match in pattern.finditer(text) if not _is_no_day(match, text))


def _is_no_day(match: re.Match[str], text: str) -> bool:
    """Whether a word of a day is only part of a name, or of what happens again and again."""
    if match.group() == "This Morning":
        return True
    return bool(
        _NAMED_BEFORE.search(text, max(0, match.start() - 12), match.start()) or _NAMED_BEHIND.match(text, match.end())
    )


def resolve(match: re.Match[str], before: Sequence[SpokenDate], *, text: str, published: date | None) -> SpokenDate:
    """The day of one that was found, by the day of publication or those `before` it; without one where it is open."""
    parts = match.groupdict()
    plain = SpokenDate(match.start(), match.end(), match.group(), stated=False)
    if parts.get("weekday"):
        return _weekday(plain, parts, before, text=text, published=published)
    if parts.get("date"):
        return _of_month(plain, int(parts["date"] or 0), before, text=text, published=published)
    if parts.get("side") or parts.get("way") in {"earlier", "before", "later", "after"} or parts.get("which") == "same":
        return _beside(plain, parts, before, text=text)
    if published is None or _is_no_moment(plain, parts, text):
        return plain
    return _from_published(plain, parts, text=text, published=published)


def _is_no_moment(plain: SpokenDate, parts: dict[str, str | None], text: str) -> bool:
    """Whether "the last year" tells how long, or "today" means these times: a state, nothing that happens then."""
    before = text[max(0, plain.start - 14) : plain.start]
    if (parts.get("which") or "").lower() in {"last", "past"} and parts.get("unit") != "weekend":
        return bool(_LONG.search(before))
    if (
        (parts.get("word") or "").lower() != "today"
        or _THAT_DAY.search(before)
        or text[plain.end : plain.end + 1] in "'’"
    ):
        return False
    start, end = sentence_around(text, start=plain.start, end=plain.end)
    return not any(tense(text, start=plain.start, end=plain.end)) and bool(_STATE.search(text, start, end))


def _weekday(
    plain: SpokenDate,
    parts: dict[str, str | None],
    before: Sequence[SpokenDate],
    *,
    text: str,
    published: date | None,
) -> SpokenDate:
    """The nearest such day: up to a week back, or ahead where the clause looks ahead."""
    number = DAYS.index((parts["weekday"] or "").lower())
    which = (parts["which"] or "").lower()
    named = _last_full(before, plain) if which in {"following", "previous"} else None
    if named:
        there = (number - named.weekday()) % 7 or 7 if which == "following" else -((named.weekday() - number) % 7 or 7)
        return _at(plain, named + timedelta(days=there))
    if published is None:
        return plain
    back = (published.weekday() - number) % 7
    listed = _listed(plain, before, text)
    if listed and not which:
        return _at(plain, listed + timedelta(days=(number - listed.weekday()) % 7 or 7))
    way = "ahead" if _UNTIL_HOUR.search(text[max(0, plain.start - 30) : plain.start]) else _way(plain, text)
    if way == "would" and not which:
        told = _told_in_sentence(plain, before, text)
        if told:
            return _at(plain, told + timedelta(days=(number - told.weekday()) % 7 or 7))
    owned = text[plain.end : plain.end + 2] in {"'s", "’s"}  # "after Friday's reversal": of a day known already
    looks_ahead = (way == "ahead" and back != 0) or (way == "would" and back > 1 and not owned)
    if which == "this":
        looks_ahead = way != "past" and back != 0
    ahead = which in {"next", "this coming", "coming", "following"} or (which in {"", "this"} and looks_ahead)
    if ahead or (not which and back == 6 and published.weekday() != 6):
        # Nobody says "Wednesday" on a Tuesday of a day six days ago: the article was updated, or tells of abroad. On a
        # Sunday a week is looked back on.
        return _at(plain, published + timedelta(days=(7 - back) if back else 7))
    if which in {"last", "previous"} and back <= 1:
        back += 7  # yesterday is never "last Saturday"
    return _at(plain, published - timedelta(days=back))


def _way(plain: SpokenDate, text: str) -> str:
    return way_of(text, start=plain.start, end=plain.end)


def _listed(plain: SpokenDate, before: Sequence[SpokenDate], text: str) -> date | None:
    """The day before it in a list: "Saturday and Sunday"."""
    last = before[-1] if before else None
    return last.full if last and last.full and _LISTED.fullmatch(text, last.end, plain.start) else None


def _told_in_sentence(plain: SpokenDate, before: Sequence[SpokenDate], text: str) -> date | None:
    """The day in the same sentence on which it was told what "would" be."""
    start, _ = sentence_around(text, start=plain.start, end=plain.end)
    return next(
        (
            found.full
            for found in reversed(before)
            if found.full and found.start >= start and "would" in text[found.end : plain.start]
        ),
        None,
    )


def _last_full(before: Sequence[SpokenDate], plain: SpokenDate) -> date | None:
    near = (found.full for found in reversed(before) if found.full and plain.start - found.end < _N_BACK)
    return next(near, None)


def _of_month(
    plain: SpokenDate, day: int, before: Sequence[SpokenDate], *, text: str, published: date | None
) -> SpokenDate:
    """ "On the 21st": of the month spoken of, or that of publication; of the next where what is ahead is over."""
    near = (found for found in reversed(before) if found.year and found.month and plain.start - found.end < _N_BACK)
    named = next(near, None)
    if named is None and published is None:
        return plain
    year, month = (
        (named.year, named.month) if named else (published.year, published.month) if published else (None, None)
    )
    found = replace(plain, year=year, month=month, day=day)
    if named is None and published and found.full and found.full < published and _way(plain, text) == "ahead":
        found = replace(found, year=(year or 0) + int(month == 12), month=(month or 0) % 12 + 1)
    return found if found.full else plain


def _beside(plain: SpokenDate, parts: dict[str, str | None], before: Sequence[SpokenDate], *, text: str) -> SpokenDate:
    """A day told by the one spoken of before: the same day, a day earlier."""
    way = (parts.get("side") or parts.get("way") or "same").lower()
    if way in {"before", "after"} and re.match(r"\s+\w", text[plain.end : plain.end + 9]):
        return plain  # "four years after the war": it counts from the war, not from the day told before
    unit = (parts.get("what") or parts.get("units") or parts.get("unit") or "day").lower()
    near = [found for found in before if plain.start - found.end < _N_BACK]
    n = 0 if way == "same" else _number(parts.get("n") or "one")
    n = -n if way in {"earlier", "before", "previous"} else n
    if unit in {"day", "week"}:
        return _days_beside(plain, near, n=n, unit=unit, counted=bool(parts.get("n")))
    base = next((found for found in reversed(near) if found.year and (unit != "month" or found.month)), None)
    if base is None or base.year is None:
        return plain
    if unit in {"year", "decade", "centur"}:
        return replace(plain, year=base.year + n * {"year": 1, "decade": 10, "centur": 100}[unit])
    if unit == "month" and base.month:
        months = base.year * 12 + base.month - 1 + n
        return replace(plain, year=months // 12, month=months % 12 + 1)
    return plain


def _days_beside(plain: SpokenDate, near: Sequence[SpokenDate], *, n: int, unit: str, counted: bool) -> SpokenDate:
    base = next((found.full for found in reversed(near) if found.full), None)
    if base is None:
        return plain
    if unit == "day":
        return _at(plain, base + timedelta(days=n))
    return _at(plain, base + timedelta(days=7 * n)) if counted else replace(plain, stretch=week_of(base, n=n))


def _from_published(plain: SpokenDate, parts: dict[str, str | None], *, text: str, published: date) -> SpokenDate:
    word = (parts.get("word") or "").lower()
    if word:
        return _at(plain, published + timedelta(days={"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)))
    unit = (parts.get("unit") or parts.get("units") or parts.get("weekend") or "").lower()
    which = (parts.get("which") or "").lower()
    coming = re.search(r"\b(?:next|coming)\b", which)
    n = -_number(parts["n"] or "one") if parts.get("way") else 1 if coming else 0 if re.search(r"this\Z", which) else -1
    if unit in {"year", "decade", "centur"}:
        return replace(plain, year=published.year + n * {"year": 1, "decade": 10, "centur": 100}[unit])
    if unit == "month":
        months = published.year * 12 + published.month - 1 + n
        return replace(plain, year=months // 12, month=months % 12 + 1)
    if unit == "day":
        return _at(plain, published + timedelta(days=n)) if parts.get("way") else plain
    if unit == "weekend":
        past = _way(plain, text) in {"past", "open"}
        return replace(plain, stretch=weekend_of(published, which=which, past=past))
    return replace(plain, stretch=week_of(published, n=n) if unit == "week" else quarter_of(published, n=n))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS.get(word.lower(), 1)


def _at(plain: SpokenDate, day: date) -> SpokenDate:
    return replace(plain, year=day.year, month=day.month, day=day.day)
