"""Compares a run with a stored baseline: which measures fell by more than their tolerance, which cases are newly wrong.

Pure but for reading and writing the baseline file. A case that is newly wrong is listed and fails nothing by itself:
the measures decide. Latency is not compared, since machines differ.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from ..index.errors import BadInput
from .intervals import Estimate
from .judge import Verdict

# A quote is exact or the product is broken. Everything else may move by 0.02, and always by one question: int8 models
# round differently on processors of different make, and one question near a threshold must not fail somebody's CI.
DEFAULT_TOLERANCE = 0.02
DEFAULT_TOLERANCE_QUESTIONS = 1.5
TOLERANCES: Mapping[str, float] = {"exact quotes": 0.0}


class Measured(Protocol):
    """What a run of cases and a run of pairs have in common."""

    @property
    def name(self) -> str:
        """The set's name."""

    @property
    def digest(self) -> str:
        """Two runs are comparable where it is the same."""

    @property
    def measures(self) -> dict[str, Estimate]:
        """The measures of the whole set."""

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdict on each case, by its id."""


class Baseline(BaseModel):
    """What a run is compared with: values by measure, verdicts by case; `tolerances` override the defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    set: str
    digest: str
    measures: dict[str, float | None]
    cases: dict[str, Verdict]
    tolerances: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class Fall:
    """A measure that fell by more than `tolerance`."""

    measure: str
    before: float
    now: float | None
    tolerance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed against the baseline; `passed` is False exactly when a measure fell too far."""

    falls: tuple[Fall, ...] = ()
    newly_wrong: tuple[str, ...] = ()
    newly_right: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def passed(self) -> bool:
        """Whether the gate lets the run through."""
        return not self.falls


def baseline_of(report: Measured, *, tolerances: Mapping[str, float] | None = None) -> Baseline:
    """The baseline that a run would pass exactly."""
    return Baseline(
        set=report.name,
        digest=report.digest,
        measures={name: _rounded(estimate.value) for name, estimate in report.measures.items()},
        cases=report.verdicts,
        tolerances=dict(tolerances or {}),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def compare(report: Measured, baseline: Baseline) -> Comparison:
    """Compares a run with a baseline. A measure that the baseline has and the run no longer defines has fallen."""
    measures = report.measures
    falls = []
    for name, before in baseline.measures.items():
        now = measures.get(name)
        tolerance = _tolerance(name, baseline, n=now.n if now else 0)
        value = _rounded(now.value) if now else None
        # Both are rounded to 4 digits; the last of them is not a fall.
        if before is not None and (value is None or value < before - tolerance - 5e-5):
            falls.append(Fall(name, before, value, tolerance))
    verdicts = {name: verdict == "correct" for name, verdict in report.verdicts.items()}
    was = {name: verdict == "correct" for name, verdict in baseline.cases.items()}
    shared = [name for name in verdicts if name in was]
    note = f"The set has changed since the baseline ({baseline.digest} → {report.digest}); use --update-baseline."
    return Comparison(
        falls=tuple(falls),
        newly_wrong=tuple(name for name in shared if was[name] and not verdicts[name]),
        newly_right=tuple(name for name in shared if verdicts[name] and not was[name]),
        notes=(note,) if baseline.digest != report.digest else (),
    )


def _tolerance(name: str, baseline: Baseline, *, n: int) -> float:
    if name in baseline.tolerances:
        return baseline.tolerances[name]
    by_questions = DEFAULT_TOLERANCE_QUESTIONS / n if n else 0.0
    return TOLERANCES.get(name, max(DEFAULT_TOLERANCE, by_questions))


def describe(comparison: Comparison) -> str:
    """The comparison in words, one thing a line."""
    lines = [*comparison.notes]
    for fall in comparison.falls:
        now = "undefined" if fall.now is None else f"{fall.now:.4f}"
        lines.append(f"regression: {fall.measure} {fall.before:.4f} → {now} (tolerance {fall.tolerance:.3g})")
    if comparison.newly_wrong:
        lines.append(f"newly wrong: {', '.join(comparison.newly_wrong)}")
    if comparison.newly_right:
        lines.append(f"newly right: {', '.join(comparison.newly_right)}")
    return "\n".join([*lines, "The gate passes." if comparison.passed else "The gate fails."])


def read_baseline(path: Path) -> Baseline:
    """A stored baseline. Raises BadInput where there is none or it is not one."""
    try:
        return Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The baseline {path} cannot be read ({error}); make it with --update-baseline") from None
    except ValidationError as error:
        raise BadInput(f"The baseline {path} is not one ({error.error_count()} faults); make it again") from None


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Stores a baseline as sorted JSON, so that its changes read well in a review."""
    plain = json.dumps(baseline.model_dump(), indent=2, sort_keys=True, ensure_ascii=False)
    path.write_text(plain + "\n", encoding="utf-8")
