"""Datelines: place, day and agency at the head of a news report, in the forms that agencies use.

"LONDON, May 3 (Reuters) - ", "WASHINGTON (AP) — ", "ASTANA, March 24. /TASS/. ", "BERLIN, 3 May 2024, dpa – ", "KYIV
— ",
"(CNN) ", "New York CNN Business — ". One pure function; what looks like a dateline but could be something else
("WATCH: …", "EXCLUSIVE — …", "NATO — which …") is none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from .publishers import KNOWN_MARK, is_known_publisher, spell_out
from .written_dates import DATE, MONTH, WrittenDate, find_dates

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶŁĻŃŅŇŌŐŘŚŞŠŤŪŮŰŹŻŽȘȚ"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_NO_DATE = rf"(?!(?i:{MONTH}|{_WEEKDAY})\b)"
_CAPS_WORD = rf"{_NO_DATE}(?:(?:ST|FT|MT)\.|[{_UPPER}](?:\.[{_UPPER}])+\.?|[{_UPPER}][{_UPPER}'’]*[{_UPPER}])"
_CAPS_PLACE = rf"(?P<place>{_CAPS_WORD}(?:(?:[ -]| ?/ ?){_CAPS_WORD}){{0,5}})"
_WORD = rf"{_NO_DATE}[{_UPPER}][\w.'’]*"
_PLACE = rf"(?P<place>{_WORD}(?:[ /-](?:and |de |al-|el-)?{_WORD}){{0,3}})"
_REGION = rf"(?P<region>(?:,\s+{_WORD}(?: {_WORD}){{0,3}}(?=\s*[,.(/–—:-]|\s*$)){{0,2}})"
_DAY = rf"(?:[.,]?\s+(?:(?i:{_WEEKDAY})\.?,?\s+)?(?P<date>(?i:{DATE})))?"
_MARK = r"(?:[.,]?\s*\((?P<paren>[^()\n]{2,40})\)|(?:[.,]\s*|\s+|^)/(?P<slash>[^/\n]{2,40})/)"
_KNOWN = rf"[.,]?\s*(?:[-–—]\s*)?(?P<bare>{KNOWN_MARK})"
_UNKNOWN = rf",\s+(?P<bare>[{_UPPER}][\w.]*(?: [{_UPPER}][\w.]*){{0,2}})(?=\s*[–—-])"
_DASH = r"(?:-{1,3}(?=\s|$)|[–—―]|--)"
_END = rf"\s*(?P<end>{_DASH}|[.:](?=\s|$)|,(?=\s)|(?=\S)|$)\s*"

_NEVER_IN_PLACES = frozenset(
    re.findall(
        r"\S+",
        """
        advertisement after aids alert analysis answer are as at audio bbc breaking but by caption cdc cia cnbc
        column comment commentary contact correction corrections covid details developing disclaimer editorial
        exclusive explained explainer fact faq fbi fda fifa file for from fyi gallery gdp graphic has headline her
        highlights his hiv how idea imf info interview is it its just key latest listen live map media mlb more nasa
        nato nba news nfl nhl not note notes now on opec opinion or original over photo photos pictures podcast poll
        question quiz quote read recap recipe related report review said says see sign source spoiler spoilers story
        subscribe summary takeaways that they this timeline tip tips to topline transcript trending tweet uefa
        update updated updates usa verdict video videos view warning was watch were what when where which who why
        will with you your
        """,
    )
)
_COLON_CITIES = frozenset(
    re.split(
        r"\|",
        "abu dhabi|ahmedabad|amman|ankara|baghdad|bangkok|beijing|beirut|bengaluru|berlin|brussels|cairo|"
        "chandigarh|chennai|colombo|dhaka|doha|dubai|faisalabad|gaza|geneva|guwahati|hyderabad|islamabad|"
        "istanbul|jaipur|jakarta|jammu|jeddah|jerusalem|kabul|karachi|kathmandu|kolkata|kuala lumpur|"
        "kuwait city|kyiv|lahore|london|lucknow|manama|manila|moscow|mumbai|muscat|new delhi|new york|paris|"
        "patna|peshawar|putrajaya|quetta|ramallah|rawalpindi|riyadh|sharjah|singapore|srinagar|tehran|tokyo|"
        "united nations|washington",
    )
)
_SMALL = frozenset(("au", "da", "de", "del", "der", "do", "du", "la", "le", "of", "sur", "and"))
_HEAD_CHARS = 200


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says; `end` is where the report's own first word begins."""

    end: int
    place: str | None = None
    agency: str | None = None
    day: WrittenDate | None = None


def read_dateline(paragraph: str) -> Dateline | None:
    """The dateline that a paragraph begins with; None when it begins with none.

    >>> line = read_dateline("LONDON, May 3 (Reuters) - Britain said on Friday")
    >>> line.place, line.agency, (line.day.month, line.day.day)
    ('London', 'Reuters', (5, 3))
    """
    head = paragraph[:_HEAD_CHARS]
    for pattern, accept in _FORMS:
        match = pattern.match(head)
        if match and accept(match):
            return _dateline(match)
    return None


def _dateline(match: re.Match[str]) -> Dateline:
    groups = match.groupdict()
    mark = groups.get("paren") or groups.get("slash") or groups.get("bare")
    days = find_dates(groups.get("date") or "") or find_dates(mark or "")
    place = groups.get("place")
    if place and " and " not in place:
        place = place.split(",")[0]
    return Dateline(
        end=match.end(),
        place=_in_title_case(place) if place else None,
        agency=spell_out(_name_in(mark)) if mark else None,
        day=days[0] if days else None,
    )


def _in_title_case(place: str) -> str:
    """ "NEW DELHI" → "New Delhi"; initials such as D.C. and mixed case stay."""
    if not place.isupper():
        return place.rstrip(".")
    initials = re.search(r"\.[^\W\d_]\.?$", place)
    pieces = re.split(r"([\s/-]+)", place if initials else place.rstrip("."))
    spelled = [piece if "." in piece[:-1] else piece.capitalize() for piece in pieces]
    return "".join(piece.lower() if i and piece.lower() in _SMALL else piece for i, piece in enumerate(spelled))


def _name_in(mark: str) -> str:
    """The agency in a mark that may hold more: "TASS, March 24", "PTI / Reuters"."""
    return re.split(r",\s|\s/\s", mark)[0]


def _is_dash(match: re.Match[str]) -> bool:
    return bool(re.match(_DASH, match["end"] + " "))


def _could_be_place(match: re.Match[str]) -> bool:
    words = re.split(r"[\s/-]+", match["place"].lower())
    letters = sum(char.isalpha() for char in match["place"])
    return letters >= 3 and not any(word.strip(".'’") in _NEVER_IN_PLACES for word in words)


def _report_begins(match: re.Match[str]) -> bool:
    """Does what follows begin like a sentence? "NATO — which …" does not."""
    after = match.string[match.end() : match.end() + 1]
    return not after.islower()


def _accept_mark_alone(match: re.Match[str]) -> bool:
    name = _name_in(match["paren"] or match["slash"])
    return is_known_publisher(name) or (bool(match["slash"]) and name.isupper() and name.isalpha())


def _accept_marked_caps(match: re.Match[str]) -> bool:
    name = _name_in(match["paren"] or match["slash"])
    return _could_be_place(match) and (
        is_known_publisher(name) or ((_is_dash(match) or bool(match["slash"])) and _is_name(name))
    )


def _accept_marked(match: re.Match[str]) -> bool:
    name = _name_in(match["paren"] or match["slash"])
    if not _could_be_place(match):
        return False
    if is_known_publisher(name):
        return bool(match["date"]) or bool(match["slash"]) or _is_dash(match) or match["end"] in (".", ":")
    return bool(match["date"]) and _is_dash(match) and _is_name(name)


def _is_name(mark: str) -> bool:
    return mark[:1].isupper() and len(mark.split()) <= 4 and not re.search(r"\d\d", mark)


def _accept_known(match: re.Match[str]) -> bool:
    """A bare agency name has to be set off from what follows, or it is the sentence's subject."""
    if not _could_be_place(match):
        return False
    return _is_dash(match) or (
        bool(match["date"]) and (match["end"] in (".", ":", ",") or match.end() == len(match.string))
    )


def _accept_unknown(match: re.Match[str]) -> bool:
    return bool(match["date"]) and _could_be_place(match) and _is_dash(match) and _report_begins(match)


def _accept_caps(match: re.Match[str]) -> bool:
    if not _could_be_place(match) or not _report_begins(match) or is_known_publisher(match["place"]):
        return False
    if match["end"] == ":":  # the form of South Asia and the Gulf; in transcripts it is a speaker
        return match["place"].lower() in _COLON_CITIES
    return _is_dash(match) or (match["end"] == "." and bool(match["date"]))


def _accept_dated(match: re.Match[str]) -> bool:
    return bool(match["date"]) and _could_be_place(match) and _is_dash(match) and _report_begins(match)


def _accept_outlet(match: re.Match[str]) -> bool:
    return not match["place"] or _could_be_place(match)


_OUTLET = (
    rf"(?:(?P<place>{_WORD}(?:(?:,? (?:and |de )?){_WORD}){{0,5}}?),? )?"
    rf"(?P<bare>{KNOWN_MARK})\s*(?P<end>[–—]|--?(?=\s))\s*"
)
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (re.compile(_MARK + _END), _accept_mark_alone),
    (re.compile(_CAPS_PLACE + _REGION + _DAY + _MARK + _END), _accept_marked_caps),
    (re.compile(_PLACE + _REGION + _DAY + _MARK + _END), _accept_marked),
    (re.compile(_PLACE + _REGION + _DAY + _KNOWN + _END), _accept_known),
    (re.compile(_CAPS_PLACE + _REGION + _DAY + _KNOWN + _END), _accept_known),
    (re.compile(_OUTLET), _accept_outlet),
    (re.compile(_PLACE + _REGION + _DAY + _UNKNOWN + _END), _accept_unknown),
    (re.compile(_CAPS_PLACE + _REGION + _DAY + _END), _accept_caps),
    (re.compile(_PLACE + _REGION + _DAY + _END), _accept_dated),
)
