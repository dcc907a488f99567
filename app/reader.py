"""The reader's seam: what answers from evidence. Two are shipped: `extractive` (no key) and `llm.reader`.

A reader sees one standalone question and the evidence, and nothing else: no corpus, no clock, no history. What it says
is a Reading: drafts, each pinned to exact spans of the evidence, or a decline. Numbering citations, checking and
refusing are the chain's work, not the reader's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from ..index.article import Span
from ..index.chunk import Evidence
from .answer import Usage


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it is checked: its words without markers, and the exact spans that carry it, best first.

    A draft without spans is what a model said and did not cite.
    """

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DraftSide:
    """One value that some articles give, with the spans that give it."""

    value: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DraftConflict:
    """Articles disagree about one thing.

    `corrected_on` where the last side is a later version of the article of the first: the day of that version.
    """

    about: str
    sides: tuple[DraftSide, ...]
    corrected_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader made of the evidence.

    `declined` is why there is no answer, in words for a person; then `drafts` is empty. `confidence` is in [0, 1]: how
    likely the drafts answer the question. `short_answer` is the shortest exact answer (a date as "28 November 2022", a
    name, a place, a number with its unit, a route), None where the question allows none.
    """

    reader: Literal["extractive", "llm"]
    drafts: tuple[Draft, ...] = ()
    short_answer: str | None = None
    confidence: float = 0.0
    declined: str | None = None
    conflicts: tuple[DraftConflict, ...] = ()
    usage: Usage | None = None
    notes: tuple[str, ...] = ()


class Reader(Protocol):
    """Answers from evidence."""

    @property
    def name(self) -> str:
        """Identity for the fingerprint: kind, model, version."""

    def read(self, question: str, evidence: Sequence[Evidence]) -> Reading:
        """One question, its evidence best first. Empty evidence is declined without any outside call.

        Raises ProviderError when an outside model fails.
        """

    def stream(self, question: str, evidence: Sequence[Evidence]) -> Iterator[str | Reading]:
        """The same, as pieces of text while they come (no marker is ever torn), then the Reading as the last item."""
