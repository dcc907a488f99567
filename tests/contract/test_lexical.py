"""The lexical index on real tantivy, in memory and on disk: what it finds, how it commits, how it survives."""

import math
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dateline.index.errors import StorageError
from dateline.index.lexical.bm25 import LexicalDoc, LexicalIndex

DOCS = [
    LexicalDoc("fog#0-9", "fog", "Fog closed the harbour on Monday"),
    LexicalDoc("fog#10-19", "fog", "Ferries waited; AT&T towers failed"),
    LexicalDoc("vote#0-9", "vote", "The café owners’ vote on COVID-19 rules, 1,000 to 12"),
    LexicalDoc("rail#0-9", "rail", "Trains run Odda–Voss-Bergen from G20 day; the S&P 500 fell"),
]


def ids(hits):
    return [chunk_id for chunk_id, _ in hits]


@pytest.fixture(params=["memory", "disk"])
def index(request, tmp_path):
    opened = LexicalIndex(tmp_path / "lexical" if request.param == "disk" else None)
    yield opened
    opened.close()


@pytest.fixture
def filled(index):
    index.apply(add=DOCS, delete_articles=[], generation=1)
    return index


def test_index_that_is_new_has_no_generation_and_finds_nothing(index):
    assert index.generation is None
    assert index.search("fog", k=5) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Fogs CLOSED harbours", "fog#0-9"),
        ("cafe", "vote#0-9"),
        ("CAFÉ", "vote#0-9"),
        ("at&t", "fog#10-19"),
        ("S&P", "rail#0-9"),
        ("g20", "rail#0-9"),
        ("covid-19", "vote#0-9"),
        ("covid19", "vote#0-9"),
        ("covid", "vote#0-9"),
        ("1000", "vote#0-9"),
        ("1,000", "vote#0-9"),
        ("odda-voss-bergen", "rail#0-9"),
        ("Voss", "rail#0-9"),
        ("owner", "vote#0-9"),
    ],
)
def test_search_finds_words_in_the_forms_that_people_type(filled, query, expected):
    assert ids(filled.search(query, k=5)) == [expected]


def test_search_score_is_bm25(filled):
    # "fog" is in 1 of 5 documents, the generation's own among them: idf = ln(1 + (5 - 1 + 0.5) / (1 + 0.5)) = ln 4.
    # Lengths in terms: 6, 5, 11, 14, 0; mean 36 / 5 = 7.2. "COVID-19" and "Odda–Voss-Bergen" give their whole besides.
    # tf = 1 · (1.2 + 1) / (1 + 1.2 · (1 - 0.75 + 0.75 · 6 / 7.2)).
    expected = math.log(4) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 6 / 7.2))
    assert filled.search("fog", k=5) == [("fog#0-9", pytest.approx(expected, rel=1e-5))]


def test_search_word_asked_twice_weighs_twice(filled):
    once, twice = filled.search("fog", k=1)[0][1], filled.search("fog fog", k=1)[0][1]
    assert twice == pytest.approx(2 * once)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "?!…",
        "\x00",
        "\ud800",
        'fog" AND (',
        "words:fog^9 -x +y [a TO b] *",
        "chunk:fog#0-9",
        "fog" * 50_000,
        " ".join(f"w{n}" for n in range(5_000)),
        "🌫️ 霧 туман",
        "x" * 1_000_000,
    ],
    ids=range(12),
)
def test_search_any_text_is_a_query(filled, query):
    assert all(score > 0 for _, score in filled.search(query, k=5))


def test_search_query_syntax_means_nothing(filled):
    assert ids(filled.search("-fog", k=5)) == ["fog#0-9"]
    assert ids(filled.search("article:vote", k=5)) == ["vote#0-9"]  # its text holds the word


def test_search_gives_only_positive_scores_best_first_and_at_most_k(filled):
    hits = filled.search("the harbour on Monday", k=10)
    assert ids(hits)[0] == "fog#0-9"
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    assert all(score > 0 for _, score in hits)
    assert filled.search("the harbour on Monday", k=1) == hits[:1]
    assert filled.search("harbour", k=0) == []
    assert filled.search("zebra", k=10) == []


def test_search_ties_are_ordered_by_chunk_id_also_at_the_cut(index):
    docs = [LexicalDoc(f"a#{n:03}", "a", "same words") for n in reversed(range(200))]
    index.apply(add=docs, delete_articles=[], generation=1)
    assert ids(index.search("words", k=3)) == ["a#000", "a#001", "a#002"]


def test_search_within_articles_finds_nothing_outside(filled):
    assert ids(filled.search("the", k=5)) != ["rail#0-9"]
    assert ids(filled.search("the", k=5, article_ids=["rail"])) == ["rail#0-9"]
    assert filled.search("the", k=5, article_ids=[]) == []
    assert filled.search("the", k=5, article_ids=["nowhere"]) == []


def test_search_within_articles_keeps_the_scores(filled):
    everywhere = dict(filled.search("the harbour", k=5))
    assert dict(filled.search("the harbour", k=5, article_ids={"fog"})) == {"fog#0-9": everywhere["fog#0-9"]}


@pytest.mark.parametrize("share", [0.02, 0.5, 1.0])
def test_search_within_thousands_of_articles_equals_filtering_everything(index, share):
    docs = [LexicalDoc(f"{n:04}#0", f"{n:04}", "storm " + "calm " * (n * 7919 % 50)) for n in range(3_000)]
    index.apply(add=docs, delete_articles=[], generation=1)
    # Every n-th, or those that score worst: the longest texts.
    allowed = {doc.article_id for doc in docs if doc.text.count("calm") >= 50 * (1 - share)}
    allowed |= {f"absent-{n}" for n in range(1_000)}
    expected = [hit for hit in index.search("storm", k=3_000) if hit[0].split("#")[0] in allowed][:20]
    assert index.search("storm", k=20, article_ids=allowed) == expected


def test_apply_replaces_and_deletes_articles_in_one_commit(filled):
    new = LexicalDoc("fog#0-5", "fog", "Sunshine over the harbour")
    filled.apply(add=[new], delete_articles=["fog", "vote", "unknown"], generation=2)
    assert ids(filled.search("harbour ferries fog cafe", k=5)) == ["fog#0-5"]
    assert filled.generation == 2


def test_apply_that_fails_changes_nothing_and_the_next_one_works(filled):
    def broken():
        yield LexicalDoc("new#0-1", "new", "zebra")
        raise RuntimeError("the record went away")

    with pytest.raises(RuntimeError, match="went away"):
        filled.apply(add=broken(), delete_articles=["fog"], generation=2)
    assert filled.generation == 1
    filled.apply(add=[LexicalDoc("new#0-2", "new", "giraffe")], delete_articles=[], generation=2)
    assert ids(filled.search("zebra giraffe fog", k=5)) == ["new#0-2", "fog#0-9"]


def test_close_twice_is_safe(filled):
    filled.close()
    filled.close()
    assert filled.search("fog", k=5) == []


# On disk


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "lexical"
    index = LexicalIndex(path)
    index.apply(add=DOCS, delete_articles=[], generation=7)
    index.close()
    return path


def test_reopened_index_has_its_generation_and_its_words(folder):
    index = LexicalIndex(folder)
    assert index.generation == 7
    assert ids(index.search("fogs", k=5)) == ["fog#0-9"]
    index.apply(add=[LexicalDoc("x#0", "x", "zebras")], delete_articles=["fog"], generation=8)
    assert ids(index.search("fog zebra", k=5)) == ["x#0"]
    index.close()


def test_opening_writes_nothing(tmp_path, folder):
    def listing():
        return sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir())

    before = listing()
    index = LexicalIndex(folder)
    index.search("fog", k=1)
    index.close()
    assert listing() == before
    LexicalIndex(tmp_path / "nowhere").close()
    assert not (tmp_path / "nowhere").exists()


def test_second_writer_gets_a_storage_error_until_the_first_closes(folder):
    first, second = LexicalIndex(folder), LexicalIndex(folder)
    first.apply(add=[], delete_articles=[], generation=8)
    with pytest.raises(StorageError, match="no other process is writing"):
        second.apply(add=[], delete_articles=[], generation=9)
    first.close()
    second.apply(add=[], delete_articles=[], generation=9)
    assert second.generation == 9
    second.close()


def test_open_reader_sees_the_commits_of_another(folder):
    writer, reader = LexicalIndex(folder), LexicalIndex(folder)
    assert reader.search("zebra", k=5) == []
    writer.apply(add=[LexicalDoc("z#0", "z", "zebra")], delete_articles=["fog"], generation=8)
    assert ids(reader.search("zebra fog", k=5)) == ["z#0"]
    assert reader.generation == 8
    writer.close()
    reader.close()


def damage_truncate(path):
    os.truncate(path, path.stat().st_size // 2)


def damage_empty(path):
    os.truncate(path, 0)


def damage_garble(path):
    path.write_bytes(os.urandom(path.stat().st_size))


@pytest.mark.parametrize("damage", [damage_truncate, damage_empty, damage_garble, Path.unlink])
@pytest.mark.parametrize("kind", ["meta.json", ".term", ".idx", ".store", ".fieldnorm"])
def test_damaged_file_never_raises_and_is_built_again(folder, kind, damage):
    (damaged,) = [path for path in folder.iterdir() if path.name.endswith(kind)]
    damage(damaged)
    index = LexicalIndex(folder)
    index.search("fog harbour", k=5)
    if index.generation is None:
        assert index.search("fog", k=5) == []
        index.apply(add=DOCS, delete_articles=[], generation=9)
        assert (index.generation, ids(index.search("fog", k=5))) == (9, ["fog#0-9"])
    else:
        # Only a file that the generation does not need may be torn unseen, and then it is still read whole.
        assert ids(index.search("fog", k=5)) == ["fog#0-9"]
    index.close()


def test_index_of_another_format_is_a_foreign_one(folder, monkeypatch):
    monkeypatch.setattr("dateline.index.lexical.bm25.FORMAT", "another")
    index = LexicalIndex(folder)
    assert index.generation is None
    index.close()


WRITE_FOREVER = """
import sys
from pathlib import Path
from dateline.index.lexical.bm25 import LexicalDoc, LexicalIndex
index = LexicalIndex(Path(sys.argv[1]))
generation = index.generation or 0
while True:
    generation += 1
    docs = [LexicalDoc(f"{n}#{generation}", str(n), f"round r{generation} storm") for n in range(40)]
    index.apply(add=docs, delete_articles=[str(n) for n in range(40)], generation=generation)
    print(generation, flush=True)
"""


def test_killed_writer_leaves_a_whole_commit_and_no_lock(tmp_path):
    folder = tmp_path / "lexical"
    for delay in (0.0, 0.013, 0.031, 0.057):
        with subprocess.Popen(
            [sys.executable, "-c", WRITE_FOREVER, str(folder)], stdout=subprocess.PIPE, text=True
        ) as process:
            printed = int(process.stdout.readline())
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
        index = LexicalIndex(folder)
        generation = index.generation
        assert generation >= printed
        assert len(index.search(f"r{generation}", k=100)) == 40
        assert len(index.search("storm", k=100)) == 40
        index.apply(add=[], delete_articles=[], generation=generation + 1)
        index.close()


def test_search_from_threads_while_commits_come_sees_whole_commits(index):
    index.apply(add=[LexicalDoc(f"a#{n}", "a", "storm") for n in range(20)], delete_articles=[], generation=1)
    with ThreadPoolExecutor(4) as pool:
        searches = [pool.submit(index.search, "storm", k=100) for _ in range(200)]
        for generation in range(2, 12):
            docs = [LexicalDoc(f"a#{generation}-{n}", "a", "storm") for n in range(20)]
            index.apply(add=docs, delete_articles=["a"], generation=generation)
        found = [search.result() for search in searches]
    assert {len(hits) for hits in found} == {20}
    assert all(len({chunk_id.split("-")[0] for chunk_id, _ in hits if "-" in chunk_id}) <= 1 for hits in found)
