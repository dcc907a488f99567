"""The keeper of the vector index: rebuilt aside, stopped, followed, distrusted; search is right all the while."""

import json
import threading
from pathlib import Path

import pytest

from dateline.index.article import Article
from dateline.index.chunks import ChunkSettings
from dateline.index.corpus import Corpus
from dateline.index.embed import HashEmbedder
from dateline.index.vectors import keeper as vector_keeper
from dateline.index.vectors.chroma import ChromaVectors, VectorSettings
from dateline.index.vectors.exact import ExactSearch, same_neighbours

PARTS = {"embedder": HashEmbedder(), "chunking": ChunkSettings(max_tokens=16), "vectors": VectorSettings()}
QUERY = HashEmbedder().embed_query("a question")
ARTICLES = [
    Article(
        article_id=f"a{n:02d}",
        title=f"Title {n}",
        text=f"Gate {n} opened at noon. {n} people came through it that day.",
    )
    for n in range(40)
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A corpus whose vector index was not left in order."""
    with Corpus.open(tmp_path, **PARTS) as corpus:
        corpus.ingest(ARTICLES)
    change_state(tmp_path, clean=False)
    return tmp_path


@pytest.fixture
def aside(monkeypatch) -> threading.Event:
    """Makes every rebuild one that is done aside, article by article, and wait until the event is set."""
    go = threading.Event()
    apply = ChromaVectors.apply

    def waiting_apply(self, **parts):
        assert go.wait(30)
        apply(self, **parts)

    monkeypatch.setattr(vector_keeper, "MAX_WAITING_CHUNKS", 0)
    monkeypatch.setattr(vector_keeper, "_SLICE", 1)
    monkeypatch.setattr(ChromaVectors, "apply", waiting_apply)
    return go


def change_state(home: Path, **changes) -> None:
    file = home / "vectors" / "current.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def builds(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "vectors").glob("gen-*"))


def is_exact(corpus: Corpus) -> bool:
    expected = ExactSearch(corpus._record, dim=corpus.embedder.dim).search(QUERY, k=20)
    return same_neighbours(corpus.search_dense(QUERY, k=20), expected)


def answers(corpus: Corpus) -> bool:
    """Whether it is Chroma that answers."""
    return corpus._vectors.search(QUERY, k=1, filters=None, generation=corpus.generation) is not None


def test_rebuild_aside_search_is_exact_and_said_until_chroma_is_back(home, aside):
    with Corpus.open(home, **PARTS) as corpus:
        assert "being rebuilt" in corpus.notes[0]
        assert not answers(corpus)
        assert is_exact(corpus)
        aside.set()
        corpus.wait()
        assert corpus.notes == ()
        assert answers(corpus)
        assert is_exact(corpus)
    assert builds(home) == ["gen-0002"]


def test_rebuild_aside_follows_what_changes_meanwhile(home, aside):
    with Corpus.open(home, **PARTS) as corpus:
        corpus.delete(["a00"])
        corpus.ingest([Article(article_id="new", title="New", text="A new gate.")])
        assert is_exact(corpus)
        aside.set()
        corpus.wait()
        assert answers(corpus)
        assert is_exact(corpus)
        assert corpus._vectors.generation == corpus.generation


def test_close_during_a_rebuild_stops_it_and_leaves_no_half_build(home, aside):
    corpus = Corpus.open(home, **PARTS)
    corpus._vectors._stop.set()
    aside.set()
    corpus.close()
    assert builds(home) == ["gen-0001"]
    with Corpus.open(home, **PARTS) as corpus:
        corpus.wait()
        assert answers(corpus)


def test_close_after_ingesting_sees_a_rebuild_through(home, aside):
    with Corpus.open(home, **PARTS) as corpus:
        corpus.delete(["a00"])
        aside.set()
    assert builds(home) == ["gen-0002"]
    assert json.loads((home / "vectors" / "current.json").read_text())["clean"] is True


def test_open_after_a_clean_close_rebuilds_and_probes_nothing(home, monkeypatch):
    Corpus.open(home, **PARTS).close()

    def no_probe(*_args, **_named):
        raise AssertionError("nothing was to be probed")

    monkeypatch.setattr(vector_keeper, "probe", no_probe)
    for _ in range(2):
        with Corpus.open(home, **PARTS) as corpus:
            assert answers(corpus)
    assert builds(home) == ["gen-0002"]


def test_hit_that_the_record_does_not_know_never_comes_out(home):
    with Corpus.open(home, **PARTS) as corpus:
        foreign = corpus._record.chunk_rows(["a00"])[0]
        index = corpus._vectors._index
        index._collection.upsert(ids=["foreign#0-1"], embeddings=[QUERY], metadatas=[{"article_id": "foreign"}])
        assert index.search(QUERY, k=1)[0][0] == "foreign#0-1"
        assert is_exact(corpus)
        assert foreign.chunk_id in corpus.chunks([foreign.chunk_id])


def test_chroma_that_fails_in_search_gives_way_to_exact_search_and_is_rebuilt_next_time(home):
    with Corpus.open(home, **PARTS) as corpus:
        index = corpus._vectors._index
        index._client.delete_collection(index._name)
        assert is_exact(corpus)
        assert "failed while it was being searched" in corpus.notes[0]
    with Corpus.open(home, **PARTS) as corpus:
        assert corpus.notes == ()
        assert answers(corpus)


@pytest.mark.parametrize(
    "garbage", ["", "{}", "[1]", '{"place": "server/http://elsewhere", "location": "x", "clean": true}']
)
def test_open_state_that_says_nothing_useful_is_a_rebuild(home, garbage):
    (home / "vectors" / "current.json").write_text(garbage)
    with Corpus.open(home, **PARTS) as corpus:
        assert answers(corpus)
        assert is_exact(corpus)


def test_open_graph_full_of_deleted_chunks_is_built_anew(home, monkeypatch):
    monkeypatch.setattr(vector_keeper, "_MAX_DEAD", 0)
    with Corpus.open(home, **PARTS) as corpus:
        for version in range(3):
            corpus.ingest(
                [Article(article_id=a.article_id, title=f"{a.title}, {version}", text=a.text) for a in ARTICLES]
            )
    assert builds(home) == ["gen-0002"]
    with Corpus.open(home, **PARTS) as corpus:
        assert is_exact(corpus)
    assert builds(home) == ["gen-0003"]


def test_open_record_put_back_from_an_older_copy_rebuilds_what_is_ahead(tmp_path):
    record = tmp_path / "record.sqlite3"
    with Corpus.open(tmp_path, **PARTS) as corpus:
        corpus.ingest(ARTICLES[:2])
    older = record.read_bytes()
    with Corpus.open(tmp_path, **PARTS) as corpus:
        corpus.ingest(ARTICLES[2:])
    record.write_bytes(older)
    with Corpus.open(tmp_path, **PARTS) as corpus:
        assert corpus.n_articles == 2
        assert answers(corpus)
        assert is_exact(corpus)
        assert {chunk_id.split("#")[0] for chunk_id, _ in corpus.search_lexical("gate", k=50)} == {"a00", "a01"}
