"""Does the time scope of a question name the days its filter names? On questions with silver filters.

    python -m benchmarks.filters FILTERS.jsonl.gz [--half dev|report] [--show 10]

Exact set of days, over the questions that name a day and over all (the others must name none). Halves by the parity of
the question's hash.
"""

import argparse
import gzip
import hashlib
import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dateline.app.timescope import time_scope

TODAY = date(2024, 1, 1)


def wanted(row: dict[str, Any]) -> set[str]:
    """The days of a silver filter, in ISO form; those that are no day are left as they stand."""
    value = row["filter"].get("published_at") or {}
    days = next(iter(value.values()), []) if isinstance(value, dict) else value
    return {_iso(day) for day in (days if isinstance(days, list) else [days])}


def _iso(text: str) -> str:
    try:
        return datetime.strptime(text, "%B %d, %Y").date().isoformat()  # noqa: DTZ007 a day has no zone
    except ValueError:
        return text


def main() -> None:
    """Prints the exact-set shares."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--half", choices=["dev", "report", "all"], default="dev")
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    with gzip.open(args.path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    counts: Counter[str] = Counter()
    for row in rows:
        if args.half != "all" and hashlib.sha256(row["query"].encode()).digest()[0] % 2 != (args.half == "report"):
            continue
        found = {
            day.first.isoformat()
            for day in time_scope(row["query"], today=TODAY).days
            if day.first == day.last and day.first
        }
        kind = "dated" if wanted(row) else "undated"
        counts[kind] += 1
        counts[f"{kind} exact"] += found == wanted(row)
        if found != wanted(row) and kind == "dated" and counts["shown"] < args.show:
            counts["shown"] += 1
            print(sorted(found), sorted(wanted(row)), row["filter"].get("published_at"), row["query"], sep="\n  ")
    for kind in ("dated", "undated"):
        n, exact = counts[kind], counts[f"{kind} exact"]
        print(f"{kind}: exact {exact} of {n}, {exact / max(1, n):.3f}")


if __name__ == "__main__":
    main()
