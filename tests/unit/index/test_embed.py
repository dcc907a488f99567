"""The shipped model gives the numbers it gave when it was chosen, whatever batch a text comes in."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from dateline.index.embed import SHIPPED, HashEmbedder, OnnxEmbedder, default_embedder
from dateline.index.errors import StorageError
from dateline.index.onnx_model import read_card

PAIRS = ("The government raised the minimum wage.", "Workers will earn more after a change in the law.")
OTHER = "The striker scored twice in the second half."


@pytest.fixture(scope="module")
def embedder() -> OnnxEmbedder:
    return default_embedder()


def test_card_of_the_shipped_model_is_complete() -> None:
    card = read_card(SHIPPED)
    assert card.licence == "Apache-2.0"
    assert "all-MiniLM-L6-v2" in card.origin
    assert card.sha256.startswith(card.name.rsplit("-", 1)[1])
    assert (SHIPPED / "model.onnx").stat().st_size < 25_000_000


def test_embed_texts_golden_cosines_as_the_fp32_model(embedder: OnnxEmbedder) -> None:
    one, two, other = embedder.embed_texts([*PAIRS, OTHER])
    # The fp32 model under sentence-transformers 6.2 gives 0.4409 and 0.0164.
    assert float(one @ two) == pytest.approx(0.4409, abs=0.03)
    assert float(one @ other) == pytest.approx(0.0164, abs=0.03)


def test_embed_texts_golden_coordinates_as_the_fp32_model(embedder: OnnxEmbedder) -> None:
    np.testing.assert_allclose(embedder.embed_query(PAIRS[0])[:4], [-0.0522, 0.0602, 0.0636, 0.0940], atol=0.02)


def test_embed_texts_alone_or_in_a_batch_same_numbers(embedder: OnnxEmbedder) -> None:
    texts = [OTHER, "word " * 300, "", PAIRS[0]]
    together = embedder.embed_texts(texts)
    for text, row in zip(texts, together, strict=True):
        np.testing.assert_allclose(embedder.embed_texts([text])[0], row, atol=1e-3)


def test_embed_texts_many_threads_same_numbers(embedder: OnnxEmbedder) -> None:
    texts = [f"{PAIRS[n % 2]} {n}" * (n % 7 + 1) for n in range(60)]
    one = OnnxEmbedder(SHIPPED, n_threads=1).embed_texts(texts)
    np.testing.assert_allclose(OnnxEmbedder(SHIPPED, n_threads=3).embed_texts(texts), one, atol=1e-3)


def test_embed_texts_beyond_the_limit_not_seen(embedder: OnnxEmbedder) -> None:
    long = "rain " * 254  # with the two marks of begin and end that is 256 word pieces
    np.testing.assert_allclose(embedder.embed_query(long), embedder.embed_query(long + "wages"), atol=1e-6)


def test_init_damaged_model_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(SHIPPED, tmp_path / "embedder")
    content = bytearray((folder / "model.onnx").read_bytes())
    content[-1000] ^= 1
    (folder / "model.onnx").write_bytes(content)
    with pytest.raises(StorageError, match="damaged"):
        OnnxEmbedder(folder)


def test_hash_embedder_differs_by_text_only() -> None:
    double = HashEmbedder()
    np.testing.assert_array_equal(double.embed_query("a"), HashEmbedder().embed_query("a"))
    assert abs(float(double.embed_query("a") @ double.embed_query("b"))) < 0.9
