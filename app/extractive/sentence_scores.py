"""How well each sentence of the evidence answers a question: meaning, words, names, and whether it holds what is asked.

A sentence is scored by transparent features and a small linear model fitted on public data. It must not decide whether
the best is good enough: that is `sufficiency`.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from .article_view import ArticleView, Sentence
from .asked_values import values_in
from .gazetteer import COUNTRY_OF
from .named_values import Value
from .quantities import figures
from .question_kind import Question
from .question_words import content_stems
from .synonyms import are_synonyms

SYNONYM = 0.7
LIGHT = 0.4  # verbs that say little of what was done
LIGHT_STEMS = frozenset(
    content_stems(
        "come take go make become put set give bring have happen use long far old tall high large big deep often "
        "first last new currently name called people hold sit conduct carry begin start get do lie"
    )
)
SOFT = 0.8  # a word spelt or formed otherwise counts a little less than the word itself
NEIGHBOUR = 0.5  # a word that stands in the sentences around, or in the title, counts half


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """A sentence with its score (higher is better), and what the score was made of."""

    sentence: Sentence
    score: float
    features: NDArray[np.float64]
    cosine: float
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the words of a question weigh among the sentences at hand, and which words there stand for them.

    `keys` are the words that are no name: what is said to have been done, by whomever.
    """

    weights: Mapping[str, float]
    alike: Mapping[str, Mapping[str, float]]
    keys: tuple[str, ...]

    def coverage(self, words: Iterable[str], stems: Sequence[str], *, around: Sequence[str] = ()) -> float:
        """Share in [0, 1] of the words' weight that stands in the stems; half of what stands only around them.

        1 for no words: what does not ask for anything misses nothing.
        """
        weighed = [(self.weights[word], self.match(word, stems, around=around)) for word in words]
        total = sum(weight for weight, _ in weighed)
        return sum(weight * match for weight, match in weighed) / total if total else 1.0

    def match(self, word: str, stems: Sequence[str], *, around: Sequence[str] = ()) -> float:
        """How far one word of the question stands in the stems, in [0, 1]."""
        alike = self.alike[word]
        here = max((alike.get(stem, 0.0) for stem in stems), default=0.0)
        beside = max((alike.get(stem, 0.0) for stem in around), default=0.0) if here < 1 else 0.0
        return max(here, NEIGHBOUR * beside)


# Words that only say that something was said, or ask for a day: not what the question is about.
_SPEECH_STEMS = frozenset(
    content_stems(
        "say tell state announce claim warn declare argue add note remark comment write tweet explain "
        "report call describe mention "
        "stress suggest confirm think believe respond react express opinion view position reaction "
        "statement words speak talk admit reveal relay disclose acknowledge inform brief underline emphasise emphasize "
        "insist promise share voice assert maintain recall"
    )
)
# Words that ask, whatever is asked for, and those that ask for one kind of thing.
_ASKING_STEMS = frozenset(
    content_stems(
        "please need want know find look exact sorry question answer wonder remind true false week "
        "recently recent earlier later today"
    )
)
_TALKS = frozenset(content_stems("talk discuss"))  # a meeting rather than words
_SAYING = {
    kind: frozenset(content_stems(words)) | (_SPEECH_STEMS if kind == "said" else frozenset())
    for kind, words in {
        "said": "according",
        "date": "date day weekday year month time happen take place exact",
        "person": "person name official politician source claim",
        "role": "post position role job title office function profession rank capacity occupation hold have living "
        "government work serve",
        "place": "place location venue site city country town village part region happen take hold",
        "route": "route itinerary path way stop list city cities country town place pass cross run line",
        "money": "sum amount money dollar dollars euro euros pound pounds much cost figure",
        "number": "number amount total figure many",
        "reason": "reason cause motive make",
        "summary": "summary summarise summarize main key point points gist overview tell about article story report "
        "text piece news latest tldr more",
    }.items()
}


def weigh(question: Question, sentences: Sequence[Sentence]) -> Weighing:
    """Weights by rarity among the sentences (a word that stands nowhere weighs most), and the words alike."""
    frequency = Counter(stem for sentence in sentences for stem in set(sentence.stems))
    titles = {s for sentence in sentences for s in content_stems(sentence.article.title)} if sentences else set()
    vocabulary = [*frequency, *(titles - set(frequency))]
    n = len(sentences) + 1
    named = {stem for name in question.names for stem in content_stems(name.text)}
    weights: dict[str, float] = {}
    alike: dict[str, dict[str, float]] = {}
    for word in question.stems:
        alike[word] = {
            other: likeness for other in vocabulary if (likeness := _likeness(word, other, name=word in named)) > 0
        }
        seen = max((frequency[other] for other in alike[word]), default=0)
        weights[word] = math.log(1 + n / (seen + 1)) * (1.2 if word in named else LIGHT if word in LIGHT_STEMS else 1.0)
    asking = _SAYING.get(question.kind, frozenset()) | _ASKING_STEMS
    if question.by_speaker or question.kind in {"date", "place"}:
        asking |= _SPEECH_STEMS - _TALKS  # "When did she announce …?": what was announced matters, not by which verb
    keys = tuple(word for word in weights if word not in named and word not in asking)
    return Weighing(weights, alike, keys)


@lru_cache(65536)
def _likeness(word: str, other: str, *, name: bool) -> float:
    """1 for the same stem, less for a country's adjective, a typo, another formation or a synonym, else 0."""
    if word == other:
        return 1.0
    if COUNTRY_OF.get(word, word) == COUNTRY_OF.get(other, other):
        return 0.95
    if not name and are_synonyms(word, other):
        return SYNONYM
    if word[:1] != other[:1] or min(len(word), len(other)) < 4:
        return 0.0
    return SOFT if (not name and _same_formation(word, other)) or _is_typo(word, other) else 0.0


def _same_formation(word: str, other: str) -> bool:
    shared = len(_common_prefix(word, other))
    return shared >= 4 and shared >= 0.6 * max(len(word), len(other)) and not word.isdigit()


def _is_typo(word: str, other: str) -> bool:
    if max(len(word), len(other)) < 5 or abs(len(word) - len(other)) > 2 or any(c.isdigit() for c in word + other):
        return False
    allowed = 1 if min(len(word), len(other)) < 8 else 2
    return OSA.distance(word, other, score_cutoff=allowed) <= allowed


def _common_prefix(left: str, right: str) -> str:
    n = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        n += 1
    return left[:n]


FEATURES = (
    "cosine", "keys", "keys_around", "names", "names_around", "value", "no_value", "bigrams", "chunk_rank", "short",
    "lead", "speaker", "figures",
)  # fmt: skip
# Conditional logistic regression over the sentences of a question; see docs/benchmarks.md, "Extractive reader
# without the network".
WEIGHTS = np.array([5.8, 2.7, 1.9, 0.8, 1.2, 2.0, -1.3, 0.6, 1.0, -0.9, 0.4, 0.9, 1.1])


def score_by_words(question: Question, sentences: Sequence[Sentence], context: "Context") -> list[Scored]:
    """All sentences by everything but meaning, best first; equal scores in their order."""
    scored = []
    for sentence in sentences:
        row = _features(question, sentence, context)
        score = float(row.vector @ WEIGHTS)
        scored.append(Scored(sentence, score, row.vector, 0.0, row.values))
    return sorted(scored, key=lambda one: -one.score)


def add_meaning(scored: Sequence[Scored], cosines: NDArray[np.float32]) -> list[Scored]:
    """The same sentences with their cosines to the question, best first; equal scores in their order."""
    found = []
    for one, cosine in zip(scored, cosines.tolist(), strict=True):
        vector = one.features.copy()
        vector[0] = cosine
        found.append(replace(one, score=float(vector @ WEIGHTS), features=vector, cosine=cosine))
    return sorted(found, key=lambda one: -one.score)


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What scoring needs beside the sentence: the articles' views, the words' weights, the chunks' ranks (1-based)."""

    views: Mapping[str, ArticleView]
    weighing: Weighing
    ranks: Mapping[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    vector: NDArray[np.float64]
    values: tuple[Value, ...]


def stems_around(sentence: Sentence, view: ArticleView) -> list[str]:
    """The words of the two sentences before and the one behind, and of the title."""
    near = view.around(sentence, before=2, after=1)
    return [
        *content_stems(view.article.title),
        *(stem for other in near if other is not sentence for stem in other.stems),
    ]


def _features(question: Question, sentence: Sentence, context: Context) -> _Row:
    view, weighing = context.views[sentence.article.article_id], context.weighing
    around = stems_around(sentence, view)
    names, names_around = _name_shares(question, sentence, around, weighing)
    values = tuple(values_in(question, sentence, view))
    fit = values[0].fit if values else 0.0
    asks_value = question.kind not in {"yes_no", "manner", "thing"}
    speaker = bool(values) and question.kind == "said"
    vector = np.array(
        [
            0.0,
            weighing.coverage(weighing.keys, sentence.stems),
            weighing.coverage(weighing.keys, sentence.stems, around=around),
            names,
            names_around,
            fit if asks_value else 0.0,
            float(asks_value and not values),
            _bigram_share(question, sentence),
            1.0 / context.ranks.get(id(sentence), 8),
            float(len(sentence.stems) < 4),
            float(sentence.number <= 1),
            float(speaker),
            _figures_share(question, sentence),
        ]
    )
    return _Row(vector, values)


def name_stems(question: Question, weighing: Weighing) -> list[str]:
    """The words of a question's names that are weighed, in order."""
    return [stem for name in question.names for stem in content_stems(name.text) if stem in weighing.weights]


def _name_shares(
    question: Question, sentence: Sentence, around: Sequence[str], weighing: Weighing
) -> tuple[float, float]:
    """Which share of the question's names stands in the sentence, and with those around it; 1 where it has none."""
    words = name_stems(question, weighing)
    if not words:
        return 1.0, 1.0
    here = sum(weighing.match(word, sentence.stems) for word in words) / len(words)
    beside = sum(weighing.match(word, sentence.stems, around=around) for word in words) / len(words)
    return here, beside


def _figures_share(question: Question, sentence: Sentence) -> float:
    """Which share of the question's numbers and years the sentence has, its dates as they are meant; 1 for none."""
    asked = figures(question.text)
    there = figures(sentence.text) | {figure for date in sentence.dates for figure in figures(date.words)}
    return len(asked & there) / len(asked) if asked else 1.0


def _bigram_share(question: Question, sentence: Sentence) -> float:
    asked = set(zip(question.stems, question.stems[1:], strict=False))
    there = set(zip(sentence.stems, sentence.stems[1:], strict=False))
    return len(asked & there) / len(asked) if asked else 0.0
