"""The gate: the shipped set on the shipped articles, keyless, against its baseline. Also that the set is sound."""

import json
from collections import Counter
from pathlib import Path

import pytest

from dateline.eval.cases import Case, load_cases
from dateline.eval.command import Options, evaluate, measure, seeds_folder, set_path
from dateline.eval.gate import compare, describe, read_baseline
from dateline.eval.report import Report
from dateline.index.article import Article
from dateline.index.articles.read import read_articles

# At least so many cases of these kinds; "role" and "number" count together, as do "route" and "place".
AT_LEAST = {"date": 35, "speaker": 35, "follow_up": 15, "unanswerable": 30, "conflict": 5}


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return load_cases(set_path("seeds"))


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    read = read_articles([seeds_folder()])
    return {item.article_id: item for item in read if isinstance(item, Article)}


def test_gold_ranges_are_exactly_their_quotes(cases: tuple[Case, ...], articles: dict[str, Article]) -> None:
    for case in cases:
        for gold in case.gold:
            article_id, start, end = gold.filled
            assert articles[article_id].text[start:end] == gold.quote, case.id


def test_cases_name_articles_that_are_there(cases: tuple[Case, ...], articles: dict[str, Article]) -> None:
    assert len(articles) == 5
    assert {article_id for case in cases for article_id in case.articles} == set(articles)


def test_set_covers_the_kinds_it_promises(cases: tuple[Case, ...]) -> None:
    kinds = Counter(case.kind for case in cases)
    assert len(cases) >= 160
    assert {kind: kinds[kind] for kind, n in AT_LEAST.items() if kinds[kind] < n} == {}
    assert kinds["role"] + kinds["number"] >= 25
    assert kinds["route"] + kinds["place"] >= 15


def test_questions_are_asked_once(cases: tuple[Case, ...]) -> None:
    asked = Counter((case.question.lower(), str(case.history), case.as_of) for case in cases)
    assert [question for question, n in asked.items() if n > 1] == []


@pytest.fixture(scope="module")
def report() -> Report:
    return measure("seeds", Options(quiet=True))


def test_seeds_do_not_fall_behind_the_baseline(report: Report) -> None:
    comparison = compare(report, read_baseline(set_path("seeds").with_name("seeds.baseline.json")))
    assert comparison.passed, describe(comparison)


def test_every_quote_of_the_seeds_is_exact(report: Report) -> None:
    exact = report.measures["exact quotes"]
    assert exact.value == 1
    assert exact.n > 50


def test_own_set_is_reported_and_gated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from dateline.app.api import Dateline

    (tmp_path / "harbour.txt").write_text("Harbour opens\n\nThe harbour opened on 4 May 2021.\n", encoding="utf-8")
    fact = {"type": "text", "any_of": ["harbour"]}
    case = {"id": "a", "kind": "quote", "question": "When did the harbour open?", "facts": [fact]}
    path = tmp_path / "own.jsonl"
    path.write_text(json.dumps(case), encoding="utf-8")
    with Dateline.open(tmp_path / "home") as news:
        news.ingest(tmp_path / "harbour.txt")
    options = Options(home=tmp_path / "home", out=tmp_path / "out", quiet=True, reader="extractive")
    assert evaluate(str(path), options) == 0
    assert "own: 1 cases" in capsys.readouterr().out
    assert list(json.loads((tmp_path / "out" / "own.json").read_text(encoding="utf-8"))["cases"]) == ["a"]
    assert (tmp_path / "out" / "own.md").read_text(encoding="utf-8").startswith("# Evaluation: own")
    stricter = {"set": "own", "digest": "0", "measures": {"accuracy": 1.5}, "cases": {}, "tolerances": {"accuracy": 0}}
    (tmp_path / "own.baseline.json").write_text(json.dumps(stricter), encoding="utf-8")
    assert evaluate(str(path), options) == 1
    assert "regression: accuracy 1.5000" in capsys.readouterr().out
