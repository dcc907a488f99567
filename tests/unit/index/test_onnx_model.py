"""Batches, padding, and files that are not what they should be."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.index.embed import SHIPPED
from dateline.index.errors import StorageError
from dateline.index.onnx_model import OnnxModel, WordPieces, batches_by_length, checked_bytes, padded, read_card


def test_batches_by_length_like_lengths_together_longest_first() -> None:
    # Cells are rows times the longest: 5 + 5 = 2 * 5 = 10, a third row would be 15; then 2, 1 fit with 1.
    assert list(batches_by_length([1, 5, 2, 5, 1], max_cells=10)) == [[1, 3], [2, 0, 4]]


def test_batches_by_length_row_over_the_limit_alone() -> None:
    assert list(batches_by_length([3, 99], max_cells=10)) == [[1], [0]]


def test_batches_by_length_none_none() -> None:
    assert list(batches_by_length([], max_cells=10)) == []


@given(st.lists(st.integers(1, 40), max_size=60))
def test_batches_by_length_any_lengths_each_once_within_limit(lengths: list[int]) -> None:
    batches = list(batches_by_length(lengths, max_cells=64))
    assert sorted(i for batch in batches for i in batch) == list(range(len(lengths)))
    assert all(len(batch) * max(lengths[i] for i in batch) <= 64 for batch in batches)


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces((SHIPPED / "tokenizer.json").read_bytes(), max_pieces=8)


def test_word_pieces_known_words_known_ids(pieces: WordPieces) -> None:
    # 101 and 102 open and close; "hello world" is 7592 2088 in BERT's uncased vocabulary.
    (encoding,) = pieces.encode(["Hello WORLD"])
    assert encoding.ids == [101, 7592, 2088, 102]


def test_word_pieces_long_text_cut_to_the_limit(pieces: WordPieces) -> None:
    (encoding,) = pieces.encode(["hello " * 50_000])
    assert len(encoding.ids) == 8


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "x" * 1_000_000, "\u200b" * 100], ids=ascii)
def test_word_pieces_odd_text_encoded(pieces: WordPieces, text: str) -> None:
    (encoding,) = pieces.encode([text])
    assert 2 <= len(encoding.ids) <= 8


def test_padded_rows_of_two_lengths_zeros_and_mask(pieces: WordPieces) -> None:
    feeds = padded(pieces.encode(["hello", "hello world"]))
    np.testing.assert_array_equal(feeds["input_ids"], [[101, 7592, 102, 0], [101, 7592, 2088, 102]])
    np.testing.assert_array_equal(feeds["attention_mask"], [[1, 1, 1, 0], [1, 1, 1, 1]])


@pytest.mark.parametrize("n_threads", [1, 3])
def test_run_all_several_batches_outputs_in_their_order(n_threads: int) -> None:
    model = OnnxModel((SHIPPED / "model.onnx").read_bytes(), n_threads=n_threads)
    feeds = [
        {"input_ids": np.array([[101, word, 102]]), "attention_mask": np.array([[1, 1, 1]])}
        for word in (7592, 2088, 2154)
    ]
    alone = [model.run(feed)[0] for feed in feeds]
    together = [outputs[0] for outputs in model.run_all(feeds)]
    np.testing.assert_allclose(together, alone, atol=1e-6)
    assert not np.allclose(alone[0], alone[1], atol=1e-2)


def test_checked_bytes_damaged_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"torn")
    with pytest.raises(StorageError, match="damaged"):
        checked_bytes(path, sha256="0" * 64)


def test_checked_bytes_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be read"):
        checked_bytes(tmp_path / "model.onnx", sha256="0" * 64)


@pytest.mark.parametrize(
    "content", [None, "{", "{}", json.dumps({"name": "x"})], ids=["missing", "torn", "empty", "part"]
)
def test_read_card_unusable_says_so(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "card.json").write_text(content, encoding="utf-8")
    with pytest.raises(StorageError, match=r"card\.json"):
        read_card(tmp_path)
