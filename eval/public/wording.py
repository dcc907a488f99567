"""How public sets compare an answer with the right ones: exact match and F1 over words, in two normal forms. Pure.

"news" is that of RealTime QA: lower case, ASCII punctuation deleted, blanks joined. "squad" is that of SQuAD, which
also drops a, an and the.
"""

import re
import string
from collections import Counter
from collections.abc import Sequence
from typing import Literal

Form = Literal["news", "squad"]
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_MARKER = re.compile(r"\s*\[\d+(?:\s*,\s*\d+)*\]")


def normal(text: str, *, form: Form) -> str:
    """The text in a normal form.

    >>> normal("The U.S.-led  plan", form="news"), normal("The U.S.-led  plan", form="squad")
    ('the usled plan', 'usled plan')
    """
    plain = text.lower().translate(_PUNCTUATION)
    if form == "squad":
        plain = re.sub(r"\b(a|an|the)\b", " ", plain)
    return " ".join(plain.split())


def exact(said: str | None, right: Sequence[str], *, form: Form) -> float:
    """1 if what was said is one of the right answers; 0 for None."""
    return float(said is not None and normal(said, form=form) in {normal(one, form=form) for one in right})


def f1(said: str | None, right: Sequence[str], *, form: Form) -> float:
    """The best F1 over words with any of the right answers; 0 for None or without right answers.

    >>> f1("in the port city", ["the port"], form="news")
    0.6666666666666666
    """
    if said is None:
        return 0.0
    words = normal(said, form=form).split()
    return max((_overlap(words, normal(one, form=form).split()) for one in right), default=0.0)


def told(text: str | None, right: Sequence[str], *, form: Form) -> float:
    """1 if any right answer stands in the text word for word, in normal form; 0 for None."""
    if text is None:
        return 0.0
    page = f" {normal(text, form=form)} "
    return float(any((words := normal(one, form=form)) and f" {words} " in page for one in right))


def without_markers(text: str) -> str:
    """An answer's text without its citation numbers."""
    return _MARKER.sub("", text)


def _overlap(said: Sequence[str], right: Sequence[str]) -> float:
    if not said or not right:
        return float(said == right)
    shared = sum((Counter(said) & Counter(right)).values())
    return 2 * shared / (len(said) + len(right))
