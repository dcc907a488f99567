"""`dateline ingest`, `articles` and `doctor`: what is in the data folder."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...index.errors import BadInput
from .open import note, open_to_read, open_to_write

if TYPE_CHECKING:
    from ...index.ingest_report import IngestProgress, IngestReport
    from ...index.record.rows import ArticleRow
    from ..api import Dateline


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the three commands."""
    ingest = commands.add_parser("ingest", help="take in articles: .txt, .md, .html, .jsonl, and folders of them")
    ingest.add_argument("paths", nargs="+", metavar="PATH")
    ingest.set_defaults(run=_ingest)
    articles = commands.add_parser("articles", help="list the articles, or delete some")
    articles.add_argument("--json", action="store_true", help="one JSON object with all facts")
    articles.add_argument("--delete", nargs="+", metavar="ID", help="delete these articles")
    articles.set_defaults(run=_articles)


def _ingest(args: argparse.Namespace) -> int:
    from .text import report_text

    existing(args.paths)
    with open_to_write(args) as news:
        report = ingest_with_bar(news, args.paths)
    print(report_text(report))
    return 0 if report.n_articles or not report.skipped else 1


def existing(paths: list[str]) -> None:
    """Raises BadInput for the first path that is not there, before anything is opened."""
    for path in paths:
        if not Path(path).exists():
            raise BadInput(f"There is no file or folder {path}.")


def ingest_with_bar(news: "Dateline", paths: list[str]) -> "IngestReport":
    """Ingests with a progress bar on stderr."""
    try:
        with _bar() as moved:
            return news.ingest(*paths, progress=moved)
    except KeyboardInterrupt:
        note(f"Stopped with {len(news.articles())} articles in; the same command goes on where it stopped.")
        raise


@contextmanager
def _bar() -> "Iterator[Callable[[IngestProgress], None]]":
    from tqdm import tqdm

    with tqdm(desc="Reading articles", unit=" articles", dynamic_ncols=True) as bar:

        def moved(progress: "IngestProgress") -> None:
            bar.set_postfix_str(progress.name[-40:], refresh=False)
            bar.update(progress.n_done - bar.n)

        yield moved


def _articles(args: argparse.Namespace) -> int:
    if args.delete:
        return _delete(args)
    with open_to_read(args) as news:
        rows = news.articles()
    from .ask import to_json
    from .text import articles_text

    if args.json:
        print(to_json({"schema": 1, "articles": [article_facts(row) for row in rows]}))
    elif rows:
        print(articles_text(rows))
    else:
        note(f"There are no articles in {news.settings.home} yet. Add some: dateline ingest FOLDER")
    return 0


def article_facts(row: "ArticleRow") -> dict[str, Any]:
    """The JSON form of an article's facts; dates in ISO 8601, `ingested` in UTC."""
    return {
        "article_id": row.article_id,
        "title": row.title,
        "publisher": row.publisher,
        "author": row.author,
        "published": row.published.isoformat() if row.published else None,
        "updated": row.updated.isoformat() if row.updated else None,
        "ingested": row.ingested.isoformat(timespec="seconds"),
        "url": row.url,
        "n_chunks": row.n_chunks,
        "n_copies": row.n_copies,
    }


def _delete(args: argparse.Namespace) -> int:
    wanted = list(dict.fromkeys(args.delete))
    with open_to_write(args) as news:
        deleted = news.delete(*wanted)
    for article_id in deleted:
        print(f"deleted {article_id}")
    missing = [article_id for article_id in wanted if article_id not in deleted]
    if missing:
        raise BadInput(f"No article has the id {', '.join(missing)}; `dateline articles` lists them all.")
    return 0
