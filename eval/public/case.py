"""What is asked of the product for a public set, and what came back: values only.

A `PublicSet` is one table of figures: its cases, where their articles come from, and how answers are compared. Cases of
the same `pair` are one question asked twice; they are drawn together, into samples and resamples alike.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from ...index.article import Article, Skipped
from ..intervals import SEED
from ..measures import Range
from .wording import Form

# What makes an answer right: its short answer is a right one, or a citation lies on words that answer.
Rightness = Literal["exact", "cites"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCase:
    """One question. `articles` limits the evidence to these ids (None: to nothing); any of `answers` is right.

    `relevant` is for retrieval: by kind of relevance the ids that count. `gold` are ranges that answer.
    """

    id: str
    question: str
    answers: tuple[str, ...] = ()
    answerable: bool = True
    articles: tuple[str, ...] | None = None
    as_of: date | None = None
    kind: str = ""
    pair: str = ""
    gold: tuple[Range, ...] = ()
    relevant: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def together(self) -> str:
        """Cases with the same value are drawn together."""
        return self.pair or self.id

    @property
    def digest(self) -> str:
        """Changes with what is asked, not with how it is judged."""
        asked = (self.question, *(self.articles if self.articles is not None else ("all",)), str(self.as_of))
        return hashlib.sha256("\x1f".join(asked).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one case. `answered` and `reason` are the product's own decision.

    Where it refused, `short_answer`, `text`, `confidence` and `cited` are what it would have said without a threshold;
    None and empty where there was nothing to say at all. `ranking`: article ids best first, of a search.
    """

    id: str
    digest: str
    answered: bool = False
    reason: str | None = None
    short_answer: str | None = None
    text: str | None = None
    confidence: float | None = None
    cited: tuple[Range, ...] = ()
    ranking: tuple[str, ...] = ()
    latency_ms: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> "Outcome":
        """The outcome of its JSON form. Raises KeyError or TypeError for anything else."""
        values = {name: row[name] for name in cls.__slots__}
        cited = tuple((str(article_id), int(start), int(end)) for article_id, start, end in row["cited"])
        return cls(**values | {"cited": cited, "ranking": tuple(row["ranking"])})


@dataclass(frozen=True, slots=True)
class Published:
    """A published system's answer to one case, with its own score of it where that is comparable."""

    answer: str
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSet:
    """A set to run. `corpus` names the folder of its index; `articles` gives those with these ids, all for None.

    `compared`: what published systems answered, by system and case id. `notes`: what a reader of the figures must know.
    """

    name: str
    corpus: str
    articles: Callable[[Collection[str] | None], Iterable[Article | Skipped]]
    cases: tuple[PublicCase, ...]
    form: Form = "squad"
    rightness: Rightness = "exact"
    task: Literal["answer", "search"] = "answer"
    compared: Mapping[str, Mapping[str, Published]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def sample(asked: PublicSet, n: int | None) -> PublicSet:
    """The set with n of its questions in the set's order, all for None.

    Drawn by a hash with a fixed seed, so that a larger sample holds the smaller ones.
    """
    if n is None:
        return asked
    together = sorted({case.together for case in asked.cases}, key=lambda name: _drawn(f"{SEED} {name}"))
    drawn = set(together[:n])
    return replace(asked, cases=tuple(case for case in asked.cases if case.together in drawn))


def _drawn(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
