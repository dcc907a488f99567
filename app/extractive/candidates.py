"""Every possible short answer of the best sentences, in numbers: what the network, the words and the kind say of it.

Candidates are the values of the asked kind that rules find (a date, a person, …) and the span that the network prefers
in each sentence; where both mean the same words, the rule's value stands, since it is complete and in a normal form.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...index.spans import ScoredSpan
from .asked_places import asks_for_stop, is_dateline
from .named_values import Value
from .quantities import figures
from .question_kind import Question
from .sentence_scores import FEATURES as SENTENCE_FEATURES
from .sentence_scores import Scored, Weighing
from .span_signal import NOT_SEEN, SpanSignal
from .word_distance import nearness

FEATURES = (
    "sentence", "margin", "here", "behind", "fit", "near", "own_span", "agree", "no_fit", "first_rank", "length",
    *(f"sentence_{name}" for name in SENTENCE_FEATURES),
)  # fmt: skip
SPANLESS = frozenset(("said", "yes_no", "summary"))  # what no exact span answers: the sentence does
RULED = frozenset(("role", "route"))
COUNTED = frozenset(("number", "money", "share", "duration"))
WELL_FITTING = 0.6
AGREE = 0.5  # share of common characters from which two spans mean the same words
NAMED = frozenset(("person", "place"))
MORE_WORDS = 4  # so many more than the value in it, and a span is no name
WIDER = -1.5  # how far behind a value counts that the network's span only holds among other words
_CLIP = 14.0


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A value in a sentence, and its features in the order of `FEATURES`; `value` is None where a sentence answers."""

    scored: Scored
    value: Value | None
    near: float
    features: NDArray[np.float64]


def is_ruled(question: Question) -> bool:
    """Whether a rule's whole value says more than a span: who holds a post, which post, which route or stop of one."""
    return question.kind in RULED or bool(question.role) or asks_for_stop(question)


def candidates_of(
    question: Question, ranked: Sequence[Scored], signal: SpanSignal, weighing: Weighing
) -> list[Candidate]:
    """The candidates of each sentence in turn; at least one for each."""
    telling = [one for one in ranked if not one.sentence.text.endswith("?")] or ranked  # a question answers nothing
    top = max((signal.margin(one.sentence) for one in telling), default=NOT_SEEN)
    return [candidate for one in telling for candidate in _of_sentence(question, one, signal, weighing, top_margin=top)]


def _of_sentence(
    question: Question, one: Scored, signal: SpanSignal, weighing: Weighing, *, top_margin: float
) -> Iterator[Candidate]:
    best = signal.best(one.sentence)
    margin = best.margin if best else NOT_SEEN
    common = [one.score, margin, signal.here(one.sentence)]
    rank = float(margin >= top_margin)

    def made(value: Value, *, behind: float, own: float, agree: float) -> Candidate:
        near = nearness(value, one, weighing)
        tail = [value.fit, near, own, agree, float(value.fit == 0), rank, min(1.0, (value.end - value.start) / 100)]
        return Candidate(one, value, near, _vector(one, [*common, max(behind, -_CLIP), *tail]))

    if question.kind in SPANLESS:
        value = one.values[0] if one.values else None
        fit = value.fit if value else 0.0
        yield Candidate(one, value, 0.0, _vector(one, [*common, 0.0, fit, 0.0, 0.0, 0.0, float(fit == 0), rank, 0.0]))
        return
    covered = False
    for value in one.values:
        agree = _agreement(value, best, one) if best else 0.0
        behind = 0.0 if agree == 1.0 else signal.margin_of(one.sentence, value.start, value.end) - margin
        if best and question.kind in NAMED and _is_among(value, best, one):
            agree, behind = max(agree, AGREE), max(behind, WIDER)
        covered |= agree >= AGREE
        yield made(value, behind=behind, own=0.0, agree=agree)
    own = _own_value(question, one, best) if best and not covered else None
    if own is not None:
        yield made(own, behind=0.0, own=1.0, agree=0.0)
    elif not one.values:
        yield Candidate(one, None, 0.0, _vector(one, [*common, -_CLIP, 0, 0, 0, 0, 1.0, rank, 0]))


def _vector(one: Scored, own: Sequence[float]) -> NDArray[np.float64]:
    return np.concatenate([np.array(own, np.float64).clip(-_CLIP, 2 * _CLIP), one.features])


def _is_among(value: Value, best: ScoredSpan, one: Scored) -> bool:
    """Whether a name stands in the network's span among several other words: it is a clause, the name is meant."""
    if value.fit < WELL_FITTING or value.start < best.start or best.end < value.end:
        return False
    words = len(one.sentence.text[best.start : best.end].split())
    return words > len(one.sentence.text[value.start : value.end].split()) + MORE_WORDS


def _own_value(question: Question, one: Scored, best: ScoredSpan) -> Value | None:
    """The network's span as a value, where it can be of the asked kind at all."""
    text = one.sentence.text[best.start : best.end]
    inside = [value.fit for value in one.values if best.start <= value.start and value.end <= best.end]
    if is_ruled(question) and max((value.fit for value in one.values), default=0.0) >= WELL_FITTING:
        return None
    if question.kind == "date" and not inside:
        return None
    if question.kind == "place" and is_dateline(one.sentence, best.start, best.end):
        return None
    if question.kind in COUNTED and not inside and not figures(text):
        return None
    return Value(best.start, best.end, text, max(inside, default=0.0))


def _agreement(value: Value, best: ScoredSpan, one: Scored) -> float:
    """How far a rule's value and the network's span are the same words, in [0, 1].

    1 where the span is part of the value: "12" of "12 December", or "he" of a sentence whose speaker was resolved.
    """
    both = min(value.end, best.end) - max(value.start, best.start)
    if both <= 0:
        return 0.0
    if both == best.end - best.start:
        whole = value.end - value.start >= 0.9 * len(one.sentence.text)
        return 0.0 if whole and _has_name(one, best) else 1.0
    return both / (max(value.end, best.end) - min(value.start, best.start))


def _has_name(one: Scored, best: ScoredSpan) -> bool:
    return any(name.start < best.end and best.start < name.end for name in one.sentence.names)
