"""Makes a follow-up question understandable alone, by a language model. The rules without one are in `condense`.

A useless reply is never used: then the question stays as it was asked.
"""

import re
from collections.abc import Sequence

from ...prompts.loader import prompt
from ..condense.rules import Turn
from .citation_stream import without_thoughts
from .language_model import LanguageModel
from .prompt import harmless

MAX_TURNS = 6
_MAX_ANSWER_CHARS = 600
_MAX_GROWTH_CHARS = 400
_LABEL = re.compile(r"^(?:standalone |rewritten )?question\s*:\s*", re.IGNORECASE)


def condense_with_llm(client: LanguageModel, question: str, history: Sequence[Turn]) -> str:
    """The question as one that stands alone. Without history it is returned unchanged and no call is made.

    Raises ProviderError when the model fails.
    """
    if not history:
        return question
    told = "\n".join(_told(turn) for turn in history[-MAX_TURNS:])
    messages = prompt("condense").render({"history": told, "question": harmless(question).strip()})
    completion = client.complete(messages)
    rewritten = _usable(completion.text, question=question) if completion.finish == "stop" else None
    return rewritten or question


def _told(turn: Turn) -> str:
    answer = " ".join(harmless(turn.answer_text).split())[:_MAX_ANSWER_CHARS] or "(no answer)"
    return f"Question: {' '.join(harmless(turn.standalone_question).split())}\nAnswer: {answer}"


def _usable(reply: str, *, question: str) -> str | None:
    lines = [line.strip() for line in without_thoughts(reply).splitlines() if line.strip()]
    if len(lines) != 1:
        return None
    rewritten = _LABEL.sub("", lines[0]).strip('"“”«»` \t')
    if not any(sign.isalnum() for sign in rewritten) or len(rewritten) > len(question) + _MAX_GROWTH_CHARS:
        return None
    return rewritten
