"""Pairs of true and altered statements: the format, the figures, and the shipped set."""

import json

import pytest

from dateline.eval.checks import CHECKS, Pair, PairRow, load_pairs, measures_of, run_pairs, to_json, to_terminal
from dateline.eval.command import Options, evaluate, set_path
from dateline.eval.gate import baseline_of, compare
from dateline.index.errors import BadInput

SOURCE = "Mayor Anna Holm opened the bridge on 4 May 2021. It cost 90 million crowns."
COST = Pair(id="a", kind="number", source=SOURCE, true="It cost 90 million.", altered="It cost 80 million.")


def row(true, altered, true_score=0.9, altered_score=0.1):
    return PairRow(COST, true, altered, true_score, altered_score)


def test_run_pairs_tells_true_from_altered():
    (only,) = run_pairs("mine", [COST]).rows
    assert (only.true, only.altered, only.right) == ("supported", "contradicted", True)
    assert only.true_score > only.altered_score


def test_pair_published_dates_the_source():
    pair = Pair(
        id="b", kind="date", source="The bridge was closed on Monday.", published="2024-05-15",
        true="The bridge was closed on 13 May 2024.", altered="The bridge was closed on 12 May 2024.",
    )  # fmt: skip
    assert run_pairs("mine", [pair]).rows[0].right


def test_measures_count_what_is_cut_and_what_is_kept():
    rows = [row("supported", "contradicted"), row("partly", "unsupported"), row("contradicted", "supported", 0.2, 0.2)]
    values = {name: estimate.value for name, estimate in measures_of(rows).items()}
    # Of three: two altered are cut, two true are kept (partly is shown), one is supported; scores: 1, 1 and a tie.
    assert values == pytest.approx(
        {"altered caught": 2 / 3, "true kept": 2 / 3, "true supported": 1 / 3, "score apart": 2.5 / 3}
    )


def test_report_names_the_pairs_that_are_not_right():
    wrong = COST.model_copy(update={"id": "wrong", "altered": "It cost 90 million crowns."})
    report = run_pairs("mine", [COST, wrong])
    assert "1 not right:\n\nwrong\n" in to_terminal(report)
    assert json.loads(to_json(report))["pairs"]["wrong"]["altered"]["verdict"] == "supported"


def test_gate_fails_where_less_is_caught_than_before():
    # Of two pairs none is caught any more: a fall of 1, above the tolerance of one and a half pairs in two.
    pairs = [COST, COST.model_copy(update={"id": "b"})]
    before = run_pairs("mine", pairs)
    now = run_pairs("mine", [pair.model_copy(update={"altered": "It cost 90 million crowns."}) for pair in pairs])
    comparison = compare(now, baseline_of(before))
    assert not comparison.passed
    assert comparison.newly_wrong == ("a", "b")


@pytest.mark.parametrize(
    "line", ["{}", "{broken", '{"id": "a", "kind": "verb", "source": "s", "true": "t", "altered": "u"}']
)
def test_load_pairs_line_that_is_no_pair_is_refused(tmp_path, line):
    (tmp_path / "pairs.jsonl").write_text(line + "\n")
    with pytest.raises(BadInput, match="no pair"):
        load_pairs(tmp_path / "pairs.jsonl")


def test_load_pairs_id_used_twice_is_refused(tmp_path):
    (tmp_path / "pairs.jsonl").write_text(2 * (COST.model_dump_json() + "\n"))
    with pytest.raises(BadInput, match="twice"):
        load_pairs(tmp_path / "pairs.jsonl")


def test_shipped_pairs_pass_their_gate(tmp_path, capsys):
    pairs = load_pairs(set_path(CHECKS))
    assert len(pairs) >= 50
    assert {pair.kind for pair in pairs} == set(Pair.model_fields["kind"].annotation.__args__)
    assert all(pair.true != pair.altered for pair in pairs)
    assert evaluate(CHECKS, Options(quiet=True, out=tmp_path)) == 0
    assert "The gate passes." in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == {"checks.json", "checks.md"}
