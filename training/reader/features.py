"""Examples as word pieces: `[CLS] question [SEP] title [SEP] passage [SEP]`, cut around an answer where it is long.

The title stands before the passage as it does when Dateline answers, and no span may begin or end in it.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Encoding, Tokenizer

from .sources import Example

MAX_PIECES, MAX_QUESTION, MAX_TITLE, MAX_STATEMENT = 320, 48, 40, 96
CLS, SEP, PAD = 101, 102, 0


@dataclass(frozen=True, slots=True)
class Window:
    """One input: word pieces, the passage's first place among them, code points of each passage piece, gold spans.

    `spans` are places (first, last) in `pieces`, both included; empty means that this window does not answer.
    `supported` is set where a statement stands in the question's place.
    """

    pieces: tuple[int, ...]
    first: int
    offsets: tuple[tuple[int, int], ...]
    spans: tuple[tuple[int, int], ...]
    source: str
    supported: bool | None = None


class Encoder:
    """Examples to windows; a tokenised passage is kept, since many questions share one."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.tokenizer = tokenizer
        self.known: dict[str, Encoding] = {}

    def encode(self, text: str) -> Encoding:
        """The word pieces of a text, without special ones."""
        if text not in self.known:
            self.known[text] = self.tokenizer.encode(text, add_special_tokens=False)
        return self.known[text]

    def window(self, example: Example, *, rng: random.Random, titled: bool) -> Window:
        """The example as one input; a long passage is cut at random around one answer (or anywhere, without)."""
        longest = MAX_QUESTION if example.supported is None else MAX_STATEMENT
        question = self.encode(example.question).ids[:longest]
        title = self.encode(example.title).ids[:MAX_TITLE] if titled and example.title else []
        head = [CLS, *question, SEP, *title, *([SEP] if title else [])]
        passage = self.encode(example.context)
        places = [span for start, end in example.answers if (span := place(passage.offsets, start, end))]
        room = MAX_PIECES - len(head) - 1
        low = cut(len(passage.ids), room, rng.choice(places) if places else None, rng=rng)
        high = min(len(passage.ids), low + room)
        inside = [(a, b) for a, b in places if low <= a and b < high]
        shift = len(head) - low
        return Window(
            pieces=(*head, *passage.ids[low:high], SEP),
            first=len(head),
            offsets=tuple(passage.offsets[low:high]),
            spans=tuple((a + shift, b + shift) for a, b in inside),
            source=example.source,
            supported=example.supported,
        )


def place(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """First and last piece that touch the span; none where no piece does."""
    touched = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
    return (touched[0], touched[-1]) if touched else None


def cut(n: int, room: int, span: tuple[int, int] | None, *, rng: random.Random) -> int:
    """Where a window of `room` pieces begins in a passage of `n`, with the span inside."""
    if n <= room:
        return 0
    if span is None:
        return rng.randint(0, n - room)
    low, high = max(0, span[1] - room + 1), min(span[0], n - room)
    return rng.randint(min(low, high), max(low, high))


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as arrays, (n, length) each; `start` and `end` are (n,), 0 ([CLS]) where the window does not answer.

    `asks` (n,) tells questions from statements; `supported` (n,) is 1 for a statement that the passage says.
    """

    pieces: np.ndarray
    types: np.ndarray
    mask: np.ndarray
    start: np.ndarray
    end: np.ndarray
    asks: np.ndarray
    supported: np.ndarray
    windows: Sequence[Window]


def batch(windows: Sequence[Window], *, rng: random.Random) -> Batch:
    """Pad to the longest; one of the gold spans is drawn where there are several."""
    length = max(len(w.pieces) for w in windows)
    pieces = np.full((len(windows), length), PAD, np.int64)
    types, mask = np.zeros((len(windows), length), np.int64), np.zeros((len(windows), length), np.float32)
    start, end = np.zeros(len(windows), np.int64), np.zeros(len(windows), np.int64)
    for row, window in enumerate(windows):
        n = len(window.pieces)
        pieces[row, :n], mask[row, :n], types[row, window.first : n] = window.pieces, 1, 1
        if window.spans:
            start[row], end[row] = rng.choice(window.spans)
    asks = np.array([w.supported is None for w in windows])
    supported = np.array([float(bool(w.supported)) for w in windows], np.float32)
    return Batch(pieces, types, mask, start, end, asks, supported, windows)


def batches(windows: Sequence[Window], *, tokens: int, rng: random.Random) -> Iterator[list[Window]]:
    """Groups of about equal length and about `tokens` word pieces, in random order."""
    noisy = sorted(windows, key=lambda w: len(w.pieces) + rng.uniform(0, 12))
    groups: list[list[Window]] = [[]]
    for window in noisy:
        if groups[-1] and (len(groups[-1]) + 1) * len(window.pieces) > tokens:
            groups.append([])
        groups[-1].append(window)
    rng.shuffle(groups)
    return iter(groups)
