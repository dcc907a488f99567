"""What programs can call, by stable names and with typed inputs: through gradio_client, and as MCP tools.

All of it here reads; what changes or measures is in `program_acts`.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ...index.errors import BadInput, DatelineError
from ..answer import SCHEMA
from ..asked import AskBody, SearchBody
from ..asked import in_words as fault_words
from ..batch import ask_one, search_one
from ..cli.articles import article_facts
from ..server import whole_article
from ..timeline import timeline_json
from .draft import checked
from .limits import day_of, within
from .quiet_gradio import api, gr
from .timeline_tab import found

if TYPE_CHECKING:
    from ..api import Dateline

MAX_ARTICLES = 1000
TOOLS = frozenset({"ask", "search", "verify", "article", "list_articles", "timeline"})


def offer(news: "Dateline") -> None:
    """Registers every endpoint, inside the page's Blocks."""
    _offer_questions(news)
    _offer_articles(news)


def keep_from_tools(page: gr.Blocks) -> None:
    """Leaves only what reads among the MCP tools: a model that is led astray can change nothing here.

    Gradio makes a tool of every public function; those taken out here are neither listed nor callable as tools.
    """
    server = page.mcp_server_obj
    if server is not None:
        kept = {name: endpoint for name, endpoint in server.tool_to_endpoint.items() if name in TOOLS}
        server.tool_to_endpoint = kept


def _offer_questions(news: "Dateline") -> None:
    def ask(
        question: str, history: list[str] | None = None, as_of: str | None = None, articles: list[str] | None = None
    ) -> dict[str, Any]:
        """Answers a question from the news articles, every sentence cited and checked, or refuses with a reason.

        Args:
            question: what to find out, in words
            history: earlier questions of the same conversation, oldest first
            as_of: a day as 2023-03-24; articles published later are hidden
            articles: ids or URLs of the only articles to read
        """
        return in_words(lambda: ask_one(news, _ask_body(question, history, as_of, articles)))

    def search(query: str, k: int = 8, as_of: str | None = None) -> dict[str, Any]:
        """Finds the passages of the articles that come nearest to a query, best first, with their scores.

        Args:
            query: words to search for
            k: how many passages, 1 to 100
            as_of: a day as 2023-03-24; articles published later are hidden
        """
        return in_words(
            lambda: {"schema": SCHEMA, "query": query, "results": search_one(news, _search_body(query, k, as_of))}
        )

    def verify(text: str) -> dict[str, Any]:
        """Checks a text sentence by sentence against the articles: supported, contradicted, or not found there.

        Args:
            text: a paragraph, such as a draft or another model's answer
        """
        return in_words(lambda: checked(news, text))

    for function in (ask, search, verify):
        api(function, api_name=function.__name__, concurrency_limit=8, concurrency_id="ask")


def _offer_articles(news: "Dateline") -> None:
    def article(article_id: str) -> dict[str, Any]:
        """One article, whole, with its facts; a citation's quote is text[start:end] of it.

        Args:
            article_id: the id that citations and lists give
        """
        return in_words(lambda: whole_article(news.article(article_id)))

    def list_articles(outlet: str = "", since: str = "", until: str = "") -> dict[str, Any]:
        """The facts of the articles that are in, without their texts, the newest first, at most 1,000.

        Args:
            outlet: only of this outlet
            since: only published on or after this day, as 2023-03-24
            until: only published on or before this day
        """

        def listed() -> dict[str, Any]:
            first, last = day_of(since), day_of(until)
            rows = [row for row in news.articles() if not outlet or row.publisher == outlet]
            kept = [row for row in rows if within(row.published, first, last)]
            kept.sort(key=lambda row: row.published or date.min, reverse=True)
            return {"schema": SCHEMA, "articles": [article_facts(row) for row in kept[:MAX_ARTICLES]]}

        return in_words(listed)

    def timeline(words: str = "", since: str = "", until: str = "") -> dict[str, Any]:
        """What the articles date: every sentence that tells of a day, oldest first, with who says it and where.

        Args:
            words: only sentences and speakers with all of these words
            since: only days on or after this one, as 2023-03-24
            until: only days on or before this one
        """
        return in_words(lambda: timeline_json(found(news, None, words=words, days=(since, until))))

    for function in (article, list_articles, timeline):
        api(function, api_name=function.__name__, concurrency_limit=8, concurrency_id="ask")


def in_words(called: Any) -> dict[str, Any]:
    """What a call gives; an error of ours as words for the program, without a traceback."""
    try:
        result: dict[str, Any] = called()
    except DatelineError as error:
        raise gr.Error(str(error), print_exception=False) from None
    if "citations" in result:
        result["citations"] = [_without_path(citation) for citation in result["citations"]]
    return result


def _without_path(citation: dict[str, Any]) -> dict[str, Any]:
    """A citation without the file on this machine: Gradio's client takes any `path` for a file that it should fetch."""
    return {name: value for name, value in citation.items() if name != "path"}


def _ask_body(question: str, history: list[str] | None, as_of: str | None, articles: list[str] | None) -> AskBody:
    try:
        return AskBody(
            question=question, history=list(history or ()), as_of=day_of(as_of or ""), articles=articles or None
        )
    except ValidationError as error:
        raise BadInput(fault_words(error)) from None


def _search_body(query: str, k: int, as_of: str | None) -> SearchBody:
    try:
        return SearchBody(query=query, k=k, as_of=day_of(as_of or ""))
    except ValidationError as error:
        raise BadInput(fault_words(error)) from None
