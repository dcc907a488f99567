"""The Python API: open a data folder, put articles in, ask.

    from dateline.app import Dateline

    with Dateline.open("./news") as news:
        news.ingest("seeds/")
        answer = news.ask("When did Tokayev meet Putin in the Kremlin?")

Here the parts are built from Settings and joined; what they do is theirs. Safe to use from several threads at once.
"""

import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ..index.article import Article, Skipped
from ..index.chunk import Evidence, Filters, Print
from ..index.errors import ArticleNotFound, BadInput
from .answer import Answer, Refusal
from .asked import MAX_DRAFT_CHARS
from .chain import Parts, Request, StreamEvent, answer, outcome, stream
from .history import Exchange, turn_of, turns_from
from .parts import build_parts, open_corpus
from .settings import Settings, load_settings

if TYPE_CHECKING:
    from ..index.corpus import ArticleRow, Corpus, IngestProgress, IngestReport
    from ..index.llama_reranker import DatelineReranker
    from ..index.llama_retriever import DatelineRetriever
    from .condense.rules import Turn
    from .query_engine import DatelineQueryEngine
    from .verify.draft import Verification

MAX_QUESTION_CHARS = 4000


class Dateline:
    """One open data folder with its reader. Use `open`; close it, or use it as a context manager."""

    def __init__(self, corpus: "Corpus", parts: Parts, settings: Settings) -> None:
        self._corpus, self._parts, self.settings = corpus, parts, settings

    @classmethod
    def open(cls, home: str | Path | None = None, settings: Settings | None = None, *, read_only: bool = False) -> Self:
        """Opens (and makes, where it is not there) the data folder.

        One process writes at a time: a second writer raises CorpusLocked at once, `read_only=True` opens beside it.
        Raises SettingsError, CorpusMismatch (built with another embedding model) or StorageError.
        """
        settings = settings or load_settings()
        if home is not None:
            settings = settings.model_copy(update={"home": Path(home)})
        corpus = open_corpus(settings, read_only=read_only)
        try:
            parts = build_parts(settings, corpus, clock=time.perf_counter, new_id=lambda: uuid.uuid4().hex)
        except BaseException:
            corpus.close()
            raise
        return cls(corpus, parts, settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of files, locks and connections; a second call does nothing."""
        self._parts.close()
        self._corpus.close()

    # Articles

    def ingest(self, *paths: str | Path, progress: "Callable[[IngestProgress], None] | None" = None) -> "IngestReport":
        """Takes in files and folders: new articles are added, changed ones replaced, unchanged ones left alone.

        What cannot be read is in `skipped` with its reason; the rest goes in. Raises CorpusReadOnly, StorageError.
        """
        from ..index.articles.read import read_articles  # web pages bring a heavy parser

        return self.ingest_articles(read_articles([Path(path) for path in paths]), progress=progress)

    def ingest_articles(
        self, articles: Iterable[Article | Skipped], *, progress: "Callable[[IngestProgress], None] | None" = None
    ) -> "IngestReport":
        """The same for articles that a program has made itself."""
        return self._corpus.ingest(articles, progress=progress)

    def delete(self, *article_ids: str) -> tuple[str, ...]:
        """Deletes articles and all that was made of them; gives the ids that were there."""
        return self._corpus.delete(article_ids)

    def articles(self) -> "list[ArticleRow]":
        """A row of facts for every article, without the texts."""
        return self._corpus.articles()

    def copies(self, article_id: str) -> tuple[Print, ...]:
        """The other articles that print an article's text, earliest first; rows of `articles` carry how many."""
        return self._corpus.copies().of(article_id)

    def article(self, article_id: str) -> Article:
        """One article, whole. A citation's quote is `article.text[start:end]`. Raises ArticleNotFound."""
        return self._corpus.article(article_id)

    # Questions

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Exchange] = (),
        as_of: date | None = None,
        articles: Sequence[str] | None = None,
    ) -> Answer | Refusal:
        """Answers from the articles, or refuses with a reason.

        `history`: earlier exchanges of the same conversation, oldest first: questions as strings (they are answered
        first), or `{"question", "answer"}`, or chat messages `{"role", "content"}`. `as_of` hides later articles;
        `articles`: ids or URLs that limit the evidence.
        Raises BadInput for a question that is empty or too long, ArticleNotFound for an unknown id. When the LLM fails,
        the extractive reader answers and a note says so.
        """
        return answer(self._parts, self._request(question, history, as_of=as_of, articles=articles))

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Exchange] = (),
        as_of: date | None = None,
        articles: Sequence[str] | None = None,
    ) -> Iterator[StreamEvent]:
        """The same as events: "evidence", "text" pieces, "note"s, and last "answer" with the Answer or Refusal."""
        return stream(self._parts, self._request(question, history, as_of=as_of, articles=articles))

    def chat(self) -> "Chat":
        """A conversation: each question sees the ones before it."""
        return Chat(self)

    def search(
        self, query: str, *, k: int = 8, as_of: date | None = None, articles: Sequence[str] | None = None
    ) -> list[Evidence]:
        """The best k chunks for a query, best first, without reading them."""
        if k < 1:
            raise BadInput(f"k is {k}; ask for at least 1 result.")
        return self._parts.retriever.retrieve(_checked(query), k=k, filters=self._filters(as_of, articles), near=as_of)

    def verify(self, text: str, *, as_of: date | None = None, articles: Sequence[str] | None = None) -> "Verification":
        """Checks a text sentence by sentence against the articles: supported, partly, contradicted or unsupported.

        Each sentence comes with its support in [0, 1], the checks that decided it and the words it stands on, or that
        contradict it. `as_of` and `articles` limit what is drawn on, as for `ask`. Raises BadInput for a text that is
        empty or too long, ArticleNotFound.
        """
        from .verify.draft import verify
        from .verify.network import shipped_support

        filters = self._filters(as_of, articles)

        def find(sentence: str) -> list[Article]:
            query = sentence[:MAX_QUESTION_CHARS]
            found = self._parts.retriever.retrieve(query, k=self.settings.n_evidence, filters=filters, near=as_of)
            return list({item.article.article_id: item.article for item in found}.values())

        return verify(_a_draft(text), find, read=shipped_support())

    # For programs built on LlamaIndex

    def as_retriever(self, *, k: int | None = None) -> "DatelineRetriever":
        """A LlamaIndex `BaseRetriever` over this corpus."""
        from ..index.llama_retriever import DatelineRetriever  # LlamaIndex only where asked for
        from ..index.retrieve import Retriever

        return DatelineRetriever(Retriever(self._corpus), k=k or self.settings.n_evidence)

    def as_reranker(self, *, top_n: int | None = None) -> "DatelineReranker":
        """A LlamaIndex `BaseNodePostprocessor` that puts first what answers; it works behind any retriever."""
        from ..index.llama_reranker import DatelineReranker  # LlamaIndex only where asked for
        from ..index.spans import default_span_model

        return DatelineReranker(default_span_model(), top_n=top_n or self.settings.n_evidence)

    def as_query_engine(self) -> "DatelineQueryEngine":
        """A LlamaIndex query engine whose response carries the Answer's JSON form in `metadata`."""
        from .query_engine import DatelineQueryEngine  # LlamaIndex only where asked for

        return DatelineQueryEngine(self)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of the state of the corpus (an index being rebuilt, read-only, …)."""
        return self._corpus.notes

    @property
    def fingerprint(self) -> str:
        """What an answer given now would be made from; it stands on every answer and refusal."""
        return self._parts.fingerprint()

    @property
    def corpus(self) -> "Corpus":
        """The corpus below, for tools of the house."""
        return self._corpus

    def _request(
        self, question: str, history: Sequence[Exchange], *, as_of: date | None, articles: Sequence[str] | None
    ) -> Request:
        asked, filters = _checked(question), self._filters(None, articles)

        def ask(earlier: str, before: tuple["Turn", ...]) -> Answer | Refusal:
            return answer(
                self._parts, Request(question=_checked(earlier), history=before, as_of=as_of, filters=filters)
            )

        return Request(question=asked, history=turns_from(history, ask=ask), as_of=as_of, filters=filters)

    def _filters(self, as_of: date | None, articles: Sequence[str] | None) -> Filters:
        limit = Filters(published_to=as_of)
        return limit if articles is None else replace(limit, article_ids=self._resolve(articles))

    def _resolve(self, names: Sequence[str]) -> frozenset[str]:
        """Article ids for ids or URLs; raises ArticleNotFound for the first that is neither."""
        rows = self.articles()
        by_name = {row.url: row.article_id for row in rows if row.url} | {
            row.article_id: row.article_id for row in rows
        }
        for name in names:
            if name not in by_name:
                raise ArticleNotFound(f"No article has the id or URL {name!r}; `dateline articles` lists them all.")
        return frozenset(by_name[name] for name in names)


class Chat:
    """A conversation over one Dateline; `turns` is its history. Not for two threads at once."""

    def __init__(self, news: Dateline) -> None:
        self._news = news
        self.turns: list[Turn] = []

    def ask(self, question: str, *, as_of: date | None = None) -> Answer | Refusal:
        """Asks with the conversation so far; a refusal is remembered as well."""
        return outcome(self.stream(question, as_of=as_of))

    def stream(self, question: str, *, as_of: date | None = None) -> Iterator[StreamEvent]:
        """The same as events."""
        for event in self._news.stream(question, history=tuple(self.turns), as_of=as_of):
            if isinstance(event.value, (Answer, Refusal)):
                self.turns.append(turn_of(event.value))
            yield event


def _a_draft(text: Any) -> str:
    if not isinstance(text, str) or not text.strip():
        raise BadInput("The text is empty; give at least one sentence to check.")
    if len(text) > MAX_DRAFT_CHARS:
        raise BadInput(f"The text has {len(text)} characters; at most {MAX_DRAFT_CHARS} are checked.")
    return text


def _checked(question: Any) -> str:
    if not isinstance(question, str) or not question.strip():
        raise BadInput("The question is empty; ask something in words.")
    if len(question) > MAX_QUESTION_CHARS:
        raise BadInput(f"The question has {len(question)} characters; at most {MAX_QUESTION_CHARS} are read.")
    try:
        question.encode("utf-8")
    except UnicodeEncodeError:
        raise BadInput("The question holds half characters (lone surrogates); its encoding was read wrongly.") from None
    return " ".join(question.split())
