"""Copies in a corpus: found when articles go in, right when they change or go, one print in the evidence."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dateline.index.article import Article
from dateline.index.chunk import Filters
from dateline.index.chunks import ChunkSettings
from dateline.index.corpus import Corpus
from dateline.index.embed import HashEmbedder
from dateline.index.record.database import RECORD_FILE
from dateline.index.retrieve import Retriever
from dateline.index.vectors.chroma import VectorSettings

TEXT = (
    "The harbour of Ostby was closed on Tuesday after a freighter lost forty containers in the narrow channel, the "
    "port authority said, and ferries to the outer islands will not sail before the weekend. Divers are looking for "
    "the containers, which hold timber and machine parts, according to the shipping line. Mayor Ida Lind told "
    "reporters that nobody was hurt and that the town had enough fuel for ten days."
)
WIRE = Article(article_id="wire", title="Freighter loses cargo", publisher="NTB", published=date(2021, 5, 4), text=TEXT)
COURIER = replace(
    WIRE,
    article_id="courier",
    title="Ferries stand still",
    publisher="Coast Courier",
    published=date(2021, 5, 5),
    text=f"BREVIK, May 5 (CC) — {TEXT}",
)
POST = replace(WIRE, article_id="post", title="Harbour closed", publisher="Inland Post", published=date(2021, 5, 6))
FAIR = Article(article_id="fair", title="Fair", text="The fair of Vik draws crowds from the whole valley. " * 8)


def open_corpus(home: Path, **changes) -> Corpus:
    parts = {"embedder": HashEmbedder(), "chunking": ChunkSettings(), "vectors": VectorSettings()}
    return Corpus.open(home, **parts | changes)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with open_corpus(tmp_path) as opened:
        opened.ingest([FAIR, POST, COURIER, WIRE])
        yield opened


def groups(corpus: Corpus, filters: Filters | None = None) -> list[list[str]]:
    return [[one.article_id for one in group] for group in corpus.copies(filters).groups]


def test_ingest_finds_the_copies_earliest_first(corpus):
    assert groups(corpus) == [["wire", "courier", "post"]]
    assert {row.article_id: row.n_copies for row in corpus.articles()} == {
        "wire": 2,
        "courier": 2,
        "post": 2,
        "fair": 0,
    }


def test_delete_and_replace_keep_the_groups_right(corpus):
    corpus.delete(["wire"])
    assert groups(corpus) == [["courier", "post"]]
    corpus.ingest([replace(POST, text=FAIR.text)])
    # Post prints the fair's text now; of those two it alone is dated.
    assert groups(corpus) == [["post", "fair"]]
    corpus.ingest([WIRE])
    assert sorted(groups(corpus)) == [["post", "fair"], ["wire", "courier"]]


def test_retrieve_keeps_the_earliest_print_and_names_the_others(corpus):
    found = Retriever(corpus).retrieve("freighter containers harbour", k=8)
    assert [item.article.article_id for item in found].count("wire") == 1
    assert {item.article.article_id for item in found} == {"wire", "fair"}
    wire = next(item for item in found if item.article.article_id == "wire")
    assert [(one.article_id, one.publisher) for one in wire.copies] == [
        ("courier", "Coast Courier"),
        ("post", "Inland Post"),
    ]


def test_retrieve_within_filters_keeps_and_names_only_what_they_let_through(corpus):
    late = Retriever(corpus).retrieve("freighter containers", filters=Filters(published_from=date(2021, 5, 5)))
    assert [(item.article.article_id, len(item.copies)) for item in late][:1] == [("courier", 1)]
    early = Retriever(corpus).retrieve("freighter containers", filters=Filters(published_to=date(2021, 5, 5)))
    wire = next(item for item in early if item.article.article_id == "wire")
    assert [one.article_id for one in wire.copies] == ["courier"]  # what was printed later is out of sight


def test_retrieve_keeps_both_versions_that_give_other_values(corpus):
    corpus.ingest([replace(POST, text=TEXT.replace("forty", "sixty"))])
    found = {item.article.article_id: item for item in Retriever(corpus).retrieve("freighter containers", k=8)}
    assert {"wire", "post"} <= found.keys()
    assert [(one.article_id, one.altered) for one in found["wire"].copies] == [("courier", False), ("post", True)]


def forget_copies(home: Path) -> None:
    """Makes the record one of an older version, which knew no copies."""
    with closing(sqlite3.connect(home / RECORD_FILE)) as connection:
        for table in ("compared", "lead_marks", "likenesses"):
            connection.execute(f"DROP TABLE {table}")
        connection.commit()


def test_open_an_older_record_opens_and_finds_its_copies(tmp_path):
    with open_corpus(tmp_path) as corpus:
        corpus.ingest([WIRE, COURIER, FAIR])
    forget_copies(tmp_path)
    with open_corpus(tmp_path, read_only=True) as corpus:
        assert groups(corpus) == []
        assert corpus.article("wire").text == TEXT
    with open_corpus(tmp_path) as corpus:
        assert groups(corpus) == [["wire", "courier"]]


def test_open_after_a_version_that_left_the_tables_alone_compares_anew(tmp_path):
    with open_corpus(tmp_path) as corpus:
        corpus.ingest([WIRE, COURIER, FAIR])
    with closing(sqlite3.connect(tmp_path / RECORD_FILE)) as connection:
        connection.execute("UPDATE articles SET text = 'Other.', content_hash = 'x' WHERE article_id = 'wire'")
        connection.commit()
    with open_corpus(tmp_path) as corpus:
        assert groups(corpus) == []


def test_rebuild_keeps_the_groups(tmp_path):
    with open_corpus(tmp_path) as corpus:
        corpus.ingest([WIRE, COURIER, FAIR])
    parts = {"embedder": HashEmbedder(), "vectors": VectorSettings()}
    with Corpus.rebuild(tmp_path, chunking=ChunkSettings(max_tokens=40), **parts) as corpus:
        assert groups(corpus) == [["wire", "courier"]]
