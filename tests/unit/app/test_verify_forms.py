"""Equal forms of facts, and which sentences a statement is held against."""

import pytest

from dateline.app.extractive.names import find_names
from dateline.app.verify.amounts import amounts_of
from dateline.app.verify.equal import same_amount, same_entity
from dateline.app.verify.nearest import nearest
from dateline.app.verify.passage import statement_passage


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("two", "2", True),
        ("a dozen", "12", True),
        ("two hundred and fifty thousand", "250,000", True),
        ("$1.5bn", "1,500 million dollars", True),
        ("30 percent", "30%", True),
        ("the 21st", "twenty-first", True),
        ("8:05 p.m.", "8:05 pm", True),
        ("5 million", "4,960,000", True),  # rounded to millions, 0.8 % off
        ("5 million", "4,560,000", False),  # 9 % off
        ("30 percent", "30", False),
        ("$30", "£30", False),
        ("1,500", "1,600", False),
    ],
)
def test_same_amount_knows_forms_and_units(one, other, same):
    (a,), (b,) = amounts_of(one), amounts_of(other)
    assert same_amount(a, b) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the United States", "the U.S.", True),
        ("the NATO", "the National Aid Tribunal Office", True),
        ("President Ola Berg", "Berg", True),
        ("Alihan Berg", "Alikhan Berg", True),
        ("Norway", "Sweden", False),
        ("Ola Berg", "Anna Berg", False),
    ],
)
def test_same_entity_knows_other_words_for_it(one, other, same):
    (a,), (b,) = find_names(f"They saw {one} there."), find_names(f"They saw {other} there.")
    assert same_entity(a, b) is same


def test_nearest_takes_the_sentences_that_together_hold_the_words():
    passages = [
        statement_passage(text)
        for text in ("It rained in Oslo.", "The mayor resigned on Monday.", "Her deputy takes office in June.")
    ]
    said = statement_passage("The mayor resigned and her deputy takes office.")
    # "deputy", "take", "office" are three words, "mayor", "resign" two: the third sentence comes first.
    assert nearest(said, passages) == [2, 1]
    assert nearest(statement_passage("Wheat prices."), passages) == []
