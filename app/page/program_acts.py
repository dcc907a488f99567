"""What programs can do to the articles, and the evaluation: by stable names and typed inputs, through gradio_client.

None of it is an MCP tool (`programs.keep_from_tools`). The guard in front keeps other sites' pages out here as it does
from the page itself.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...index.article import Article, Skipped
from ...index.errors import BadInput
from ..answer import SCHEMA
from .articles import fetched_article
from .evaluation import Evaluation
from .fetch import FetchRules
from .limits import day_of
from .programs import in_words
from .quiet_gradio import api

if TYPE_CHECKING:
    from ...index.ingest_report import IngestReport
    from ..api import Dateline

_WRITE: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "write"}


def offer(news: "Dateline", *, evaluation: Evaluation | None, fetching: FetchRules | None) -> None:
    """Registers every endpoint, inside the page's Blocks."""
    _offer_changes(news, fetching=fetching)
    if evaluation is not None:
        _offer_evaluation(news, evaluation)


def _offer_changes(news: "Dateline", *, fetching: FetchRules | None) -> None:
    def add(
        text: str = "", title: str = "", url: str = "", published: str = "", publisher: str = "", author: str = ""
    ) -> dict[str, Any]:
        """Takes an article in, or a new version of it: its words, or only the address to fetch it from.

        Args:
            text: the words; what they tell of title, outlet, author and date is read from them
            title: stands over what the text says, as all that follows
            url: the address, which names the article; without words it is fetched, where that is allowed
            published: the day as 2023-03-24
            publisher: the outlet
            author: who wrote it
        """
        given = {"title": title, "url": url, "publisher": publisher, "author": author}

        def added() -> dict[str, Any]:
            found = _read(text, url, fetching=fetching)
            return report_json(news.ingest_articles([_with_facts(found, given, published=published)]))

        return in_words(added)

    def delete(article_ids: list[str]) -> dict[str, Any]:
        """Deletes articles for good, and all that was made of them; gives the ids that were there.

        Args:
            article_ids: ids as lists and citations give them
        """
        return in_words(lambda: {"schema": SCHEMA, "deleted": list(news.delete(*article_ids))})

    for function in (add, delete):
        api(function, api_name=function.__name__, **_WRITE)


def _offer_evaluation(news: "Dateline", evaluation: Evaluation) -> None:
    def evaluate(name: str = "seeds") -> dict[str, Any]:
        """Runs a set of cases against the articles that are in: measures with intervals, by kind, and every case.

        Args:
            name: the set, as the page's list names it
        """

        def run() -> dict[str, Any]:
            sets = evaluation.sets(news.settings.home)
            if name not in sets:
                raise BadInput(f"There is no set {name!r}; there are: {', '.join(sets)}.")
            return evaluation.run(news, name, lambda *_: None)

        return in_words(run)

    api(evaluate, api_name="evaluate", concurrency_limit=1)


def _read(text: str, url: str, *, fetching: FetchRules | None) -> Article | Skipped:
    from ...index.articles.read import article_id_of_url, read_article_text
    from .fetch import fetch

    if text.strip():
        name = f"added-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"
        article = read_article_text(text, name=name)
        return replace(article, article_id=article_id_of_url(url), url=url) if url.strip() else article
    if not url.strip():
        raise BadInput("Give the words of an article, or its address.")
    if fetching is None:
        raise BadInput("Pages are not fetched from addresses here; give the words of the article.")
    return fetched_article(fetch(url, rules=fetching))


def _with_facts(found: Article | Skipped, given: Mapping[str, str], *, published: str) -> Article | Skipped:
    """The article with the facts that were given, marked as such."""
    day = day_of(published)
    if isinstance(found, Skipped):
        return found
    told: dict[str, Any] = {name: " ".join(value.split()) for name, value in given.items() if value.strip()}
    told.pop("url", None)
    told |= {"published": day} if day else {}
    return replace(found, **told, origins={**found.origins, **dict.fromkeys(told, "given")})


def report_json(report: "IngestReport") -> dict[str, Any]:
    """What became of every article, by its id."""
    return {
        "schema": SCHEMA,
        "added": list(report.added),
        "updated": list(report.updated),
        "unchanged": list(report.unchanged),
        "skipped": [{"path": skip.path, "reason": skip.reason} for skip in report.skipped],
    }
