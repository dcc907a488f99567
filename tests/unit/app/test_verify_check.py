from datetime import date

import pytest

from dateline.app.reader import Draft
from dateline.app.verify.check import check_draft
from dateline.index.article import Article, Span

TEXT = "Six people died on Tuesday. The line carries 1,500 tonnes a day."
ARTICLES = {"a": Article(article_id="a", text=TEXT, title="Storm", published=date(2024, 3, 26))}
DIED, TONNES = Span("a", 0, 27), Span("a", 28, 64)

NORTH = """Mayor Anna Holm said the tolls may rise in March. Ola Berg did not agree with her, the Roads Board said.
On 4 May 2021 Norway paid $1.5 billion to Statoil and 30 percent of it to Sweden.
The National Health Board bought 20,000 masks for the U.S. embassy, Peter Dahl told reporters."""
TOLLS = {"n": Article(article_id="n", text=NORTH, title="Tolls in Bergen", publisher="Fjord Post")}
WHOLE = Span("n", 0, len(NORTH))


def verdict(text, *spans):
    return check_draft(Draft(text, spans), ARTICLES)[0]


def failed(text):
    value, checks = check_draft(Draft(text, (WHOLE,)), TOLLS)
    return value, [(check.kind, check.value) for check in checks if not check.ok]


def test_check_draft_number_in_another_form_is_supported():
    assert verdict("6 people died.", DIED) == "supported"
    assert verdict("It carries 1500 tonnes.", TONNES) == "supported"


def test_check_draft_changed_number_is_contradicted():
    assert verdict("8 people died.", DIED) == "contradicted"


def test_check_draft_number_of_another_span_does_not_count():
    assert verdict("1,500 people died.", DIED) == "contradicted"


def test_check_draft_date_from_the_publication_date_is_supported():
    assert verdict("People died on 26 March 2024.", DIED) == "supported"


def test_check_draft_of_words_that_stand_nowhere_is_unsupported():
    assert verdict("The king of Spain resigned.", DIED) == "unsupported"


def test_check_draft_without_span_is_unsupported():
    value, checks = check_draft(Draft("People died.", ()), ARTICLES)
    assert value == "unsupported"
    assert [(check.kind, check.ok) for check in checks] == [("quote", False)]


@pytest.mark.parametrize(
    "text",
    [
        "The article’s title is “Storm in 3 towns”.",
        "“Storm in 3 towns” was published on 26 March 2024.",
        "“Storm in 3 towns” was published by Fjord Post.",
        "“Storm in 3 towns” was written by Kari Moe.",
    ],
)
def test_check_draft_about_the_article_itself_is_supported(text):
    told = Article(
        article_id="a", text=TEXT, title="Storm in 3 towns", publisher="Fjord Post", author="Kari Moe",
        published=date(2024, 3, 26),
    )  # fmt: skip
    assert check_draft(Draft(text, (DIED,)), {"a": told})[0] == "supported"
    wrong = text.replace("26", "27").replace("Post", "Times").replace("Moe", "Dahl").replace("3", "4")
    assert check_draft(Draft(wrong, (DIED,)), {"a": told})[0] in {"contradicted", "unsupported"}


def test_check_draft_in_another_script_is_not_judged_by_its_words():
    assert verdict("Шесть человек погибли.", DIED) == "supported"


@pytest.mark.parametrize(
    "text",
    [
        "Anna Holm said the tolls may rise in March.",
        "Holm said that in March tolls may rise.",
        "Ola Berg didn't agree, the Roads Board said.",
        "Norway paid Statoil 1.5 billion dollars on May 4, 2021.",
        "Sweden got 30% of it.",
        "The NHB bought 20,000 masks for the United States embassy.",
        "Fjord Post reports that Norway paid $1.5bn to Statoil.",
    ],
)
def test_check_draft_true_in_other_words_is_supported(text):
    assert failed(text) == ("supported", [])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("On 5 May 2021 Norway paid $1.5 billion to Statoil.", ("date", "5 May 2021, not 4 May 2021")),
        ("On 4 May 2021 Norway paid $1.7 billion to Statoil.", ("money", "$1.7 billion, not $1.5 billion")),
        (
            "On 4 May 2021 Norway paid $1.5 billion to Sweden and 30 percent of it to Statoil.",
            ("place", "Sweden, not Statoil"),
        ),
        ("Anna Holm said the tolls will rise in March.", ("modality", "may rise")),
        ("Anna Holm approved that the tolls rise in March.", ("modality", "approved, not may")),
        ("Ola Berg agreed with her, the Roads Board said.", ("negation", "agree")),
        ("Mayor Peter Dahl said the tolls may rise in March.", ("person", "Peter Dahl, not Anna Holm")),
        ("The National Health Board sold 20,000 masks.", ("opposite", "sold, not bought")),
    ],
)
def test_check_draft_with_one_fact_altered_is_contradicted(text, why):
    value, checks = failed(text)
    assert value == "contradicted"
    assert why in checks


def test_check_draft_with_a_number_that_stands_nowhere_is_unsupported():
    value, checks = failed("Anna Holm said the tolls may rise in March in 17 towns.")
    assert (value, checks) == ("unsupported", [("number", "17")])


def test_check_draft_with_a_detail_that_stands_nowhere_is_not_supported():
    value, checks = failed("Norway paid $1.5 billion to Statoil in Bergen and in Lillehammer, Ivar Moe wrote.")
    assert value != "supported"
    assert ("person", "Ivar Moe") in checks
