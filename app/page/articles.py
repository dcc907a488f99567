"""What happens when somebody adds, replaces or deletes articles on the page. No Gradio in here: HTML out.

The list of what is in is `library`.
"""

import hashlib
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...index.article import Article, Skipped
from ...index.errors import BadInput, DatelineError
from .html import bdi, esc

if TYPE_CHECKING:
    from ...index.ingest_report import IngestReport
    from ..api import Dateline
    from .fetch import Fetched, FetchRules

FILE_TYPES = (".txt", ".md", ".html", ".htm", ".jsonl")
MAX_UPLOAD_BYTES = 20_000_000
MAX_LISTED = 500
_OUTCOMES = {
    "waiting": "· waiting",
    "reading": "… reading",
    "added": "✓ added",
    "updated": "✓ updated",
    "unchanged": "= unchanged",
    "skipped": "✗ skipped",
}


@dataclass(frozen=True, slots=True)
class Pasted:
    """An article as pasted into the page's form; a given title stands over what the text says."""

    title: str
    text: str


def add_files(news: "Dateline", paths: Sequence[str]) -> Iterator[str]:
    """Takes uploaded files in, one by one; after each the state of all of them as HTML. Nothing is raised."""
    if not paths:
        yield said("Choose one or more files first.")
        return
    files = [Path(path) for path in paths]
    rows = [_row("waiting", file.name, "") for file in files]
    counts: Counter[str] = Counter()
    for number, file in enumerate(files):
        rows[number] = _row("reading", file.name, "")
        yield _bar(number, len(files)) + _list(rows)
        rows[number] = _taken(news, _uploaded(file), counts=counts, name=file.name)
    yield said(_in_words(counts)) + _list(rows)


def add_text(news: "Dateline", pasted: Pasted) -> str:
    """Takes a pasted text in; the result as HTML. Nothing is raised."""
    if not pasted.text.strip():
        return said("Paste the words of an article first.")
    try:
        article = _pasted(pasted)
        return report_html(news.ingest_articles([article]), titles={article.article_id: article.title})
    except DatelineError as error:
        return said(str(error), fault=True)


def add_address(news: "Dateline", address: str, *, rules: "FetchRules") -> str:
    """Fetches a page and takes it in; the result as HTML. Nothing is raised."""
    if not address.strip():
        return said("Type the address of an article first.")
    from .fetch import fetch

    try:
        return report_html(news.ingest_articles([fetched_article(fetch(address, rules=rules))]))
    except DatelineError as error:
        return said(str(error), fault=True)


def fetched_article(page: "Fetched") -> Article | Skipped:
    """The article of a fetched page, with the address that it came from.

    What the page says of its own address counts only within its host: no page can take another outlet's place.
    """
    from ...index.articles.read import article_id_of_url, read_articles

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"page{page.suffix}"
        file.write_bytes(page.body)
        (article,) = read_articles([file])
    if isinstance(article, Skipped):
        return Skipped(page.url, article.reason)
    url = article.url if article.url and _host(article.url) == _host(page.url) else page.url
    return replace(article, article_id=article_id_of_url(url), url=url, path=None)


def _host(url: str) -> str | None:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def replace_article(news: "Dateline", article_id: str, *, path: str | None, text: str) -> str:
    """Puts a file or a text in the place of an article, which keeps its id; the result as HTML. Nothing is raised."""
    try:
        article = _replacing(article_id, path=path, text=text)
        report = news.ingest_articles([replace(article, article_id=article_id)])
    except DatelineError as error:
        return said(str(error), fault=True)
    return report_html(report)


def delete(news: "Dateline", article_ids: Sequence[str]) -> str:
    """Deletes articles; what was done as HTML. Nothing is raised."""
    if not article_ids:
        return said("Choose the articles to delete first.")
    try:
        deleted = news.delete(*article_ids)
    except DatelineError as error:
        return said(str(error), fault=True)
    return said(f"Deleted {len(deleted)} article{'' if len(deleted) == 1 else 's'}.")


def _taken(news: "Dateline", articles: Iterable[Article | Skipped], *, counts: Counter[str], name: str) -> str:
    """What became of one file, as its row of the list; `counts` goes up."""
    try:
        report = news.ingest_articles(articles)
    except DatelineError as error:
        counts["skipped"] += 1
        return _row("skipped", name, str(error))
    counts.update(_counts(report))
    rows = _rows(report, {})
    if len(rows) <= 1:
        return rows[0] if rows else _row("skipped", name, "it holds no article")
    return _row("added" if report.added else "unchanged", name, _in_words(_counts(report))) + "".join(rows[:MAX_LISTED])


def _uploaded(path: Path) -> Iterator[Article | Skipped]:
    """Articles that name the uploaded file, not the temporary place where it lies on this machine."""
    from ...index.articles.read import read_articles

    for article in read_articles([path]):
        if isinstance(article, Skipped):
            yield Skipped(article.path.replace(str(path), path.name), article.reason)
        else:
            yield replace(article, path=(article.path or path.name).replace(str(path), path.name))


def _pasted(pasted: Pasted) -> Article:
    from ...index.articles.read import read_article_text

    title = " ".join(pasted.title.split())
    slug = re.sub(r"[\W_]+", "-", title.lower()).strip("-")[:60]
    digest = hashlib.sha256(pasted.text.encode("utf-8", "replace")).hexdigest()[:8]
    article = read_article_text(pasted.text, name=f"{slug or 'pasted'}-{digest}")
    return replace(article, title=title, origins={**article.origins, "title": "form"}) if title else article


def _replacing(article_id: str, *, path: str | None, text: str) -> Article:
    from ...index.articles.read import read_article_text

    if not path:
        if not text.strip():
            raise BadInput("Choose a file or paste the new words first.")
        return read_article_text(text, name=article_id)
    articles = list(_uploaded(Path(path)))
    if len(articles) != 1:
        raise BadInput(f"{Path(path).name} holds {len(articles)} articles; give a file with the one that is to stand.")
    if isinstance(articles[0], Skipped):
        raise BadInput(f"{Path(path).name} can't be read: {articles[0].reason}.")
    return articles[0]


def report_html(report: "IngestReport", *, titles: Mapping[str, str] | None = None) -> str:
    """Every article of an ingest with what became of it, the skipped ones with their reasons.

    An article is called by its id, or by its title where `titles` has one for that id.
    """
    return said(_in_words(_counts(report))) + _list(_rows(report, titles or {})[:MAX_LISTED])


def _rows(report: "IngestReport", titles: Mapping[str, str]) -> list[str]:
    done = [("added", report.added), ("updated", report.updated), ("unchanged", report.unchanged)]
    rows = [_row(outcome, titles.get(name, name), "") for outcome, names in done for name in names]
    return rows + [_row("skipped", skip.path, skip.reason) for skip in report.skipped]


def _counts(report: "IngestReport") -> Counter[str]:
    done = {"added": report.added, "updated": report.updated, "unchanged": report.unchanged}
    return Counter({outcome: len(names) for outcome, names in done.items()} | {"skipped": len(report.skipped)})


def _in_words(counts: Counter[str]) -> str:
    words = ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count) or "nothing to do"
    return f"{words[0].upper()}{words[1:]}."


def _list(rows: Sequence[str]) -> str:
    return f'<ul class="dl-report">{"".join(rows)}</ul>'


def _bar(n_done: int, n_all: int) -> str:
    words = f"{n_done} of {n_all} files"
    return f'<p class="dl-progress"><progress max="{n_all}" value="{n_done}" aria-label="Files"></progress> {words}</p>'


def _row(outcome: str, name: str, reason: str) -> str:
    why = f": {esc(reason)}" if reason else ""
    return f'<li class="dl-{outcome}"><span class="dl-outcome">{_OUTCOMES[outcome]}</span> {bdi(name)}{why}</li>'


def said(words: str, *, fault: bool = False) -> str:
    """Words to the person at the page: what was done, or what is wrong."""
    kind = ' class="dl-fault" role="alert"' if fault else ' role="status"'
    return f"<p{kind}>{esc(words)}</p>"
