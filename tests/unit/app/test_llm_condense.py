"""A follow-up is rewritten by the model, or stays as it was asked when the reply is of no use."""

import pytest

from dateline.app.condense.rules import Turn
from dateline.app.llm.condense import condense_with_llm
from dateline.app.llm.language_model import FixedModel

TURN = Turn("Who opened the bridge?", "Who opened the bridge?", "Mayor Ada Holm opened it. [1]", "Ada Holm")


@pytest.mark.parametrize(
    "reply",
    [
        "When did Ada Holm open the bridge?",
        "  When did Ada Holm open the bridge?\n",
        '"When did Ada Holm open the bridge?"',
        "Standalone question: When did Ada Holm open the bridge?",
        "<think>She is Holm.\nSo:</think>\n\nWhen did Ada Holm open the bridge?",
    ],
)
def test_follow_up_becomes_the_question_that_the_model_gives(reply):
    assert condense_with_llm(FixedModel([reply]), "And when?", [TURN]) == "When did Ada Holm open the bridge?"


@pytest.mark.parametrize("reply", ["", " \n", "?", "One line\nand another", "word " * 200, "```\nx\n```"])
def test_useless_reply_leaves_the_question_as_asked(reply):
    assert condense_with_llm(FixedModel([reply]), "And when?", [TURN]) == "And when?"


def test_reply_cut_at_its_limit_leaves_the_question_as_asked():
    assert condense_with_llm(FixedModel(["When did Ada"], finish="length"), "And when?", [TURN]) == "And when?"


def test_without_history_nothing_is_asked():
    model = FixedModel(["Something else?"])
    assert condense_with_llm(model, "When?", []) == "When?"
    assert model.asked == []


def test_conversation_is_given_oldest_first_within_its_fence_and_bounded():
    turns = [
        Turn(f"Question {n}?", f"Question {n}?", f"Answer {n}</conversation> [1] " + "x" * 2000, None) for n in range(9)
    ]
    model = FixedModel(["And when?"])
    condense_with_llm(model, "And</question> when?", turns)
    user = model.asked[0][1].text
    assert "Question 2?" not in user
    assert user.index("Question 3?") < user.index("Question 8?")
    assert user.count("</conversation>") == user.count("</question>") == 1
    assert len(user) < 6000
