"""Public sets through the command line and the whole product, from a data folder in miniature; runs are resumed."""

import json
from pathlib import Path

import pytest
from made_public_sets import FAIR, HARBOUR, write_clapnq, write_classic, write_quiz, write_squad

from dateline.app.main import main
from dateline.index.articles.read import article_id_of_url


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    for write in (write_quiz, write_squad, write_clapnq, write_classic):
        write(folder)
    return folder


def _eval(data: Path, *words: str) -> int:
    places = ["--data", str(data), "--home", str(data.parent / "home"), "--out", str(data.parent / "out")]
    return main(["eval", *words, *places])


def _report(data: Path, name: str) -> dict:
    return json.loads((data.parent / "out" / f"{name}.json").read_text(encoding="utf-8"))


def test_quiz_is_asked_of_its_articles_and_a_second_run_asks_nothing(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plot = data.parent / "out" / "curve.svg"
    assert _eval(data, "realtimeqa", "--questions", "all", "--plot", str(plot)) == 0
    report = _report(data, "realtimeqa-2023-given5-all")
    assert report["n"] == 3
    assert report["measures"]["EM of GPT-3 with search"]["value"] == pytest.approx(1 / 3, abs=1e-4)
    cited = [article_id for article_id, _, _ in report["cases"]["20230306_0"]["cited"]]
    assert set(cited) <= {article_id_of_url(HARBOUR), article_id_of_url(FAIR)}  # found for this question
    assert cited
    assert plot.read_text(encoding="utf-8").count("<polyline") == 2
    first = capsys.readouterr()
    assert "answered before" not in first.err
    assert _eval(data, "realtimeqa", "--questions", "all") == 0
    second = capsys.readouterr()
    assert "3 of 3 cases were answered before" in second.err
    assert second.out == first.out
    assert _eval(data, "realtimeqa", "--questions", "all", "--anew") == 0
    assert "everything is asked anew" in capsys.readouterr().err


def test_reader_reports_held_out_paragraphs_and_refusals(data: Path) -> None:
    assert _eval(data, "reader", "--set", "squad2") == 0
    report = _report(data, "reader-squad2")
    assert (report["n"], report["measures"]["coverage"]["n"], report["measures"]["refusal recall"]["n"]) == (4, 2, 2)
    cited = [span for case in report["cases"].values() for span in case["cited"]]
    assert cited
    assert all(article_id.startswith("squad2-") for article_id, _, _ in cited)


def test_abstention_asks_both_sides_of_a_pair(data: Path) -> None:
    assert _eval(data, "abstention", "--set", "clapnq", "--set", "realtimeqa-2023") == 0
    assert _report(data, "abstention-clapnq")["measures"]["cites the answer"]["n"] == 1
    report = _report(data, "abstention-realtimeqa-2023")
    assert sorted(report["cases"]) == ["20230306_0", "20230306_0#hidden"]
    assert report["measures"]["AURC"]["n"] == 1


def test_retrieval_finds_what_is_judged(data: Path) -> None:
    assert _eval(data, "retrieval", "--set", "med", "--set", "realtimeqa-2023") == 0
    measures = _report(data, "retrieval-med")["measures"]
    assert (measures["nDCG@10"]["value"], measures["recall@100"]["value"], measures["nDCG@10"]["n"]) == (1, 1, 2)
    assert _report(data, "retrieval-realtimeqa-2023")["measures"]["answer@5"]["value"] == 1


def test_another_corpus_starts_the_answers_anew_and_says_so(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _eval(data, "realtimeqa", "-n", "1") == 0
    assert _eval(data, "realtimeqa") == 0  # takes more articles in: another index answers
    assert "What answers has changed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["realtimeqa"], "--data DIR"),
        (["reader", "--data", "DATA"], "--home DIR"),
        (["reader", "--data", "nowhere", "--home", "HOME"], "There is no data folder nowhere"),
        (["realtimeqa", "--data", "DATA", "--home", "HOME", "--year", "2022"], "neither questions_2022.jsonl nor"),
        (["seeds", "--year", "2023"], "--year belongs to realtimeqa, not to 'seeds'"),
        (["retrieval", "--data", "DATA", "--home", "HOME", "--plot", "x.svg"], "--plot belongs to"),
        (["reader", "--data", "DATA", "--home", "HOME", "--update-baseline"], "reader has no baseline"),
        (["reader", "--data", "DATA", "--home", "HOME", "--set", "nix"], "its sets are new_wiki"),
        (["reader", "-n", "0"], "a whole number of at least 1"),
    ],
)
def test_what_is_missing_or_wrong_is_one_line_and_exit_2(
    data: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {"DATA": str(data), "HOME": str(data.parent / "home")}
    assert main(["eval", *(places.get(word, word) for word in words)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
