"""The verdict on one answer: right, wrong or refused, why, and which stage lost it. Pure.

What counts as the answer is the `short_answer` where there is one: the first fact must be in it, and a value of an
expected kind in it that is not expected makes the answer wrong, whatever the text says. Further facts may stand in the
text. Without a short answer the text must hold all facts and stay within the case's limit: quoting everything is not
answering. A right answer also cites an accepted article.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..app.answer import Answer, Refusal
from .cases import Case, PersonFact
from .facts import describe, holds, rivals

Verdict = Literal["correct", "wrong", "refused"]
Stage = Literal["retrieval", "reading", "citation", "refusal"]
_MARKER = re.compile(r"\s*\[\d+(?:\s*,\s*\d+)*\]")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, why (empty when right), and the stage that lost it (None when right).

    "correct" on an unanswerable case is a refusal, "wrong" an answer; "refused" exists only where an answer was due.
    """

    verdict: Verdict
    why: str = ""
    stage: Stage | None = None


def judge(
    case: Case, result: Answer | Refusal, *, people: Sequence[PersonFact] = (), retrieved: bool = True
) -> Judgement:
    """Judges one result. `people`: who else the set knows; `retrieved`: gold words, if any, were in the evidence."""
    if isinstance(result, Refusal):
        return _judge_refusal(case, result, retrieved=retrieved)
    if not case.answerable:
        return Judgement("wrong", "answered what the articles do not say", "refusal")
    if fault := _fault(case, result, people):
        return Judgement("wrong", fault, "reading" if retrieved else "retrieval")
    cited = {citation.article_id for citation in result.citations}
    if not cited or (case.articles and cited.isdisjoint(case.articles)):
        return Judgement("wrong", f"right, but cites {', '.join(sorted(cited)) or 'nothing'}", "citation")
    return Judgement("correct")


def _judge_refusal(case: Case, refusal: Refusal, *, retrieved: bool) -> Judgement:
    if not case.answerable:
        return Judgement("correct")
    return Judgement("refused", f"refused: {refusal.reason}", "refusal" if retrieved else "retrieval")


def _fault(case: Case, answer: Answer, people: Sequence[PersonFact]) -> str:
    """What is wrong with an answer's words; empty when nothing is."""
    text = _MARKER.sub("", answer.text)
    short = (answer.short_answer or "").strip()
    said = short or text
    for index, fact in enumerate(case.facts):
        further = bool(short) and index > 0
        if not holds(fact, said, others=people) and not (further and holds(fact, text, others=people)):
            return f"does not say {describe(fact)}"
    for fact in case.forbidden:
        if holds(fact, said):
            return f"says {describe(fact)}"
    if short and (wrong := rivals(case.facts, short, others=people)):
        return f"also says {', '.join(wrong)}"
    if not short and len(text) > case.limit:
        return f"has {len(text)} characters and no short answer; at most {case.limit} count as an answer"
    return ""
