"""Reranking: the candidates of a search in the order in which the reader's network finds an answer in them.

The same network, and the same numbers, that later point at the answer. A reranker reorders what it is given; it adds
nothing, and the searches' own score keeps its part, since a network this small is wrong at times.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from .chunk import Evidence, Filters
from .retrieve import Retriever
from .spans import Passage, SpanModel, SpanScores


@dataclass(frozen=True, slots=True, kw_only=True)
class RerankSettings:
    """What the reader's odds weigh beside the fused score (1). Set by hand, not yet measured on a ranking suite.

    `span_weight` is for the chance of the best span, `here_weight` for that of the passage as a whole. The best
    `n_candidates` of the search are read.
    """

    n_candidates: int = 16
    span_weight: float = 0.2
    here_weight: float = 0.2


DEFAULT_SETTINGS = RerankSettings()


def passage_of(item: Evidence) -> Passage:
    """A chunk as the network reads it: the title before its words."""
    return Passage(item.chunk.text, head=item.article.title)


def rerank(
    question: str, evidence: Sequence[Evidence], *, model: SpanModel, settings: RerankSettings = DEFAULT_SETTINGS
) -> list[Evidence]:
    """The same evidence, best first, ties in the order given; `scores` gains "reranked", ranks count from 1 again."""
    scores = model.score(question, [passage_of(item) for item in evidence])
    gained = [item.score + gain(score, settings=settings) for item, score in zip(evidence, scores, strict=True)]
    order = sorted(range(len(evidence)), key=lambda i: -gained[i])
    return [
        replace(evidence[i], scores={**evidence[i].scores, "reranked": gained[i]}, rank=rank)
        for rank, i in enumerate(order, start=1)
    ]


def gain(score: SpanScores, *, settings: RerankSettings = DEFAULT_SETTINGS) -> float:
    """What a passage gains, between 0 and the sum of both weights."""
    best = score.best()
    margin = best.margin if best else -np.inf
    return settings.span_weight * _chance(margin / 2) + settings.here_weight * _chance(score.here)


def _chance(log_odds: float) -> float:
    odds: NDArray[np.float64] = np.exp(-np.logaddexp(0.0, -np.float64(log_odds)))
    return float(odds)


class RerankingRetriever:
    """A retriever whose best candidates are read and put in a new order before the first k are handed on."""

    def __init__(self, retriever: Retriever, model: SpanModel, *, settings: RerankSettings = DEFAULT_SETTINGS) -> None:
        self._retriever = retriever
        self._model = model
        self._settings = settings

    def retrieve(
        self, query: str, *, k: int, filters: Filters | None = None, near: date | None = None
    ) -> list[Evidence]:
        """At most k chunks, best first; as `Retriever.retrieve`, and every chunk has the score "reranked"."""
        if k < 1:
            return []
        n = max(k, self._settings.n_candidates)
        found = self._retriever.retrieve(query, k=n, filters=filters, near=near)
        return rerank(query, found, model=self._model, settings=self._settings)[:k]
