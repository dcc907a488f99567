"""However a reply is cut into pieces, what is shown is the same, no mark is torn, and nothing unknown is seen."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.app.llm.citation_stream import CitationStream, Line, read_line, shown_text, without_thoughts

MARKS = ["[1]", "[2]", "[99]", "[1, 2]", "[1-3]", "【1†source】", "[Source 1]", "(Source 2)", "(Article 5)", "[sic]"]
SIGNS = [" ", "\n", ". ", "[", "]", "(", ")", "[[", ", ", " and ", "**", "- ", "9", "é", "「", "\t", "\r\n"]
WORDS = ["Talks began", "Short sales", "Not in the articles of war", "<think>", "</think>", "<thin", "```", "~~~"]
ORDERS = ["SHORT:", "SHORT ANSWER: 4 May", "NOT IN THE ARTICLES: who", "DIFFER: x | a [1] | b [2]"]
PARTS = st.sampled_from(MARKS + SIGNS + WORDS + ORDERS)
REPLIES = st.lists(PARTS, max_size=25).map("".join)


@st.composite
def cut_replies(draw: st.DrawFn) -> tuple[str, list[str]]:
    reply = draw(REPLIES)
    cuts = sorted(draw(st.lists(st.integers(0, len(reply)), max_size=12)))
    return reply, [reply[start:end] for start, end in zip([0, *cuts], [*cuts, len(reply)], strict=True)]


@settings(max_examples=600, deadline=None)
@given(cut_replies())
@example(("Talks began [1]. [99] More [2]", list("Talks began [1]. [99] More [2]")))
@example(("<think>a</think>b [1]", list("<think>a</think>b [1]")))
def test_any_cutting_of_a_reply_shows_the_same_and_keeps_the_same_lines(case):
    reply, pieces = case
    whole, cut = CitationStream(2), CitationStream(2)
    expected = whole.feed(reply) + whole.close()
    shown = [cut.feed(piece) for piece in pieces] + [cut.close()]
    assert "".join(shown) == expected
    assert cut.lines == whole.lines


@settings(max_examples=300, deadline=None)
@given(REPLIES)
def test_marks_come_whole_and_known_whatever_comes(reply):
    stream = CitationStream(2)
    pieces = [stream.feed(sign) for sign in reply] + [stream.close()]
    shown = "".join(pieces)
    edges = {len("".join(pieces[:n])) for n in range(len(pieces))}
    for mark in re.finditer(r"\[[12]\]", shown):
        assert not edges & set(range(mark.start() + 1, mark.end()))
    assert not re.search(r"\[(?!1\]|2\])\d{1,2}\]", shown)


def test_pieces_are_shown_as_soon_as_they_are_settled():
    stream = CitationStream(2)
    assert [stream.feed(piece) for piece in ("Talks be", "gan [", "1", "]. ", "Then")] == [
        "Talks be",
        "gan",
        "",
        " [1].",
        " Then",
    ]
    assert stream.close() == ""


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        ("A [1].\nSHORT: a", "A [1]."),
        ("SHORT: a\n\nA [1].", "A [1]."),
        ("**SHORT:** a\nA [1].", "A [1]."),
        ("A [1].\n\n\n\nB [2].", "A [1].\n\nB [2]."),
        ("A [1].\nDIFFER: x | a [1] | b [2]\nB [2].", "A [1].\nB [2]."),
        ("NOT IN THE ARTICLES: x\nBut A [1].", ""),
        ("**Not in the articles.**", ""),
        ("A [1].\nNOT IN THE ARTICLES: x", "A [1]."),
        ("Not in the articles of war is A [1].", "Not in the articles of war is A [1]."),
        ("Short sales rose [1].", "Short sales rose [1]."),
        ("A [1].\n```\nx = y[1]\n```\nB [2].", "A [1].\nB [2]."),
        ("A [1].\n```\nnever closed [2]", "A [1]."),
        ("<think>Is it A [1]?\nYes.</think>\n\nA [1].", "A [1]."),
        ("<think>never closed", ""),
        ("A <think> B", "A <think> B"),
        ("[9] A [1].", "A [1]."),
        ("", ""),
    ],
)
def test_only_what_is_meant_for_the_reader_is_shown(reply, shown):
    assert shown_text(reply, n=2) == shown


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("SHORT: 4 May", "short", "4 May"),
        ("- **Short answer:** 4 May", "short", "4 May"),
        ("short：4 May", "short", "4 May"),
        ("DIFFER: x | a [1]", "differ", "x | a [1]"),
        ("NOT IN THE ARTICLES", "decline", ""),
        ("NOT IN THE ARTICLES — who built it", "decline", "who built it"),
        ("> Not in the articles: who", "decline", "who"),
        ("Shorty: a man", "text", "Shorty: a man"),
        ("```python", "code", "```python"),
    ],
)
def test_line_is_read_by_its_keyword_however_it_is_dressed(line, kind, text):
    assert read_line(line) == (kind, text)


def test_lines_are_kept_without_code_and_thoughts():
    stream = CitationStream(2)
    stream.feed("<think>x</think>A [1].\n```\ncode\n```\nSHORT: a\nSHORT:\n")
    stream.close()
    assert stream.lines == [Line("text", "A [1]."), Line("short", "a")]


def test_thoughts_are_taken_out_only_at_the_beginning():
    assert without_thoughts(" <think>a</think> b") == " b"
    assert without_thoughts("b <think>a</think>") == "b <think>a</think>"
