"""From a window's scores to its best span, its margin over "not here", and the measures that need them."""

import re
import string
from collections import Counter
from dataclasses import dataclass

import numpy as np

from .features import Window

MAX_SPAN = 30


@dataclass(frozen=True, slots=True)
class Found:
    """The best span of a window, code points of the passage; `margin` is its score less that of "not here"."""

    start: int
    end: int
    margin: float
    here: float


def best(window: Window, scores: np.ndarray, here: float) -> Found:
    """The best span of at most MAX_SPAN pieces inside the passage; `scores` (length, 2)."""
    low, high = window.first, window.first + len(window.offsets)
    start, end = scores[low:high, 0], scores[low:high, 1]
    sums = start[:, None] + end[None, :]
    fits = np.triu(np.ones_like(sums, bool)) & ~np.triu(np.ones_like(sums, bool), MAX_SPAN)
    sums = np.where(fits, sums, -np.inf)
    first, last = np.unravel_index(int(np.argmax(sums)), sums.shape)
    margin = float(sums[first, last] - scores[0, 0] - scores[0, 1])
    return Found(window.offsets[first][0], window.offsets[last][1], margin, here)


def plain(text: str) -> str:
    """Lower case, without punctuation and articles, one blank between words: SQuAD's normal form."""
    text = "".join(c for c in text.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def f1(given: str, gold: str) -> float:
    """Word overlap of two answers in [0, 1]."""
    ours, theirs = plain(given).split(), plain(gold).split()
    if not ours or not theirs:
        return float(ours == theirs)
    both = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * both / (len(ours) + len(theirs)) if both else 0.0


def auc(positive: list[float], negative: list[float]) -> float:
    """The chance that a positive scores above a negative; 0.5 when either is empty."""
    if not positive or not negative:
        return 0.5
    order = np.argsort(np.concatenate([positive, negative]), kind="stable")
    ranks = np.empty(len(order))
    ranks[order] = np.arange(1, len(order) + 1)
    n, m = len(positive), len(negative)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))
