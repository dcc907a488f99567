"""Numbers, sums of money, percentages and spans of time in a text, each with its unit as it stands there.

Pure. Which of them answers a question is not decided here.
"""

import re
from dataclasses import dataclass
from typing import Literal

QuantityKind = Literal["number", "money", "share", "duration"]

_SMALL = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|"
    r"nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_WORD_NUMBER = (
    rf"(?:(?:{_SMALL})(?:[-\s](?:{_SMALL}))?|(?:a|one|two|three|four|five|six|seven|eight|nine"
    rf"|several) (?:hundred|dozen)|dozens|hundreds|thousands|millions|billions|half|a third|two-thirds"
    rf"|a quarter|three-quarters)"
)
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_SCALE = r"(?:[\s\u00a0-]?(?:hundred|thousand|million|billion|trillion|mln|bln|tln|bn|m|k)\b)"
_RANGE = rf"(?:(?:{_FIGURE}|{_WORD_NUMBER}){_SCALE}?(?:\s?(?:-|–|to|and)\s?(?=[$€£]?\d)[$€£]?(?:{_FIGURE}){_SCALE}?)?)"
_CURRENCY = r"(?:US\$|U\.S\.\s?\$|A\$|C\$|\$|€|£|¥|₽|₸|₹)"
_CURRENCY_WORD = (
    r"(?:(?:US|U\.S\.|Canadian|Australian)\s)?(?:dollars?|euros?|pounds?|yen|yuan|roubles?|rubles?"
    r"|tenge|rupees?|francs?|kron(?:or|er|a)|"
    r"lira|hryvnias?|zlotys?|won|pesos?|reais|cents|pence|USD|EUR|GBP|RUB|KZT)"
)
_TIME_UNIT = (
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|year|month|day|week|hour|minute)"
)
_MEASURE = (
    r"(?:(?:square|cubic|metric|nautical)\s)?(?:kilomet(?:er|re)s?|met(?:er|re)s?|centimet(?:er|re)s?"
    r"|millimet(?:er|re)s?|miles?|feet|foot|inch(?:es)?|"
    r"yards?|acres?|hectares?|km|cm|mm|kg|kilograms?|grams?|pounds?|tons?|tonnes?|lit(?:er|re)s?"
    r"|gallons?|barrels?|megawatts?|gigawatts?|"
    r"kilowatts?|MW|GW|mph|km/h|knots|degrees(?:\s(?:Celsius|Fahrenheit))?|°[CF]|bcm|points?|votes?"
    r"|seats?)(?:\s(?:of|per|a)\s[\w-]+)?"
)
_PATTERNS: tuple[tuple[QuantityKind, re.Pattern[str]], ...] = (
    ("share", re.compile(rf"\b(?:{_RANGE})\s?(?:%|percent\b|per\scent\b|percentage\spoints?\b)", re.I)),
    (
        "money",
        re.compile(
            rf"{_CURRENCY}\s?(?:{_RANGE})|\b(?:{_RANGE})\s{_CURRENCY_WORD}\b|\b(?:USD|EUR|GBP)\s?(?:{_RANGE})", re.I
        ),
    ),
    ("duration", re.compile(rf"\b(?:{_RANGE})[\s-]{_TIME_UNIT}\b(?![\s-]old)", re.I)),
    ("number", re.compile(rf"\b(?:{_RANGE})\s{_MEASURE}(?![\w])", re.I)),
    ("number", re.compile(rf"(?<![\w.,$€£/:-])(?:\d+\s?[-–]\s?\d+|{_RANGE})(?!\w|%|[.,:]\d|\s?[ap]\.?m\b)", re.I)),
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at `[start, end)` of a text: with its currency, percent sign or unit of measure."""

    start: int
    end: int
    text: str
    kind: QuantityKind


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of a text, in order, disjoint. Figures of dates are numbers too: the caller knows the dates.

    >>> [(q.text, q.kind) for q in find_quantities("It paid $5 million, 3% more, for 12 trams in two years")]
    [('$5 million', 'money'), ('3%', 'share'), ('12', 'number'), ('two years', 'duration')]
    """
    found: list[Quantity] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(other.start < end and start < other.end for other in found):
                found.append(Quantity(start, end, match.group(), kind))
    return sorted(found, key=lambda quantity: quantity.start)


_VALUES = {word: n for n, word in enumerate(_SMALL.split("|")[:20], start=1)} | {
    word: n * 10 for n, word in enumerate(_SMALL.split("|")[19:], start=2)
}


def figures(text: str) -> frozenset[str]:
    """The numbers of a text in plain figures, grouping commas dropped: "Fifteen of 1,500" → {"15", "1500"}."""
    plain = {re.sub(r",(?=\d{3})", "", figure) for figure in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)}
    return frozenset(plain | {str(_VALUES[word]) for word in re.findall(r"[a-z]+", text.lower()) if word in _VALUES})
