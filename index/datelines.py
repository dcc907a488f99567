"""Datelines: place, day and agency at the head of a news report, in the forms that agencies use.

"LONDON, May 3 (Reuters) - ", "WASHINGTON (AP) — ", "ASTANA, March 24. /TASS/. ", "BERLIN, 3 May 2024, dpa – ", "KYIV — ",
"(CNN) ", "New York CNN Business — ". One pure function; what looks like a dateline but could be something else
("WATCH: …", "EXCLUSIVE — …") is not one.
"""

import re
from dataclasses import dataclass

from .publishers import is_known_publisher, spell_out
from .written_dates import DATE, MONTH, WrittenDate, find_dates

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶŁĻŃŅŇŌŐŘŚŞŠŤŪŮŰŹŻŽȘȚ"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_NO_DATE = rf"(?!(?i:{MONTH}\b|{_WEEKDAY}\b))"
_CAPS_WORD = rf"[{_UPPER}][{_UPPER}.'’]*[{_UPPER}.]"
_CAPS_PLACE = rf"(?P<place>{_CAPS_WORD}(?:(?:[ -]| ?/ ?){_CAPS_WORD}|[ -](?:de|del|la|al|el|of|and)(?=[ -])){{0,5}})"
_MIXED_WORD = rf"{_NO_DATE}[{_UPPER}][\w.'’]*"
_MIXED_PLACE = rf"(?P<place>{_MIXED_WORD}(?:[ /-](?:and |de |al-|el-)?{_MIXED_WORD}){{0,3}})"
_REGION = rf"(?P<region>(?:,\s+{_MIXED_WORD}(?: {_MIXED_WORD}){{0,3}}(?=\s*[,.(/–—:-]|\s*$)){{0,2}})"
_DAY = rf"(?:,?\s+(?:{_WEEKDAY}\.?,?\s+)?(?P<date>{DATE}))?"
_MARK = r"(?:[.,]?\s*(?:\((?P<paren>[^()\n]{2,40})\)|/(?P<slash>[^/\n]{2,40})/))?"
_BARE = r"(?:[.,]?\s*[-–—]?\s*(?P<bare>[A-Za-z0-9][\w.]*(?: [A-Z][\w.]*){0,2}))?"
_END = r"\s*(?P<end>-{1,3}(?=\s|$)|[–—―]|--|[.:](?=\s|$)|,(?=\s)|(?=\S)|$)\s*"
_CAPS = re.compile(_CAPS_PLACE + _REGION + "(?i:" + _DAY + ")" + _MARK + _END)
_CAPS_BARE = re.compile(_CAPS_PLACE + _REGION + "(?i:" + _DAY + ")" + _BARE + _END)
_MIXED = re.compile(_MIXED_PLACE + _REGION + "(?i:" + _DAY + ")" + _MARK + _END)
_MIXED_BARE = re.compile(_MIXED_PLACE + _REGION + "(?i:" + _DAY + ")" + _BARE + _END)
_ONLY_MARK = re.compile(r"(?:\((?P<paren>[^()\n]{2,40})\)|/(?P<slash>[^/\n]{2,40})/)" + _END)
_OUTLET_DASH = re.compile(
    rf"(?:(?P<place>{_MIXED_WORD}(?:(?:,? (?:and |de )?){_MIXED_WORD}){{0,5}}?),? )?(?P<bare>CNN(?: [A-Z]\w+)?|AP|AFP|Reuters)"
    r"\s*(?P<end>[–—]|--?(?=\s))\s*"
)
_NOT_PLACES = frozenset(
    ["advertisement", "alert", "analysis", "answer", "audio", "breaking", "caption", "column", "comment", "commentary", "contact", "correction", "corrections", "corrects", "details", "developing", "disclaimer", "editor's", "editorial", "exclusive", "explainer", "fact", "fyi", "gallery", "graphic", "headline", "highlights", "how", "idea", "info", "interview", "just", "key", "latest", "listen", "live", "live:", "map", "media", "more", "news", "note", "notes", "now", "opinion", "photo", "photos", "pictures", "podcast", "poll", "question", "quiz", "quote", "read", "recap", "recipe", "related", "report", "review", "rewrite", "see", "sign", "source", "spoiler", "spoilers", "story", "subscribe", "summary", "takeaways", "timeline", "tip", "tips", "topline", "transcript", "trending", "tweet", "update", "updated", "updates", "video", "videos", "view", "warning", "watch", "what", "when", "where", "which", "who", "why", "write"]
)
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
    for pattern, accept in (
        (_ONLY_MARK, _accept_only_mark),
        (_CAPS, _accept_caps),
        (_MIXED, _accept_mixed),
        (_OUTLET_DASH, _accept_outlet),
        (_CAPS_BARE, _accept_bare),
        (_MIXED_BARE, _accept_bare),
    ):
        match = pattern.match(head)
        if match and accept(match):
            return _dateline(match)
    return None


def _dateline(match: re.Match[str]) -> Dateline:
    groups = match.groupdict()
    mark = groups.get("paren") or groups.get("slash") or groups.get("bare")
    days = find_dates(groups.get("date") or "") or find_dates(mark or "")
    agency = re.split(r",\s|\s/\s", mark)[0] if mark else None
    place = groups.get("place")
    return Dateline(
        end=match.end(),
        place=_in_title_case(place) if place else None,
        agency=spell_out(agency) if agency else None,
        day=days[0] if days else None,
    )


def _in_title_case(place: str) -> str:
    """ "NEW DELHI" → "New Delhi"; initials such as U.S. and D.C. and mixed case stay."""
    if not place.isupper():
        return place
    pieces = re.split(r"([\s/-]+)", place)
    return "".join(piece if "." in piece[:-1] else piece.capitalize() for piece in pieces)


def _is_dash(match: re.Match[str]) -> bool:
    return match["end"][:1] in ("-", "–", "—", "―")


def _could_be_place(match: re.Match[str]) -> bool:
    words = re.split(r"[\s/-]+", match["place"].lower())
    letters = sum(char.isalpha() for char in match["place"])
    return words[0].strip(".'’") not in _NOT_PLACES and letters >= 3


def _looks_like_agency(mark: str | None) -> bool:
    if not mark:
        return False
    name = re.split(r",\s", mark)[0]
    return is_known_publisher(name) or (name[:1].isupper() and len(name.split()) <= 4 and not re.search(r"\d{2}", name))


def _accept_only_mark(match: re.Match[str]) -> bool:
    name = re.split(r",\s", match["paren"] or match["slash"])[0]
    return is_known_publisher(name) or (bool(match["slash"]) and name.isupper() and name.isalpha())


def _accept_caps(match: re.Match[str]) -> bool:
    if not _could_be_place(match):
        return False
    mark = match["paren"] or match["slash"]
    if mark:
        name = re.split(r",\s", mark)[0]
        return is_known_publisher(name) or (_looks_like_agency(mark) and (_is_dash(match) or bool(match["slash"])))
    if _is_dash(match):
        return True
    return (match["end"] == "." and bool(match["date"])) or (match["end"] == ":" and not match["region"])


def _accept_mixed(match: re.Match[str]) -> bool:
    if not _could_be_place(match):
        return False
    mark = match["paren"] or match["slash"]
    known = is_known_publisher(re.split(r",\s", mark)[0]) if mark else False
    if match["date"]:
        return known or (_is_dash(match) and (not mark or _looks_like_agency(mark)))
    return known and (_is_dash(match) or match["end"] in (".", ":") or bool(match["slash"]))


def _accept_outlet(match: re.Match[str]) -> bool:
    return not match["place"] or _could_be_place(match)


def _accept_bare(match: re.Match[str]) -> bool:
    """A bare agency name needs to be one that we know, and to be set off from what follows."""
    bare = match["bare"]
    if not bare or not is_known_publisher(bare) or not _could_be_place(match):
        return False
    return _is_dash(match) or (match["end"] in (".", ":", ",") and (bool(match["date"]) or bare.isupper()))
