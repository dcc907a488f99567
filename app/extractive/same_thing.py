"""Whether two sentences of different articles tell of one thing, and give it two values. Pure; no model.

What is compared is what stands in them beside the values: the same people, mostly the same words, no other day or year.
Rounded figures, a city and its country, and an event that comes every year are no disagreement.
"""

import re
from collections.abc import Sequence

from ..verify.amounts import amounts_of
from ..verify.equal import same_amount
from .article_view import Sentence
from .gazetteer import COUNTRY_OF
from .name_match import same_name, same_word, sound, words_of_name
from .named_values import Value
from .question_kind import Question
from .question_words import content_stems, fold
from .sentence_scores import FEATURES, Scored
from .spoken_dates import SpokenDate, find_spoken_dates
from .synonyms import are_synonyms

NEARLY = 4.0  # points of score that another article's sentence may be worse and still answer the same question
# Shares of the shorter sentence's words that the other has, from which both tell of one thing. By hand, on made pairs.
ALIKE = 0.4
MOSTLY_ALIKE = 0.55
HARDLY_APART = (
    0.75  # two persons are two sources as a rule; only of the very same words or deed they are a disagreement
)
AS_MUCH_ASKED = 0.6  # of the question's words that the answer has, the share that the other sentence must have
CLOSE_DAYS = 3  # apart: two days for one event; farther, the words must agree more
FRESH_DAYS = 3  # an article of the day itself: two such of different days tell of two events
ONE_TIME_DAYS = 60  # articles farther apart seldom count the same thing
_VAGUE = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|over|more than|at least|up to|less than|under"
    r"|close to|fewer than|an estimated|as many as)\s(?:[$€£]\s?)?\Z",
    re.I,
)
_ASKS_SPELLING = re.compile(r"\b(?:name|surname|spel(?:t|led|ling|l)|written)\b", re.I)
_KEYS = FEATURES.index("keys")
_ASKS_STEM = re.compile(r"(?:sur)?nam\w*|spel\w*|writ\w*|correct\w*")


def asks_spelling(question: str) -> bool:
    """Whether a question asks how somebody is called or written."""
    return bool(_ASKS_SPELLING.search(question))


def says_all_asked(question: Question, sentence: Sentence) -> bool:
    """Whether a sentence has every word of a question but those that ask for a name."""
    asked = {COUNTRY_OF.get(stem, stem) for stem in question.stems if not _ASKS_STEM.fullmatch(stem)}
    return bool(asked) and asked <= {COUNTRY_OF.get(stem, stem) for stem in sentence.stems}


def is_spelt_otherwise(one: str, other: str) -> bool:
    """Whether two full names are of one person, spelt differently; a title, an initial or a part more is no spelling.

    >>> is_spelt_otherwise("Bolat Akchulakov", "Bolat Akshulakov"), is_spelt_otherwise("Ann Lee", "A. Lee")
    (True, False)
    """
    a, b = words_of_name(one), words_of_name(other)
    if len(a) != len(b) or len(a) < 2 or a == b or any(len(word) == 1 for word in (*a, *b)):
        return False
    return same_name(one, other) and all(sound(x) == sound(y) for x, y in zip(a[:-1], b[:-1], strict=True))


def tell_the_same(one: Scored, other: Scored) -> bool:
    """Whether two sentences that give the same value tell of one thing."""
    return likeness(one.sentence, other.sentence) >= ALIKE


def one_lacks_asked_name(question: Question, one: Sentence, other: Sentence) -> bool:
    """Whether a name of the question stands in one of two sentences, headlines included, alone: of two things then."""
    heads = [[COUNTRY_OF.get(stem, stem) for stem in _with_title(sentence)] for sentence in (one, other)]
    for name in question.names:
        for word in {COUNTRY_OF.get(stem, stem) for stem in content_stems(name.text)}:
            here, there = (any(same_word(word, stem) for stem in head) for head in heads)
            if here != there:
                return True
    return False


def _with_title(sentence: Sentence) -> list[str]:
    return [*sentence.stems, *content_stems(sentence.article.title)]


def tell_differently(kind: str, one: tuple[Value, Scored], other: tuple[Value, Scored]) -> bool:
    """Whether two sentences give two values of a kind, which cannot both be right, for one thing."""
    (value, best), (rival, near) = one, other
    a, b = best.sentence, near.sentence
    if near.score < best.score - NEARLY or near.features[_KEYS] < AS_MUCH_ASKED * best.features[_KEYS]:
        return False
    if _says(b, value) or _says(a, rival):
        return False
    if kind == "date":
        return _other_day((value, a), (rival, b))
    enough = HARDLY_APART if kind == "person" else MOSTLY_ALIKE
    if likeness(a, b, without=(value, rival)) < enough or not _of_one_time(a, b):
        return False
    if kind == "person":
        return not same_name(value.text, rival.text)
    return _other_place(value, rival) if kind == "place" else _other_amount((value, a), (rival, b))


def likeness(one: Sentence, other: Sentence, *, without: Sequence[Value] = ()) -> float:
    """The share in [0, 1] of the shorter sentence's words that the other has or says in another word; days left out."""
    dropped = {stem for value in without for stem in content_stems(value.text)}
    a, b = _telling(one) - dropped, _telling(other) - dropped
    short, long = sorted((a, b), key=len)
    if not short:
        return 0.0
    return sum(word in long or any(are_synonyms(word, o) for o in long) for word in short) / len(short)


def _telling(sentence: Sentence) -> set[str]:
    days = {stem for day in sentence.dates for stem in content_stems(day.text)}
    return {COUNTRY_OF.get(stem, stem) for stem in sentence.stems if not stem[0].isdigit()} - days


def _says(sentence: Sentence, value: Value) -> bool:
    """Whether a sentence gives this value as well."""
    if any(day.words == value.text for day in sentence.dates):
        return True
    return bool(re.search(rf"(?<!\w){re.escape(fold(value.text))}(?!\w)", fold(sentence.text)))


def _day_of(value: Value, sentence: Sentence) -> SpokenDate | None:
    here = next((day for day in sentence.dates if day.start == value.start or day.words == value.text), None)
    return here or next(iter(find_spoken_dates(value.text, published=None)), None)


def _other_day(one: tuple[Value, Sentence], other: tuple[Value, Sentence]) -> bool:
    """Another day, month or year for one event; a month is no other value than a day in it."""
    (value, a), (rival, b) = one, other
    day, other_day = _day_of(value, a), _day_of(rival, b)
    if day is None or other_day is None or not _share_people(a, b):
        return False
    parts = [(day.year, other_day.year), (day.month, other_day.month), (day.day, other_day.day)]
    if not any(x and y and x != y for x, y in parts):
        return False
    alike = likeness(a, b)
    if day.full and other_day.full:
        apart = abs((day.full - other_day.full).days)
        if apart > CLOSE_DAYS and _is_fresh(day, a) and _is_fresh(other_day, b):
            return False
        return alike >= (ALIKE if apart <= CLOSE_DAYS else MOSTLY_ALIKE)
    return alike >= MOSTLY_ALIKE


def _is_fresh(day: SpokenDate, sentence: Sentence) -> bool:
    published = sentence.article.published
    return bool(published and day.full and abs((published - day.full).days) <= FRESH_DAYS)


def _share_people(one: Sentence, other: Sentence) -> bool:
    """Whether both name a person in common, or one of them names nobody."""
    a, b = ([name.text for name in sentence.names if name.kind == "person"] for sentence in (one, other))
    return not a or not b or any(same_name(x, y) for x in a for y in b)


def _of_one_time(one: Sentence, other: Sentence) -> bool:
    """Whether nothing says that two sentences tell of different days or years."""
    years = [{day.year for day in sentence.dates if day.year} for sentence in (one, other)]
    if years[0] and years[1] and not years[0] & years[1]:
        return False
    days = [[day.full for day in sentence.dates if day.full] for sentence in (one, other)]
    if days[0] and days[1]:
        return min(abs((x - y).days) for x in days[0] for y in days[1]) <= CLOSE_DAYS
    published = one.article.published, other.article.published
    if published[0] is None or published[1] is None:
        return True
    return abs((published[0] - published[1]).days) <= ONE_TIME_DAYS


def _other_place(value: Value, rival: Value) -> bool:
    """Another place, of which neither is the other's country or part of its name."""
    a, b = fold(value.text), fold(rival.text)
    return a not in b and b not in a and (a in COUNTRY_OF) == (b in COUNTRY_OF)


def _other_amount(one: tuple[Value, Sentence], other: tuple[Value, Sentence]) -> bool:
    (value, a), (rival, b) = one, other
    first, second = next(iter(amounts_of(value.text)), None), next(iter(amounts_of(rival.text)), None)
    if first is None or second is None or first.kind != second.kind or first.unit != second.unit:
        return False
    if same_amount(first, second) or same_amount(second, first):
        return False
    vague = any(_VAGUE.search(sentence.text[: place.start]) for place, sentence in ((value, a), (rival, b)))
    return not vague or abs(first.value - second.value) > 0.1 * max(abs(first.value), abs(second.value))
