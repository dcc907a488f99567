"""The doctor: what it says of a folder in each state, and that what it mends is mended."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from dateline.index.article import Article
from dateline.index.chunks import ChunkSettings
from dateline.index.corpus import Corpus
from dateline.index.doctor import diagnose
from dateline.index.embed import HashEmbedder
from dateline.index.vectors.chroma import VectorSettings
from dateline.index.vectors.probe import Probe, look

SMALL, LARGE = ChunkSettings(max_tokens=16), ChunkSettings(max_tokens=99)
PARTS = {"embedder": HashEmbedder(), "chunking": SMALL, "vectors": VectorSettings()}
ARTICLES = [
    Article(article_id=f"a{n}", title=f"Title {n}", text=f"The {word} opened. It was a {word} day. People came.")
    for n, word in enumerate(["market", "museum", "station", "tunnel"])
]


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("doctor") / "built"
    with Corpus.open(home, **PARTS) as corpus:
        corpus.ingest(ARTICLES)
    return home


@pytest.fixture(autouse=True)
def _probe_here(monkeypatch):
    """Looks at Chroma's folder in this process, which saves the seconds that another takes to start."""

    def probe_here(path, *, name, queries, k):
        told = look({"path": str(path), "name": name, "queries": [query.tolist() for query in queries], "k": k})
        return Probe(told["count"], told["n_reachable"], told["metadata"], tuple(told["hits"]))

    monkeypatch.setattr("dateline.index.doctor.probe", probe_here)


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A corpus in order, as its writer left it: times of files kept."""
    return Path(shutil.copytree(built, tmp_path / "home"))


def states(findings) -> dict[str, str]:
    return {finding.what: finding.state for finding in findings}


def told(findings, what: str) -> str:
    return next(finding.told for finding in findings if finding.what == what)


def finds(home: Path, words: str) -> str:
    with Corpus.open(home, **PARTS) as corpus:
        (dense,) = corpus.search_dense(corpus.embedder.embed_query("x"), k=1)
        assert dense
        return corpus.search_lexical(words, k=1)[0][0].split("#")[0]


def test_diagnose_healthy_folder_all_is_ok_and_nothing_changes(home):
    state = (home / "vectors" / "current.json").read_text()
    findings = diagnose(home, **PARTS)
    assert set(states(findings).values()) == {"ok"}
    assert "neighbours of 4 samples as exact search" in told(findings, "vector index")
    assert (home / "vectors" / "current.json").read_text() == state


def test_diagnose_no_folder_says_what_to_do(tmp_path):
    (finding,) = diagnose(tmp_path / "nothing", **PARTS)
    assert (finding.what, finding.state) == ("data folder", "broken")
    assert "Ingest" in finding.told
    assert not (tmp_path / "nothing").exists()


def test_diagnose_damaged_record_is_told_and_left_alone(home):
    record = home / "record.sqlite3"
    record.write_bytes(b"no database at all " * 500)
    findings = diagnose(home, **PARTS)
    assert states(findings)["record"] == "broken"
    assert "Restore" in told(findings, "record")
    assert record.read_bytes().startswith(b"no database")


def test_diagnose_text_changed_by_another_hand_names_the_article(home):
    with sqlite3.connect(home / "record.sqlite3") as connection:
        connection.execute("UPDATE articles SET text = 'The market closed.' WHERE article_id = 'a0'")
    connection.close()
    assert "a0" in told(diagnose(home, **PARTS), "record")


def test_diagnose_half_an_article_names_it(home):
    with sqlite3.connect(home / "record.sqlite3") as connection:
        connection.execute("DELETE FROM chunks WHERE chunk_id IN (SELECT chunk_id FROM chunks LIMIT 1)")
    connection.close()
    assert "has not the chunks" in told(diagnose(home, **PARTS), "record")


def test_diagnose_damaged_embedding_names_the_chunk(home):
    with sqlite3.connect(home / "record.sqlite3") as connection:
        connection.execute("UPDATE chunks SET embedding = zeroblob(256) WHERE article_id = 'a1'")
    connection.close()
    assert "damaged embedding" in told(diagnose(home, **PARTS), "record")


@pytest.mark.parametrize("gone", ["vectors", "lexical"])
def test_diagnose_missing_index_is_mended(home, gone):
    shutil.rmtree(home / gone)
    findings = diagnose(home, **PARTS)
    assert states(findings)["vector index" if gone == "vectors" else "lexical index"] == "mended"
    assert finds(home, "museum") == "a1"


def test_diagnose_without_mending_leaves_what_is_broken(home):
    state_file = home / "vectors" / "current.json"
    state_file.write_text(json.dumps(json.loads(state_file.read_text()) | {"clean": False}))
    assert states(diagnose(home, **PARTS, mend=False))["vector index"] == "broken"
    assert json.loads(state_file.read_text())["clean"] is False
    assert states(diagnose(home, **PARTS))["vector index"] == "mended"


def test_diagnose_left_over_builds_are_cleared_away(home):
    (home / "vectors" / "gen-0099").mkdir()
    assert states(diagnose(home, **PARTS))["left-over builds"] == "mended"
    assert not (home / "vectors" / "gen-0099").exists()


def test_diagnose_beside_a_writer_looks_and_mends_nothing(home):
    with Corpus.open(home, **PARTS):
        findings = diagnose(home, **PARTS)
    assert "writes here now" in told(findings, "writer")
    assert "not looked at" in told(findings, "vector index")
    assert set(states(findings).values()) == {"ok"}


def test_diagnose_other_settings_names_both(home):
    findings = diagnose(home, **PARTS | {"chunking": LARGE})
    assert states(findings)["settings"] == "broken"
    assert SMALL.name in told(findings, "settings")
    assert LARGE.name in told(findings, "settings")


def test_diagnose_model_that_gives_other_embeddings_is_found(home):
    class Changed(HashEmbedder):
        def embed_texts(self, texts):
            return -super().embed_texts(texts)

    findings = diagnose(home, **PARTS | {"embedder": Changed()})
    assert states(findings)["embedding model"] == "broken"


def test_diagnose_vectors_of_another_generation_are_mended(home):
    state_file = home / "vectors" / "current.json"
    with sqlite3.connect(home / "record.sqlite3") as connection:
        connection.execute("UPDATE dateline_facts SET value = '7' WHERE name = 'generation'")
    connection.close()
    findings = diagnose(home, **PARTS)
    assert states(findings)["vector index"] == states(findings)["lexical index"] == "mended"
    assert json.loads(state_file.read_text())["clean"] is True
