"""The reader's network: where in a passage a question's exact answer stands, and whether it stands there at all.

One pass over question, title and passage gives each word piece a score as the answer's first and as its last; the same
two scores of the first piece, [CLS], stand for "not here". What is above them is the passage's margin, which also
ranks passages. It must not know what kind of answer is asked for, nor decide whether the best is good enough.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .onnx_model import OnnxModel, WordPieces, batches_by_length, checked_bytes, read_card

SHIPPED = Path(__file__).parent / "models" / "reader"
CLS, SEP = 101, 102
MAX_QUESTION, MAX_STATEMENT, MAX_HEAD = 64, 96, 40  # word pieces
MAX_SPAN = 30  # word pieces of an answer
N_KEPT = 256  # results: a few questions with their candidates
_WORD = re.compile(r"\w+")
MAX_CELLS = 900  # word pieces in one batch, padding included: small, so that two cores share eight chunks


@dataclass(frozen=True, slots=True)
class Passage:
    """Words to be read, and what stands before them (title, publisher, date): read too, but never the answer."""

    text: str
    head: str = ""


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """`text[start:end]` of a passage, and its score less that of "not here": above 0 it is the likelier."""

    start: int
    end: int
    margin: float


@dataclass(frozen=True, slots=True, eq=False)
class SpanScores:
    """What the network makes of one passage.

    `first` and `last` (n,) are the scores of its n word pieces, less those of "not here"; `offsets` (n, 2) their code
    points; `here` the log odds that the passage answers at all.
    """

    first: NDArray[np.float32]
    last: NDArray[np.float32]
    offsets: NDArray[np.int64]
    here: float

    def best(self, start: int = 0, end: int | None = None) -> ScoredSpan | None:
        """The best span inside `[start, end)` of the passage, the earlier of equals; None when no word is inside."""
        inside = self.offsets[:, 0] >= start
        if end is not None:
            inside &= self.offsets[:, 1] <= end
        places = np.flatnonzero(inside)
        if not len(places):
            return None
        sums = self.first[places][:, None] + self.last[places][None, :]
        order = places[None, :] - places[:, None]
        sums = np.where((order >= 0) & (order < MAX_SPAN), sums, -np.inf)
        row, column = np.unravel_index(int(np.argmax(sums)), sums.shape)
        i, j = places[row], places[column]
        return ScoredSpan(int(self.offsets[i, 0]), int(self.offsets[j, 1]), float(sums[row, column]))

    def margin_of(self, start: int, end: int) -> float:
        """The margin of the very span `[start, end)`, widened to whole word pieces; -inf where none is."""
        touched = np.flatnonzero((self.offsets[:, 0] < end) & (self.offsets[:, 1] > start))
        return float(self.first[touched[0]] + self.last[touched[-1]]) if len(touched) else -np.inf


class SpanModel(Protocol):
    """Reads passages for an answer."""

    @property
    def name(self) -> str:
        """Identity: model, quantisation, version."""

    def score(self, question: str, passages: Sequence[Passage]) -> list[SpanScores]:
        """One result a passage, in their order; a passage's scores do not depend on the others."""


class SupportModel(Protocol):
    """Tells whether passages say what a statement says."""

    def support(self, statement: str, passages: Sequence[str]) -> list[float]:
        """Log odds, one a passage, in their order."""


class OnnxSpanModel:
    """The model of a folder (model.onnx, tokenizer.json, card.json), on all cores.

    The last few hundred results are remembered: what was read for reranking is not read again for the answer.
    """

    def __init__(self, folder: Path, *, n_threads: int | None = None) -> None:
        card = read_card(folder)
        self.name = card.name
        self._max_pieces = card.max_pieces
        tokenizer = checked_bytes(folder / "tokenizer.json", sha256=card.tokenizer_sha256)
        self._pieces = WordPieces(tokenizer, max_pieces=card.max_pieces)
        self._model = OnnxModel(checked_bytes(folder / "model.onnx", sha256=card.sha256), n_threads=n_threads)
        self._kept: OrderedDict[tuple[str, Passage], SpanScores] = OrderedDict()
        self._lock = threading.Lock()

    def score(self, question: str, passages: Sequence[Passage]) -> list[SpanScores]:
        """One result a passage, in their order. What is over the model's length (384 word pieces) is not seen."""
        with self._lock:
            known = {
                passage: self._kept[question, passage] for passage in passages if (question, passage) in self._kept
            }
        new = [passage for passage in dict.fromkeys(passages) if passage not in known]
        known |= dict(zip(new, self._read(question, new), strict=True))
        with self._lock:
            for passage in known:
                self._kept[question, passage] = known[passage]
                self._kept.move_to_end((question, passage))
            while len(self._kept) > N_KEPT:
                self._kept.popitem(last=False)
        return [known[passage] for passage in passages]

    def support(self, statement: str, passages: Sequence[str]) -> list[float]:
        """Log odds that each passage says what the statement says; nothing is remembered."""
        inputs = self._inputs(statement, [Passage(text) for text in passages], max_pieces=MAX_STATEMENT)
        return [float(outputs[2][0]) for outputs in self._run(inputs)]

    def _read(self, question: str, passages: Sequence[Passage]) -> list[SpanScores]:
        inputs = self._inputs(question, passages, max_pieces=MAX_QUESTION)
        rows = zip(inputs, self._run(inputs), strict=True)
        return [_scores(one, outputs[0], float(outputs[1][0])) for one, outputs in rows]

    def _run(self, inputs: "Sequence[_Input]") -> list[list[NDArray[np.float32]]]:
        """The network's outputs for each input, in their order."""
        batches = list(batches_by_length([len(one.pieces) for one in inputs], max_cells=MAX_CELLS))
        feeds = [_feed([inputs[i] for i in batch]) for batch in batches]
        found: dict[int, list[NDArray[np.float32]]] = {}
        for batch, outputs in zip(batches, self._model.run_all(feeds), strict=True):
            found |= {i: [output[row] for output in outputs] for row, i in enumerate(batch)}
        return [found[i] for i in range(len(inputs))]

    def _inputs(self, question: str, passages: Sequence[Passage], *, max_pieces: int) -> list["_Input"]:
        if not passages:
            return []
        ((asked, _),) = self._pieces.bare([question], max_pieces=max_pieces)
        heads = self._pieces.bare([passage.head for passage in passages], max_pieces=MAX_HEAD)
        texts = self._pieces.bare([passage.text for passage in passages], max_pieces=self._max_pieces)
        inputs = []
        for (head, _), (words, offsets) in zip(heads, texts, strict=True):
            before = [CLS, *asked, SEP, *head, *([SEP] if head else [])]
            room = self._max_pieces - len(before) - 1
            inputs.append(_Input([*before, *words[:room], SEP], len(before), offsets[:room]))
        return inputs


@dataclass(frozen=True, slots=True, eq=False)
class _Input:
    """One passage's word pieces with the question before; its own begin at `first`."""

    pieces: list[int]
    first: int
    offsets: list[tuple[int, int]]


def _feed(inputs: Sequence[_Input]) -> dict[str, NDArray[np.int64]]:
    longest = max(len(one.pieces) for one in inputs)
    pieces = np.zeros((len(inputs), longest), np.int64)
    types, mask = np.zeros_like(pieces), np.zeros_like(pieces)
    for row, one in enumerate(inputs):
        n = len(one.pieces)
        pieces[row, :n], mask[row, :n], types[row, one.first : n] = one.pieces, 1, 1
    return {"input_ids": pieces, "token_type_ids": types, "attention_mask": mask}


def _scores(one: _Input, scores: NDArray[np.float32], here: float) -> SpanScores:
    own = scores[one.first : one.first + len(one.offsets)] - scores[0]
    offsets = np.array(one.offsets, np.int64).reshape(-1, 2)
    return SpanScores(own[:, 0], own[:, 1], offsets, here)


class OverlapSpanModel:
    """A double: instant, no files. It points at the word that stands nearest behind the question's words."""

    name = "overlap"

    def score(self, question: str, passages: Sequence[Passage]) -> list[SpanScores]:
        """One result a passage; the more of the question's words stand in it, the higher."""
        asked = set(_WORD.findall(question.lower()))
        return [self._read(passage.text, asked) for passage in passages]

    @staticmethod
    def _read(text: str, asked: set[str]) -> SpanScores:
        words = list(_WORD.finditer(text))
        known = np.array([match.group().lower() in asked for match in words], np.float32)
        share = float(known.sum()) / max(1, len(asked))
        near = np.convolve(known, np.ones(5, np.float32))[: len(words)] if words else known
        scores = (near - 8 * known + 8 * share - 4).astype(np.float32)
        offsets = np.array([match.span() for match in words], np.int64).reshape(-1, 2)
        return SpanScores(scores, scores, offsets, here=8 * share - 4)


@cache
def default_span_model() -> OnnxSpanModel:
    """The shipped reader in int8, loaded once in a process. StorageError when its files are damaged."""
    return OnnxSpanModel(SHIPPED)
