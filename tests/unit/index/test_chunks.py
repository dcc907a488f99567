"""Chunks: exact spans, whole sentences, within the budget."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.index.article import Article
from dateline.index.chunks import ChunkSettings, chunk_article, chunk_spans, embedding_text
from dateline.index.sentences import split_sentences
from dateline.index.tokens import count_tokens

SMALL = ChunkSettings(max_tokens=20)


def article(text: str, title: str = "") -> Article:
    return Article(article_id="a", text=text, title=title)


def sentence(n: int) -> str:
    """A sentence of n + 1 tokens: "Rain", (n - 1) times " rain", "."."""
    return "Rain" + " rain" * (n - 1) + "."


def test_sentence_of_the_tests_has_the_tokens_it_claims() -> None:
    assert [count_tokens(sentence(n)) for n in (3, 6, 13)] == [4, 7, 14]


def test_chunk_article_text_within_target_one_chunk() -> None:
    text = f"{sentence(6)} {sentence(6)}"
    (chunk,) = chunk_article(article(text), SMALL)
    assert (chunk.text, chunk.span.start, chunk.span.end) == (text, 0, len(text))
    assert chunk.n_tokens == 14
    assert chunk.chunk_id == f"a#0-{len(text)}"


def test_chunk_article_two_sentences_over_budget_two_chunks() -> None:
    text = f"{sentence(13)} {sentence(13)}"
    assert [chunk.text for chunk in chunk_article(article(text), SMALL)] == [sentence(13), sentence(13)]


def test_chunk_article_equal_sizes_preferred_to_a_full_chunk_and_a_rest() -> None:
    # Four sentences of 7 tokens, target 14 of 20: (7+7, 7+7) costs 0.2 for one cut; (7, 14, 7) and the like cost more.
    text = " ".join([sentence(6)] * 4)
    assert [chunk.n_tokens for chunk in chunk_article(article(text), SMALL)] == [14, 14]


def test_chunk_article_end_of_paragraph_preferred() -> None:
    # Sizes 10 | 7 5, the paragraph's end after the first; all three are over the budget. 10 alone and 12 cost
    # (10/14 - 1)² + (12/14 - 1)² = 0.10; 17 and 5 would cost 0.05 + 0.41, and 0.2 for the cut inside the paragraph.
    text = f"{sentence(9)}\n\n{sentence(6)} {sentence(4)}"
    assert [chunk.text for chunk in chunk_article(article(text), SMALL)] == [
        sentence(9),
        f"{sentence(6)} {sentence(4)}",
    ]


def test_chunk_article_heading_goes_with_what_follows() -> None:
    text = f"{sentence(12)}\n\nWhat comes next\n\n{sentence(10)}"
    first, second = chunk_article(article(text), SMALL)
    assert first.text == sentence(12)
    assert second.text.startswith("What comes next")


def test_chunk_article_sentence_over_budget_cut_at_a_clause() -> None:
    clause = "rain and wind and more rain and wind and snow,"
    text = f"{clause} {clause} {clause} {clause}"
    pieces = [chunk.text for chunk in chunk_article(article(text), SMALL)]
    assert pieces == [clause] * 4


def test_chunk_article_endless_word_cut_anywhere_nothing_lost() -> None:
    text = "x9" * 2_000
    chunks = chunk_article(article(text), SMALL)
    assert "".join(chunk.text for chunk in chunks) == text
    assert max(chunk.n_tokens for chunk in chunks) <= 20


@pytest.mark.parametrize("text", ["", " \n\n\t"])
def test_chunk_article_blank_text_no_chunk(text: str) -> None:
    assert chunk_article(article(text)) == []


def test_chunk_article_embedding_text_has_title_and_span_has_not() -> None:
    (chunk,) = chunk_article(article("It rained.", title="Oslo"))
    assert chunk.embedding_text == "Oslo\nIt rained."
    assert chunk.text == "It rained."


def test_embedding_text_all_facts_in_one_line() -> None:
    known = Article(article_id="a", text="", title="Rain\n in Oslo", publisher="NTB", published=date(2021, 5, 3))
    assert embedding_text(known, "It rained.") == "Rain in Oslo · NTB · 2021-05-03\nIt rained."


def test_embedding_text_no_facts_words_alone() -> None:
    assert embedding_text(article("", title=" "), "It rained.") == "It rained."


def test_settings_name_differs_with_size() -> None:
    assert ChunkSettings(max_tokens=100).name != ChunkSettings(max_tokens=101).name


def test_settings_too_small_refused() -> None:
    with pytest.raises(ValueError, match="15"):
        ChunkSettings(max_tokens=15)


WORDS = st.sampled_from(
    ["Rain", "fell", "on", "Oslo.", "“Yes,”", "said", "Mr. Moe.", "2021", "\n\n", "\n", "naïve", "雨。"]
)


@given(st.lists(WORDS, max_size=120).map(" ".join), st.integers(16, 60))
@settings(max_examples=100, deadline=None)
def test_chunk_spans_any_text_in_order_complete_within_budget(text: str, max_tokens: int) -> None:
    before = 0
    ends = {end for _, end in split_sentences(text)}
    for start, end in chunk_spans(text, ChunkSettings(max_tokens=max_tokens)):
        assert before <= start < end
        assert not text[before:start].strip()
        assert count_tokens(text[start:end]) <= max_tokens
        before = end
        assert end in ends or count_tokens(text[start:end]) > max_tokens * 0.2
    assert not text[before:].strip()


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_chunk_spans_any_characters_nothing_lost(text: str) -> None:
    spans = chunk_spans(text, SMALL)
    kept = "".join(text[start:end] for start, end in spans)
    assert [c for c in kept if not c.isspace()] == [c for c in text if not c.isspace()]
