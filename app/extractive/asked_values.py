"""What stands in a sentence that could be the answer: dates where a date is asked, persons where a person is, ….

Each value with how well its kind fits, before anything is known of how well its sentence fits. What the question itself
says is no answer to it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from .article_view import ArticleView, Sentence
from .asked_places import places
from .gazetteer import COUNTRY_OF, TITLES
from .name_match import same_name
from .named_values import Value, is_asked, named_values
from .names import Name
from .quantities import Quantity, figures
from .question_kind import Question
from .question_words import content_stems, fold, stem, word_set, words_of
from .roles import role_of
from .routes import find_routes, n_stops, stops_of
from .speakers import Attribution, speaker_of
from .speech_verbs import SPEECH
from .spoken_dates import DAYS, SpokenDate, find_spoken_dates
from .synonyms import are_synonyms

_REASON = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|thanks to|as a result of|in order to|so that|so as to"
    r"|caused by|since|in response to|for fear of|"
    r"amid|citing|following|in protest (?:at|of|against)|aimed at|the reason|explained|led to"
    r"|prompted by|after|given|in connection with|for|prompting|that['’]s why|which is why)\b|\bto (?=[a-z]+)",
    re.I,
)
_STRONG_REASON = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|thanks to|as a result of|in order to|so that|so as to"
    r"|caused by|in response to|citing|aimed at|the reason|prompted by|(?:that|this|which)(?:['’]s| is| was) why"
    r"|for (?:this|that) reason|on the grounds)\b",
    re.I,
)


def values_in(question: Question, sentence: Sentence, view: ArticleView) -> list[Value]:
    """All values of the asked kind in a sentence, in order of their fit; none for kinds that have no short value."""
    finder = _FINDERS.get(question.kind)
    found = list(finder(question, sentence, view)) if finder else []
    if question.plural and question.kind in {"place", "person", "organisation"}:
        several = len({value.text for value in found if value.fit >= 0.5}) > 1
        found = [replace(value, fit=value.fit if several else 0.4 * value.fit) for value in found]
    return sorted(found, key=lambda value: (-value.fit, value.start))


_CLOCK = re.compile(
    r"\b\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\b\.?|GMT|UTC|o['’]clock)(?:\s(?:local time|GMT|UTC|E[DS]?T"
    r"|P[DS]?T))?|\b(?:noon|midnight)\b|\b\d{1,2}:\d\d\b"
)


def _dates(question: Question, sentence: Sentence, view: ArticleView) -> Iterator[Value]:
    asked = {found.words for found in find_spoken_dates(question.text, published=None)}
    unit = asked_unit(question)
    if unit == "time":
        for clock in _CLOCK.finditer(sentence.text):
            aside = sentence.text[: clock.start()].endswith("(")
            yield Value(clock.start(), clock.end(), clock.group().strip(), 0.7 if aside else 1.0)
    for found in sentence.dates:
        if found.words in asked or found.text in asked:
            continue
        text = found.words
        if unit == "year" and found.year:
            text = str(found.year)
        if unit == "month" and found.month:
            text = found.month_words
        if unit == "weekday" and found.full:
            text = f"{found.full:%A}"
        fit = _date_fit(found, unit)
        if _is_against_tense(question, found, view.article.published):
            fit *= OTHER_TENSE
        yield Value(found.start, found.end, text, fit)


WEEKDAYS = frozenset(day.capitalize() for day in DAYS)
_OF_THE_WEEK = re.compile(r"\b(?:day of the week|weekday)\b")


def asked_unit(question: Question) -> str | None:
    """Which part of a date a question asks for, "year", "month", "weekday" or "time"; None for the day."""
    if _OF_THE_WEEK.search(fold(question.text)):
        return "weekday"
    unit = next((word for word in ("year", "month", "time") if word in question.noun), None)
    return "month" if unit == "year" and "month" in question.stems else unit


OTHER_TENSE = 0.4
_WILL = re.compile(r"\b(?:will|going to|(?:is|are) (?:planned|scheduled|expected|due|set|to))\b")
_DID = re.compile(r"\bdid\b")


def _is_against_tense(question: Question, found: SpokenDate, published: date | None) -> bool:
    """Whether what "will" be is given a day before the article, or what somebody "did" a day behind it."""
    if published is None or found.full is None:
        return False
    plain = fold(question.text)
    if _WILL.search(plain):
        return found.full < published
    return bool(_DID.search(plain)) and found.full > published


def _date_fit(date: SpokenDate, unit: str | None) -> float:
    """A day is worth more than a month, a month more than a year, unless the year or the month is asked for."""
    if unit in {"year", "month", "time"}:
        known = {"year": date.year, "month": date.month, "time": None}[unit]
        return 1.0 if known else 0.3
    if unit == "weekday":
        return 1.0 if date.text in WEEKDAYS else 0.8 if date.full else 0.1
    if date.day and date.month:
        return 1.0
    if date.month:
        return 0.85
    if date.year:
        return 0.75 if date.stated else 0.35
    return 0.4 if date.text[0].isupper() else 0.25


_PERSON_FIT = {"person": 1.0, "other": 0.35, "organisation": 0.4, "place": 0.08}
_ORGANISATION_FIT = {"organisation": 1.0, "other": 0.75, "person": 0.2, "place": 0.25}


def _persons(question: Question, sentence: Sentence, view: ArticleView) -> Iterator[Value]:
    if question.role:
        yield from _holders(question, sentence, view)
        return
    speaker = speaker_of(sentence, view)
    if not question.by_speaker:
        yield from _doers(question, sentence, speaker)
        return
    persons = list(named_values(question, sentence, _PERSON_FIT))
    doers = [value for value in persons if does_it(question, sentence, value)]
    for value in persons:
        others = bool(doers) or (speaker is not None and not same_name(value.text, speaker.name))
        fit = 1.0 if value in doers else 0.3 * value.fit if others else value.fit
        yield Value(value.start, value.end, full_name(value.text, view), fit)
    if speaker is None or is_asked(speaker.name, question):
        return
    if not any(same_name(name.text, speaker.name) for name in sentence.names):
        yield Value(0, len(sentence.text), full_name(speaker.name, view), 0.8 * speaker.strength)


def _doers(question: Question, sentence: Sentence, speaker: Attribution | None) -> Iterator[Value]:
    """Persons where nobody's words are asked for: one who only tells of it is less likely the one who did it."""
    for value in named_values(question, sentence, _PERSON_FIT):
        fit = value.fit
        if 0.3 < fit < 0.9 and re.search(r"\bby (?:the )?\Z", sentence.text[: value.start]):
            fit = 0.9  # "conducted by the Roads Board": who did it
        if value.fit > 0.3 and does_it(question, sentence, value):
            fit = 1.0
        elif speaker is not None and same_name(value.text, speaker.name) and not _says_it(question):
            fit *= 0.6
        yield Value(value.start, value.end, value.text, fit)


_BEFORE_VERB = word_set("""
    has had have having also then later earlier first again recently already who not once
    never himself herself itself will would could
""")
_N_BEFORE_VERB = 5


def does_it(question: Question, sentence: Sentence, value: Value) -> bool:
    """Whether a name is the subject of the very verb that the question asks with: "Lee had proposed"."""
    if question.verb is None or question.verb in _PLAIN_SPEECH:
        return False
    for word in re.findall(r"[^\s,]+", sentence.text[value.end :])[:_N_BEFORE_VERB]:
        plain = fold(word).strip(".;:")
        if plain in _BEFORE_VERB or plain in {"'s", "’s"}:
            continue
        return question.verb in content_stems(plain)
    return False


_PLAIN_SPEECH = frozenset(stem(word) for word in ("say", "said", "tell", "told", "state", "stated"))


def _says_it(question: Question) -> bool:
    return bool(re.search(rf"\b{SPEECH}\b", fold(question.text)))


OF_NO_COUNTRY = 0.6  # a post whose country is not told may be that of another
_LESSER = frozenset(stem(word) for word in ("vice", "deputy", "former", "acting", "ex"))


def _holders(question: Question, sentence: Sentence, view: ArticleView) -> Iterator[Value]:
    """Persons of a sentence by whether the sentence says that they hold the post asked for; a deputy does not."""
    countries = {COUNTRY_OF[word] for name in question.names for word in name.words if word in COUNTRY_OF}
    for name in sentence.names:
        if name.kind not in {"person", "other"} or is_asked(name.text, question) or _PARTY.match(name.text):
            continue
        span = role_of(sentence, name)
        role = f"{name.title} {sentence.text[span[0] : span[1]] if span else ''}"
        words = set(content_stems(f"{role} {_said_behind(sentence, name)}".replace("-", " ")))
        holds = bool(words & question.role) and not (words & _LESSER) - question.role
        holds = holds and (not question.field or any(_alike(field, words) for field in question.field))
        holds = holds and ("prim" in question.field or "prim" not in words or "presid" in question.role)
        lands = [word.removesuffix("'s") for word in words_of(role)] if countries else []
        abroad = {COUNTRY_OF[word] for word in lands if word in COUNTRY_OF}
        fit = 0.2 if not holds or (abroad and not abroad & countries) else 1.0 if name.kind == "person" else 0.6
        if countries and not abroad:
            fit *= OF_NO_COUNTRY
        yield Value(name.start, name.end, full_name(name.text, view), fit)


def _alike(field: str, words: set[str]) -> bool:
    """Whether a field stands among the words of a role: "econom" of "economy" and "economic" alike."""
    return any(word == field or (word[:5] == field[:5] and len(field) > 4) for word in words)


def _said_behind(sentence: Sentence, name: Name) -> str:
    """What stands between commas right behind a name, up to a verb of speech."""
    behind = sentence.text[name.end : name.end + 90]
    if not behind.startswith(","):
        return ""
    verb = re.search(rf"\b{SPEECH}\b", behind)
    return behind[: verb.start()] if verb else behind.split(";")[0]


_PARTY = re.compile(r"[RDI]-[A-Z]")


def _organisations(question: Question, sentence: Sentence, view: ArticleView) -> Iterator[Value]:
    del view
    yield from named_values(question, sentence, _ORGANISATION_FIT)


def _places(question: Question, sentence: Sentence, view: ArticleView) -> Iterator[Value]:
    del view
    yield from places(question, sentence)


def full_name(name: str, view: ArticleView) -> str:
    """A person's name in the fullest form the article gives, of at most four words."""
    forms = [other.text for other in view.names if other.kind == "person" and same_name(name, other.text)]
    forms = [form for form in forms if len(form.split()) <= 4]
    return max([name, *forms], key=lambda form: len(form.split()))


def _numbers(question: Question, sentence: Sentence, view: ArticleView) -> Iterator[Value]:
    del view
    asked = figures(question.text)
    wanted = question.kind
    open_unit = wanted == "number" and not question.noun
    for quantity in sentence.quantities:
        if figures(quantity.text) and figures(quantity.text) <= asked:
            continue
        fit = 1.0 if quantity.kind == wanted else 0.25
        if wanted == "money" and quantity.kind != "money":
            fit = 0.15
        start, end = quantity.start, quantity.end
        if wanted == "number":
            fit, start, end = _count_fit(question, sentence, quantity)
        if open_unit and quantity.kind != "number":
            fit = max(fit, 0.6)
        yield Value(start, end, sentence.text[start:end], fit)


def _count_fit(question: Question, sentence: Sentence, quantity: Quantity) -> tuple[float, int, int]:
    """How well a number counts what "how many …" asks for; and its span, from a noun before to the noun behind it."""
    start, end, text = quantity.start, quantity.end, sentence.text
    nouns = set(question.noun)
    if nouns & set(content_stems(quantity.text)):
        return 1.0, start, end
    before = re.search(r"([\w’'-]+)\s\Z", text[:start])
    if before and before.group(1)[0].isupper() and set(content_stems(before.group(1))) & nouns:
        return 1.0, before.start(1), end
    vague = (
        0.6
        if re.fullmatch(r"[a-z\s-]*(?:dozens|hundreds|thousands|millions|several hundred|a dozen)", quantity.text)
        else 1.0
    )
    for place, word in enumerate(re.finditer(r"[\w’'-]+", _behind(text, end))):
        stems = content_stems(word.group())
        if set(stems) & nouns:
            return vague, start, end + word.end()
        if word.group() in {"who", "which", "that", "and", "or"}:
            break
        if place < 2 and any(are_synonyms(one, other) for one in question.stems for other in stems):
            return 0.95 * vague, start, end + word.end()
    return _uncounted_fit(quantity, nouns), start, end


def _uncounted_fit(quantity: Quantity, nouns: set[str]) -> float:
    """How well a number fits that stands without the noun asked for."""
    if quantity.kind == "duration" and {"day", "week", "month", "year", "hour", "minut"} & nouns:
        return 1.0
    plain = quantity.kind == "number"
    if not nouns:
        return 0.8 if plain else 0.5
    return 0.45 if plain else 0.2


def _behind(text: str, end: int) -> str:
    """The next four words, up to a stop."""
    match = re.match(r"(?:[\s-][\w’'-]+){0,4}", text[end:])
    return match.group() if match else ""


def _routes(question: Question, sentence: Sentence, view: ArticleView) -> Iterator[Value]:
    del view
    for start, end in find_routes(sentence.text):
        text = sentence.text[start:end]
        fit = min(1.0, 0.25 * n_stops(text) + (0.2 if "-" in text or "–" in text else 0.1))
        yield Value(start, end, text, fit * (OTHER_STOPS if _is_through_others(question, text) else 1.0))


OTHER_STOPS = 0.3
_CITIES, _COUNTRIES = frozenset(("city", "cities", "town", "towns")), frozenset(("country", "countries", "nations"))


def _is_through_others(question: Question, route: str) -> bool:
    """Whether cities are asked for and the stops are countries, or the other way round."""
    words = set(words_of(question.text))
    lands = [fold(route[a:b]) in COUNTRY_OF for a, b in stops_of(route)]
    return (bool(words & _CITIES) and all(lands)) or (bool(words & _COUNTRIES) and not any(lands))


def _reasons(question: Question, sentence: Sentence, view: ArticleView) -> Iterator[Value]:
    del question, view
    strong = _STRONG_REASON.search(sentence.text)
    weak = strong or _REASON.search(sentence.text)
    if weak:
        yield Value(weak.start(), len(sentence.text), sentence.text[weak.start() :], 1.0 if strong else 0.4)


def _said(question: Question, sentence: Sentence, view: ArticleView) -> Iterator[Value]:
    """The sentence in which the one asked about speaks."""
    speaker = speaker_of(sentence, view)
    if speaker is None:
        return
    asked = [name for name in question.names if name.kind != "place"] or list(question.names)
    if not asked:
        posts = TITLES & set(words_of(question.text))
        holds = not posts or bool(posts & _posts_of(speaker.name, view))
        yield Value(0, len(sentence.text), sentence.text, 0.5 if holds else 0.1)
    elif any(_is_one(speaker.name, name) for name in asked[:1]):
        yield Value(0, len(sentence.text), sentence.text, speaker.strength)
    elif any(_is_one(speaker.name, name) for name in asked):
        yield Value(0, len(sentence.text), sentence.text, 0.4)


def _posts_of(speaker: str, view: ArticleView) -> set[str]:
    """The words that an article puts to a speaker's name, and those of a speaker without one ("a minister")."""
    said = set(words_of(speaker))
    for sentence in view.sentences:
        for name in sentence.names:
            span = role_of(sentence, name) if same_name(speaker, name.text) else None
            said |= set(words_of(sentence.text[span[0] : span[1]])) if span else set()
    return said


def _is_one(name: str, asked: Name) -> bool:
    return same_name(name, asked.text) or fold(name) in fold(asked.text) or fold(asked.text) in fold(name)


def _constituency(sentence: Sentence, name: Name, span: tuple[int, int]) -> str:
    """ " of Ohio" of "Sen. Ann Lee of Ohio", where the role stands before the name."""
    behind = re.match(r"\s+of\s+[A-Z][\w’']+(?:\s[A-Z][\w’']+)?", sentence.text[name.end :])
    return behind.group() if behind and span[1] <= name.start else ""


def _described(question: Question, sentence: Sentence, view: ArticleView) -> Iterator[Value]:
    """What a person or thing is said to be."""
    del view
    for name in sentence.names:
        if any(_is_one(name.text, asked) for asked in question.names) or is_asked(name.text, question):
            span = role_of(sentence, name)
            if span is not None:
                words = sentence.text[span[0] : span[1]].strip(" ,") + _constituency(sentence, name, span)
                yield Value(span[0], span[1], words, min(1.0, 0.55 + 0.15 * len(words.split())))


_FINDERS = {
    "date": _dates, "person": _persons, "organisation": _organisations, "place": _places, "number": _numbers,
    "money": _numbers, "share": _numbers, "duration": _numbers, "route": _routes, "reason": _reasons, "said": _said,
    "role": _described, "definition": _described,
}  # fmt: skip
