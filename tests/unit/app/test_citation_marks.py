"""Marks are found in the forms that models write, and nothing of the text's own is taken for one."""

import time

import pytest

from dateline.app.llm.citation_marks import Marks, normalised, read_marks, settled_end, without_marks


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [
        ("[1]", (1,)),
        ("[2][1]", (2, 1)),
        ("[1, 2]", (1, 2)),
        ("[1; 3]", (1, 3)),
        ("[1 and 3]", (1, 3)),
        ("[1, 2, and 3]", (1, 2, 3)),
        ("[1-3]", (1, 2, 3)),
        ("[1–3]", (1, 2, 3)),
        ("[3-1]", (3, 1)),
        ("[^2]", (2,)),
        ("[#2]", (2,)),
        ("[[2]]", (2,)),
        ("【1】", (1,)),
        ("【1†source】", (1,)),
        ("【1†L3-L9】", (1,)),
        ("［2］", (2,)),
        ("[Source 1]", (1,)),
        ("[source: 1]", (1,)),
        ("[Sources 1, 2]", (1, 2)),
        ("[Source 1, Source 3]", (1, 3)),
        ("[Article 2]", (2,)),
        ("[Excerpt 2]", (2,)),
        ("(Source 1)", (1,)),
        ("(sources 1 and 2)", (1, 2)),
        ("[1], [2] and [3]", (1, 2, 3)),
        ("[1][1]", (1,)),
    ],
)
def test_mark_in_a_form_that_models_write_is_read(mark, numbers):
    text = f"Talks began {mark}."
    assert read_marks(mark, 3) == Marks(numbers, ())
    assert normalised(text, 3) == "Talks began " + "".join(f"[{number}]" for number in numbers) + "."
    plain, placed = without_marks(text, 3)
    assert plain == "Talks began."
    assert [(one.offset, one.marks.known) for one in placed] == [(len("Talks began"), numbers)]


@pytest.mark.parametrize(
    "text",
    [
        "He named (1) oil and (2) gas.",
        "It invoked the clause (Article 5).",
        "He was born then [2022].",
        'He wrote "no comand [sic] came".',
        "The [former] minister left.",
        "A list [1, two] stands.",
        "An open [1 bracket.",
        "Nothing [] here.",
        "It rose 3 per cent (from 2 to 3).",
    ],
)
def test_brackets_of_the_text_itself_stay(text):
    assert normalised(text, 3) == text
    assert without_marks(text, 3) == (text, [])


@pytest.mark.parametrize(("mark", "unknown"), [("[99]", (99,)), ("[0]", (0,)), ("[9, 8]", (9, 8)), ("[5-9]", (9,))])
def test_unknown_mark_goes_with_the_blank_before_it(mark, unknown):
    assert read_marks(mark, 3) == Marks((), unknown)
    assert normalised(f"Talks began {mark}. More.", 3) == "Talks began. More."


def test_range_past_the_end_keeps_what_is_known_and_reports_its_end():
    assert read_marks("[2-900]", 3) == Marks((2, 3), (900,))


def test_words_that_a_mark_parts_keep_a_blank():
    assert without_marks("It rose.[1]Then it fell [2]again.", 3)[0] == "It rose. Then it fell again."


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("Talks began", "Talks began"),
        ("Talks began ", "Talks began"),
        ("Talks began [", "Talks began"),
        ("Talks began [1", "Talks began"),
        ("Talks began [1]", "Talks began"),
        ("Talks began [1], ", "Talks began"),
        ("Talks began [1] and", "Talks began"),
        ("Talks began [1] and then", "Talks began [1] and then"),
        ("Talks began [1].", "Talks began [1]."),
        ("Talks [sic", "Talks"),
        ('Talks ["', 'Talks ["'),
        ("Talks (Sour", "Talks"),
        ("Talks (no, ", "Talks"),
        ("Talks (no) ", "Talks (no)"),
    ],
)
def test_text_is_settled_up_to_what_may_become_a_mark(text, settled):
    assert text[: settled_end(text)] == settled


@pytest.mark.parametrize(
    "text",
    ["[" + "1, " * 2000, "[1†" + "-1" * 2000, "[source" + " " * 4000, "[1] and " * 500, "(source 1" + " and 1" * 1000],
)
def test_marks_that_never_close_take_no_exponential_time(text):
    begin = time.perf_counter()
    settled_end(text)
    normalised(text, 3)
    without_marks(text, 3)
    assert time.perf_counter() - begin < 5  # milliseconds; the exponential form took minutes
