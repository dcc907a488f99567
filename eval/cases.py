"""What an evaluation set is: cases with typed facts, read from JSON Lines and checked here, at the border.

The format is documented for people in `sets/README.md`. Judging an answer against a case is `judge`; this module only
says what a case may contain. Gold ranges are code points of the article's text, never chunk ids, so that a set outlives
every change of chunking. `python -m dateline.eval.cases --fill SET --articles FOLDER` writes the ranges of gold quotes.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ..index.errors import BadInput

Kind = Literal[
    "date",
    "speaker",
    "person",
    "role",
    "place",
    "route",
    "number",
    "quote",
    "reason",
    "article",
    "yes_no",
    "follow_up",
    "conflict",
    "unanswerable",
]
Text = Annotated[str, Field(min_length=1)]
DATE_PATTERN = re.compile(r"(?:\d{4}(?:-\d{2}(?:-\d{2})?)?|--\d{2}(?:-\d{2})?)")
# Without a short answer: some two long sentences of news, and four where the question asks what was said or why.
DEFAULT_MAX_CHARS = 500
TOLD_MAX_CHARS = 1000
TOLD_KINDS = frozenset(("quote", "reason", "follow_up"))


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DateFact(_Strict):
    """A date by its parts: "2022-11-28", "2022-11", "2022", "--11-28" (year not said), "--11". Any of them is right."""

    type: Literal["date"]
    any_of: tuple[str, ...] = Field(min_length=1)

    @field_validator("any_of")
    @classmethod
    def _are_dates(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            if not DATE_PATTERN.fullmatch(value):
                raise ValueError(f"{value!r} is no date; write 2022-11-28, 2022-11, 2022, --11-28 or --11")
        return values


class PersonFact(_Strict):
    """A person: the full name, and other spellings of it. Surname alone, titles and initials are understood."""

    type: Literal["person"]
    name: Text
    any_of: tuple[Text, ...] = ()


class NameFact(_Strict):
    """A place or an organisation by any of its names."""

    type: Literal["place", "organisation"]
    any_of: tuple[Text, ...] = Field(min_length=1)


class NumberFact(_Strict):
    """A number; `unit` is "usd", "percent" or a noun such as "points", with other nouns for it in `any_of`."""

    type: Literal["number"]
    value: float
    unit: Text | None = None
    any_of: tuple[Text, ...] = ()


class RouteFact(_Strict):
    """A route by its ordered stops; a stop is a name or a list of names for it."""

    type: Literal["route"]
    stops: tuple[Text | tuple[Text, ...], ...] = Field(min_length=2)


class TextFact(_Strict):
    """Words: any of these phrases. Case, accents, punctuation are free; a final `*` leaves the word's ending free."""

    type: Literal["text"]
    any_of: tuple[Text, ...] = Field(min_length=1)


class YesNoFact(_Strict):
    """Yes or no; where the answer says neither word, any phrase of `any_of` is as good."""

    type: Literal["yes_no"]
    value: bool
    any_of: tuple[Text, ...] = ()


Fact = Annotated[
    DateFact | PersonFact | NameFact | NumberFact | RouteFact | TextFact | YesNoFact, Field(discriminator="type")
]


class Gold(_Strict):
    """A range of an article's text that gives the answer.

    Entries of one `group` are alternatives, any of them is enough; every group is needed.
    """

    article_id: Text
    quote: Text
    start: int | None = Field(None, ge=0)
    end: int | None = Field(None, ge=1)
    group: int = 0

    @property
    def filled(self) -> tuple[str, int, int]:
        """Article id, start and end. Raises BadInput while the range has not been written."""
        if self.start is None or self.end is None:
            raise BadInput(f"The gold quote {self.quote!r} has no range; run python -m dateline.eval.cases --fill SET")
        return self.article_id, self.start, self.end


class FixedTurn(_Strict):
    """An earlier turn of the chat that is given, not asked."""

    question: Text
    answer: Text


class Case(_Strict):
    """One question and what a right answer holds: all `facts`, none of `forbidden`, a citation in one of `articles`.

    `articles` empty means any article. `history` are earlier questions (asked for real, in order) or fixed turns.
    `sides`: values of a conflict that must be shown, corrected on `corrected_on` where given; `agreed`: no conflict
    may be shown; `n_prints`: how many articles print the cited text.
    """

    id: Text
    kind: Kind
    question: Text
    history: tuple[Text | FixedTurn, ...] = ()
    as_of: date | None = None
    answerable: bool = True
    facts: tuple[Fact, ...] = ()
    forbidden: tuple[Fact, ...] = ()
    sides: tuple[Fact, ...] = ()
    corrected_on: date | None = None
    agreed: bool = False
    n_prints: int | None = Field(None, ge=1)
    articles: tuple[Text, ...] = ()
    gold: tuple[Gold, ...] = ()
    max_chars: int | None = Field(None, ge=1)
    reasons: tuple[str, ...] = ()
    note: str = ""

    @property
    def limit(self) -> int:
        """How many characters an answer without a short answer may have."""
        return self.max_chars or (TOLD_MAX_CHARS if self.kind in TOLD_KINDS else DEFAULT_MAX_CHARS)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.answerable and not self.facts:
            raise ValueError("an answerable case needs facts")
        if not self.answerable and (self.facts or self.gold or self.articles):
            raise ValueError("an unanswerable case has no facts, gold or articles")
        if self.agreed and self.sides:
            raise ValueError("articles that agree have no sides")
        strangers = {gold.article_id for gold in self.gold} - set(self.articles)
        if self.articles and strangers:
            raise ValueError(f"gold in an article that is not accepted: {', '.join(sorted(strangers))}")
        if len({isinstance(turn, str) for turn in self.history}) > 1:
            raise ValueError("history is either questions or fixed turns, not both")
        return self


def load_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a JSON Lines file, in order; blank lines are passed over.

    Raises BadInput naming the line for anything that is not a case, for an id used twice and for a set without cases.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The evaluation set {path} cannot be read ({error}); give a UTF-8 JSON Lines file") from None
    cases = tuple(_case(line, where=f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip())
    if not cases:
        raise BadInput(f"The evaluation set {path} has no cases; write one JSON object a line")
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise BadInput(f"The id {case.id!r} is used twice in {path}; give each case its own")
        seen.add(case.id)
    return cases


def _case(line: str, *, where: str) -> Case:
    try:
        return Case.model_validate_json(line)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc'])) or 'case'}: {fault['msg']}" for fault in error.errors())
        raise BadInput(f"{where} is no case: {faults}. The format is in eval/sets/README.md") from None


def to_line(case: Case) -> str:
    """One line of JSON for a case, fields in the order of the class, defaults left out."""
    return json.dumps(case.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)


def digest(cases: Iterable[Case]) -> str:
    """SHA-256 (hex, 16 digits) of a set: two runs are comparable where it is the same."""
    return hashlib.sha256("\n".join(to_line(case) for case in cases).encode()).hexdigest()[:16]


def people(cases: Iterable[Case]) -> tuple[PersonFact, ...]:
    """Every person that a set knows, each once, in order of appearance: who else might be named by mistake."""
    facts = (fact for case in cases for fact in (*case.facts, *case.forbidden, *case.sides))
    return tuple({fact.name: fact for fact in facts if isinstance(fact, PersonFact)}.values())


def fill(case: Case, texts: Mapping[str, str]) -> Case:
    """The case with the range of each gold quote written from the articles' texts (the first occurrence).

    A range that already holds its quote stays. Raises BadInput where an article or a quote is not there.
    """
    return case.model_copy(update={"gold": tuple(_filled(gold, texts, where=case.id) for gold in case.gold)})


def _filled(gold: Gold, texts: Mapping[str, str], *, where: str) -> Gold:
    if gold.article_id not in texts:
        raise BadInput(f"Case {where}: there is no article {gold.article_id!r}")
    text = texts[gold.article_id]
    if gold.start is not None and text[gold.start : gold.end] == gold.quote:
        return gold
    start = text.find(gold.quote)
    if start < 0:
        raise BadInput(f"Case {where}: article {gold.article_id} does not hold the words {gold.quote!r}")
    return gold.model_copy(update={"start": start, "end": start + len(gold.quote)})


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the ranges of a set's gold quotes in place."""
    parser = argparse.ArgumentParser(prog="python -m dateline.eval.cases", description=main.__doc__)
    parser.add_argument("--fill", type=Path, required=True, metavar="SET", help="the JSON Lines file to write into")
    parser.add_argument("--articles", type=Path, required=True, help="the file or folder the articles are read from")
    given = parser.parse_args(arguments)
    from ..index.articles.read import read_articles  # web pages bring a heavy parser

    read = read_articles([given.articles])
    texts = {item.article_id: item.text for item in read if not hasattr(item, "reason")}
    try:
        filled = [fill(case, texts) for case in load_cases(given.fill)]
    except BadInput as error:
        print(error, file=sys.stderr)
        return 2
    given.fill.write_text("".join(to_line(case) + "\n" for case in filled), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
