"""Estimates and rows of words as tables: Markdown, columns for the terminal, and plain values for JSON. Pure."""

from collections.abc import Mapping, Sequence

from .intervals import Estimate


def as_json(measures: Mapping[str, Estimate]) -> dict[str, dict[str, float | int | None]]:
    """Estimates as plain values, rounded to 4 digits."""
    return {
        name: {
            "value": rounded(estimate.value),
            "low": rounded(estimate.low),
            "high": rounded(estimate.high),
            "n": estimate.n,
            "n_undefined": estimate.n_undefined,
        }
        for name, estimate in measures.items()
    }


def rounded(value: float | None) -> float | None:
    """Four digits: more is noise, and would make reports differ from machine to machine."""
    return None if value is None else round(value, 4)


def measure_rows(measures: Mapping[str, Estimate], latency: Mapping[str, Estimate]) -> list[list[str]]:
    """One row a measure under a head, latencies (named `p50_ms`, …) last."""
    rows = [["measure", "value", "95% interval", "n", "undefined"]]
    for name, estimate in measures.items():
        rows.append([name, share(estimate.value), interval(estimate), str(estimate.n), str(estimate.n_undefined)])
    for name, estimate in latency.items():
        value = "–" if estimate.value is None else f"{estimate.value:.0f} ms"
        rows.append([f"latency {name[:3]}", value, interval(estimate, form=".0f"), str(estimate.n), "0"])
    return rows


def interval(estimate: Estimate, *, form: str = ".3f") -> str:
    """The interval as `low–high`, a dash where there is none.

    >>> interval(Estimate(0.5, 0.25, 0.75, 9)), interval(Estimate(0.0, -0.25, 0.25, 9))
    ('0.250–0.750', '-0.250 to 0.250')
    """
    if estimate.low is None or estimate.high is None:
        return "–"
    between = " to " if estimate.low < 0 else "–"
    return f"{estimate.low:{form}}{between}{estimate.high:{form}}"


def share(value: float | None) -> str:
    """Three digits, a dash for None."""
    return "–" if value is None else f"{value:.3f}"


def cut(text: str, *, max_chars: int = 160) -> str:
    """The text on one line, cut where it gets long."""
    line = " ".join(text.split())
    return line if len(line) <= max_chars else line[: max_chars - 1] + "…"


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first row is its head.

    >>> print(markdown([["a"], ["b | c"]]))
    | a |
    | --- |
    | b \\| c |
    """
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def columns(rows: Sequence[Sequence[str]]) -> str:
    """The same in columns for the terminal."""
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
