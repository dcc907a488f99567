"""Each fact of a statement against the words of its sources: there in an equal form, contradicted, or absent.

A fact is contradicted where the sources have another value of its kind that the statement leaves out, or another value
between the same neighbours. Pure.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeVar

from ..extractive.gazetteer import TITLES
from ..extractive.names import Name
from ..extractive.spoken_dates import SpokenDate
from .amounts import Amount
from .equal import (
    any_same,
    has_word,
    is_alias,
    other_form,
    same_amount,
    same_date,
    same_entity,
    stands_among,
    weekday_of,
)
from .passage import Passage

Outcome = Literal["stands", "contradicted", "absent"]
_ALIKE = {"other": {"person", "place", "organisation", "other"}, "person": {"person", "other"},
          "place": {"place", "other"}, "organisation": {"organisation", "other"}}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a statement, how it came out, and the source's own words where they contradict it."""

    kind: str
    text: str
    outcome: Outcome
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a statement is held against: the sentences nearest to it, and those around that may lend names and dates.

    `lends_amounts`: whether they may lend numbers too.
    """

    near: tuple[Passage, ...]
    around: tuple[Passage, ...]
    lends_amounts: bool = True

    @property
    def everything(self) -> tuple[Passage, ...]:
        """The near sentences and those around."""
        return (*self.near, *self.around)


def facts_of(statement: Passage, ground: Ground) -> list[Fact]:
    """Every date, amount and name of a statement with its outcome, in that order."""
    return [
        *(_date(date, statement, ground) for date in statement.dates),
        *(_amount(amount, statement, ground) for amount in statement.amounts if _counts(amount)),
        *(_name(name, statement, ground) for name in statement.names),
        *_loose_capitals(statement, ground),
    ]


def _loose_capitals(statement: Passage, ground: Ground) -> Iterator[Fact]:
    """Capitalised words inside the statement that stand nowhere: parts of names that no rule took for one."""
    known = frozenset(word for passage in ground.everything for word in passage.words)
    others = [other for passage in ground.everything for other in passage.names]
    renamed = [n for n in statement.names if is_alias(n, known) or any(other_form(n, other) for other in others)]
    items: list[Amount | SpokenDate | Name] = [*statement.dates, *statement.amounts, *renamed]
    taken = [(item.start, item.end) for item in items]
    for before, token in pairwise(statement.tokens):
        inside = token.content and token.text[0].isupper() and statement.text[before.end : token.start] in {" ", ", "}
        if not inside or token.folded in TITLES or any(start <= token.start < end for start, end in taken):
            continue
        if not has_word(token.folded, known):
            yield Fact("name", token.text, "absent")


def _counts(amount: Amount) -> bool:
    # "one of them", "a second term": words that seldom count something.
    return amount.exact or amount.value not in (0.0, 1.0) or amount.kind == "ordinal"


Item = TypeVar("Item", Amount, SpokenDate, Name)


def _date(date: SpokenDate, statement: Passage, ground: Ground) -> Fact:
    known = [other for passage in ground.near for other in passage.dates]
    if any(same_date(date, other) for other in known) or _year_stands(date, ground.near):
        return _slot("date", date, statement, ground.near, among=lambda p: p.dates, same=same_date)
    unclaimed = [other for other in known if not any(same_date(mine, other) for mine in statement.dates)]
    rivals = [other for other in unclaimed if _same_shape(date, other)]
    if weekday_of(date) is not None and date.month is None:
        rivals = [other for other in known if weekday_of(other) is not None] or rivals
    if rivals:
        return Fact("date", date.text, "contradicted", rivals[0].text)
    elsewhere = any(same_date(date, other) for passage in ground.around for other in passage.dates)
    return Fact("date", date.text, "stands" if elsewhere or not date.stated else "absent")


def _year_stands(date: SpokenDate, passages: Sequence[Passage]) -> bool:
    bare = date.month is None and date.year is not None
    return bare and any(str(date.year) == token.stem for passage in passages for token in passage.tokens)


def _same_shape(one: SpokenDate, other: SpokenDate) -> bool:
    if one.day is not None:
        return other.day is not None
    if one.month is not None:
        return other.month is not None
    if one.year is not None:
        return other.year is not None and (other.stated or other.month is None)
    return other.stated is False or other.day is not None


def _amount(amount: Amount, statement: Passage, ground: Ground) -> Fact:
    known = [other for passage in ground.near for other in passage.amounts]
    if any(same_amount(amount, other) for other in known):
        return _slot(amount.kind, amount, statement, ground.near, among=lambda p: p.amounts, same=same_amount)
    if _within_dates(amount, ground.near):
        return Fact(amount.kind, amount.text, "stands")
    unclaimed = [other for other in known if not any(same_amount(mine, other) for mine in statement.amounts)]
    rivals = [
        other for other in unclaimed if amount.kind == other.kind or {amount.kind, other.kind} == {"number", "money"}
    ]
    if rivals:
        return Fact(amount.kind, amount.text, "contradicted", rivals[0].text)
    lending = ground.around if ground.lends_amounts else ()
    elsewhere = any(same_amount(amount, other) for passage in lending for other in passage.amounts)
    return Fact(amount.kind, amount.text, "stands" if elsewhere else "absent")


def _within_dates(amount: Amount, passages: Sequence[Passage]) -> bool:
    """A year that the statement has as a mere number; days of months are too small to tell."""
    return amount.value > 31 and any(amount.value == date.year for passage in passages for date in passage.dates)


def _name(name: Name, statement: Passage, ground: Ground) -> Fact:
    near_words = frozenset(word for passage in ground.near for word in passage.words)
    near_names = [other for passage in ground.near for other in passage.names]
    if any_same(name, near_names) or stands_among(name, near_words):
        return _slot(name.kind, name, statement, ground.near, among=lambda p: p.names, same=same_entity)
    rivals = [other for other in near_names if other.kind in _ALIKE[name.kind] and not _claimed(other, statement)]
    around = [other for passage in ground.around for other in passage.names]
    elsewhere = any_same(name, around) or stands_among(
        name, frozenset(word for passage in ground.around for word in passage.words)
    )
    if rivals and (not elsewhere or _in_slot_of(name, statement, rivals, ground.near)):
        return Fact(name.kind, name.text, "contradicted", rivals[0].text)
    return Fact(name.kind, name.text, "stands" if elsewhere else "absent")


def _claimed(other: Name, statement: Passage) -> bool:
    return any(same_entity(mine, other) for mine in statement.names) or stands_among(other, statement.words)


def _in_slot_of(name: Name, statement: Passage, rivals: Sequence[Name], passages: Sequence[Passage]) -> bool:
    sides = _neighbours(statement, name)
    return any(
        sides & _neighbours(passage, other) for passage in passages for other in passage.names if other in rivals
    )


def _slot(
    kind: str,
    item: Item,
    statement: Passage,
    passages: Sequence[Passage],
    *,
    among: Callable[[Passage], Iterable[Item]],
    same: Callable[[Item, Item], bool],
) -> Fact:
    """A fact that stands in the sources: contradicted all the same where another value holds its very place."""
    sides = _neighbours(statement, item)
    held = [(passage, other) for passage in passages for other in among(passage)]
    own = any(same(item, other) and sides & _neighbours(passage, other) for passage, other in held)
    taken = [other for passage, other in held if not same(item, other) and sides == _neighbours(passage, other)]
    if taken and not own:
        return Fact(kind, item.text, "contradicted", taken[0].text)
    return Fact(kind, item.text, "stands")


def _neighbours(passage: Passage, item: Amount | SpokenDate | Name) -> frozenset[tuple[str, str]]:
    """The words of meaning before and behind it, by their stems; ^ and $ at its ends."""
    before = ["^", *(token.stem for token in passage.tokens if token.content and token.end <= item.start)][-1]
    after = [*(token.stem for token in passage.tokens if token.content and token.start >= item.end), "$"][0]
    return frozenset([("before", before), ("after", after)])
