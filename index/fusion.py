"""Fusion: one ranking from two, the dense and the lexical, by normalised scores. Pure.

A convex combination with theoretical minima (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for Hybrid
Retrieval"), measured against min-max, z-scores and ranks (`docs/decisions/0002-fusion.md`). It must not fetch anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_COSINE = -1.0
LEAST_BM25 = 0.0


@dataclass(frozen=True, slots=True)
class Fused:
    """A candidate with the scores it came with; a stage that did not return it is None. `score` is in [0, 1]."""

    chunk_id: str
    score: float
    dense: float | None
    lexical: float | None


def fuse(
    dense: Sequence[tuple[str, float]], lexical: Sequence[tuple[str, float]], *, dense_weight: float
) -> list[Fused]:
    """The union of two lists of (chunk_id, score), best first, ties by chunk_id.

    Each list is scaled from the least score that there can be (cosine -1, BM25 0) to its own best. What the dense list
    did not return is at most as near as the last that it did, and counts so; what the lexical list did not return
    counts 0, as do scores of 0 or less. An empty list leaves the other its order.
    """
    dense_scores = dict(dense)
    lexical_scores = {chunk_id: score for chunk_id, score in lexical if score > 0}
    near = _shares(dense_scores, least=LEAST_COSINE)
    worded = _shares(lexical_scores, least=LEAST_BM25)
    farthest = min(near.values(), default=0.0)
    rows = [
        Fused(
            chunk_id,
            dense_weight * near.get(chunk_id, farthest) + (1 - dense_weight) * worded.get(chunk_id, 0.0),
            dense_scores.get(chunk_id),
            lexical_scores.get(chunk_id),
        )
        for chunk_id in dense_scores.keys() | lexical_scores.keys()
    ]
    return sorted(rows, key=lambda row: (-row.score, row.chunk_id))


def _shares(scores: dict[str, float], *, least: float) -> dict[str, float]:
    """Scores as shares of the way from the least to the best."""
    reach = max(scores.values(), default=least) - least
    return {chunk_id: (score - least) / reach if reach > 0 else 0.0 for chunk_id, score in scores.items()}
