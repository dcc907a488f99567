"""Names of publishers: the agencies' short marks spelled out, and the lines that name who published an article.

Pure functions of a line. What an article says *about* an outlet ("Reuters reported in May") is not its publisher.
"""

import re

_SPELLED_OUT = {
    "aa": "Anadolu Agency", "anadolu": "Anadolu Agency", "anadolu agency": "Anadolu Agency",
    "afp": "AFP", "agence france-presse": "AFP", "ani": "ANI", "ansa": "ANSA",
    "ap": "Associated Press", "associated press": "Associated Press", "the associated press": "Associated Press",
    "apa": "APA", "azertac": "AZERTAC", "bbc": "BBC", "bbc news": "BBC News", "belta": "BelTA",
    "bernama": "Bernama", "bloomberg": "Bloomberg", "bloomberg news": "Bloomberg", "cna": "CNA", "cnn": "CNN",
    "cnn business": "CNN Business", "cnn travel": "CNN Travel", "cp": "Canadian Press", "dpa": "dpa",
    "efe": "EFE", "ians": "IANS", "interfax": "Interfax", "irna": "IRNA", "itar-tass": "TASS", "jiji": "Jiji Press",
    "kcna": "KCNA", "kazinform": "Kazinform", "kuna": "KUNA", "kyodo": "Kyodo News", "kyodo news": "Kyodo News",
    "lusa": "Lusa", "mena": "MENA", "nbc news": "NBC News", "npr": "NPR", "pa": "PA Media", "pa media": "PA Media",
    "pap": "PAP", "petra": "Petra", "pti": "PTI", "reuters": "Reuters", "ria novosti": "RIA Novosti",
    "sana": "SANA", "spa": "Saudi Press Agency", "sputnik": "Sputnik", "tass": "TASS", "the canadian press":
    "Canadian Press", "the conversation": "The Conversation", "trend": "Trend", "ukrinform": "Ukrinform", "uni": "UNI",
    "unian": "UNIAN", "upi": "UPI", "usa today": "USA TODAY", "wam": "WAM", "wafa": "WAFA", "xinhua": "Xinhua",
    "yonhap": "Yonhap", "zaman": "Zaman", "belga": "Belga", "ntb": "NTB", "tt": "TT", "stt": "STT", "anp": "ANP",
    "tanjug": "Tanjug", "agerpres": "AGERPRES", "mti": "MTI", "ctk": "CTK", "bta": "BTA", "hina": "HINA",
    "al jazeera": "Al Jazeera", "antara": "Antara", "vna": "VNA", "mehr": "Mehr", "tasnim": "Tasnim", "wsj":
    "The Wall Street Journal", "politico": "Politico", "axios": "Axios", "the guardian": "The Guardian",
    "the new york times": "The New York Times", "the washington post": "The Washington Post", "akipress": "AKIpress",
    "24.kg": "24.kg", "uzdaily": "UzDaily", "report": "Report", "1news": "1news", "bna": "BNA", "ina": "INA",
    "aps": "APS", "tap": "TAP", "map": "MAP", "nan": "NAN", "app": "APP", "bss": "BSS", "unb": "UNB",
}  # fmt: skip

_SOURCE = re.compile(r"(?:source|publisher|published (?:by|in))\s*:\s*(?P<name>.{2,80}?)\.?", re.I)
_COPYRIGHT = re.compile(
    r"(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:(?:19|20)?\d\d))?)?"
    r"[\s,]*(?:by\s+)?(?P<name>.{2,80}?)"
    r"(?=,?\s*(?:(?:19|20)\d\d)?[\s.,|]*(?:all rights reserved.*|$))(?:,?\s*(?:(?:19|20)\d\d)?)[\s.,|]*(?:all rights.*)?",
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
    return name.strip().lower() in _SPELLED_OUT


def spell_out(name: str) -> str:
    """The full name behind an agency's mark, so that one publisher has one name; an unknown name stays as it is.

    >>> spell_out("AA"), spell_out("Valley Herald")
    ('Anadolu Agency', 'Valley Herald')
    """
    name = " ".join(name.split()).strip(" .,;:-–—|/")
    return _SPELLED_OUT.get(name.lower(), name)


def publisher_of_line(line: str) -> tuple[str, str] | None:
    """Publisher and origin ("source line", "copyright line") that a line of its own states; None when it states none."""
    source = _SOURCE.fullmatch(line)
    if source and not re.search(r"https?://|@", source["name"]) and len(source["name"].split()) <= 8:
        return spell_out(source["name"]), "source line"
    notice = _COPYRIGHT.fullmatch(line) if _YEAR_OR_RIGHTS.search(line) else None
    if notice and len(notice["name"].split()) <= 8 and re.search(r"[A-Za-z]{2}", notice["name"]):
        return spell_out(notice["name"]), "copyright line"
    return None


def publisher_of_lead(paragraph: str, *, has_dateline: bool) -> str | None:
    """Who reports, when the first paragraph says so of itself: "…, Trend reports via the ministry."

    The short form "…, X reports." names the publisher only behind a dateline; elsewhere it may well quote another outlet.
    """
    found = _REPORTS_VIA.search(paragraph) or (_REPORTS.search(paragraph) if has_dateline else None)
    return spell_out(found["name"]) if found else None
