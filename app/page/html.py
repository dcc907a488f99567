"""The few pieces that all HTML of the page is made of. Pure.

Gradio puts this HTML into the page as it is, so every text that an article, a model or a user wrote goes through `esc`.
"""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from urllib.parse import urlsplit

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A part `[start, end)` of a text to be shown as marked, with the number of the citation that marks it."""

    start: int
    end: int
    number: int


def esc(text: object) -> str:
    """A text as HTML that shows exactly it, safe in an element and in a quoted attribute.

    >>> esc('<img src=x onerror="a()">')
    '&lt;img src=x onerror=&quot;a()&quot;&gt;'
    """
    return html.escape(_CONTROLS.sub("\ufffd", str(text)), quote=True)


def bdi(text: object) -> str:
    """The same, kept apart from the words around it so that its direction of writing cannot reorder them."""
    return f"<bdi>{esc(text)}</bdi>"


def long_date(day: date | None) -> str:
    """A date for people, with the machine's form beside it; "date unknown" where there is none."""
    return f'<time datetime="{day.isoformat()}">{day.day} {day:%B %Y}</time>' if day else "date unknown"


def short_date(day: date | None) -> str:
    """The same for tables, where there is little room."""
    return f'<time datetime="{day.isoformat()}">{day.day} {day:%b %Y}</time>' if day else "unknown"


def link(url: str | None, words: str) -> str:
    """A link that tells its target nothing; empty for anything but http and https (`javascript:` among it)."""
    try:
        known = url is not None and urlsplit(url).scheme in {"http", "https"}
    except ValueError:
        known = False
    return f'<a href="{esc(url)}" target="_blank" rel="noopener noreferrer nofollow">{esc(words)}</a>' if known else ""


def act(event: str, words: str, *, kind: str = "dl-act", **detail: object) -> str:
    """A button that tells the page's script to trigger `event` with this detail; `words` is HTML already.

    >>> act("ask", "Ask again", question="Who?", turn=1)
    '<button type="button" class="dl-act" data-do="ask" data-question="Who?" data-turn="1">Ask again</button>'
    """
    told = "".join(f' data-{name}="{esc(value)}"' for name, value in detail.items())
    return f'<button type="button" class="{kind}" data-do="{event}"{told}>{words}</button>'


def facts(parts: Iterable[str | None]) -> str:
    """What is known of several pieces of HTML, with dots between."""
    return " · ".join(part for part in parts if part)


def with_marks(text: str, marks: Sequence[Marked], *, start: int, end: int) -> str:
    """`text[start:end]` as HTML in which every mark's own words stand in `<mark>`.

    Where marks overlap, the words stand in one `<mark>` that names all their numbers. The text content of the result is
    exactly `text[start:end]`.
    """
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = {start, end} | {edge for mark in inside for edge in (mark.start, mark.end) if start < edge < end}
    ordered = sorted(edges)
    pieces = []
    for left, right in pairwise(ordered):
        numbers = sorted({mark.number for mark in inside if mark.start <= left and right <= mark.end})
        words = esc(text[left:right])
        pieces.append(f'<mark data-cite="{" ".join(map(str, numbers))}">{words}</mark>' if numbers else words)
    return "".join(pieces)
