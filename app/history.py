"""Reads the history that comes with a question, in any of the forms callers have, into turns."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from ..index.errors import BadInput
from .answer import Answer, Refusal
from .condense.rules import Turn

# A question (to be answered first), {"question", "answer"}, a chat message {"role", "content"}, or a turn already made.
Exchange: TypeAlias = str | Mapping[str, Any] | Turn
# A follow-up looks back a few turns; more would only cost, since bare questions are answered anew.
MAX_EXCHANGES = 12


def turn_of(result: Answer | Refusal) -> Turn:
    """What later questions need of an answer or a refusal."""
    told = (result.text, result.short_answer) if isinstance(result, Answer) else ("", None)
    return Turn(result.question, result.standalone_question, *told)


def turns_from(
    history: Sequence[Exchange], *, ask: Callable[[str, tuple[Turn, ...]], Answer | Refusal]
) -> tuple[Turn, ...]:
    """Turns, oldest first, of the last `MAX_EXCHANGES`. A bare question is answered by `ask` with the turns before it.

    Raises BadInput for an exchange of no known form, and for a history that is no list.
    """
    if isinstance(history, str):
        raise BadInput(f"The history is one text; {_FORMS}")
    turns: list[Turn] = []
    for exchange in history[-MAX_EXCHANGES:]:
        if isinstance(exchange, Turn):
            turns.append(exchange)
        elif isinstance(exchange, str):
            turns.append(turn_of(ask(exchange, tuple(turns))))
        elif isinstance(exchange, Mapping):
            _add(exchange, turns)
        else:
            raise BadInput(f"A {type(exchange).__name__} in the history; {_FORMS}")
    return tuple(turns)


_FORMS = 'give questions, {"question", "answer"} or {"role": "user" or "assistant", "content"}.'


def _add(exchange: Mapping[str, Any], turns: list[Turn]) -> None:
    role, content = exchange.get("role"), exchange.get("content")
    if isinstance(exchange.get("question"), str):
        question = exchange["question"]
        turns.append(Turn(question, question, str(exchange.get("answer") or ""), None))
    elif role == "user" and isinstance(content, str):
        turns.append(Turn(content, content, "", None))
    elif role == "assistant" and isinstance(content, str):
        if turns:
            last = turns[-1]
            turns[-1] = Turn(last.question, last.standalone_question, content, None)
    elif role != "system":
        raise BadInput(f"An exchange of the history has the fields {sorted(exchange)}; {_FORMS}")
