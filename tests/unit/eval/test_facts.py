"""Facts in texts: hand-made positives and negatives, near misses among them."""

import pytest

from dateline.eval.cases import DateFact, NameFact, NumberFact, PersonFact, RouteFact, TextFact, YesNoFact
from dateline.eval.facts import describe, holds, rivals

DAY = DateFact(type="date", any_of=("2019-03-07",))
MAYOR = PersonFact(type="person", name="Anna-Lena Brückner", any_of=("Anna Bruekner",))
RIVAL = PersonFact(type="person", name="Tomas Ilves")
PATH = RouteFact(type="route", stops=("Oslo", ("Gothenburg", "Göteborg"), "Malmö"))


@pytest.mark.parametrize(
    "text",
    [
        "7 March 2019",
        "March 7, 2019",
        "Mar. 7th, 2019",
        "the 7th of March 2019",
        "on 2019-03-07 at noon",
        "07.03.2019",
        "2019/3/7",
        "It was on Thursday, 7 March, 2019.",
        "6 or 7 March 2019",
        "not before 7 March 2019",
    ],
)
def test_date_in_any_format_is_found(text: str) -> None:
    assert holds(DAY, text)


@pytest.mark.parametrize(
    "text",
    [
        "8 March 2019",
        "7 March 2018",
        "7 March",
        "March 2019",
        "17 March 2019",
        "not on 7 March 2019",
        "It wasn't on March 7, 2019",
        "on Thursday",
        "7 people marched in 2019",
        "",
    ],
)
def test_another_or_denied_date_is_not_found(text: str) -> None:
    assert not holds(DAY, text)


def test_ambiguous_date_counts_for_both_readings() -> None:
    assert holds(DateFact(type="date", any_of=("2019-07-03",)), "07/03/2019")


def test_partial_date_matches_only_the_same_parts() -> None:
    month = DateFact(type="date", any_of=("2019-03",))
    assert holds(month, "in March 2019")
    assert not holds(month, "on 7 March 2019")
    assert not holds(month, "in March")
    assert holds(DateFact(type="date", any_of=("--03-07",)), "on March 7")
    assert holds(DateFact(type="date", any_of=("2019",)), "since 2019")


def test_month_names_that_are_words_count_only_as_months() -> None:
    may = DateFact(type="date", any_of=("--05",))
    assert holds(may, "in May")
    assert holds(may, "May")
    assert not holds(may, "May they come")
    assert not holds(may, "it may rain")


@pytest.mark.parametrize(
    "text",
    [
        "Anna-Lena Brückner",
        "BRUCKNER",
        "Mayor Brückner’s office",
        "A.-L. Brückner",
        "A. Brückner",
        "Ms Bruekner",
        "not Ilves but Brückner",
        "the mayor, Anna-Lena Brueckner-Holm or Brückner",
    ],
)
def test_person_by_any_usual_form_is_found(text: str) -> None:
    assert holds(MAYOR, text, others=[RIVAL])


@pytest.mark.parametrize(
    "text",
    ["Tomas Brückner", "T. Brückner", "Anna-Lena", "not Brückner", "not Mayor Brückner", "Brücknerstrasse", ""],
)
def test_another_or_denied_person_is_not_found(text: str) -> None:
    assert not holds(MAYOR, text, others=[RIVAL])


def test_rivals_name_another_person_but_not_whose_office_it_is() -> None:
    both = [MAYOR, RIVAL]
    assert rivals([MAYOR], "Brückner and Ilves", others=both) == ("Tomas Ilves",)
    assert rivals([MAYOR], "Ilves's deputy Brückner", others=both) == ()
    assert rivals([MAYOR], "Brückner, deputy of Tomas Ilves", others=both) == ()
    assert rivals([MAYOR], "Brückner, not Ilves", others=both) == ()


def test_rivals_name_another_date_but_no_repetition_or_denial() -> None:
    assert rivals([DAY], "7 March 2019 or 8 March 2019") == ("8 March 2019",)
    assert rivals([DAY], "7 March 2019 (2019-03-07), not 8 March 2019") == ()


def test_rivals_name_another_number_of_the_unit_only() -> None:
    toll = NumberFact(type="number", value=2e6, unit="usd")
    assert rivals([toll], "$2 million of $3 million") == ("3 million",)
    assert rivals([toll], "$2 million in 12 towns since 2019") == ()


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (2e6, "usd", "$2 million"),
        (2e6, "usd", "2,000,000 US dollars"),
        (2e6, "usd", "over 2 mln dollars"),
        (2.5, "percent", "2.5 per cent"),
        (21, "town", "twenty-one towns"),
        (21, "town", "21"),
        (21, "point", "the 21-point plan of the new government of the region"),
    ],
)
def test_number_in_any_form_is_found(value: float, unit: str, text: str) -> None:
    assert holds(NumberFact(type="number", value=value, unit=unit), text)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (2e6, "usd", "2 million tenge"),
        (2e6, "usd", "€2 million"),
        (2e6, "usd", "$2 billion"),
        (2, "percent", "2 dollars"),
        (20, "town", "21 towns"),
        (21, "town", "After 21 days they reached the villages in the north"),
        (7, "town", "7 March 2019"),
        (21, "town", "$21"),
        (1, "town", "1,000 towns"),
    ],
)
def test_other_number_or_unit_is_not_found(value: float, unit: str, text: str) -> None:
    assert not holds(NumberFact(type="number", value=value, unit=unit), text)


@pytest.mark.parametrize(
    "text",
    [
        "Oslo-Gothenburg-Malmö",
        "from Oslo via Göteborg to Malmo",
        "Oslo → Gothenburg → Malmö",
        "Oslo, Gothenburg and then Malmö.",
    ],
)
def test_route_with_free_separators_is_found(text: str) -> None:
    assert holds(PATH, text)


@pytest.mark.parametrize(
    "text",
    [
        "Malmö-Gothenburg-Oslo",
        "Oslo-Malmö",
        "Oslo-Gothenburg-Lund-Malmö",
        "Oslo-Gothenburg-Malmö-Lund",
        "Bergen-Oslo-Gothenburg-Malmö",
        "not Oslo-Gothenburg-Malmö",
    ],
)
def test_route_in_other_order_or_with_other_stops_is_not_found(text: str) -> None:
    assert not holds(PATH, text)


def test_text_folds_case_accents_and_punctuation_and_leaves_a_starred_ending_free() -> None:
    fact = TextFact(type="text", any_of=("vice mayor", "coordinat*"))
    assert holds(fact, "the Vice-Mayor’s car")
    assert holds(fact, "better coordination")
    assert not holds(fact, "the vice of the mayor")


def test_place_denied_is_not_found() -> None:
    fact = NameFact(type="place", any_of=("Lund",))
    assert holds(fact, "in Lund")
    assert not holds(fact, "not in Lund")


def test_yes_no_reads_the_first_word_and_else_the_phrases() -> None:
    fact = YesNoFact(type="yes_no", value=False, any_of=("has refused",))
    assert holds(fact, "No, it has not.")
    assert not holds(fact, "Yes, it has refused.")
    assert holds(fact, "The town has refused the offer.")
    assert not holds(fact, "Nobody knows.")


def test_describe_names_what_is_expected() -> None:
    facts = [DAY, MAYOR, PATH, NumberFact(type="number", value=21, unit="points")]
    assert [describe(fact) for fact in facts] == [
        "2019-03-07",
        "Anna-Lena Brückner",
        "Oslo - Gothenburg - Malmö",
        "21 points",
    ]
