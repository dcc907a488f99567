"""Questions about an article itself: who wrote it, when it was published, by which outlet. Answered from its facts.

The fact is said in the draft; the quote is where it stands in the text, else the lead.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...index.article import Article, Span
from ...index.chunk import Evidence
from ...index.sentences import split_sentences
from ..reader import Draft
from .question_words import content_stems, fold
from .spoken_dates import find_spoken_dates

_ASKS_WHEN = re.compile(r"\b(?:when|date|day)\b")
_ASKS_OUTLET = re.compile(
    r"\b(?:outlet|newspaper|agency|publisher|website|site|media|publication|magazine)\b|\bwho (?:published|released)\b"
)
_PUBLISHED_BY = re.compile(r"\b(?:did|was) .*\bpublish(?:ed)? ")  # "When did NTB publish …?": only what NTB published
_ASKS_TITLE = re.compile(r"\b(?:title|headline)\b")
_FURNITURE = frozenset(
    [
        "article",
        "report",
        "story",
        "piece",
        "explain",
        "commentari",
        "analysi",
        "column",
        "feature",
        "dispatch",
        "text",
        "news",
        "author",
        "write",
        "wrote",
        "written",
        "publish",
        "journalist",
        "reporter",
        "outlet",
        "newspaper",
        "agency",
        "website",
        "date",
        "day",
        "title",
        "headlin",
        "publisher",
        "byline",
        "publication",
        "post",
        "release",
        "media",
        "site",
        "last",
        "first",
        "updat",
    ]
)


@dataclass(frozen=True, slots=True)
class ArticleFact:
    """A fact about an article: as a sentence, in short, and the span that carries it."""

    draft: Draft
    short_answer: str


def read_article_fact(question: str, evidence: Sequence[Evidence]) -> ArticleFact | None:
    """The fact asked for, of the article that the question means; None when that article does not state it."""
    plain = fold(question)
    meant = _articles_meant(question, evidence)
    if _PUBLISHED_BY.search(plain):
        meant = [article for article in meant if _names_source(plain, article)]
    return next((fact for article in meant if (fact := _stated(plain, article)) is not None), None)


def _names_source(plain: str, article: Article) -> bool:
    """Whether a question (folded) names the outlet or the author of an article."""
    names = [name for name in (article.publisher, article.author) if name]
    return any(re.search(rf"\b{re.escape(fold(name))}\b", plain) for name in names)


def _stated(plain: str, article: Article) -> ArticleFact | None:
    """What an article states of the fact that a question (folded) asks for."""
    if _ASKS_TITLE.search(plain):
        return _fact(article, f"The article’s title is “{article.title}”.", article.title)
    if _ASKS_WHEN.search(plain):
        updated = "updat" in plain
        known = article.updated if updated else article.published
        if known is None:
            return None
        day = f"{known.day} {known:%B %Y}"
        return _fact(article, f"“{article.title}” was {'updated' if updated else 'published'} on {day}.", day)
    who, verb = (article.publisher, "published") if _ASKS_OUTLET.search(plain) else (article.author, "written")
    return _fact(article, f"“{article.title}” was {verb} by {who}.", who) if who else None


def _articles_meant(question: str, evidence: Sequence[Evidence]) -> list[Article]:
    """The articles in whose words the question's own words stand most: all that come first together."""
    asked = set(content_stems(question)) - _FURNITURE
    shares: dict[str, tuple[float, Article]] = {}
    for article in {item.article.article_id: item.article for item in evidence}.values():
        words = set(content_stems(f"{article.title} {article.publisher or ''} {article.author or ''} {article.text}"))
        titled = set(content_stems(article.title))
        share = len(asked & words) / len(asked) if asked else 1.0
        shares[article.article_id] = (share + (0.5 * len(asked & titled) / len(asked) if asked else 0.0), article)
    best = max((share for share, _ in shares.values()), default=0.0)
    if best < 0.5:
        return []
    meant = [(share, article) for share, article in shares.values() if share >= best - 0.25]
    return [article for _, article in sorted(meant, key=lambda pair: -pair[0])]


def _fact(article: Article, text: str, short: str) -> ArticleFact:
    return ArticleFact(Draft(text, (_span(article, short),)), short)


def _span(article: Article, value: str) -> Span:
    """Where the value stands in the text, by name or as a date; else the lead sentence."""
    bounds = split_sentences(article.text)
    position = article.text.find(value)
    if position < 0:
        dates = [
            found
            for found in find_spoken_dates(article.text[:600], published=article.published)
            if found.words == value and found.stated
        ]
        position = dates[0].start if dates else -1
    holding = [(start, end) for start, end in bounds if start <= position < end]
    long = [(start, end) for start, end in bounds if end - start >= 40]
    start, end = (holding or long or bounds or [(0, len(article.text))])[0]
    return Span(article.article_id, start, end)
