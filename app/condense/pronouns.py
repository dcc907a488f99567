"""Puts names for the pronouns of a follow-up: he, she, they, it, there, then, that, and "the minister", "the company".

A pronoun whose own question names what it stands for ("When did Berg say he would resign?") is left alone.
"""

import re
from collections.abc import Sequence

from ..extractive.name_match import same_name
from ..extractive.names import find_names, gender
from ..extractive.question_words import fold, listed, word_set
from .referents import Referent, Told, fits, things

PRONOUN = re.compile(r"\b(he|him|his|she|hers|her|they|them|their|theirs|it|its)\b(?![’'](?!s\b))", re.I)
_SAY = (
    r"(?:"
    + "|".join(
        sorted(
            word_set("""
    say said says state stated announce announced tell told claim claimed mention mentioned propose proposed
    think believe suggest suggested report reported write wrote add added mean
""")
        )
    )
    + ")"
)
_OBJECT_THAT = re.compile(r"\b(that|this|so)(?=\s*[?.!,]|\s*\Z|\s+(?:and|in|on|at|to|about)\b)", re.I)
# "that" before other words is mostly a conjunction: "the report that surprised Berg".
_THAT_NOUN = re.compile(
    r"\bthat\s+(?:[a-z]+\s+)?(?:meeting|statement|proposal|deal|agreement|decision|project|visit"
    r"|talks|plan|law|announcement|attack"
    r"|vote|election|idea|option|route|pipeline|figure|case|trip|summit|conference|speech|report"
    r"|interview|event|accident|crash"
    r"|fire|protest|strike|trial|verdict|ruling|bill|investment|amount|number|document|letter|call"
    r"|contract|treaty|move|claim)\b"
    r"|\b(?:this|these|those)\s+(?!(?:is|are|was|were|will|would|the|a|an|he|she|it|they|has|had|have"
    r"|can|year|week|month|time|day)"
    r"\b)[a-z][\w-]+",
    re.I,
)
_THERE = re.compile(
    r"\b(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!will )there\b"
    r"(?!\s+(?:is|are|was|were|be|been|any|a|will)\b)",
    re.I,
)
_THEN = re.compile(r"\b(?:back )?then\b(?=\s*[?.!]|\s*\Z)|\bat (?:that|the) time\b|\bthat (?:day|year|month)\b", re.I)
_POSSESSIVE = word_set("his hers their theirs its")
_NOT_NOUNS = word_set("""
    a an the in on at to from with by about for of and or is was are were say said do did does go meet have
    had when where why how as than before after during if that this
""")
_PERSON_ROLES = word_set("""
    minister president premier chancellor king queen secretary spokesman spokeswoman spokesperson chairman
    chairwoman director chief ambassador governor senator mayor leader head ceo official diplomat politician
    analyst expert author judge general coach player actor actress singer professor doctor lawyer prosecutor
    commissioner deputy
""")
_BODY_ROLES = word_set(
    "company firm agency ministry group bank organisation organization union party corporation concern club team"
)
_SOMEBODY = re.compile(
    r"\b(?:my|our|your|a|an|the|some)\s+(?:\w+\s)?(?:friend|man|woman|guy|person|wife|husband|mother|father|brother|sister|boss|boy"
    r"|girl|child|student|teacher|neighbou?r|colleague|minister|president|leader|spokes\w+|official)\b",
    re.I,
)
_COUNTRY_ROLES = word_set("country nation state republic city town region")
_ROLE = re.compile(r"\b(?:the|this|that)\s+((?:[a-z]+\s+){0,2}?)([a-z]+)\b(?!\s+(?:of|for|in)\b)(?!\s+[A-Z])")


def resolve(question: str, last: Told, spoken_of: Sequence[Referent]) -> str:
    """The question with names for its pronouns; as it is when it has none, or nothing that was spoken of fits."""
    changed = _persons_and_things(question, last, spoken_of)
    changed = _places_and_times(changed, spoken_of)
    changed = _that(changed, last)
    if changed == question:
        changed = _roles(question, last, spoken_of)
    return changed


def _persons_and_things(question: str, last: Told, spoken_of: Sequence[Referent]) -> str:
    """Each pronoun exchanged, from the left; the first exchange for a pronoun holds for all of its kind."""
    pieces, end = [], 0
    chosen: dict[str, str] = {}
    for match in PRONOUN.finditer(question):
        kind = _kind_of_pronoun(match.group(1).lower())
        name = chosen.get(kind) or _antecedent(kind, question, match, last, spoken_of)
        if not name:
            continue
        again = kind in chosen  # once named, "he" is plain
        put = match.group(1) if again else _in_case(name, match.group(1).lower(), question[match.end() :])
        chosen[kind] = name
        pieces += [question[end : match.start()], put]
        end = match.end()
    return "".join([*pieces, question[end:]])


def _kind_of_pronoun(pronoun: str) -> str:
    if pronoun in {"he", "him", "his"}:
        return "he"
    if pronoun in {"she", "her", "hers"}:
        return "she"
    return "they" if pronoun.startswith("the") else "it"


def _antecedent(
    kind: str, question: str, match: re.Match[str], last: Told, spoken_of: Sequence[Referent]
) -> str | None:
    before = question[: match.start()]
    named = find_names(question)
    if re.search(r"[.!?;]\s", before) or (kind in {"he", "she"} and _SOMEBODY.search(before)):
        return None  # it is told in the question itself who is meant
    if kind in {"he", "she"}:
        if any(name.kind in {"person", "other"} for name in find_names(before)):
            return None
        persons = [r for r in spoken_of if fits(r, kind) and not any(same_name(r.text, name.text) for name in named)]
        if kind == "she":  # a bare surname is less likely meant than a woman's full name
            persons.sort(key=lambda referent: (referent.age, gender(referent.text) != "she"))
        return persons[0].text if persons else None
    if kind == "they":
        return None if len(find_names(before)) > 0 else _plural(last, spoken_of)
    if _is_empty_it(question, match) or find_names(before) or things(before + ","):
        return None
    return _singular_thing(spoken_of)


def _is_empty_it(question: str, match: re.Match[str]) -> bool:
    """Whether "it" stands for nothing: "is it true that", "it is not safe to"."""
    after = question[match.end() :].lower()
    if re.match(r"\s+(?:(?:is|was|be|not|really|also)\s+)*[a-z]+\s+(?:to|that|whether|if)\s+[a-z]", after):
        return True
    return bool(
        re.match(r"\s+(?:is |was |be )?(?:true|possible|clear|known|likely|said|reported|correct|that)\b", after)
    )


def _plural(last: Told, spoken_of: Sequence[Referent]) -> str | None:
    asked = [name.text for name in find_names(last.question)]
    persons = [
        r.text
        for r in spoken_of
        if r.age == 0 and r.kind in {"person", "name"} and any(same_name(r.text, n) for n in asked)
    ]
    if len(persons) >= 2:
        return listed(persons)
    told = [name.text for name in find_names(last.short_answer)]
    if len(told) >= 2:
        return listed(told)
    plural = next((r.text for r in spoken_of if r.kind == "thing" and r.text.endswith("s") and r.age == 0), None)
    body = next((r.text for r in spoken_of if r.kind == "organisation" and r.age <= 1), None)
    places = [r.text for r in spoken_of if r.age == 0 and r.kind == "place" and r.text in asked]
    if plural or (not body and len(places) < 2):
        return plural
    return body or listed(places)


def _singular_thing(spoken_of: Sequence[Referent]) -> str | None:
    """A thing that was asked about, else a body or a bare name, else a place; the last turn before the one before."""
    for age in (0, 1):
        near = [r for r in spoken_of if r.age == age]
        for kinds, asked in (
            ({"thing"}, True),
            ({"organisation", "name"}, True),
            ({"organisation"}, False),
            ({"place"}, True),
        ):
            fitting = [r for r in near if r.kind in kinds and (r.asked or not asked)]
            if fitting:
                return fitting[0].text
    return None


def _in_case(name: str, pronoun: str, after: str) -> str:
    """The name as subject, object or possessive; "her" is possessive before a noun."""
    following = re.match(r"\s+([\w-]+)", after)
    possessive = pronoun in _POSSESSIVE
    if pronoun == "her" and following and following.group(1).lower() not in _NOT_NOUNS:
        possessive = True
    return f"{name}'s" if possessive else name


def _places_and_times(question: str, spoken_of: Sequence[Referent]) -> str:
    place = next((r.text for r in spoken_of if r.kind == "place"), None)
    if place and not any(name.kind == "place" for name in find_names(question)):
        question = _THERE.sub(f"in {place}", question, count=1)
    time = next((r.text for r in spoken_of if r.kind == "time"), None)
    if time:
        day = bool(re.match(r"\d{1,2} |[A-Z][a-z]+ \d{1,2}\b", time))
        question = _THEN.sub(f"{'on' if day else 'in'} {time}", question, count=1)
    return question


def _that(question: str, last: Told) -> str:
    """What "that" stands for goes in brackets behind it: the last question without what this one says itself."""
    lone = _OBJECT_THAT.search(question)
    noun = _THAT_NOUN.search(question) if not lone and len(question.split()) < 10 else None
    if not lone and not noun:
        return question
    if lone and lone.group(1).lower() == "so" and not re.search(rf"\b{_SAY}\s+so\b", question, re.I):
        return question
    topic = _topic(last.question, without=question)
    if not topic:
        return question
    place = lone.end() if lone else noun.end() if noun else 0
    return f"{question[:place]} ({topic}){question[place:]}"


_ASKING = re.compile(
    r"\A(?:(?:by|with|to|from|for|at|in|on|since|according) )?(?:who|whom|what|when|where|why|which|how)\b"
    r"(?: (?:much|many|long|date|year|day|else))?\s*"
    r"(?:(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could)\b\s*)?",
    re.I,
)


def _topic(last_question: str, *, without: str) -> str:
    """What the last question was about: its words without the asking and without the names that this question has."""
    topic = _ASKING.sub("", last_question.strip().rstrip("?.! "))
    for name in find_names(without):
        topic = re.sub(rf"(?:\b[A-Z][\w’'.-]*\s+)?\b{re.escape(name.text.split()[-1])}(?:['’]s)?\b", "", topic)
    topic = re.sub(rf"\A\W*{_SAY}\b(?: that)?", "", topic.strip(), flags=re.I)
    topic = re.sub(
        r"\A\s*(?:about|on|of|to|by|speak of|speak about|spoke of|spoke about|talk about|talked about)\s+", "", topic
    )
    return " ".join(topic.strip(" ,;:-").split())


def _roles(question: str, last: Told, spoken_of: Sequence[Referent]) -> str:
    """ "the minister" with the name behind it, where the last turn speaks of one; only in a question without a name."""
    if find_names(question):
        return question
    for match in _ROLE.finditer(question):
        head = match.group(2)
        name = _bearer(head, last, spoken_of)
        if name:
            return f"{question[: match.end()]} {name}{question[match.end() :]}"
    return question


def _bearer(head: str, last: Told, spoken_of: Sequence[Referent]) -> str | None:
    if head in _PERSON_ROLES:
        titled = [n.text for n in find_names(last.answer) if n.kind == "person" and _says(n.title, head)]
        persons = [r.text for r in spoken_of if r.kind == "person" and r.age == 0]
        spoken = any(_says(text, head) for text in (last.answer, last.short_answer, last.question))
        return titled[0] if titled else persons[0] if persons and spoken else None
    for roles, kind in ((_BODY_ROLES, "organisation"), (_COUNTRY_ROLES, "place")):
        if head in roles:
            return next((r.text for r in spoken_of if r.kind == kind and r.age == 0 and r.asked), None)
    return None


def _says(text: str, word: str) -> bool:
    return word in re.split(r"[\s-]+", fold(text))
