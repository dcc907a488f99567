"""Verdict and support score against people's labels of attribution, and the weights of the score.

    python -m benchmarks.support FOLDER [--features FILE]

FOLDER holds the sets as JSON Lines (claim, evidence, label). Balanced accuracy of three things: the verdict (supported
or not; nothing is trained), the score at 0.5, the score at the best threshold of the set. AttributionBench and WiCE are
cross-validated in five folds; the weights are fitted on them and on nothing else. FILE keeps the features.
"""

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.app.verify.draft import articles_of_texts, verify
from dateline.app.verify.judge import Held, judge
from dateline.app.verify.passage import Sources
from dateline.app.verify.support import PENALTY, WEIGHTS, signs, taken_together
from dateline.index.sentences import split_sentences

TRAINED_ON = ("attributionbench_dev", "wice_dev")
SETS = (
    *TRAINED_ON,
    "frank_validation",
    *(f"summedits_{one}" for one in ["podcast", "scitldr", "ectsum", "samsum", "qmsumm"]),
)
Rows = NDArray[np.float64]
LOST = ("amounts_lost", "names_lost")


def features(folder: Path) -> Iterator[dict[str, Any]]:
    """A row for every labelled claim: its set, label, verdict, whether a fact is altered, and its signs."""
    for name in SETS:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                given = articles_of_texts([row["evidence"]])
                source = Sources().of(given[0])
                held, told = [Held(source, one) for one in source.view.sentences], []
                for start, end in split_sentences(row["claim"]):
                    sentence = row["claim"][start:end]
                    told.append(signs(sentence, judge(sentence, held), source.passages()))
                verdict = verify(row["claim"], lambda _sentence, given=given: given).verdict
                altered = any(one.altered for one in told)
                yield {
                    "set": name,
                    "label": row["label"],
                    "verdict": verdict,
                    "altered": altered,
                    "signs": taken_together(told),
                }


def fit(x: Rows, y: Rows, sets: Sequence[str], *, l2: float = 5.0) -> tuple[Rows, float]:
    """Weights and bias of a logistic model, classes and sets weighing alike, each weight kept to its sense.

    Shares may only speak for support, lost facts only against it: so what one set happens to hold does not carry over.
    """
    mean, spread = x.mean(0), x.std(0) + 1e-6
    weight = np.zeros(len(y))
    for name in set(sets):
        for label in (0, 1):
            chosen = (np.array(sets) == name) & (y == label)
            weight[chosen] = 400 / chosen.sum()
    sense = np.array([-1.0 if name in LOST else 1.0 for name in WEIGHTS])
    rows = np.c_[(x - mean) / spread, np.array([[float(one == name) for name in sorted(set(sets))] for one in sets])]
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


def scores(rows: list[dict[str, Any]]) -> Rows:
    """Logits: cross-validated where the set is trained on, from the whole fit elsewhere."""
    x = np.array([[row["signs"][name] for name in WEIGHTS] for row in rows])
    y, sets = np.array([float(row["label"]) for row in rows]), [row["set"] for row in rows]
    own = np.isin(sets, TRAINED_ON)
    fold = np.where(own, np.random.default_rng(0).integers(0, 5, len(rows)), 5)
    z = np.zeros(len(rows))
    for k in range(6):
        train, test = own & (fold != k), fold == k
        weights, bias = fit(x[train], y[train], [one for one, used in zip(sets, train, strict=True) if used])
        z[test] = x[test] @ weights + bias
    weights, bias = fit(x[own], y[own], [one for one, used in zip(sets, own, strict=True) if used])
    print({name: round(float(one), 4) for name, one in zip(WEIGHTS, weights, strict=True)}, "bias", round(bias, 4))
    return z - PENALTY * np.array([row["altered"] for row in rows])


def main() -> None:
    """Prints the weights and a row for each set."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--features", type=Path)
    args = parser.parse_args()
    if args.features and args.features.exists():
        rows = [json.loads(line) for line in args.features.read_text().splitlines()]
    else:
        rows = list(features(args.folder))
        if args.features:
            args.features.write_text("".join(json.dumps(row) + "\n" for row in rows))
    z = scores(rows)
    for name in SETS:
        here = np.array([row["set"] == name for row in rows])
        y = np.array([float(row["label"]) for row in rows])[here]
        verdict = np.array([row["verdict"] == "supported" for row in rows])[here]
        best = max(balanced(z[here] > cut, y) for cut in np.quantile(z[here], np.linspace(0.01, 0.99, 99)))
        row = f"verdict {balanced(verdict, y):.3f}  score {balanced(z[here] > 0, y):.3f}  best {best:.3f}"
        print(f"{name:22} n {here.sum():5}  {row}")


if __name__ == "__main__":
    main()
