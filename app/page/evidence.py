"""The evidence panel as HTML: each cited article, its facts, the quotes in their paragraphs, its whole text. Pure."""

from collections.abc import Sequence

from ...index.article import Article
from ...index.chunk import Evidence
from ..answer import Answer, Citation
from ..paragraph import paragraph_of
from .html import Marked, bdi, esc, facts, link, long_date, with_marks
from .session import Exchange

# A page saved without line breaks is one paragraph of thousands of letters; around the quote this much is shown.
MAX_AROUND = 600
_NOTHING = '<p class="dl-meta">The exact words behind an answer appear here, with outlet, author and date.</p>'


def evidence_panel(exchanges: Sequence[Exchange]) -> str:
    """A section for every answered turn; all but the last are hidden until one of their citations is followed."""
    sections = [
        _section(exchange, turn=number, shown=number == len(exchanges))
        for number, exchange in enumerate(exchanges, start=1)
        if isinstance(exchange.result, Answer)
    ]
    last_cites = bool(exchanges) and isinstance(exchanges[-1].result, Answer)
    return _panel("".join(sections) + ("" if last_cites else _NOTHING))


def found_panel(evidence: Sequence[Evidence]) -> str:
    """What stands there while the reader is still reading: which articles it has before it."""
    titles = list(dict.fromkeys((item.article.title, item.article.published) for item in evidence))
    rows = "".join(f'<li>{bdi(title)} <span class="dl-date">{long_date(day)}</span></li>' for title, day in titles)
    return _panel(f'<p class="dl-meta">Reading {len(evidence)} passages from:</p><ul class="dl-reading">{rows}</ul>')


def _panel(inside: str) -> str:
    return f'<div class="dl-evidence"><h2 class="dl-panel-title">Evidence</h2>{inside}</div>'


def _section(exchange: Exchange, *, turn: int, shown: bool) -> str:
    answer = exchange.result
    if not isinstance(answer, Answer):
        return ""
    by_article: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    sources = "".join(
        _source(citations, exchange.articles.get(article_id), turn=turn) for article_id, citations in by_article.items()
    )
    heading = f'<p class="dl-for">For “{bdi(exchange.question)}”</p>'
    hidden = "" if shown else " hidden"
    return f'<section class="dl-turn-evidence" data-turn="{turn}"{hidden}>{heading}{sources}</section>'


def _source(citations: Sequence[Citation], article: Article | None, *, turn: int) -> str:
    first = citations[0]
    head = f"<h3>{bdi(first.title)}</h3>{_facts(first, article)}"
    quotes = "".join(_quote(citation, article, turn=turn) for citation in citations)
    return f'<article class="dl-source">{head}{quotes}{_whole(citations, article)}</article>'


def _facts(citation: Citation, article: Article | None) -> str:
    published = f"Published {long_date(citation.published)}" if citation.published else "Date unknown"
    updated = article.updated if article else None
    known = [
        f'<span class="dl-outlet">{bdi(citation.publisher)}</span>' if citation.publisher else "Outlet unknown",
        f"By {bdi(citation.author)}" if citation.author else None,
        published,
        f"updated {long_date(updated)}" if updated else None,
        link(citation.url, "Original"),
    ]
    return f'<p class="dl-facts">{facts(known)}</p>'


def _quote(citation: Citation, article: Article | None, *, turn: int) -> str:
    number = f'<span class="dl-number" aria-hidden="true">{citation.number}</span>'
    label = f"Quote {citation.number}"
    words = _in_paragraph(citation, article.text) if article else f"<mark>{esc(citation.quote)}</mark>"
    place = f'id="cite-{turn}-{citation.number}" tabindex="-1" aria-label="{label}"'
    return f'<blockquote class="dl-quote" {place}>{number}<div dir="auto">{words}</div></blockquote>'


def _in_paragraph(citation: Citation, text: str) -> str:
    begin, stop = paragraph_of(text, citation.start, end=citation.end)
    left, right = max(begin, citation.start - MAX_AROUND), min(stop, citation.end + MAX_AROUND)
    mark = Marked(citation.start, citation.end, citation.number)
    before, after = "… " if left > begin else "", " …" if right < stop else ""
    return before + with_marks(text, [mark], start=left, end=right) + after


def _whole(citations: Sequence[Citation], article: Article | None) -> str:
    if article is None:
        return ""
    marks = [Marked(citation.start, citation.end, citation.number) for citation in citations]
    text = with_marks(article.text, marks, start=0, end=len(article.text))
    body = f'<div class="dl-whole" dir="auto">{text}</div>'
    return f"<details><summary>Read the whole article</summary>{body}</details>"
