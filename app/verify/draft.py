"""Checks a draft, a journalist's or another model's, sentence by sentence: against articles, or against given texts.

Each sentence is held against whole articles, one at a time; the article that supports it best counts. Finding the
articles is the caller's (`Find`), so that given texts need no corpus.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from ...index.article import Article, Span
from ..answer import SCHEMA, Check, Citation, Verdict
from ..compose import citation_of
from .judge import Held, Judgement, judge
from .passage import Source, Sources
from .statements import statements_in, without_marks
from .support import Signs, score, signs

Find = Callable[[str], Sequence[Article]]  # a sentence → the articles it may be about, best first
Read = Callable[[str, str], float]  # a sentence, the text of a source → how well it is supported, in [0, 1]
_BEST_FIRST: tuple[Verdict, ...] = ("supported", "partly", "contradicted", "unsupported")
_WORST_FIRST: tuple[Verdict, ...] = ("contradicted", "unsupported", "partly", "supported")
_SOURCES = Sources()
# Below it, and read by a trained model, a sentence is only partly supported though all its facts stand somewhere.
LEAST_SUPPORT = 0.25


@dataclass(frozen=True, slots=True)
class Verified:
    """One sentence of a draft at `[start, end)`: verdict, support in [0, 1], the checks, and the numbers it cites.

    The citations of a contradicted sentence are the words that contradict it; an unsupported one has none.
    """

    text: str
    start: int
    end: int
    verdict: Verdict
    score: float
    checks: tuple[Check, ...]
    citations: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "verdict": self.verdict,
            "score": round(self.score, 4),
            "checks": [check.to_dict() for check in self.checks],
            "citations": list(self.citations),
        }


@dataclass(frozen=True, slots=True)
class Verification:
    """A whole draft: its sentences in order, the quotes they cite, and the worst verdict and support of all."""

    text: str
    statements: tuple[Verified, ...]
    citations: tuple[Citation, ...]
    verdict: Verdict
    score: float
    kind: Literal["verification"] = "verification"

    def to_dict(self) -> dict[str, Any]:
        """JSON form, schema 1."""
        return {
            "schema": SCHEMA,
            "kind": self.kind,
            "text": self.text,
            "verdict": self.verdict,
            "score": round(self.score, 4),
            "statements": [statement.to_dict() for statement in self.statements],
            "citations": [citation.to_dict() for citation in self.citations],
        }


@dataclass(frozen=True, slots=True)
class _Judged:
    judgement: Judgement
    signs: Signs
    score: float


def verify(text: str, find: Find, *, read: Read | None = None) -> Verification:
    """Every sentence of a text against the articles that `find` gives for it; blank text has no sentences.

    `read`: a trained model's support, which joins the score; a sentence with hardly any is at most partly supported.
    """
    numbers: dict[Span, int] = {}
    articles: dict[str, Article] = {}
    statements, told = [], []
    before = ""
    for start, end in statements_in(text):
        sentence = text[start:end]
        found = find(f"{before} {sentence}" if _leans_back(sentence) else sentence)
        articles |= {article.article_id: article for article in found}
        best = _best(sentence, found, read)
        told.append(best.signs)
        cited = _cited(best.judgement)
        marks = tuple(numbers.setdefault(span, len(numbers) + 1) for span in cited)
        judged = best.judgement
        statements.append(Verified(sentence, start, end, judged.verdict, best.score, judged.checks, marks))
        before = sentence
    citations = tuple(citation_of(articles[span.article_id], span, number=n) for span, n in numbers.items())
    verdict = _first_of(_WORST_FIRST, [statement.verdict for statement in statements])
    return Verification(text, tuple(statements), citations, verdict, score(told))


def articles_of_texts(texts: Iterable[str]) -> list[Article]:
    """Texts given as sources, as articles named source-1, source-2, …; no facts about them are known."""
    return [Article(article_id=f"source-{n}", title="", text=text) for n, text in enumerate(texts, start=1)]


def _leans_back(sentence: str) -> bool:
    return sentence.split(" ", 1)[0] in {"He", "She", "They", "It", "His", "Her", "Their", "This", "That", "These"}


def _best(sentence: str, found: Sequence[Article], read: Read | None) -> _Judged:
    """The article that supports the sentence best; a trained model reads that one alone."""
    sentence = without_marks(sentence)
    judged = [(_against(sentence, source), source) for source in map(_SOURCES.of, found)]
    if not judged:
        nothing = judge(sentence, ())
        return _Judged(nothing, signs(sentence, nothing, ()), 0.0)
    best, source = min(judged, key=lambda one: (_BEST_FIRST.index(one[0].verdict), -one[0].covered))
    share = read(sentence, source.article.text) if read else None
    told = signs(sentence, best, source.passages(), read=share)
    reached = score([told])
    if read and best.verdict == "supported" and reached < LEAST_SUPPORT:
        scattered = Check("support", "its words stand there, but hardly say this", ok=False)
        best = replace(best, verdict="partly", checks=(*best.checks, scattered))
    return _Judged(best, told, reached)


def _against(sentence: str, source: Source) -> Judgement:
    return judge(sentence, [Held(source, one) for one in source.view.sentences])


def _cited(judged: Judgement) -> list[Span]:
    if judged.verdict == "unsupported":
        return []
    return [one.sentence.span for one in judged.near]


def _first_of(order: Sequence[Verdict], verdicts: Sequence[Verdict]) -> Verdict:
    return next((verdict for verdict in order if verdict in verdicts), "unsupported")
