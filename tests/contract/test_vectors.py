"""The contract of a vector index, on the double, on embedded Chroma and on a real Chroma server on loopback."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dateline.index.chunk import Filters
from dateline.index.errors import SettingsError, StorageError
from dateline.index.record.rows import ChunkRow
from dateline.index.vectors import chroma as vectors
from dateline.index.vectors.chroma import (
    MemoryVectors,
    UnusableIndexError,
    VectorIndex,
    VectorSettings,
    drop_chroma,
    open_chroma,
    where_of,
)
from dateline.index.vectors.exact import ExactIndex, same_neighbours

DIM = 32
BELONGS = {"corpus_id": "c0ffee", "built_with": "model-a"}


def row(number: int, *, article: str = "a", publisher: str | None = "P", published: date | None = None) -> ChunkRow:
    """A chunk whose embedding is a fixed random direction of its own."""
    direction = np.random.default_rng(number).normal(size=DIM).astype(np.float32)
    return ChunkRow(
        chunk_id=f"{article}#{number}-{number + 1}",
        article_id=article,
        publisher=publisher,
        published=published,
        embedding_text="",
        embedding=direction / np.linalg.norm(direction),
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[str]:
    """The address of a real `chroma run`, of a folder of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chroma = shutil.which("chroma", path=str(Path(sys.executable).parent)) or shutil.which("chroma")
    assert chroma, "the chroma command comes with chromadb"
    folder = tmp_path_factory.mktemp("server")
    command = [chroma, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address)
        yield address
        process.kill()  # its folder is thrown away, and a gentle end takes seconds


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(f"{address}/api/v2/heartbeat", timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("the Chroma server did not come up")


Opener = Callable[..., VectorIndex]


@pytest.fixture(params=["memory", "embedded", "server"])
def opened(request, tmp_path) -> Iterator[VectorIndex]:
    """An empty index of each kind."""
    if request.param == "memory":
        yield MemoryVectors()
        return
    settings = (
        VectorSettings() if request.param == "embedded" else VectorSettings(url=request.getfixturevalue("server"))
    )
    index = open_chroma(settings, tmp_path, location="gen-0001", **BELONGS, create=True)
    yield index
    index.close()
    if settings.kind == "server":
        drop_chroma(settings, location="gen-0001", corpus_id=BELONGS["corpus_id"])


def ids(hits) -> list[str]:
    return [chunk_id for chunk_id, _ in hits]


def test_index_new_is_empty_at_generation_0(opened):
    assert (opened.generation, opened.count()) == (0, 0)
    assert opened.search(row(1).embedding, k=3) == []


def test_apply_puts_in_and_moves_to_the_generation(opened):
    opened.apply(add=iter([row(1), row(2)]), delete_articles=(), generation=7)
    assert (opened.generation, opened.count()) == (7, 2)
    (best, second) = opened.search(row(2).embedding, k=5)
    assert best[0] == "a#2-3"
    assert best[1] == pytest.approx(1.0, abs=1e-5)
    assert second[1] == pytest.approx(float(row(1).embedding @ row(2).embedding), abs=1e-5)


def test_apply_same_again_changes_nothing(opened):
    for _ in range(2):
        opened.apply(add=[row(1), row(2)], delete_articles=["a"], generation=1)
    assert opened.count() == 2


def test_apply_deletes_first_then_puts_in(opened):
    opened.apply(add=[row(1), row(2), row(3, article="b")], delete_articles=(), generation=1)
    opened.apply(add=[row(2)], delete_articles=["a", "nowhere"], generation=2)
    assert sorted(ids(opened.search(row(1).embedding, k=9))) == ["a#2-3", "b#3-4"]


def test_apply_changed_embedding_of_the_same_id_replaces_it(opened):
    opened.apply(add=[row(1), row(2)], delete_articles=(), generation=1)
    opened.apply(add=[replace(row(1), embedding=row(9).embedding)], delete_articles=["a"], generation=2)
    assert opened.search(row(9).embedding, k=1) == [("a#1-2", pytest.approx(1.0, abs=1e-5))]


def test_apply_filter_fields_that_vanish_are_gone(opened):
    opened.apply(add=[row(1, publisher="P", published=date(2021, 1, 1))], delete_articles=(), generation=1)
    opened.apply(add=[row(1, publisher=None, published=None)], delete_articles=["a"], generation=2)
    assert opened.search(row(1).embedding, k=1, filters=Filters(publishers=frozenset({"P"}))) == []
    assert opened.search(row(1).embedding, k=1, filters=Filters(dated_only=True)) == []


def test_search_equals_exact_search(opened):
    rows = [row(number, article=f"a{number % 40}") for number in range(1200)]
    opened.apply(add=rows, delete_articles=(), generation=1)
    opened.apply(add=(), delete_articles=["a3", "a5"], generation=2)
    exact = ExactIndex.of_rows(kept for kept in rows if kept.article_id not in {"a3", "a5"})
    for number in range(5000, 5030):
        query = row(number).embedding
        assert same_neighbours(opened.search(query, k=20), exact.search(query, k=20))


def test_search_k_beyond_all_gives_all_and_k_0_nothing(opened):
    opened.apply(add=[row(1), row(2)], delete_articles=(), generation=1)
    assert len(opened.search(row(1).embedding, k=100)) == 2
    assert opened.search(row(1).embedding, k=0) == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {"a#1-2", "b#2-3", "c#3-4"}),
        (Filters(article_ids=frozenset({"a", "c"})), {"a#1-2", "c#3-4"}),
        (Filters(publishers=frozenset({"P"})), {"a#1-2", "b#2-3"}),
        (Filters(published_from=date(2021, 1, 2)), {"b#2-3", "c#3-4"}),
        (Filters(published_to=date(2021, 1, 1)), {"a#1-2", "c#3-4"}),
        (Filters(published_from=date(2021, 1, 1), published_to=date(2021, 1, 1), dated_only=True), {"a#1-2"}),
        (Filters(publishers=frozenset({"P"}), published_from=date(2022, 1, 1)), set()),
    ],
)
def test_search_filters_hold_together_and_undated_stay_in(opened, filters, expected):
    rows = [
        row(1, article="a", publisher="P", published=date(2021, 1, 1)),
        row(2, article="b", publisher="P", published=date(2021, 1, 2)),
        row(3, article="c", publisher=None, published=None),
    ]
    opened.apply(add=rows, delete_articles=(), generation=1)
    assert set(ids(opened.search(row(1).embedding, k=9, filters=filters))) == expected


def test_apply_more_than_one_batch_of_chroma_goes_in(tmp_path, monkeypatch):
    monkeypatch.setattr("dateline.index.vectors.chroma._MAX_BATCH", 100)
    index = open_chroma(VectorSettings(), tmp_path, location="gen-0001", **BELONGS, create=True)
    index.apply(add=[row(number) for number in range(250)], delete_articles=(), generation=1)
    assert index.count() == index.n_written == 250
    index.close()


def test_batches_are_no_larger_than_chroma_takes(tmp_path):
    index = open_chroma(VectorSettings(), tmp_path, location="gen-0001", **BELONGS, create=True)
    assert index._client.get_max_batch_size() >= vectors._MAX_BATCH
    index.close()


def test_open_again_holds_what_was_put_in(tmp_path):
    index = open_chroma(VectorSettings(), tmp_path, location="gen-0001", **BELONGS, create=True)
    index.apply(add=[row(1)], delete_articles=(), generation=4)
    index.close()
    again = open_chroma(VectorSettings(), tmp_path, location="gen-0001", **BELONGS)
    assert (again.generation, ids(again.search(row(1).embedding, k=1))) == (4, ["a#1-2"])
    again.close()


@pytest.mark.parametrize("other", [{"corpus_id": "0ther"}, {"built_with": "model-b"}])
def test_open_of_another_corpus_or_model_is_unusable(tmp_path, other):
    open_chroma(VectorSettings(), tmp_path, location="gen-0001", **BELONGS, create=True).close()
    with pytest.raises(UnusableIndexError):
        open_chroma(VectorSettings(), tmp_path, location="gen-0001", **BELONGS | other)


def test_open_missing_on_a_server_is_unusable_and_a_dead_server_is_not_that(server, tmp_path):
    with pytest.raises(UnusableIndexError):
        open_chroma(VectorSettings(url=server), tmp_path, location="gen-0099", **BELONGS)
    with pytest.raises(StorageError) as caught:
        open_chroma(VectorSettings(url="http://127.0.0.1:9"), tmp_path, location="gen-0001", **BELONGS)
    assert not isinstance(caught.value, UnusableIndexError)


def test_open_collection_that_measures_otherwise_is_unusable(tmp_path):
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    client = chromadb.PersistentClient(str(tmp_path / "gen-0001"), settings=settings)
    metadata = {"corpus": BELONGS["corpus_id"], "built_with": BELONGS["built_with"], "generation": 1}
    client.create_collection("chunks", embedding_function=None, metadata=metadata)
    client.close()
    with pytest.raises(UnusableIndexError, match="by l2, not by cosine"):
        open_chroma(VectorSettings(), tmp_path, location="gen-0001", **BELONGS)


def test_open_address_that_is_none_is_a_settings_error(tmp_path):
    with pytest.raises(SettingsError, match="chroma_url"):
        open_chroma(VectorSettings(url="localhost"), tmp_path, location="gen-0001", **BELONGS)


def test_settings_show_no_secret():
    settings = VectorSettings(api_key="secret", tenant="t", database="d", headers={"Authorization": "secret"})
    assert "secret" not in repr(settings) + settings.place
    assert settings.kind == "cloud"


def test_where_of_several_limits_joins_them():
    filters = Filters(article_ids=frozenset({"b", "a"}), published_from=date(2021, 1, 2))
    assert where_of(filters) == {
        "$and": [
            {"article_id": {"$in": ["a", "b"]}},
            {"$or": [{"published": {"$eq": 0}}, {"published": {"$gte": 20210102}}]},
        ]
    }
