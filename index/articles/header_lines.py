"""Lines that stand around an article and state a fact about it: bylines, "Published …", "Last updated …", "Title: …".

Pure functions of one line. A line counts only when it is nothing but such facts; a sentence that mentions a date is
not.
"""

import re
from datetime import date

from .bylines import (
    is_name_list,
    is_outlet,
    is_plain_name,
    name_before_place,
    outlet_name,
    take_author,
    take_publisher,
    without_filler,
)
from .facts import Fact, Facts
from .publishers import is_known_publisher, publisher_of_line, spell_out
from .written_dates import WrittenDate, believable, find_dates

_PUBLISHED = (
    r"(?:(?:first |originally |article |story )?(?:published|posted|issued|released|created|filed|pubdate"
    r"|date published"
    r"|publi(?:sh|cation) date|release date|date of publication|publish(?:ed)?_(?:at|on|date)|date)(?: date"
    r"| time| on| at)?)"
)
_UPDATED = (
    r"(?:(?:last |latest |recently )?(?:updated?|modified|edited|revised|changed|modification)(?: date| time| on| at)?"
    r"|date modified)"
)
_LABEL = re.compile(rf"\b(?:(?P<updated>{_UPDATED})|(?P<published>{_PUBLISHED}))\b\s*[:\-–—]?", re.I)
_AM_PM = r"\s*[ap]\.?\s?m\b\.?"
_TIME = re.compile(
    rf"\b\d{{1,2}}[:.h]\d{{2}}(?:[:.]\d{{2}}(?:\.\d+)?)?(?:{_AM_PM})?(?:\s*[-+]\d{{2}}:?\d{{2}}\b)?|\b\d{{1,2}}{_AM_PM}"
    r"|\b\d{4}(?= ?(?:GMT|UTC|hrs)\b)",
    re.I,
)
_ZONE = re.compile(
    r"(?<=[\s\d(])(?:GMT|UTC|BST|CET|CEST|EET|EEST|MSK|[ECMP][SD]?T|IST|JST|KST|AEST|AEDT|SGT|HKT|WIB|Z|hrs"
    r"|(?:[Ll]ocal|Moscow|Astana|Eastern) [Tt]ime)(?:\s*[-+]\s*\d{1,2}(?::?\d{2})?)?(?![A-Za-z])",
)
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?", re.I)
_NOTE = re.compile(
    r"\b(?:this|the) (?:article|story|report|post|piece|page|item|analysis|column)\b.{0,40}?\b"
    r"(?:(?P<published>(?:originally |first )?(?:published|appeared|posted|ran))"
    r"|(?P<updated>updated|revised|amended|corrected|modified|edited))\b.{0,40}$",
    re.I | re.S,
)

_GLUED = re.compile(r"(?<=\d{4})(?=[A-Z][a-z]{2})")
_MINUTES = re.compile(r"\d+ min(?:ute)?s?[ -]read", re.I)
_RELATIVE = re.compile(
    r"\b(?:\d+|an?|one|two|few) (?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s? ago\b|\btoday\b"
    r"|\byesterday\b",
    re.I,
)
_NUMERIC = re.compile(r"\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b")
_KEYED = re.compile(
    r"(?P<key>title|headline|author|authors|by|url|link|publisher|outlet|newspaper|language)\s*[:=]\s+(?P<value>\S.*)",
    re.I,
)
_MAX_CHARS = 220


def facts_of_line(line: str, *, today: date, unlabelled: bool) -> Facts | None:
    """The facts that make up a line; None when the line is something else.

    `unlabelled` lets a date that stands alone count as the date of publication: right above an article, wrong inside
    one.
    """
    if len(line) > _MAX_CHARS:
        return None
    keyed = _facts_of_keyed_line(line)
    if keyed:
        return keyed
    named = publisher_of_line(line)
    if named:
        return Facts(publisher=Fact(*named))
    line = _GLUED.sub(" ", line)
    pieces = [piece.strip() for piece in re.split(r"\s*[|•·]\s*|\t+", line) if piece.strip()]
    found = [_facts_of_piece(piece, today=today, unlabelled=unlabelled) for piece in pieces]
    if found and found[0] is None and any(found[1:]) and is_plain_name(pieces[0]):
        found[0] = Facts(author=Fact(pieces[0], "byline"))
    known = [facts for facts in found if facts is not None]
    if not known or (len(known) < len(found) and max(map(len, pieces)) > 60):
        return None
    whole = known[0]
    for facts in known[1:]:
        whole = whole.or_else(facts)
    return whole


def facts_of_note(paragraph: str, *, today: date) -> Facts:
    """Dates from a note such as "This article was first published on 3 May 2024."; empty when it is no such note."""
    note = _NOTE.search(paragraph) if len(paragraph) <= 300 else None
    if not note:
        return Facts()
    days = [day for written in find_dates(note.group()) if (day := believable(written.full, today=today))]
    if len(set(days)) != 1:
        return Facts()
    fact = Fact(days[0], "note")
    return Facts(published=fact) if note["published"] else Facts(updated=fact)


def facts_of_name(lines: list[str], i: int, *, today: date) -> Facts | None:
    """A byline without "By": a name on a line of its own, next to the outlet, a date or the minutes of reading.

    Also the name of an outlet on a line of its own. `lines` are those above an article; `i` is the line asked about.
    In the
    very first line a name has to stand above an outlet: headlines can be two words long.
    """
    line, below = lines[i], lines[i + 1] if i + 1 < len(lines) else ""
    name = name_before_place(line)
    if is_plain_name(name):
        if below and is_outlet(below):
            return Facts(author=Fact(name, "byline"), publisher=Fact(outlet_name(below), "byline"))
        beside = [other for other in (below, lines[i - 1]) if other]
        if i > 0 and any(_MINUTES.match(other) or _is_date_line(other, today=today) for other in beside):
            return Facts(author=Fact(name, "byline"))
    if is_known_publisher(line) or (i == 0 and len(lines) > 1 and is_outlet(line)):
        return Facts(publisher=Fact(outlet_name(line), "masthead"))
    return None


def _is_date_line(line: str, *, today: date) -> bool:
    facts = facts_of_line(line, today=today, unlabelled=True)
    return facts is not None and bool(facts.published or facts.updated)


def _facts_of_keyed_line(line: str) -> Facts | None:
    keyed = _KEYED.fullmatch(line)
    if not keyed:
        return None
    key, value = keyed["key"].lower(), keyed["value"].strip()
    if key in ("title", "headline"):
        return Facts(title=Fact(value, "title line"))
    if key in ("url", "link"):
        return Facts(url=Fact(value, "url line")) if re.match(r"https?://\S+$", value) else None
    if key in ("publisher", "outlet", "newspaper"):
        return Facts(publisher=Fact(spell_out(value), "publisher line"))
    if key == "language":
        return Facts(language=Fact(value.lower()[:2], "language line"))
    return Facts(author=Fact(value, "byline")) if is_name_list(value) and not find_dates(value) else None


def _facts_of_piece(piece: str, *, today: date, unlabelled: bool) -> Facts | None:
    dates = find_dates(piece)
    rest = _LABEL.sub(" ", _without_dates(piece, dates))
    author, rest = take_author(rest)
    publisher, rest = take_publisher(rest)
    if without_filler(rest):
        return None
    published, updated = _labelled_dates(piece, dates, today=today)
    if published is None and dates and (unlabelled or author) and _is_unlabelled(piece, dates[0]):
        published = believable(dates[0].full, today=today)
    if not (author or published or updated or publisher or dates or (_LABEL.search(piece) and _NUMERIC.search(piece))):
        return None
    origin = "byline" if author else "date line"
    return (
        Facts(
            author=Fact(author, "byline") if author else None,
            publisher=Fact(publisher, "byline") if publisher and (author or dates) else None,
            published=Fact(published, origin) if published else None,
            updated=Fact(updated, "update line") if updated else None,
        )
        if author or published or updated or (publisher and dates) or _LABEL.search(piece)
        else None
    )


def _without_dates(piece: str, dates: list[WrittenDate]) -> str:
    for written in reversed(dates):
        piece = piece[: written.start] + " " + re.sub(r"^T(?=\d)", " ", piece[written.end :])
    piece = _NUMERIC.sub(" ", _RELATIVE.sub(" ", piece))
    return _WEEKDAY.sub(" ", _ZONE.sub(" ", _TIME.sub(" ", piece))).strip(" ,;:-–—|/()")


def _is_unlabelled(piece: str, written: WrittenDate) -> bool:
    """No label before it, and no colon behind it, as the days of a diary or a timeline have."""
    return not _LABEL.search(piece[: written.start]) and not piece.endswith(":")


def _labelled_dates(piece: str, dates: list[WrittenDate], *, today: date) -> tuple[date | None, date | None]:
    """(published, updated): each date belongs to the last label before it."""
    published = updated = None
    labels = list(_LABEL.finditer(piece))
    for written in dates:
        label = next((label for label in reversed(labels) if label.start() < written.start), None)
        day = believable(written.full, today=today)
        if label is None or day is None:
            continue
        if label["updated"]:
            updated = updated or day
        else:
            published = published or day
    return published, updated
