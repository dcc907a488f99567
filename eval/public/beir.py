"""Classic test collections in BEIR's form: documents, queries and judgements. Every judged query is asked."""

from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path

from ...index.article import Article
from ...index.errors import BadInput
from .case import PublicCase, PublicSet
from .files import find, read_lines, read_table

NAMES = ("cranfield", "cisi", "med", "vaswani")
JUDGED = "judged"


def classic_set(data: Path, name: str) -> PublicSet:
    """One of NAMES. Raises BadInput where a file is missing or broken."""
    folder = data / "retrieval" / name
    corpus = find(folder, "corpus.jsonl")
    queries = {row["_id"]: row["text"] for row in read_lines(find(folder, "queries.jsonl"), "_id", "text")}
    judged = _judgements(find(folder, "qrels.tsv"))
    cases = (
        PublicCase(id=query_id, question=queries[query_id], relevant={JUDGED: frozenset(relevant)})
        for query_id, relevant in judged.items()
        if query_id in queries
    )
    return PublicSet(
        name=f"retrieval-{name}", corpus=name, articles=partial(_articles, corpus), cases=tuple(cases), task="search"
    )


def _judgements(path: Path) -> dict[str, set[str]]:
    judged: dict[str, set[str]] = {}
    for row in read_table(path):
        if len(row) != 3 or not row[2].strip().lstrip("-").isdigit():
            raise BadInput(f"{path}: a row needs query-id, corpus-id and score, divided by tabs, not {row}")
        judged.setdefault(row[0], set()).update([row[1]] if int(row[2]) > 0 else [])
    return judged


def _articles(path: Path, wanted: Collection[str] | None) -> Iterator[Article]:
    for row in read_lines(path, "_id", "text"):
        if wanted is None or row["_id"] in wanted:
            yield Article(article_id=row["_id"], text=row["text"], title=row.get("title") or "")
