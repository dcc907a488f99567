"""The retrieval chain: question → standalone question → evidence → reading → checked statements → Answer or Refusal.

Each step is a named function of values and reports its milliseconds. The parts (retriever, readers, clock, ids) are
given; building them from Settings is `api`'s work. The chain never opens a file, a model or a connection itself.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, Protocol

from ..index.article import Article
from ..index.chunk import Evidence, Filters
from ..index.errors import ProviderError
from .answer import Answer, Nearest, Reason, Refusal
from .compose import Composed, compose
from .condense.rules import Turn
from .reader import Reader, Reading
from .stopwatch import Stopwatch
from .timescope import time_scope

_WIDENED = "No article was published in the days that the question names; all days were searched."
# After half a year what was told may well be over.
_OLD_DAYS = 182


class Retrieves(Protocol):
    """What the chain needs of retrieval."""

    def retrieve(
        self, query: str, *, k: int, filters: Filters | None = None, near: date | None = None
    ) -> list[Evidence]:
        """The best k chunks for a query within the filters, best first; `near` favours articles of about that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a chain is made of. `fallback` reads when `reader`'s provider fails; None lets the error through."""

    retriever: Retrieves
    reader: Reader
    fallback: Reader | None
    condense: Callable[[str, Sequence[Turn]], str]
    new_id: Callable[[], str]
    clock: Callable[[], float]
    n_evidence: int
    n_articles: Callable[[], int]
    fingerprint: Callable[[], str]
    close: Callable[[], None] = lambda: None
    today: Callable[[], date] = date.today


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One question as asked: its history (oldest first) and what limits its evidence."""

    question: str
    history: tuple[Turn, ...] = ()
    as_of: date | None = None
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """One event of a streamed answer: the evidence once, text pieces, a note, and at last the Answer or the Refusal."""

    kind: Literal["evidence", "text", "note", "answer"]
    value: tuple[Evidence, ...] | str | Answer | Refusal


def answer(parts: Parts, request: Request) -> Answer | Refusal:
    """The last event of `stream`."""
    return outcome(stream(parts, request))


def outcome(events: Iterable[StreamEvent]) -> Answer | Refusal:
    """The Answer or Refusal that a stream of events ends with; the other events are passed over."""
    *_, last = events
    if not isinstance(last.value, (Answer, Refusal)):
        raise AssertionError("a stream ends with an Answer or a Refusal")
    return last.value


def stream(parts: Parts, request: Request) -> Iterator[StreamEvent]:
    """Runs the chain, event by event. Raises ProviderError only where there is no fallback."""
    watch = Stopwatch(parts.clock)
    with watch.step("condense"):
        standalone, notes = _standalone(parts, request)
    filters = _scope(request)
    with watch.step("retrieve"):
        # Who asks as of a day asks about the days before it: measured in docs/benchmarks.md, "A year of news".
        scoped = time_scope(standalone, today=request.as_of or parts.today()).narrow(filters)
        evidence = parts.retriever.retrieve(standalone, k=parts.n_evidence, filters=scoped, near=request.as_of)
        if not evidence and scoped != filters:
            notes = (*notes, _WIDENED)
            evidence = parts.retriever.retrieve(standalone, k=parts.n_evidence, filters=filters, near=request.as_of)
    yield StreamEvent("evidence", tuple(evidence))
    if not evidence:
        yield StreamEvent("answer", _nothing_found(parts, request, standalone=standalone, watch=watch))
        return
    with watch.step("read"):
        reading: Reading | None = None
        for event in _read(parts, standalone, evidence=evidence):
            if isinstance(event, Reading):
                reading = event
            else:
                yield event
    if reading is None:
        raise AssertionError("a reader's stream ends with a Reading")
    with watch.step("verify"):
        composed = compose(
            reading,
            {item.article.article_id: item.article for item in evidence},
            copies={item.article.article_id: item.copies for item in evidence},
        )
    reading = replace(reading, notes=(*notes, *reading.notes, *composed.notes))
    yield StreamEvent(
        "answer", _result(parts, request, _Read(standalone, tuple(evidence), reading, composed), watch=watch)
    )


@dataclass(frozen=True, slots=True)
class _Read:
    standalone: str
    evidence: tuple[Evidence, ...]
    reading: Reading
    composed: Composed


def _standalone(parts: Parts, request: Request) -> tuple[str, tuple[str, ...]]:
    if not request.history:
        return request.question, ()
    try:
        return parts.condense(request.question, request.history), ()
    except ProviderError as error:
        if parts.fallback is None:
            raise
        return request.question, (f"The follow-up was taken as it stands: {error}",)


def _scope(request: Request) -> Filters:
    if request.as_of is None:
        return request.filters
    limit = request.filters.published_to
    return replace(request.filters, published_to=min(limit, request.as_of) if limit else request.as_of)


def _read(parts: Parts, question: str, *, evidence: Sequence[Evidence]) -> Iterator[StreamEvent | Reading]:
    try:
        for piece in parts.reader.stream(question, evidence):
            yield StreamEvent("text", piece) if isinstance(piece, str) else piece
    except ProviderError as error:
        if parts.fallback is None:
            raise
        note = f"The language model failed, so this answer is quoted from the articles without it. {error}"
        yield StreamEvent("note", note)
        reading = parts.fallback.read(question, evidence)
        yield replace(reading, notes=(note, *reading.notes))


def _result(parts: Parts, request: Request, read: _Read, *, watch: Stopwatch) -> Answer | Refusal:
    if read.reading.declined is not None:
        reason: Reason = "reader_declined" if read.reading.reader == "llm" else "weak_evidence"
        return _refuse(parts, request, read, reason=reason, message=read.reading.declined, watch=watch)
    if not read.composed.statements:
        message = "Nothing that could be said to this stood up to the check against the articles' own words."
        return _refuse(parts, request, read, reason="not_verified", message=message, watch=watch)
    composed = read.composed
    days = [citation.published for citation in composed.citations if citation.published]
    return Answer(
        id=parts.new_id(),
        question=request.question,
        standalone_question=read.standalone,
        text=composed.text,
        short_answer=_short_answer(read),
        statements=composed.statements,
        citations=composed.citations,
        conflicts=composed.conflicts,
        confidence=read.reading.confidence,
        reader=read.reading.reader,
        as_of=request.as_of,
        evidence_from=min(days, default=None),
        evidence_to=max(days, default=None),
        evidence=composed.rows(read.evidence),
        notes=(*read.reading.notes, *_old(max(days, default=None), request.as_of)),
        timings_ms=watch.timings_ms(),
        usage=read.reading.usage,
        fingerprint=parts.fingerprint(),
    )


def _old(newest: date | None, as_of: date | None) -> tuple[str, ...]:
    """A warning where the newest cited article is old against the day that is asked as of."""
    if newest is None or as_of is None or (as_of - newest).days <= _OLD_DAYS:
        return ()
    told = f"{newest.day} {newest:%B %Y}"
    return (f"The newest article cited here is of {told}, {(as_of - newest).days} days before the day asked as of.",)


def _short_answer(read: _Read) -> str | None:
    """The reader's short answer, unless the check cut the sentence that told it."""
    short, told = read.reading.short_answer, read.composed.text.casefold()
    if short is None or len(read.composed.statements) == len(read.reading.drafts):
        return short
    return short if all(word in told for word in short.casefold().split()) else None


def _refuse(parts: Parts, request: Request, read: _Read, *, reason: Reason, message: str, watch: Stopwatch) -> Refusal:
    return Refusal(
        id=parts.new_id(),
        question=request.question,
        standalone_question=read.standalone,
        reason=reason,
        message=message,
        nearest=nearest(read.evidence),
        suggestion="Ask for something that these articles tell, or add an article that reports it.",
        notes=read.reading.notes,
        timings_ms=watch.timings_ms(),
        usage=read.reading.usage,
        fingerprint=parts.fingerprint(),
    )


def _nothing_found(parts: Parts, request: Request, *, standalone: str, watch: Stopwatch) -> Refusal:
    limited = _scope(request) != Filters()
    beyond = parts.retriever.retrieve(standalone, k=parts.n_evidence) if limited else []
    if beyond:
        reason: Reason = "outside_time_scope" if request.as_of else "no_evidence"
        message = (
            "There are articles that come near, but none within the dates or the articles this question is limited to."
        )
        suggestion = "Ask again without the limit, or with a wider one."
    elif parts.n_articles() == 0:
        reason, message = "no_evidence", "There are no articles to answer from yet."
        suggestion = "Add some: dateline ingest FOLDER, or the page's panel for articles."
    else:
        reason, message = "no_evidence", "No article has anything that comes near this question."
        suggestion = "Add an article that reports it, or ask in the words that the articles use."
    return Refusal(
        id=parts.new_id(),
        question=request.question,
        standalone_question=standalone,
        reason=reason,
        message=message,
        nearest=tuple(_hidden(item) for item in nearest(beyond)),
        suggestion=suggestion,
        timings_ms=watch.timings_ms(),
        fingerprint=parts.fingerprint(),
    )


def nearest(evidence: Sequence[Evidence], *, n: int = 3) -> tuple[Nearest, ...]:
    """The first n different articles of the evidence, each with its nearest words."""
    first: dict[str, Evidence] = {}
    for item in evidence:
        first.setdefault(item.article.article_id, item)
    return tuple(_near(item) for item in list(first.values())[:n])


def _near(item: Evidence, *, max_chars: int = 160) -> Nearest:
    article: Article = item.article
    words = " ".join(item.chunk.text.split())
    if len(words) > max_chars:
        words = words[:max_chars].rsplit(" ", 1)[0] + " …"
    return Nearest(article.article_id, article.title, article.published, f"Its nearest words: {words}")


def _hidden(near: Nearest) -> Nearest:
    # Who limits the evidence does not want to read the rest; that it is there helps all the same.
    return replace(near, why="It lies outside the limit.")


def fingerprint(facts: Mapping[str, object]) -> str:
    """16 hex digits over what made an answer (settings, prompts, models, index), order of keys aside.

    >>> fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    True
    """
    plain = "\x1f".join(f"{name}={facts[name]}" for name in sorted(facts))
    return hashlib.sha256(plain.encode()).hexdigest()[:16]
