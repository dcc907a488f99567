"""A conversation as the browser keeps it: JSON out, and in again with nothing in it trusted. Pure.

What comes back from a browser may be old, cut off or made up. It is validated here; its quotes are shown as highlights
only where the articles of this corpus hold them (`evidence`). Articles themselves are never kept in the browser.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from ...index.article import Article
from ...index.errors import ArticleNotFound
from ..answer import Answer, Refusal
from ..export import cited_ids
from .session import MAX_EXCHANGES, Exchange, Session

SCHEMA = 1
MAX_RECORD_CHARS = 4_000_000
_RESULT: TypeAdapter[Answer | Refusal] = TypeAdapter(Annotated[Answer | Refusal, Field(discriminator="kind")])


class _Turn(BaseModel):
    model_config = ConfigDict(frozen=True)

    question: str = Field(max_length=4000)
    result: dict[str, Any] | None = None
    error: str = ""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)

    version: Literal[1] = Field(alias="schema")
    key: str = Field("", pattern=r"^[a-z0-9]{0,40}$")
    turns: list[_Turn] = []


def record_of(session: Session) -> str:
    """A session as JSON for the browser; empty for one in which nothing was asked."""
    if not session.exchanges:
        return ""
    plain = {"schema": SCHEMA, "key": session.key, "turns": [_turn(item) for item in session.exchanges]}
    return json.dumps(plain, ensure_ascii=False)


def _turn(exchange: Exchange) -> Mapping[str, Any]:
    if isinstance(exchange.result, str):
        return {"question": exchange.question, "error": exchange.result}
    return {"question": exchange.question, "result": exchange.result.to_dict()}


def session_of(record: str, *, article: Callable[[str], Article]) -> Session:
    """The session that a record tells of; turns that cannot be read are left out, a broken record is an empty session.

    `article` gives an article by its id, or raises ArticleNotFound for one that is gone.
    """
    if not record or len(record) > MAX_RECORD_CHARS:
        return Session()
    try:
        known = _Record.model_validate_json(record)
    except ValidationError:
        return Session()
    read = (_exchange(turn, article) for turn in known.turns[-MAX_EXCHANGES:])
    return Session(tuple(exchange for exchange in read if exchange is not None), known.key)


def _exchange(turn: _Turn, article: Callable[[str], Article]) -> Exchange | None:
    if turn.result is None:
        return Exchange(turn.question, turn.error, {}) if turn.error else None
    try:
        result = _RESULT.validate_python(turn.result)
    except ValidationError:
        return None
    return Exchange(turn.question, result, cited_articles(result, article=article))


def refreshed(session: Session, *, article: Callable[[str], Article]) -> Session:
    """The session with the cited articles as they are now, for when some were replaced or deleted."""
    now = (
        item if isinstance(item.result, str) else replace(item, articles=cited_articles(item.result, article=article))
        for item in session.exchanges
    )
    return replace(session, exchanges=tuple(now))


def cited_articles(result: Answer | Refusal, *, article: Callable[[str], Article]) -> dict[str, Article]:
    """The articles that a result cites, by id; one that is gone is left out."""
    found = {}
    for article_id in cited_ids(result):
        try:
            found[article_id] = article(article_id)
        except ArticleNotFound:
            continue
    return found
