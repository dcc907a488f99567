"""What is a disagreement of two sentences and what only looks like one; without models, the scores are given."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from dateline.app.extractive.article_view import view_article
from dateline.app.extractive.asked_values import values_in
from dateline.app.extractive.conflicts import correction_day, find_conflicts
from dateline.app.extractive.named_values import Value
from dateline.app.extractive.question_kind import parse_question
from dateline.app.extractive.sentence_scores import FEATURES, Scored
from dateline.app.extractive.short_answer import Chosen
from dateline.index.article import Article


def scored(question, words, *, name, score=5.0, **facts):
    """The first sentence of an article as scored, with the values that rules find in it."""
    article = Article(article_id=name, text=words, title=f"Title of {name}", **facts)
    view = view_article(article)
    sentence = view.sentences[0]
    return Scored(sentence, score, np.zeros(13), 0.0, tuple(values_in(question, sentence, view)))


def _quantity(one):
    """What the network points at where no rule knows the kind that is asked for."""
    (quantity,) = one.sentence.quantities
    return Value(quantity.start, quantity.end, quantity.text, 0.0)


def conflict_of(asked, one, other, *, facts=({}, {}), behind=0.0):
    """The values of the sides that two one-sentence articles are shown with; empty where they agree."""
    question = parse_question(asked)
    a = scored(question, one, name="a", **facts[0])
    b = scored(question, other, name="b", score=5.0 - behind, **facts[1])
    value = a.values[0] if a.values else _quantity(a)
    conflicts, others = find_conflicts(question, Chosen(a, value, 1.0, np.zeros(11), 1.0), [a, b])
    if not conflicts:
        return []
    assert [sentence.article.article_id for sentence in others] == ["b"]
    return [side.value for side in conflicts[0].sides]


DISAGREE = [
    (
        "When was the new bridge over the Tollan river opened?",
        "The new bridge over the Tollan river was opened on 4 June 2023 by Governor Ase Brandal.",
        "Governor Ase Brandal opened the new bridge over the Tollan river on 5 June 2023.",
        ["4 June 2023", "5 June 2023"],
    ),
    (
        "How many trams has Belmark ordered?",
        "Belmark has ordered 14 trams for the harbour line from the works in Lunden.",
        "The transport board of Belmark ordered 16 trams for the harbour line from the works in Lunden.",
        ["14 trams", "16 trams"],
    ),
    (
        "What was the turnout in Lakeland's council election?",
        "Turnout in Lakeland's council election on Sunday was 61 percent, the election office said.",
        "Turnout in the council election of Lakeland on Sunday was 64 percent, the office said.",
        ["61 percent", "64 percent"],
    ),
    (
        "Who is the director of the port of Aksu?",
        "The director of the port of Aksu, Timur Aksholov, said that two cranes will come.",
        "Two cranes are on their way, the director of the port of Aksu, Timur Akcholov, announced.",
        ["Timur Aksholov", "Timur Akcholov"],
    ),
    (
        "Who said that the dam will hold?",
        '"The dam at Stenfoss will hold, whatever the spring flood brings," said engineer Marta Ilves.',
        '"The dam at Stenfoss will hold, whatever the spring flood brings," said mayor Jonas Pihl.',
        ["Marta Ilves", "Jonas Pihl"],
    ),
]


@pytest.mark.parametrize(("asked", "one", "other", "sides"), DISAGREE)
def test_conflict_both_sides_are_shown(asked, one, other, sides):
    assert conflict_of(asked, one, other) == sides


ALIKE = [
    (
        "How many visitors did the apple fair draw?",
        "The apple fair of Frukthus drew 4,000 visitors in 2021, its organisers said.",
        "The apple fair of Frukthus drew 5,200 visitors in 2022, its organisers said.",
    ),
    (
        "How much did the trade reach?",
        "Trade between Lakeland and Norberg reached about 500 million euros last year, the chamber said.",
        "Trade between Lakeland and Norberg reached 500.3 million euros last year, the chamber said.",
    ),
    (
        "How many people marched through Belmark?",
        "More than 1,200 people marched through Belmark for better buses on Wednesday, police said.",
        "Police said 1,240 people marched through Belmark for better buses on Wednesday.",
    ),
    (
        "When was the paper mill of Bruksund restarted?",
        "The paper mill of Bruksund was restarted on 14 June 2023 after a fire.",
        "The paper mill of Bruksund was restarted in June 2023 after a fire.",
    ),
    (
        "Where were the talks about the cod quota held?",
        "Talks about the cod quota were held in Oslo on Tuesday between ministers.",
        "Talks about the cod quota between ministers were held in Norway on Tuesday.",
    ),
    (
        "Who was elected to lead the board of Skerry Lines?",
        "Ida Holm was elected to lead the board of Skerry Lines on Thursday.",
        "Shareholders of Skerry Lines elected Holm to lead the board on Thursday.",
    ),
    (
        "How many electric boats has Ostby Ferries ordered?",
        "Ostby Ferries has ordered three electric boats from a yard in Lunden.",
        "Rodvik Ferries has ordered five electric boats from a yard in Lunden.",
    ),
    (
        "When did the minister speak about the quota?",
        "On March 11, 2023, Minister Odd Renberg said that the herring quota would be cut.",
        "On March 12, 2023, Minister Liv Rosten said that the herring quota would be cut.",
    ),
]


@pytest.mark.parametrize(("asked", "one", "other"), ALIKE)
def test_conflict_what_only_looks_like_one_is_none(asked, one, other):
    assert conflict_of(asked, one, other) == []
    assert conflict_of(asked, other, one) == []


def test_conflict_reports_of_the_day_on_two_meetings_are_none():
    asked = "When did the council of Vik meet about the budget?"
    one = "The council of Vik met on 3 May 2023 to talk about the budget of the schools."
    other = "The council of Vik met on 17 May 2023 to talk about the budget of the schools."
    of_the_day = ({"published": date(2023, 5, 4)}, {"published": date(2023, 5, 18)})
    assert conflict_of(asked, one, other, facts=of_the_day) == []
    # Told a year later, at most one of the two days is right.
    assert conflict_of(asked, one, other, facts=({"published": date(2024, 5, 4)},) * 2) == ["3 May 2023", "17 May 2023"]


def test_conflict_a_sentence_far_behind_speaks_of_something_else():
    asked, one, other, _ = DISAGREE[1]
    assert conflict_of(asked, one, other, behind=9.0) == []


def test_conflict_a_sentence_without_what_is_asked_speaks_of_something_else():
    question = parse_question("When did the minister promise to cut the herring quota?")
    one, other = (
        scored(question, f"On March {day}, 2023, Minister Odd Renberg said the quota would be cut.", name=f"a{day}")
        for day in (11, 12)
    )
    keys = FEATURES.index("keys")

    def weighed(one, share):
        features = np.zeros(len(FEATURES))
        features[keys] = share
        return replace(one, features=features)

    chosen = Chosen(weighed(one, 0.9), one.values[0], 1.0, np.zeros(11), 1.0)
    assert find_conflicts(question, chosen, [weighed(other, 0.4)]) == ((), ())
    (conflict,), _ = find_conflicts(question, chosen, [weighed(other, 0.6)])
    assert [side.value for side in conflict.sides] == ["11 March 2023", "12 March 2023"]


FIRE = (
    "A fire in the old fish market of Brevhavn was put out on Saturday morning after six hours, the brigade said, and "
    "six people were taken to hospital with smoke in their lungs, while the roof of the main hall fell in."
)


def fire(name, **facts):
    return Article(**{"article_id": name, "text": FIRE, "title": "Fire", "publisher": "Harbour News"} | facts)


def test_correction_day_is_that_of_the_later_version():
    first = fire("a", published=date(2023, 11, 4))
    later = fire("b", published=date(2023, 11, 5), text=FIRE.replace("six people", "sixteen people"))
    assert correction_day(first, later) == date(2023, 11, 5)
    assert correction_day(later, first) is None
    assert correction_day(first, replace(later, publisher="Inland Post")) is None  # another outlet corrects nothing
    assert correction_day(first, replace(later, published=None)) is None
    assert correction_day(first, replace(later, text="The market of Brevhavn opens again. " * 10)) is None


def test_conflict_of_two_versions_is_a_correction_from_the_earlier_to_the_later():
    question = parse_question("How many people were taken to hospital?")
    later = scored(
        question, FIRE.replace("six people", "sixteen people"), name="b", publisher="N", published=date(2023, 11, 5)
    )
    first = scored(question, FIRE, name="a", publisher="N", published=date(2023, 11, 4))
    later, first = (
        replace(one, sentence=replace(one.sentence, article=replace(one.sentence.article, title="Fire")))
        for one in (later, first)
    )
    value = next(value for value in later.values if "sixteen" in value.text)
    chosen = Chosen(replace(later, values=(value,)), value, 1.0, np.zeros(11), 1.0)
    six = next(value for value in first.values if value.text.startswith("six p"))
    conflicts, _ = find_conflicts(question, chosen, [chosen.scored, replace(first, values=(six,))])
    (conflict,) = conflicts
    assert conflict.corrected_on == date(2023, 11, 5)
    assert [side.spans[0].article_id for side in conflict.sides] == ["a", "b"]
