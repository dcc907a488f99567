"""What happens when somebody adds, lists or deletes articles on the page. No Gradio in here: plain values, HTML out."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...index.article import Article, Skipped
from ...index.errors import BadInput, DatelineError
from .html import bdi, esc, facts, link, long_date

if TYPE_CHECKING:
    from ...index.ingest_report import IngestProgress, IngestReport
    from ...index.record.rows import ArticleRow
    from ..api import Dateline

FILE_TYPES = (".txt", ".md", ".html", ".htm", ".jsonl")
MAX_UPLOAD_BYTES = 20_000_000
MAX_LISTED = 500
_OUTCOMES = {"added": "✓ added", "updated": "✓ updated", "unchanged": "= unchanged", "skipped": "✗ skipped"}

Moved = Callable[["IngestProgress"], None]


@dataclass(frozen=True, slots=True)
class Pasted:
    """An article as pasted into the page's form; a given title stands over what the text says."""

    title: str
    text: str


def add_files(news: "Dateline", paths: Sequence[str], *, progress: Moved | None = None) -> str:
    """Takes uploaded files in; gives the result for each as HTML. Nothing is raised."""
    if not paths:
        return _said("Choose one or more files first.")
    return _ingest(news, _uploaded(Path(path) for path in paths), progress=progress)


def add_text(news: "Dateline", pasted: Pasted, *, progress: Moved | None = None) -> str:
    """Takes a pasted text in; the result as HTML. Nothing is raised."""
    if not pasted.text.strip():
        return _said("Paste the words of an article first.")
    try:
        article = _pasted(pasted)
    except BadInput as error:
        return _said(str(error), fault=True)
    return _ingest(news, [article], progress=progress)


def delete(news: "Dateline", article_ids: Sequence[str]) -> str:
    """Deletes articles; what was done as HTML. Nothing is raised."""
    if not article_ids:
        return _said("Choose the articles to delete first.")
    try:
        deleted = news.delete(*article_ids)
    except DatelineError as error:
        return _said(str(error), fault=True)
    return _said(f"Deleted {len(deleted)} article{'' if len(deleted) == 1 else 's'}.")


def _uploaded(paths: Iterable[Path]) -> Iterator[Article | Skipped]:
    """Articles that name the uploaded file, not the temporary place where it lies on this machine."""
    from ...index.articles.read import read_articles

    for path in paths:
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


def _ingest(news: "Dateline", articles: Iterable[Article | Skipped], *, progress: Moved | None) -> str:
    outcomes: list[tuple[str, str]] = []

    def moved(step: "IngestProgress") -> None:
        outcomes.append((step.name, step.outcome))
        if progress is not None:
            progress(step)

    try:
        report = news.ingest_articles(articles, progress=moved)
    except DatelineError as error:
        return _said(str(error), fault=True)
    return report_html(report)


def report_html(report: "IngestReport") -> str:
    """Every article of an ingest with what became of it, the skipped ones with their reasons."""
    done = [("added", report.added), ("updated", report.updated), ("unchanged", report.unchanged)]
    rows = [_row(outcome, name, "") for outcome, names in done for name in names]
    rows += [_row("skipped", skip.path, skip.reason) for skip in report.skipped]
    counts = Counter({outcome: len(names) for outcome, names in done} | {"skipped": len(report.skipped)})
    summary = ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count) or "nothing to do"
    return _said(summary[0].upper() + summary[1:] + ".") + f'<ul class="dl-report">{"".join(rows[:MAX_LISTED])}</ul>'


def _row(outcome: str, name: str, reason: str) -> str:
    why = f": {esc(reason)}" if reason else ""
    return f'<li class="dl-{outcome}"><span class="dl-outcome">{_OUTCOMES[outcome]}</span> {bdi(name)}{why}</li>'


def _said(words: str, *, fault: bool = False) -> str:
    kind = ' class="dl-fault" role="alert"' if fault else ' role="status"'
    return f"<p{kind}>{esc(words)}</p>"


def articles_html(rows: "Sequence[ArticleRow]") -> str:
    """The list of articles with their facts, the newest first, those without a date last."""
    if not rows:
        return '<p class="dl-meta">No articles yet. Add some here, or with <code>dateline ingest FOLDER</code>.</p>'
    listed = sorted(rows, key=lambda row: (row.published is None, -(row.published or row.ingested.date()).toordinal()))
    items = "".join(_article(row) for row in listed[:MAX_LISTED])
    more = f"<p>… and {len(rows) - MAX_LISTED} more.</p>" if len(rows) > MAX_LISTED else ""
    return f'<ul class="dl-articles">{items}</ul>{more}'


def _article(row: "ArticleRow") -> str:
    known = [
        bdi(row.publisher) if row.publisher else None,
        bdi(row.author) if row.author else None,
        long_date(row.published),
        link(row.url, "Original"),
        f"<code>{esc(row.article_id)}</code>",
    ]
    return f"<li><strong>{bdi(row.title)}</strong><br>{facts(known)}</li>"


def choices(rows: "Sequence[ArticleRow]") -> list[tuple[str, str]]:
    """Label and id of every article, for a list to choose from."""
    return [(f"{_shortened(row.title)} ({row.published or 'no date'})", row.article_id) for row in rows]


def _shortened(title: str, *, max_chars: int = 70) -> str:
    return title if len(title) <= max_chars else f"{title[:max_chars].rsplit(' ', 1)[0]} …"
