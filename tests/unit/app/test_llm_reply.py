"""A reply taken apart: sentences with their numbers, short answer, disagreement, decline."""

import pytest

from dateline.app.llm.reply import Difference, Reply, Said, parse_reply


def said(reply: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.text, one.cited) for one in parse_reply(reply, n=3).said]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Li left [1]. Wu stayed [2].", [("Li left.", (1,)), ("Wu stayed.", (2,))]),
        ("Li left. [1] Wu stayed. [2]", [("Li left.", (1,)), ("Wu stayed.", (2,))]),
        ("Li left.[1] Wu stayed.[2][3]", [("Li left.", (1,)), ("Wu stayed.", (2, 3))]),
        ("Li [1] and Wu [2] left.", [("Li and Wu left.", (1, 2))]),
        ("[1] Li left. Wu stayed [2].", [("Li left.", (1,)), ("Wu stayed.", (2,))]),
        ("Li left ([1]). Wu stayed.", [("Li left.", (1,)), ("Wu stayed.", ())]),
        ("Mr. Li left at 5 p.m. [1] on 4 Jan. 2021 [2].", [("Mr. Li left at 5 p.m. on 4 Jan. 2021.", (1, 2))]),
        ("- Li left [1]\n- **Wu** stayed [2]", [("Li left", (1,)), ("Wu stayed", (2,))]),
        ("1. Li left [1].\n2) Wu stayed [2].", [("Li left.", (1,)), ("Wu stayed.", (2,))]),
        ("# Answer\nLi left [1].", [("Answer", ()), ("Li left.", (1,))]),
        ("Li [left](http://x.example/a) [1].", [("Li left.", (1,))]),
        ("Li left [1](http://x.example/a).", [("Li left.", (1,))]),
        ("![Li](http://x.example/a.png) Li left [1].", [("Li Li left.", (1,))]),
        ("Li left [9].", [("Li left.", ())]),
        ("Li left [1][9][1].", [("Li left.", (1,))]),
        ('He said: "No." [1] Then he left [2].', [('He said: "No."', (1,)), ("Then he left.", (2,))]),
        ("```\nLi left [1].\n```\nWu [2].", [("Wu.", (2,))]),
        ("…\n[1]\n", []),
    ],
)
def test_sentences_come_with_the_numbers_that_stand_in_or_behind_them(reply, expected):
    assert said(reply) == expected


def test_unknown_numbers_are_collected_once_and_sorted():
    assert parse_reply("A [9]. B [7][9].\nDIFFER: x | a [8] | b [1]", n=3).unknown == (7, 8, 9)


@pytest.mark.parametrize(
    ("reply", "short"),
    [
        ("A [1].\nSHORT: 4 May 2021", "4 May 2021"),
        ("A [1].\nSHORT: 4 May 2021 [1].", "4 May 2021"),
        ("SHORT: **4 May**\nA [1].", "4 May"),
        ("A [1].\nSHORT: [1]", None),
        ("A [1].", None),
    ],
)
def test_short_answer_is_the_words_of_its_line(reply, short):
    assert parse_reply(reply, n=3).short == short


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ("NOT IN THE ARTICLES: Who built it.", "Who built it."),
        ("NOT IN THE ARTICLES\nNobody tells who built it.", "Nobody tells who built it."),
        ("NOT IN THE ARTICLES: Who built it [1].\nBut Li left [1].", "Who built it."),
        ("NOT IN THE ARTICLES", "The articles do not tell this."),
        ("The articles do not say who built it.", "The articles do not say who built it."),
        ("The builder is not mentioned in the excerpts.", "The builder is not mentioned in the excerpts."),
        ("I cannot answer that.", "I cannot answer that."),
        ("SHORT: unknown\nNOT IN THE ARTICLES: Who built it.", "Who built it."),
    ],
)
def test_reply_that_declines_in_any_form_is_a_decline(reply, why):
    parsed = parse_reply(reply, n=3)
    assert parsed.declined == why
    assert parsed.said == ()


def test_cited_sentence_that_says_not_is_no_decline():
    parsed = parse_reply("Li said the articles do not apply [1].", n=3)
    assert parsed.declined is None
    assert parsed.said == (Said("Li said the articles do not apply.", (1,)),)


def test_partial_answer_keeps_what_is_missing():
    parsed = parse_reply("Li left [1].\nNOT IN THE ARTICLES: when Wu left", n=3)
    assert (parsed.declined, parsed.missing) == (None, "when Wu left")
    assert parsed.said == (Said("Li left.", (1,)),)


def test_disagreement_needs_two_cited_sides():
    parsed = parse_reply(
        "A [1].\nDIFFER: the day | 4 May [1] | 5 May [2][3]\nDIFFER: z | one [1] | two\nDIFFER: a", n=3
    )
    assert parsed.differences == (Difference("the day", (Said("4 May", (1,)), Said("5 May", (2, 3)))),)


@pytest.mark.parametrize("reply", ["", "\n", "SHORT: 4 May", "[1]", "```\nx\n```", "<think>x"])
def test_reply_without_a_sentence_is_empty(reply):
    assert parse_reply(reply, n=3).empty


def test_decline_is_not_empty():
    assert not Reply(declined="x").empty
