"""Names of a sentence as possible answers: how well each fits the kind asked for; what the question says is none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .article_view import Sentence
from .name_match import same_name
from .names import Name
from .question_kind import Question
from .question_words import content_stems, fold, stem


@dataclass(frozen=True, slots=True)
class Value:
    """A possible answer at `[start, end)` of a sentence: its normal form, and in (0, 1] how well its kind fits."""

    start: int
    end: int
    text: str
    fit: float


def named_values(question: Question, sentence: Sentence, fits: Mapping[str, float]) -> Iterator[Value]:
    """The names of a sentence with the fit of their kind; more where the sentence calls them what is asked for."""
    for name in sentence.names:
        if not is_asked(name.text, question):
            fit = fits[name.kind]
            if question.noun and fit < 1.0 and _is_called(question.noun, sentence, name):
                fit = max(fit, 0.95)
            yield Value(name.start, name.end, name.text, fit)


def _is_called(noun: Sequence[str], sentence: Sentence, name: Name) -> bool:
    """Whether the sentence calls a name by the noun asked for: "the island of Hitra", "Hitra island"."""
    before = re.search(r"([\w-]+)(?:\s(?:of|called|named))?(?:\sthe)?\s\Z", sentence.text[: name.start])
    behind = re.match(r"\s([\w-]+)", sentence.text[name.end :])
    words = [match.group(1) for match in (before, behind) if match]
    return bool(set(noun[-1:]) & {stem(fold(word)) for word in words})


def is_asked(name: str, question: Question) -> bool:
    """Whether the question says this name itself."""
    if any(same_name(name, asked.text) for asked in question.names):
        return True
    words = set(content_stems(name))
    holds_asked = any(set(content_stems(asked.text)) <= words for asked in question.names if len(asked.words) > 1)
    return holds_asked or (bool(words) and words <= set(question.stems))
