"""Summary, report and gate over one hand-made run of five cases."""

import json
from pathlib import Path

import pytest
from scripted_news import ScriptedNews, answer, citation

from dateline.eval.cases import Case, digest
from dateline.eval.gate import Baseline, baseline_of, compare, describe, read_baseline, write_baseline
from dateline.eval.report import Report, to_json, to_markdown, to_terminal
from dateline.eval.run import run_set
from dateline.index.errors import BadInput

_DAY = {"facts": [{"type": "date", "any_of": ["2021-05-04"]}], "articles": ["harbour"], "kind": "date"}
_GOLD = {"gold": [{"article_id": "harbour", "quote": "opened", "start": 12, "end": 18}]}
CASES = [
    Case.model_validate({"id": "right", "question": "Opened when?", **_DAY, **_GOLD}),
    Case.model_validate({"id": "wrong", "question": "Opened | when exactly?", **_DAY}),
    Case.model_validate({"id": "refused", "question": "Opened?", **_DAY, **_GOLD}),
    Case.model_validate({"id": "kept", "kind": "unanswerable", "question": "Who sank it?", "answerable": False}),
    Case.model_validate({"id": "lured", "kind": "unanswerable", "question": "Who paid?", "answerable": False}),
]
SCRIPT = {
    "Opened when?": answer(cited=[citation(("harbour", 0, 33)), citation(("bridge", 0, 9), number=2)]),
    "Opened | when exactly?": answer(short="5 May 2021"),
    "Who paid?": answer(),
}


def _report(script: dict[str, object] = SCRIPT) -> Report:
    ticks = iter(range(1000))
    run = run_set(ScriptedNews(script), CASES, clock=lambda: float(next(ticks)))
    return Report(name="tiny", digest=digest(CASES), run=run)


def test_measures_over_five_cases_by_hand() -> None:
    values = {name: (estimate.value, estimate.n, estimate.n_undefined) for name, estimate in _report().measures.items()}
    assert values["accuracy"] == (pytest.approx(1 / 3), 3, 2)  # 1 of 3 that have an answer
    assert values["precision"] == (pytest.approx(1 / 3), 3, 2)  # 1 of 3 answered, "lured" among them
    assert values["coverage"] == (pytest.approx(2 / 3), 3, 2)
    assert values["refusal precision"] == (0.5, 2, 3)  # "kept" of "kept" and "refused"
    assert values["refusal recall"] == (0.5, 2, 3)
    assert values["recall@1"] == (pytest.approx(2 / 3), 3, 2)  # nothing was found for "refused"
    assert values["citation precision"] == (
        0.5,
        1,
        4,
    )  # only "right" is answered and has gold; one of its two citations is on it
    assert values["citation recall"] == (1, 1, 4)
    assert values["exact quotes"] == (1, 3, 2)
    assert values["conflict shown"] == (None, 0, 5)


def test_json_is_stable_but_for_latency() -> None:
    first, second = json.loads(to_json(_report())), json.loads(to_json(_report()))
    assert first.pop("latency_ms")["p50_ms"]["value"] == 1000
    second.pop("latency_ms")
    assert first == second
    assert list(first["cases"]) == sorted(first["cases"])
    assert first["cases"]["wrong"]["stage"] == "reading"
    assert first["measures"]["precision"]["low"] is not None


def test_terminal_shows_each_failure_with_question_expected_and_got() -> None:
    shown = to_terminal(_report())
    assert "3 not right:" in shown
    assert "wrong  wrong, lost at reading: does not say 2021-05-04" in shown
    assert "  expected  2021-05-04\n  got       5 May 2021 (The harbour opened on 4 May 2021. [1])" in shown
    assert "latency p50         1000 ms" in shown


def test_markdown_escapes_what_would_break_a_table() -> None:
    assert "| wrong | Opened \\| when exactly? | 2021-05-04 |" in to_markdown(_report())


def test_gate_passes_the_run_it_was_made_from() -> None:
    report = _report()
    comparison = compare(report, baseline_of(report))
    assert comparison.passed
    assert describe(comparison) == "The gate passes."


def test_gate_fails_on_a_fall_and_names_the_newly_wrong_case() -> None:
    worse = _report(SCRIPT | {"Opened when?": answer(short="6 May 2021")})
    comparison = compare(worse, baseline_of(_report(), tolerances={"accuracy": 0.02}))
    assert not comparison.passed
    assert comparison.newly_wrong == ("right",)
    assert "regression: accuracy 0.3333 → 0.0000 (tolerance 0.02)" in describe(comparison)


def test_gate_lets_one_question_of_a_small_set_pass_and_lists_it() -> None:
    worse = _report(SCRIPT | {"Opened when?": answer(short="6 May 2021")})
    comparison = compare(worse, baseline_of(_report()))
    assert comparison.passed
    assert comparison.newly_wrong == ("right",)


@pytest.mark.parametrize(("n_wrong", "passed"), [(4, True), (5, False)])
def test_gate_lets_a_fiftieth_of_a_large_set_pass(n_wrong: int, passed: bool) -> None:
    cases = [Case.model_validate({"id": str(n), "question": str(n), **_DAY}) for n in range(200)]

    def report(wrong: int) -> Report:
        script = {str(n): answer(short="6 May 2021" if n < wrong else "4 May 2021") for n in range(200)}
        return Report(name="large", digest=digest(cases), run=run_set(ScriptedNews(script), cases))

    assert compare(report(n_wrong), baseline_of(report(0))).passed is passed


def test_gate_fails_when_a_measure_is_no_longer_defined() -> None:
    comparison = compare(_report({}), baseline_of(_report()))
    assert "regression: exact quotes 1.0000 → undefined (tolerance 0)" in describe(comparison)


def test_gate_names_what_is_newly_right_and_a_changed_set() -> None:
    before = baseline_of(_report()).model_copy(update={"digest": "0"})
    better = _report(SCRIPT | {"Opened | when exactly?": answer()})
    comparison = compare(better, before)
    assert comparison.passed
    assert comparison.newly_right == ("wrong",)
    assert "The set has changed" in describe(comparison)


def test_baseline_reads_back_as_written_and_a_broken_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "tiny.baseline.json"
    write_baseline(path, baseline_of(_report()))
    assert read_baseline(path) == baseline_of(_report())
    assert isinstance(read_baseline(path), Baseline)
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(BadInput, match="is not one"):
        read_baseline(path)
    with pytest.raises(BadInput, match="cannot be read"):
        read_baseline(tmp_path / "none.json")
