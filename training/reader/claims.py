"""Statements and the sources they cite, labelled by people: what teaches the network whether a source says a thing.

Documents stay whole on one side of the split, since many statements are made of one document.
"""

from pathlib import Path

from dateline.app.verify.gist import gist

from .sources import Example, read_lines, share

SETS = (
    "attributionbench_dev", "wice_dev", "wice_dev_oracle",
    "summedits_scitldr", "summedits_samsum", "summedits_qmsumm",
    "summedits_ectsum", "summedits_podcast", "frank_validation",
)  # fmt: skip
UNSEEN = ("summedits_ectsum", "summedits_podcast", "frank_validation")  # whole sets that nothing is trained on
HELD_OUT = 0.3


def claims(folder: Path) -> tuple[list[Example], dict[str, list[Example]]]:
    """(training, held out by set): every statement with the part of its source that speaks of the same."""
    learn: list[Example] = []
    measure: dict[str, list[Example]] = {}
    for name in SETS:
        for row in read_lines(folder / f"{name}.jsonl.gz"):
            document = row["id"].split("#")[0] if name.startswith("wice") else row["evidence"]
            example = Example(
                question=row["claim"], context=gist(row["claim"], row["evidence"]), answers=(), source=name,
                id=str(row["id"]), supported=bool(row["label"]),
            )  # fmt: skip
            if name in UNSEEN or share(document) < HELD_OUT:
                measure.setdefault(name, []).append(example)
            else:
                learn.append(example)
    return learn, measure
