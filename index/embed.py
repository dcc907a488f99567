"""From words to embeddings: the seam, the shipped model, and a double for tests.

An embedder's `name` is part of the record: embeddings of different names never meet. Hosted embeddings are
`hosted_embed`; the shape that LlamaIndex wants is `llama`.
"""

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .onnx_model import MAX_CELLS, OnnxModel, WordPieces, batches_by_length, checked_bytes, padded, read_card

SHIPPED = Path(__file__).parent / "models" / "embedder"
N_CACHED_QUERIES = 256


class Embedder(Protocol):
    """Words to L2-normalised float32 embeddings. Any text is legal, the empty one too."""

    @property
    def name(self) -> str:
        """Identity: model, quantisation, version."""

    @property
    def dim(self) -> int:
        """Length of an embedding."""

    def embed_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dim) in the order of the texts; (0, dim) for none. ProviderError when an outside service fails."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """(dim,) for what is searched for."""


class OnnxEmbedder:
    """The model of a folder (model.onnx, tokenizer.json, card.json), on all cores.

    An embedding depends on its text alone, not on the batch it came in. Only the first `max_pieces` word pieces count.
    """

    def __init__(self, folder: Path, *, n_threads: int | None = None) -> None:
        card = read_card(folder)
        self.name = card.name
        self.dim = card.dim
        tokenizer = checked_bytes(folder / "tokenizer.json", sha256=card.tokenizer_sha256)
        self._pieces = WordPieces(tokenizer, max_pieces=card.max_pieces)
        self._model = OnnxModel(checked_bytes(folder / "model.onnx", sha256=card.sha256), n_threads=n_threads)
        self._cached_query = lru_cache(N_CACHED_QUERIES)(self._embed_one)

    def embed_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dim) in the order of the texts; (0, dim) for none."""
        encodings = self._pieces.encode(texts)
        embeddings = np.zeros((len(texts), self.dim), np.float32)
        batches = list(batches_by_length([len(encoding.ids) for encoding in encodings], max_cells=MAX_CELLS))
        feeds = [padded([encodings[i] for i in batch]) for batch in batches]
        for batch, outputs in zip(batches, self._model.run_all(feeds), strict=True):
            embeddings[batch] = outputs[0]
        return embeddings

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """(dim,); the last few hundred queries are remembered."""
        embedding: NDArray[np.float32] = self._cached_query(text).copy()
        return embedding

    def _embed_one(self, text: str) -> NDArray[np.float32]:
        embedding: NDArray[np.float32] = self.embed_texts([text])[0]
        return embedding


class HashEmbedder:
    """A double: deterministic, instant, different texts get different embeddings. Knows nothing of meaning."""

    name = "hash-64"
    dim = 64

    def embed_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, 64) in the order of the texts."""
        rows = [self.embed_query(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dim), np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """(64,) drawn from the text's SHA-512."""
        digest = hashlib.sha512(text.encode("utf-8", "surrogatepass")).digest()
        # Odd numbers around zero: no byte gives 0, so the norm is never 0.
        values = np.frombuffer(digest, np.uint8).astype(np.float32) * 2 - 255
        embedding: NDArray[np.float32] = values / np.float32(np.linalg.norm(values))
        return embedding


@cache
def default_embedder() -> OnnxEmbedder:
    """The shipped all-MiniLM-L6-v2 in int8, loaded once in a process. StorageError when its files are damaged."""
    return OnnxEmbedder(SHIPPED)
