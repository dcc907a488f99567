"""What a conversation has spoken of: the persons, bodies, places, things and times a pronoun may stand for.

Most likely first: what was just told, then what was just asked, then older turns. Pure; `pronouns` and `ellipsis` put
them in place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..extractive.name_match import same_name
from ..extractive.names import Name, find_names, gender
from ..extractive.question_words import fold, word_set

ReferentKind = Literal["person", "place", "organisation", "name", "thing", "time"]

_TIME = re.compile(
    r"\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2}(?:,? \d{4})?| \d{4})?\b|\b(?:19|20)\d\d\b"
)
_THING = re.compile(
    r"\b(?P<article>the|a|an|this|that|these|those)\s+(?P<words>(?:[\w’'“”\"-]+\s+){0,4}?[\w’'“”\"-]+)"
    r"(?=\s*(?:[?,.;:!]|\Z|\s(?:of|in|on|at|to|for|from|with|by|between|about|into|through|over|under"
    r"|after|before|during|"
    r"is|are|was|were|be|been|being|will|would|can|could|should|may|has|have|had|do|does|did|that"
    r"|which|who|whose|and|or|as|"
    r"said|going|cost|costs|take|takes|took|start|starts|begin|begins|run|runs|mean|means|affect"
    r"|include|includes|involve|"
    r"happen|work|worth|located|called|named|launched|discussed|proposed|announced|planned|built|held"
    r"|signed|expected)\b))",
    re.I,
)
_NOT_THINGS = word_set("""
    first last time day year month week moment name names reason reasons date place person man woman number
    amount same other
""")


@dataclass(frozen=True, slots=True)
class Referent:
    """Something spoken of: its words as they can stand in a question, and what it is. `age` 0: the last turn.

    "name": a bare name that nothing tells more of; it may be a person or a thing. `asked`: it stands in the
    question, not only in the answer.
    """

    text: str
    kind: ReferentKind
    age: int
    asked: bool


class Told:
    """What one turn asked and told, as plain words: what `referents` needs of it."""

    __slots__ = ("answer", "question", "short_answer")

    def __init__(self, question: str, answer: str, short_answer: str | None) -> None:
        self.question = question
        self.answer = re.sub(r"\s*\[\d+\]", "", answer)
        self.short_answer = short_answer or ""


def referents(turns: Sequence[Told]) -> list[Referent]:
    """All that the turns (oldest first) speak of, most likely first; each name once, in its fullest form."""
    found: list[Referent] = []
    for age, turn in enumerate(reversed(turns)):
        for referent in _of_turn(turn, age=age):
            if not any(_same(referent, known) for known in found):
                found.append(referent)
    return found


def _of_turn(turn: Told, *, age: int) -> Iterator[Referent]:
    told = find_names(turn.answer)
    short = find_names_in_phrase(turn.short_answer)
    forms = [name.text for name in (*short, *told) if name.kind == "person"]
    yield from _of_names(short, forms, age=age, asked=False)
    yield from _of_names(_asked_names(turn.question, told), forms, age=age, asked=True)
    yield from (Referent(thing, "thing", age, asked=True) for thing in things(turn.question))
    yield from (Referent(match.group(), "time", age, asked=False) for match in _TIME.finditer(turn.short_answer))
    yield from (Referent(match.group(), "time", age, asked=True) for match in _TIME.finditer(turn.question))
    yield from _of_names(told, forms, age=age, asked=False)


def _asked_names(question: str, told: Sequence[Name]) -> list[Name]:
    """Names of a question; one typed in lower case is known by the answer's names."""
    names = find_names(question)
    covered = [(name.start, name.end) for name in names]
    for match in re.finditer(r"[^\W\d_][\w’'-]{3,}", question):
        if any(start <= match.start() < end for start, end in covered):
            continue
        full = next((n for n in told if n.kind != "other" and fold(match.group()).removesuffix("'s") in n.words), None)
        if full is not None and not any(same_name(full.text, name.text) for name in names):
            names.append(full)
    return names


def _of_names(names: Sequence[Name], forms: Sequence[str], *, age: int, asked: bool) -> Iterator[Referent]:
    for name in names:
        known = name.kind == "person" or any(same_name(name.text, form) for form in forms)
        kind: ReferentKind = "person" if known else "name" if name.kind == "other" else name.kind
        yield Referent(fullest(name.text, forms) if known else name.text, kind, age, asked)


def find_names_in_phrase(phrase: str) -> list[Name]:
    """The names of words that are no sentence, so that a capital at the head counts. Offsets of the phrase."""
    head = "of "
    return [
        replace(name, start=name.start - len(head), end=name.end - len(head))
        for name in find_names(head + phrase)
        if phrase
    ]


def fullest(name: str, others: Sequence[str]) -> str:
    """The longest form of a person's name among others that are the same name, of at most three words."""
    forms = [name, *(other for other in others if same_name(name, other) and len(other.split()) <= 3)]
    return max(forms, key=lambda form: len(form.split()))


def things(question: str) -> list[str]:
    """Noun phrases with an article; an indefinite one becomes definite.

    >>> things("Who proposed a gas union with Russia?")
    ['the gas union']
    """
    found = []
    for match in _THING.finditer(question):
        words = match.group("words")
        if fold(words.split()[-1]) not in _NOT_THINGS and not words[0].isupper():
            found.append(f"the {words}")
    return found


def _same(one: Referent, other: Referent) -> bool:
    if {one.kind, other.kind} <= {"person", "name"}:
        return same_name(one.text, other.text)
    return fold(one.text) == fold(other.text)


def fits(referent: Referent, pronoun: str) -> bool:
    """Whether a person may be meant by "he" or "she"; a name that tells no gender fits both."""
    known = gender(referent.text)
    lone = referent.kind == "name" and len(referent.text.split()) == 1 and not referent.text.isupper()
    return (referent.kind == "person" or lone) and known in (None, pronoun)
