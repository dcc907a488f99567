"""Sentences are what a reader would quote; the texts are written for these tests."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.index.sentences import split_sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


# Each line is one text; " | " marks where a reader would cut it.
CASES = {
    "titles": "Mr. Berg met Gen. Ana Ruiz and Sen. Lee. | They spoke with Dr. Osei. | Prof. Lind left.",
    "initials": "J. R. Moe wrote to George K. Hall. | W. E. B. Day replied.",
    "initial at the end": "They chose plan B. | The rest is known. | Vitamin C. | It helps.",
    "country": "She flew to the U.S. | The trip was short. | U.S. envoy Ruiz met U.N. staff in the U.K. | He left.",
    "company": "Nordbank Inc. and Sund Corp. merged. | He left Nordbank Inc. | The deal failed.",
    "months": "It opens on Jan. 5 and closes on Sept. 30, 2021. | In Dec. Oslo was dark.",
    "number": "He is No. 10 on the list. | She said no. | The answer was final.",
    "hours": "It opens at 9 a.m. Monday and ends at 5 p.m. EST. | It ended at 6 p.m. | Ruiz left at 7 p.m. | The end.",
    "saint": "The St. Olav fair moved from Main St. | The mayor agreed.",
    "states": "Boise, Ida. and Salem, Ore. compete. | They met in Salem, Ore. | The cup is old.",
    "decimals": "Prices rose 3.5% to $1.25 a litre. | Rates fell.",
    "number opens": "The fire spread. | 20 people fled. | 2019 was worse.",
    "quote inside": "“We came. | We saw,” he said. | “We left.” | She nodded.",
    "guillemets": "«We came. | We left.» | The guard noted it. | «So did I», she said.",
    "straight quotes": 'He said "yes." | She said "no." | "Why?" | Nobody knew.',
    "question then speaker": "“When will it end?” Ruiz asked. | “Why?” the clerk said. | “Never!” | All was still.",
    "question then speaker with title": '"Who pays?" Mayor Ana Ruiz asked. | Nobody did.',
    "brackets": "(It rained.) | The match went on (they lost). | Then it stopped.",
    "ellipsis": "Well... it rained. | It stopped… | Then it snowed. | Hmm... | Then nothing.",
    "exclamations": "Stop!! | Really?! | Yes.",
    "note marks": "It rained.[1] | It stopped.[2][13] | It snowed.",
    "no blank": "The talks failed. | “Nothing,” he said.“We tried.” | The end.",
    "web address": "See example.com for more. | Or write to a.b@example.com today.",
    "versus": "Oslo vs. Bergen ended 2-2. | It was Moe v. Lind again.",
    "abbreviation in brackets": "She writes for the Salem (Ore.) Daily. | He reads it.",
    "abbreviation and dash": "SALEM, Ore. — When rain fell, Ruiz left. | He stayed.",
    "abbreviation and quote mark": "He called it “the U.S.” | Ruiz did not.",
    "et cetera": "Apples, pears, etc. are cheap. | Nuts, seeds, etc. | They are dear.",
    "degree": "Ana Ruiz, Ph.D. and M.D., spoke. | She has a Ph.D. | The hall was full.",
    "list number": "1. First pay. | 2. Then leave.",
    "other scripts": "雨が降った。| 雪も降った。| はい。",
}


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES.keys())
def test_split_sentences_one_line_cut_where_a_reader_would(marked: str) -> None:
    text = marked.replace("| ", "").replace("|", "")
    expected = [part.strip() for part in marked.split("|")]
    if text.startswith("1. First"):
        text, expected = "1. First pay.\n2. Then leave.", ["1. First pay.", "2. Then leave."]
    assert split(text) == expected


@pytest.mark.parametrize(
    "dateline",
    [
        "OSLO, May 3. /NTB/.",
        "OSLO, May 3. /NTB/",
        "OSLO, May 3 (NTB) -",
        "OSLO, Norway, May 3.",
        "OSLO. May 3. NTB –",
        "Oslo, 3 May 2021.",
        "OSLO, Norway (NTB) —",
        "OSLO /NTB/.",
        "NEW YORK, Sept. 3.",
        "2021-05-03 OSLO, May 3. /NTB/.",
        "ST. JOHN'S, Canada, Dec. 12, 2020.",
    ],
)
def test_split_sentences_dateline_stays_with_the_first_sentence(dateline: str) -> None:
    first = f"{dateline} President Ana Ruiz met J. Moe in the port."
    assert split(f"{first} He left early.") == [first, "He left early."]


@pytest.mark.parametrize("opening", ["They met in Oslo, May 3.", "He came in May.", "Oslo won.", "The U.N. met."])
def test_split_sentences_no_dateline_first_sentence_ends(opening: str) -> None:
    assert split(f"{opening} Ruiz left early.") == [opening, "Ruiz left early."]


def test_split_sentences_dateline_alone_is_kept() -> None:
    assert split("OSLO, May 3.") == ["OSLO, May 3."]


def test_split_sentences_blank_line_is_never_crossed() -> None:
    assert split("The talks in\n\nOslo failed") == ["The talks in", "Oslo failed"]
    assert split("It rained \n \t\n snow fell") == ["It rained", "snow fell"]


def test_split_sentences_heading_line_is_a_unit() -> None:
    text = "The talks failed.\nWhat comes next\nRuiz will return in May. She said so."
    assert split(text) == ["The talks failed.", "What comes next", "Ruiz will return in May.", "She said so."]


def test_split_sentences_bullets_are_units() -> None:
    text = "The deal:\n- open the port\n• Lower the fee\n1) pay in May\nThen both sides sign."
    assert split(text) == [
        "The deal:",
        "- open the port",
        "• Lower the fee",
        "1) pay in May",
        "Then both sides sign.",
    ]


def test_split_sentences_hard_wrapped_paragraph_is_joined() -> None:
    text = (
        "The two sides met for three hours in the old port on\n"
        "Monday and agreed that the fee, which was raised in\n"
        "May, would be lowered again. They will meet with the\n"
        "cabinet of Ana Ruiz and the harbour master of old\n"
        "Oslo."
    )
    first = text.index(" They")
    assert split(text) == [text[:first], text[first + 1 :]]


def test_split_sentences_heading_over_wrapped_paragraph_is_a_unit() -> None:
    text = "Port fee\nThe two sides met for three hours in the old port on\nmonday and agreed."
    assert split(text) == ["Port fee", text[9:]]


def test_split_sentences_windows_line_ends_offsets_exact() -> None:
    text = "It rained.\r\n\r\nIt stopped.\r\n"
    assert split_sentences(text) == [(0, 10), (14, 25)]


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\u2028\x85"])
def test_split_sentences_blank_text_has_none(text: str) -> None:
    assert split_sentences(text) == []


PIECES = st.one_of(
    st.sampled_from(
        [". ", ".", "! ", "… ", "\n", "\n\n", "“", "”", '"', " Mr. ", "U.S. ", " /NTB/. ", "OSLO, May 3. ", "[1]", "- "]
    ),
    st.text(max_size=8),
)


@given(st.lists(PIECES, max_size=30).map("".join))
@example("\x1f.\x1c")
@settings(max_examples=400, deadline=None)
def test_split_sentences_any_text_ordered_trimmed_and_complete(text: str) -> None:
    before = 0
    for start, end in split_sentences(text):
        assert before <= start < end
        assert not text[before:start].strip(), "what lies between sentences is blank"
        assert text[start:end] == text[start:end].strip()
        before = end
    assert not text[before:].strip()


@pytest.mark.parametrize(
    "unit", ["a", ".", ". ", '. "', "\n", "a\n", "OSLO, ", "(a ", "A.", "[1]", "“", "May 3. ", " "], ids=repr
)
def test_split_sentences_a_long_repetition_takes_linear_time(unit: str) -> None:
    text = unit * 20_000
    started = time.process_time()
    split_sentences(text)
    # Half a second at most for up to 140 KB; what grows with the square would take minutes.
    assert time.process_time() - started < 5
