"""What the page hands over to be saved as files: the evidence pack of an answer or of a whole conversation."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..export import cited_ids, pack_json, pack_markdown, packs_json
from .session import Exchange, Session

if TYPE_CHECKING:
    from ..api import Dateline


def parcel(news: "Dateline", session: Session, *, turn: int | None) -> str:
    """JSON with the names and contents of two files, Markdown and JSON; of all turns where none is named.

    Empty where there is nothing to save. A turn whose cited articles are gone has no pack: nobody could check it.
    """
    one = session.turn(turn) if turn else None
    wanted: Sequence[Exchange] = [one] if one else session.exchanges if turn is None else []
    told = [item for item in wanted if _can_be_packed(item)]
    if not told:
        return ""
    made_by = _made_by(news)
    packs = [
        pack_json(item.result, item.articles, made_by=made_by) for item in told if not isinstance(item.result, str)
    ]
    notes = [pack_markdown(item.result, item.articles) for item in told if not isinstance(item.result, str)]
    plain = packs[0] if turn else packs_json(packs)
    name = f"evidence-{turn}" if turn else "conversation"
    files = {
        f"{name}.md": "\n---\n\n".join(notes),
        f"{name}.json": json.dumps(plain, ensure_ascii=False, indent=2) + "\n",
    }
    return json.dumps({"files": files}, ensure_ascii=False)


def _can_be_packed(exchange: Exchange) -> bool:
    return not isinstance(exchange.result, str) and set(cited_ids(exchange.result)) <= set(exchange.articles)


def _made_by(news: "Dateline") -> Mapping[str, Any]:
    reader = news.settings.model if news.settings.reader_kind == "llm" else "quoting, without a model"
    return {"reader": reader, "settings": news.settings.digest(), "index": news.corpus.manifest()}
