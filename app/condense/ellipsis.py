"""Follow-ups that leave out what was just said: "Why?", "When was that?", "And in Norway?", "What about Statoil?".

Completed from the last standalone question. None where nothing is left out, so that nothing is put in.
"""

import re
from collections.abc import Sequence

from ..extractive.names import Name, find_names
from .pronouns import PRONOUN, resolve
from .referents import Referent, Told, find_names_in_phrase

_AUXILIARY = r"(?:did|does|do|is|are|was|were|will|would|can|could|should|has|have|had|may|might)"
_ASKS = r"(?:when|where|why|who|whom|what|which|how)"
_WH = (
    rf"(?:(?:by|with|to|from|for|at|in|on|since|until|about|of) )?{_ASKS}"
    r"(?: (?:exactly|much|many|long|far|often|else|year|date|day|month|country|countries|city|so|come|not))?"
)
_BARE_WH = re.compile(rf"({_WH})(?: (?:exactly|then|though))?\s*[?.!]*\Z", re.I)
_WH_OF_THAT = re.compile(
    r"(when|where|why|how)(?: exactly)? (?:(?:did|does|will) (?:that|this|it) (?:happen|take place|occur)"
    r"|(?:is|was|were) (?:that|this))(?: so)?\s*[?.!]*\Z",
    re.I,
)
_ABOUT = re.compile(r"(?:(?:what|how) about|same for|the same for)\s+(.+?)\s*[?.!]*\Z", re.I)
_PREPOSITION = r"(?:in|on|at|for|from|to|by|with|of|during|after|before|since|until|between|under|over|near|about)"
_PHRASE = re.compile(rf"(?:(?P<prep>{_PREPOSITION}) )?(?P<words>[^?.!]{{1,60}}?)\s*[?.!]*\Z", re.I)
_STARTS_IN = re.compile(rf"{_PREPOSITION} ", re.I)
_VERBS = re.compile(
    rf"n['’]t\b|\b(?:{_AUXILIARY}|be|been|say|said|{_ASKS}|whose|tell|explain|list|name|give|show)\b", re.I
)
_ASKED = re.compile(
    rf"(?P<wh>(?:(?:by|with|to|from|for|at|in|on|since) )?{_ASKS}\b(?: (?!{_AUXILIARY}\b)[\w’'-]+)*?)"
    rf" (?P<rest>{_AUXILIARY}\b .+?)[?.!\s]*\Z",
    re.I,
)
_SUBJECT_ASKED = re.compile(r"(?:who|what|which(?: [\w’'-]+)?) (?P<rest>\S.+?)[?.!\s]*\Z", re.I)
_YES_NO = re.compile(rf"(?P<rest>{_AUXILIARY}\b .+?)[?.!\s]*\Z", re.I)
_SUBJECT_WORDS = re.compile(r"(?:who|whom)\b", re.I)
_TIME_PHRASE = re.compile(
    r"\b(?:in|on|by|since|before|after|until|during) (?:[A-Z][a-z]+ )?(?:\d{1,2},? )?(?:\d{4}|[A-Z][a-z]+ \d{1,2})\b"
)


def complete(question: str, last: Told, spoken_of: Sequence[Referent], *, goes_on: bool) -> str | None:
    """The whole question for one that leaves out what the last turn said; None when nothing of the kind is left out.

    `goes_on`: it was begun with "and" or the like; without, a few words are rather a new subject than a question.
    """
    wh = _BARE_WH.fullmatch(question) or _WH_OF_THAT.fullmatch(question)
    if wh:
        return _with_other_wh(wh.group(1), last)
    about = _ABOUT.fullmatch(question)
    phrase = about.group(1) if about else question.rstrip("?.! ")
    if not about and (
        len(question.split()) > 6 or _VERBS.search(question) or not (goes_on or _STARTS_IN.match(question))
    ):
        return None
    if PRONOUN.search(phrase):
        return f"What about {resolve(phrase[0].lower() + phrase[1:], last, spoken_of)}?"
    return _with_other_phrase(phrase, last, spoken_of)


def _with_other_wh(wh: str, last: Told) -> str | None:
    """The last question asked with another question word, its answer put in where it was asked for."""
    question = last.question.strip()
    answer = last.short_answer
    asked = _ASKED.fullmatch(question)
    if asked:
        known = answer if answer and _asks_for_thing(asked["wh"]) else ""
        return f"{wh} {asked['rest']}{f' ({known})' if known else ''}?"
    yes_no = _YES_NO.fullmatch(question)
    if yes_no:
        return f"{wh} {yes_no['rest'][0].lower()}{yes_no['rest'][1:]}?"
    subject = _SUBJECT_ASKED.fullmatch(question)
    if subject:
        return f"{wh} was it that {answer or 'they'} {subject['rest']}?"
    return None


def _asks_for_thing(wh: str) -> bool:
    return wh.lower().split()[-1] not in {"when", "where", "why", "how"} or bool(_SUBJECT_WORDS.search(wh))


def _with_other_phrase(phrase: str, last: Told, spoken_of: Sequence[Referent]) -> str | None:
    """The last question with a name, place or time exchanged for the one given; behind it where none is exchanged."""
    parts = _PHRASE.fullmatch(phrase)
    if not parts or not last.question:
        return None
    question = last.question.rstrip("?.! ")
    prep, words = (parts["prep"] or "").lower(), parts["words"]
    new = find_names_in_phrase(words)
    if re.search(r"\d", words) and not new:
        behind = f"{question} {prep or 'in'} {words}"
        changed = _TIME_PHRASE.sub(f"{prep or 'in'} {words}", question, count=1)
        return f"{changed if changed != question else behind}?"
    old = _exchangeable(new[0], find_names(question), spoken_of, prep=prep, question=question) if new else None
    if old is not None:
        return f"{question[: old.start]}{words}{question[old.end :]}?"
    if prep:
        return f"{question} {prep} {words}?"
    if new:
        return f"{question}, {words}?"
    return (
        f"What about {words} ({', '.join(name.text for name in find_names(question))})?"
        if find_names(question)
        else None
    )


def _exchangeable(
    new: Name, names: Sequence[Name], spoken_of: Sequence[Referent], *, prep: str, question: str
) -> Name | None:
    """The name of the last question whose place the new one takes: one of its kind, behind the same preposition."""
    kinds = {referent.text: referent.kind for referent in spoken_of}
    kind = kinds.get(new.text, new.kind)
    alike = [name for name in names if name.kind == kind or "other" in (name.kind, kind)]
    if prep:
        return next(
            (n for n in alike if question[: n.start].lower().rstrip().endswith((f" {prep}", f" {prep} the"))), None
        )
    exact = [name for name in alike if name.kind == kind]
    return next(iter(exact or alike), None)
