"""The reader that needs no key: it picks the sentences that answer, quotes them exactly, or declines.

Composes the steps; each stands in a module of its own. It must not write a word of its own into a quote.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from ..index.article import Span
from ..index.chunk import Evidence
from ..index.embed import Embedder
from ..index.sentences import split_sentences
from .question_words import content_stems
from .reader import Draft, Reading

NAME = "extractive-1"
DEFAULT_THRESHOLD = 0.5


class ExtractiveReader:
    """Answers with the exact words of the evidence. `threshold`: the confidence below which it declines."""

    def __init__(self, embedder: Embedder, *, threshold: float = DEFAULT_THRESHOLD) -> None:
        self._embedder = embedder
        self._threshold = threshold

    @property
    def name(self) -> str:
        """Kind and version, and the model that scores sentences."""
        return f"{NAME}/{self._embedder.name}/{self._threshold:g}"

    def read(self, question: str, evidence: Sequence[Evidence]) -> Reading:
        """The sentence that answers best, exactly; declined when there is no evidence or it is weak."""
        sentences = [
            (item, Span(item.article.article_id, item.chunk.span.start + a, item.chunk.span.start + b))
            for item in evidence
            for a, b in split_sentences(item.chunk.text)
        ]
        if not sentences:
            return Reading(reader="extractive", declined="No article speaks of this.")
        texts = [item.article.quote(span) for item, span in sentences]
        cosines = self._embedder.embed_texts(texts) @ self._embedder.embed_query(question)
        asked = set(content_stems(question))
        overlap = np.array([len(asked & set(content_stems(text))) / max(1, len(asked)) for text in texts])
        scores = 0.5 * cosines + 0.5 * overlap
        best = int(np.argmax(scores))
        confidence = float(1 / (1 + np.exp(-10 * (scores[best] - 0.45))))
        if confidence < self._threshold:
            return Reading(
                reader="extractive", confidence=confidence, declined="The articles do not say this clearly enough."
            )
        return Reading(reader="extractive", drafts=(Draft(texts[best], (sentences[best][1],)),), confidence=confidence)

    def stream(self, question: str, evidence: Sequence[Evidence]) -> Iterator[str | Reading]:
        """The whole text as one piece, then the Reading: there is nothing to wait for."""
        reading = self.read(question, evidence)
        if reading.drafts:
            yield " ".join(draft.text for draft in reading.drafts)
        yield reading
