"""The evaluation as the page sees it: a seam, found through the entry point group `dateline.page`, since `app` does not
know the evaluation's package. HTML for its reports is here; running and judging are not.
"""

import importlib.metadata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from .html import act, bdi, esc

if TYPE_CHECKING:
    from ..api import Dateline

GROUP, NAME = "dateline.page", "evaluation"
_SHOWN = ("accuracy", "precision", "coverage", "refusal recall", "success@5", "citation recall", "exact quotes")
_BY_KIND = ("accuracy", "precision", "coverage")


class Evaluation(Protocol):
    """What the page needs of the evaluation."""

    def sets(self, home: Path) -> list[str]:
        """The names of the sets that can be run: the shipped one, and the data folder's own where it has cases."""

    def run(self, news: "Dateline", name: str, progress: Callable[[int, int], None]) -> dict[str, Any]:
        """The report of a run in JSON form; `progress` hears (done, all). Raises DatelineError."""

    def kinds(self) -> list[str]:
        """The kinds that a case may be of."""

    def draft(self, result: Mapping[str, Any]) -> dict[str, str]:
        """The form of a case, filled from the JSON form of an answer or a refusal."""

    def add(self, home: Path, form: Mapping[str, str]) -> str:
        """Appends a case to the data folder's own set and says so. Raises BadInput naming what is wrong."""


def find_evaluation() -> Evaluation | None:
    """The evaluation that is installed beside the page, if it is."""
    for entry in importlib.metadata.entry_points(group=GROUP, name=NAME):
        found: Evaluation = entry.load()()
        return found
    return None


def report_html(report: Mapping[str, Any]) -> str:
    """A report: measures with intervals, by kind, risk against coverage, the baseline, and what was not right."""
    parts = [
        f'<p class="dl-meta" role="status">{report["n"]} cases of “{esc(report["set"])}”. {_gate(report)}</p>',
        _measures(report["measures"]),
        _kinds(report["by_kind"]),
        _curve(report.get("risk_coverage", ())),
        _failures(report["cases"]),
    ]
    return "".join(parts)


def _gate(report: Mapping[str, Any]) -> str:
    words = report.get("comparison")
    return f'<span class="dl-gate">{esc(words)}</span>' if words else "No baseline to compare with."


def _measures(measures: Mapping[str, Any]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{esc(name)}</th><td>{_share(found["value"])}</td>'
        f"<td>{_share(found['low'])}–{_share(found['high'])}</td><td>{found['n']}</td></tr>"
        for name in _SHOWN
        if (found := measures.get(name)) and found["value"] is not None
    )
    return _table(("Measure", "Value", "95% interval", "n"), rows)


def _table(heads: Sequence[str], rows: str) -> str:
    head = "".join(f'<th scope="col">{esc(name)}</th>' for name in heads)
    return f'<table class="dl-table dl-figures"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _kinds(by_kind: Mapping[str, Any]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{esc(kind)}</th>'
        + "".join(f"<td>{_bar(found.get(name))}</td>" for name in _BY_KIND)
        + "</tr>"
        for kind, found in by_kind.items()
    )
    return f'<h3 class="dl-label">By kind</h3>{_table(("Kind", *_BY_KIND), rows)}'


def _bar(found: Mapping[str, Any] | None) -> str:
    if not found or found["value"] is None:
        return "–"
    value = found["value"]
    return f'<span class="dl-score" style="--share:{value:.3f}">{value:.2f} <small>of {found["n"]}</small></span>'


def _curve(points: Sequence[Sequence[float]]) -> str:
    """Share of wrong answers against the share of questions answered, the surest first."""
    if len(points) < 2:
        return ""
    width, height, left, low = 420, 180, 44, 28
    path = " ".join(
        f"{left + coverage * (width - left - 8):.1f},{8 + (1 - risk) * (height - low - 8):.1f}"
        for coverage, risk in points
    )
    axes = (
        f'<line x1="{left}" y1="8" x2="{left}" y2="{height - low}" class="dl-tick"/>'
        f'<line x1="{left}" y1="{height - low}" x2="{width - 8}" y2="{height - low}" class="dl-tick"/>'
        f'<text x="{left - 6}" y="14" text-anchor="end" class="dl-axis">1</text>'
        f'<text x="{left - 6}" y="{height - low}" text-anchor="end" class="dl-axis">0</text>'
        f'<text x="{width - 8}" y="{height - 8}" text-anchor="end" class="dl-axis">all answered</text>'
        f'<text x="{left}" y="{height - 8}" class="dl-axis">the surest</text>'
    )
    line = f'<polyline points="{path}" class="dl-line"/>'
    label = f"Share wrong of the surest answers; {points[-1][1]:.2f} when all are given"
    return (
        '<h3 class="dl-label">Risk against coverage</h3>'
        f'<svg class="dl-curve" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">{axes}{line}</svg>'
    )


def _failures(cases: Mapping[str, Any]) -> str:
    wrong = {name: case for name, case in cases.items() if case["verdict"] != "correct"}
    if not wrong:
        return '<h3 class="dl-label">All right.</h3>'
    items = "".join(_failure(name, case) for name, case in wrong.items())
    return f'<h3 class="dl-label">{len(wrong)} not right</h3><ul class="dl-failures">{items}</ul>'


def _failure(name: str, case: Mapping[str, Any]) -> str:
    lost = f", lost at {esc(case['stage'])}" if case.get("stage") else ""
    what = f'<span class="dl-meta">{esc(name)} · {esc(case["kind"])}</span>'
    head = f"<p><strong>{bdi(case['question'])}</strong> {what}</p>"
    sides = f"<div><h4>Expected</h4>{bdi(case['expected'])}</div><div><h4>Given</h4>{bdi(case['got'])}</div>"
    why = f'<p class="dl-meta">{esc(case["verdict"])}{lost}: {esc(case["why"])}</p>'
    again = act("ask", "Ask it in the chat", question=case["question"])
    return f'<li>{head}<div class="dl-sides">{sides}</div>{why}{again}</li>'


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
