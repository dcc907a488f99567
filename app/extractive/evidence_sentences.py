"""The sentences of the evidence, each once, with their embeddings: made in one batch and remembered by article."""

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...index.chunk import Evidence
from ...index.embed import Embedder
from .article_view import ArticleView, Library, Sentence

N_KEPT_SENTENCES = 20_000


def sentences_of(evidence: Sequence[Evidence], views: dict[str, ArticleView]) -> tuple[list[Sentence], dict[int, int]]:
    """The sentences that overlap a chunk of the evidence, each once, in the order of the chunks.

    And by their `id` the rank of the best chunk that holds them.
    """
    found: list[Sentence] = []
    ranks: dict[int, int] = {}
    for item in evidence:
        span = item.chunk.span
        for sentence in views[item.article.article_id].sentences:
            if sentence.start < span.end and span.start < sentence.end and id(sentence) not in ranks:
                ranks[id(sentence)] = item.rank
                found.append(sentence)
    return found, ranks


def views_of(evidence: Sequence[Evidence], library: Library) -> dict[str, ArticleView]:
    """The view of each article of the evidence, by its id."""
    return {item.article.article_id: library.view(item.article) for item in evidence}


class SentenceEmbeddings:
    """Embeddings of sentences by their words; the last few thousand are remembered."""

    def __init__(self, embedder: Embedder, *, n_kept: int = N_KEPT_SENTENCES) -> None:
        self._embedder = embedder
        self._n_kept = n_kept
        self._kept: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def cosines(self, question: str, sentences: Sequence[Sentence]) -> NDArray[np.float32]:
        """(n,) cosine of each sentence with the question; what is not remembered is embedded in one batch."""
        new = list(dict.fromkeys(sentence.text for sentence in sentences if sentence.text not in self._kept))
        if new:
            for text, embedding in zip(new, self._embedder.embed_texts(new), strict=True):
                self._kept[text] = embedding
        rows = []
        for sentence in sentences:
            self._kept.move_to_end(sentence.text)
            rows.append(self._kept[sentence.text])
        while len(self._kept) > max(self._n_kept, len(sentences)):
            self._kept.popitem(last=False)
        if not rows:
            return np.zeros(0, np.float32)
        cosines: NDArray[np.float32] = np.stack(rows) @ self._embedder.embed_query(question)
        return cosines
