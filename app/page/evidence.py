"""The evidence beside an answer as HTML: all its quotes, or one article whole, opened at the quote. Pure.

A quote is highlighted only where the article holds exactly these words at exactly this place; otherwise it is shown
without a highlight and it is said why. The script of the page turns from one view to the other and steps through.
"""

from collections.abc import Mapping, Sequence

from ...index.article import Article
from ...index.chunk import Evidence, Print
from ..answer import Answer, Citation
from ..paragraph import paragraph_of
from .html import Marked, act, bdi, esc, facts, link, long_date, with_marks
from .session import Exchange, Session

# A page saved without line breaks is one paragraph of thousands of letters; around the quote this much is shown.
MAX_AROUND = 600
_NOTHING = '<p class="dl-meta">The exact words behind an answer appear here, with outlet, author and date.</p>'
_ORIGINS = ("title", "publisher", "author", "published", "updated", "dateline_place")
_STEPS = (
    '<div class="dl-steps" role="group" aria-label="Citations">'
    '<button type="button" data-step="-1" aria-label="Previous citation" title="Previous citation (p)">‹</button>'
    '<span class="dl-at" aria-live="polite"></span>'
    '<button type="button" data-step="1" aria-label="Next citation" title="Next citation (n)">›</button></div>'
)
_BACK = '<button type="button" class="dl-act dl-back" data-back title="Back to the answer (Esc)">↑ Answer</button>'
_VIEWS = (
    '<div class="dl-views" role="group" aria-label="View">'
    '<button type="button" data-show="quotes" aria-pressed="true" title="All quotes (q)">All quotes</button>'
    '<button type="button" data-show="article" aria-pressed="false" title="The article (a)">Article</button></div>'
)


def evidence_panel(session: Session, *, turn: int | None = None, number: int | None = None) -> str:
    """The evidence of a turn (the last one unless told); `number` is the citation that is opened at once."""
    turn = turn or len(session.exchanges)
    exchange = session.turn(turn)
    if exchange is None or not isinstance(exchange.result, Answer):
        return _panel(_NOTHING)
    return _panel(_section(exchange, exchange.result, turn=turn), number=number, bar=_BACK + _STEPS + _VIEWS)


def article_panel(article: Article, *, start: int = 0, end: int = 0) -> str:
    """One article whole, with the words `[start, end)` marked where they are given."""
    marks = [Marked(start, end, 1)] if 0 <= start < end <= len(article.text) else []
    text = with_marks(article.text, marks, start=0, end=len(article.text))
    whole = f'<div class="dl-whole" dir="auto" tabindex="0" aria-label="The article">{text}</div>'
    source = f'<article class="dl-source dl-open"><h3>{bdi(article.title)}</h3>{_all_facts(article)}{whole}</article>'
    return _panel(f'<section class="dl-turn-evidence">{source}</section>', view="article", title="Article", bar=_BACK)


def found_panel(evidence: Sequence[Evidence]) -> str:
    """What stands there while the reader is still reading: which articles it has before it."""
    titles = list(dict.fromkeys((item.article.title, item.article.published) for item in evidence))
    rows = "".join(f'<li>{bdi(title)} <span class="dl-date">{long_date(day)}</span></li>' for title, day in titles)
    return _panel(f'<p class="dl-meta">Reading {len(evidence)} passages from:</p><ul class="dl-reading">{rows}</ul>')


def _panel(
    inside: str, *, bar: str = "", view: str = "quotes", number: int | None = None, title: str = "Evidence"
) -> str:
    follow = f' data-follow="{number}"' if number else ""
    head = f'<header class="dl-bar"><h2 class="dl-panel-title">{title}</h2>{bar}</header>'
    return f'<div class="dl-evidence" data-view="{view}"{follow}>{head}{inside}</div>'


def _section(exchange: Exchange, answer: Answer, *, turn: int) -> str:
    by_article: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    sources = "".join(
        _source(citations, exchange.articles.get(article_id), turn=turn) for article_id, citations in by_article.items()
    )
    heading = f'<p class="dl-for">For “{bdi(exchange.question)}”</p>'
    return f'<section class="dl-turn-evidence" data-turn="{turn}">{heading}{sources}</section>'


def _source(citations: Sequence[Citation], article: Article | None, *, turn: int) -> str:
    first = citations[0]
    head = f"<h3>{bdi(first.title)}</h3>{_facts(first, article)}{_prints(first.copies)}"
    head += _all_facts(article) if article else ""
    quotes = "".join(_quote(citation, article, turn=turn) for citation in citations)
    whole = _whole(citations, article)
    return f'<article class="dl-source">{head}<div class="dl-quotes">{quotes}</div>{whole}</article>'


def _facts(citation: Citation, article: Article | None) -> str:
    """What is known of a source, on one line."""
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


def _prints(copies: Sequence[Print]) -> str:
    """Who else prints the same text: one source, however many outlets; a print with other values says so."""
    if not copies:
        return ""
    rows = "".join(f"<li>{_print(copy)}</li>" for copy in copies)
    count = f"Also printed by {len(copies)} other{'' if len(copies) == 1 else 's'}: one source"
    return f'<details class="dl-prints"><summary>{count}</summary><ul>{rows}</ul></details>'


def _print(copy: Print) -> str:
    return facts(
        [
            bdi(copy.publisher) if copy.publisher else "outlet unknown",
            long_date(copy.published),
            act("read", bdi(copy.title), kind="dl-title dl-small", article=copy.article_id),
            '<strong class="dl-altered">with other values in the same words</strong>' if copy.altered else None,
        ]
    )


def _all_facts(article: Article) -> str:
    """Every fact of an article, and where each was read."""
    ingested = long_date(article.ingested.date() if article.ingested else None)
    rows = [
        ("Outlet", bdi(article.publisher) if article.publisher else "unknown", "publisher"),
        ("Author", bdi(article.author) if article.author else "unknown", "author"),
        ("Published", long_date(article.published), "published"),
        ("Updated", long_date(article.updated) if article.updated else "not said", "updated"),
        ("Taken in", ingested, ""),
        ("Place", bdi(article.dateline_place) if article.dateline_place else "", "dateline_place"),
        ("Original", link(article.url, article.url or ""), ""),
    ]
    shown = "".join(
        f"<dt>{name}</dt><dd>{value}{_read_in(article.origins, fact)}</dd>" for name, value, fact in rows if value
    )
    return f'<dl class="dl-origins">{shown}</dl>'


def _read_in(origins: Mapping[str, str], fact: str) -> str:
    where = origins.get(fact)
    return f' <span class="dl-read-in">read in: {esc(where)}</span>' if where else ""


def _quote(citation: Citation, article: Article | None, *, turn: int) -> str:
    number = f'<span class="dl-number" aria-hidden="true">{citation.number}</span>'
    place = f'id="cite-{turn}-{citation.number}" data-number="{citation.number}" tabindex="-1"'
    fault = _fault(citation, article)
    if article is None or fault:
        words = f'{esc(citation.quote)}<span class="dl-moved">{fault}</span>'
    else:
        words = _in_paragraph(citation, article.text)
    label = f'aria-label="Quote {citation.number}"'
    return f'<blockquote class="dl-quote" {place} {label}>{number}<div dir="auto">{words}</div></blockquote>'


def _fault(citation: Citation, article: Article | None) -> str:
    """Why a quote can't be highlighted, in words; empty where the article holds it exactly at its place."""
    if article is None:
        return "This article is no longer in the corpus."
    if not _stands(citation, article):
        return "The article has changed since: these words no longer stand at their place."
    return ""


def _stands(citation: Citation, article: Article) -> bool:
    return (
        bool(citation.quote) and citation.start >= 0 and article.text[citation.start : citation.end] == citation.quote
    )


def _in_paragraph(citation: Citation, text: str) -> str:
    begin, stop = paragraph_of(text, citation.start, end=citation.end)
    left, right = max(begin, citation.start - MAX_AROUND), min(stop, citation.end + MAX_AROUND)
    mark = Marked(citation.start, citation.end, citation.number)
    before, after = "… " if left > begin else "", " …" if right < stop else ""
    return before + with_marks(text, [mark], start=left, end=right) + after


def _whole(citations: Sequence[Citation], article: Article | None) -> str:
    if article is None:
        return ""
    marks = [Marked(item.start, item.end, item.number) for item in citations if _stands(item, article)]
    text = with_marks(article.text, marks, start=0, end=len(article.text))
    return f'<div class="dl-whole" dir="auto" tabindex="0" aria-label="The article">{text}</div>'
