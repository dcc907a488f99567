import importlib.metadata
import io
import json
import subprocess
import sys

import pytest
from desk_news import BRIDGE, HARBOUR, DeskNews, answer_of, cite

from dateline.app import main as main_module
from dateline.app.cli import articles as cli_articles
from dateline.app.cli import ask as cli_ask
from dateline.app.cli import export as cli_export
from dateline.app.cli import web as cli_web
from dateline.app.main import main
from dateline.app.web_guard import listen
from dateline.index.errors import CorpusLocked, StorageError

HEAVY = {"chromadb", "gradio", "llama_index", "onnxruntime", "tantivy", "trafilatura", "fastapi", "openai", "torch"}


@pytest.fixture
def news(monkeypatch):
    double = DeskNews(HARBOUR, BRIDGE, script=lambda q: answer_of(q, cite(HARBOUR, "It cost 30 million.")))
    for module in (cli_articles, cli_ask, cli_export):
        monkeypatch.setattr(module, "open_to_read", lambda args: double)
    monkeypatch.setattr(cli_articles, "open_to_write", lambda args: double)
    return double


def run(capsys, *words):
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def test_version_is_the_packages(capsys):
    assert run(capsys, "--version") == (0, f"dateline {importlib.metadata.version('dateline')}\n", "")


def test_help_and_version_load_nothing_heavy():
    code = (
        "import sys; from dateline.app.main import main; main(['--version']); main(['ask', '--help']);"
        f"print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "required: COMMAND"),
        (["dance"], "invalid choice: 'dance'"),
        (["ask", "--as-of", "soon", "x"], "'soon' is no date; write it as 2023-03-24"),
        (["ask"], "Give a question or --batch FILE, one of the two."),
        (["ask", "x", "--batch", "y"], "Give a question or --batch FILE, one of the two."),
        (["ask", "--batch", "y", "--as-of", "2020-01-01"], "stand in the lines themselves"),
        (["ask", "--batch", "/no/such/file"], "/no/such/file is no file that can be read."),
        (["ingest", "/no/such/folder"], "There is no file or folder /no/such/folder."),
        (["chat", "--port", "70000"], "'70000' is no port"),
        (["chat", "--host", "0.0.0.0"], "Give --password, or --allow-remote"),
        (["serve", "--host", "192.0.2.1"], "Give --password, or --allow-remote"),
        (["export"], "Give a question to write a pack for, or --check FILE"),
        (["export", "--check", "/no/such/pack"], "/no/such/pack cannot be read"),
        (["articles", "--delete", "nothing"], "No article has the id nothing"),
    ],
)
def test_wrong_input_is_one_line_on_stderr_and_code_2(capsys, news, words, said):
    code, out, err = run(capsys, *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err


def test_ask_prints_the_answer_its_quote_and_its_source(capsys, news):
    code, out, err = run(capsys, "ask", "What", "did", "it", "cost?")
    assert (code, err) == (0, "")
    assert out == (
        "It cost 30 million. [1] ✓ supported\n\n"
        "[1] “It cost 30 million.”\n    New harbour opens in Lindvik · Lindvik Post · Per Dahl · 4 May 2021\n"
    )
    assert news.heard[0]["question"] == "What did it cost?"


def test_ask_json_is_one_line_of_schema_1(capsys, news):
    code, out, _ = run(capsys, "ask", "--json", "--as-of", "2021-06-01", "--article", "harbour", "Cost?")
    assert (code, out.count("\n")) == (0, 1)
    assert json.loads(out)["schema"] == 1
    assert (news.heard[0]["as_of"].isoformat(), news.heard[0]["articles"]) == ("2021-06-01", ["harbour"])


def test_ask_batch_from_stdin_prints_a_line_each(capsys, news, monkeypatch):
    given = b'{"id":1,"question":"Cost?"}\n{"id":2,\n{"id":3,"question":"Again?"}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    code, out, err = run(capsys, "ask", "--batch", "-")
    rows = [json.loads(line) for line in out.splitlines()]
    assert (code, [row["id"] for row in rows]) == (0, [1, None, 3])
    assert err == "1 of 3 lines could not be answered; their errors stand in their places.\n"


def test_ask_terminal_escapes_of_an_article_are_not_sent(capsys, news):
    news.script = lambda q: answer_of(q, cite(HARBOUR, "It cost 30 million."), short_answer="\x1b[31mred\x07")
    _, out, _ = run(capsys, "ask", "Cost?")
    assert "\x1b" not in out
    assert "\x07" not in out


def test_search_prints_rows_and_as_json(capsys, news):
    assert "1. New harbour opens in Lindvik · Lindvik Post · 4 May 2021  (score 0.500)" in run(capsys, "search", "x")[1]
    found = json.loads(run(capsys, "search", "x", "-k", "1", "--json")[1])
    assert [row["article_id"] for row in found["results"]] == ["harbour"]


def test_articles_lists_a_line_each(capsys, news):
    code, out, _ = run(capsys, "articles")
    assert (code, out) == (
        0,
        "harbour\t4 May 2021\tLindvik Post\tNew harbour opens in Lindvik\n"
        "bridge\tdate unknown\t–\tBridge to be built\n",
    )


def test_articles_delete_names_what_went_and_what_was_not_there(capsys, news):
    code, out, err = run(capsys, "articles", "--delete", "bridge", "castle")
    assert (code, out) == (2, "deleted bridge\n")
    assert "No article has the id castle" in err
    assert list(news.held) == ["harbour"]


def test_articles_of_an_empty_corpus_says_how_to_add_some(capsys, news):
    news.held.clear()
    code, out, err = run(capsys, "articles")
    assert (code, out) == (0, "")
    assert "Add some: dateline ingest FOLDER" in err


def test_export_writes_a_pack_that_checks(capsys, news, tmp_path):
    code, out, _ = run(capsys, "export", "What did it cost?", "-o", str(tmp_path / "pack"))
    assert code == 0
    assert out.splitlines() == [str(tmp_path / "pack" / name) for name in ("evidence-pack.md", "evidence-pack.json")]
    code, out, _ = run(capsys, "export", "--check", str(tmp_path / "pack"))
    assert (code, out) == (0, "[1] harbour: holds\n1 of 1 quotes hold.\n")
    del news.held["harbour"]
    code, out, _ = run(capsys, "export", "--check", str(tmp_path / "pack"))
    assert (code, out.splitlines()[-1]) == (1, "0 of 1 quotes hold.")


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (StorageError("The disk is full."), 1, "dateline ask: The disk is full.\n"),
        (CorpusLocked("Process 7 writes."), 1, "dateline ask: Process 7 writes.\n"),
        (RuntimeError("odd"), 1, "dateline ask: failed inside Dateline, RuntimeError: odd (--debug shows where)\n"),
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(), 1, ""),
    ],
)
def test_failure_is_one_line_without_a_traceback(capsys, news, monkeypatch, error, code, said):
    def script(question):
        raise error

    monkeypatch.setattr(main_module, "_silence_stdout", lambda: None)
    news.script = script
    assert run(capsys, "ask", "x") == (code, "", said)


def test_home_is_taken_before_and_after_the_command(capsys, news, monkeypatch):
    homes = []
    monkeypatch.setattr(cli_ask, "open_to_read", lambda args: homes.append(args.home) or news)
    for words in (["--home", "a", "ask", "x"], ["ask", "x", "--home", "b"], ["ask", "x"]):
        assert main(words) == 0
    assert homes == ["a", "b", None]


def test_serve_on_a_taken_port_takes_the_next_and_says_so(capsys, news, monkeypatch):
    served = []
    monkeypatch.setattr(cli_web, "open_to_read", lambda args: news)
    monkeypatch.setattr(cli_web, "_run", lambda app, sock: served.append(sock.getsockname()[1]))
    monkeypatch.setattr(cli_web, "_end_in_order", lambda: None)
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        code, out, err = run(capsys, "serve", "--port", str(port))
    assert (code, served[0] > port) == (0, True)
    assert out == f"Serving at http://127.0.0.1:{served[0]}  (Ctrl-C ends it)\n"
    assert err == f"Port {port} is taken; using {served[0]} instead.\n"


class Entry:
    def __init__(self, name, load):
        self.name, self.value, self.load = name, f"{name}:register", load


def test_broken_entry_point_leaves_the_other_commands_alone(capsys, monkeypatch):
    def broken():
        raise ImportError("no such module")

    def fine():
        return lambda commands: commands.add_parser("count").set_defaults(run=lambda args: print("counted") or 0)

    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: [Entry("zero", broken), Entry("count", fine)])
    code, out, err = run(capsys, "count")
    assert (code, out) == (0, "counted\n")
    assert err == "Note: the command zero is left out, zero:register failed: ImportError: no such module\n"


def test_own_command_does_not_load_entry_points(capsys, news, monkeypatch):
    def never(group):
        raise AssertionError("loaded")

    monkeypatch.setattr(importlib.metadata, "entry_points", never)
    assert run(capsys, "--home", "eval", "ask", "x")[0] == 0
