"""Names in a text: where they stand, whether of a person, a place or an organisation, and with which title.

By shape, company and the lists of `gazetteer`, without a model: good enough to choose between the names of a sentence.
Whether two spellings are one name is `same_name`. It must not know questions.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from .gazetteer import (
    DEMONYMS,
    FEMALE_NAMES,
    GIVEN_NAMES,
    MALE_NAMES,
    ORGANISATION_WORDS,
    PLACE_WORDS,
    PLACES,
    TITLES,
)
from .question_words import FUNCTION_WORDS, fold, word_set

NameKind = Literal["person", "place", "organisation", "other"]

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_](?:[\w’'-]*\w)?|[&/]")
_PARTICLES = word_set("of de la le du da dos del di der den van von bin ibn al el ul ter ten for and the")
_PERSON_PARTICLES = word_set("de la le du da dos del di der den van von bin ibn al el ul ter ten")
_CALENDAR = word_set("""
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu
    thur thurs fri sat sun
""")
_NUMBER_WORD = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven"
    r"|eigh|nine)teen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?)"
)
_EVENTS = word_set(
    "bowl cup day week act deal treaty agreement prize award festival war summit series report plan games"
)
_ABBREVIATED = re.compile(r"(?:Mr|Mrs|Ms|Dr|Gen|Gov|Sen|Rep|Prof|St|Lt|Col|Sgt|Capt|Jr|Sr|Rev|Hon|[A-Z])\.?\Z")
_SPEECH_AFTER = re.compile(
    r"[,\s]*(?:who\s|has\s|had\s|also\s|later\s|then\s)*(?:said|says|told|added|noted|stated"
    r"|announced|wrote|tweeted|explained|"
    r"argued|warned|believes?|thinks|recalled|stressed|emphasi[sz]ed|asked|replied|admitted|claimed|confirmed)\b"
)
_ROLE_MODIFIERS = word_set("""
    prime foreign vice deputy first energy defense defence interior finance health press chief senior former
    acting attorney secretary general then justice economy education culture trade transport agriculture labor
    labour executive managing supreme federal state national regional presidential parliamentary opposition co
    party majority minority house senate us u.s. uk
""")


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `[start, end)` of a text, its title apart: "Prime Minister" of "Prime Minister Ann Lee"."""

    start: int
    end: int
    text: str
    kind: NameKind
    title: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, folded, possessive taken off."""
        return tuple(word for word in re.split(r"[\s-]+", bare(self.text)) if word)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str

    @property
    def folded(self) -> str:
        return bare(self.text)


def bare(word: str) -> str:
    """Folded, without possessive ending and outer stops."""
    return fold(word).removesuffix("'s").strip(".'")


def find_names(text: str, *, common: Collection[str] = ()) -> list[Name]:
    """The names of a text, in order, disjoint. `common`: words that stand in lower case elsewhere, so are no names.

    >>> [(name.text, name.kind, name.title) for name in find_names("Prime Minister Ann Lee flew to Oslo on Monday.")]
    [('Ann Lee', 'person', 'Prime Minister'), ('Oslo', 'place', '')]
    """
    found: list[tuple[Name, bool]] = []
    for run, opens in _capital_runs(text):
        names = list(_names_of_run(text, run, opens=opens, common=common))
        doubtful = opens and len(run) == 1
        found += [(name, doubtful) for name in names]
    sure = {name.words[-1] for name, doubtful in found if not doubtful and name.words}
    kept = [name for name, doubtful in found if not doubtful or _is_surely_name(name, sure)]
    return _agreed([part for name in kept for part in _mended(text, name)])


def _mended(text: str, name: Name) -> list[Name]:
    """A person that the shapes of words got wrong: a field behind a title, a body, or a company run into a name."""
    if name.kind != "person":
        return [name]
    first, *rest = name.text.split()
    if not rest and text[: name.start].endswith(" of "):
        return []  # "Minister of Energy, Ann Lee": what the post is for
    if {"of", "the"} & set(name.text.split()):
        return [replace(name, kind="organisation")]  # "Board of the Port": a body, not a person
    if (
        len(rest) >= 2
        and re.search(r"[a-z][A-Z]", first)
        and not first.startswith(("Mc", "Mac", "De", "Di", "O’", "O'"))
    ):
        start = name.start + len(first) + 1
        company = replace(name, end=name.start + len(first), text=first, kind="organisation", title="")
        return [company, replace(name, start=start, text=text[start : name.end])]
    return [name]


def _is_surely_name(name: Name, sure: set[str]) -> bool:
    """Whether a lone capitalised word that opens a sentence is a name all the same."""
    if not name.words:
        return False
    return name.kind in {"place", "person"} or name.words[-1] in sure or (name.text.isupper() and len(name.text) > 1)


def _agreed(names: list[Name]) -> list[Name]:
    """One kind for one name: a bare surname is a person where its full name or its title stands anywhere."""
    persons = {name.words[-1] for name in names if name.words and name.kind == "person"}
    persons -= {
        name.words[-1] for name in names if name.words and name.kind == "place" and " ".join(name.words) in PLACES
    }
    return [
        replace(name, kind="person") if len(name.text.split()) == 1 and set(name.words[-1:]) & persons else name
        for name in names
    ]


def _capital_runs(text: str) -> Iterator[tuple[list[_Token], bool]]:
    """Neighbouring capitalised words with the particles between them, and whether the run opens a sentence."""
    run: list[_Token] = []
    opens = True
    previous_end = 0
    for match in _TOKEN.finditer(text):
        token = _Token(match.start(), match.end(), match.group())
        gap = text[previous_end : token.start]
        joined = bool(run) and _joins(gap, run[-1])
        numbered = joined and token.text.isdigit() and len(token.text) < 4 and run[-1].folded not in _CALENDAR
        capital = (
            numbered
            or token.text[0].isupper()
            or (token.text[0].isdigit() and joined and any(c.isupper() for c in token.text))
        )
        if run and not (joined and (capital or token.text in _PARTICLES or token.text == "&")):
            yield _without_tail(run), opens
            run = []
        if not run and capital:
            opens = _opens_sentence(text, token.start)
        if capital or (run and (token.text in _PARTICLES or token.text == "&")):
            run.append(token)
        previous_end = token.end
    if run:
        yield _without_tail(run), opens


def _joins(gap: str, before: _Token) -> bool:
    if before.text.endswith(("'s", "’s", "s’", "s'")):
        return False
    return gap in (" ", "\u00a0") or (gap in (". ", ".\u00a0") and bool(_ABBREVIATED.match(before.text)))


def _without_tail(run: list[_Token]) -> list[_Token]:
    while run and not run[-1].text[0].isupper() and not run[-1].text[0].isdigit():
        run = run[:-1]
    return run


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"“”'‘’«(—–-\u00a0")
    return not before or before[-1] in ".!?:;\n…/"


def _names_of_run(text: str, run: list[_Token], *, opens: bool, common: Collection[str]) -> Iterator[Name]:
    run = _without_calendar(run)
    while run and _is_ordinary(run[0], opens=opens, alone=len(run) == 1, common=common):
        run = run[1:]
        while run and run[0].text in _PARTICLES:
            run = run[1:]
        opens = False
    if not run:
        return
    role: list[_Token] = []
    for part in _parts(run):
        if _is_role(part):
            role = part
            yield from _names_in_role(text, part)
            continue
        for name in _split_title(text, part):
            joined = role and not name.title and text[role[-1].end : name.start].isspace()
            yield replace(name, title=text[role[0].start : role[-1].end], kind="person") if joined else name
        role = []


def _is_role(part: list[_Token]) -> bool:
    """ "Minister of Energy", "Deputy Foreign Minister": a title that belongs to the name behind it, if any."""
    words = [token.folded for token in part]
    heads = [i for i, word in enumerate(words) if set(word.split("-")) & TITLES]
    return bool(heads) and (heads[-1] == len(words) - 1 or words[heads[0] + 1] in {"of", "for"})


def _without_calendar(run: list[_Token]) -> list[_Token]:
    kept = [token for token in run if token.folded not in _CALENDAR or (token.text == "May" and len(run) > 1)]
    return _without_tail(kept)


def _is_ordinary(token: _Token, *, opens: bool, alone: bool, common: Collection[str]) -> bool:
    """Whether a capitalised word is only that because it opens a sentence."""
    word = fold(token.text)
    if _NUMBER_WORD.fullmatch(word):
        return True
    if word in FUNCTION_WORDS or word.removesuffix("'s") in {"i", "he", "she", "it", "that", "there", "what"}:
        return not (token.text.isupper() and len(word) > 1)
    if not opens or token.text.isupper():
        return False
    return (alone or word not in GIVEN_NAMES | PLACES | DEMONYMS) and word in common


def _parts(run: list[_Token]) -> Iterator[list[_Token]]:
    """A run cut where one name ends and the next begins: before a given name, at "and", after a place."""
    whole = " ".join(token.folded for token in run)
    if whole in PLACES:
        yield run
        return
    part: list[_Token] = []
    for i, token in enumerate(run):
        if token.text in {"and", "the"} and not _inside_organisation(run, i):
            if part:
                yield _without_tail(part)
            part = []
            continue
        if token.text in {"of", "for"} and _is_person_so_far(part):
            yield part
            part = []
            continue
        if part and _starts_person(token, part):
            yield _without_tail(part)
            part = []
        part.append(token)
    if part:
        yield _without_tail(part)


def _is_person_so_far(part: list[_Token]) -> bool:
    """ "Ann Lee" of "Ann Lee of Ohio": the place is a name of its own."""
    after_title = max((i for i, token in enumerate(part) if token.folded in TITLES), default=-1) + 1
    words = [token.folded for token in part[after_title:]]
    return len(words) > 1 and (words[0] in GIVEN_NAMES or after_title > 0) and not set(words) & ORGANISATION_WORDS


def _inside_organisation(run: list[_Token], i: int) -> bool:
    if run[i].text == "the":
        return i > 0 and run[i - 1].text in {"of", "for", "and"}
    folded = {token.folded for token in run[:i]}
    return bool(folded & ORGANISATION_WORDS) and not any(t.folded in GIVEN_NAMES for t in run[i + 1 : i + 2])


def _starts_person(token: _Token, part: list[_Token]) -> bool:
    if token.folded not in GIVEN_NAMES:
        return False
    before = [other.folded for other in part]
    if before[-1] in GIVEN_NAMES or before[-1] in TITLES or before[-1] in _PARTICLES or len(before[-1]) == 1:
        return False
    return before[-1] not in PLACE_WORDS and before[0] not in {"saint", "st", "san", "new"}


def _names_in_role(text: str, role: list[_Token]) -> Iterator[Name]:
    """What a role is of: "Statoil" of "CEO of Statoil", but not "Energy" of "Minister of Energy"."""
    first = next(i for i, token in enumerate(role) if token.text in {"of", "for"} or i == len(role) - 1)
    words: list[_Token] = []
    for token in [*role[first + 1 :], None]:
        if token is not None and token.text not in _PARTICLES:
            words.append(token)
            continue
        if words and not all(word.folded in _ROLE_MODIFIERS | ORGANISATION_WORDS | TITLES for word in words):
            name = _name(text, words, title=[])
            if name is not None:
                yield name
        words = []


def _split_title(text: str, part: list[_Token]) -> Iterator[Name]:
    """The name of one part, its title split off, and the body before the title ("Gazprom" of "Gazprom CEO Ann Lee")."""
    heads = [i for i, token in enumerate(part) if set(token.folded.split("-")) & TITLES]
    title, rest = (part[: heads[-1] + 1], part[heads[-1] + 1 :]) if heads else ([], part)
    if title and rest and all(token.folded in ORGANISATION_WORDS | PLACE_WORDS for token in rest):
        # "General Motors", "King Island"
        title, rest = [], part
    first = next((i for i, token in enumerate(title) if token.folded in TITLES | _ROLE_MODIFIERS | DEMONYMS), 0)
    for words in (title[:first], rest):
        name = _name(text, words, title=title[first:] if words is rest else [])
        if name is not None:
            yield name


def _name(text: str, rest: list[_Token], *, title: list[_Token]) -> Name | None:
    """The name of these words; None when only an adjective or nothing is there."""
    while rest and rest[0].text in _PARTICLES - _PERSON_PARTICLES:
        rest = rest[1:]
    if not rest:
        return None
    if len(rest) == 1 and rest[0].folded in DEMONYMS:
        return None
    while len(rest) > 1 and rest[0].folded in DEMONYMS and " ".join(t.folded for t in rest) not in PLACES:
        rest = rest[1:]
    start, end = rest[0].start, rest[-1].end
    words = text[start:end]
    for ending in ("'s", "’s"):
        if words.endswith(ending):
            end -= 2
    name = Name(start, end, text[start:end], "other", _title(text, title, start=start))
    return replace(name, kind=_kind(text, name))


def _title(text: str, title: list[_Token], *, start: int) -> str:
    if title:
        return text[title[0].start : title[-1].end]
    before = re.search(r"((?:[\w-]+\s+){0,2}[\w-]+)[,]?\s+\Z", text[max(0, start - 60) : start])
    if not before or "," in before.group():
        return ""
    words = before.group(1).split()
    return words[-1] if words[-1] in TITLES and words[-1] not in {"first", "general", "head"} else ""


def _kind(text: str, name: Name) -> NameKind:
    words = [word for word in re.split(r"\s+", bare(name.text)) if word]
    if " ".join(words) in PLACES:
        return "place"
    if name.title:
        return "person"
    kind = _kind_by_words(words)
    if kind != "other":
        return kind
    if name.text.isupper() and len(name.text) > 1 and len(words) == 1:
        return "organisation"
    if _SPEECH_AFTER.match(text, name.end) and not any(word in _PARTICLES for word in words):
        return "person"
    return _kind_by_shape(text, name, words)


def _kind_by_words(words: list[str]) -> NameKind:
    given = words[0] in GIVEN_NAMES or words[0].split("-")[0] in GIVEN_NAMES
    if set(words) & ORGANISATION_WORDS and not given:
        return "organisation"
    if len(words) > 1 and words[-1] in _EVENTS:
        return "other"
    if len(words) > 1 and (words[-1] in PLACE_WORDS or words[0] in PLACE_WORDS | {"saint", "st"}):
        return "place"
    return "person" if given else "other"


_CALLED_PLACE = re.compile(r"\b(?:city|town|village|region|province|state|district|island|county|port|republic) of\s\Z")
_PLACE_BEHIND = re.compile(
    r"\s(?:region|province|district|county|valley|river|island|peninsula|border|city|airport|mountains)\b"
)
_PLACE_BEFORE = re.compile(r"\b(?:in|near|outside|across|at|to|from)\s\Z", re.I)


def _kind_by_shape(text: str, name: Name, words: list[str]) -> NameKind:
    """The kind of a name that no list knows: by the words beside it, its capitals and its length."""
    before = text[max(0, name.start - 16) : name.start]
    somewhere = bool(_PLACE_BEFORE.search(before))
    alone = len(words) == 1
    if _CALLED_PLACE.search(before) or _PLACE_BEHIND.match(text, name.end) or (somewhere and alone):
        return "place"
    if _has_inner_capitals(name.text):
        return "organisation" if alone else "other"
    like_person = len(words) in (2, 3) and not any(word in _PARTICLES - _PERSON_PARTICLES for word in words)
    return "person" if like_person and not somewhere and not re.search(r"\b[Tt]he\s\Z", before) else "other"


def _has_inner_capitals(words: str) -> bool:
    """Figures or capitals inside a word: "QazaqGaz", "G7"."""
    return any(c.isdigit() or (c.isupper() and "-" not in word) for word in words.split() for c in word[1:])


def gender(name: str) -> Literal["he", "she"] | None:
    """Which pronoun a person's given name tells; None when it does not."""
    first = bare(name).split()[0] if name.split() else ""
    if first in MALE_NAMES and first not in FEMALE_NAMES:
        return "he"
    if first in FEMALE_NAMES and first not in MALE_NAMES:
        return "she"
    return None
