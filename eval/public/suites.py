"""The four suites and their sets: which exist, which are run when none is named, and which options each one takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ...index.errors import BadInput
from .beir import NAMES, classic_set
from .case import PublicSet
from .quiz import N_GIVEN, YEARS, QuizOptions, hidden_set, pool_set, quiz_set
from .squad import SOURCES, squad_set

SUITES = ("realtimeqa", "reader", "abstention", "retrieval")
_QUIZZES = tuple(f"realtimeqa-{year}" for year in YEARS)
SETS: Mapping[str, tuple[str, ...]] = {
    "reader": tuple(SOURCES),
    "abstention": ("clapnq", *_QUIZZES),
    "retrieval": (*NAMES, *_QUIZZES),
}
# The years' pools are left out of retrieval unless named: embedding one takes an hour.
_USUAL: Mapping[str, tuple[str, ...]] = {
    "reader": SETS["reader"],
    "abstention": ("clapnq", "realtimeqa-2023"),
    "retrieval": NAMES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteOptions:
    """What to ask; None and empty stand for the usual."""

    sets: tuple[str, ...] = ()
    whole: bool = False
    year: int | None = None
    n_given: int | None = None
    pool: Literal["given", "year"] | None = None
    questions: Literal["answerable", "all"] | None = None
    as_of_day: bool = False


def sets_of(suite: str, data: Path, options: SuiteOptions) -> list[PublicSet]:
    """The sets of a suite, read from the data folder. Raises BadInput for an unknown set or an unusable file."""
    found = [quiz_set(data, _quiz_options(options))] if suite == "realtimeqa" else _named(suite, data, options)
    for one in found:
        if not one.cases:
            raise BadInput(f"{one.name} has no question in {data} to ask; the files there may be cut short")
    return found


def _named(suite: str, data: Path, options: SuiteOptions) -> list[PublicSet]:
    names = options.sets or _USUAL[suite]
    for name in names:
        if name not in SETS[suite]:
            raise BadInput(f"{suite} has no set {name!r}; its sets are {', '.join(SETS[suite])}")
    return [_set(suite, data, name, options) for name in dict.fromkeys(names)]


def _set(suite: str, data: Path, name: str, options: SuiteOptions) -> PublicSet:
    year = int(name.removeprefix("realtimeqa-")) if name in _QUIZZES else None
    if suite == "retrieval":
        return classic_set(data, name) if year is None else pool_set(data, year, as_of_day=options.as_of_day)
    if year is not None:
        return hidden_set(data, year)
    return squad_set(data, name, whole=options.whole, prefix=suite)


def _quiz_options(options: SuiteOptions) -> QuizOptions:
    return QuizOptions(
        year=options.year or max(YEARS),
        n_given=options.n_given or N_GIVEN,
        pool=options.pool or "given",
        questions=options.questions or "answerable",
        as_of_day=options.as_of_day,
    )
