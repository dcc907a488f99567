"""Asks every case of a set and keeps one row for each: what came back, the verdict, the ranges found and cited.

It knows the product only through `News`, which `app.api.Dateline` fulfils and tests script. Summing up is `summary`.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from ..app.answer import Answer, Refusal
from ..index.article import Article
from ..index.chunk import Evidence
from ..index.errors import ArticleNotFound, DatelineError
from .cases import Case, FixedTurn, Kind, people
from .facts import describe, holds
from .judge import Judgement, judge
from .measures import Range, span_recall_at_k

if TYPE_CHECKING:
    from ..app.history import Exchange

N_RETRIEVED = 8


class Asks(Protocol):
    """A chat: it remembers what was asked in it."""

    def ask(self, question: str, *, as_of: date | None = None) -> Answer | Refusal:
        """The answer to the next question of the chat."""


class News(Protocol):
    """What an evaluation needs of the product."""

    def ask(self, question: str, *, history: "Sequence[Exchange]" = (), as_of: date | None = None) -> Answer | Refusal:
        """The answer to one question."""

    def chat(self) -> Asks:
        """A new chat."""

    def search(self, query: str, *, k: int, as_of: date | None = None) -> list[Evidence]:
        """The k best chunks, best first."""

    def article(self, article_id: str) -> Article:
        """An article. Raises ArticleNotFound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One case as it went. Ranges are (article_id, start, end); `ranking` holds each article once, best first.

    `exact` tells for each citation whether its quote is exactly the article's text there; `conflict_shown` is None
    unless the case has sides, `agreement_kept` unless its articles agree, `copies_counted` unless it says how many
    print the cited text; `gold` has one list of ranges per group.
    """

    id: str
    kind: Kind
    question: str
    answerable: bool
    judgement: Judgement
    expected: str
    got: str
    accepted: tuple[str, ...]
    gold: tuple[tuple[Range, ...], ...]
    retrieved: tuple[Range, ...]
    ranking: tuple[str, ...]
    cited: tuple[Range, ...]
    exact: tuple[bool, ...]
    answered: bool
    conflict_shown: bool | None
    latency_ms: float
    reason: str | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)
    agreement_kept: bool | None = None
    copies_counted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """A whole run: one row a case in the order of the set, and the fingerprints of what answered."""

    rows: tuple[Row, ...]
    fingerprints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    result: Answer | Refusal
    retrieved: tuple[Range, ...]
    latency_ms: float


def run_set(
    news: News,
    cases: Sequence[Case],
    *,
    progress: Callable[[int, int], None] | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> RunResult:
    """Asks all cases in order; `progress` hears (done, all). Latency is that of the case's own question.

    A provider that fails ends the run (DatelineError): a figure over half a set would mislead.
    """
    known = people(cases)
    rows: list[Row] = []
    fingerprints: set[str] = set()
    for number, case in enumerate(cases, 1):
        try:
            asked = _ask(news, case, clock=clock)
        except DatelineError as error:
            raise type(error)(f"Case {case.id} could not be asked: {error}") from error
        fingerprints.add(asked.result.fingerprint)
        judgement = judge(case, asked.result, people=known, retrieved=_was_retrieved(case, asked.retrieved))
        rows.append(_row(news, case, asked=asked, judgement=judgement))
        if progress:
            progress(number, len(cases))
    return RunResult(rows=tuple(rows), fingerprints=tuple(sorted(fingerprints)))


def _ask(news: News, case: Case, *, clock: Callable[[], float]) -> _Asked:
    earlier = [turn for turn in case.history if isinstance(turn, str)]
    if not earlier:
        fixed = [turn.model_dump() for turn in case.history if isinstance(turn, FixedTurn)]
        start = clock()
        result = news.ask(case.question, history=fixed, as_of=case.as_of)
    else:
        chat = news.chat()
        for question in earlier:
            chat.ask(question, as_of=case.as_of)
        start = clock()
        result = chat.ask(case.question, as_of=case.as_of)
    latency_ms = (clock() - start) * 1000
    return _Asked(result, _retrieved(news, case, result), latency_ms)


def _retrieved(news: News, case: Case, result: Answer | Refusal) -> tuple[Range, ...]:
    """The evidence of an answer; for a refusal, which carries none, what the same question retrieves."""
    if isinstance(result, Answer) and result.evidence:
        return tuple((row.article_id, row.start, row.end) for row in result.evidence)
    found = news.search(result.standalone_question, k=N_RETRIEVED, as_of=case.as_of)
    spans = (evidence.chunk.span for evidence in found)
    return tuple((span.article_id, span.start, span.end) for span in spans)


def _gold(case: Case) -> tuple[tuple[Range, ...], ...]:
    groups: dict[int, list[Range]] = {}
    for gold in case.gold:
        groups.setdefault(gold.group, []).append(gold.filled)
    return tuple(tuple(groups[group]) for group in sorted(groups))


def _was_retrieved(case: Case, retrieved: tuple[Range, ...]) -> bool:
    """Whether the evidence touched every group of gold words or, where a case has none, an accepted article."""
    recall = span_recall_at_k(retrieved, _gold(case), k=len(retrieved))
    if recall is not None:
        return recall == 1
    return not case.articles or not {article_id for article_id, _, _ in retrieved}.isdisjoint(case.articles)


def _row(news: News, case: Case, *, asked: _Asked, judgement: Judgement) -> Row:
    result = asked.result
    citations = result.citations if isinstance(result, Answer) else ()
    return Row(
        id=case.id,
        kind=case.kind,
        question=case.question,
        answerable=case.answerable,
        judgement=judgement,
        expected="; ".join(map(describe, case.facts)) if case.answerable else "a refusal",
        got=_got(result),
        accepted=case.articles,
        gold=_gold(case),
        retrieved=asked.retrieved,
        ranking=tuple(dict.fromkeys(article_id for article_id, _, _ in asked.retrieved)),
        cited=tuple((citation.article_id, citation.start, citation.end) for citation in citations),
        exact=tuple(
            _is_exact(news, article_id=cited.article_id, span=(cited.start, cited.end), quote=cited.quote)
            for cited in citations
        ),
        answered=isinstance(result, Answer),
        conflict_shown=_conflict_shown(case, result) if case.sides else None,
        latency_ms=asked.latency_ms,
        reason=result.reason if isinstance(result, Refusal) else None,
        timings_ms=dict(result.timings_ms),
        agreement_kept=not (isinstance(result, Answer) and result.conflicts) if case.agreed else None,
        copies_counted=_copies_counted(case.n_prints, result) if case.n_prints else None,
    )


def _got(result: Answer | Refusal) -> str:
    if isinstance(result, Refusal):
        return f"refusal: {result.reason}"
    return f"{result.short_answer} ({result.text})" if result.short_answer else result.text


def _is_exact(news: News, *, article_id: str, span: tuple[int, int], quote: str) -> bool:
    try:
        return bool(quote) and news.article(article_id).text[span[0] : span[1]] == quote
    except ArticleNotFound:
        return False


def _copies_counted(n_prints: int, result: Answer | Refusal) -> bool:
    """Whether the answer stands on one source and says how many articles print it."""
    return isinstance(result, Answer) and (result.sources.n_independent, result.sources.n_articles) == (1, n_prints)


def _conflict_shown(case: Case, result: Answer | Refusal) -> bool:
    """Whether some conflict of the answer has all of the case's sides, each in a side of its own, or as corrected."""
    if isinstance(result, Refusal):
        return False
    for conflict in result.conflicts:
        where = [{index for index, side in enumerate(conflict.sides) if holds(fact, side.value)} for fact in case.sides]
        if conflict.corrected_on == case.corrected_on and all(where) and len(set().union(*where)) >= len(case.sides):
            return True
    return False
