"""Follow-ups by rules: every expected question is what a person would have typed, written by hand."""

import pytest

from dateline.app.condense.rules import Turn, condense


def _turn(question: str, answer: str = "", short_answer: str | None = None) -> Turn:
    return Turn(question, question, answer, short_answer)


def test_condense_without_history_leaves_the_question():
    assert condense("And when did he say that?", []) == "And when did he say that?"


REWRITTEN = [
    # pronouns
    (
        _turn("Who is Ola Berg?", "Energy Minister Ola Berg spoke in Oslo. [1]", "Energy Minister"),
        "What did he say about tolls?",
        "What did Ola Berg say about tolls?",
    ),
    (
        _turn("Who said the tunnel is a mistake?", "Mayor Ola Berg called it a mistake.", "Ola Berg"),
        "And when did he say that?",
        "When did Ola Berg say that (the tunnel is a mistake)?",
    ),
    (
        _turn("When did Berg meet Marie Curie?", "Ola Berg met Marie Curie in May.", "May 2024"),
        "Where did they meet?",
        "Where did Ola Berg and Marie Curie meet?",
    ),
    (
        _turn("What did Berg offer Anna Holm?", "Berg offered Anna Holm a seat.", None),
        "Did she accept?",
        "Did Anna Holm accept?",
    ),
    (
        _turn("Who will build the bridge?", "Skanska will.", "Skanska"),
        "How much will it cost?",
        "How much will the bridge cost?",
    ),
    (_turn("Where did Berg go?", "Berg went to Oslo.", "Oslo"), "What happened there?", "What happened in Oslo?"),
    (
        _turn("When did the strike begin?", "On 3 May 2024.", "3 May 2024"),
        "What did Berg say then?",
        "What did Berg say on 3 May 2024?",
    ),
    (
        _turn("Who is Ola Berg?", "Transport Minister Ola Berg resigned.", "Transport Minister"),
        "What did the minister say about tolls?",
        "What did the minister Ola Berg say about tolls?",
    ),
    # what is left out
    (_turn("When did Berg and Holm meet?", "In May.", "May"), "Where?", "Where did Berg and Holm meet?"),
    (_turn("Who did Berg meet?", "Berg met Holm.", "Anna Holm"), "When?", "When did Berg meet (Anna Holm)?"),
    (
        _turn("Who proposed the tunnel?", "Holm did.", "Anna Holm"),
        "Why?",
        "Why was it that Anna Holm proposed the tunnel?",
    ),
    (
        _turn("Who is the mayor of Oslo?", "Ola Berg.", "Ola Berg"),
        "And of Bergen?",
        "Who is the mayor of Bergen?",
    ),
    (_turn("Who heads Statoil?", "Ola Berg.", "Ola Berg"), "What about Equinor?", "Who heads Equinor?"),
    (
        _turn("How many people died in floods in 2020?", "12 people.", "12 people"),
        "And in 2021?",
        "How many people died in floods in 2021?",
    ),
    (_turn("Who is Anna Holm?", "CEO Anna Holm.", "CEO"), "And her salary?", "What about Anna Holm's salary?"),
]


@pytest.mark.parametrize(("turn", "question", "expected"), REWRITTEN, ids=[case[1] for case in REWRITTEN])
def test_condense_follow_up_stands_alone(turn, question, expected):
    assert condense(question, [turn]) == expected


@pytest.mark.parametrize(
    "question",
    [
        "When did Holm say she would resign?",
        "Who is the mayor of Bergen?",
        "Is there a tunnel between Oslo and Drammen?",
        "Which countries are members?",
        "What did the report say that surprised Holm?",
        "Is it true that Holm resigned?",
        "Isn't it safer to wait?",
        "My friend works in Bergen. Did he say that tolls rose?",
        "Regional differences",
        "Isn't Bergen a part of Norway?",
    ],
)
def test_condense_question_that_stands_alone_is_left_alone(question):
    turn = _turn("Who is Ola Berg?", "Energy Minister Ola Berg spoke in Oslo.", "Energy Minister")
    assert condense(question, [turn]) == question


def test_condense_pronoun_nothing_fits_stays():
    assert (
        condense("When did he resign?", [_turn("What is inflation?", "rising prices", None)]) == "When did he resign?"
    )


def test_condense_looks_past_the_last_turn():
    turns = [_turn("Who is Ola Berg?", "", "Energy Minister"), _turn("How high are the tolls?", "", "40 kroner")]
    assert condense("When was he born?", turns) == "When was Ola Berg born?"


def test_condense_turn_that_was_a_follow_up_itself_is_understood():
    turns = [
        _turn("Who is Ola Berg?", "", "Energy Minister"),
        _turn("Where was he born?", "He was born in Bergen.", "Bergen"),
    ]
    assert condense("And when?", turns) == "When was Ola Berg born?"
