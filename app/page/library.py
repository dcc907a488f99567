"""The list of the articles that are in: filtered, sorted, a page at a time, as HTML. Pure.

Thousands of articles are no matter: only one page of rows ever goes to the browser.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, get_args

from ...index.errors import BadInput
from .html import act, bdi, esc, short_date
from .limits import day_of, within

if TYPE_CHECKING:
    from ...index.record.rows import ArticleRow

PAGE_ROWS = 50
# A list of thousands to choose from helps nobody; there, outlets and dates limit.
MAX_CHOICES = 300
Column = Literal["title", "publisher", "published", "n_copies", "n_chunks", "ingested"]
_HEADS: Mapping[Column, str] = {
    "title": "Title",
    "publisher": "Outlet",
    "published": "Published",
    "n_copies": "Copies",
    "n_chunks": "Chunks",
    "ingested": "Taken in",
}
_KEYS: Mapping[Column, Callable[["ArticleRow"], Any]] = {
    "title": lambda row: row.title.casefold(),
    "publisher": lambda row: (row.publisher or "").casefold(),
    "published": lambda row: row.published or date.min,
    "n_copies": lambda row: row.n_copies,
    "n_chunks": lambda row: row.n_chunks,
    "ingested": lambda row: row.ingested,
}
_DESCENDING = frozenset(("published", "n_copies", "n_chunks", "ingested"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Which articles are listed, and how. `sort` None is the order of the words searched for, else the newest first."""

    words: str = ""
    outlets: Sequence[str] = ()
    since: str = ""
    until: str = ""
    sort: Column | None = None
    descending: bool = True
    page: int = 1

    def narrowed(self, words: str, *, outlets: Sequence[str], since: str, until: str) -> "Listing":
        """The listing narrowed anew, its order kept; other words to search for bring back the best first."""
        new = Listing(words=words, outlets=tuple(outlets), since=since, until=until)
        return new if words != self.words else replace(new, sort=self.sort, descending=self.descending)

    def sorted_by(self, column: str) -> "Listing":
        """The listing sorted by a column; the same column again turns the order round."""
        if column not in get_args(Column):
            return self
        known: Any = column
        turned = not self.descending if self.sort == column else column in _DESCENDING
        return replace(self, sort=known, descending=turned, page=1)


def library_html(
    rows: "Sequence[ArticleRow]", listing: Listing, *, find: Callable[[str], Sequence[str]], writable: bool = True
) -> str:
    """One page of the list. `find` gives the ids of the articles that hold some words, best first."""
    if not rows:
        return '<p class="dl-meta">No articles yet. Add some here, or with <code>dateline ingest FOLDER</code>.</p>'
    try:
        listed = _listed(rows, listing, find=find)
    except BadInput as error:
        return f'<p class="dl-fault" role="alert">{esc(error)}</p>'
    n_pages = max(1, -(-len(listed) // PAGE_ROWS))
    page = min(max(1, listing.page), n_pages)
    shown = listed[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    count = f"{len(listed):,} of {len(rows):,}" if len(listed) != len(rows) else f"{len(rows):,}"
    head = f'<p class="dl-meta" role="status">{count} article{"" if len(rows) == 1 else "s"}</p>'
    body = "".join(_row(row) for row in shown)
    heads = f'<thead><tr><th><span class="dl-sr">Choose</span></th>{_heads(listing)}</tr></thead>'
    table = f'<table class="dl-table dl-cards">{heads}<tbody>{body}</tbody></table>'
    chosen = act("delete", "Delete the chosen articles", kind="dl-act dl-delete", collect="", confirm=_SURE)
    return head + (table if shown else "") + (chosen if shown and writable else "") + _pages(page, n_pages)


_SURE = "Delete {n} article(s) for good? They are gone from answers at once."


def _listed(
    rows: "Sequence[ArticleRow]", listing: Listing, *, find: Callable[[str], Sequence[str]]
) -> "list[ArticleRow]":
    since, until = day_of(listing.since), day_of(listing.until)
    outlets = set(listing.outlets)
    kept = [
        row for row in rows if (not outlets or (row.publisher or "") in outlets) and within(row.published, since, until)
    ]
    if listing.words.strip():
        places = {article_id: place for place, article_id in enumerate(find(listing.words))}
        kept = sorted((row for row in kept if row.article_id in places), key=lambda row: places[row.article_id])
        if listing.sort is None:
            return kept
    return sorted(kept, key=_KEYS[listing.sort or "published"], reverse=listing.descending)


def _heads(listing: Listing) -> str:
    return "".join(_head(column, name, listing) for column, name in _HEADS.items())


def _head(column: Column, name: str, listing: Listing) -> str:
    current = listing.sort or (None if listing.words.strip() else "published")
    way = ("descending" if listing.descending else "ascending") if current == column else "none"
    sign = {"descending": " ↓", "ascending": " ↑", "none": ""}[way]
    return f'<th scope="col" aria-sort="{way}">{act("sort", name + sign, by=column)}</th>'


def _row(row: "ArticleRow") -> str:
    box = f'<input type="checkbox" value="{esc(row.article_id)}" aria-label="Choose {esc(row.title)}">'
    title = act("read", bdi(row.title), article=row.article_id, kind="dl-title")
    copies = f'<span title="Other articles that print the same text">{row.n_copies}</span>' if row.n_copies else "–"
    return (
        f'<tr><td>{box}</td><td data-label="Title">{title}</td>'
        f'<td data-label="Outlet">{bdi(row.publisher) if row.publisher else "unknown"}</td>'
        f'<td data-label="Published">{short_date(row.published)}</td>'
        f'<td data-label="Copies" class="dl-n">{copies}</td><td data-label="Chunks" class="dl-n">{row.n_chunks}</td>'
        f'<td data-label="Taken in">{short_date(row.ingested.date())}</td></tr>'
    )


def _pages(page: int, n_pages: int) -> str:
    if n_pages == 1:
        return ""
    before = act("turn", "‹ Before", page=page - 1) if page > 1 else ""
    after = act("turn", "After ›", page=page + 1) if page < n_pages else ""
    words = f'<span class="dl-meta">Page {page} of {n_pages}</span>'
    return f'<nav class="dl-acts dl-pages" aria-label="Pages">{before}{words}{after}</nav>'


def outlets_of(rows: "Sequence[ArticleRow]") -> list[str]:
    """All outlets by name, each once."""
    return sorted({row.publisher for row in rows if row.publisher}, key=str.casefold)


def choices(rows: "Sequence[ArticleRow]") -> list[tuple[str, str]]:
    """Label and id of every article, for a list to choose from; none where they are too many for that."""
    if len(rows) > MAX_CHOICES:
        return []
    return [(f"{_shortened(row.title)} ({row.published or 'no date'})", row.article_id) for row in rows]


def _shortened(title: str, *, max_chars: int = 70) -> str:
    return title if len(title) <= max_chars else f"{title[:max_chars].rsplit(' ', 1)[0]} …"
