"""Fusion: one ranking from two, the dense and the lexical, by normalised scores. Pure.

Weights and normalisation were measured against others (`docs/decisions/0002-fusion.md`). It must not fetch anything;
what a list did not return it treats as the worst that the list returned.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fused:
    """A candidate with the scores it came with; a stage that did not return it is None."""

    chunk_id: str
    score: float
    dense: float | None
    lexical: float | None


def fuse(
    dense: Sequence[tuple[str, float]], lexical: Sequence[tuple[str, float]], *, dense_weight: float
) -> list[Fused]:
    """The union of two lists of (chunk_id, score), best first, ties by chunk_id; scores in [0, 1].

    Each list is scaled by its own extremes: cosine from its lowest returned score, BM25 from 0, which is what a chunk
    without any of the words has, both to their best. Lexical scores of 0 or less are no hits. An empty list leaves the
    other its order.
    """
    dense_scores = dict(dense)
    lexical_scores = {chunk_id: score for chunk_id, score in lexical if score > 0}
    dense_shares = _shares(dense_scores, floor=min(dense_scores.values(), default=0.0))
    lexical_shares = _shares(lexical_scores, floor=0.0)
    rows = [
        Fused(
            chunk_id,
            dense_weight * dense_shares.get(chunk_id, 0.0) + (1 - dense_weight) * lexical_shares.get(chunk_id, 0.0),
            dense_scores.get(chunk_id),
            lexical_scores.get(chunk_id),
        )
        for chunk_id in dense_scores.keys() | lexical_scores.keys()
    ]
    return sorted(rows, key=lambda row: (-row.score, row.chunk_id))


def _shares(scores: dict[str, float], *, floor: float) -> dict[str, float]:
    """Scores as shares of the way from the floor to the best; all 1 where there is no way between."""
    reach = max(scores.values(), default=0.0) - floor
    return {chunk_id: (score - floor) / reach if reach > 0 else 1.0 for chunk_id, score in scores.items()}
