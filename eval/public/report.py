"""A public set's run as people and programs read it, in the form of the shipped set's report. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..intervals import N_RESAMPLES, SEED, Estimate
from ..tables import as_json, columns, cut, interval, markdown, measure_rows, rounded, share
from .case import PublicSet
from .published import compared
from .scores import Scored, latency, rightness, summarise, summarise_by_kind

SCHEMA = 1
MAX_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReport:
    """A run: the set as asked, its scored rows, and the fingerprint of what answered."""

    name: str
    asked: PublicSet
    rows: tuple[Scored, ...]
    fingerprint: str
    measures: Mapping[str, Estimate]

    @property
    def digest(self) -> str:
        """16 hex digits over what was asked, in order."""
        asked = "\n".join(f"{case.id} {case.digest}" for case in self.asked.cases)
        return hashlib.sha256(asked.encode()).hexdigest()[:16]


def make_report(asked: PublicSet, rows: Sequence[Scored], *, name: str, fingerprint: str) -> PublicReport:
    """Sums a run up; this is where the resampling is done, once."""
    measures = summarise(asked, rows) | compared(asked, rows)
    return PublicReport(name=name, asked=asked, rows=tuple(rows), fingerprint=fingerprint, measures=measures)


def to_json(report: PublicReport) -> str:
    """The whole run, schema 1, as indented JSON with a final newline."""
    plain = {
        "schema": SCHEMA,
        "set": report.name,
        "digest": report.digest,
        "n": len(report.rows),
        "bootstrap": {"n_resamples": N_RESAMPLES, "seed": SEED, "level": 0.95},
        "fingerprints": [report.fingerprint],
        "notes": list(report.asked.notes),
        "measures": as_json(report.measures),
        "by_kind": {kind: as_json(found) for kind, found in summarise_by_kind(report.asked, report.rows).items()},
        "cases": {row.case.id: _case(report.asked, row) for row in report.rows},
        "latency_ms": as_json(latency(report.rows)),
    }
    return json.dumps(plain, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def to_markdown(report: PublicReport) -> str:
    """The measures, the kinds and the first answers that are not right, as Markdown tables."""
    parts = [f"# Evaluation: {report.name}", _line(report), *report.asked.notes]
    parts += ["## Measures", markdown(measure_rows(report.measures, latency(report.rows)))]
    if kinds := _kind_rows(report):
        parts += ["## By kind", markdown(kinds)]
    if wrong := _not_right(report):
        parts += [f"## Not right ({len(wrong)}, of which {min(len(wrong), MAX_SHOWN)} are shown)"]
        parts += [markdown(_wrong_rows(wrong[:MAX_SHOWN]))]
    return "\n\n".join(parts) + "\n"


def to_terminal(report: PublicReport) -> str:
    """The measures and the kinds in columns."""
    blocks = [f"{report.name}: {_line(report)}", *report.asked.notes]
    blocks.append(columns(measure_rows(report.measures, latency(report.rows))))
    if kinds := _kind_rows(report):
        blocks.append(columns(kinds))
    return "\n\n".join(blocks) + "\n"


def _line(report: PublicReport) -> str:
    return f"{len(report.rows)} cases (95% intervals: {N_RESAMPLES} bootstrap resamples), set {report.digest}"


def _kind_rows(report: PublicReport) -> list[list[str]]:
    kinds = summarise_by_kind(report.asked, report.rows) if report.asked.task == "answer" else {}
    if not kinds:
        return []
    names = [name for name in next(iter(kinds.values())) if any(found[name].n for found in kinds.values())]
    table = [["kind", "n", *names]]
    for kind, found in kinds.items():
        n = sum(row.case.kind == kind for row in report.rows)
        table.append([kind, str(n), *(_with_interval(found[name]) for name in names)])
    return table


def _with_interval(estimate: Estimate) -> str:
    return share(estimate.value) if estimate.value is None else f"{share(estimate.value)} ({interval(estimate)})"


def _not_right(report: PublicReport) -> list[Scored]:
    if report.asked.task == "search":
        return []
    return [row for row in report.rows if _verdict(report.asked, row) != "correct"]


def _verdict(asked: PublicSet, row: Scored) -> str:
    if not row.answered:
        return "refused" if row.case.answerable else "correct"
    return "correct" if row.case.answerable and rightness(asked)(row) else "wrong"


def _wrong_rows(rows: Sequence[Scored]) -> list[list[str]]:
    table = [["case", "question", "expected", "got"]]
    for row in rows:
        expected = " / ".join(row.case.answers) or "a refusal"
        table.append([row.case.id, cut(row.case.question), cut(expected), cut(_got(row))])
    return table


def _got(row: Scored) -> str:
    said = row.outcome.short_answer or row.outcome.text or "nothing"
    sure = "" if row.outcome.confidence is None else f" ({row.outcome.confidence:.2f})"
    return f"{said}{sure}" if row.answered else f"refusal: {row.outcome.reason}; would have said {said}{sure}"


def _case(asked: PublicSet, row: Scored) -> dict[str, Any]:
    if asked.task == "search":
        relevant = {kind: sorted(ids) for kind, ids in row.case.relevant.items()}
        return {"question": row.case.question, "relevant": relevant, "ranking": list(row.outcome.ranking[:10])}
    return {
        "kind": row.case.kind,
        "question": row.case.question,
        "expected": list(row.case.answers),
        "verdict": _verdict(asked, row),
        "reason": row.outcome.reason,
        "short_answer": row.outcome.short_answer,
        "text": row.outcome.text,
        "confidence": rounded(row.outcome.confidence),
        "EM": row.em,
        "F1": rounded(row.f1),
        "told": row.told,
        "cited": [list(cited) for cited in row.outcome.cited],
    }
