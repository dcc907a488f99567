"""Which sentences of a source a statement is to be held against: those that share its words, above all the rare."""

import math
from collections import Counter
from collections.abc import Sequence

from .passage import Passage

MAX_NEAREST = 3
_WORTH_JOINING = 0.12  # share of the statement's weight that a further sentence must add


def rarity(passages: Sequence[Passage]) -> dict[str, float]:
    """Weight of each stem: log(1 + n/df) over the passages."""
    counts = Counter(stem for passage in passages for stem in passage.stems)
    return {stem: math.log(1 + len(passages) / n) for stem, n in counts.items()}


def nearest(statement: Passage, passages: Sequence[Passage], *, max_nearest: int = MAX_NEAREST) -> list[int]:
    """Places of the sentences that together hold most of the statement's words, best first; empty where none does.

    Ties go to the earlier sentence.
    """
    weights = rarity(passages)
    unseen = math.log(1 + len(passages))
    lacking = {stem: weights.get(stem, unseen) for stem in statement.stems}
    total = sum(lacking.values())
    chosen: list[int] = []
    for _ in range(max_nearest):
        gains = [
            (sum(lacking.get(stem, 0.0) for stem in passage.stems), -place) for place, passage in enumerate(passages)
        ]
        gain, place = max(gains, default=(0.0, 0))
        if gain <= 0 or (chosen and gain < _WORTH_JOINING * total):
            break
        chosen.append(-place)
        lacking = {stem: weight for stem, weight in lacking.items() if stem not in passages[-place].stems}
    return chosen


def coverage(stems: frozenset[str], passages: Sequence[Passage], *, weights: dict[str, float], unseen: float) -> float:
    """Share in [0, 1] of a statement's stems, by weight, that the passages hold; 1.0 where it has none."""
    held = frozenset(stem for passage in passages for stem in passage.stems)
    total = sum(weights.get(stem, unseen) for stem in stems)
    shared = sum(weights.get(stem, unseen) for stem in stems & held)
    return shared / total if total else 1.0
