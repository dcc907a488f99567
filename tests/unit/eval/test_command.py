"""The command's own work: names of sets, arguments, and that a wrong baseline is said before anything is asked."""

import argparse
from pathlib import Path

import pytest

from dateline.eval.cases import load_cases
from dateline.eval.command import Options, evaluate, register, seeds_folder, set_path
from dateline.index.article import Article
from dateline.index.articles.read import read_articles
from dateline.index.errors import BadInput


def test_set_path_knows_the_shipped_set_by_name_and_others_by_path(tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text("{}", encoding="utf-8")
    assert set_path("seeds").name == "seeds.jsonl"
    assert set_path("seeds").is_file()
    assert set_path(str(own)) == own


def test_set_path_with_an_unknown_set_says_what_to_give() -> None:
    known = "seeds, conflicts, checks, realtimeqa, reader, abstention, retrieval or the path"
    with pytest.raises(BadInput, match=f"no evaluation set 'weeds'; give {known}"):
        set_path("weeds")


def test_seeds_folder_holds_the_five_articles() -> None:
    assert len(list(seeds_folder().glob("*.txt"))) == 5


def test_conflicts_is_a_shipped_set_that_brings_its_articles() -> None:
    cases = load_cases(set_path("conflicts"))
    beside = set_path("conflicts").with_name("conflicts.articles.jsonl")
    held = {item.article_id for item in read_articles([beside]) if isinstance(item, Article)}
    assert {article_id for case in cases for article_id in case.articles} <= held
    assert len(cases) <= 30
    assert sum(bool(case.sides) for case in cases) >= 10
    assert sum(case.agreed for case in cases) >= 10


def test_register_adds_the_command_with_its_run() -> None:
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())
    given = parser.parse_args(["eval", "seeds", "--out", "here", "--reader", "llm"])
    assert (given.set, given.out, given.reader, given.update_baseline) == ("seeds", Path("here"), "llm", False)
    assert callable(given.run)


def test_missing_baseline_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text("not read", encoding="utf-8")
    with pytest.raises(BadInput, match=r"none\.json cannot be read"):
        evaluate(str(own), Options(baseline=tmp_path / "none.json"))
