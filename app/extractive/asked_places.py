"""Places of a sentence as possible answers: where something is, which part of a country, which stop of a route."""

import re
from collections.abc import Iterator

from .article_view import Sentence
from .gazetteer import COUNTRY_OF, DEMONYMS
from .named_values import Value, named_values
from .question_kind import Question
from .question_words import fold, listed
from .routes import find_routes, stops_of

_FIT = {"place": 1.0, "other": 0.4, "organisation": 0.3, "person": 0.05}
_LOCATED = re.compile(
    r"\b(?:in|on|at|near|to|from|off|off of|outside|into|across|around)\s(?:(?:the|his|her|its|their|a)\s)?\Z"
)
_WHERE = re.compile(r"\bwhere\b")
_COUNTRIES = {"united states", "united kingdom", "u.s.", "us", "uk"}
_PARTS = frozenset(("part", "area", "region", "side", "half", "corner", "coast"))
_SIDE = re.compile(
    r"\b(?:far\s)?(?:north|south|east|west|cent(?:er|re|ral))(?:[- ]?(?:east|west|central))?(?:ern)?(?:most)?\b"
    r"(?:\s(?:areas?|parts?|regions?|provinces?|half|side|coast|districts?))?"
    r"(?:\sof\s(?:the\s)?[A-Z][\w’'-]+)?",
    re.I,
)
_WAY = re.compile(
    r"\b(?:route|line|pipeline|railway|road|highway|motorway|train|flight|ferry|bus|river|canal|cable|tour|march|race"
    r"|journey|trip|path|track|corridor)s?\b"
)
_LAST = re.compile(r"\b(?:end|ends|ended|ending|finish\w*|terminat\w+|terminus|last|final|destination|arriv\w+)\b")
_FIRST = re.compile(r"\b(?:start|starts|started|starting|begin\w*|began|depart\w*|origin\w*|first|set out|sets out)\b")
_NEXT = re.compile(r"\b(?:after|following|next)\b")
_PREVIOUS = re.compile(r"\b(?:before|preced\w+|previous)\b")
_BETWEEN = re.compile(r"\bbetween\b")
MIN_STOPS = 3


def places(question: Question, sentence: Sentence) -> Iterator[Value]:
    """The places of a sentence with how well each answers; what only tells where a report was filed does not."""
    yield from _stops(question, sentence)
    if _PARTS & set(question.noun):
        yield from _sides(sentence)
    country = bool({"country", "nation", "countri"} & set(question.noun))
    where = bool(_WHERE.search(fold(question.text)))
    for value in named_values(question, sentence, _FIT):
        if fold(value.text).split()[-1] in DEMONYMS or is_dateline(sentence, value.start, value.end):
            continue
        is_country = fold(value.text) in COUNTRY_OF or fold(value.text) in _COUNTRIES
        yield Value(
            value.start,
            value.end,
            value.text,
            _located_fit(sentence, value, where=where) * (0.5 if country and not is_country else 1.0),
        )


def _located_fit(sentence: Sentence, value: Value, *, where: bool) -> float:
    """More for a place that something is at; less for one that only owns it, or takes part ("with Chile")."""
    if value.fit <= 0.1:
        return 0.8 * value.fit
    if _LOCATED.search(sentence.text[: value.start]):
        return max(value.fit, 0.8)
    owns = sentence.text[value.end : value.end + 2] in {"'s", "’s", "s'", "s’"}
    return (0.4 if owns else 0.3 if where else 0.8) * value.fit


def is_dateline(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a place only says where the report was filed: "OSLO (NTB) — ..."."""
    head = sentence.text[start : end + 40]
    return (
        start < 3
        and sentence.number < 4
        and bool(re.match(r"[A-Z][A-Z .-]+\b[^.]{0,30}[–—−-]\s|[A-Z][A-Z .-]+, ", head))
    )


def _sides(sentence: Sentence) -> Iterator[Value]:
    """ "the northern areas of Norway", where a part of something is asked for."""
    for match in _SIDE.finditer(sentence.text):
        bare = len(match.group().split()) == 1
        if not (bare and match.group()[0].isupper()):
            yield Value(match.start(), match.end(), match.group(), 0.7 if bare else 1.0)


def asks_for_stop(question: Question) -> bool:
    """Whether a question means one stop of a route: where it ends, what comes behind another stop."""
    plain = fold(question.text)
    relation = any(pattern.search(plain) for pattern in (_LAST, _FIRST, _NEXT, _PREVIOUS, _BETWEEN))
    return question.kind == "place" and relation and bool(_WAY.search(plain))


def _stops(question: Question, sentence: Sentence) -> Iterator[Value]:
    """The stop of a route that a question means: its end, its start, the one behind another, those between two."""
    plain = fold(question.text)
    for start, end in find_routes(sentence.text):
        stops = [(start + a, start + b) for a, b in stops_of(sentence.text[start:end])]
        if len(stops) < MIN_STOPS:
            continue
        names = [sentence.text[a:b] for a, b in stops]
        given = [place for place, name in enumerate(names) if fold(name) in plain]
        if not given and not _WAY.search(plain):
            continue
        wanted = _wanted(plain, given, n=len(stops))
        if wanted:
            first, last = stops[wanted[0]], stops[wanted[-1]]
            yield Value(first[0], last[1], listed([names[place] for place in wanted]), 1.0)


def _wanted(plain: str, given: list[int], *, n: int) -> list[int]:
    """Which stops are asked for, by their places in the route; none where the question asks for no particular one."""
    if len(given) > 1 and _BETWEEN.search(plain):
        return list(range(min(given) + 1, max(given)))
    if given and _NEXT.search(plain):
        return [given[0] + 1] if given[0] + 1 < n else []
    if given and _PREVIOUS.search(plain):
        return [given[0] - 1] if given[0] else []
    if _LAST.search(plain) and n - 1 not in given:
        return [n - 1]
    if _FIRST.search(plain) and 0 not in given:
        return [0]
    return []
