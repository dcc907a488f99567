"""Many questions or searches, one JSON line each, answered in order: what `--batch` does.

A line that cannot be read or answered gives `{"id", "error"}` in its place, and the rest goes on. Reading the file and
printing are the caller's; here is only what becomes of a line.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..index.chunk import Evidence
from ..index.errors import DatelineError
from .answer import iso
from .asked import AskBody, SearchBody, VerifyBody, in_words

if TYPE_CHECKING:
    from .api import Dateline

Body = TypeVar("Body", bound=BaseModel)


def ask_batch(news: "Dateline", lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The JSON form of an answer, a refusal or an error for every line that is not blank, in order.

    The line's own `id` takes the place of the answer's where the line has one.
    """
    return _each(lines, AskBody, then=lambda body: _named(ask_one(news, body), body.id))


def search_batch(news: "Dateline", lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """`{"id", "results"}` or `{"id", "error"}` for every line that is not blank, in order."""
    return _each(lines, SearchBody, then=lambda body: {"id": body.id, "results": search_one(news, body)})


def verify_batch(open_news: "Callable[[], Dateline]", lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """`{"id", "verdict", "score", "checks", "citations", "statements"}` or `{"id", "error"}` for every line not blank.

    The articles are opened for the first line that gives no sources of its own.
    """
    return _each(lines, VerifyBody, then=lambda body: verify_one(open_news, body))


def verify_one(open_news: "Callable[[], Dateline]", body: VerifyBody) -> dict[str, Any]:
    """The checked statement of one line, its sentences taken together. Raises DatelineError."""
    from .verify.draft import articles_of_texts, verify
    from .verify.network import shipped_support

    if body.sources is not None:
        given = articles_of_texts(body.sources)
        checked = verify(body.statement, lambda _sentence: given, read=shipped_support())
    else:
        checked = open_news().verify(body.statement, as_of=body.as_of, articles=body.articles)
    whole = checked.to_dict()
    checks = [check for statement in whole["statements"] for check in statement["checks"]]
    kept = {name: whole[name] for name in ("verdict", "score", "citations", "statements")}
    return {"id": body.id, "checks": checks, **kept}


def ask_one(news: "Dateline", body: AskBody) -> dict[str, Any]:
    """The JSON form of the answer or refusal to one question. Raises DatelineError."""
    result = news.ask(body.question, history=body.history, as_of=body.as_of, articles=body.articles)
    return result.to_dict()


def search_one(news: "Dateline", body: SearchBody) -> list[dict[str, Any]]:
    """The results of one search, best first, one row a chunk. Raises DatelineError."""
    found = news.search(body.query, k=body.k, as_of=body.as_of, articles=body.articles)
    return [result_row(item) for item in found]


def result_row(item: Evidence) -> dict[str, Any]:
    """The JSON form of one retrieved chunk; `text` is exactly the article's `text[start:end]`."""
    span = item.chunk.span
    return {
        "article_id": span.article_id,
        "url": item.article.url,
        "title": item.article.title,
        "published": iso(item.article.published),
        "start": span.start,
        "end": span.end,
        "text": item.chunk.text,
        "score": round(item.score, 6),
        "scores": {stage: round(score, 6) for stage, score in item.scores.items()},
    }


def _each(
    lines: Iterable[bytes], kind: type[Body], *, then: Callable[[Body], dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _one(line.removeprefix(b"\xef\xbb\xbf"), kind, number=number, then=then)


def _one(line: bytes, kind: type[Body], *, number: int, then: Callable[[Body], dict[str, Any]]) -> dict[str, Any]:
    try:
        body = kind.model_validate_json(line)
    except ValidationError as error:
        return {"id": _id_of(line), "error": f"Line {number} cannot be read: {in_words(error)}."}
    try:
        return then(body)
    except DatelineError as error:
        return {"id": _id_of(line), "error": str(error)}
    except Exception as error:
        return {"id": _id_of(line), "error": f"Line {number} failed inside Dateline: {type(error).__name__}: {error}"}


def _id_of(line: bytes) -> Any:
    """The id of a line that could not be used, None where even that cannot be read."""
    try:
        body = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return body.get("id") if isinstance(body, dict) else None


def _named(result: dict[str, Any], own_id: Any) -> dict[str, Any]:
    return result if own_id is None else result | {"id": own_id}
