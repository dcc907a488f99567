"""Names of publishers: the agencies' short marks spelled out, and the lines that name who published an article.

Pure functions of a line. What an article says *about* an outlet ("Reuters reported in May") is not its publisher.
`KNOWN_MARK` is the pattern of the names and marks known here, as they are printed.
"""

import re

# Mark (as printed) → the name that the outlet goes by. Marks that are also common words are left out.
_SPELLED_OUT = {
    "AA": "Anadolu Agency", "Anadolu": "Anadolu Agency", "Agence France-Presse": "AFP", "AP": "Associated Press",
    "The Associated Press": "Associated Press", "Bloomberg News": "Bloomberg", "CP": "Canadian Press",
    "The Canadian Press": "Canadian Press", "ITAR-TASS": "TASS", "Jiji": "Jiji Press", "Kyodo": "Kyodo News",
    "PA": "PA Media", "SPA": "Saudi Press Agency", "WSJ": "The Wall Street Journal", "RIA": "RIA Novosti",
    "Yonhap News Agency": "Yonhap", "Xinhua News Agency": "Xinhua", "Kazinform News Agency": "Kazinform",
}  # fmt: skip
_AS_THEY_ARE = (
    "24.kg", "AFP", "AGERPRES", "AKIpress", "ANI", "ANP", "ANSA", "APA", "AZERTAC", "Agencia EFE", "Al Jazeera",
    "Anadolu Agency", "Antara", "Asharq Al-Awsat", "Associated Press", "Astana Times", "Axios", "BBC", "BBC News",
    "BTA", "Belga", "BelTA", "Bernama", "Bloomberg", "CBC News", "CNA", "CNBC", "CNN", "CNN Business", "CNN Travel",
    "Canadian Press", "Caspian News", "CTK", "Deutsche Welle", "dpa", "EFE", "El Pais", "Euronews", "Financial Times",
    "Fox News", "France 24", "GLOBE NEWSWIRE", "Hina", "IANS", "IRNA", "Interfax", "Interfax-Ukraine", "Jiji Press",
    "KCNA", "KUNA", "KazTAG", "Kazinform", "Kyodo News", "Lusa", "MENA", "MTI", "Mehr", "NBC News", "NPR", "NTB",
    "PA Media", "PAP", "PR Newswire", "PTI", "Pajhwok", "Petra", "Politico", "RFE/RL", "RIA Novosti", "Reuters",
    "SANA", "STT", "Saudi Press Agency", "Sky News", "Sputnik", "TASS", "Tanjug", "Tasnim", "The Astana Times",
    "The Conversation", "The Guardian", "The New York Times", "The Times of Central Asia", "The Wall Street Journal",
    "The Washington Post", "Trend", "UNIAN", "UPI", "USA TODAY", "Ukrinform", "UzDaily", "VOA", "Voice of America",
    "WAFA", "WAM", "Xinhua", "Yonhap",
)  # fmt: skip
_NAMES = {name.lower(): name for name in _AS_THEY_ARE} | {mark.lower(): name for mark, name in _SPELLED_OUT.items()}
_PRINTED = {*_AS_THEY_ARE, *_SPELLED_OUT, *(name.upper() for name in _AS_THEY_ARE)}
KNOWN_MARK = "(?:" + "|".join(re.escape(name) for name in sorted(_PRINTED, key=len, reverse=True)) + r")(?![\w-])"

_SOURCE = re.compile(r"(?:source|publisher|published (?:by|in))\s*:\s*(?P<name>.{2,80}?)\.?", re.I)
_COPYRIGHT = re.compile(
    r"(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:(?:19|20)?\d\d))?)?"
    r"[\s,]*(?:by\s+)?(?P<name>.{2,80}?)"
    r"(?=,?\s*(?:(?:19|20)\d\d)?[\s.,|]*(?:all rights reserved.*|$))(?:,?\s*(?:(?:19|20)\d\d)?)[\s.,"
    r"|]*(?:all rights.*)?",
    re.I | re.S,
)
_YEAR_OR_RIGHTS = re.compile(r"(?:19|20)\d\d|all rights reserved|copyright", re.I)
_REPORTS_VIA = re.compile(
    r",\s+(?P<name>[A-Z0-9][\w.'’&-]*(?: [A-Z][\w.'’&-]*){0,4}) (?:reports|informs|learned|has learned|writes)"
    r"(?:,)? (?:via|citing|referring to|with reference to|quoting|from)\b"
)
_REPORTS = re.compile(r",\s+(?P<name>[A-Z0-9][\w.'’&-]*(?: [A-Z][\w.'’&-]*){0,4}) (?:reports|informs)\.(?:\s|$)")


def is_known_publisher(name: str) -> bool:
    """Is it the mark or the name of an agency or outlet that we know?"""
    return name.strip().lower() in _NAMES


def spell_out(name: str) -> str:
    """The full name behind an agency's mark, so that one publisher has one name; an unknown name stays as it is.

    >>> spell_out("AA"), spell_out("Valley Herald")
    ('Anadolu Agency', 'Valley Herald')
    """
    name = " ".join(name.split()).strip(" .,;:-–—|/")
    return _NAMES.get(name.lower(), name)


def publisher_of_line(line: str) -> tuple[str, str] | None:
    """Publisher and origin ("source line", "copyright line") that a line of its own states; None when it states
    none.
    """
    source = _SOURCE.fullmatch(line)
    if source and not re.search(r"https?://|@|;|,.*,", source["name"]) and len(source["name"].split()) <= 8:
        return spell_out(source["name"]), "source line"
    notice = _COPYRIGHT.fullmatch(line) if _YEAR_OR_RIGHTS.search(line) else None
    if notice and len(notice["name"].split()) <= 8 and re.search(r"[A-Za-z]{2}", notice["name"]):
        return spell_out(notice["name"]), "copyright line"
    return None


def publisher_of_lead(paragraph: str, *, has_dateline: bool) -> str | None:
    """Who reports, when the first paragraph says so of itself: "…, Trend reports via the ministry."

    The short form "…, X reports." names the publisher only behind a dateline; elsewhere it may well quote another
    outlet.
    """
    found = _REPORTS_VIA.search(paragraph) or (_REPORTS.search(paragraph) if has_dateline else None)
    return spell_out(found["name"]) if found else None
