"""The border: what a set may hold, and how a broken one is named."""

import json
from pathlib import Path

import pytest

from dateline.eval.cases import digest, fill, load_cases, main, people, to_line
from dateline.index.errors import BadInput

GOOD = {
    "id": "a",
    "kind": "person",
    "question": "Who opened the harbour?",
    "facts": [{"type": "person", "name": "Ida Holm"}],
    "articles": ["harbour"],
    "gold": [{"article_id": "harbour", "quote": "Holm cut"}],
}
TEXTS = {"harbour": "The harbour opened. Mayor Ida Holm cut the ribbon."}


def _set(tmp_path: Path, *cases: object) -> Path:
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(case if isinstance(case, str) else json.dumps(case) for case in cases), encoding="utf-8")
    return path


def test_load_cases_reads_in_order_and_passes_over_blank_lines(tmp_path: Path) -> None:
    cases = load_cases(_set(tmp_path, GOOD, "", GOOD | {"id": "b"}))
    assert [case.id for case in cases] == ["a", "b"]
    assert cases[0].limit == 500


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("{", "set.jsonl:1"),
        (GOOD | {"kind": "riddle"}, "kind"),
        (GOOD | {"facts": []}, "needs facts"),
        (GOOD | {"extra": 1}, "extra"),
        (GOOD | {"answerable": False}, "unanswerable case has no facts"),
        (GOOD | {"facts": [{"type": "date", "any_of": ["4 May 2021"]}]}, "is no date"),
        (GOOD | {"facts": [{"type": "date", "any_of": []}]}, "any_of"),
        (GOOD | {"articles": ["bridge"]}, "not accepted: harbour"),
        (GOOD | {"history": ["one?", {"question": "two?", "answer": "Yes."}]}, "not both"),
    ],
)
def test_load_cases_with_a_broken_line_names_it(tmp_path: Path, broken: object, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        load_cases(_set(tmp_path, broken))


def test_load_cases_with_an_id_twice_an_empty_or_no_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="'a' is used twice"):
        load_cases(_set(tmp_path, GOOD, GOOD))
    with pytest.raises(BadInput, match="has no cases"):
        load_cases(_set(tmp_path, ""))
    with pytest.raises(BadInput, match="cannot be read"):
        load_cases(tmp_path / "none.jsonl")


def test_fill_writes_the_range_of_the_quote(tmp_path: Path) -> None:
    (case,) = load_cases(_set(tmp_path, GOOD))
    (gold,) = fill(case, TEXTS).gold
    # "The harbour opened. " has 20 characters, "Mayor Ida " 10 more.
    assert gold.filled == ("harbour", 30, 38)


def test_fill_keeps_a_range_that_holds_its_quote(tmp_path: Path) -> None:
    gold = {"article_id": "harbour", "quote": "a", "start": 5, "end": 6}
    (case,) = load_cases(_set(tmp_path, GOOD | {"gold": [gold]}))
    assert TEXTS["harbour"][5] == "a"
    assert fill(case, {"harbour": "xa" + TEXTS["harbour"][2:]}).gold[0].filled == ("harbour", 5, 6)


def test_fill_mends_a_range_that_no_longer_holds_its_quote(tmp_path: Path) -> None:
    gold = {"article_id": "harbour", "quote": "harbour", "start": 0, "end": 7}
    (case,) = load_cases(_set(tmp_path, GOOD | {"gold": [gold]}))
    assert fill(case, TEXTS).gold[0].filled == ("harbour", 4, 11)


def test_fill_with_strange_words_or_article_says_so(tmp_path: Path) -> None:
    (case,) = load_cases(_set(tmp_path, GOOD))
    with pytest.raises(BadInput, match="does not hold the words 'Holm cut'"):
        fill(case, {"harbour": "Empty."})
    with pytest.raises(BadInput, match="no article 'harbour'"):
        fill(case, {})
    with pytest.raises(BadInput, match="has no range"):
        _ = case.gold[0].filled


def test_command_fills_a_set_in_place(tmp_path: Path) -> None:
    path = _set(tmp_path, GOOD)
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "harbour.txt").write_text(
        "Harbour opens\n\nMayor Ida Holm cut the ribbon on Tuesday.\n", encoding="utf-8"
    )
    assert main(["--fill", str(path), "--articles", str(folder)]) == 0
    (case,) = load_cases(path)
    assert case.gold[0].start is not None


def test_lines_read_back_as_the_same_case_and_digest(tmp_path: Path) -> None:
    cases = load_cases(_set(tmp_path, GOOD, GOOD | {"id": "b", "as_of": "2021-05-04"}))
    again = load_cases(_set(tmp_path, *(to_line(case) for case in cases)))
    assert again == cases
    assert digest(again) == digest(cases) != digest(cases[:1])


def test_people_are_each_person_once(tmp_path: Path) -> None:
    berg = {"type": "person", "name": "Ole Berg"}
    cases = load_cases(_set(tmp_path, GOOD, GOOD | {"id": "b", "forbidden": [berg]}))
    assert [person.name for person in people(cases)] == ["Ida Holm", "Ole Berg"]
