"""What a person or thing is, by the words of a sentence: a title before the name, an apposition, "X is a …"."""

import re

from .article_view import Sentence
from .gazetteer import DEMONYMS, ORGANISATION_WORDS, PLACE_WORDS, TITLES
from .names import Name
from .question_words import FUNCTION_WORDS, fold
from .speech_verbs import SPEECH

_END = (
    r"(?=[,.;:—–]|\s[-–—]\s|\s(?:who|which|that|said|says|told|has|had|was|is|will|noted|added|announced)\b|\Z|[”\"])"
)
_APPOSITION = re.compile(
    rf"\s*(?:,|\s[–—-])\s+((?:who (?:is|was|serves as|chairs|heads|leads|runs)\s)?[^,.;:—–\"“”]{{3,120}}?){_END}"
)
_PARTY = re.compile(r"\s*,\s+[RDI]-[A-Z][\w.-]*(?=,)")
_DESCRIBES = re.compile(r"(?:who|the|a|an|its|his|her|their|one of|former|then)\s|[A-Z][\w’']+['’]s\s")
_BEFORE = re.compile(r"((?:(?:[A-Z][\w.’'&-]*|[a-z][\w’'-]*|of|the|for|and)\s+){0,8})\Z")
_COPULA = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:,[^,]{1,80},\s*)?(?:,?\s*which\s)?(?:is|was|are|were|became|serves as"
    r"|served as|serve[sd] in the role of|works as|refers to|means|stands for)\s+[“\"]?"
    r"((?:(?:the|a|an|one|known|responsible"
    r"|among)\b|[A-Z])[^.;”\"]{3,160}?)(?=[.;]|,\s(?:who|which|and|but|said)\b|\Z)"
)
_BEFORE_NOUNS = TITLES | frozenset(
    [
        "kickboxer",
        "internet",
        "personality",
        "company",
        "agency",
        "group",
        "operator",
        "maker",
        "giant",
        "firm",
        "bank",
        "newspaper",
        "party",
    ]
)


def role_of(sentence: Sentence, name: Name) -> tuple[int, int] | None:
    """The span in a sentence that says what a name is: title, apposition or copula; None when nothing does.

    The longest of title and apposition counts: "the minister of energy" says more than "Mr".
    """
    text = sentence.text
    copula = _COPULA.match(text, name.end)
    party = _PARTY.match(text, name.end)
    behind = _APPOSITION.match(text, party.end() if party else name.end)
    if behind is not None and not _is_description(behind.group(1)):
        behind = None
    before = _title_before(text, name) if name.kind == "person" else _spelt_out(text, name) or _noun_before(text, name)
    start = name.start - len(name.title) - 1
    if name.title and text[start : name.start - 1] == name.title and (before is None or start < before[0]):
        before = (start, name.start - 1)
    if behind is not None and _SPEAKS.match(text, behind.end(1)):
        behind = None  # "…, the press service said" says who speaks, not what the name is
    if before is None and text[name.end : name.end + 1] == ",":
        before = _title_before_comma(text, name)
    if before is not None and (behind is None or len(text[before[0] : before[1]].split()) > 1):
        return before
    if behind is not None:
        return behind.span(1)
    return copula.span(1) if copula else before


def _title_before_comma(text: str, name: Name) -> tuple[int, int] | None:
    """ "the mayor of Bergen" of "the mayor of Bergen, Ola Berg, said"."""
    before = re.search(
        r"\b(?:[Tt]he|[Ii]ts|his|her|their|[A-Z][\w’']+['’]s)\s([\w’' -]{3,80}),\s\Z", text[: name.start]
    )
    if before is None or not any(set(fold(word).split("-")) & TITLES for word in before.group(1).split()):
        return None
    return before.span(1)


def _is_description(words: str) -> bool:
    """Whether words between commas say what somebody is: an article begins them, or a title is among the first."""
    plain = [fold(word).strip(".") for word in words.split()[:6]]
    return bool(_DESCRIBES.match(words)) or any(set(word.split("-")) & _BEFORE_NOUNS for word in plain)


_SPEAKS = re.compile(rf"\s+(?:has\s|had\s|also\s)?{SPEECH}\b")


_NOUN_BEFORE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)\s((?:[\w’'-]+\s){0,3}?(?P<noun>[a-z]+))\s\Z")


def _noun_before(text: str, name: Name) -> tuple[int, int] | None:
    """ "Kazakh company" of "the Kazakh company QazaqGaz": what kind of body or place a name is."""
    before = _NOUN_BEFORE.search(text[: name.start])
    if before is None or before["noun"] not in ORGANISATION_WORDS | PLACE_WORDS:
        return None
    return before.span(1)


def _spelt_out(text: str, name: Name) -> tuple[int, int] | None:
    """What an acronym stands for: before it, "Bureau of Roads (BR)", or in brackets behind it."""
    behind = re.match(r"\s*\(([^()]{4,120})\)", text[name.end :])
    if behind and name.text.isupper():
        return name.end + behind.start(1), name.end + behind.end(1)
    before = re.search(
        r"((?:[A-Z][\w’'&-]*|of|the|for|and|on|in)(?:\s(?:[A-Z][\w’'&-]*|of|the|for|and|on|in)){1,10})\s*\(\Z",
        text[: name.start],
    )
    return before.span(1) if before else None


def _title_before(text: str, name: Name) -> tuple[int, int] | None:
    """The words before a name that are its title: from the first that belongs to it to the name."""
    head = _BEFORE.search(text, 0, name.start)
    words = list(re.finditer(r"\S+", text[: name.start])) if head else []
    first = None
    seen_title = False
    n_loose, loose = 0, False
    for word in reversed(words[-10:]):
        plain = fold(word.group()).strip("\"“”'‘’(").removesuffix("'s")
        if word.group()[-1] in ',.;:”"—–' and word.group().lower() not in {
            "sen.",
            "rep.",
            "gov.",
            "gen.",
            "dr.",
            "mr.",
            "ms.",
            "mrs.",
            "u.s.",
            "lt.",
            "col.",
            "prof.",
        }:
            break
        is_title = bool(set(plain.rstrip(".").split("-")) & _BEFORE_NOUNS)
        belongs = (
            is_title
            or plain in DEMONYMS
            or plain in {"of", "the", "for", "and"}
            or word.group()[0].isupper()
            or (seen_title and plain in _ADJECTIVES)
        )
        if not belongs and seen_title and n_loose < MAX_LOOSE and _may_specify(word.group()):
            # "security" of "former security officer": it counts where a title or an article stands before it.
            n_loose, loose = n_loose + 1, True
            if _DETERMINER.search(text[: word.start()]):
                first = word.start()
                break
            continue
        if loose and not (is_title or plain in _ADJECTIVES or plain == "and"):
            break
        loose = loose and plain == "and"
        if not belongs or (not seen_title and plain in {"of", "the", "for", "and"}):
            break
        if is_title:
            seen_title = True
        if is_title or (seen_title and (plain not in {"the", "and", "for", "of"})):
            first = word.start()
    if first is None or not seen_title:
        return None
    return first, len(text[: name.start].rstrip())


MAX_LOOSE = 3
_DETERMINER = re.compile(r"(?:\b(?:the|a|an|its|his|her|their|our)|['’]s)\s\Z", re.I)


def _may_specify(word: str) -> bool:
    """Whether a word in lower case may be a noun that says of what somebody is chief, rather than a verb."""
    return (
        word.isalpha()
        and word not in FUNCTION_WORDS
        and not word.endswith(("ed", "ing"))
        and not re.fullmatch(SPEECH, word)
    )


_ADJECTIVES = frozenset(
    [
        "foreign",
        "prime",
        "vice",
        "deputy",
        "former",
        "acting",
        "chief",
        "senior",
        "energy",
        "finance",
        "interior",
        "defence",
        "defense",
        "press",
        "first",
        "climate",
        "human",
        "rights",
        "internet",
        "political",
        "military",
        "national",
        "state",
        "economic",
        "public",
        "special",
        "presidential",
        "executive",
        "longtime",
        "veteran",
    ]
)
