"""A run as people and programs read it: a table for the terminal with the failures, Markdown, and JSON.

Pure: values in, text out. The JSON is stable: sorted keys, no time of day, shares rounded to 4 digits; latency differs
from machine to machine and stands in a part of its own, `latency_ms`, which `gate` never compares.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .intervals import N_RESAMPLES, SEED, Estimate
from .judge import Verdict
from .run import Row, RunResult
from .summary import MEASURES, latency, summarise, summarise_by_kind
from .tables import as_json, columns, cut, markdown, measure_rows, share

SCHEMA = 1
_BY_KIND = ("accuracy", "precision", "coverage", "refusal recall", "success@5", "citation recall")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A run with the name and the digest of its set."""

    name: str
    digest: str
    run: RunResult

    @property
    def measures(self) -> dict[str, Estimate]:
        """All measures over the whole set."""
        return summarise(self.run.rows)

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdict on each case, by its id."""
        return {row.id: row.judgement.verdict for row in self.run.rows}


def to_json(report: Report) -> str:
    """The whole run, schema 1, as indented JSON with a final newline."""
    rows = report.run.rows
    plain = {
        "schema": SCHEMA,
        "set": report.name,
        "digest": report.digest,
        "n": len(rows),
        "bootstrap": {"n_resamples": N_RESAMPLES, "seed": SEED, "level": 0.95},
        "fingerprints": list(report.run.fingerprints),
        "measures": as_json(report.measures),
        "by_kind": {kind: as_json(measures) for kind, measures in summarise_by_kind(rows).items()},
        "cases": {row.id: _case(row) for row in rows},
        "latency_ms": as_json(latency(rows)),
    }
    return json.dumps(plain, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def to_markdown(report: Report) -> str:
    """The measures, the kinds and the failures as Markdown tables."""
    rows = report.run.rows
    head = f"# Evaluation: {report.name}\n\n{len(rows)} cases, set `{report.digest}`.\n\n"
    parts = [markdown(_measure_rows(report)), markdown(_kind_rows(rows)), markdown(_failure_rows(rows))]
    titles = ("## Measures", "## By kind", f"## Not right ({len(failures(rows))})")
    return head + "\n\n".join(f"{title}\n\n{part}" for title, part in zip(titles, parts, strict=True)) + "\n"


def to_terminal(report: Report) -> str:
    """The same for the terminal: columns in line, failures as blocks."""
    rows = report.run.rows
    blocks = [
        f"{report.name}: {len(rows)} cases (95% intervals: {N_RESAMPLES} bootstrap resamples)",
        columns(_measure_rows(report)),
        columns(_kind_rows(rows)),
    ]
    lost = failures(rows)
    blocks.append(f"{len(lost)} not right" + (":" if lost else "."))
    blocks += [_failure_block(row) for row in lost]
    return "\n\n".join(blocks) + "\n"


def failures(rows: Sequence[Row]) -> list[Row]:
    """The rows that are not right, in order."""
    return [row for row in rows if row.judgement.verdict != "correct"]


def _case(row: Row) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "question": row.question,
        "verdict": row.judgement.verdict,
        "why": row.judgement.why,
        "stage": row.judgement.stage,
        "expected": row.expected,
        "got": row.got,
        "reason": row.reason,
        "cited": [list(cited) for cited in row.cited],
        "ranking": list(row.ranking),
    }


def _measure_rows(report: Report) -> list[list[str]]:
    return measure_rows(report.measures, latency(report.run.rows))


def _kind_rows(rows: Sequence[Row]) -> list[list[str]]:
    if unknown := set(_BY_KIND) - set(MEASURES):
        raise AssertionError(f"no such measures: {unknown}")
    table = [["kind", "n", *_BY_KIND]]
    for kind, measures in summarise_by_kind(rows).items():
        n = sum(row.kind == kind for row in rows)
        table.append([kind, str(n), *(share(measures[name].value) for name in _BY_KIND)])
    return table


def _failure_rows(rows: Sequence[Row]) -> list[list[str]]:
    table = [["case", "question", "expected", "got", "why", "lost at"]]
    for row in failures(rows):
        judged = row.judgement
        table.append([row.id, row.question, row.expected, cut(row.got), judged.why, judged.stage or ""])
    return table


def _failure_block(row: Row) -> str:
    lines = (
        f"{row.id}  {row.judgement.verdict}, lost at {row.judgement.stage}: {row.judgement.why}",
        f"  question  {row.question}",
        f"  expected  {row.expected}",
        f"  got       {cut(row.got)}",
    )
    return "\n".join(lines)
