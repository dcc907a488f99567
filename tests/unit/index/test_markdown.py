from datetime import date

from dateline.index.articles.markdown import read_markdown, without_marks

TODAY = date(2026, 1, 1)
WORDS = "The river port of Velden reopened on Tuesday after three days of repairs, and ships were moving again by noon."


def test_front_matter_gives_facts_and_leaves_the_text():
    text = f'---\ntitle: "Port open"\ndate: 2024-05-03\nauthor: Jane Doe\nsource: AP\n---\n\n{WORDS}\n'
    draft = read_markdown(text, today=TODAY)
    assert draft.text == WORDS
    facts = draft.facts
    assert (facts.title.value, facts.author.value, facts.publisher.value) == (
        "Port open",
        "Jane Doe",
        "Associated Press",
    )
    assert (facts.published.value, facts.published.origin) == (date(2024, 5, 3), "front matter")


def test_first_heading_is_the_title_and_others_stay_as_paragraphs():
    draft = read_markdown(f"# Port *open*\n\n{WORDS}\n\n## What comes next\n{WORDS} Again.\n", today=TODAY)
    assert (draft.facts.title.value, draft.facts.title.origin) == ("Port open", "heading")
    assert draft.text == f"{WORDS}\n\nWhat comes next\n\n{WORDS} Again."


def test_marks_go_and_words_stay():
    assert (
        without_marks("**Ships** _moved_ [again](https://a.example/b_(c)) ![quay](q.png)`now`")
        == "Ships moved again now"
    )


def test_marks_that_are_words_stay():
    words = "5 * 3 * 2, snake_case_name, a_b and *nothing"
    assert without_marks(words) == words
