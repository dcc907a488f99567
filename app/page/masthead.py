"""The head of the page and what stands in an empty conversation, as HTML. Pure."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .html import esc, facts, long_date

if TYPE_CHECKING:
    from ...index.record.rows import ArticleRow
    from ..settings import Settings


def masthead(rows: "Sequence[ArticleRow]", settings: "Settings", *, notes: Sequence[str] = ()) -> str:
    """The name, what the answers are made from and by what, and what a person should know of the state of it."""
    days = sorted(row.published for row in rows if row.published)
    span = f"{long_date(days[0])} – {long_date(days[-1])}" if days else None
    reader = f"read by {esc(settings.model)}" if settings.reader_kind == "llm" else "answers in the articles’ own words"
    count = f"{len(rows):,} article{'' if len(rows) == 1 else 's'}"
    told = "".join(f'<p class="dl-note" role="status">{esc(note)}</p>' for note in notes)
    name = '<h1>Dateline</h1><p class="dl-motto">Ask the news. Every sentence pinned to its source.</p>'
    state = f'<p class="dl-state">{facts([count, span, reader])}</p>'
    return f'<header class="dl-masthead"><div>{name}</div>{state}</header>{told}'


def welcome(rows: "Sequence[ArticleRow]") -> str:
    """What stands where no question was asked yet."""
    if not rows:
        return (
            '<div class="dl-welcome"><h2>No articles yet</h2><p>Open <strong>Articles</strong> above and add some '
            "files, or paste a text. Then ask.</p></div>"
        )
    return (
        '<div class="dl-welcome"><h2>What do you want to know?</h2><p>Every answer quotes the articles, says who wrote '
        "them and when, and is refused where they do not tell.</p></div>"
    )
