"""Measures over a few hand-made outcomes, worked by hand; the report's forms; the comparison with published answers."""

import json
import xml.etree.ElementTree as ET
from functools import cache

import pytest

from dateline.eval.public.case import Outcome, PublicCase, PublicSet, Published
from dateline.eval.public.plot import Curve, risk_coverage_svg
from dateline.eval.public.published import compared, published_curve
from dateline.eval.public.report import make_report, to_json, to_markdown, to_terminal
from dateline.eval.public.scores import curve, score_all, summarise, summarise_by_kind

HOLM = {"question": "Who opened it?", "answers": ("Ida Holm",), "kind": "answer there"}
CASES = (
    PublicCase(id="right", **HOLM),
    PublicCase(id="longer", **HOLM),
    PublicCase(id="quiet", **HOLM),
    PublicCase(id="silent", **HOLM),
    PublicCase(id="lured", question="Who | sank it?", answerable=False, kind="impossible"),
    PublicCase(id="kept", question="Who paid?", answerable=False, kind="impossible"),
)
OUTCOMES = (
    Outcome(id="right", digest="", answered=True, short_answer="Ida Holm.", text="Ida Holm did. [1]", confidence=0.9),
    Outcome(
        id="longer", digest="", answered=True, short_answer="mayor Ida Holm", text="Mayor Ida Holm did.", confidence=0.8
    ),
    Outcome(
        id="quiet", digest="", reason="weak_evidence", short_answer="Ida Holm", text="Ida Holm did.", confidence=0.3
    ),
    Outcome(id="silent", digest="", reason="no_evidence"),
    Outcome(id="lured", digest="", answered=True, short_answer="Ole Berg", text="Ole Berg did.", confidence=0.7),
    Outcome(id="kept", digest="", reason="weak_evidence", short_answer=None, text="It rained.", confidence=0.2),
)


def _set(cases=CASES, **values: object) -> PublicSet:
    return PublicSet(name="tiny", corpus="tiny", articles=lambda _: (), cases=tuple(cases), form="news", **values)


def _values(asked: PublicSet, outcomes=OUTCOMES) -> dict[str, tuple[object, int]]:
    found = summarise(asked, score_all(asked, outcomes))
    return {name: (estimate.value, estimate.n) for name, estimate in found.items()}


@pytest.fixture(scope="module")
def values() -> dict[str, tuple[object, int]]:
    return _values(_set())


def test_measures_of_answers_by_hand(values) -> None:
    assert values["EM"] == (0.25, 4)  # "right" of four
    assert values["F1"] == (pytest.approx((1 + 0.8) / 4), 4)
    assert values["answer told"] == (0.5, 4)
    assert values["EM, never refusing"] == (0.5, 4)  # "quiet" would have been right
    assert values["F1, never refusing"] == (pytest.approx((1 + 0.8 + 1) / 4), 4)
    assert values["precision"] == (pytest.approx(1 / 3), 3)
    assert values["coverage"] == (0.5, 4)
    assert values["refusal precision"] == (pytest.approx(1 / 3), 3)
    assert values["refusal recall"] == (0.5, 2)
    # As SQuAD 2.0 counts: "right" and "kept" of six; F1 besides 0.8 of "longer".
    assert values["EM, refusals counted"] == (pytest.approx(2 / 6), 6)
    assert values["F1, refusals counted"] == (pytest.approx(2.8 / 6), 6)


def test_confidence_is_judged_over_all_that_would_have_been_said(values) -> None:
    # Falling confidence: right, longer (wrong), lured (wrong), quiet (right), kept (wrong), silent (nothing to say).
    risks = [0, 1 / 2, 2 / 3, 2 / 4, 3 / 5, 4 / 6]
    assert values["AURC"] == (pytest.approx(sum(risks) / 6), 6)
    assert values["coverage at 80% precision"] == (pytest.approx(1 / 6), 6)
    # With "told" as right, "longer" is right as well: two of two.
    assert values["coverage at 80% precision, answer told"] == (pytest.approx(2 / 6), 6)
    # right and longer above both impossible ones, quiet above one, silent above none: 5 of 8 pairs.
    assert values["AUC, answerable or not"] == (pytest.approx(5 / 8), 6)
    # One in ten of four is none, and "silent" cannot be kept: nothing is rejected below it.
    assert values["rejection at 10% false abstention"] == (0, 6)


def test_set_without_impossible_questions_has_no_measures_of_refusing() -> None:
    values = _values(_set(CASES[:4]), OUTCOMES[:4])
    assert not {"refusal recall", "refusal precision", "EM, refusals counted", "AUC, answerable or not"} & set(values)


def test_pairs_are_drawn_together() -> None:
    paired = [
        PublicCase(id="a", pair="a", **HOLM),
        PublicCase(id="a#hidden", question="Who?", answerable=False, pair="a"),
        PublicCase(id="b", pair="b", **HOLM),
        PublicCase(id="b#hidden", question="Who?", answerable=False, pair="b"),
    ]
    asked = _set(paired)
    found = summarise(asked, score_all(asked, (OUTCOMES[0], OUTCOMES[4], OUTCOMES[0], OUTCOMES[4])))
    assert (found["AURC"].n, found["AURC"].low, found["AURC"].high) == (2, found["AURC"].value, found["AURC"].value)
    # Of each pair one is right: whichever questions are drawn, half of what is asked.
    counted = found["EM, refusals counted"]
    assert (counted.value, counted.low, counted.high, counted.n) == (0.5, 0.5, 0.5, 4)


def test_whole_sentences_are_judged_by_citations() -> None:
    mill = PublicCase(id="m", question="?", answers=("It grinds oats.",), gold=(("mill", 0, 9), ("mill", 20, 30)))
    other = PublicCase(id="o", question="?", answers=("It grinds oats.",), gold=(("mill", 0, 9),))
    on_gold = Outcome(
        id="m",
        digest="",
        answered=True,
        text="It grinds. [1]",
        confidence=0.9,
        cited=(("mill", 5, 9), ("mill", 40, 50)),
    )
    beside = Outcome(id="o", digest="", answered=True, text="It grinds oats.", confidence=0.8, cited=(("mill", 9, 12),))
    values = _values(_set((mill, other), rightness="cites"), (on_gold, beside))
    assert values["cites the answer"] == (0.5, 2)
    assert values["citation precision"] == (0.25, 2)
    assert values["citation recall"] == (0.25, 2)
    assert values["precision"] == (0.5, 2)
    assert values["F1 of the text"] == (pytest.approx((0.8 + 1) / 2), 2)
    assert "EM" not in values


def test_measures_of_searching_by_hand() -> None:
    cases = (
        PublicCase(id="a", question="?", relevant={"answer": frozenset("x"), "gold": frozenset("z")}),
        PublicCase(id="b", question="?", relevant={"answer": frozenset("x")}),
    )
    outcomes = (Outcome(id="a", digest="", ranking=("x", "y")), Outcome(id="b", digest="", ranking=("y", "x")))
    values = _values(_set(cases, task="search"), outcomes)
    assert values["answer@1"] == (0.5, 2)
    assert values["answer@5"] == (1, 2)
    assert values["gold@10"] == (0, 1)
    judged = (PublicCase(id="a", question="?", relevant={"judged": frozenset("xq")}),)
    values = _values(_set(judged, task="search"), outcomes[:1])
    # Gain 1 at rank 1; ideal 1 + 1/log2(3) = 1.6309.
    assert values == {"nDCG@10": (pytest.approx(1 / 1.6309, abs=1e-4), 1), "recall@100": (0.5, 1)}


THEIRS = {"right": Published("Ida Holm", 0.4), "longer": Published("Holm", 0.9), "elsewhere": Published("x", 0.5)}


def test_published_answers_are_scored_on_the_same_questions() -> None:
    asked = _set(CASES[:4], compared={"Other": THEIRS})
    found = compared(asked, score_all(asked, OUTCOMES[:4]))
    assert {name: (one.value, one.n) for name, one in found.items()} == {
        "EM of Other": (0.5, 2),
        "EM above Other": (0, 2),
        "F1 of Other": (pytest.approx((1 + 2 / 3) / 2), 2),
        "F1 above Other": (pytest.approx((0 + 0.8 - 2 / 3) / 2), 2),
    }


def test_published_curve_goes_by_the_systems_own_scores() -> None:
    asked = _set(CASES[:4], compared={"Other": THEIRS, "Unsure": {"right": Published("Ida Holm")}})
    assert published_curve(asked, "Other") == ([0.5, 1.0], [1.0, 0.5])
    assert published_curve(asked, "Unsure") is None


def test_curve_ends_where_nothing_can_be_said() -> None:
    asked = _set()
    coverage, risk = curve(asked, score_all(asked, OUTCOMES))
    assert len(coverage) == len(risk) == 5
    assert coverage[-1] == pytest.approx(5 / 6)


def test_kinds_have_their_own_figures() -> None:
    asked = _set()
    kinds = summarise_by_kind(asked, score_all(asked, OUTCOMES))
    assert kinds["answer there"]["EM"].value == 0.25
    assert kinds["impossible"]["refusal recall"].value == 0.5


@cache
def _report():
    asked = _set(compared={"Other": THEIRS}, notes=("Read this.",))
    return make_report(asked, score_all(asked, OUTCOMES), name="tiny-n6", fingerprint="f")


def test_json_has_the_form_of_the_shipped_sets_report() -> None:
    plain = json.loads(to_json(_report()))
    assert {
        "schema",
        "set",
        "digest",
        "n",
        "bootstrap",
        "fingerprints",
        "measures",
        "by_kind",
        "cases",
        "latency_ms",
    } <= set(plain)
    assert plain["measures"]["EM"]["value"] == 0.25
    assert {name: case["verdict"] for name, case in plain["cases"].items()} == {
        "right": "correct",
        "longer": "wrong",
        "quiet": "refused",
        "silent": "refused",
        "lured": "wrong",
        "kept": "correct",
    }


def test_markdown_and_terminal_show_notes_kinds_and_what_is_not_right() -> None:
    shown = to_markdown(_report())
    assert "Read this." in shown
    assert "| lured | Who \\| sank it? | a refusal | Ole Berg (0.70) |" in shown
    assert "| quiet | Who opened it? | Ida Holm | refusal: weak_evidence; would have said Ida Holm (0.30) |" in shown
    assert "## Not right (4, of which 4 are shown)" in shown
    terminal = to_terminal(_report())
    assert "tiny-n6: 6 cases" in terminal
    assert "answer there" in terminal


def test_plot_is_an_svg_with_axes_and_a_line_a_curve() -> None:
    curves = [
        Curve("ours & more", [0.5, 1.0], [0.0, 0.5]),
        Curve("theirs", [i / 999 for i in range(1000)], [0.3] * 1000),
    ]
    svg = risk_coverage_svg(curves, title="News <2023>", precision=0.8)
    root = ET.fromstring(svg)
    lines = [node for node in root if node.tag.endswith("polyline")]
    # 0.5 of 592 from 64 is 360, risk 0 lies at 384; risk 0.5 in the middle of 56 and 384.
    assert lines[0].get("points") == "360.0,384.0 656.0,220.0"
    assert len(lines[1].get("points").split()) <= 251
    assert lines[1].get("points").endswith("656.0,285.6")
    words = [node.text for node in root if node.tag.endswith("text")]
    assert {"News <2023>", "ours & more", "theirs", "80% of answers right", "0.0", "1.0"} <= set(words)
    assert "prefers-color-scheme: dark" in svg


def test_plot_of_a_curve_without_points_stands() -> None:
    assert ET.fromstring(risk_coverage_svg([Curve("silent", [], [])], title="t")) is not None


@pytest.mark.parametrize("n", [0, 5])
def test_plot_takes_one_to_four_curves(n: int) -> None:
    with pytest.raises(ValueError, match="1 to 4 curves"):
        risk_coverage_svg([Curve("c", [1.0], [0.0])] * n, title="t")
