"""Embeddings from OpenAI or any server that speaks its protocol, through LlamaIndex's class.

Imported only where such a model is set, since LlamaIndex and the openai client are heavy. Retries are made here and
nowhere else: LlamaIndex retries around the client, which retries by itself, so that three would become twelve.
"""

import math
import os
import time
from collections.abc import Callable, Sequence

import httpx
import numpy as np
import openai
from llama_index.embeddings.openai import OpenAIEmbedding  # type: ignore[import-untyped]
from numpy.typing import NDArray

from .errors import ProviderError, ProviderGarbled, ProviderRefused, ProviderUnavailable, SettingsError

OPENAI_BASE = "https://api.openai.com/v1"
MAX_CHARS = 8000  # what is beyond is not seen; OpenAI refuses texts over 8,191 tokens
BATCH_SIZE = 96
MAX_WAIT_S = 30.0
RETRYABLE = frozenset({408, 409, 425, 429})


class HostedEmbedder:
    """A hosted model as an Embedder: L2-normalised float32, any text legal, failures as ProviderError.

    `api_base` None means OPENAI_BASE_URL, and without that OpenAI's own address. The dimension is asked of the server
    once. `n_attempts` counts the first one.
    """

    def __init__(
        self,
        model: str,
        *,
        api_key: str | None = None,
        api_base: str | None = None,
        timeout_s: float = 60.0,
        n_attempts: int = 4,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = f"hosted:{model}"
        self._model, self._n_attempts, self._sleep = model, n_attempts, sleep
        self._dim: int | None = None
        self._base = api_base or os.environ.get("OPENAI_BASE_URL") or OPENAI_BASE
        key = api_key or os.environ.get("OPENAI_API_KEY")
        if key is None and self._base == OPENAI_BASE:
            raise SettingsError(f"embeddings by {model!r} need OPENAI_API_KEY, or OPENAI_BASE_URL of your own server")
        # `model_name` and not `model`, which takes OpenAI's names only; LlamaIndex by itself reads OPENAI_API_BASE.
        self._client = OpenAIEmbedding(
            model_name=model,
            api_key=key or "none",
            api_base=self._base,
            max_retries=0,
            timeout=timeout_s,
            embed_batch_size=BATCH_SIZE,
        )

    @property
    def dim(self) -> int:
        """Length of an embedding; asks the server when nothing was embedded yet. Raises ProviderError."""
        if self._dim is None:
            self._dim = len(self._fetch(["dimension"])[0])
        return self._dim

    def embed_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dim) in the order of the texts; (0, dim) for none. Raises ProviderError."""
        rows: list[list[float]] = []
        for first in range(0, len(texts), BATCH_SIZE):
            rows += self._fetch([_sendable(text) for text in texts[first : first + BATCH_SIZE]])
        if not rows:
            return np.zeros((0, self.dim), np.float32)
        self._dim = self._dim or len(rows[0])
        return self._normalised(rows)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """(dim,). Raises ProviderError."""
        embedding: NDArray[np.float32] = self.embed_texts([text])[0]
        return embedding

    def _normalised(self, rows: list[list[float]]) -> NDArray[np.float32]:
        if any(len(row) != self._dim for row in rows):
            lengths = sorted({len(row) for row in rows})
            raise ProviderGarbled(
                f"{self._base} gave embeddings of {lengths} numbers, not {self._dim}; check the model"
            )
        embeddings = np.asarray(rows, np.float32)
        norms = np.linalg.norm(embeddings, axis=1, keepdims=True)
        if not np.isfinite(norms).all() or not norms.all():
            raise ProviderGarbled(f"{self._base} gave embeddings that are zero or not finite; check the model")
        unit: NDArray[np.float32] = embeddings / norms
        return unit

    def _fetch(self, texts: list[str]) -> list[list[float]]:
        """One request, tried again while that can help."""
        for attempt in range(self._n_attempts):
            try:
                rows: list[list[float]] = self._client.get_text_embedding_batch(texts)
            except (openai.OpenAIError, httpx.HTTPError, ValueError, TypeError, LookupError, AttributeError) as error:
                failure = self._failure(error)
                if not failure.retryable or attempt + 1 == self._n_attempts:
                    raise failure from error
                self._sleep(_wait_s(error, attempt=attempt))
            else:
                if len(rows) != len(texts):
                    raise ProviderGarbled(f"{self._base} gave {len(rows)} embeddings for {len(texts)} texts")
                return rows
        raise ValueError(f"n_attempts must be at least 1, not {self._n_attempts}")

    def _failure(self, error: Exception) -> ProviderError:
        """The leaf of the error tree for what the client raised; never with the key."""
        at = f"embeddings by {self._model!r} at {self._base}"
        if isinstance(error, openai.APITimeoutError):
            return ProviderUnavailable(f"{at}: no reply in time; try later or set a longer time-out")
        if isinstance(error, openai.APIConnectionError | httpx.HTTPError):
            return ProviderUnavailable(f"{at}: no connection; check the address and that the server runs")
        if isinstance(error, openai.APIStatusError):
            return _status_failure(error.status_code, at=at)
        return ProviderGarbled(f"{at}: the reply is no list of embeddings; is it an OpenAI-compatible server?")


def _status_failure(status: int, *, at: str) -> ProviderError:
    if status in RETRYABLE or status >= 500:
        return ProviderUnavailable(f"{at}: overloaded or failing ({status}); try later")
    if status in (401, 403):
        return ProviderRefused(f"{at}: the key was refused ({status}); set OPENAI_API_KEY to one that is valid there")
    if status == 404:
        return ProviderRefused(f"{at}: unknown model or address (404); the address usually ends in /v1")
    return ProviderRefused(f"{at}: the request was refused ({status}); check the model")


def _wait_s(error: Exception, *, attempt: int) -> float:
    """What the server asked for (Retry-After in seconds), else half a second, doubled each time."""
    asked = error.response.headers.get("retry-after", "") if isinstance(error, openai.APIStatusError) else ""
    try:
        wait = float(asked)
    except ValueError:
        wait = math.nan
    return min(wait, MAX_WAIT_S) if wait >= 0 else 0.5 * 2**attempt


def _sendable(text: str) -> str:
    """Valid UTF-8, not too long, and not blank, which OpenAI refuses."""
    return text[:MAX_CHARS].encode("utf-8", "replace").decode("utf-8").replace("\x00", " ").strip() or "."
