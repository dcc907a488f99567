"""Files and folders: every bad one becomes a reason, every good one an article."""

import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from dateline.index.article import Article, Skipped
from dateline.index.articles.read import MAX_ARTICLE_BYTES, article_id_of_url, read_article_text, read_articles
from dateline.index.errors import BadInput

TODAY = date(2026, 1, 1)
WORDS = "The river port of Velden reopened on Tuesday after three days of repairs, and ships were moving again by noon."
PAGE = f"<html><body><article><h1>Port open</h1><p>{WORDS}</p><p>{WORDS[::-1]}</p></article></body></html>"


def read(*paths):
    return list(read_articles(paths, today=TODAY))


def reason(path):
    (only,) = read(path)
    assert isinstance(only, Skipped)
    assert only.path.startswith(str(path))
    return only.reason


def test_folder_is_read_sorted_with_folders_below_and_hidden_files_passed_over(tmp_path):
    for name in ("b.txt", "a/z.md", "a/c.htm", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE if name.endswith("htm") else WORDS)
    assert [article.article_id for article in read(tmp_path)] == ["a/c", "a/z", "b"]


def test_article_carries_its_path_and_its_origins(tmp_path):
    path = tmp_path / "port.txt"
    path.write_text(f"Port of Velden open again\nBy Jane Doe\n3 May 2024\n\n{WORDS}")
    (article,) = read(path)
    assert (article.article_id, article.path, article.text) == ("port", str(path), WORDS)
    assert article.origins == {
        "title": "first line", "author": "byline", "published": "date line", "language": "words",
    }  # fmt: skip


def test_json_lines_are_named_by_url_or_by_line(tmp_path):
    path = tmp_path / "news.jsonl"
    rows = [{"text": WORDS}, {"text": WORDS, "url": "https://valley.example/2024/05/03/port-open"}]
    path.write_text("\n".join(map(json.dumps, rows)))
    first, second = read(path)
    assert (first.article_id, first.path) == ("news:1", f"{path}:1")
    assert second.article_id == article_id_of_url("https://valley.example/2024/05/03/port-open")
    assert (second.published, second.origins["published"]) == (date(2024, 5, 3), "url")


def test_bad_lines_leave_the_others(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_text(f'{json.dumps({"text": WORDS})}\n{{"text": "cut\n{{"text": ""}}\n{json.dumps({"text": WORDS})}')
    rows = read(path)
    assert [type(row) for row in rows] == [Article, Skipped, Skipped, Article]
    assert rows[1].path == f"{path}:2"


def test_second_article_with_an_id_is_skipped(tmp_path):
    (tmp_path / "a.md").write_text(WORDS)
    (tmp_path / "a.txt").write_text(WORDS)
    first, second = read(tmp_path)
    assert isinstance(first, Article)
    assert isinstance(second, Skipped)
    assert "'a' was given already" in second.reason
    assert str(tmp_path / "a.md") in second.reason


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "it is empty"),
        ("a.txt", b" \n\n ", "it is empty"),
        ("a.jsonl", b"", "it is empty"),
        ("a.txt", b"\x00\x01\x02" * 100, "binary"),
        ("a.html", b"\x89PNG\x00", "binary"),
        ("a.txt", "Le port a rouvert à midi".encode()[:-1] + b"\xc3", "not UTF-8 at byte"),
        ("a.txt", b"Search\n\nMenu\n", "no article text"),
        ("a.html", b"<html><body></body></html>", "no article text"),
        ("a.pdf", b"%PDF", "files of the kind .pdf are not read"),
        ("a", b"words", "files without a suffix are not read"),
        ("a.txt", b"x" * (MAX_ARTICLE_BYTES + 1), "too long for one article (5,000,001 bytes"),
        ("a.jsonl", b'{"text":"' + b"x" * MAX_ARTICLE_BYTES + b'"}', "longer than the limit"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_bad_file_is_skipped_with_the_reason(tmp_path, name, data, words):
    (tmp_path / name).write_bytes(data)
    assert words in reason(tmp_path / name)


def test_fifty_megabytes_on_one_line_are_skipped_without_being_parsed(tmp_path):
    with (tmp_path / "a.jsonl").open("wb") as file:
        file.write(b'{"text":"')
        file.truncate(50_000_000)  # sparse: NULs to the end
        file.seek(0, os.SEEK_END)
        file.write(b'"}\n' + json.dumps({"text": WORDS}).encode())
    long, good = read(tmp_path / "a.jsonl")
    assert isinstance(long, Skipped)
    assert good.article_id == "a:2"


def test_windows_1252_text_is_read(tmp_path):
    (tmp_path / "a.txt").write_bytes(WORDS.replace("its", "the café’s").encode("cp1252"))
    (article,) = read(tmp_path / "a.txt")
    assert article.text == WORDS.replace("its", "the café’s")


def test_missing_path_dangling_link_and_special_file_are_skipped(tmp_path):
    assert reason(tmp_path / "none.txt") == "it does not exist"
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    assert "a link to a file that is not there" in reason(tmp_path / "link.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert "it cannot be read" in reason(tmp_path / "self.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert reason(tmp_path / "pipe.txt") == "it is not a regular file"
    assert "NUL" in next(iter(read(Path("a\x00.txt")))).reason


def test_link_back_to_a_folder_above_is_skipped_and_the_rest_read(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(WORDS)
    (tmp_path / "in" / "loop").symlink_to(tmp_path)
    article, loop = read(tmp_path)
    assert article.article_id == "in/a"
    assert "a link back" in loop.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_file_without_permission_is_skipped(tmp_path):
    (tmp_path / "a.txt").write_text(WORDS)
    (tmp_path / "a.txt").chmod(0)
    assert "permission" in reason(tmp_path / "a.txt")


def test_permission_error_while_opening_is_skipped(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(WORDS)

    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert reason(tmp_path / "a.txt") == "there is no permission to read it"


def test_name_that_is_not_utf8_gives_an_id_that_can_be_stored(tmp_path):
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(name, "w", encoding="utf-8") as file:
            file.write(WORDS)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (article,) = read(tmp_path)
    assert article.article_id == "caf\ufffd"


def test_pasted_text_is_read_under_its_name():
    article = read_article_text(f"Port of Velden open again\n\n{WORDS}", name="note", today=TODAY)
    assert (article.article_id, article.title, article.text, article.path) == (
        "note", "Port of Velden open again", WORDS, None,
    )  # fmt: skip


def test_pasted_text_without_an_article_is_bad_input():
    with pytest.raises(BadInput, match="no article text"):
        read_article_text("Search\n\nMenu", name="note", today=TODAY)


def test_article_id_of_url_ignores_what_does_not_name_the_article():
    same = {
        article_id_of_url(url)
        for url in (
            "https://valley.example/world/port-open",
            "http://www.valley.example/world/port-open/",
            "https://VALLEY.example/world/port-open?utm_source=x&fbclid=1#top",
            "https://valley.example/world/port-open/index.html",
        )
    }
    assert len(same) == 1
    assert same.pop().startswith("port-open-")
    assert article_id_of_url("https://valley.example/a?id=1") != article_id_of_url("https://valley.example/a?id=2")
    assert article_id_of_url("http://[broken") == article_id_of_url("http://[broken")


def test_reading_text_does_not_import_the_web_page_reader(tmp_path):
    import subprocess

    (tmp_path / "a.txt").write_text(WORDS)
    code = (
        "import sys; from pathlib import Path; from dateline.index.articles.read import read_articles;"
        f"assert len(list(read_articles([Path({str(tmp_path)!r})]))) == 1; sys.exit('trafilatura' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
