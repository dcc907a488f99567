"""Takes a set's articles in and asks its cases, along the product's whole path. Summing up is `scores`.

Where the product refuses, it is asked once more without a threshold, so that what it would have said, and how sure it
was, is known for every case; the product's own decision stands beside it.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from ...app.answer import Answer, Refusal
from ...index.article import Article, Skipped
from ...index.chunk import Evidence
from ...index.errors import DatelineError
from .case import Outcome, PublicCase, PublicSet
from .ledger import Ledger

if TYPE_CHECKING:
    from ...app.api import Dateline
    from ...index.ingest_report import IngestProgress, IngestReport

# Chunks searched for the first 100 articles: long ones have several chunks, and rank by their best.
N_CHUNKS = 300
N_ARTICLES = 100
Progress = Callable[[int, int], None]


class Answers(Protocol):
    """What answering needs of the product."""

    def ask(
        self, question: str, *, as_of: date | None = None, articles: Sequence[str] | None = None
    ) -> Answer | Refusal:
        """The answer to one question from these articles."""


class News(Answers, Protocol):
    """What a public set needs of the product."""

    @property
    def fingerprint(self) -> str:
        """What made the answers."""

    def ingest_articles(
        self, articles: Iterable[Article | Skipped], *, progress: "Callable[[IngestProgress], None] | None" = None
    ) -> "IngestReport":
        """Takes articles in."""

    def articles(self) -> "Sequence[HasId]":
        """The articles that are in."""

    def search(self, query: str, *, k: int, as_of: date | None = None) -> list[Evidence]:
        """The k best chunks, best first."""


class HasId(Protocol):
    """An article's row of facts."""

    @property
    def article_id(self) -> str:
        """Its id."""


def ingest(news: News, asked: PublicSet, *, progress: Callable[[int, int], None] | None = None) -> None:
    """Takes in the articles that the cases need and that are not in yet; `progress` hears (done, of how many)."""
    wanted = needed(asked.cases)
    present = {row.article_id for row in news.articles()}
    if wanted is not None and wanted <= present:
        return
    articles = list(asked.articles(wanted))

    def moved(state: "IngestProgress") -> None:
        if progress:
            progress(state.n_done, len(articles))

    news.ingest_articles(articles, progress=moved)


def needed(cases: Sequence[PublicCase]) -> set[str] | None:
    """The ids of the articles that the cases are limited to; None, all of them, where a case has no limit."""
    limits = [case.articles for case in cases]
    return None if None in limits else {name for limit in limits for name in limit or ()}


def run_cases(
    news: News,
    asked: PublicSet,
    *,
    never_refusing: Answers | None,
    ledger: Ledger,
    kept: dict[str, Outcome],
    progress: Progress | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> list[Outcome]:
    """Asks the cases that are not in `kept`, and gives all outcomes in the order of the set.

    A provider that fails ends the run (DatelineError); what was answered is in the ledger, and the next run goes on.
    """
    present = {row.article_id for row in news.articles()}
    outcomes = dict(kept)
    for number, case in enumerate(asked.cases, 1):
        if case.id not in outcomes:
            try:
                if asked.task == "search":
                    outcome = _search(news, case, clock=clock)
                else:
                    outcome = _ask(news, _within(case, present), never_refusing=never_refusing, clock=clock)
            except DatelineError as error:
                raise type(error)(f"Case {case.id} could not be asked: {error}") from error
            outcomes[case.id] = outcome = replace(outcome, digest=case.digest)
            ledger.add(outcome)
        if progress:
            progress(number, len(asked.cases))
    return [outcomes[case.id] for case in asked.cases]


def without_threshold(news: "Dateline") -> Answers | None:
    """The same corpus behind a reader that never declines for want of confidence; None where the reader is an LLM."""
    import uuid

    from ...app.api import Dateline
    from ...app.parts import build_parts

    if news.settings.reader_kind == "llm":
        return None
    settings = news.settings.model_copy(update={"min_confidence": 0.0})
    parts = build_parts(settings, news.corpus, clock=time.perf_counter, new_id=lambda: uuid.uuid4().hex)
    return Dateline(news.corpus, parts, settings)


def _within(case: PublicCase, present: set[str]) -> PublicCase:
    """The case limited to articles that are in; the parser may have found no text in some."""
    if case.articles is None:
        return case
    return replace(case, articles=tuple(name for name in case.articles if name in present))


def _ask(news: Answers, case: PublicCase, *, never_refusing: Answers | None, clock: Callable[[], float]) -> Outcome:
    start = clock()
    first = news.ask(case.question, as_of=case.as_of, articles=case.articles)
    latency_ms = round((clock() - start) * 1000, 1)
    said: Answer | Refusal = first
    if isinstance(first, Refusal) and never_refusing is not None:
        said = never_refusing.ask(case.question, as_of=case.as_of, articles=case.articles)
    outcome = Outcome(id=case.id, digest="", answered=isinstance(first, Answer), latency_ms=latency_ms)
    if isinstance(first, Refusal):
        outcome = replace(outcome, reason=first.reason)
    if isinstance(said, Refusal):
        return outcome
    cited = tuple((citation.article_id, citation.start, citation.end) for citation in said.citations)
    return replace(
        outcome, short_answer=said.short_answer, text=said.text, confidence=round(said.confidence, 4), cited=cited
    )


def _search(news: News, case: PublicCase, *, clock: Callable[[], float]) -> Outcome:
    start = clock()
    found = news.search(case.question, k=N_CHUNKS, as_of=case.as_of)
    latency_ms = round((clock() - start) * 1000, 1)
    ranking = tuple(dict.fromkeys(evidence.article.article_id for evidence in found))[:N_ARTICLES]
    return Outcome(id=case.id, digest="", ranking=ranking, latency_ms=latency_ms)
