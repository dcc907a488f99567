"""Who speaks in a sentence: by "X said", "said X", "according to X", "he added", or as a quote that goes on.

Whom a pronoun or a post means and whose a quote without attribution is, is looked for in the sentences around. Who
wrote the article is never a speaker.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from .article_view import ArticleView, Sentence
from .gazetteer import COUNTRY_OF
from .name_match import same_name
from .names import Name, gender
from .quotes import MARKS, MASK, is_quoted, quoted_spans, unquoted
from .speech_subjects import Subject, begins_with_body, subjects_of
from .speech_verbs import SPEAKS

_POST = re.compile(
    r"president|minister|premier|chancellor|governor|mayor|senator|secretary|chair(?:man|woman|person)?|director|ceo|head"
    r"|ambassador|diplomat|spokes\w+|commissioner|lawmaker|congress(?:man|woman)|professor|doctor|judge|lawyer|attorney"
    r"|prosecutor|sheriff|detective|officer|captain|general|chief|manager|coach|player|star|actor|actress|singer|rapper"
    r"|musician|comedian|author|writer|researcher|scientist|economist|analyst|historian|expert|teacher|owner|founder"
    r"|designer|artist|pope|king|queen|prince|princess|duke|duchess|candidate|leader|executive|activist|official"
)
# “…” — Ann Lee; below the quote only with what she is or does: "-- Ann Lee, head of the board".
_SIGNED = re.compile(
    r"[”\"](?:\s?(?:--|[—–-])\s?([A-Z][^“”\"\n,]{2,40})(?=[,\n]|\Z)"
    r"|\n+(?:--|[—–])\s?([A-Z][^“”\"\n,]{2,60}),\s(?!a?\s?staff)[a-z])"
)
_OF_ONE = re.compile(r"\d+-year-old|native|striker|midfielder|quarterback|pitcher")  # "the 51-year-old said"
# "Lee has promised to stay: “…”", "Lee left in May, writing at the time, “…”".
_LEADS_TO_WORDS = re.compile(
    rf"(?::|\b(?=\w+ing\b)(?:{SPEAKS.pattern})(?:\s(?:that|in part|at the time|to \w+))?[,:]?)\s?[“\"«]{MASK}"
)
_TELLS = re.compile(rf"\b(?:{SPEAKS.pattern}|according to|per|[Ii]t|[Tt]hey)\b")
_SHORT_POSTS = {"gov": "governor", "sen": "senator", "dr": "doctor", "prof": "professor", "gen": "general"}
N_BEFORE = 8  # sentences before in which the one meant by a post or a pronoun is looked for
N_OF_ONE = 30  # as many with those that only say "he" or "she" again
N_INTRODUCING = 12  # words of a sentence that can do no more than name whose words follow: "Lee did not mince words."
N_OF_BIT = 5  # words of a quoted bit that are surely somebody's, and no term
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
    return _speaker_of_quote(sentence, view) if is_quoted(sentence) else _speaker_of_bit(sentence, view)


def _speaker_of_bit(sentence: Sentence, view: ArticleView) -> Attribution | None:
    """Of a bit quoted where no speech is told and nobody else is named: who spoke in the sentence right before."""
    bits = [sentence.text[start:end].split() for start, end in quoted_spans(sentence)]
    if not any(len(bit) >= N_OF_BIT and bit[0][0].islower() for bit in bits):
        return None  # titles and terms
    own = unquoted(sentence)
    before = next(_told_before(sentence, view), None)
    said = _said_here(before, view) if before and not _TELLS.search(own) else None
    if said is None or any(name.kind != "place" and not same_name(name.text, said.name) for name in sentence.names):
        return None
    return replace(said, strength=min(said.strength, 0.5))


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
    colon = _LEADS_TO_WORDS.search(own)
    if colon is None:
        return None
    pronoun = re.match(r"(?:As\s)?([Hh]e|[Ss]he)\b", own)
    if pronoun:
        return _meant(pronoun.group(1).lower(), sentence, view, before=pronoun.start())
    persons = [name for name in _persons(sentence, own) if name.end <= colon.start()]
    if persons:
        last = max(persons, key=lambda name: name.end)
        says = last if not own[last.end : colon.start()].strip() else persons[0]
        return Attribution(says.text, "person", 0.7)
    body = begins_with_body(sentence)
    return _attribution(body, sentence, view) if body else None


def _persons(sentence: Sentence, own: str) -> list[Name]:
    """The persons that a sentence names in its own words; "Lee" of "Lee's brother" only where no other is."""
    names = [name for name in sentence.names if name.kind == "person" and own[name.start] != MASK]
    return sorted(names, key=lambda name: _only_tells_whose(own, name))


def _only_tells_whose(own: str, name: Name) -> int:
    """1 for "Lee" of "Lee's brother", 2 for that of "the Lee family" and "the Lee administration", else 0."""
    if own[: name.start].endswith(("the ", "The ")) and re.match(r"(?:-\w+)?\s[a-z]", own[name.end :]):
        return 2
    return int(bool(re.match(r"[’'](?:s\b|\s)", own[name.end :])))


def _meant(pronoun: str, sentence: Sentence, view: ArticleView, *, before: int) -> Attribution | None:
    """Whom a pronoun means: who spoke last, else who was named last, in the sentences before."""
    if pronoun in {"they", "it"}:
        return _body_meant(pronoun, sentence, view)
    own = unquoted(sentence)
    here = [name for name in _persons(sentence, own) if name.end <= before]
    for name in here:
        if _fits(name, pronoun, view):
            return Attribution(name.text, "person", 0.8)
    others: list[Name] = []
    for earlier in _told_before(sentence, view, pronoun=pronoun):
        if others and earlier.number < sentence.number - N_BEFORE:
            break
        spoke = [one.name for one in subjects_of(earlier) if one.name is not None]
        for name in spoke:
            if _is_person(name, view) and _fits(name, pronoun, view):
                return Attribution(name.text, "person", 0.8)
        for name in _named_first(earlier, pronoun):
            if _fits(name, pronoun, view):
                return Attribution(name.text, "person", 0.6)
        others += [name for name in spoke if name.kind == "other"]
    return Attribution(others[0].text, "other", 0.6) if others else None


def _is_person(name: Name, view: ArticleView) -> bool:
    """Whether a name is a person's, by itself or as surname of one named in full: "Justice" of "Ann Justice"."""
    if name.kind != "other" or len(name.words) > 1:
        return name.kind == "person"
    if any(one.kind in {"person", "other"} and _ends_with(one, name) for one in view.names):
        return True
    full = re.search(rf"\b([A-Z]\w+)\s(?:[A-Z]\.\s)?{re.escape(name.text)}\b", view.article.text)
    return full is not None and gender(full[1]) is not None


def _ends_with(full: Name, name: Name) -> bool:
    return len(full.words) in {2, 3} and full.words[-1:] == name.words


def _named_first(sentence: Sentence, pronoun: str) -> list[Name]:
    """The persons of a sentence that are not named behind the pronoun: "he" of "He met Lee" is another than Lee."""
    own = unquoted(sentence)
    again = re.search(rf"\b{pronoun}\b", own, re.I)
    return [name for name in _persons(sentence, own) if again is None or name.start < again.start()]


def _body_meant(pronoun: str, sentence: Sentence, view: ArticleView) -> Attribution | None:
    """The body or group that spoke in one of the sentences before."""
    before = list(islice(_told_before(sentence, view), N_PLAIN))
    for earlier in before:
        for subject in subjects_of(earlier):
            if subject.kind == "body":
                return Attribution(subject.text, "organisation", 0.6)
            if subject.name is not None and subject.name.kind != "person":
                return Attribution(subject.name.text, subject.name.kind, 0.6)
    body = begins_with_body(before[0]) if before and pronoun == "it" else None
    return Attribution(body.text, "organisation", 0.5) if body else None


def _told_before(sentence: Sentence, view: ArticleView, *, pronoun: str = "") -> Iterator[Sentence]:
    """The sentences before, nearest first, without headings, captions and links between paragraphs.

    Those that go on with the pronoun do not count.
    """
    n_left = N_BEFORE
    for earlier in reversed(view.sentences[max(0, sentence.number - N_OF_ONE) : sentence.number]):
        n_left -= not (pronoun and re.search(rf"\b{pronoun}\b", earlier.text, re.I))
        if n_left < 0:
            return
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
    if wanted[0] == "the" and _OF_ONE.fullmatch(wanted[-1]):
        return _spoke_last(sentence, view)
    if wanted[0] != "the" or len(wanted) < 2 or not _POST.fullmatch(wanted[-1]):
        return None
    for earlier in reversed(view.sentences[max(0, sentence.number - N_BEFORE) : sentence.number + 1]):
        own = unquoted(earlier)
        here = len(own) if earlier is not sentence else subject.start
        named = [name for name in reversed(earlier.names) if name.kind == "person" and name.end < here]
        spoke = [one.name for one in subjects_of(earlier) if one.name in named]
        for name in spoke:
            if name is not None and any(_has_post(one, wanted[1:], view) for one in _mentions(name, earlier, view)):
                return Attribution(name.text, "person", 0.8)
        for name in named:
            at = earlier.start + name.start
            if own[name.start] != MASK and _has_post(replace(name, start=at), wanted[1:], view):
                return Attribution(name.text, "person", 0.8)
    return None


def _spoke_last(sentence: Sentence, view: ArticleView) -> Attribution | None:
    """The person who spoke last before."""
    for earlier in _told_before(sentence, view):
        for subject in subjects_of(earlier):
            if subject.name is not None and _is_person(subject.name, view):
                return Attribution(subject.name.text, "person", 0.7)
    return None


def _mentions(name: Name, sentence: Sentence, view: ArticleView) -> Iterator[Name]:
    """The person's names in the article up to a sentence."""
    for one in view.names:
        if one.end <= sentence.end and one.kind == "person" and one.words[-1:] == name.words[-1:]:
            yield one


def _has_post(name: Name, wanted: Sequence[str], view: ArticleView) -> bool:
    """Whether the words right before a name in the article, or its title, give a post."""
    text = view.article.text
    line = text.rfind("\n", 0, name.start) + 1
    return _gives_post(f"{text[max(line, name.start - 60) : name.start]} {name.title}".lower(), wanted)


def _gives_post(before: str, wanted: Sequence[str]) -> bool:
    """Whether the words right before a name end in the post: its last word, and "prime" or "vice" before it.

    A post of one country is not that of another.
    """
    words = [_SHORT_POSTS.get(word, word) for word in re.findall(r"[\w-]+", before)[-6:]]
    lands, others = ({COUNTRY_OF[word] for word in some if word in COUNTRY_OF} for some in (wanted, words))
    if lands and others and not lands & others:
        return False
    if wanted[-1] not in words[-3:] or {"for", "of", "at", "from"} & set(words[words.index(wanted[-1]) :]):
        return False  # "a spokesman for Lee": he does not hold the post
    return all(word in words for word in wanted[-2:-1] if word in {"prime", "vice", "deputy"})


def _speaker_of_quote(sentence: Sentence, view: ArticleView) -> Attribution | None:
    """Of a quote without attribution: who is named behind it where it goes on, else who spoke before."""
    signed = _SIGNED.match(sentence.article.text, sentence.end - 1)
    if signed:
        return Attribution((signed[1] or signed[2]).strip(), "other", 0.7)
    beside = _beside(sentence, view)
    first = sentence.number - len(beside)
    goes_on = sentence.text[-1] not in MARKS
    behind = list(_behind(sentence, view))
    nearest = [*behind, *beside] if goes_on else [*beside, *behind]
    for neighbour in [*nearest, *_paragraphs_before(sentence, view, skip=len(beside))]:
        said = _said_here(neighbour, view)
        if said is not None:
            return replace(said, strength=min(said.strength, 0.7))
        if neighbour.number == first - 1 and (named := _introduces(neighbour, view)):
            return named
    return None


def _introduces(sentence: Sentence, view: ArticleView) -> Attribution | None:
    """Whom a short sentence before a quote is about: "Lee did not mince words.", "She agreed."."""
    if len(sentence.text.split()) > N_INTRODUCING or is_quoted(sentence):
        return None
    pronoun = re.match(r"(?:But\s|And\s)?([Hh]e|[Ss]he)\b", sentence.text)
    if pronoun:
        return _meant(pronoun.group(1).lower(), sentence, view, before=pronoun.start())
    names = _persons(sentence, unquoted(sentence))
    first = names[0] if len(names) == 1 else None
    if first is None or first.start > (len(first.title) + 1 if first.title else 0):
        return None
    return Attribution(first.text, "person", 0.5)


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
