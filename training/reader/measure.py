"""How well a network in training reads: exact match and F1 where there is an answer, AUC of answerable or not."""

import random
from collections.abc import Sequence

import numpy as np
import torch

from .features import Encoder, Window, batch
from .model import Reader
from .sources import Example
from .spans import Found, auc, best, f1, plain


@torch.no_grad()
def scores_of(model: Reader, windows: Sequence[Window], *, tokens: int = 8192) -> list[tuple[np.ndarray, float]]:
    """(scores (length, 2), here) of each window, in their order; of a statement, its support in place of here."""
    model.eval()
    done: list[tuple[np.ndarray, float]] = [(np.zeros((0, 2)), 0.0)] * len(windows)
    groups: list[list[int]] = [[]]
    for i in sorted(range(len(windows)), key=lambda i: len(windows[i].pieces)):
        if groups[-1] and (len(groups[-1]) + 1) * len(windows[i].pieces) > tokens:
            groups.append([])
        groups[-1].append(i)
    for group in (group for group in groups if group):
        made = batch([windows[i] for i in group], rng=random.Random(0))
        with torch.autocast("cpu", torch.bfloat16):
            scores, here, support = model(
                torch.from_numpy(made.pieces), torch.from_numpy(made.types), torch.from_numpy(made.mask)
            )
        for row, i in enumerate(group):
            odds = here if windows[i].supported is None else support
            done[i] = (scores[row].numpy(), float(odds[row]))
    model.train()
    return done


def measured(model: Reader, encoder: Encoder, sets: dict[str, list[Example]], *, n: int) -> dict[str, dict[str, float]]:
    """One row a set, over up to `n` of its questions."""
    return {name: row(model, encoder, found, n=n) for name, found in sets.items()}


def row(model: Reader, encoder: Encoder, examples: list[Example], *, n: int) -> dict[str, float]:
    """EM and F1 on the answerable, AUC by margin, by `here` and by both, as far as the set has both kinds."""
    some = random.Random(1).sample(examples, min(n, len(examples)))
    windows = [encoder.window(e, rng=random.Random(2), titled=True) for e in some]
    if some and some[0].supported is not None:
        return of_statements(some, [odds for _, odds in scores_of(model, windows)])
    read = [best(w, s, h) for w, (s, h) in zip(windows, scores_of(model, windows), strict=True)]
    asked = [(e, r) for e, w, r in zip(some, windows, read, strict=True) if w.spans]
    silent = [r for w, r in zip(windows, read, strict=True) if not w.spans]
    found: dict[str, float] = {"n": len(asked), "n_unanswerable": len(silent)}
    if asked:
        given = [(e.context[r.start : r.end], [e.context[a:b] for a, b in e.answers]) for e, r in asked]
        found["em"] = float(np.mean([any(plain(g) == plain(a) for a in gold) for g, gold in given]))
        found["f1"] = float(np.mean([max(f1(g, a) for a in gold) for g, gold in given]))
    if asked and silent:
        found |= separations([r for _, r in asked], silent)
    return {name: round(value, 4) for name, value in found.items()}


def of_statements(examples: Sequence[Example], odds: Sequence[float]) -> dict[str, float]:
    """AUC, and balanced accuracy at even odds."""
    said = [value for example, value in zip(examples, odds, strict=True) if example.supported]
    unsaid = [value for example, value in zip(examples, odds, strict=True) if not example.supported]
    balanced = (np.mean([value > 0 for value in said]) + np.mean([value <= 0 for value in unsaid])) / 2
    return {"n": len(said), "n_unsupported": len(unsaid), "auc": auc(said, unsaid), "balanced": float(balanced)}


def separations(there: Sequence[Found], silent: Sequence[Found]) -> dict[str, float]:
    """AUC of answerable or not by the margin, by `here`, and by both together."""
    ways = {"auc_margin": lambda r: r.margin, "auc_here": lambda r: r.here, "auc_both": lambda r: r.margin / 2 + r.here}
    return {name: auc([way(r) for r in there], [way(r) for r in silent]) for name, way in ways.items()}
