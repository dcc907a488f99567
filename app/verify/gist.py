"""The part of a source that a trained model reads with a statement: what shares most words with it, in its order."""

import math
from collections import Counter

from ...index.sentences import split_sentences
from .tokens import tokens_of

MAX_CHARS = 900
_NEIGHBOUR = 0.35  # of a sentence's worth goes to those beside it, which say who "he" is


def gist(statement: str, source: str) -> str:
    """The sentences of a source that have most of a statement's rarer words, at most about MAX_CHARS of them."""
    bounds = split_sentences(source)
    stems = [frozenset(token.stem for token in tokens_of(source[a:b]) if token.content) for a, b in bounds]
    counts = Counter(stem for one in stems for stem in one)
    said = {token.stem for token in tokens_of(statement) if token.content}
    worth = [sum(math.log(1 + len(stems) / counts[stem]) for stem in said & one) for one in stems]
    beside = [max(worth[max(0, i - 1) : i + 2], default=0.0) for i in range(len(worth))]
    order = sorted(range(len(worth)), key=lambda i: -worth[i] - _NEIGHBOUR * beside[i])
    taken: list[int] = []
    room = MAX_CHARS
    for place in order:
        length = bounds[place][1] - bounds[place][0]
        if taken and length > room:
            break
        taken.append(place)
        room -= length
    return " ".join(source[slice(*bounds[place])].strip() for place in sorted(taken))
