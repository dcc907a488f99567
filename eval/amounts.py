"""Numbers as answers write them, with the unit that stands with them: "$1 billion", "30 per cent", "37-point", "three".

Pure. Numbers that are part of a date are not amounts; the caller says where the dates are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_VALUES: dict[str, float] = {name: value for value, name in enumerate((_SMALL + " eighteen nineteen").split())}
_TEN_NAMES = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = dict(zip(_TEN_NAMES, range(20, 100, 10), strict=True))
_SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mln": 1e6, "m": 1e6}
_SCALES |= {"billion": 1e9, "bln": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12}
_WORD = r"(?:(?:" + "|".join(_TENS) + r")(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine)\b)?|"
_WORD += "|".join(sorted(_VALUES, key=len, reverse=True)) + r")\b"
_SCALE = r"(?:\s*-?\s*(?P<scale>hundred|thousand|million|mln|billion|bln|bn|trillion|tn|[kmb](?![\w²³]))\b)?"
_DIGITS = r"(?<![\w.])(?:\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<before>US\$|\$|USD\s*|€|£)?\s*(?P<number>{_DIGITS}|\b{_WORD}){_SCALE}"
    rf"\s*(?P<after>%|per\s?cent\b|(?:US\s+|American\s+)?dollars?\b|USD\b|euros?\b|tenge\b|rubles?\b|roubles?\b)?",
    re.IGNORECASE,
)
_USD = re.compile(r"us\$|\$|usd|(?:us\s+|american\s+)?dollars?", re.IGNORECASE)
_PERCENT = re.compile(r"%|per\s?cent", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text, its currency or percent sign as "usd", "percent", or as written, and where it stands."""

    value: float
    unit: str | None
    start: int
    end: int


def amounts(text: str, *, without: Sequence[tuple[int, int]] = ()) -> tuple[Amount, ...]:
    """All numbers of a text in order, but those that touch a range of `without`.

    >>> [(amount.value, amount.unit) for amount in amounts("over $500 million, twenty-one per cent")]
    [(500000000.0, 'usd'), (21.0, 'percent')]
    """
    matches = (match for match in _AMOUNT.finditer(text) if not _touches(match.span("number"), without))
    return tuple(Amount(_value(match), _unit(match), match.start("number"), match.end()) for match in matches)


def _touches(span: tuple[int, int], ranges: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in ranges)


def _value(match: re.Match[str]) -> float:
    number = match.group("number").lower()
    scale = _SCALES[match.group("scale").lower()] if match.group("scale") else 1.0
    if number[0].isdigit():
        return float(re.sub(r"[^\d.]", "", number)) * scale
    return sum(_TENS.get(word, _VALUES.get(word, 0.0)) for word in re.split(r"[\s-]", number)) * scale


def _unit(match: re.Match[str]) -> str | None:
    sign = (match.group("before") or match.group("after") or "").strip()
    if not sign:
        return None
    if _USD.fullmatch(sign):
        return "usd"
    return "percent" if _PERCENT.fullmatch(sign) else sign.lower()
