import json
from datetime import date

import pytest

from dateline.index.articles.json_lines import BadLine, read_json_article, read_json_lines

TODAY = date(2026, 1, 1)
WORDS = "The river port of Velden reopened on Tuesday after three days of repairs, and ships were moving again by noon."


def read(**row):
    return read_json_article(json.dumps(row), today=TODAY)


def test_fields_are_preferred_to_what_the_text_says():
    draft = read(
        url="https://valley.example/a",
        title="Port open",
        text="LONDON, May 3 (Reuters) - " + WORDS,
        published="2018/06/07",
        author="Jane Doe",
        publisher="Valley Herald",
    )
    facts = draft.facts
    assert (facts.title.value, facts.author.value, facts.publisher.value) == ("Port open", "Jane Doe", "Valley Herald")
    assert (facts.published.value, facts.published.origin) == (date(2018, 6, 7), "field")
    assert facts.dateline_place.value == "London"


@pytest.mark.parametrize(
    "published",
    [
        "2018-06-07T10:00:00Z",
        "2018/06/07",
        "June 7, 2018",
        1528329600,
        1528329600000,
        "1528329600",
        "20180607",
        20180607,
    ],
)
def test_published_in_any_usual_form_is_read(published):
    assert read(text=WORDS, published=published).facts.published.value == date(2018, 6, 7)  # 17,689 days × 86,400 s


@pytest.mark.parametrize("published", ["03/04/2024", "last week", "2031-01-01", True, ["x"]])
def test_published_that_is_not_understood_is_unknown_and_kept(published):
    draft = read(text=WORDS, published=published)
    assert draft.facts.published is None
    kept = draft.metadata["published"]
    assert kept == published or json.loads(kept) == published


def test_unknown_fields_are_kept_scalars_as_they_are_and_others_as_json():
    draft = read(text=WORDS, section="World", n=3, share=0.5, paid=False, tags=["a", "b"], none=None)
    assert draft.metadata == {"section": "World", "n": 3, "share": 0.5, "paid": False, "tags": '["a","b"]'}


def test_empty_fields_that_we_know_leave_no_metadata():
    assert read(text=WORDS, authors=[], title="", published=None).metadata == {}


def test_other_names_of_the_fields_are_read_where_the_field_is_missing():
    facts = read(text=WORDS, authors=["Jane Doe", "John Roe"], publish_date="2022/02/07").facts
    assert facts.author.value == "Jane Doe, John Roe"
    assert facts.published.value == date(2022, 2, 7)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "cut', "cut off"),
        ("[1]", "list"),
        ("null", "NoneType"),
        ("{}", "no field text"),
        ('{"text": 5}', "not a string"),
        ("[" * 100_000, "nested too deeply"),
        ('{"text":"a","n":' + "9" * 5000 + "}", "not valid JSON"),
    ],
)
def test_line_that_is_no_article_says_why(line, reason):
    read = read_json_article(line, today=TODAY)
    assert isinstance(read, str)
    assert reason in read


def test_bad_lines_are_reported_by_number_and_the_rest_is_read(tmp_path):
    path = tmp_path / "a.jsonl"
    good = json.dumps({"text": WORDS}).encode()
    path.write_bytes(b"\n".join([good, b"{", b"", b"\xff\xfe\x00", b'{"text": "' + b"x" * 500 + b'"}', good]))
    rows = list(read_json_lines(path, today=TODAY, max_bytes=400))
    assert [(row.line, isinstance(row, BadLine)) for row in rows] == [
        (1, False), (2, True), (4, True), (5, True), (6, False),
    ]  # fmt: skip
    assert "limit of 400 bytes" in rows[3].reason


def test_utf16_file_with_mark_is_read(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": WORDS}) + "\n" + json.dumps({"text": WORDS}), encoding="utf-16")
    assert [row.draft.text for row in read_json_lines(path, today=TODAY, max_bytes=1000)] == [WORDS, WORDS]


def test_lone_surrogate_becomes_the_replacement_character():
    assert read_json_article('{"text": "The port \\ud800 reopened on Tuesday."}', today=TODAY).text == (
        "The port \ufffd reopened on Tuesday."
    )
