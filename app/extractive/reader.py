"""The reader that needs no key: it picks the sentences that answer, quotes them exactly, or declines.

Composes the steps; each stands in a module of its own: the question taken apart (`question_kind`), the sentences of the
articles (`article_view`, `evidence_sentences`), their scores (`sentence_scores`), the value asked for (`short_answer`),
whether that suffices (`sufficiency`), what else is told (`answer_sentences`, `conflicts`). It must not write a word of
its own into a quote. Instructions in an article are text like any other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...index.chunk import Evidence
from ...index.embed import Embedder
from ...index.spans import SpanModel
from ..reader import Reading
from .answer_sentences import answer_drafts
from .article_facts import read_article_fact
from .article_view import ArticleView, Library
from .candidates import candidates_of
from .conflicts import find_conflicts
from .evidence_sentences import SentenceEmbeddings, sentences_of, views_of
from .question_kind import Question, parse_question
from .sentence_scores import Context, Scored, Weighing, add_meaning, score_by_words, weigh
from .short_answer import Chosen, choose, short_answer
from .span_signal import SpanSignal, read_spans
from .sufficiency import judge

NAME = "extractive-4"
DEFAULT_THRESHOLD = 0.5
N_EMBEDDED = 16  # embedding takes time; what words put lower seldom comes up again, unless the network likes it
N_READ_BEST = 6
FACT_CONFIDENCE = 0.9
NO_EVIDENCE = "No article speaks of this."


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """The evidence as one question sees it: its sentences, best first, and what they were weighed by."""

    sentences: list[Scored]
    views: dict[str, ArticleView]
    weighing: Weighing
    signal: SpanSignal


class ExtractiveReader:
    """Answers with the exact words of the evidence. `threshold`: the confidence below which it declines."""

    def __init__(self, embedder: Embedder, spans: SpanModel, *, threshold: float = DEFAULT_THRESHOLD) -> None:
        self._embedder = embedder
        self._spans = spans
        self._threshold = threshold
        self._library = Library()
        self._embeddings = SentenceEmbeddings(embedder)

    @property
    def name(self) -> str:
        """Kind and version, the model that scores sentences, and the threshold."""
        return f"{NAME}/{self._spans.name}/{self._embedder.name}/{self._threshold:g}"

    def read(self, question: str, evidence: Sequence[Evidence]) -> Reading:
        """The sentences that answer, exactly, with the short answer where there is one; declined when they do not.

        Of equally good sentences the one of the higher ranked chunk is taken. Declined without evidence.
        """
        asked = parse_question(question)
        if asked.about_article:
            fact = read_article_fact(question, evidence)
            if fact is not None:
                return Reading(
                    reader="extractive",
                    drafts=(fact.draft,),
                    short_answer=fact.short_answer,
                    confidence=FACT_CONFIDENCE,
                )
        ranked = self._rank(asked, evidence)
        if not ranked.sentences:
            return Reading(reader="extractive", declined=NO_EVIDENCE)
        chosen = choose(asked, candidates_of(asked, ranked.sentences, ranked.signal, ranked.weighing))
        judgement = judge(asked, chosen, ranked.views, ranked.weighing)
        if judgement.confidence < self._threshold:
            return Reading(reader="extractive", confidence=judgement.confidence, declined=judgement.shortfall)
        return self._answer(asked, chosen, ranked, confidence=judgement.confidence)

    def stream(self, question: str, evidence: Sequence[Evidence]) -> Iterator[str | Reading]:
        """The whole text as one piece, then the Reading: there is nothing to wait for."""
        reading = self.read(question, evidence)
        if reading.drafts:
            yield " ".join(draft.text for draft in reading.drafts)
        yield reading

    def _rank(self, question: Question, evidence: Sequence[Evidence]) -> Ranked:
        views = views_of(evidence, self._library)
        sentences, ranks = sentences_of(evidence, views)
        weighing = weigh(question, sentences)
        signal = read_spans(self._spans, question.text, evidence)
        scored = score_by_words(question, sentences, Context(views, weighing, ranks))
        read_best = sorted(scored, key=lambda one: -signal.margin(one.sentence))[:N_READ_BEST]
        likely = scored[:N_EMBEDDED] + [one for one in read_best if one not in scored[:N_EMBEDDED]]
        cosines = self._embeddings.cosines(question.text, [one.sentence for one in likely])
        return Ranked(add_meaning(likely, cosines), views, weighing, signal)

    def _answer(self, question: Question, chosen: Chosen, ranked: Ranked, *, confidence: float) -> Reading:
        view = ranked.views[chosen.scored.sentence.article.article_id]
        conflicts, other_sides = find_conflicts(question, chosen, ranked.sentences)
        return Reading(
            reader="extractive",
            drafts=answer_drafts(question, chosen, ranked.sentences, view, other_sides=other_sides),
            short_answer=short_answer(question, chosen),
            confidence=confidence,
            conflicts=conflicts,
        )
