"""Who speaks in a sentence: by "X said", "said X", "according to X", "he added", or as a quote that goes on.

Whom a pronoun or a post means and whose a quote without attribution is, is looked for in the sentences around. Who
wrote the article is never a speaker.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .article_view import ArticleView, Sentence
from .gazetteer import COUNTRY_OF
from .names import Name, gender
from .quotes import MARKS, MASK, is_quoted, unquoted
from .speech_subjects import Subject, subjects_of

_POST = re.compile(
    r"president|minister|premier|chancellor|governor|mayor|senator|secretary|chair(?:man|woman|person)?|director|ceo|head"
    r"|ambassador|diplomat|spokes\w+|commissioner|lawmaker|congress(?:man|woman)|professor|doctor|judge|lawyer|attorney"
    r"|prosecutor|sheriff|detective|officer|captain|general|chief|manager|coach|player|star|actor|actress|singer|rapper"
    r"|musician|comedian|author|writer|researcher|scientist|economist|analyst|historian|expert|teacher|owner|founder"
    r"|designer|artist|pope|king|queen|prince|princess|duke|duchess|candidate|leader|executive|activist|official"
)
_SIGNED = re.compile(r"[”\"]\s?[—–-]\s?([A-Z][^“”\"\n,]{2,40})(?=[,\n]|\Z)")  # “…” — Ann Lee
N_BEFORE = 8  # sentences before in which the one meant by a post or a pronoun is looked for
N_PLAIN = 3  # of these, sentences without a quote over which a quote looks for its speaker


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks, as the article names him, and how sure that is: 1 named here, less when taken from a neighbour."""

    name: str
    kind: str
    strength: float


def speaker_of(sentence: Sentence, view: ArticleView) -> Attribution | None:
    """Who speaks in a sentence; None when nobody is quoted there, or it cannot be told."""
    said = _said_here(sentence, view)
    if said is not None:
        return said
    return _speaker_of_quote(sentence, view) if is_quoted(sentence) else None


def _said_here(sentence: Sentence, view: ArticleView) -> Attribution | None:
    """Who speaks by the sentence's own words; whom they mean by "she" or "the minister" stands before."""
    found = (_attribution(subject, sentence, view) for subject in subjects_of(sentence))
    return next((one for one in found if one is not None), None) or _before_colon(sentence, view)


def _attribution(subject: Subject, sentence: Sentence, view: ArticleView) -> Attribution | None:
    if subject.name is not None:
        return Attribution(subject.name.text, subject.name.kind, 1.0)
    if subject.kind == "pronoun":
        return _meant(subject.text, sentence, view, before=subject.start)
    return _holder(subject, sentence, view) or Attribution(subject.text, "organisation", 0.7)


def _before_colon(sentence: Sentence, view: ArticleView) -> Attribution | None:
    """Whose words stand behind a colon: "Lee has promised to stay: “…”", "As she puts it: “…”"."""
    own = unquoted(sentence)
    colon = re.search(rf":\s?[“«\"]{MASK}", own)
    if colon is None:
        return None
    pronoun = re.match(r"(?:As\s)?([Hh]e|[Ss]he)\b", own)
    if pronoun:
        return _meant(pronoun.group(1).lower(), sentence, view, before=pronoun.start())
    persons = [name for name in _persons(sentence, own) if name.end <= colon.start()]
    return Attribution(persons[0].text, "person", 0.7) if persons else None


def _persons(sentence: Sentence, own: str) -> list[Name]:
    """The persons that a sentence names in its own words; "Lee" of "Lee's brother" only where no other is."""
    names = [name for name in sentence.names if name.kind == "person" and own[name.start] != MASK]
    return sorted(names, key=lambda name: own.startswith(("’s", "'s"), name.end))


def _meant(pronoun: str, sentence: Sentence, view: ArticleView, *, before: int) -> Attribution | None:
    """Whom a pronoun means: who spoke last, else who was named last, in the sentences before."""
    if pronoun in {"they", "it"}:
        return _body_meant(sentence, view)
    own = unquoted(sentence)
    here = [name for name in _persons(sentence, own) if name.end <= before]
    for name in here:
        if _fits(name, pronoun, view):
            return Attribution(name.text, "person", 0.8)
    others: list[Name] = []
    for earlier in _told_before(sentence, view):
        spoke = [one.name for one in subjects_of(earlier) if one.name is not None]
        for name in spoke:
            if name.kind == "person" and _fits(name, pronoun, view):
                return Attribution(name.text, "person", 0.8)
        for name in _persons(earlier, unquoted(earlier)):
            if _fits(name, pronoun, view):
                return Attribution(name.text, "person", 0.6)
        others += [name for name in spoke if name.kind == "other"]
    return Attribution(others[0].text, "other", 0.6) if others else None


def _body_meant(sentence: Sentence, view: ArticleView) -> Attribution | None:
    """The body or group that spoke in one of the sentences before."""
    for earlier in list(_told_before(sentence, view))[:N_PLAIN]:
        for subject in subjects_of(earlier):
            if subject.kind == "body":
                return Attribution(subject.text, "organisation", 0.6)
            if subject.name is not None and subject.name.kind != "person":
                return Attribution(subject.name.text, subject.name.kind, 0.6)
    return None


def _told_before(sentence: Sentence, view: ArticleView) -> Iterator[Sentence]:
    """The sentences before, nearest first, without headings, captions and links between paragraphs."""
    for earlier in reversed(view.sentences[max(0, sentence.number - N_BEFORE) : sentence.number]):
        if not _is_heading(earlier):
            yield earlier


def _is_heading(sentence: Sentence) -> bool:
    return sentence.text[-1] not in f".!?:…,{MARKS}’'"


def _fits(name: Name, pronoun: str, view: ArticleView) -> bool:
    """Whether a pronoun can mean a person: by title or given name, here or where the full name stands."""
    return _gender(name, view) in {None, pronoun}


def _gender(name: Name, view: ArticleView) -> str | None:
    last = name.words[-1:]
    for one in (name, *(other for other in view.names if other.kind == "person" and other.words[-1:] == last)):
        title = one.title.lower().rstrip(".").split()[-1:]
        if set(title) & {"mr", "sir", "king", "prince", "lord"}:
            return "he"
        if set(title) & {"mrs", "ms", "miss", "queen", "princess", "lady", "dame", "baroness"}:
            return "she"
        if len(one.words) > 1 and (told := gender(one.text)):
            return told
    return None


def _holder(subject: Subject, sentence: Sentence, view: ArticleView) -> Attribution | None:
    """The person last named with the post before, in the words in which the article gives it: "Prime Minister Lee"."""
    wanted = subject.text.lower().split()
    if wanted[0] != "the" or len(wanted) < 2 or not _POST.fullmatch(wanted[-1]):
        return None
    for earlier in reversed(view.sentences[max(0, sentence.number - N_BEFORE) : sentence.number + 1]):
        for name in reversed(earlier.names):
            around = f"{earlier.text[max(0, name.start - 60) : name.start]} {name.title}".lower()
            here = earlier is not sentence or name.end < subject.start
            if name.kind == "person" and here and _gives_post(around, wanted[1:]):
                return Attribution(name.text, "person", 0.8)
    return None


def _gives_post(before: str, wanted: Sequence[str]) -> bool:
    """Whether the words right before a name end in the post: its last word, and "prime" or "vice" before it.

    A post of one country is not that of another.
    """
    words = re.findall(r"[\w-]+", before)[-6:]
    lands, others = ({COUNTRY_OF[word] for word in some if word in COUNTRY_OF} for some in (wanted, words))
    if lands and others and not lands & others:
        return False
    return wanted[-1] in words[-3:] and all(
        word in words for word in wanted[-2:-1] if word in {"prime", "vice", "deputy"}
    )


def _speaker_of_quote(sentence: Sentence, view: ArticleView) -> Attribution | None:
    """Of a quote without attribution: who is named behind it where it goes on, else who spoke before."""
    signed = _SIGNED.match(sentence.article.text, sentence.end - 1)
    if signed:
        return Attribution(signed.group(1).strip(), "other", 0.7)
    beside = _beside(sentence, view)
    goes_on = sentence.text[-1] not in MARKS
    behind = list(_behind(sentence, view))
    nearest = [*behind, *beside] if goes_on else [*beside, *behind]
    for neighbour in [*nearest, *_paragraphs_before(sentence, view, skip=len(beside))]:
        said = _said_here(neighbour, view)
        if said is not None:
            return Attribution(said.name, said.kind, min(said.strength, 0.7))
    return None


def _behind(sentence: Sentence, view: ArticleView) -> Iterator[Sentence]:
    """The sentences behind in the same paragraph, to the one that closes the quote or, without a quote, follows it."""
    text = sentence.article.text
    closed = sentence.text[-1] in MARKS
    for other in view.sentences[sentence.number + 1 : sentence.number + N_BEFORE]:
        if "\n" in text[sentence.end : other.start] or (closed and any(mark in other.text for mark in MARKS)):
            return
        yield other
        if closed:
            return
        closed = other.text[-1] in MARKS and is_quoted(other)


def _beside(sentence: Sentence, view: ArticleView) -> list[Sentence]:
    """The sentences before in the same paragraph, nearest first."""
    text = sentence.article.text
    before = reversed(view.sentences[max(0, sentence.number - N_BEFORE) : sentence.number])
    return [other for other in before if "\n" not in text[other.end : sentence.start]]


def _paragraphs_before(sentence: Sentence, view: ArticleView, *, skip: int) -> Iterator[Sentence]:
    """The sentences of earlier paragraphs, nearest first, over quotes and headings and a few others."""
    plain = 0
    for other in reversed(view.sentences[max(0, sentence.number - skip - N_BEFORE) : sentence.number - skip]):
        if _is_heading(other):
            continue
        yield other
        plain += not is_quoted(other)
        if plain == N_PLAIN:
            return
