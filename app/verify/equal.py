"""Whether two facts are one fact in another form: dates, amounts, names. Pure; says nothing of where they stand."""

import re
from collections.abc import Collection, Iterable

from ..extractive.gazetteer import COUNTRY_OF, TITLES
from ..extractive.name_match import same_name, same_word
from ..extractive.names import Name
from ..extractive.question_words import word_set
from ..extractive.spoken_dates import DAYS, SpokenDate
from .amounts import Amount

_FIGURES = {
    word: str(n)
    for n, word in enumerate(
        re.findall(
            r"\S+",
            """
one two three four five six seven eight nine ten
""",
        ),
        1,
    )
}
_FIGURES |= {"a": "1", "an": "1"}
_APPROXIMATE = 0.03  # "nearly 5 million" may stand for 4.96 million: equal when rounded, and no further apart than this
_DROPPED = word_set("""
the of and for de inc corp ltd llc co plc company corporation group
""")
_ALIASES = {"usa": "us", "u.s": "us", "united states": "us", "america": "us", "american": "us", "u.k": "uk",
            "united kingdom": "uk", "britain": "uk", "british": "uk", "great britain": "uk", "u.n": "un",
            "united nations": "un", "e.u": "eu", "european union": "eu"}  # fmt: skip


def same_date(one: SpokenDate, other: SpokenDate) -> bool:
    """Whether `one` (a statement's) is told by `other` (a source's, resolved as far as its article tells).

    Every part that `one` states must be in `other`; a year that nothing tells is taken as it is.
    """
    weekday = weekday_of(one)
    if one.year is None and one.month is None:
        if weekday is not None:
            return weekday == weekday_of(other) or bool(other.full and other.full.weekday() == weekday)
        return _plain(one.text) == _plain(other.text)
    if one.month is not None and (one.month != other.month or (one.day is not None and one.day != other.day)):
        return False
    return one.year is None or one.year == other.year or (other.year is None and other.month is not None)


def weekday_of(date: SpokenDate) -> int | None:
    """The weekday that a date is told by, Monday 0; None where it is told otherwise."""
    found = re.search("|".join(DAYS), date.text.lower())
    return DAYS.index(found.group()) if found else None


def _plain(text: str) -> str:
    words = re.sub(r"\b(?:the|this|past|last)\b", " ", text.lower()).split()
    return " ".join(_FIGURES.get(word, word) for word in words)


def same_amount(one: Amount, other: Amount) -> bool:
    """Whether two amounts are one: equal in value and kind, or `one` is what `other` is when rounded.

    A count may stand for an ordinal or for money without its currency, never for a share.
    """
    if one.kind == "time" or other.kind == "time":
        return one.kind == other.kind and one.value % 12 == other.value % 12
    if ("share" in (one.kind, other.kind) and one.kind != other.kind) or (
        one.unit and other.unit and one.unit != other.unit
    ):
        return False
    return one.value == other.value or _rounds_to(other.value, one.value)


def _rounds_to(value: float, rounded: float) -> bool:
    if value < 1000 or abs(value - rounded) > _APPROXIMATE * value:
        return False
    digits = f"{rounded:.0f}"
    n_zeros = len(digits) - len(digits.rstrip("0"))
    return n_zeros >= 2 and round(value, -n_zeros) == rounded


def country(word: str) -> str | None:
    """One word for a country and its people: "russian" → "russia"; None for other words."""
    plain = _ALIASES.get(word, word)
    return COUNTRY_OF.get(plain) or (plain if plain in {"us", "uk"} else None)


def name_words(name: Name) -> list[str]:
    """The words of a name that tell it from others."""
    words = [word for word in name.words if word not in _DROPPED and word not in TITLES]
    return words or list(name.words)


def same_entity(one: Name, other: Name) -> bool:
    """Whether two names can mean one person, place or body."""
    if other_form(one, other):
        return True
    if {one.kind, other.kind} <= {"person", "other"}:
        return same_name(one.text, other.text) or _inside(one, other)
    return _inside(one, other)


def other_form(one: Name, other: Name) -> bool:
    """Whether two names are one by another word for it: "U.S." and "United States", "NHS" and its words in full."""
    a, b = " ".join(one.words), " ".join(other.words)
    if _ALIASES.get(a, a) == _ALIASES.get(b, b) or (country(a) is not None and country(a) == country(b)):
        return True
    return _is_acronym(one.text, other.text) or _is_acronym(other.text, one.text)


def _inside(one: Name, other: Name) -> bool:
    a, b = set(name_words(one)), set(name_words(other))
    return bool(a and b) and (a <= b or b <= a)


def _is_acronym(short: str, long: str) -> bool:
    letters = re.sub(r"[^A-Z]", "", short)
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", long) if word[0].isupper())
    return len(letters) >= 2 and re.fullmatch(r"[A-Z.]+s?", short) is not None and letters == initials


def stands_among(name: Name, words: Collection[str]) -> bool:
    """Whether every telling word of a name stands among the words (folded) of a text, spellings allowed."""
    if is_alias(name, words):
        return True
    return all(has_word(word, words) for word in name_words(name))


def has_word(word: str, words: Collection[str]) -> bool:
    """Whether a word of a name stands among the words (folded) of a text: spellings, a country for its people."""
    if word in words or _ALIASES.get(word, word) in words:
        return True
    land = country(word)
    if land is not None:
        return any(country(other) == land for other in words)
    if len(word) < 5:
        return False
    return word + "s" in words or any(_alike(word, other) for other in words)


def _alike(word: str, other: str) -> bool:
    return len(other) >= 5 and word[0] == other[0] and same_word(word, other)


def is_alias(name: Name, words: Collection[str]) -> bool:
    """Whether a text has another word for the country or body that a name means: "US" for "United States"."""
    plain = _ALIASES.get(" ".join(name.words))
    return plain is not None and any(_ALIASES.get(word, word) == plain for word in words)


def any_same(name: Name, others: Iterable[Name]) -> bool:
    """Whether a name is one of the others. A person's given name counts where the others have one for the surname."""
    same = [other for other in others if same_entity(name, other)]
    if not same or len(name.words) < 2 or name.kind != "person":
        return bool(same)
    family = [other for other in others if len(other.words) > 1 and same_word(other.words[-1], name.words[-1])]
    return not family or any(same_entity(name, other) for other in family)
