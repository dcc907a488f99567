"""`dateline serve`: questions, searches and articles over HTTP, in JSON of schema 1.

    POST /ask       {"question", "history"?, "as_of"?, "articles"?}   → an answer or a refusal
    POST /search    {"query", "k"?, "as_of"?, "articles"?}            → {"schema", "results"}
    GET  /articles  · GET /articles/{id} · GET /health

It reads; changing the corpus is the command line's and the page's. Errors are `{"schema", "kind": "error", "error"}` in
plain words: 422 for what was sent wrong, 404 for an article that is not there, 502 or 503 where an outside model fails.
"""

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from ..index.article import Article
from ..index.errors import ArticleNotFound, BadInput, DatelineError, ProviderError
from .answer import SCHEMA, iso
from .asked import AskBody, SearchBody, in_words
from .batch import ask_one, search_one
from .cli.articles import article_facts
from .web_guard import API_POLICY, Guard, GuardSettings

if TYPE_CHECKING:
    from .api import Dateline

MAX_BODY_BYTES = 1_000_000


def build_server(news: "Dateline", *, host: str, password: str | None = None) -> Guard:
    """The ASGI application over an open corpus, inside its guard."""
    # Interactive documentation would load scripts from another host; /openapi.json describes the same.
    app = FastAPI(title="Dateline", docs_url=None, redoc_url=None)
    _add_questions(app, news)
    _add_articles(app, news)
    _add_errors(app)
    settings = GuardSettings(host=host, password=password, max_body_bytes=MAX_BODY_BYTES, policy=API_POLICY)
    return Guard(app, settings)


def _add_questions(app: FastAPI, news: "Dateline") -> None:
    @app.post("/ask")
    def ask(body: AskBody) -> dict[str, Any]:
        """An answer or a refusal; both are 200, `kind` tells them apart."""
        return ask_one(news, body)

    @app.post("/search")
    def search(body: SearchBody) -> dict[str, Any]:
        """The best k passages, best first."""
        return {"schema": SCHEMA, "query": body.query, "results": search_one(news, body)}

    @app.get("/health")
    def health() -> dict[str, Any]:
        """That it is up, with how many articles, and what a person should know of their state."""
        return {"schema": SCHEMA, "status": "ok", "n_articles": len(news.articles()), "notes": list(news.notes)}


def _add_articles(app: FastAPI, news: "Dateline") -> None:
    @app.get("/articles")
    def articles() -> dict[str, Any]:
        """The facts of every article, without the texts."""
        return {"schema": SCHEMA, "articles": [article_facts(row) for row in news.articles()]}

    @app.get("/articles/{article_id:path}")
    def article(article_id: str) -> dict[str, Any]:
        """One article, whole: a citation's quote is `text[start:end]` in code points."""
        return whole_article(news.article(article_id))


def whole_article(article: Article) -> dict[str, Any]:
    """The JSON form of an article with its text."""
    return {
        "schema": SCHEMA,
        "article_id": article.article_id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published": iso(article.published),
        "updated": iso(article.updated),
        "dateline_place": article.dateline_place,
        "url": article.url,
        "language": article.language,
        "origins": dict(article.origins),
        "content_hash": article.content_hash,
        "text": article.text,
    }


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(RequestValidationError)
    def unreadable(_request: Request, error: RequestValidationError) -> JSONResponse:
        faults = [{**fault, "loc": tuple(fault["loc"])[1:]} for fault in error.errors()]
        return _error(422, "; ".join(_fault(fault) for fault in faults))

    @app.exception_handler(ValidationError)
    def invalid(_request: Request, error: ValidationError) -> JSONResponse:
        return _error(422, in_words(error))

    @app.exception_handler(DatelineError)
    def refused(_request: Request, error: DatelineError) -> JSONResponse:
        return _error(status_of(error), str(error))

    @app.exception_handler(HTTPException)
    def missing(_request: Request, error: HTTPException) -> JSONResponse:
        return _error(error.status_code, str(error.detail))

    @app.exception_handler(Exception)
    def failed(_request: Request, _error_inside: Exception) -> JSONResponse:
        return _error(500, "Dateline failed inside; its log says where.")


def status_of(error: DatelineError) -> int:
    """The HTTP status for an error of ours."""
    if isinstance(error, ArticleNotFound):
        return 404
    if isinstance(error, BadInput):
        return 422
    if error.retryable:
        return 503
    return 502 if isinstance(error, ProviderError) else 500


def _fault(fault: dict[str, Any]) -> str:
    where = ".".join(str(step) for step in fault["loc"])
    return f"{where}: {fault['msg']}" if where else str(fault["msg"])


def _error(status: int, words: str) -> JSONResponse:
    return JSONResponse({"schema": SCHEMA, "kind": "error", "error": words}, status_code=status)
