"""How well a statement is supported by its sources, in [0, 1]: cheap signs weighed by a logistic model.

The verdict is `judge`'s and strict; the score orders statements within it and is kinder: it asks what stands anywhere
in the source, not in the sentences nearest to the statement alone. A trained model that reads a statement with its
`gist` adds what words cannot tell: its number is `Signs.read`. `benchmarks/support.py` fits and measures the weights.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .equal import has_word, same_amount, same_date
from .judge import Judgement
from .nearest import coverage, rarity
from .passage import Passage, sentence_passage, statement_passage

# Fitted on AttributionBench dev and WiCE dev, no weight allowed against its sense; docs/benchmarks.md, "Support",
# 2026-11-23. The penalty was chosen by hand: a fact altered in a sentence that is else the source's own is no support.
WEIGHTS: Mapping[str, float] = {
    "near_min": 1.379,
    "together_mean": 0.876,
    "runs_mean": 1.332,
    "amounts_nowhere": -1.978,
    "names_nowhere": -0.822,
}
BIAS = -1.066
PENALTY = 2.0
# How the signs' log odds and a trained model's are joined, where there is one: fitted on statements of AttributionBench
# and WiCE whose sources the model was not trained on.
READ_BIAS, READ_SIGNS, READ_WEIGHT = 0.16, 0.58, 0.64
ELSE_THE_SAME = 0.6
_COMPANY = 3  # words of meaning behind a word that make pairs with it
_SURE = 1e-4  # a model's number is kept this far from 0 and 1


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells the support of one sentence.

    `near`: share of its words, by rarity, in the nearest sentences. `together`: share of its pairs of close words
    that stand in one sentence of the source. `runs`: share of its words in runs of three that stand there.
    `…_nowhere`: facts that stand nowhere in the source. `altered`: contradicted, but else in the source's own words.
    `read`: what a trained model gives it, in [0, 1]; None without one.
    """

    near: float
    together: float
    runs: float
    amounts_nowhere: int
    names_nowhere: int
    altered: bool
    read: float | None = None


def signs(statement: str, judged: Judgement, passages: Sequence[Passage], *, read: float | None = None) -> Signs:
    """The signs of a sentence that was judged against the passages of its source."""
    said = statement_passage(statement)
    near = [sentence_passage(one.sentence) for one in judged.near]
    return Signs(
        near=coverage(said.stems, near, weights=rarity(passages), unseen=math.log(1 + len(passages))),
        together=_together(said, passages),
        runs=_in_runs(said, passages),
        amounts_nowhere=_amounts_nowhere(said, passages),
        names_nowhere=_names_nowhere(said, passages),
        altered=judged.verdict == "contradicted" and judged.covered >= ELSE_THE_SAME,
        read=read,
    )


def taken_together(told: Sequence[Signs]) -> dict[str, float]:
    """The signs of all sentences of a statement as one row, by the names of WEIGHTS."""
    n = max(1, len(told))
    return {
        "near_min": min((one.near for one in told), default=0.0),
        "together_mean": sum(one.together for one in told) / n,
        "runs_mean": sum(one.runs for one in told) / n,
        "amounts_nowhere": max((math.log1p(one.amounts_nowhere) for one in told), default=0.0),
        "names_nowhere": max((math.log1p(one.names_nowhere) for one in told), default=0.0),
    }


def score(told: Sequence[Signs]) -> float:
    """The support of a statement of these sentences, in [0, 1]; 0.0 for none.

    A trained model counts where it has read every sentence; the least that it gives is that of the whole.
    """
    if not told:
        return 0.0
    row = taken_together(told)
    z = BIAS + sum(weight * row[name] for name, weight in WEIGHTS.items())
    z -= PENALTY * any(one.altered for one in told)
    read = [one.read for one in told if one.read is not None]
    if len(read) == len(told):
        z = READ_BIAS + READ_SIGNS * z + READ_WEIGHT * min(_log_odds(one) for one in read)
    return 1 / (1 + math.exp(-z))


def _log_odds(share: float) -> float:
    kept = min(max(share, _SURE), 1 - _SURE)
    return math.log(kept / (1 - kept))


def _together(said: Passage, passages: Sequence[Passage]) -> float:
    content = [token.stem for token in said.tokens if token.content]
    pairs = {(a, b) for i, a in enumerate(content) for b in content[i + 1 : i + 1 + _COMPANY] if a != b}
    if not pairs:
        return float(any(said.stems <= passage.stems for passage in passages))
    held = [passage.stems for passage in passages]
    return sum(any(a in stems and b in stems for stems in held) for a, b in pairs) / len(pairs)


def _in_runs(said: Passage, passages: Sequence[Passage]) -> float:
    known = {run for passage in passages for run in _runs(passage)}
    inside = {place for i, run in enumerate(_runs(said)) if run in known for place in range(i, i + 3)}
    return len(inside) / len(said.tokens) if said.tokens else 0.0


def _runs(passage: Passage) -> Iterable[tuple[str, str, str]]:
    stems = [token.stem for token in passage.tokens]
    return zip(stems, stems[1:], stems[2:], strict=False)


def _amounts_nowhere(said: Passage, passages: Sequence[Passage]) -> int:
    """Numbers and days that no sentence of the source has in an equal form; a day that is not told counts as there."""
    stems = frozenset(token.stem for passage in passages for token in passage.tokens)
    amounts = [a for a in said.amounts if not any(same_amount(a, other) for p in passages for other in p.amounts)]
    dates = [d for d in said.dates if not any(same_date(d, other) for p in passages for other in p.dates)]
    lost = [one.text for one in amounts if one.exact or one.value not in (0.0, 1.0)]
    lost += [one.text for one in dates if one.stated]
    return sum(not _figures(text) <= stems or not _figures(text) for text in lost)


def _figures(text: str) -> frozenset[str]:
    return frozenset(token.stem for token in statement_passage(text).tokens if token.text[0].isdigit())


def _names_nowhere(said: Passage, passages: Sequence[Passage]) -> int:
    """Capitalised words inside the sentence, months too, that the source has nowhere, in no spelling."""
    known = frozenset(word for passage in passages for word in passage.words)
    stems = frozenset(token.stem for passage in passages for token in passage.tokens)
    inside = [token for _, token in pairwise(said.tokens) if token.content and token.text[0].isupper()]
    return sum(token.stem not in stems and not has_word(token.folded, known) for token in inside)
