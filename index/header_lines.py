"""Lines that stand around an article and state a fact about it: bylines, "Published …", "Last updated …", "Title: …".

Pure functions of one line. A line counts only when it is nothing but such facts; a sentence that mentions a date is not.
"""

import re
from datetime import date

from .facts import Fact, Facts
from .publishers import is_known_publisher, publisher_of_line, spell_out
from .written_dates import WrittenDate, believable, find_dates

_PUBLISHED = (
    r"(?:(?:first |originally |article |story )?(?:published|posted|issued|released|created|filed|pubdate|publi(?:sh|cation) date"
    r"|date published|release date|date of publication|posted by|publish(?:ed)?_?(?:at|on|date)?|date)(?: date| time| on| at)?)"
)
_UPDATED = r"(?:(?:last |latest |recently )?(?:updated?|modified|edited|revised|changed|modification)(?: date| time| on| at)?|date modified)"
_LABEL = re.compile(rf"\b(?:(?P<updated>{_UPDATED})|(?P<published>{_PUBLISHED}))\b\s*[:\-–—]?", re.I)
_TIME = re.compile(
    r"\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?:\s*[ap]\.?\s?m\b\.?)?(?:\s*[-+]\d{2}:?\d{2}\b)?|\b\d{1,2}\s*[ap]\.?\s?m\b\.?",
    re.I,
)
_ZONE = re.compile(
    r"(?<=[\s\d(])(?:GMT|UTC|BST|CET|CEST|EET|EEST|MSK|[ECMP][SD]?T|IST|JST|KST|AEST|AEDT|SGT|HKT|WIB|local time|Moscow time|Astana time|Z"
    r")(?:\s*[-+]\s*\d{1,2}(?::?\d{2})?)?(?![A-Za-z])",
)
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?", re.I)
_FILLER = re.compile(r"\b(?:on|at|in|and|the|of|as)\b|[\s,;:|/()\[\]•·–—.-]+", re.I)
_NOTE = re.compile(
    r"\b(?:this|the) (?:article|story|report|post|piece|page|item|analysis|column)\b.{0,40}?\b(?:(?P<published>(?:originally |first )?(?:published|appeared|posted|ran))"
    r"|(?P<updated>updated|revised|amended|corrected|modified|edited))\b.{0,40}$",
    re.I | re.S,
)

_NAME_WORD = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*|de|del|van|von|der|den|da|di|la|le|al|el|bin|ibn|dos|du|ter|ten|y|bint|af|av)"
_NAME = rf"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*(?: {_NAME_WORD}){{0,4}}"
_NAMES = rf"{_NAME}(?:(?:,? and |,? & |, ){_NAME}){{0,6}}"
_BY = re.compile(
    rf"(?:(?:written |reported |story |words |text |analysis |opinion |reporting |report |article |compiled |edited )?by:?|author(?:s|\(s\))?:|reporters?:|writer:|correspondent:|posted by:?)\s+(?P<names>{_NAMES})",
    re.I,
)
_ROLE = re.compile(
    r"(?:(?:our |special |senior |chief |staff |foreign |political |business |science |health |economics |diplomatic |own |regional |national |"
    r"deputy |managing |news |world |sports |energy |defen[cs]e )*(?:correspondent|reporter|staff writer|staff reporter|writer|newsroom|news desk|web desk|"
    r"editorial board|editorial team|monitoring desk|staff|bureau|editor)s?)(?:,? (?:of|for|at|in|on|from|with|to) .{1,80}|, .{1,60})?",
    re.I,
)
_PLAIN_NAME = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-ÿ'’-]+(?: [A-Z]\.?)?(?: (?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]+|de|van|von|der|al)){1,3}"
)
_PLAIN_NAMES = re.compile(rf"{_PLAIN_NAME.pattern}(?:(?:,? and |, ){_PLAIN_NAME.pattern}){{0,4}}")
_KEYED = re.compile(
    r"(?P<key>title|headline|author|authors|by|url|link|publisher|outlet|newspaper|language)\s*[:=]\s+(?P<value>\S.*)",
    re.I,
)
_REPORTING = re.compile(rf"\(?(?:Additional )?Reporting by (?P<names>{_NAMES}?)(?: in [A-Z][\w. ]+?)?(?:[;,.)]|$)")
_MAX_CHARS = 220


def facts_of_line(line: str, *, today: date, unlabelled: bool) -> Facts | None:
    """The facts that make up a line; None when the line is something else.

    `unlabelled` lets a date that stands alone count as the date of publication: right above an article, wrong inside one.
    """
    if len(line) > _MAX_CHARS:
        return None
    keyed = _facts_of_keyed_line(line)
    if keyed:
        return keyed
    named = publisher_of_line(line)
    if named:
        return Facts(publisher=Fact(*named))
    pieces = [piece.strip() for piece in re.split(r"\s+[|•·]\s+|\t+", line) if piece.strip()]
    found = [_facts_of_piece(piece, today=today, unlabelled=unlabelled) for piece in pieces]
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


def author_of_credit(paragraph: str) -> str | None:
    """Who reported, from a closing "(Reporting by …; Editing by …)"; None when there is no such credit."""
    credit = _REPORTING.match(paragraph)
    return credit["names"] if credit else None


def is_plain_name(line: str) -> bool:
    """Could the line be one or several names of people and nothing else?"""
    return len(line) <= 100 and bool(_PLAIN_NAMES.fullmatch(line)) and not is_known_publisher(line)


def first_day(text: str, *, today: date) -> date | None:
    """The first full, believable date of a text; None when there is none."""
    return next((day for written in find_dates(text) if (day := believable(written.full, today=today))), None)


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
    names = re.fullmatch(_NAMES, value)
    return Facts(author=Fact(value, "byline")) if names and not find_dates(value) else None


def _facts_of_piece(piece: str, *, today: date, unlabelled: bool) -> Facts | None:
    dates = find_dates(piece)
    rest = _without_dates(piece, dates)
    author, rest = _take_author(rest)
    publisher, rest = _take_publisher(rest)
    if _FILLER.sub("", _LABEL.sub(" ", rest)):
        return None
    published, updated = _labelled_dates(piece, dates, today=today)
    if published is None and updated is None and dates and (unlabelled or author):
        published = believable(dates[0].full, today=today)
    if not (author or published or updated or publisher or dates):
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
    return _WEEKDAY.sub(" ", _ZONE.sub(" ", _TIME.sub(" ", piece))).strip(" ,;:-–—|/()")


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


def _take_author(rest: str) -> tuple[str | None, str]:
    by = _BY.search(rest)
    if by and not _FILLER.sub("", _LABEL.sub(" ", rest[: by.start()])):
        names, after = by["names"].strip(" ,"), rest[by.end() :].strip()
        names, outlet = _split_outlet(names)
        if re.fullmatch(r"(?:,|for|of|\||-|–|—)?\s*(?:the )?[\w ,.'’&-]{0,60}", after) and not _is_sentence(
            names + after
        ):
            return names, outlet or re.sub(r"^(?:,|for|of|\||-|–|—)\s*", "", after)
    role = _ROLE.fullmatch(rest.strip())
    if role and len(rest) <= 80 and not rest.rstrip().endswith((".", ":", "?", "!")):
        return rest.strip(), ""
    return None, rest


def _split_outlet(names: str) -> tuple[str, str]:
    """Names and the outlet after the last comma: "Jim Doe, Associated Press"."""
    head, comma, tail = names.rpartition(", ")
    if comma and is_known_publisher(tail):
        return head, tail
    return names, ""


def _is_sentence(text: str) -> bool:
    return text.endswith((".", "!", "?")) and len(text.split()) > 6


def _take_publisher(rest: str) -> tuple[str | None, str]:
    name = _FILLER.sub(" ", _LABEL.sub(" ", rest)).strip()
    return (spell_out(name), "") if name and is_known_publisher(name) else (None, rest)
