"""The reader's network as a judge of support: it reads a statement with what its source says of the same."""

import math

from ...index.spans import SupportModel, default_span_model
from .draft import Read
from .gist import gist


def shipped_support() -> Read:
    """That of the shipped network, loaded once in a process."""
    return network_support(default_span_model())


def network_support(model: SupportModel) -> Read:
    """A function of a sentence and the text of a source: how likely the source says it, in [0, 1]."""

    def read(sentence: str, source: str) -> float:
        (odds,) = model.support(sentence, [gist(sentence, source)])
        return 1 / (1 + math.exp(-odds))

    return read
