"""The shortest exact answer: of all candidates the likeliest, by what the network, the words and the kind say together.

The same value in several articles counts together: what two articles say is likelier than what one says.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from .asked_values import WEEKDAYS, asked_unit
from .candidates import FEATURES, SPANLESS, Candidate, is_ruled
from .named_values import Value
from .question_kind import Question
from .question_words import fold, listed
from .sentence_scores import Scored
from .spoken_dates import find_spoken_dates

# In the order of candidates.FEATURES. Conditional logistic regression over the candidates of 231 questions that were
# written for it on public news articles, held near the weights before; what a very short line gains was then lowered by
# hand, at .01 of them. docs/benchmarks.md, "Reader".
WEIGHTS = np.array(
    [
        *(0.26, 0.23, -0.06, 0.17, 2.49, 1.41, -0.06, 0.55, 1.56, 0.56, 0.19),
        *(3.19, -1.65, 2.2, -1.79, 1.65, 0.23, -0.5, -0.74, 0.66, 0.5, -0.9, 1.26, -0.98),
    ]
)
# Where a rule's value is the answer, the sentence's own score and the fit decide, as they did before the network.
RULED_WEIGHTS = np.array([0.3, 0.1, 0.1, 0.0, 1.5, 1.2, 0.0, 0.3, *[0.0] * (len(FEATURES) - 8)])
POOR_FIT = 0.36  # below it a value is hardly of the kind asked for
NEARLY_AS_LIKELY, MAX_LEAD = 2.0, 8.0  # differences of score
ONE_QUOTATION = 4  # sentences from its words to the name of who said them
_SEVERAL = re.compile(r"\bwho (?:are|were|met|discussed|signed|agreed|attended|took part|talked|negotiated)\b", re.I)
_CLAUSES = frozenset(("reason", "manner"))


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """The sentence that answers, and the value in it; no value where none stands there.

    `features` are the candidate's; `lead` how far its score is above that of the best other value.
    """

    scored: Scored
    value: Value | None
    near: float
    features: NDArray[np.float64]
    lead: float


def choose(question: Question, candidates: Sequence[Candidate]) -> Chosen:
    """The best candidate of the value that is likeliest over all articles (at least one candidate)."""
    weights = RULED_WEIGHTS if is_ruled(question) else WEIGHTS
    scores = np.array([float(one.features @ weights) for one in candidates])
    groups: dict[str, list[int]] = {}
    for place, one in enumerate(candidates):
        groups.setdefault(_same(one), []).append(place)
    together = {value: float(np.logaddexp.reduce(scores[places])) for value, places in groups.items()}
    ranked = sorted(together, key=lambda value: -together[value])
    best = max(groups[ranked[0]], key=lambda place: scores[place])
    if question.kind == "date" and asked_unit(question) is None:
        best = _fullest_date(candidates, scores, best)
    one = candidates[best]
    if question.by_speaker:
        one = _spoken(one, [candidates[place] for place in groups[ranked[0]]])
    return Chosen(
        scored=one.scored,
        value=one.value,
        near=one.near,
        features=one.features,
        lead=together[ranked[0]] - together[ranked[1]] if len(ranked) > 1 else MAX_LEAD,
    )


def _fullest_date(candidates: Sequence[Candidate], scores: NDArray[np.float64], best: int) -> int:
    """The best candidate, or one nearly as likely that gives the same date more fully: with its day."""
    fuller = [
        place
        for place, one in enumerate(candidates)
        if scores[place] > scores[best] - NEARLY_AS_LIKELY and _is_fuller(one.value, candidates[best].value)
    ]
    return max(fuller, key=lambda place: scores[place], default=best)


def _full_date(text: str) -> date | None:
    """The day that a date in its normal form means."""
    return next((found.full for found in find_spoken_dates(text, published=None)), None)


def _is_fuller(one: Value | None, other: Value | None) -> bool:
    """Whether a date says all that another says, and more: "28 November 2022" after "November 2022" or "Monday"."""
    if one is None or other is None:
        return False
    words, known = set(one.text.split()), set(other.text.split())
    if len(words) == 3 and len(known) == 1 and known <= WEEKDAYS:
        day = _full_date(one.text)
        return day is not None and f"{day:%A}" in known
    return known < words


def _spoken(best: Candidate, same: Sequence[Candidate]) -> Candidate:
    """The sentence with the words asked about, of those of one speaker in one article.

    The network points at the name, which often stands a sentence behind the words; both are of one quotation.
    """
    article = best.scored.sentence.article
    near = [one for one in same if one.scored.sentence.article is article]
    words = max(near, key=lambda one: one.scored.score)
    if abs(words.scored.sentence.number - best.scored.sentence.number) > ONE_QUOTATION:
        return best
    features = words.features.copy()
    for name in ("margin", "here", "agree", "behind"):
        features[FEATURES.index(name)] = max(one.features[FEATURES.index(name)] for one in (words, best))
    return replace(words, features=features)


def _same(one: Candidate) -> str:
    """What two candidates have in common that say the same; a sentence without a value says only itself."""
    if one.value is None or one.value.end - one.value.start > 120:
        return f"sentence {id(one.scored)}"
    words = re.findall(r"\w+", fold(one.value.text))
    return " ".join(word for word in words if word not in {"a", "an", "the"})


def short_answer(question: Question, chosen: Chosen) -> str | None:
    """The value as a person would say it; None where the question has no short answer or no value stands there."""
    value = chosen.value
    if value is None or question.kind in SPANLESS:
        return None
    if question.kind in _CLAUSES and value in chosen.scored.values:
        return None  # a whole clause: the sentence says it better
    if _is_mere_verb(value.text) and value not in chosen.scored.values:
        return None
    may_be_several = question.kind in {"person", "place", "organisation", "date"}
    if may_be_several and value in chosen.scored.values and (question.plural or _SEVERAL.search(question.text)):
        return _all_alike(chosen, value)
    return value.text.strip(" ,;:.")


def _is_mere_verb(text: str) -> bool:
    """Whether a span is one word that tells a doing: no answer that says anything by itself."""
    return re.fullmatch(r"[a-z]+(?:ing|ed)", text.strip(" ,;:.")) is not None


def _all_alike(chosen: Chosen, first: Value) -> str:
    """All values of the sentence that fit as well as the best, in the order in which they stand."""
    alike = [value for value in chosen.scored.values if value.fit >= 0.8 * first.fit]
    texts = list(dict.fromkeys(value.text for value in sorted(alike, key=lambda value: value.start)))
    return listed(texts)
