"""Does checking hold true statements and catch altered ones? Pairs of statements on one source, and their figures.

A pair is a source, a statement that it supports, and the same statement with one thing altered. Nothing is retrieved
and nothing is asked: each statement goes through `verify` against its own source. Format: `sets/README.md`.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..app.answer import Verdict
from ..app.verify.draft import Verification, articles_of_texts, verify
from ..index.errors import BadInput
from .intervals import N_RESAMPLES, Estimate, mean
from .judge import Verdict as Judged
from .tables import as_json, columns, cut, interval, markdown, share

CHECKS = "checks"
CUT: frozenset[Verdict] = frozenset(("contradicted", "unsupported"))
PairKind = Literal["number", "date", "name", "negation", "modality", "speaker", "format"]
Text = Annotated[str, Field(min_length=1)]


class Pair(BaseModel):
    """A source, a statement that it supports, and one that it does not; `published` is the source's day."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: Text
    kind: PairKind
    source: Text
    true: Text
    altered: Text
    published: date | None = None


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair as it went: the verdict and the support of both statements."""

    pair: Pair
    true: Verdict
    altered: Verdict
    true_score: float
    altered_score: float

    @property
    def right(self) -> bool:
        """Whether the true statement is supported and the altered one cut."""
        return self.true == "supported" and self.altered in CUT


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """A run of pairs, in the order of the set."""

    name: str
    digest: str
    rows: tuple[PairRow, ...]

    @property
    def measures(self) -> dict[str, Estimate]:
        """Each measure over all pairs, with its 95% interval."""
        return measures_of(self.rows)

    @property
    def verdicts(self) -> dict[str, Judged]:
        """By pair: right, or not."""
        return {row.pair.id: "correct" if row.right else "wrong" for row in self.rows}


def load_pairs(path: Path) -> tuple[Pair, ...]:
    """The pairs of a JSON Lines file, in order. Raises BadInput for a line that is none and for an id used twice."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    try:
        pairs = tuple(Pair.model_validate_json(line) for line in lines)
    except ValidationError as error:
        raise BadInput(
            f"{path} has a line that is no pair: {error.errors()[0]['msg']}; see eval/sets/README.md"
        ) from None
    if len({pair.id for pair in pairs}) < len(pairs):
        raise BadInput(f"{path} uses an id twice; give each pair its own")
    return pairs


def run_pairs(name: str, pairs: Sequence[Pair]) -> CheckReport:
    """Checks both statements of every pair."""
    rows = tuple(_row(pair) for pair in pairs)
    text = "\n".join(json.dumps(pair.model_dump(mode="json"), ensure_ascii=False) for pair in pairs)
    return CheckReport(name=name, digest=hashlib.sha256(text.encode()).hexdigest()[:16], rows=rows)


def _row(pair: Pair) -> PairRow:
    true, altered = _verified(pair, pair.true), _verified(pair, pair.altered)
    return PairRow(pair, true.verdict, altered.verdict, true.score, altered.score)


def _verified(pair: Pair, statement: str) -> Verification:
    source = [replace(article, published=pair.published) for article in articles_of_texts([pair.source])]
    return verify(statement, lambda _sentence: source)


def measures_of(rows: Sequence[PairRow]) -> dict[str, Estimate]:
    """What is caught, what is kept, and whether the support of the true statement is the higher one (a tie is half)."""
    scored = [(row.true_score, row.altered_score) for row in rows]
    return {
        "altered caught": mean([float(row.altered in CUT) for row in rows]),
        "true kept": mean([float(row.true not in CUT) for row in rows]),
        "true supported": mean([float(row.true == "supported") for row in rows]),
        "score apart": mean([float(a > b) + 0.5 * (a == b) for a, b in scored]),
    }


def to_terminal(report: CheckReport) -> str:
    """The tables in columns, and each pair that is not right."""
    head = f"{report.name}: {len(report.rows)} pairs (95% intervals: {N_RESAMPLES} bootstrap resamples)"
    blocks = [head, columns(_measure_rows(report.measures)), columns(_kind_rows(report.rows))]
    lost = [row for row in report.rows if not row.right]
    blocks.append(f"{len(lost)} not right" + (":" if lost else "."))
    return "\n\n".join([*blocks, *map(_block, lost)]) + "\n"


def to_markdown(report: CheckReport) -> str:
    """The same as Markdown."""
    tables = [markdown(_measure_rows(report.measures)), markdown(_kind_rows(report.rows))]
    lost = [_block(row) for row in report.rows if not row.right]
    return f"# Evaluation: {report.name}\n\n" + "\n\n".join([*tables, *lost]) + "\n"


def to_json(report: CheckReport) -> str:
    """The whole run as indented JSON with a final newline, keys sorted."""
    pairs = {
        row.pair.id: {
            "kind": row.pair.kind,
            "true": {"verdict": row.true, "score": round(row.true_score, 4)},
            "altered": {"verdict": row.altered, "score": round(row.altered_score, 4)},
        }
        for row in report.rows
    }
    plain = {"set": report.name, "digest": report.digest, "measures": as_json(report.measures), "pairs": pairs}
    return json.dumps(plain, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _measure_rows(measures: Mapping[str, Estimate]) -> list[list[str]]:
    rows = [["measure", "value", "95% interval", "n"]]
    return rows + [[name, share(one.value), interval(one), str(one.n)] for name, one in measures.items()]


def _kind_rows(rows: Sequence[PairRow]) -> list[list[str]]:
    table = [["kind", "n", *measures_of(rows)]]
    for kind in sorted({row.pair.kind for row in rows}):
        here = [row for row in rows if row.pair.kind == kind]
        table.append([kind, str(len(here)), *(share(one.value) for one in measures_of(here).values())])
    return table


def _block(row: PairRow) -> str:
    return (
        f"{row.pair.id}\n  source   {cut(row.pair.source)}\n  true     {row.true}: {row.pair.true}"
        f"\n  altered  {row.altered}: {row.pair.altered}"
    )
