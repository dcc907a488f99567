"""A draft checked against the articles, sentence by sentence, with their words beside each. Only HTML is made here."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ...index.errors import BadInput
from .html import act, bdi, esc, facts, long_date

if TYPE_CHECKING:
    from ..api import Dateline

MAX_DRAFT_CHARS = 20_000
_MARKS = {
    "supported": ("✓", "supported"),
    "partly": ("◐", "partly supported"),
    "contradicted": ("✗", "contradicted"),
    "unsupported": ("–", "not found in the articles"),
}


def checked(news: "Dateline", text: str) -> dict[str, Any]:
    """The JSON form of a draft's verification. Raises BadInput for one that is empty or too long."""
    if not text.strip():
        raise BadInput("Paste a paragraph first.")
    if len(text) > MAX_DRAFT_CHARS:
        raise BadInput(f"The draft has {len(text):,} characters; at most {MAX_DRAFT_CHARS:,} are checked at once.")
    return news.verify(text).to_dict()


def draft_html(verification: Mapping[str, Any]) -> str:
    """The draft with a mark on every sentence, and beside it what the articles say."""
    rows = verification["statements"]
    cited = {citation["number"]: citation for citation in verification["citations"]}
    counts = {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in _MARKS}
    words = ", ".join(f"{n} {_MARKS[verdict][1]}" for verdict, n in counts.items() if n)
    items = "".join(_row(row, cited) for row in rows)
    return f'<p class="dl-meta" role="status">{words}.</p><ol class="dl-draft-rows">{items}</ol>'


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _row(row: Mapping[str, Any], cited: Mapping[int, Mapping[str, Any]]) -> str:
    sign, words = _MARKS[row["verdict"]]
    failed = [f"{check['kind']}: {check['value']}" for check in row["checks"] if not check["ok"]]
    why = f'<span class="dl-meta">Not so in the articles: {esc(", ".join(failed))}</span>' if failed else ""
    verdict = f'<span class="dl-verdict dl-{row["verdict"]}">{sign}&nbsp;{words}</span>'
    quotes = "".join(_quote(cited[number]) for number in row["citations"] if number in cited)
    beside = quotes or '<span class="dl-meta">No article speaks of it.</span>'
    return f'<li><div class="dl-said">{bdi(row["text"])} {verdict}{why}</div><div class="dl-beside">{beside}</div></li>'


def _quote(citation: Mapping[str, Any]) -> str:
    told = {"article": citation["article_id"], "start": citation["start"], "end": citation["end"]}
    title = act("read", bdi(citation["title"]), kind="dl-title dl-small", **told)
    by = facts([bdi(citation["publisher"]) if citation["publisher"] else None, long_date(_day(citation["published"]))])
    source = f'{title} <span class="dl-meta">{by}</span>'
    return f'<blockquote class="dl-quote">{bdi(citation["quote"])}<br>{source}</blockquote>'
