"""Answers and refusals as a scripted product gives them, for the tests of the evaluation."""

from collections.abc import Mapping, Sequence
from datetime import date

from dateline.app.answer import Answer, Citation, Conflict, EvidenceRow, Refusal, Side
from dateline.index.article import Article, Span
from dateline.index.chunk import Chunk, Evidence
from dateline.index.errors import ArticleNotFound

TEXTS = {
    "harbour": "The harbour opened on 4 May 2021. Mayor Ida Holm cut the ribbon.",
    "bridge": "The bridge costs $3 million. Engineer Ole Berg drew it.",
}
_Place = tuple[str, int, int]


def citation(place: _Place, *, quote: str | None = None, number: int = 1) -> Citation:
    article_id, start, end = place
    return Citation(
        number=number,
        article_id=article_id,
        title=article_id,
        publisher=None,
        author=None,
        published=None,
        url=None,
        path=None,
        quote=TEXTS[article_id][start:end] if quote is None else quote,
        start=start,
        end=end,
    )


def answer(
    text: str = "The harbour opened on 4 May 2021. [1]",
    *,
    short: str | None = "4 May 2021",
    cited: Sequence[Citation] = (citation(("harbour", 0, 33)),),
    evidence: Sequence[_Place] = (("harbour", 0, 33),),
    sides: Sequence[str] = (),
) -> Answer:
    conflict = Conflict("date", tuple(Side(value, (1,)) for value in sides))
    return Answer(
        id="1",
        question="?",
        standalone_question="?",
        text=text,
        short_answer=short,
        statements=(),
        citations=tuple(cited),
        confidence=0.9,
        reader="extractive",
        evidence=tuple(EvidenceRow(*place, {"fused": 1.0}) for place in evidence),
        conflicts=(conflict,) if sides else (),
        fingerprint="f",
    )


def refusal() -> Refusal:
    return Refusal(
        id="1", question="?", standalone_question="?", reason="weak_evidence", message="No.", fingerprint="f"
    )


class ScriptedNews:
    """Gives a result by question; a question that is not in the script is refused. `heard` keeps all that was asked."""

    def __init__(self, script: Mapping[str, Answer | Refusal], found: Sequence[_Place] = ()) -> None:
        self.script = script
        self.found = found
        self.heard: list[tuple[str, object, date | None]] = []

    def ask(self, question: str, *, history: Sequence[object] = (), as_of: date | None = None) -> Answer | Refusal:
        self.heard.append((question, list(history), as_of))
        return self.script.get(question, refusal())

    def chat(self) -> "ScriptedChat":
        return ScriptedChat(self)

    def search(self, query: str, *, k: int, as_of: date | None = None) -> list[Evidence]:
        found = []
        for rank, (article_id, start, end) in enumerate(self.found[:k], 1):
            words = TEXTS[article_id][start:end]
            chunk = Chunk(span=Span(article_id, start, end), text=words, n_tokens=1, embedding_text=words)
            found.append(Evidence(chunk=chunk, article=self.article(article_id), scores={}, rank=rank))
        return found

    def article(self, article_id: str) -> Article:
        if article_id not in TEXTS:
            raise ArticleNotFound(article_id)
        return Article(article_id=article_id, text=TEXTS[article_id], title=article_id)


class ScriptedChat:
    def __init__(self, news: ScriptedNews) -> None:
        self.news = news
        self.before: list[str] = []

    def ask(self, question: str, *, as_of: date | None = None) -> Answer | Refusal:
        self.before.append(question)
        return self.news.ask(question, history=self.before[:-1], as_of=as_of)
