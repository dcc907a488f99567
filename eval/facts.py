"""Whether a text holds a fact, and whether it names another value of the same kind. Strict: a near miss is a miss.

Pure. A mention that is denied ("not on 28 November", "not Putin but …") counts as not made. Which part of an answer is
looked at, and what follows from it, is `judge`'s business.
"""

import math
import re
from collections.abc import Iterator, Sequence

from .amounts import Amount, amounts
from .cases import DateFact, Fact, NameFact, NumberFact, PersonFact, RouteFact, TextFact, YesNoFact
from .dates import DateMention, dates
from .words import Word, find, fold, is_denied, words

_BETWEEN_STOPS = frozenset(
    ("to", "via", "through", "and", "then", "from", "city", "of", "the", "on", "towards", "into", "by", "in")
)
_GOES_ON = re.compile(r"\s?(?:-|–|—|→|>|->)\s?(?=[^\W\d_])")
_CAME_FROM = re.compile(r"[^\W\d_]\s?(?:-|–|—|→|>|->)\s?$")
_SAYS = re.compile(r"\s*[\"“«']?\s*(yes|no)\b", re.IGNORECASE)
# A number alone is an answer to "how many points"; in a longer text it must stand with its unit.
_BARE_NUMBER_MAX_WORDS = 5
_UNIT_REACH_WORDS = 3


def holds(fact: Fact, text: str, *, others: Sequence[PersonFact] = ()) -> bool:
    """Whether `text` says the fact. `others` are people whose given names must not stand before an expected surname."""
    return next(_mentions(fact, text, others), None) is not None


def rivals(facts: Sequence[Fact], text: str, *, others: Sequence[PersonFact] = ()) -> tuple[str, ...]:
    """Values in `text` of a kind that `facts` expect, and which are none of the expected ones.

    Dates and numbers (of the same unit) are seen by themselves; another person only if among `others`. "Putin's
    spokesman" and "a spokesman of Putin" name the spokesman, not Putin.
    """
    return (
        *_rival_dates([fact for fact in facts if isinstance(fact, DateFact)], text),
        *_rival_numbers([fact for fact in facts if isinstance(fact, NumberFact)], text),
        *_rival_people([fact for fact in facts if isinstance(fact, PersonFact)], text, others),
    )


def _mentions(fact: Fact, text: str, others: Sequence[PersonFact]) -> Iterator[int]:
    """Where in the text the fact is said."""
    match fact:
        case DateFact():
            yield from (mention.start for mention in dates(text) if _is_date(fact, mention, text))
        case PersonFact():
            yield from (start for start, _ in _people(fact, text, others))
        case NameFact():
            yield from (start for start in _phrases(fact.any_of, text) if not is_denied(text, start))
        case NumberFact():
            yield from (amount.start for amount in _amounts(text) if _is_number(fact, amount, text))
        case RouteFact():
            yield from _routes(fact, text)
        case TextFact():
            yield from _phrases(fact.any_of, text)
        case YesNoFact():
            yield from _yes_no(fact, text)


def _phrases(phrases: Sequence[str], text: str) -> Iterator[int]:
    in_text = words(text)
    for phrase in phrases:
        yield from (in_text[index].start for index in find(phrase, in_text))


def _is_date(fact: DateFact, mention: DateMention, text: str) -> bool:
    return not mention.readings.isdisjoint(fact.any_of) and not is_denied(text, mention.start)


def _rival_dates(facts: Sequence[DateFact], text: str) -> Iterator[str]:
    expected = {value for fact in facts for value in fact.any_of}
    for mention in dates(text) if facts else ():
        if mention.readings.isdisjoint(expected) and not is_denied(text, mention.start):
            yield text[mention.start : mention.end]


def _people(fact: PersonFact, text: str, others: Sequence[PersonFact]) -> Iterator[tuple[int, Word]]:
    """Start and last word of each mention of a person."""
    in_text = words(text)
    own = {word for name in (fact.name, *fact.any_of) for word in fold(name)}
    strange = {word for other in others for word in fold(other.name)[:-1]} - own
    for name in _sought(fact):
        length = len(fold(name))
        for index in find(name, in_text):
            before = in_text[index - 1] if index and _adjoins(in_text[index - 1], in_text[index], text) else None
            wrong_initial = before and len(before.folded) == 1 and before.folded not in {word[0] for word in own}
            if wrong_initial or (before and before.folded in strange) or is_denied(text, in_text[index].start):
                continue
            yield in_text[index].start, in_text[index + length - 1]


def _adjoins(before: Word, word: Word, text: str) -> bool:
    return not before.possessive and re.fullmatch(r"[\s.\-]*", text[before.end : word.start]) is not None


def _sought(fact: PersonFact) -> Iterator[str]:
    """The surname is the last word of a name; a spelling that begins in lower case is a description, taken whole."""
    for name in (fact.name, *fact.any_of):
        yield name if name[0].islower() else fold(name)[-1]


def _rival_people(facts: Sequence[PersonFact], text: str, others: Sequence[PersonFact]) -> Iterator[str]:
    expected = {fact.name for fact in facts}
    for other in others if facts else ():
        if other.name in expected:
            continue
        for start, last in _people(other, text, ()):
            if not last.possessive and not re.search(r"\bof\s[^,;.]*$", text[:start]):
                yield other.name
                break


def _amounts(text: str) -> tuple[Amount, ...]:
    return amounts(text, without=[(mention.start, mention.end) for mention in dates(text)])


def _is_number(fact: NumberFact, amount: Amount, text: str) -> bool:
    same = math.isclose(fact.value, amount.value, rel_tol=1e-9)
    return same and _fits(fact, amount, text) and not is_denied(text, amount.start)


def _fits(fact: NumberFact, amount: Amount, text: str) -> bool:
    """Whether the amount has the fact's unit: a sign must be the same, a noun must stand near it or nowhere."""
    if amount.unit or fact.unit in {"usd", "percent"}:
        return amount.unit == fact.unit
    if fact.unit is None or len(words(text)) <= _BARE_NUMBER_MAX_WORDS:
        return True
    after = fold(text[amount.end :])[:_UNIT_REACH_WORDS]
    units = {word.rstrip("s") for unit in (fact.unit, *fact.any_of) for word in fold(unit)}
    return any(word.rstrip("s") in units for word in after)


def _rival_numbers(facts: Sequence[NumberFact], text: str) -> Iterator[str]:
    for amount in _amounts(text) if facts else ():
        kin = [fact for fact in facts if _fits(fact, amount, text)]
        if kin and not any(_is_number(fact, amount, text) for fact in kin):
            yield text[amount.start : amount.end].strip()


def _routes(fact: RouteFact, text: str) -> Iterator[int]:
    in_text = words(text)
    stops = [(stop,) if isinstance(stop, str) else stop for stop in fact.stops]
    for first in stops[0]:
        for index in find(first, in_text):
            end = _follow(stops[1:], in_text, index + len(fold(first)))
            if end is None or _CAME_FROM.search(text[: in_text[index].start]):
                continue
            if not _GOES_ON.match(text, in_text[end - 1].end) and not is_denied(text, in_text[index].start):
                yield in_text[index].start


def _follow(stops: Sequence[Sequence[str]], in_text: Sequence[Word], index: int) -> int | None:
    """The index after the last stop, if from `index` on they come in order with nothing but small words between."""
    if not stops:
        return index
    while index < len(in_text):
        for name in stops[0]:
            if index in set(find(name, in_text[: index + len(fold(name))])):
                end = _follow(stops[1:], in_text, index + len(fold(name)))
                if end is not None:
                    return end
        if in_text[index].folded not in _BETWEEN_STOPS:
            return None
        index += 1
    return None


def _yes_no(fact: YesNoFact, text: str) -> Iterator[int]:
    if said := _SAYS.match(text):
        if (said.group(1).lower() == "yes") == fact.value:
            yield said.start(1)
        return
    yield from _phrases(fact.any_of, text)


def describe(fact: Fact) -> str:
    """The fact as a person reads it in a report.

    >>> describe(DateFact(type="date", any_of=("2022-11-28",)))
    '2022-11-28'
    """
    match fact:
        case PersonFact():
            return fact.name
        case NumberFact():
            return f"{fact.value:,.12g} {fact.unit or ''}".strip()
        case RouteFact():
            return " - ".join(stop if isinstance(stop, str) else stop[0] for stop in fact.stops)
        case YesNoFact():
            return "yes" if fact.value else "no"
        case _:
            return " | ".join(fact.any_of)
