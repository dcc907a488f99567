"""What a question comes back with: an Answer whose every statement is cited, or a Refusal with its reason. Values only.

The JSON form (schema 1) is `to_dict()`; its field names are stable: the command line, HTTP and the evaluation carry it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from ..index.chunk import Print

Verdict = Literal["supported", "partly", "contradicted", "unsupported"]
Reason = Literal["no_evidence", "weak_evidence", "outside_time_scope", "reader_declined", "not_verified"]
SCHEMA = 1


def iso(day: date | None) -> str | None:
    """A date as ISO 8601, None staying None."""
    return day.isoformat() if day else None


@dataclass(frozen=True, slots=True)
class Sources:
    """How many independent sources an answer cites, how many articles print them, and in how many outlets.

    Copies count with the article that they are copies of. An article whose outlet is unknown counts as an outlet.
    """

    n_independent: int
    n_articles: int
    n_outlets: int

    def in_words(self) -> str:
        """For people; empty where nothing is cited.

        >>> Sources(1, 10, 10).in_words(), Sources(2, 2, 2).in_words(), Sources(1, 3, 1).in_words()
        ('1 source, printed by 10 outlets', '2 sources', '1 source, printed 3 times by 1 outlet')
        """
        if not self.n_independent:
            return ""
        count = f"{self.n_independent} source{'' if self.n_independent == 1 else 's'}"
        if self.n_articles == self.n_independent:
            return count
        if self.n_articles == self.n_outlets:
            return f"{count}, printed by {self.n_outlets} outlets"
        return (
            f"{count}, printed {self.n_articles} times by {self.n_outlets} outlet{'' if self.n_outlets == 1 else 's'}"
        )

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        return {name: getattr(self, name) for name in self.__slots__} | {"in_words": self.in_words()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A numbered quote: `quote` is exactly `article.text[start:end]`; `copies`: who else prints that text."""

    number: int
    article_id: str
    title: str
    publisher: str | None
    author: str | None
    published: date | None
    url: str | None
    path: str | None
    quote: str
    start: int
    end: int
    copies: tuple[Print, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        copies = [asdict(one) | {"published": iso(one.published)} for one in self.copies]
        return plain | {"published": iso(self.published), "copies": copies}


def sources_of(citations: Sequence[Citation]) -> Sources:
    """The independent sources of some citations: articles that print one text are one."""
    groups: list[dict[str, str]] = []
    for citation in citations:
        prints = [(citation.article_id, citation.publisher), *((c.article_id, c.publisher) for c in citation.copies)]
        own = {article_id: publisher or article_id for article_id, publisher in prints}
        for group in [group for group in groups if group.keys() & own.keys()]:
            groups.remove(group)
            own |= group
        groups.append(own)
    outlets = {outlet for group in groups for outlet in group.values()}
    return Sources(len(groups), sum(map(len, groups)), len(outlets))


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked about a statement: its kind ("quote", "number", …), what, and how it came out."""

    kind: str
    value: str
    ok: bool

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        return {"kind": self.kind, "value": self.value, "ok": self.ok}


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or clause of an answer, the numbers of the citations that carry it, and what checking it gave."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    checks: tuple[Check, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        return {
            "text": self.text,
            "citations": list(self.citations),
            "verdict": self.verdict,
            "checks": [check.to_dict() for check in self.checks],
        }


@dataclass(frozen=True, slots=True)
class Side:
    """One value in a conflict, with the citations that give it."""

    value: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Articles disagree: about what, and each side with its citations.

    `corrected_on`: the last side is from a later version of the first side's article, of that day.
    """

    about: str
    sides: tuple[Side, ...]
    corrected_on: date | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        sides = [{"value": side.value, "citations": list(side.citations)} for side in self.sides]
        return {"about": self.about, "sides": sides, "corrected_on": iso(self.corrected_on)}


@dataclass(frozen=True, slots=True)
class Usage:
    """What the LLM cost: tokens in and out, and US dollars where the price is known."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """Where a piece of the evidence stands, and its scores by stage."""

    article_id: str
    start: int
    end: int
    scores: Mapping[str, float]

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        scores = {stage: round(score, 6) for stage, score in self.scores.items()}
        return {"article_id": self.article_id, "start": self.start, "end": self.end, "scores": scores}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer: text with `[n]` markers, statements, citations, and what made it. Confidence is in [0, 1]."""

    id: str
    question: str
    standalone_question: str
    text: str
    short_answer: str | None
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    confidence: float
    reader: Literal["extractive", "llm"]
    conflicts: tuple[Conflict, ...] = ()
    as_of: date | None = None
    evidence_from: date | None = None
    evidence_to: date | None = None
    evidence: tuple[EvidenceRow, ...] = ()
    notes: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    usage: Usage | None = None
    fingerprint: str = ""
    kind: Literal["answer"] = "answer"

    @property
    def sources(self) -> Sources:
        """How many independent sources its citations come from, and who printed them."""
        return sources_of(self.citations)

    def to_dict(self) -> dict[str, Any]:
        """JSON form, schema 1."""
        return {
            "schema": SCHEMA,
            "kind": self.kind,
            "id": self.id,
            "question": self.question,
            "standalone_question": self.standalone_question,
            "text": self.text,
            "short_answer": self.short_answer,
            "statements": [statement.to_dict() for statement in self.statements],
            "citations": [citation.to_dict() for citation in self.citations],
            "sources": self.sources.to_dict(),
            "conflicts": [conflict.to_dict() for conflict in self.conflicts],
            "confidence": round(self.confidence, 4),
            "as_of": iso(self.as_of),
            "evidence_from": iso(self.evidence_from),
            "evidence_to": iso(self.evidence_to),
            "evidence": [row.to_dict() for row in self.evidence],
            "reader": self.reader,
            "notes": list(self.notes),
            "timings_ms": dict(self.timings_ms),
            "usage": self.usage.to_dict() if self.usage else None,
            "fingerprint": self.fingerprint,
        }


@dataclass(frozen=True, slots=True)
class Nearest:
    """An article that came near without answering, and why it fell short."""

    article_id: str
    title: str
    published: date | None
    why: str

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        return {"article_id": self.article_id, "title": self.title, "published": iso(self.published), "why": self.why}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A deliberate non-answer: the reason as a code and in words, the nearest articles, and what would answer it."""

    id: str
    question: str
    standalone_question: str
    reason: Reason
    message: str
    nearest: tuple[Nearest, ...] = ()
    suggestion: str = ""
    notes: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    usage: Usage | None = None
    fingerprint: str = ""
    kind: Literal["refusal"] = "refusal"

    def to_dict(self) -> dict[str, Any]:
        """JSON form, schema 1."""
        return {
            "schema": SCHEMA,
            "kind": self.kind,
            "id": self.id,
            "question": self.question,
            "standalone_question": self.standalone_question,
            "reason": self.reason,
            "message": self.message,
            "nearest": [near.to_dict() for near in self.nearest],
            "suggestion": self.suggestion,
            "notes": list(self.notes),
            "timings_ms": dict(self.timings_ms),
            "usage": self.usage.to_dict() if self.usage else None,
            "fingerprint": self.fingerprint,
        }
