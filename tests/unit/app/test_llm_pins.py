"""From a cited excerpt to the exact words: quotes first, then shared names, numbers and words."""

import pytest
from made_evidence import made_evidence

from dateline.app.llm.pins import coverage, pins

TEXT = (
    "OSLO, May 3. Mayor Ada Holm met fishermen on Monday. The talks took two hours.\n\n"
    "“We will dredge the harbour by 2024, whatever it costs,” she said. Budget chief Per Lund disagreed. "
    "He put the price at 1,500 crowns a metre."
)


def quoted(statement: str, **made: object) -> list[str]:
    return [TEXT[span.start : span.end] for span in pins(statement, made_evidence(TEXT, **made))]


def test_verbatim_quote_leads_to_the_sentence_that_holds_it():
    assert quoted('She promised to act "by 2024".') == [
        "“We will dredge the harbour by 2024, whatever it costs,” she said."
    ]


@pytest.mark.parametrize(
    "quote", ['"the harbour by 2024 — whatever"', "«THE HARBOUR BY 2024»", "“the harbour\nby 2024”"]
)
def test_quote_is_found_whatever_stands_between_its_words(quote):
    assert quoted(f"Nothing but {quote}.")[0].startswith("“We will dredge")


def test_quote_counts_more_than_many_shared_words():
    assert quoted('Mayor Ada Holm met fishermen on Monday: "by 2024".') == [
        "“We will dredge the harbour by 2024, whatever it costs,” she said.",
        "OSLO, May 3. Mayor Ada Holm met fishermen on Monday.",
    ]


def test_quote_that_is_not_there_falls_back_to_shared_words():
    assert quoted('Per Lund called it "pure folly".') == ["Budget chief Per Lund disagreed."]


def test_sentence_with_the_statement_words_is_chosen_and_inflection_does_not_matter():
    assert quoted("The talk took two hours.") == ["The talks took two hours."]
    assert quoted("Ada Holm was meeting fishermen.")[0].endswith("met fishermen on Monday.")


def test_number_is_found_with_or_without_its_comma():
    assert quoted("The price is 1500 a metre.") == ["He put the price at 1,500 crowns a metre."]


def test_second_sentence_joins_where_it_holds_a_name_that_the_first_lacks():
    assert quoted("The price by Per Lund is 1,500 crowns a metre.") == [
        "Budget chief Per Lund disagreed. He put the price at 1,500 crowns a metre."
    ]


def test_sentence_joins_for_two_words_but_not_for_one():
    text = "Li sold the mill. Nobody objected. Wu keeps sheep and goats."
    evidence = made_evidence(text)

    def words(statement: str) -> list[str]:
        return [text[span.start : span.end] for span in pins(statement, evidence)]

    assert words("A mill was sold, and sheep and goats kept there.") == [
        "Li sold the mill.",
        "Wu keeps sheep and goats.",
    ]
    assert words("A mill was sold with sheep.") == ["Li sold the mill."]


def test_sentences_apart_stay_apart_best_first():
    assert quoted("The harbour is to be dredged by 2024, says Holm.") == [
        "“We will dredge the harbour by 2024, whatever it costs,” she said.",
        "OSLO, May 3. Mayor Ada Holm met fishermen on Monday.",
    ]


def test_excerpt_that_shares_no_word_is_no_citation():
    assert quoted("They flew further.") == []
    assert quoted("7.") == []


def test_excerpt_in_another_script_is_cited_whole():
    assert quoted("Мэр встретилась с рыбаками.") == [TEXT]


def test_span_of_a_later_chunk_is_in_offsets_of_the_article():
    part = "Budget chief Per Lund disagreed. He put the price at 1,500 crowns a metre."
    assert quoted("Holm, Lund and 1,500 crowns", part=part)[0] == part
    assert quoted("Lund was against it, he disagreed", part=part) == ["Budget chief Per Lund disagreed."]


def test_tie_goes_to_the_shorter_then_to_the_earlier():
    text = "Li spoke at length about it. Li spoke. Wu sat. Li spoke."
    (span,) = pins("Li spoke", made_evidence(text))
    assert (span.start, span.end) == (29, 38)


@pytest.mark.parametrize(
    ("statement", "text", "share"),
    [
        ("Talks with Li ended", "Li ended it", 0.75),  # talks 1, Li 2, ended 1: 3 of 4
        ("Prices rose 5 times", "nothing of it", 0.0),
        ("the of", "anything", 1.0),
    ],
)
def test_coverage_is_the_share_of_weighed_words(statement, text, share):
    assert coverage(statement, text) == pytest.approx(share)
