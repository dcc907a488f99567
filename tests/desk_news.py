"""A Dateline that answers from a script over articles written by hand: the double that the faces are tested on."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from dateline.app.answer import Answer, Check, Citation, Nearest, Refusal, Statement, Verdict
from dateline.app.chain import StreamEvent
from dateline.app.settings import Settings
from dateline.index.article import Article, Skipped, Span
from dateline.index.chunk import Chunk, Evidence
from dateline.index.errors import ArticleNotFound, BadInput
from dateline.index.ingest_report import IngestProgress, IngestReport
from dateline.index.record.rows import ArticleRow

HARBOUR = Article(
    article_id="harbour",
    title="New harbour opens in Lindvik",
    text="LINDVIK, May 4. The new harbour opened on Tuesday.\n\nMayor Ida Holm cut the ribbon. It cost 30 million.",
    publisher="Lindvik Post",
    author="Per Dahl",
    published=date(2021, 5, 4),
    url="https://lindvik.example/harbour",
)
BRIDGE = Article(
    article_id="bridge", title="Bridge to be built", text="Engineer Ole Berg said the bridge will be long."
)


def cite(article: Article, quote: str, *, number: int = 1) -> Citation:
    """A citation of words that stand in an article."""
    start = article.text.index(quote)
    return Citation(
        number=number,
        article_id=article.article_id,
        title=article.title,
        publisher=article.publisher,
        author=article.author,
        published=article.published,
        url=article.url,
        path=article.path,
        quote=quote,
        start=start,
        end=start + len(quote),
    )


def answer_of(question: str, *cited: Citation, verdict: Verdict = "supported", **facts: Any) -> Answer:
    """An answer that says each quote, one statement a citation."""
    checks = (Check("number", "31", ok=False),) if verdict == "partly" else ()
    said = tuple(Statement(citation.quote, (citation.number,), verdict, checks) for citation in cited)
    given = {"short_answer": None, "confidence": 0.9, "reader": "extractive", "standalone_question": question} | facts
    text = " ".join(f"{statement.text} [{statement.citations[0]}]" for statement in said)
    return Answer(id="a1", question=question, text=text, statements=said, citations=cited, fingerprint="f0", **given)


def refusal_of(question: str) -> Refusal:
    """A refusal that names the harbour as its nearest article."""
    near = Nearest("harbour", HARBOUR.title, HARBOUR.published, "It names the mayor, not her age.")
    return Refusal(
        id="r1",
        question=question,
        standalone_question=question,
        reason="weak_evidence",
        message="No article says this.",
        nearest=(near,),
        suggestion="Add an article that does.",
    )


class DeskNews:
    """Answers each question by `script`, given the article double's own; what has no script is refused.

    `heard` keeps every question with its history, date and articles.
    """

    def __init__(self, *articles: Article, script: Callable[[str], Answer | Refusal] = refusal_of) -> None:
        self.held = {article.article_id: article for article in articles}
        self.script = script
        self.settings = Settings(home="corpus", reader="extractive")
        self.notes: tuple[str, ...] = ()
        self.heard: list[dict[str, Any]] = []

    def __enter__(self) -> "DeskNews":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held open."""

    def ask(self, question: str, **given: Any) -> Answer | Refusal:
        *_, last = self.stream(question, **given)
        assert isinstance(last.value, Answer | Refusal)
        return last.value

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Any] = (),
        as_of: date | None = None,
        articles: Sequence[str] | None = None,
    ) -> Iterator[StreamEvent]:
        if not question.strip():
            raise BadInput("The question is empty; ask something in words.")
        self.heard.append({"question": question, "history": history, "as_of": as_of, "articles": articles})
        result = self.script(question)
        yield StreamEvent("evidence", tuple(self.search(question)))
        if isinstance(result, Answer):
            yield StreamEvent("text", result.text)
        yield StreamEvent("answer", result)

    def search(
        self, query: str, *, k: int = 8, as_of: date | None = None, articles: Sequence[str] | None = None
    ) -> list[Evidence]:
        kept = list(self.held.values())[:k]
        return [
            Evidence(
                chunk=Chunk(Span(article.article_id, 0, 10), article.text[:10], 3, article.text),
                article=article,
                scores={"dense": 0.25, "fused": 0.5},
                rank=rank,
            )
            for rank, article in enumerate(kept, start=1)
        ]

    def articles(self) -> list[ArticleRow]:
        return [
            ArticleRow(
                article_id=article.article_id,
                title=article.title,
                publisher=article.publisher,
                author=article.author,
                published=article.published,
                updated=article.updated,
                ingested=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
                url=article.url,
                n_chunks=1,
            )
            for article in self.held.values()
        ]

    def article(self, article_id: str) -> Article:
        if article_id not in self.held:
            raise ArticleNotFound(f"No article has the id {article_id!r}.")
        return self.held[article_id]

    def ingest_articles(
        self, articles: Iterable[Article | Skipped], *, progress: Callable[[IngestProgress], None] | None = None
    ) -> IngestReport:
        added, skipped = [], []
        for n_done, article in enumerate(articles, start=1):
            if isinstance(article, Skipped):
                skipped.append(article)
                continue
            self.held[article.article_id] = article
            added.append(article.article_id)
            if progress is not None:
                progress(IngestProgress(n_done, article.article_id, "added"))
        return IngestReport(added=tuple(added), skipped=tuple(skipped))

    def delete(self, *article_ids: str) -> tuple[str, ...]:
        return tuple(article_id for article_id in article_ids if self.held.pop(article_id, None))
