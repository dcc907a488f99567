"""Verdict and support score against people's labels of attribution, and the weights of the score.

    python -m benchmarks.support FOLDER [--features FILE] [--read FILE]

FOLDER holds the sets as JSON Lines (id, claim, evidence, label). Balanced accuracy with 95% intervals (bootstrap over
claims) of: plain word overlap at its best threshold of the set; the verdict (supported or not; nothing is trained); the
score at the threshold that its training gives; the score at the best threshold of the set, to compare with overlap.

AttributionBench and WiCE are cross-validated in five folds by document; FRANK is never fitted on. SummEdits has two
rows: by the shipped weights, which know nothing of it, and by weights fitted with its other domains, each left out in
turn. FILE of `--features` keeps the features. `--read`: a trained model's support as one more sign, a line
`{"set", "id", "read": [one a sentence]}` for each claim.
"""

import argparse
import gzip
import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.app.verify.draft import articles_of_texts
from dateline.app.verify.judge import Held, judge
from dateline.app.verify.passage import Sources
from dateline.app.verify.statements import statements_in, without_marks
from dateline.app.verify.support import PENALTY, WEIGHTS, Signs, signs, taken_together
from dateline.app.verify.tokens import tokens_of

TRAINED_ON = ("attributionbench_dev", "wice_dev")
SUMMEDITS = tuple(f"summedits_{one}" for one in ("podcast", "scitldr", "ectsum", "samsum", "qmsumm"))
SETS = (*TRAINED_ON, "frank_validation", *SUMMEDITS)
LOST = ("amounts_nowhere", "names_nowhere")
N_FOLDS, N_DRAWS = 5, 1000
Rows = NDArray[np.float64]
WORST_FIRST = ("contradicted", "unsupported", "partly", "supported")


def labelled(folder: Path) -> Iterator[dict[str, Any]]:
    """Every labelled claim of the sets."""
    for name in SETS:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from (json.loads(line) | {"set": name} for line in lines)


def features(folder: Path) -> Iterator[dict[str, Any]]:
    """A row for every labelled claim: set, label, document, verdict, word overlap and the signs of its sentences."""
    sources = Sources()
    for row in sorted(labelled(folder), key=lambda row: (len(row["evidence"]) // 3000, row["evidence"])):
        source = sources.of(articles_of_texts([row["evidence"]])[0])
        held, passages = [Held(source, one) for one in source.view.sentences], source.passages()
        told, verdicts = [], []
        for start, end in statements_in(row["claim"]):
            sentence = without_marks(row["claim"][start:end])
            judged = judge(sentence, held)
            verdicts.append(judged.verdict)
            told.append(signs(sentence, judged, passages))
        yield {
            "set": row["set"],
            "id": row["id"],
            "label": row["label"],
            "document": row["evidence"][:200],
            "verdict": next((one for one in WORST_FIRST if one in verdicts), "unsupported"),
            "overlap": overlap(row["claim"], row["evidence"]),
            "signs": [{name: getattr(one, name) for name in Signs.__slots__} for one in told],
        }


def overlap(claim: str, evidence: str) -> float:
    """The share of a claim's words that stand in the evidence."""
    words, known = [t.folded for t in tokens_of(claim)], {t.folded for t in tokens_of(evidence)}
    return sum(word in known for word in words) / len(words) if words else 0.0


def fit(x: Rows, y: Rows, sets: NDArray[np.str_], *, l2: float = 5.0) -> tuple[Rows, float]:
    """Weights and bias of a logistic model, classes and sets weighing alike, each weight kept to its sense.

    Shares may only speak for support, lost facts only against it: so what one set happens to hold does not carry over.
    """
    mean, spread = x.mean(0), x.std(0) + 1e-6
    names = sorted(set(sets))
    weight = np.zeros(len(y))
    for name in names:
        for label in (0, 1):
            chosen = (sets == name) & (y == label)
            weight[chosen] = 400 / max(1, chosen.sum())
    sense = np.array([-1.0 if name in LOST or name == "altered" else 1.0 for name in (*WEIGHTS, "read")])[: x.shape[1]]
    rows = np.c_[(x - mean) / spread, np.array([sets == name for name in names], dtype=float).T]
    n, values = len(sense), np.zeros(rows.shape[1])
    step = 1 / (0.25 * np.linalg.norm(rows * np.sqrt(weight)[:, None], 2) ** 2 + l2)
    for _ in range(6000):
        slope = rows.T @ (weight * (1 / (1 + np.exp(-rows @ values)) - y))
        slope[:n] += l2 * values[:n]
        values = values - step * slope
        values[:n] = np.where(sense * values[:n] > 0, values[:n], 0.0)
    weights = values[:n] / spread
    return weights, float(values[n:].mean() - weights @ mean)


def balanced(said: NDArray[np.bool_], y: Rows) -> float:
    """The mean of the shares that are right among the supported and among the others."""
    return float((said[y == 1].mean() + (~said)[y == 0].mean()) / 2)


def best(z: Rows, y: Rows) -> float:
    """Balanced accuracy at the threshold that suits these very claims best."""
    return max(balanced(z > cut, y) for cut in np.unique(np.quantile(z, np.linspace(0, 1, 201))))


def interval(said: NDArray[np.bool_], y: Rows) -> str:
    """Balanced accuracy with its 95% bootstrap interval."""
    draws = np.random.default_rng(0).integers(0, len(y), (N_DRAWS, len(y)))
    low, high = np.quantile([balanced(said[draw], y[draw]) for draw in draws], [0.025, 0.975])
    return f"{balanced(said, y):.3f} ({low:.3f}-{high:.3f})"


class Claims:
    """The claims of all sets as arrays, in the order of the features."""

    def __init__(self, rows: Sequence[dict[str, Any]], read: dict[tuple[str, str], list[float]]) -> None:
        told = [[Signs(**one) for one in row["signs"]] for row in rows]
        self.x = np.array([list(taken_together(one).values()) for one in told])
        self.altered = np.array([float(any(one.altered for one in each)) for each in told])
        if read:
            given = [read.get((row["set"], str(row["id"])), [0.5]) for row in rows]
            odds = [[math.log(max(p, 1e-4) / max(1 - p, 1e-4)) for p in one] for one in given]
            self.x = np.c_[self.x, [min(one) for one in odds]]
        self.y = np.array([float(row["label"]) for row in rows])
        self.sets = np.array([row["set"] for row in rows])
        self.documents = np.array([row["document"] for row in rows])
        self.verdict = np.array([row["verdict"] == "supported" for row in rows])
        self.overlap = np.array([row["overlap"] for row in rows])

    def logits(self, train: NDArray[np.bool_], test: NDArray[np.bool_]) -> Rows:
        """Of the test claims, by weights fitted on the others."""
        weights, bias = fit(self.x[train], self.y[train], self.sets[train])
        logits: Rows = self.x[test] @ weights + bias - PENALTY * self.altered[test]
        return logits

    def held_out(self) -> Rows:
        """Logits: cross-validated by document where the set is trained on, by the shipped fit elsewhere."""
        own, z = np.isin(self.sets, TRAINED_ON), np.zeros(len(self.y))
        names = np.unique(self.documents)
        order = dict(zip(names, np.random.default_rng(0).permutation(len(names)) % N_FOLDS, strict=True))
        fold = np.array([order[one] for one in self.documents])
        for k in range(N_FOLDS):
            z[own & (fold == k)] = self.logits(own & (fold != k), own & (fold == k))
        z[~own] = self.logits(own, ~own)
        return z

    def domains_left_out(self) -> Rows:
        """Logits of SummEdits alone: each domain by weights fitted on the others, AttributionBench and WiCE."""
        z = np.full(len(self.y), np.nan)
        for name in SUMMEDITS:
            train = np.isin(self.sets, (*TRAINED_ON, *SUMMEDITS)) & (self.sets != name)
            z[self.sets == name] = self.logits(train, self.sets == name)
        return z


def report(claims: Claims) -> Iterator[str]:
    """The rows of the table, then the mean over the domains of SummEdits."""
    yield "| set | n | word overlap, best | verdict | score | score, best |\n|---|---|---|---|---|---|"
    shipped, left_out = claims.held_out(), claims.domains_left_out()
    means = []
    plan = [(name, shipped, "") for name in SETS] + [(name, left_out, ", left out in turn") for name in SUMMEDITS]
    for name, z, how in plan:
        here = claims.sets == name
        y, logits = claims.y[here], z[here]
        verdict, said = claims.verdict[here], logits > 0
        row = [best(claims.overlap[here], y), balanced(verdict, y), balanced(said, y), best(logits, y)]
        if name in SUMMEDITS:
            means.append(row)
        figures = f"{row[0]:.3f} | {interval(verdict, y)} | {interval(said, y)} | {row[3]:.3f}"
        yield f"| {name}{how} | {here.sum()} | {figures} |"
    for part, how in ((means[:5], ""), (means[5:], ", left out in turn")):
        mean = " | ".join(f"{value:.3f}" for value in np.mean(part, axis=0))
        yield f"| summedits, mean{how} | | {mean} |"


def main() -> None:
    """Prints the weights of the shipped fit and the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--features", type=Path)
    parser.add_argument("--read", type=Path)
    args = parser.parse_args()
    if args.features and args.features.exists():
        rows = [json.loads(line) for line in args.features.read_text().splitlines()]
    else:
        rows = list(features(args.folder))
        if args.features:
            args.features.write_text("".join(json.dumps(row) + "\n" for row in rows))
    lines = map(json.loads, args.read.read_text().splitlines()) if args.read else ()
    claims = Claims(rows, {(line["set"], str(line["id"])): line["read"] for line in lines})
    own = np.isin(claims.sets, TRAINED_ON)
    weights, bias = fit(claims.x[own], claims.y[own], claims.sets[own])
    print(dict(zip((*WEIGHTS, "read"), weights.round(3).tolist(), strict=False)), "bias", round(bias, 3))
    for line in report(claims):
        print(line)


if __name__ == "__main__":
    main()
