"""Killed at the worst moments, a data folder opens by itself and is whole; `benchmarks/kill.py` does more of it."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.index.article import Article
from dateline.index.chunks import ChunkSettings
from dateline.index.corpus import Corpus
from dateline.index.embed import HashEmbedder
from dateline.index.record.check import faults_of
from dateline.index.vectors.chroma import VectorSettings
from dateline.index.vectors.exact import ExactSearch, same_neighbours

PARTS = {"embedder": HashEmbedder(), "chunking": ChunkSettings(max_tokens=16), "vectors": VectorSettings()}

# Ingests a version of every article in small batches, and says which are done.
WORKER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import dateline.index.ingest as ingest
ingest.BATCH_CHUNKS = 12
from test_kill import PARTS, articles
from dateline.index.corpus import Corpus
with Corpus.open(Path(sys.argv[2]), **PARTS) as corpus:
    print("open", flush=True)
    if sys.argv[4] == "swap":
        while True:
            corpus._vectors.rebuild()
    corpus.ingest(articles(int(sys.argv[3])), progress=lambda done: print(done.name, flush=True))
    print("done", flush=True)
"""


def articles(version: int, *, n: int = 24, n_lines: int = 12) -> list[Article]:
    """Articles of a chunk a line; every line says the version."""
    return [
        Article(
            article_id=f"a{number:02d}",
            title=f"Gate {number}",
            text=" ".join(
                f"At gate {number} the guard counted {line} carts in version {version} of it."
                for line in range(n_lines)
            ),
        )
        for number in range(n)
    ]


def kill_during(home: Path, moment: str, *, version: int) -> set[str]:
    """Starts a worker, kills it at its moment; the ids that it reported done."""
    command = [sys.executable, "-c", WORKER, str(Path(__file__).parent), str(home), str(version), moment]
    done: set[str] = set()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout.readline() == "open\n"
        if moment == "ingest":
            done = {worker.stdout.readline().strip() for _ in range(5)}
        else:
            wait_for(home, moment)
        worker.send_signal(signal.SIGKILL)
        done |= {line for line in worker.stdout.read().split("\n")[:-1] if line != "done"}
    assert worker.returncode == -signal.SIGKILL
    return done


def wait_for(home: Path, moment: str) -> None:
    before = set((home / "vectors").glob("gen-*"))
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if moment == "swap" and set((home / "vectors").glob("gen-*")) - before:
            return
        if moment == "chroma" and '"clean": false' in (home / "vectors" / "current.json").read_text():
            return
        time.sleep(0.001)
    raise AssertionError(f"the worker never came to {moment}")


def assert_whole(corpus: Corpus, *, done: set[str], version: int) -> None:
    old, new = ({article.article_id: article.text for article in articles(v)} for v in (version - 1, version))
    stored = {row.article_id: corpus.article(row.article_id).text for row in corpus.articles()}
    assert all(text in (old[name], new[name]) for name, text in stored.items())
    assert all(stored[name] == new[name] for name in done)
    assert faults_of(corpus._record, dim=64) == []


def assert_in_step(corpus: Corpus) -> None:
    corpus.wait()
    assert corpus.notes == ()
    assert corpus.generation == corpus._vectors.generation == corpus._lexical.generation
    exact = ExactSearch(corpus._record, dim=64)
    for n in range(10):
        query = HashEmbedder().embed_query(f"question {n}")
        found = corpus._vectors.search(query, k=10, filters=None, generation=corpus.generation)
        assert same_neighbours(found, exact.search(query, k=10))


def test_kill_at_any_moment_opens_whole_and_a_second_ingest_completes_it(tmp_path):
    with Corpus.open(tmp_path, **PARTS) as corpus:
        corpus.ingest(articles(0))
    for version, moment in enumerate(["ingest", "chroma", "swap"], start=1):
        done = kill_during(tmp_path, moment, version=version)
        with Corpus.open(tmp_path, **PARTS) as corpus:
            assert_whole(corpus, done=done, version=version)
            assert_in_step(corpus)
            corpus.ingest(articles(version))
            assert_whole(corpus, done={article.article_id for article in articles(version)}, version=version)
            assert_in_step(corpus)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("damage") / "home"
    with Corpus.open(home, **PARTS) as corpus:
        corpus.ingest(articles(0, n=54, n_lines=20))
        assert corpus.n_chunks > 1000  # enough that Chroma has written its graph
    return home


@pytest.mark.parametrize(
    ("name", "damage"),
    [("link_lists.bin", "deleted"), ("data_level0.bin", "truncated")],
)
def test_chroma_file_damaged_by_hand_is_found_and_mended(built, tmp_path, name, damage):
    home = Path(shutil.copytree(built, tmp_path / "home"))
    (file,) = (home / "vectors").rglob(name)
    if damage == "deleted":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with Corpus.open(home, **PARTS) as corpus:
        assert_in_step(corpus)
    assert json.loads((home / "vectors" / "current.json").read_text())["location"] == "gen-0002"
