"""How near the words of a question stand to a value in its sentence."""

import math
import re

from .named_values import Value
from .question_words import fold, stem
from .sentence_scores import Scored, Weighing

REACH_CHARS = 45.0
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


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
