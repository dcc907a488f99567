"""Which sentences are told: the one that answers, and the few beside it without which it is not understood."""

from collections.abc import Sequence

from ..reader import Draft
from .article_view import ArticleView, Sentence
from .name_match import same_name
from .question_kind import Question
from .sentence_scores import FEATURES, Scored
from .short_answer import Chosen
from .speakers import speaker_of

MAX_SENTENCES = 3
KEYS = FEATURES.index("keys")
LEAD_WORDS = 4  # words of content from which a line is a sentence of the report, not a heading
REPEATED = 0.6  # share of the shorter sentence's words
ALSO_SAID = 0.75  # how much of the best score another sentence of the same speaker must have


def answer_drafts(
    question: Question,
    chosen: Chosen,
    ranked: Sequence[Scored],
    view: ArticleView,
    *,
    other_sides: Sequence[Sentence] = (),
) -> tuple[Draft, ...]:
    """One to three drafts, each a sentence exactly: in reading order those of one article, then what others say."""
    own = [chosen.scored.sentence]
    if question.kind == "said":
        own += _more_said(chosen, ranked, view)
    if question.kind == "summary":
        own = _main_points(chosen, ranked, view)
    own = sorted(own, key=lambda sentence: sentence.start)
    others = [sentence for sentence in other_sides if sentence not in own]
    return tuple(_draft(sentence) for sentence in [*own, *others][: max(MAX_SENTENCES, 1 + len(others))])


def _main_points(chosen: Chosen, ranked: Sequence[Scored], view: ArticleView) -> list[Sentence]:
    """The lead of the article, the sentence nearest to the question, and the best that says something else."""
    points: list[Sentence] = []
    lead = next((sentence for sentence in view.sentences if len(sentence.stems) >= LEAD_WORDS), None)
    for sentence in (lead, chosen.scored.sentence, *(one.sentence for one in ranked)):
        if sentence is None or sentence.article is not view.article or len(sentence.stems) < LEAD_WORDS:
            continue
        if len(points) < MAX_SENTENCES and not any(_repeats(sentence, other) for other in points):
            points.append(sentence)
    return points or [chosen.scored.sentence]


def _repeats(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences say mostly the same, by their words."""
    a, b = set(one.stems), set(other.stems)
    return len(a & b) >= REPEATED * max(1, min(len(a), len(b)))


def _draft(sentence: Sentence) -> Draft:
    return Draft(sentence.text, (sentence.span,))


def _is_beside(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences follow each other in one paragraph."""
    first, second = sorted((one, other), key=lambda sentence: sentence.start)
    return second.number - first.number == 1 and "\n" not in one.article.text[first.end : second.start]


def _more_said(chosen: Chosen, ranked: Sequence[Scored], view: ArticleView) -> list[Sentence]:
    """What the same speaker says right beside, or elsewhere nearly as much to the point: at most two sentences."""
    best = chosen.scored
    speaker = speaker_of(best.sentence, view)
    if speaker is None:
        return []
    found: list[Sentence] = []
    for one in ranked:
        sentence = one.sentence
        if (
            sentence is best.sentence
            or sentence.article is not best.sentence.article
            or len(found) == MAX_SENTENCES - 1
        ):
            continue
        said_by = speaker_of(sentence, view)
        beside = _is_beside(sentence, best.sentence)
        enough = one.score >= ALSO_SAID * best.score and one.features[KEYS] >= best.features[KEYS]
        if said_by is not None and same_name(said_by.name, speaker.name) and (enough or beside):
            found.append(sentence)
    return found
