"""The command line on a real corpus: articles written by hand, the shipped models, real files."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.app.main import main

FERRY = """Ferry to Sandholm returns after winter break

By Karin Lund March 3, 2023

The ferry between Lindvik and Sandholm will sail again from 14 April 2023, operator Blue Line said on Friday.

"We carried 41,000 passengers last year," managing director Ole Berg told reporters. "This year we expect more."

A single ticket costs 9 euros. The crossing takes 55 minutes.
"""
LIBRARY = {
    "url": "https://lindvik.example/library",
    "title": "Library of Lindvik opens on Sundays",
    "text": "The library of Lindvik will open on Sundays, head librarian Ida Holm announced on Tuesday. "
    "The town council pays 120,000 euros a year for it.",
    "published": "2023-05-09",
    "publisher": "Lindvik Post",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    articles = folder / "articles"
    articles.mkdir()
    (articles / "ferry.txt").write_text(FERRY, "utf-8")
    (articles / "more.jsonl").write_text(json.dumps(LIBRARY) + '\n{"title": "cut\n', "utf-8")
    assert main(["--home", str(folder / "home"), "ingest", str(articles)]) == 0
    return folder / "home"


def run(capsys, home, *words):
    code = main(["--home", str(home), *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_ingest_again_reports_all_unchanged_and_the_reason_for_what_is_skipped(capsys, home):
    code, out, _ = run(capsys, home, "ingest", str(home.parent / "articles"))
    first, *skipped = out.splitlines()
    assert (code, first) == (0, "0 added, 0 updated, 2 unchanged, 1 skipped")
    assert len(skipped) == 1
    assert "more.jsonl:2" in skipped[0]


def test_ask_json_quotes_are_exactly_the_articles_words(capsys, home):
    code, out, _ = run(capsys, home, "ask", "--json", "When will the ferry to Sandholm sail again?")
    answer = json.loads(out)
    assert (code, answer["kind"]) == (0, "answer")
    assert "14 April 2023" in answer["text"]
    from dateline.app import Dateline

    with Dateline.open(home) as news:
        for citation in answer["citations"]:
            text = news.article(citation["article_id"]).text
            assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_something_the_articles_do_not_tell_is_refused_with_code_0(capsys, home):
    code, out, _ = run(capsys, home, "ask", "Who won the chess championship in Reykjavik?")
    assert code == 0
    assert out.startswith("No answer (")


def test_ask_where_no_corpus_is_says_how_to_add_articles_and_makes_nothing(capsys, tmp_path):
    code, out, err = run(capsys, tmp_path / "new", "ask", "When does the ferry sail?")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "dateline ingest" in err
    assert not (tmp_path / "new").exists()


def test_ask_beside_a_writer_reads(capsys, home):
    from dateline.app import Dateline

    with Dateline.open(home):
        code, out, err = run(capsys, home, "ask", "What does a single ticket cost?")
        assert (code, "9 euros" in out) == (0, True)
        assert "reading only" in err
        code, out, err = run(capsys, home, "ingest", str(home.parent / "articles"))
        assert (code, out) == (1, "")
        assert "is being written by" in err


def test_ask_limited_to_an_url_reads_that_article_alone(capsys, home):
    asked = ["ask", "--json", "--article", LIBRARY["url"], "What does a single ticket of the ferry cost?"]
    result = json.loads(run(capsys, home, *asked)[1])
    read = {row["title"] for row in result.get("citations") or result["nearest"]}
    assert read == {LIBRARY["title"]}


def test_ask_limited_to_an_unknown_article_is_the_users_mistake(capsys, home):
    code, out, err = run(capsys, home, "ask", "--article", "castle", "When?")
    assert (code, out) == (2, "")
    assert "'castle'" in err


def test_search_batch_finds_the_article(capsys, home, tmp_path):
    batch = tmp_path / "queries.jsonl"
    batch.write_text('{"id":"q","query":"library on Sundays","k":1}\n', "utf-8")
    code, out, _ = run(capsys, home, "search", "--batch", str(batch))
    (row,) = json.loads(out)["results"]
    assert (code, row["url"], row["published"]) == (0, LIBRARY["url"], "2023-05-09")


def test_doctor_finds_nothing_wrong_and_mends_a_lost_index(capsys, home):
    code, out, _ = run(capsys, home, "doctor", "--dry-run", "--json")
    assert (code, {row["state"] for row in json.loads(out)["findings"]}) == (0, {"ok"})
    shutil.rmtree(home / "lexical")
    assert run(capsys, home, "doctor", "--dry-run")[0] == 1
    code, out, _ = run(capsys, home, "doctor")
    assert (code, "✓ mended lexical index" in out) == (0, True)


def test_doctor_on_a_folder_that_is_not_there_says_so(capsys, tmp_path):
    code, out, _ = run(capsys, tmp_path / "none", "doctor")
    assert (code, "is not there" in out) == (1, True)


def test_home_that_is_a_file_is_one_line_without_a_traceback(capsys, tmp_path):
    (tmp_path / "file").write_text("x")
    code, out, err = run(capsys, tmp_path / "file", "ask", "When?")
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_closed_pipe_ends_quietly(home):
    command = f'"{sys.executable}" -m dateline.app.main --home "{home}" articles | true'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=120, check=False)
    assert done.stderr == ""
    assert Path(home).exists()
