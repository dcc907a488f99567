import pytest

from dateline.app.answer import Refusal
from dateline.app.condense.rules import Turn
from dateline.app.history import turn_of, turns_from
from dateline.index.errors import BadInput


def refuse(question, _before):
    return Refusal(id="1", question=question, standalone_question=question, reason="no_evidence", message="none")


def test_turns_from_questions_are_asked_in_order_with_what_came_before():
    seen = []

    def ask(question, before):
        seen.append((question, len(before)))
        return refuse(question, before)

    turns_from(["first?", "second?"], ask=ask)
    assert seen == [("first?", 0), ("second?", 1)]


def test_turns_from_chat_messages_pairs_question_and_answer():
    history = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Who opened it?"},
        {"role": "assistant", "content": "The mayor."},
    ]
    assert turns_from(history, ask=refuse) == (Turn("Who opened it?", "Who opened it?", "The mayor.", None),)


def test_turns_from_pairs_are_not_asked_again():
    def ask(question, before):
        raise AssertionError("must not be asked")

    (turn,) = turns_from([{"question": "Who?", "answer": "She."}], ask=ask)
    assert turn.answer_text == "She."


@pytest.mark.parametrize("bad", [7, {"text": "x"}, {"role": "robot", "content": "x"}])
def test_turns_from_unknown_form_is_bad_input(bad):
    with pytest.raises(BadInput, match="history"):
        turns_from([bad], ask=refuse)


def test_turn_of_refusal_has_no_answer():
    assert turn_of(refuse("Who?", ())) == Turn("Who?", "Who?", "", None)


def test_turns_from_long_history_looks_at_the_last_exchanges_only():
    seen = []

    def ask(question, before):
        seen.append(question)
        return refuse(question, before)

    turns_from([f"question {number}" for number in range(100)], ask=ask)
    assert seen == [f"question {number}" for number in range(88, 100)]


def test_turns_from_one_text_is_bad_input():
    with pytest.raises(BadInput, match="one text"):
        turns_from("Who came?", ask=refuse)
