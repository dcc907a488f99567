"""The shortest exact answer: of the values that stand in the best sentences, the one that fits and stands nearest.

A value is worth its sentence's score, how well its kind fits, and how near the question's words stand to it.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .asked_values import Value
from .question_kind import Question
from .question_words import fold, stem
from .sentence_scores import Scored, Weighing

N_SENTENCES = 8
FIT_WEIGHT = 2.0
NEAR_WEIGHT = 4.0
REACH_CHARS = 45.0
POOR_FIT = 0.36  # below it a value is hardly of the kind asked for
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SEVERAL = re.compile(r"\bwho (?:are|were|met|discussed|signed|agreed|attended|took part|talked|negotiated)\b", re.I)


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """The sentence that answers, and the value in it; no value where the kind has none or none stands near the top."""

    scored: Scored
    value: Value | None
    near: float


def choose(ranked: Sequence[Scored], weighing: Weighing) -> Chosen:
    """The best pair of sentence and value among the best sentences (best first, at least one)."""
    pairs = [
        (one.score + FIT_WEIGHT * value.fit + NEAR_WEIGHT * near, Chosen(one, value, near))
        for one in ranked[:N_SENTENCES]
        for value in one.values
        for near in (nearness(value, one, weighing),)
    ]
    if not pairs:
        return Chosen(ranked[0], None, 0.0)
    fitting = [pair for pair in pairs if pair[1].value is not None and pair[1].value.fit >= POOR_FIT]
    return max(fitting or pairs, key=lambda pair: pair[0])[1]


def nearness(value: Value, one: Scored, weighing: Weighing) -> float:
    """How near the question's words stand to a value in its sentence, by their weights, in [0, 1]."""
    total = sum(weighing.weights.values())
    if not total:
        return 0.0
    best = dict.fromkeys(weighing.weights, 0.0)
    for match in _WORD.finditer(one.sentence.text):
        word = stem(fold(match.group()))
        if value.start <= match.start() < value.end and value.end - value.start < 60:
            continue
        gap = max(0, value.start - match.end(), match.start() - value.end)
        for asked in best:
            likeness = weighing.alike[asked].get(word, 0.0)
            if likeness:
                best[asked] = max(best[asked], likeness * math.exp(-gap / REACH_CHARS))
    return sum(weighing.weights[asked] * near for asked, near in best.items()) / total


def short_answer(question: Question, chosen: Chosen) -> str | None:
    """The value as a person would say it; None where the question has no short answer or no value stands there."""
    value = chosen.value
    if value is None or question.kind in {"said", "reason", "manner"}:
        return None
    listed = question.kind in {"person", "place", "organisation", "date"}
    if listed and (question.plural or _SEVERAL.search(question.text)):
        return _listed(chosen, value)
    return value.text.strip(" ,;:")


def _listed(chosen: Chosen, first: Value) -> str:
    """All values of the sentence that fit as well as the best, in the order in which they stand."""
    alike = [value for value in chosen.scored.values if value.fit >= 0.8 * first.fit]
    texts = list(dict.fromkeys(value.text for value in sorted(alike, key=lambda value: value.start)))
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
