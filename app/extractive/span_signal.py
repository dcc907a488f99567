"""What the trained reader makes of each sentence: its best span, its margin over "not here", and its passage's odds.

The network reads whole chunks, so that a sentence is understood among its neighbours; what it finds is brought back to
sentences here. It must not choose.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ...index.chunk import Evidence
from ...index.rerank import passage_of
from ...index.spans import ScoredSpan, SpanModel, SpanScores
from .article_view import Sentence

NOT_SEEN = -15.0  # the margin of what the network did not see: below nearly all that it has seen


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """One chunk as the network scored it, at `[start, end)` of its article."""

    article_id: str
    start: int
    end: int
    scores: SpanScores


class SpanSignal:
    """The chunks of one question's evidence, scored once."""

    def __init__(self, reads: Sequence[Read]) -> None:
        self._reads: dict[str, list[Read]] = {}
        for read in reads:
            self._reads.setdefault(read.article_id, []).append(read)
        self._best: dict[Sentence, ScoredSpan | None] = {}  # asked for by ranking, by the top margin and by candidates

    def best(self, sentence: Sentence) -> ScoredSpan | None:
        """The best span of a sentence, in code points of the sentence; None where the network saw none of its words."""
        if sentence not in self._best:
            self._best[sentence] = self._find(sentence)
        return self._best[sentence]

    def _find(self, sentence: Sentence) -> ScoredSpan | None:
        found = []
        for read in self._over(sentence):
            span = read.scores.best(sentence.start - read.start, sentence.end - read.start)
            if span is not None:
                shift = read.start - sentence.start
                found.append(ScoredSpan(span.start + shift, span.end + shift, span.margin))
        return max(found, key=lambda span: span.margin, default=None)

    def margin(self, sentence: Sentence) -> float:
        """The margin of the best span of a sentence."""
        span = self.best(sentence)
        return span.margin if span else NOT_SEEN

    def margin_of(self, sentence: Sentence, start: int, end: int) -> float:
        """The margin of the very span `[start, end)` of a sentence."""
        margins = [
            read.scores.margin_of(sentence.start + start - read.start, sentence.start + end - read.start)
            for read in self._over(sentence)
        ]
        return max([NOT_SEEN, *margins])

    def here(self, sentence: Sentence) -> float:
        """Log odds that the chunk around a sentence answers at all."""
        return max((read.scores.here for read in self._over(sentence)), default=NOT_SEEN)

    def _over(self, sentence: Sentence) -> list[Read]:
        reads = self._reads.get(sentence.article.article_id, ())
        return [read for read in reads if read.start < sentence.end and sentence.start < read.end]


def read_spans(model: SpanModel, question: str, evidence: Sequence[Evidence]) -> SpanSignal:
    """Scores every chunk of the evidence; the title stands before its words, as in training."""
    scores = model.score(question, [passage_of(item) for item in evidence])
    return SpanSignal(
        [
            Read(item.article.article_id, item.chunk.span.start, item.chunk.span.end, score)
            for item, score in zip(evidence, scores, strict=True)
        ]
    )
