"""Whether the best sentence really answers: how likely it does, and, where it does not, what is missing, in words.

A near miss has the right people and the wrong fact, so what counts is which words of the question stand nowhere near.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .article_view import ArticleView, Sentence
from .candidates import COUNTED, is_ruled
from .candidates import FEATURES as CANDIDATE_FEATURES
from .gazetteer import COUNTRY_OF
from .name_match import same_word
from .names import bare
from .quantities import figures
from .question_kind import Question
from .question_words import content_stems, listed
from .sentence_scores import LIGHT_STEMS, Weighing, name_stems, stems_around
from .short_answer import POOR_FIT, Chosen

FEATURES = (
    "bias", "cosine", "keys", "keys_around", "name_missing", "name_elsewhere", "unknown_names",
    "value", "no_value", "near", "figures_missing", "said_by_other", "verb_missing", "other_name",
    "margin", "here", "behind", "agree", "own_span", "lead",
    "asks_yes_no", "asks_place", "asks_person", "asks_day", "asks_count",
)  # fmt: skip
# Logistic regression on 1,460 questions, most written for it on public news, no weight allowed against its sense
# and each held near the one before; a name that stands nowhere was made to weigh more by hand, which cost nothing
# there. docs/benchmarks.md, "Reader".
WEIGHTS = np.array(
    [
        *(-1.42, 1.25, 0.55, 0.0, -0.29, -1.31, -1.0),
        *(0.56, -0.57, 0.41, 0.0, -0.43, -0.41, -0.49),
        *(0.08, 0.12, 0.02, -0.12, -0.18, 0.26),
        *(1.28, -0.03, 0.21, -0.56, -0.54),
    ]
)
N_NAMED = 3  # more missing words than that tell a person no more
NO_VALUE = 0.2  # at most so sure that a sentence answers "when" without a date, or names who holds a post
SUMMARY = 0.9  # how sure that an article with all words of the topic can be summed up
VALUE_KINDS = frozenset(
    ("date", "person", "organisation", "place", "number", "money", "share", "duration", "route", "role", "said")
)
_KIND_WORDS = {
    "date": "when", "person": "who", "organisation": "which organisation", "place": "where", "number": "how many",
    "money": "how much", "share": "which share", "duration": "how long", "route": "which route",
    "role": "in which role",
    "said": "what was said", "reason": "why",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """How likely the chosen sentence answers, in [0, 1], what that was made of, and why it may not, in words."""

    confidence: float
    features: NDArray[np.float64]
    shortfall: str


def judge(question: Question, chosen: Chosen, views: dict[str, ArticleView], weighing: Weighing) -> Judgement:
    """Judges by what of the question stands in and around the sentence, and whether a value of the kind asked does."""
    unknown = unknown_names(question, views.values())
    vector = features(
        question, chosen, views[chosen.scored.sentence.article.article_id], weighing, n_unknown=len(unknown)
    )
    confidence = 1 / (1 + math.exp(-float(vector @ WEIGHTS)))
    if question.kind == "summary":
        confidence = SUMMARY * _on_topic(question, views[chosen.scored.sentence.article.article_id], weighing)
    if vector[FEATURES.index("no_value")] and _asks_for_certain(question, chosen):
        confidence = min(confidence, NO_VALUE)
    return Judgement(confidence, vector, _shortfall(question, chosen, unknown, weighing))


def _on_topic(question: Question, view: ArticleView, weighing: Weighing) -> float:
    """How much of what a summary is asked of stands in the article, in [0, 1]; no single sentence has to say it."""
    return weighing.coverage([*weighing.keys, *name_stems(question, weighing)], _stems_of(view))


def _stems_of(view: ArticleView) -> list[str]:
    """The words of a whole article, title included."""
    return [*content_stems(view.article.title), *(stem for sentence in view.sentences for stem in sentence.stems)]


def _asks_for_certain(question: Question, chosen: Chosen) -> bool:
    """Whether no sentence can answer without a value of the kind asked for: a day, an amount, the holder of a post."""
    if question.kind in COUNTED:
        return chosen.value is None or not figures(chosen.value.text)
    return question.kind == "date" or is_ruled(question)


def features(
    question: Question, chosen: Chosen, view: ArticleView, weighing: Weighing, *, n_unknown: int
) -> NDArray[np.float64]:
    """The features in the order of `FEATURES`."""
    one = chosen.scored
    around = stems_around(one.sentence, view)
    stated = [stem for date in one.sentence.dates for stem in content_stems(date.words)]
    here = [*one.sentence.stems, *stated]
    whole = _stems_of(view)
    name_words = [stem for name in question.names for stem in content_stems(name.text)[-1:] if stem in weighing.weights]
    asks_value = question.kind in VALUE_KINDS
    fit = chosen.value.fit if chosen.value else 0.0
    return np.array(
        [
            1.0,
            one.cosine,
            weighing.coverage(weighing.keys, here),
            weighing.coverage(weighing.keys, here, around=around),
            float(any(weighing.match(word, here, around=around) == 0 for word in name_words)),
            float(any(weighing.match(word, whole) == 0 for word in name_words)),
            float(min(n_unknown, 2)),
            fit if asks_value else 0.5,
            float(asks_value and fit < POOR_FIT),
            1.0 if fit >= 0.6 and question.kind in {"role", "said", "route"} else chosen.near,
            float(_figures_missing(question, one.sentence.text, view, stated)),
            float(question.kind == "said" and fit < 0.5),
            float(
                question.verb in weighing.keys
                and question.verb not in LIGHT_STEMS
                and weighing.match(question.verb or "", here) == 0
            ),
            float(_has_other_name(question, one.sentence, weighing)),
            *(chosen.features[CANDIDATE_FEATURES.index(name)] for name in _OF_CANDIDATE),
            chosen.lead,
            *(float(question.kind in kinds) for kinds in _KIND_GROUPS),
        ]
    )


def _nowhere(weighing: Weighing) -> list[str]:
    """The question's words of weight that no sentence at hand has in any form."""
    return [word for word in weighing.keys if not weighing.alike[word] and word not in LIGHT_STEMS]


# What a kind of question is worth by itself: the same signs are surer for a place than for a day.
_KIND_GROUPS = (frozenset(("yes_no",)), frozenset(("place",)), frozenset(("person",)), frozenset(("date",)), COUNTED)
_OF_CANDIDATE = ("margin", "here", "behind", "agree", "own_span")


def _has_other_name(question: Question, sentence: Sentence, weighing: Weighing) -> bool:
    """Whether a name of the question is missing in the sentence, and another of its kind stands there in its place."""
    for name in question.names:
        words = [stem for stem in content_stems(name.text)[-1:] if stem in weighing.weights]
        if words and all(weighing.match(word, sentence.stems) == 0 for word in words) and name.kind != "other":
            return any(other.kind == name.kind for other in sentence.names)
    return False


def _figures_missing(question: Question, text: str, view: ArticleView, stated: Sequence[str]) -> bool:
    """Whether the question gives a number or year that neither the sentence, its dates nor the article's facts have."""
    asked = figures(question.text)
    published = view.article.published
    known = figures(text) | set(stated) | ({str(published.year)} if published else set())
    return bool(asked - known - figures(view.article.title))


def unknown_names(question: Question, views: Iterable[ArticleView]) -> list[str]:
    """The names of the question that stand in none of the articles, neither spelt alike nor by the last word alone."""
    words: set[str] = set()
    for view in views:
        article = view.article
        facts = f"{article.title} {article.publisher or ''} {article.author or ''} {article.dateline_place or ''}"
        words |= {bare(word) for word in f"{facts} {article.text}".replace("-", " ").split()}
        words |= {stem for sentence in view.sentences for stem in sentence.stems}
        words |= {word.strip(".,;:!?\"“”‘()[]«»'") for word in words}
    stems = {stem for word in words for stem in content_stems(word)}
    return [name.text for name in question.names if not _is_known(name.words, words, stems)]


def _is_known(name: Sequence[str], words: set[str], stems: set[str]) -> bool:
    if not name:
        return True
    last = name[-1]
    if last in words or set(content_stems(" ".join(name))) <= stems:
        return True
    if last in COUNTRY_OF:
        return any(COUNTRY_OF.get(word) == COUNTRY_OF[last] for word in words)
    return any(same_word(last, word) for word in words if word[:1] == last[:1])


def _shortfall(question: Question, chosen: Chosen, unknown: Sequence[str], weighing: Weighing) -> str:
    """Why there is no answer, in words for a person."""
    if unknown:
        return f"The articles do not speak of {_each_once(unknown)}."
    names = _each_once([name.text for name in question.names])
    of_names = f"speak of {names}, but do" if names else "do"
    if question.kind == "said" and names and (chosen.value is None or chosen.value.fit < 0.5):
        return f"The articles do not report what {question.names[0].text} said about this."
    if question.kind in _KIND_WORDS and (chosen.value is None or chosen.value.fit < POOR_FIT):
        return f"The articles {of_names} not say {_asked_clause(question.text) or _KIND_WORDS[question.kind]}."
    missing = _as_typed(question, sorted(_nowhere(weighing), key=lambda word: -weighing.weights[word])[:N_NAMED])
    if missing:
        return (
            f"The articles speak of {names}, but not of {missing}."
            if names
            else f"The articles do not speak of {missing}."
        )
    asked = _asked_clause(question.text)
    if asked:
        return f"The articles {of_names} not say clearly {asked}."
    return "The articles come near this, but no sentence of them says it clearly enough."


_CLAUSE = re.compile(r"(?:(?:and|so|but)\s)*((?:who|whom|whose|which|what|how|when|where|why)\b.*)", re.I | re.S)
_AUXILIARY = re.compile(r"\b(?:did|does|do|is|are|was|were|will|would|can|could|should|has|have|had)\b", re.I)
MAX_CLAUSE = 90  # characters


def _asked_clause(text: str) -> str:
    """What a question asks, as the end of "they do not say …"; empty where its words cannot be turned into that.

    >>> _asked_clause("Who won the cup in 2020?"), _asked_clause("How old is Ann Lee?"), _asked_clause("What is it?")
    ('who won the cup in 2020', 'how old', '')
    """
    match = _CLAUSE.match(text.strip().rstrip("?.! "))
    if match is None:
        return ""
    clause = " ".join(match.group(1).split())
    auxiliary = _AUXILIARY.search(clause)
    head = clause[: auxiliary.start()].strip() if auxiliary else clause
    is_who = (
        auxiliary is not None and head.lower() == "who" and auxiliary.group().lower() in {"is", "was", "are", "were"}
    )
    told = clause if is_who else head
    if told.lower() in {"what", "which", "how"} or len(told) > MAX_CLAUSE:
        return ""
    return told[0].lower() + told[1:]


def _as_typed(question: Question, missing: Sequence[str]) -> str:
    words = [word for word in question.text.split() if set(content_stems(word)) & set(missing)]
    return _each_once([f"“{word.strip('?.,;:!“”')}”" for word in words])


def _each_once(names: Sequence[str]) -> str:
    return listed(tuple(dict.fromkeys(names)))
