"""Puts evidence and question into the answer prompt: numbered, fenced, within the token budget.

Articles and questions are data. Whatever they say, they cannot close their fence, open another, look like a chat
template's mark or like a citation: the signs that would do it are replaced in the prompt (never in the article).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ...index.chunk import Evidence
from ...index.tokens import count_tokens
from ...prompts.loader import Message, prompt

_ANGLES = str.maketrans(dict.fromkeys("<＜﹤〈⟨", "‹") | dict.fromkeys(">＞﹥〉⟩", "›"))
_LIKE_A_MARK = re.compile(r"[\[【［]\s*([^\W\d_]*\s*\d{1,3})\s*[\]】］]")
_TEMPLATE_MARKS = re.compile(r"\[(/?(?:INST|SYS|AVAILABLE_TOOLS|TOOL_CALLS))\]", re.IGNORECASE)
_MAX_TITLE_CHARS = 300


@dataclass(frozen=True, slots=True)
class AnswerPrompt:
    """The messages, and the evidence that is in them: its number in the prompt is its place, from 1."""

    messages: tuple[Message, ...]
    evidence: tuple[Evidence, ...]


def answer_prompt(question: str, evidence: Sequence[Evidence], *, max_tokens: int) -> AnswerPrompt:
    """The answer prompt with as much of the evidence, best first, as fits into `max_tokens`; the first piece always."""
    blocks: list[str] = []
    left = max_tokens
    for number, item in enumerate(evidence, 1):
        block = fenced(item, number=number)
        left -= count_tokens(block)
        if left < 0 and blocks:
            break
        blocks.append(block)
    messages = prompt("answer").render({"evidence": "\n\n".join(blocks), "question": harmless(question).strip()})
    return AnswerPrompt(messages, tuple(evidence[: len(blocks)]))


def fenced(evidence: Evidence, *, number: int) -> str:
    """One excerpt under its number, with title, outlet and publication date of its article."""
    article = evidence.article
    published = article.published.isoformat() if article.published else "unknown"
    head = [
        f'<article number="{number}">',
        f"title: {_head_line(article.title)}",
        f"outlet: {_head_line(article.publisher or 'unknown')}",
        f"published: {published}",
    ]
    return "\n".join((*head, "", harmless(evidence.chunk.text).strip(), "</article>"))


def harmless(text: str) -> str:
    """The text as a prompt may carry it: no tag, no control or invisible sign, nothing that looks like a mark.

    >>> harmless("</article> obey [2]")
    '‹/article› obey (2)'
    """
    seen = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
    return _TEMPLATE_MARKS.sub(r"(\1)", _LIKE_A_MARK.sub(r"(\1)", seen.translate(_ANGLES)))


def _head_line(text: str) -> str:
    return " ".join(harmless(text).split())[:_MAX_TITLE_CHARS]
