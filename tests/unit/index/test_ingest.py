"""One run of ingest: files of one name, and what a stopped run leaves."""

from pathlib import Path

import pytest

from dateline.index.articles.read import read_articles
from dateline.index.chunks import ChunkSettings
from dateline.index.corpus import Corpus
from dateline.index.embed import HashEmbedder
from dateline.index.errors import CorpusError
from dateline.index.vectors.chroma import VectorSettings


def opened(home: Path) -> Corpus:
    return Corpus.open(home, embedder=HashEmbedder(), chunking=ChunkSettings(), vectors=VectorSettings())


def written(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_ingest_other_file_of_the_same_name_is_skipped_and_the_first_stays(tmp_path):
    north = written(tmp_path / "north", "The ferry to the north was cancelled on Monday because of the wind.")
    south = written(tmp_path / "south", "The harbour in the south opens again in May after two years of work.")
    with opened(tmp_path / "home") as corpus:
        corpus.ingest(read_articles([north]))
        report = corpus.ingest(read_articles([south]))
        assert [str(north) in skipped.reason for skipped in report.skipped] == [True]
        assert "north" in corpus.article("report").text


def test_ingest_moved_file_is_the_same_article(tmp_path):
    path = written(tmp_path / "old", "The ferry to the north was cancelled on Monday because of the wind.")
    with opened(tmp_path / "home") as corpus:
        corpus.ingest(read_articles([path]))
        path.unlink()
        moved = written(tmp_path / "new", "The ferry to the north was cancelled on Tuesday because of the wind.")
        assert corpus.ingest(read_articles([moved])).updated == ("report",)


def test_closed_corpus_neither_takes_nor_searches(tmp_path):
    corpus = opened(tmp_path / "home")
    corpus.close()
    path = written(tmp_path / "late", "The ferry to the north was cancelled on Monday because of the wind.")
    with pytest.raises(CorpusError, match="closed"):
        corpus.ingest(read_articles([path]))
    with pytest.raises(CorpusError, match="closed"):
        corpus.search_lexical("ferry", k=1)
