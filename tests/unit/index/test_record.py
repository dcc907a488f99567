"""The record: one transaction a change, old or new and never a mix, and clear words when it cannot be used."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from sqlalchemy import update

from dateline.index.article import Article, Span
from dateline.index.chunk import Chunk, Filters
from dateline.index.errors import CorpusMismatch, CorpusReadOnly, SettingsError, StorageError
from dateline.index.record.check import faults_of
from dateline.index.record.rows import Entry
from dateline.index.record.store import Identity, Record

NOW = datetime(2021, 1, 2, 3, 4, 5, tzinfo=UTC)
MINE = Identity("model-a", 2, "whole/1")


def entry(name: str, text: str = "One. Two.", **facts) -> Entry:
    """An article of two chunks with the embeddings (1, 0) and (0, 1)."""
    article = Article(article_id=name, title=f"About {name}", text=text, **facts)
    half = len(text) // 2
    spans = [(0, half), (half, len(text))]
    chunks = [Chunk(Span(name, a, b), text[a:b], 1, f"About {name}\n{text[a:b]}") for a, b in spans]
    return Entry(article, tuple(chunks), np.eye(2, dtype=np.float32))


@pytest.fixture
def record(tmp_path):
    with Record.open(tmp_path) as opened:
        opened.claim(MINE)
        yield opened


def test_replace_one_call_is_one_generation(record):
    assert record.generation == 0
    assert record.replace([entry("a"), entry("b")], now=NOW) == 1
    assert (record.generation, record.n_articles, record.n_chunks) == (1, 2, 4)
    assert record.article("a").ingested == NOW


def test_replace_takes_the_old_version_away_whole(record):
    record.replace([entry("a", "Old words, quite a few of them.")], now=NOW)
    record.replace([entry("a", "New.")], now=NOW)
    assert record.article("a").text == "New."
    assert [chunk.text for chunk in record.chunks([row.chunk_id for row in record.chunk_rows(["a"])]).values()] == [
        "Ne",
        "w.",
    ]


def test_replace_that_fails_in_the_middle_leaves_the_old_version(record):
    record.replace([entry("a", "Old words.")], now=NOW)
    good = entry("a", "New words.")
    twice = replace(good, chunks=(good.chunks[0], good.chunks[0]))
    with pytest.raises(StorageError):
        record.replace([entry("b"), twice], now=NOW)
    assert record.article("a").text == "Old words."
    assert (record.generation, record.n_articles, record.n_chunks) == (1, 1, 2)
    assert faults_of(record, dim=2) == []


def test_replace_disk_full_keeps_what_was_committed(tmp_path):
    with Record.open(tmp_path) as record:
        record.replace([entry("a")], now=NOW)
        with record.engine.connect() as connection:
            n_pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={n_pages + 2}")
        with pytest.raises(StorageError, match="Free some disk space"):
            record.replace([entry("b", "long " * 50_000)], now=NOW)
        assert list(record.hashes()) == ["a"]
        assert faults_of(record, dim=2) == []


def test_changed_since_names_what_changed_and_was_deleted(record):
    record.replace([entry("a"), entry("b")], now=NOW)
    record.replace([entry("c")], now=NOW)
    record.delete(["a", "nowhere"])
    assert record.changed_since(0) == ["a", "b", "c"]
    assert record.changed_since(1) == ["a", "c"]
    assert record.changed_since(2) == ["a"]
    assert record.changed_since(3) == []


def test_delete_nothing_there_is_no_change(record):
    assert record.delete(["nowhere"]) == ()
    assert record.generation == 0


def test_change_while_another_process_changes_waits_its_time_and_is_told(record, tmp_path):
    with Record.open(tmp_path) as other, record._change(["x"]):
        with other.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=10")
        with pytest.raises(StorageError, match="Another program holds the database"):
            other.replace([entry("b")], now=NOW)
    assert (record.generation, record.changed_since(0)) == (1, ["x"])


def test_change_after_a_generation_that_moved_unseen_is_refused(record, monkeypatch):
    # On PostgreSQL two transactions may both read generation 0; the second one's update then matches nothing.
    monkeypatch.setattr(
        "dateline.index.record.store.update", lambda table: update(table).where(table.c.value == "not there")
    )
    with pytest.raises(StorageError, match="at the same moment"):
        record.replace([entry("a")], now=NOW)
    assert record.n_articles == 0


def test_embeddings_come_back_in_order_of_their_ids(record):
    record.replace([entry("b"), entry("a")], now=NOW)
    ids, owners, matrix = record.embeddings(dim=2)
    assert ids == sorted(ids)
    assert owners == ["a", "a", "b", "b"]
    # (1, 0) + 0.15 (0, 1) = (1, 0.15) of length 1.0111874; each article's two chunks are each other's neighbours.
    first, second = [0.9889364, 0.1483405], [0.1483405, 0.9889364]
    assert matrix == pytest.approx(np.array([first, second, first, second]), abs=1e-6)
    assert next(iter(record.embeddings_of("a").values())).tolist() == [1, 0]
    assert matrix.dtype == np.float32


def test_allowed_counts_chunks_of_what_a_filter_lets_through(record):
    record.replace([entry("a", publisher="P", published=date(2020, 5, 1)), entry("b")], now=NOW)
    assert record.allowed(Filters(published_from=date(2020, 5, 1))) == {"a": 2, "b": 2}
    assert record.allowed(Filters(published_from=date(2020, 5, 2))) == {"b": 2}
    assert record.allowed(Filters(publishers=frozenset({"P"}))) == {"a": 2}
    assert record.allowed(Filters(publishers=frozenset())) == {}


def test_claim_other_identity_names_both(record):
    record.replace([entry("a")], now=NOW)
    with pytest.raises(CorpusMismatch, match=r"model-a \(2 dimensions\).*model-b \(3 dimensions\)"):
        record.claim(Identity("model-b", 3, "whole/1"))
    assert record.identity() == MINE


def test_rewrite_that_is_broken_off_leaves_everything(record):
    record.replace([entry("a"), entry("b")], now=NOW)

    def batches():
        yield [entry("a", "Other words.")]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        record.rewrite(Identity("model-b", 2, "whole/2"), batches(), now=NOW)
    assert record.identity() == MINE
    assert (record.generation, record.article("a").text) == (1, "One. Two.")


def test_rewrite_readers_see_the_old_until_it_is_complete(record, tmp_path):
    record.replace([entry("a")], now=NOW)
    seen = []

    def batches():
        yield [entry("a", "Other words.")]
        with Record.open(tmp_path, read_only=True) as reader:
            seen.append((reader.identity(), reader.article("a").text))

    record.rewrite(Identity("model-b", 2, "whole/2"), batches(), now=NOW)
    assert seen == [(MINE, "One. Two.")]
    assert record.identity() == Identity("model-b", 2, "whole/2")


def test_open_read_only_changes_nothing(record, tmp_path):
    record.replace([entry("a")], now=NOW)
    with Record.open(tmp_path, read_only=True) as reader:
        assert reader.article("a").title == "About a"
        with pytest.raises(CorpusReadOnly):
            reader.delete(["a"])


def test_open_on_a_medium_that_cannot_be_written_reads(tmp_path, monkeypatch):
    (tmp_path / "home").mkdir()
    with Record.open(tmp_path / "home") as record:
        record.replace([entry("a")], now=NOW)
    monkeypatch.setattr("dateline.index.record.database.os.access", lambda *_: False)
    with Record.open(tmp_path / "home", read_only=True) as reader:
        assert reader.n_articles == 1
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["record.sqlite3"]


@pytest.mark.parametrize("damage", [b"", b"no database " * 1000])
def test_open_damaged_file_says_what_to_do(tmp_path, damage):
    (tmp_path / "record.sqlite3").write_bytes(damage)
    if not damage:
        # An empty file is a new database, as SQLite has it.
        with Record.open(tmp_path) as record:
            assert record.n_articles == 0
        return
    with pytest.raises(StorageError, match="Restore"):
        Record.open(tmp_path)
    assert (tmp_path / "record.sqlite3").read_bytes() == damage


def test_open_another_programs_database_is_refused_and_left_alone(tmp_path):
    with closing(sqlite3.connect(tmp_path / "record.sqlite3")) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StorageError, match=r"not a Dateline record.*recipes"):
        Record.open(tmp_path)


def test_open_other_schema_says_which(record, tmp_path):
    with closing(sqlite3.connect(tmp_path / "record.sqlite3")) as connection, connection:
        connection.execute("UPDATE dateline_facts SET value = '99' WHERE name = 'schema'")
    with pytest.raises(StorageError, match="schema '99'"):
        Record.open(tmp_path)


def test_open_laid_out_by_halves_is_completed(tmp_path):
    Record.open(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "record.sqlite3")) as connection, connection:
        connection.execute("DELETE FROM dateline_facts")
        connection.execute("DROP TABLE changes")
    with Record.open(tmp_path) as record:
        record.replace([entry("a")], now=NOW)
        assert record.changed_since(0) == ["a"]


@pytest.mark.parametrize("url", ["nonsense", "nosuch://host/db"])
def test_open_unusable_url_is_a_settings_error(tmp_path, url):
    with pytest.raises(SettingsError, match="database_url"):
        Record.open(tmp_path, url=url)


def test_open_by_url_is_the_same_record(tmp_path):
    url = f"sqlite:///{tmp_path}/elsewhere.db"
    with Record.open(tmp_path, url=url) as record:
        record.replace([entry("a")], now=NOW)
    with Record.open(tmp_path, url=url, read_only=True) as record:
        assert record.n_articles == 1
    assert not (tmp_path / "record.sqlite3").exists()


def test_copy_of_the_files_of_a_live_record_is_whole(record, tmp_path):
    record.replace([entry("a")], now=NOW)
    (tmp_path / "copy").mkdir()
    for file in tmp_path.glob("record.sqlite3*"):
        shutil.copy2(file, tmp_path / "copy")
    with Record.open(tmp_path / "copy") as copied:
        assert faults_of(copied, dim=2) == []
        assert copied.n_articles == 1
