"""What a question comes back with: an Answer whose every statement is cited, or a Refusal with its reason. Values only.

The JSON form (schema 1) is `to_dict()`; its field names are stable: the command line, HTTP and the evaluation carry it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Verdict = Literal["supported", "partly", "contradicted", "unsupported"]
Reason = Literal["no_evidence", "weak_evidence", "outside_time_scope", "reader_declined", "not_verified"]
SCHEMA = 1


def iso(day: date | None) -> str | None:
    """A date as ISO 8601, None staying None."""
    return day.isoformat() if day else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A numbered quote: `quote` is exactly `article.text[start:end]`."""

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

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        return {name: getattr(self, name) for name in self.__slots__} | {"published": iso(self.published)}


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
    """Articles disagree: about what, and each side with its citations."""

    about: str
    sides: tuple[Side, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        sides = [{"value": side.value, "citations": list(side.citations)} for side in self.sides]
        return {"about": self.about, "sides": sides}


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
