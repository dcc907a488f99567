"""The reader's network as a judge of support: it reads a statement with what its source says of the same."""

import math
from collections.abc import Callable

from ...index.spans import SupportModel
from .gist import gist


def network_support(model: SupportModel) -> Callable[[str, str], float]:
    """A function of a sentence and the text of a source: how likely the source says it, in [0, 1]."""

    def read(sentence: str, source: str) -> float:
        (odds,) = model.support(sentence, [gist(sentence, source)])
        return 1 / (1 + math.exp(-odds))

    return read
