"""What every embedder promises: the shipped model, a hosted one over real HTTP, the double, and LlamaIndex's shape."""

from collections.abc import Callable

import numpy as np
import pytest
from scripted_llm import ScriptedLLM

from dateline.index.embed import Embedder, HashEmbedder, default_embedder
from dateline.index.hosted_embed import HostedEmbedder
from dateline.index.llama import DatelineEmbedding

TEXTS = [
    "Rain fell on Oslo.",
    "",
    "The bank cut rates.",
    "   ",
    "\x00",
    "\ud83d half",
    "😀 🇳🇴",
    "x" * 50_000,
    "Rain fell on Oslo.",
]
KINDS = ("shipped", "double", "hosted")


@pytest.fixture(params=KINDS)
def embedder(request: pytest.FixtureRequest, scripted_llm: ScriptedLLM) -> Embedder:
    make: dict[str, Callable[[], Embedder]] = {
        "shipped": default_embedder,
        "double": HashEmbedder,
        "hosted": lambda: HostedEmbedder("scripted", api_base=scripted_llm.url),
    }
    return make[request.param]()


def test_embed_texts_any_texts_unit_rows_of_the_dimension(embedder: Embedder) -> None:
    embeddings = embedder.embed_texts(TEXTS)
    assert embeddings.shape == (len(TEXTS), embedder.dim)
    assert embeddings.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(embeddings, axis=1), 1.0, atol=1e-5)


def test_embed_texts_no_text_no_row(embedder: Embedder) -> None:
    assert embedder.embed_texts([]).shape == (0, embedder.dim)


def test_embed_texts_equal_texts_equal_rows_others_not(embedder: Embedder) -> None:
    embeddings = embedder.embed_texts(TEXTS)
    np.testing.assert_allclose(embeddings[0], embeddings[-1], atol=1e-5)
    assert float(embeddings[0] @ embeddings[2]) < 0.99


def test_embed_query_same_as_text(embedder: Embedder) -> None:
    np.testing.assert_allclose(embedder.embed_query(TEXTS[2]), embedder.embed_texts(TEXTS)[2], atol=1e-3)


def test_embed_query_result_changed_by_caller_next_one_untouched(embedder: Embedder) -> None:
    first = embedder.embed_query("rates").copy()
    embedder.embed_query("rates")[:] = 0
    np.testing.assert_allclose(embedder.embed_query("rates"), first, atol=1e-6)


def test_name_says_something(embedder: Embedder) -> None:
    assert embedder.name.strip()


def test_llama_index_shape_same_numbers(embedder: Embedder) -> None:
    shaped = DatelineEmbedding(embedder)
    expected = embedder.embed_texts(TEXTS[:3])
    np.testing.assert_allclose(shaped.get_text_embedding_batch(TEXTS[:3]), expected, atol=1e-6)
    np.testing.assert_allclose(shaped.get_text_embedding(TEXTS[0]), expected[0], atol=1e-3)
    np.testing.assert_allclose(shaped.get_query_embedding(TEXTS[2]), expected[2], atol=1e-3)
    assert shaped.model_name == embedder.name
