"""`dateline serve` as a process of its own, asked over real HTTP, and ended politely."""

import json
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from dateline.app.main import main

TEXT = """Night train to Oslo starts in June

May 2, 2023

The night train from Lindvik to Oslo will run from 12 June 2023, transport minister Karin Lund said on Tuesday.
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("serve")
    (folder / "train.txt").write_text(TEXT, "utf-8")
    home = folder / "home"
    assert main(["--home", str(home), "ingest", str(folder / "train.txt")]) == 0
    command = [sys.executable, "-m", "dateline.app.main", "--home", str(home), "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    found = re.match(r"Serving at (http://127\.0\.0\.1:\d+) ", line)
    assert found, (line, process.stderr.read())
    yield found[1]
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "")
    assert main(["--home", str(home), "articles"]) == 0  # the lock is free again


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as reply:
        return json.load(reply)


def test_ask_over_http_cites_exactly_the_articles_words(server):
    answer = post(f"{server}/ask", {"question": "From when will the night train to Oslo run?"})
    assert "12 June 2023" in answer["text"]
    citation = answer["citations"][0]
    with urllib.request.urlopen(f"{server}/articles/{citation['article_id']}", timeout=60) as reply:
        text = json.load(reply)["text"]
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_search_over_http_finds_the_article(server):
    assert post(f"{server}/search", {"query": "night train", "k": 1})["results"][0]["article_id"] == "train"


def test_wrong_body_over_http_is_422_in_plain_words(server):
    with pytest.raises(urllib.error.HTTPError) as caught:
        post(f"{server}/ask", {})
    with caught.value as reply:
        assert reply.code == 422
        assert json.load(reply)["error"] == "question: Field required"
