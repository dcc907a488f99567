"""Numbers as plain values with their unit: "$1.5bn", "1,500 million dollars", "two dozen", "21st", "8:05 p.m.". Pure.

Only what can be compared comes out: a kind, a value, a unit where it is money. Numbers within dates are the caller's
to leave out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

AmountKind = Literal["number", "money", "share", "ordinal", "time"]

_UNITS = re.findall(
    r"\S+",
    """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen
""",
)
_TENS = re.findall(
    r"\S+",
    """
twenty thirty forty fifty sixty seventy eighty ninety
""",
)
_SMALL = {word: n for n, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, start=2)}
_SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT = {"k": 1e3, "m": 1e6, "mln": 1e6, "mn": 1e6, "bn": 1e9, "bln": 1e9, "b": 1e9, "tn": 1e12, "tln": 1e12}
_ORDINALS = re.findall(
    r"\S+",
    """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
""",
)
_CURRENCIES = {
    "$": "usd", "us$": "usd", "usd": "usd", "dollar": "usd", "€": "eur", "eur": "eur", "euro": "eur", "£": "gbp",
    "gbp": "gbp", "pound": "gbp", "¥": "yen", "yen": "yen", "yuan": "yuan", "₽": "rub", "rouble": "rub", "ruble": "rub",
    "rub": "rub", "tenge": "kzt", "kzt": "kzt", "₸": "kzt", "rupee": "inr", "₹": "inr", "franc": "chf", "cent": "cent",
    "krona": "kr", "kroner": "kr", "krone": "kr", "kronor": "kr", "won": "won", "peso": "peso", "lira": "lira",
}  # fmt: skip

_NUMBER_WORD = "|".join(sorted([*_SMALL, *_SCALES], key=len, reverse=True))
_SIGN = r"US\$|[$€£¥₽₸₹]"
_FIGURE = r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_LONG = "dozen|hundred|thousand|million|billion|trillion"
_PATTERN = re.compile(
    r"(?P<time>\b\d{1,2}(?::\d\d(?!\d)(?:\s?[ap]\.?m\b)?|\s?[ap]\.?m\b))"
    rf"|(?:(?P<sign>{_SIGN})\s?)?(?P<figure>{_FIGURE})"
    rf"(?:(?P<th>st|nd|rd|th)\b|(?P<glued>[kmb])\b|[\s\u00a0-]?(?P<scale>{_LONG})s?\b|\s?(?P<short>mln|mn|bln|bn|tln|tn)\b"
    r"|(?![\d,]*\d))"
    rf"|(?P<ordinal>\b(?:(?:{'|'.join(_TENS)})-)?(?:{'|'.join(_ORDINALS)})\b)"
    rf"|(?P<words>\b(?:a\s(?={_LONG}))?(?:{_NUMBER_WORD})(?:(?:[\s-]|\sand\s)(?:{_NUMBER_WORD}))*\b)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s\u00a0-]?(?:(?P<share>%|per\s?cent\b|percentage\spoints?\b|pct\b)"
    r"|(?:(?:US|U\.S\.|American|Canadian|Australian)\s)?(?P<money>dollar|euro|pound(?!s?\sof\b)|yen|yuan|rouble|ruble|tenge|rupee|franc"
    r"|cent|kron[aeo]r?|won(?!\sthe|\sa)|peso|lira|USD|EUR|GBP|RUB|KZT)s?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at `[start, end)`. `unit` is the currency of money, else empty; `exact` where figures stand."""

    start: int
    end: int
    text: str
    kind: AmountKind
    value: float
    unit: str = ""
    exact: bool = True


def amounts_of(text: str) -> list[Amount]:
    """The numbers of a text in order.

    >>> [(a.kind, a.value, a.unit) for a in amounts_of("Two paid $1.5 billion, 30 percent, by 8 p.m.")]
    [('number', 2.0, ''), ('money', 1500000000.0, 'usd'), ('share', 30.0, ''), ('time', 20.0, '')]
    """
    return list(_found(text))


def _found(text: str) -> Iterator[Amount]:
    for match in _PATTERN.finditer(text):
        start, end, parts = match.start(), match.end(), match.groupdict()
        if parts["time"]:
            yield Amount(start, end, text[start:end], "time", _hours(match.group()))
            continue
        if parts["ordinal"]:
            yield Amount(start, end, text[start:end], "ordinal", _ordinal(parts["ordinal"]), exact=False)
            continue
        value = _value(parts)
        if value is None:
            continue
        after = _AFTER.match(text, end)
        kind, unit = _unit(parts, after)
        end = after.end() if after else end
        yield Amount(start, end, text[start:end], kind, value, unit, exact=not parts["words"])


def _value(parts: dict[str, str | None]) -> float | None:
    if parts["words"]:
        return _spelt(parts["words"])
    figure, short = parts["figure"], parts["short"] or parts["glued"]
    scale = _SCALES[parts["scale"].lower()] if parts["scale"] else _SHORT[short.lower()] if short else 1.0
    try:
        return float((figure or "").replace(",", "")) * scale
    except ValueError:
        return None


def _unit(parts: dict[str, str | None], after: re.Match[str] | None) -> tuple[AmountKind, str]:
    sign = parts["sign"]
    if sign:
        return "money", _CURRENCIES[sign.lower()]
    if parts["th"]:
        return "ordinal", ""
    if after and after["share"]:
        return "share", ""
    if after and after["money"]:
        return "money", _CURRENCIES.get(after["money"].lower(), after["money"].lower())
    return "number", ""


def _spelt(words: str) -> float:
    """ "two hundred and fifty thousand" → 250000."""
    total = part = 0.0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _SMALL:
            part += _SMALL[word]
        elif word in {"hundred", "dozen"}:
            part = (part or 1.0) * _SCALES[word]
        elif word in _SCALES:
            total, part = total + (part or 1.0) * _SCALES[word], 0.0
    return total + part


def _ordinal(word: str) -> float:
    *tens, last = word.lower().split("-")
    return float(_ORDINALS.index(last) + 1 + (_SMALL[tens[0]] if tens else 0))


def _hours(text: str) -> float:
    hour, minute = re.match(r"(\d{1,2})(?::(\d\d))?", text).groups(default="0")  # type: ignore[union-attr]
    late = re.search(r"p\.?m", text, re.IGNORECASE) and int(hour) < 12
    return round(int(hour) + (12 if late else 0) + int(minute) / 60, 6)
