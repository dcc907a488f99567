"""From a follow-up to a standalone question, by rules: "And when did he say that?" needs to know who and what.

Works on words alone, without a model; the rewrite by an LLM is `llm.condense`. A false rewrite is worse than none: a
question that stands alone is handed back as it is, and a pronoun that nothing in the conversation fits stays.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .ellipsis import complete
from .pronouns import resolve
from .referents import Told, referents

_CONNECTIVE = re.compile(
    r"\A(?:(?:and|but|so|also|ok|okay|then|well|now|thanks|thank you)\b[\s,.!:;–—-]*)+(?=\S)", re.I
)
N_TURNS = 4  # what was spoken of five turns ago is no longer meant by "he"


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange of a conversation: what was asked, what that meant standing alone, and what was told."""

    question: str
    standalone_question: str
    answer_text: str
    short_answer: str | None


def condense(question: str, history: Sequence[Turn]) -> str:
    """The question as it stands alone, given the turns before it (oldest first). Unchanged without history.

    >>> condense("And when did he say that?", [Turn("Who spoke of tolls?", "Who spoke of tolls?", "", "Ola Berg")])
    'When did Ola Berg say that (tolls)?'
    """
    question = question.strip()
    told = _told(history)
    if not told or not question:
        return question
    bare = _CONNECTIVE.sub("", question)
    bare = bare[:1].upper() + bare[1:]
    spoken_of = referents(told)
    completed = complete(bare, told[-1], spoken_of, goes_on=bare.casefold() != question.casefold())
    changed = _tidy(resolve(bare, told[-1], spoken_of) if completed is None else completed)
    return question if changed.casefold() == question.casefold() else changed


def _told(history: Sequence[Turn]) -> list[Told]:
    """The last turns, each question standing alone: a turn made by a caller may hold a follow-up as it was typed."""
    turns = list(history)[-N_TURNS:]
    told: list[Told] = []
    for i, turn in enumerate(turns):
        standalone = turn.standalone_question
        if standalone == turn.question and i:
            standalone = condense(turn.question, turns[:i])
        told.append(Told(standalone, turn.answer_text, turn.short_answer))
    return told


def _tidy(question: str) -> str:
    question = re.sub(r"\s+([?,.])", r"\1", " ".join(question.split()))
    return question[:1].upper() + question[1:]
