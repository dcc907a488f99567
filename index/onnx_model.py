"""The room of onnxruntime and tokenizers: model.onnx, tokenizer.json and card.json become something to run.

Knows nothing of what a model is for. It must not download anything, and it trusts no file whose hash is not the card's.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort  # type: ignore[import-untyped]
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from .errors import StorageError

MAX_CELLS = 4096  # word pieces in one batch, padding included
CHARS_PER_PIECE = 100  # a longer word is one unknown piece anyway
SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What card.json says: identity, shape, and the hashes of the files beside it."""

    name: str
    dim: int
    max_pieces: int
    sha256: str
    tokenizer_sha256: str
    licence: str
    origin: str


def read_card(folder: Path) -> ModelCard:
    """The card of a model folder; StorageError when it is missing or unreadable."""
    try:
        facts = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        return ModelCard(**{name: facts[name] for name in ModelCard.__slots__})
    except (OSError, ValueError, KeyError) as error:
        raise StorageError(
            f"the model folder {folder} has no usable card.json ({error}); reinstall Dateline"
        ) from error


def checked_bytes(path: Path, *, sha256: str) -> bytes:
    """The file's bytes, if they have this hash; StorageError otherwise."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StorageError(f"the model file {path} cannot be read ({error.strerror}); reinstall Dateline") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise StorageError(
            f"the model file {path} is damaged: its hash is not the one in card.json; reinstall Dateline"
        )
    return content


def n_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class WordPieces:
    """Text to word pieces. Any str is legal: lone surrogates become U+FFFD, and what is over the limit is cut off."""

    def __init__(self, tokenizer_json: bytes, *, max_pieces: int) -> None:
        self.max_pieces = max_pieces
        self._tokenizer = Tokenizer.from_str(tokenizer_json.decode("utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_pieces)

    def encode(self, texts: Sequence[str]) -> list[Encoding]:
        """One encoding a text, in order. A megabyte costs no more than what the model can see of it."""
        return self._tokenizer.encode_batch([self._readable(text) for text in texts])

    def bare(self, texts: Sequence[str], *, max_pieces: int) -> list[tuple[list[int], list[tuple[int, int]]]]:
        """Word pieces without special ones, at most so many a text, and the code points `[start, end)` of each."""
        limit = max_pieces * CHARS_PER_PIECE
        readable = [SURROGATES.sub("\ufffd", text[:limit]) for text in texts]
        found = self._tokenizer.encode_batch(readable, add_special_tokens=False)
        return [(one.ids[:max_pieces], one.offsets[:max_pieces]) for one in found]

    def _readable(self, text: str) -> str:
        return SURROGATES.sub("\ufffd", text.strip()[: self.max_pieces * CHARS_PER_PIECE])


def batches_by_length(lengths: Sequence[int], *, max_cells: int) -> Iterator[list[int]]:
    """Positions grouped so that neighbours are of like length and rows * longest <= max_cells; longest batches first.

    Long first, so that the last batch to finish is a short one. A row over the limit is a batch of its own.
    """
    batch: list[int] = []
    for position in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > max_cells:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


class OnnxModel:
    """One session, run by several threads at once, one batch a thread: batches need no waiting for each other."""

    def __init__(self, model: bytes, *, n_threads: int | None = None) -> None:
        self._threads = n_threads or n_cores()
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors only
        self._session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def run(self, feeds: Mapping[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """One batch through the model; the outputs in the model's order."""
        outputs: list[NDArray[Any]] = self._session.run(None, dict(feeds))
        return outputs

    def run_all(self, feeds: Sequence[Mapping[str, NDArray[Any]]]) -> Iterator[list[NDArray[Any]]]:
        """All batches on all cores, outputs in the order of the batches."""
        if len(feeds) <= 1 or self._threads == 1:
            yield from map(self.run, feeds)
            return
        with ThreadPoolExecutor(min(self._threads, len(feeds)), thread_name_prefix="onnx") as pool:
            yield from pool.map(self.run, feeds)


def padded(encodings: Sequence[Encoding]) -> dict[str, NDArray[np.int64]]:
    """`input_ids` and `attention_mask`, (n, longest) int64, zero-padded on the right."""
    longest = max(len(encoding.ids) for encoding in encodings)
    ids = np.zeros((len(encodings), longest), np.int64)
    mask = np.zeros_like(ids)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding.ids)] = encoding.ids
        mask[row, : len(encoding.ids)] = 1
    return {"input_ids": ids, "attention_mask": mask}
