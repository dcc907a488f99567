"""Who is the subject of a verb of speech in one sentence: a name, a post or body without one, a pronoun.

By the sentence's own words, what it quotes left out. Whom a pronoun or a post means is not told here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from .article_view import Sentence
from .names import Name
from .question_words import FUNCTION_WORDS, word_set
from .quotes import MARKS, MASK, unquoted
from .speech_verbs import ADVERBS, BESIDE_WORDS, SPEAKS, SURELY

_REACH = 220  # characters between a name and its verb: an apposition fits, another clause hardly
_BESIDE_QUOTE, _AT_THE_END, _CALLS_IT = 1000, 500, 400  # how much more a verb counts beside the words, or at the end
_FAR_FROM_QUOTE = {True: 60, False: 12}  # of verbs that only say, and of "discussed the “union”"
_NEAR_START = 25
_BEHIND_WHO_SAYS = 200  # "According to a report, the quay holds, Lee said."
_OF_KIND = {"person": 0, "organisation": 25, "other": 15, "place": 60}
_ACCORDING = re.compile(r"\b(?:according to|in the words of|as quoted by)\s(?:the\s)?", re.I)
_CLAUSE = re.compile(r"(?:that|it|he|she|they|we|there|who|which|and|but|while|as|where|when|whom|whose)\b")
# Words that begin another clause, or say when and where: no part of a title or a speaker.
_NO_TITLE = (
    "that|it|he|she|they|we|on|in|at|to|by|with|from|during|if|when|while|as|after|before|because|there|this|these|those"
    "|many|some|about|last|earlier|later|today|yesterday|is|are|was|were|has|have|had|will|would|could|may|not|but|or"
)
# "said Energy Minister Ann Lee", "added the company's chief economist, Ann Lee": titles between, no other words.
_TITLES = re.compile(r"(?:\s(?:[A-Z0-9][\w.’'&/-]*" rf"|(?!(?:{_NO_TITLE})\b)[a-z][\w’'-]*|\d+-year-old),?){{0,9}}\s")
_BEHIND_QUOTE = re.compile(
    rf"[{MARKS}{MASK}],?\s?(?:[—–-]\s)?(?:(?:[A-Z][\w.’'&/-]*|(?!(?:{_NO_TITLE})\b)[a-z][\w’'-]*),?\s){{0,9}}\Z"
)
_ROLE = (
    r"(?:service|ministry|agency|company|office|department|government|spokes\w+|officials?|authorities|police|statement"
    r"|report|committee|commission|council|bank|group|union|association|party|embassy|administration|court|firm|study"
    r"|organi[sz]ations?|team|club|society|school|university|hospital|board|league|airline|doctors?|researchers?|states"
    r"|scientists?|prosecutors?|authors?|investigators?|organi[sz]ers?|lawyers?|attorneys?|experts?|analysts?|lawmakers"
    r"|critics|witness(?:es)?|woman|man|mother|father|mom|dad|parents?|judge|forecasters?|economists?|residents?|users?"
    r"|website|site|paper|newspaper|magazine|lawsuit|suit|complaint|indictment|description|document|letter|tweet|post"
    r"|sources?|respondents?|fans?|teachers?|players?|coach|leaders?|governor|mayor|president|minister|senators?"
    r"|director|chief|owner|teen|girl|boy|brother|sister|son|daughter|wife|husband|relatives?|neighbou?rs?|victims?"
    r"|survivors?|activists?|advocates?|campaigners?|protesters?|workers?|employees?|customers?|retailer|city|county"
    r"|zoo|museum|institute|center|centre|foundation|charity|network|channel|broadcaster|outlet|regulators?|reviewers?"
    r"|sign|banner|note|historians?|professors?|climatologists?|meteorologists?|manufacturer|automaker|carrier|insurer|studio|label"
    r"|law|policy|memo|disclaimer|article|order|email|message|filing|motion|headline|caption|editorial|poster|warrant"
    r"|affidavit|ruling|advisory|release|announcement|transcript|data|figures|estimates|survey|poll|analysis|review"
    r"|records?|account)"
)
_WORD = rf"(?!(?:{_NO_TITLE}|and|who|which|of|for|can)\b)[\w’'&-]+"
_OWNER = r"(?!(?:Here|There|What|That|It|Let|Who|How|Where)['’]s)(?:[A-Z][\w.-]*\s){0,3}[A-Z][\w-]*(?:['’]s|s['’])"
_DETERMINED = rf"(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Aa]nother|[Oo]ne|[Tt]hat|[Tt]wo|[Oo]ther|{_OWNER})"
_CLOSER = (
    r"(?:\s(?:for|by|of|at|from|in|with|on|close to|familiar with)"
    r"(?:\s(?!(?:who|that|is|was|are|were|has|had|have|be)\b)[\w’'&.-]+){1,9}(?:,\s[A-Z][\w.]*(?:\s[A-Z]\w*)?,?)?)?"
)
_BODY = (
    rf"(?:{_DETERMINED}\s(?:{_WORD}\s){{0,5}}?{_WORD}"
    rf"|(?:[Oo]ne|[Ss]ome|[Mm]any|[Mm]ost) of {_DETERMINED}\s(?:{_WORD}\s){{0,3}}?{_WORD}(?<=s)"
    rf"|(?:{_WORD}\s){{0,4}}?(?:(?i:{_ROLE})(?<=s)|[Pp]olice|[Ss]pokes\w+|law|policy))"
)
_BEGIN = re.compile(rf"^|[,;:—–{MARKS}{MASK}]\s*|\b(?:and|but|But|And|while|as|where|that)\s(?:(?:so|then)\s)?")
# What may follow an attribution at the end: "…, Lee said on Monday."
_ENDS = re.compile(
    r"(?:\s(?:in|on|at|to|during|by|via|last|this|earlier|later?|early|yesterday|today|reporters|[MTWFS]\w+day|[A-Z]{3,})\b"
    r"(?:\s[\w’'-]+){0,7})?[.,]?\s?"
)
_BODY_SPEAKS = re.compile(
    rf"(?P<who>{_BODY})(?P<closer>{_CLOSER}|,\s(?:including|who|which|an?|the|led)\s[^;:]{{3,150}}?,|,\s\d+,?)\s{ADVERBS}"
)
_BODY_BEHIND = re.compile(
    rf"(?P<who>(?:{_DETERMINED}\s)?(?:{_WORD}\s){{0,5}}?{_WORD}(?:\s(?:of|for|at|from)(?:\sthe)?(?:\s{_WORD}){{1,6}})?)"
    rf"(?=[,.;:]|\s(?:{_NO_TITLE}|who|which|and|found|seen|posted|issued|released)\b|\s?\Z)"
)
_PRONOUN_SPEAKS = re.compile(
    rf"\b(?P<who>[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\s{ADVERBS}(?:bluntly\s)?(?={SPEAKS.pattern}|say\b)"
    rf"|^(?P<main>He|She|They|It)\b(?:(?!\b(?:he|she|they|it)\b)[^;:{MARKS}]){{3,120}}?[,—–]\s(?=\w+ing\b)(?={SPEAKS.pattern})"
)
# A name that begins the sentence or stands right behind what was said: the words to the verb are about it.
_BEFORE_NAME = r"(?:[Tt]he\s)?(?:(?:[A-Z][\w.’'&-]*|and|of|for)\s)*"  # "the Minister of Fish" of "… Ann Lee"
_LEADS = re.compile(rf"(?:^|[{MARKS}]\s?){_BEFORE_NAME}\Z")
_POST_OF = re.compile(rf"[{MARKS}],?\s(?:[A-Z][\w.’'&-]*\s|(?:of|for|and|the)\s)+\Z")
_APPOSED = re.compile(rf"\s?,\s(?!(?:and|but|as|while|who|which|where|when)\b)[^;:{MARKS}—–]+\s")
_CLOSES = re.compile(r",\s(?:(?:in|at|on|during|before|after)\s(?:[\w’'-]+\s){1,5})?\Z")  # "Lee, a pilot, in May said"
_DID_SO = re.compile(r"\s(?:has\s)?(?:issued|released|published|posted|sent|gave|held|made)\s.*")
_OBJECT = re.compile(r"\b(?:of|at|for|from|with|in|by|to|on|what)\s(?:the\s|an?\s)?\Z")
_CAPITALS = r"[A-Z][\w’'&-]*(?:\s[A-Z][\w’'&-]*){0,4}"
_CAPITALS_SPEAK = re.compile(rf"(?<![\w@])(?P<who>{_CAPITALS}|@\w+)(?:,\s\d+,)?\s{ADVERBS}(?={SPEAKS.pattern})")
_CAPITALS_CLOSED = re.compile(rf"\s({_CAPITALS}),\s")
_IS_ROLE = re.compile(rf"\b{_ROLE}\Z", re.I)
_HAS_ROLE = re.compile(rf"\b{_ROLE}\b", re.I)
_POST_BETWEEN = re.compile(
    rf"(?:['’]s)?\s(?:(?!(?:alongside|against|about|between|like|via|through|under|over|into|than|near)\b){_WORD}\s){{0,4}}"
)
_BODY_FIRST = re.compile(rf"(?:The|An?)\s(?:{_WORD}\s){{0,3}}?{_ROLE}\b(?!['’])")
_SAYING = re.compile(rf"[^;:{MARKS}]{{3,160}}?,\s(?=\w+ing\b)(?={SPEAKS.pattern})")
_AT_FIRST = re.compile(rf"(?:(?:In|On|At|During|After)\s[^,]{{2,30}},\s)?{_BEFORE_NAME}")
_AND_SAID = re.compile(
    rf"\s[^;:]{{3,160}}?\s(?:and|but)\s{ADVERBS}(?!continued|asked|declared|added)(?={SURELY.pattern})"
)
_SMALL = FUNCTION_WORDS | word_set("""
    i he she it we they you who there this that one some many most others critics experts according several few both
    such no all each every any another these those people
""")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who speaks by a verb, in `[start, end)` of a sentence; `name` where it is one. The least `cost` counts."""

    start: int
    end: int
    text: str
    kind: Literal["name", "body", "pronoun"]
    cost: float
    name: Name | None = None


def subjects_of(sentence: Sentence) -> list[Subject]:
    """Those who speak in a sentence, best first: beside the quote, else at its end, else first named as speaking."""
    own = unquoted(sentence)
    if not (SPEAKS.search(own) or _ACCORDING.search(own)):
        return []
    names = [name for name in sentence.names if own[name.start] != MASK]
    found = [*_named(own, names), *_pronouns(own), *_bodies(own), *_unlisted(own, names)]
    return sorted(found, key=lambda one: one.cost)


def begins_with_body(sentence: Sentence) -> Subject | None:
    """The body or post that a sentence begins with, whatever it does: "The university issued an update"."""
    body = _BODY_FIRST.match(sentence.text)
    if body:
        return Subject(0, body.end(), body.group(), "body", 0.0)
    first = sentence.names[0] if sentence.names else None
    if first is None or first.kind != "organisation" or sentence.text[: first.start] not in {"", "The "}:
        return None
    if not re.match(r"\s[a-z]", sentence.text[first.end :]):
        return None
    return Subject(first.start, first.end, first.text, "name", 0.0, first)


def _cost(own: str, verb: re.Match[str], *, start: int, end: int) -> float | None:
    """How unlikely the words of a sentence are those of the subject at `[start, end)`; None where this is no speech."""
    first, last = min(start, verb.start()), max(end, verb.end())
    says_only = SURELY.fullmatch(verb.group()) is not None
    far = _FAR_FROM_QUOTE[says_only]
    ahead = bool(re.match(rf"(?:(?![;.]\s)[^{MARKS}]){{0,{far}}}[{MARKS}]", own[last:]))
    behind = bool(_BEHIND_QUOTE.search(own[:first]))
    if BESIDE_WORDS.fullmatch(verb.group()) and not (ahead or behind or any(quote in own for quote in MARKS)):
        return None
    if ahead or behind:
        return verb.start() - (_BESIDE_QUOTE if says_only or behind else _CALLS_IT)
    if verb.re is _ACCORDING:
        return verb.start() - _AT_THE_END
    closes = says_only and _ENDS.fullmatch(own[last:]) and re.search(r",\s?\Z", own[:first])
    return verb.start() - (_AT_THE_END if closes else 0)


def _named(own: str, names: Sequence[Name]) -> Iterator[Subject]:
    for name in names:
        verb = _verb_of(own, name, first=name is names[0]) or _and_said(own, name, names)
        if verb is None:
            continue
        far = max(0, verb.start() - name.end, name.start - verb.end())
        if re.match(r"(?:\s\([^()]*\))?,\s", own[name.end : verb.start()]) and not any(
            other.start == name.end + 2 for other in names
        ):
            far = 1  # "Ann Lee, a friend of Bo Dahl, said": she is as near as the words between commas
        if name.start >= verb.end() and _is_before_its_holder(own, name, names):
            continue  # "says Fjord Watch director Ann Lee": she says it
        if name.kind == "place" and re.search(r"\b(?:in|at|of|from|near)\s[A-Z][\w .]+,\s\Z", own[: name.start]):
            continue  # "the office in Bergen, Norway said": the office says it
        if (
            name.kind == "place"
            and verb.start() > name.end
            and not re.fullmatch(rf"\s{ADVERBS}", own[name.end : verb.start()])
        ):
            continue  # "Moscow said", but not "in Moscow, Berg said"
        cost = _cost(own, verb, start=name.start, end=name.end)
        if cost is not None:
            # Of several with one verb a person, then the nearest: "Ann Lee, a painter of the group North, told".
            yield Subject(name.start, name.end, name.text, "name", cost + (_OF_KIND[name.kind] + far / 10) / 1000, name)


def _is_before_its_holder(own: str, name: Name, names: Sequence[Name]) -> bool:
    """Whether a name belongs to the post of the person named right behind it."""
    behind = next((other for other in names if other.start > name.end and other.kind == "person"), None)
    return behind is not None and _POST_BETWEEN.fullmatch(own, name.end, behind.start) is not None


def _verb_of(own: str, name: Name, *, first: bool) -> re.Match[str] | None:
    """The verb of speech that a name is the subject of."""
    owned = re.match(r"['’]s?(?=\s)", own[name.end :])
    according = [match for match in _ACCORDING.finditer(own, 0, name.start) if match.end() > name.start - 60]
    if according and not re.search(r";|[a-z]{5}\.\s", own[according[-1].end() : name.start]):
        of_whom = owned and re.match(rf"\s(?:{_WORD}\s){{0,2}}{_ROLE}\b", own[name.end + owned.end() :])
        return None if of_whom else according[-1]
    before = own[: name.start - (len(name.title) + 1 if name.title else 0)]
    if _OBJECT.search(before) and not (len(name.words) > 2 and _POST_OF.search(before)):
        return None  # "Ann Lee, head of the Roads Board, said": the Board is not who speaks
    begin = name.end + (owned.end() if owned else 0)
    if re.match(r"\.(?=[\s,])", own[begin:]) and name.text.endswith((" Jr", " Sr")):
        begin += 1
    verb = SPEAKS.search(own, begin, begin + _REACH)
    if owned and (verb is None or own[begin : verb.start()].strip()):
        return None  # "Lee's lawyer said", but "Macy's said"
    leads = verb is not None and _LEADS.search(before) and _is_apposed(own, name.end, verb)
    main = first and not re.match(r"(?:He|She|They|It)\b", own)
    if verb and (leads or _is_same_clause(own[begin : verb.start()])) and (main or not verb.group().endswith("ing")):
        return verb
    return _verb_before(own, name.start) or (_participle(own, begin) if main and name.start < _NEAR_START else None)


def _is_apposed(own: str, begin: int, verb: re.Match[str]) -> bool:
    """Whether all between a name and a verb tells of it, no comma behind: "Lee, head of the Roads Board said"."""
    between = own[begin : verb.start()]
    last = re.split(r",\s", between)[-1].strip()
    if not _APPOSED.fullmatch(between) or _CLAUSE.match(last) or own.startswith(",", verb.end()):
        return False
    closed_before = between.count(",") > 1
    if closed_before and not re.search(rf"[{MARKS}]", own[:begin]):
        return False  # "Lee, the owner, left in May, officials in Bergen said"
    return not re.match(r"(?:an?|the|its?|his|her|their|one|some|two)\s", last) or (
        not closed_before and bool(re.search(r"\s(?:in|of|for|at|from|with)\s", last))
    )


def _participle(own: str, begin: int) -> re.Match[str] | None:
    """ "stating" of "Lee made it known on Monday, stating “…”", "said" of "Lee sold it but said…"."""
    comma = _SAYING.match(own, begin)
    return SPEAKS.match(own, comma.end()) if comma else None


def _and_said(own: str, name: Name, names: Sequence[Name]) -> re.Match[str] | None:
    """ "said" of "Lee sold it but said it leaks": of whom the sentence begins with, perhaps behind a day or place."""
    behind = _AND_SAID.match(own, name.end)
    if behind is None or not _AT_FIRST.fullmatch(own, 0, name.start) or _is_before_its_holder(own, name, names):
        return None
    return SPEAKS.match(own, behind.end())


def _verb_before(own: str, start: int) -> re.Match[str] | None:
    """The verb of "said the minister, Ann Lee", however long the title between them."""
    for verb in SPEAKS.finditer(own, max(0, start - _REACH), start):
        between = own[verb.end() : start].replace(" reporters", "")
        if _is_inverted(own, verb) and _TITLES.fullmatch(between) and not _names_another(between):
            return verb
    return None


def _names_another(between: str) -> bool:
    """Whether a comma parts a speaker from who is named behind: "said Lee, chair of the group North"."""
    ahead = _CAPITALS_CLOSED.match(between)
    return ahead is not None and not _IS_ROLE.search(ahead[1])


def _is_inverted(own: str, verb: re.Match[str]) -> bool:
    """Whether a verb can stand before its subject: right behind words said, or behind a comma where it only says."""
    if verb.group().endswith("ing") or (verb.group() in {"told", "tells"} and own[verb.end() :][:10] != " reporters"):
        return False
    before = own[: verb.start()]
    if re.search(rf"(?:,[{MARKS}]+|[{MARKS}],|[?!.’'—–-])\s?\Z", before):
        return True
    return bool(re.search(rf"(?:^|[,;:{MARKS}{MASK}]\s?)\Z", before)) and bool(SURELY.fullmatch(verb.group()))


def _is_same_clause(between: str) -> bool:
    """Whether a verb behind a name can have it as subject: nothing but an apposition or a relative clause between."""
    between = re.sub(r"\s\([^()]{1,60}\)", "", _without_titles(between))
    if any(mark in between for mark in MARKS) or ";" in between:
        return False
    if not between.strip():
        return True
    between = re.sub(rf"(?<=,)\s{ADVERBS}\Z", " ", between)
    if between.lstrip().startswith(",") or re.match(r"\s+of(?:\s[\w’'-]+){1,5}[\s,]", between):
        closed = _CLOSES.search(between) or re.match(r"\s*,\s*who\b", between)
        # "…, the ministry said": the ministry says it. ", manager of the port told": a comma is wanting.
        post = between.count(",") == 1 and re.match(
            r"\s*,\s(?!(?:which|and|but|as|its|his|her|their|the|an?)\b)[a-z]", between
        )
        return bool(closed) or bool(post) or "," not in between
    words = r"on|in|last|this|week|in turn,|[A-Z]\w+|\([^()]{1,60}\)|\d+,?"
    return bool(re.fullmatch(rf"\s*,?\s(?:{ADVERBS}(?:{words})\s+)*{ADVERBS}", between))


def _without_titles(between: str) -> str:
    """An apposition without the title of a work in it: ", author of “North Sea,” " → ", author of , "."""
    if not re.match(r"\s*,\s(?:an?|the|who|author|editor|director|star|host|\w+ \w+)\b", between):
        return between
    return re.sub(rf"[“\"][{MASK}]{{1,80}}(,?)[”\"]", r"\1", between)


def _pronouns(own: str) -> Iterator[Subject]:
    for match in _PRONOUN_SPEAKS.finditer(own):
        group = "who" if match["who"] else "main"
        verb = SPEAKS.match(own, match.end()) or match
        cost = _cost(own, verb, start=match.start(group), end=match.end(group))
        if cost is not None:
            yield Subject(match.start(group), match.end(group), match[group].lower(), "pronoun", cost)


def _bodies(own: str) -> Iterator[Subject]:
    """Speakers without a name: "the ministry’s press service said", "a judge told", "said the paper"."""
    for verb in SPEAKS.finditer(own):
        match = _body_before(own, verb.start())
        if match is None or not (SURELY.fullmatch(verb.group()) or _IS_ROLE.search(match["who"])):
            continue
        cost = _cost(own, verb, start=match.start("who"), end=match.end("closer"))
        closer = match["closer"] if match["closer"].startswith(" ") else ""
        if cost is not None:
            text = _DID_SO.sub("", f"{match['who']}{closer}")
            yield Subject(match.start("who"), match.end("who"), text, "body", cost + 0.1)
    for verb in [*SPEAKS.finditer(own), *_ACCORDING.finditer(own)]:
        according = verb.re is _ACCORDING
        begins = according or _is_inverted(own, verb)
        who = _BODY_BEHIND.match(own, verb.end() + (not according)) if begins else None
        if who is None or who["who"].startswith("that ") or not _HAS_ROLE.search(who["who"]):
            continue
        cost = _cost(own, verb, start=who.start(), end=who.end())
        if cost is not None:
            behind = _BEHIND_WHO_SAYS if according else 0.1
            yield Subject(who.start(), who.end(), who["who"], "body", cost + behind)


def _body_before(own: str, verb: int) -> re.Match[str] | None:
    """The body or post right before a verb, from where its clause begins."""
    begins = [match.end() for match in _BEGIN.finditer(own, max(0, verb - _REACH), verb)]
    return next((match for at in reversed(begins) if (match := _BODY_SPEAKS.fullmatch(own, at, verb))), None)


def _unlisted(own: str, names: Sequence[Name]) -> Iterator[Subject]:
    """Capitalised words before or behind a verb of speech that were not found to be a name."""
    for match in _CAPITALS_SPEAK.finditer(own):
        verb = SPEAKS.match(own, match.end())
        yield from _unlisted_at(own, names, verb, start=match.start(), end=match.end("who"))
    for verb in [*SPEAKS.finditer(own), *_ACCORDING.finditer(own)]:
        who = re.compile(rf"\s?({_CAPITALS}|@\w+)(?=[.,]|\s(?:{_NO_TITLE})\b)").match(own, verb.end())
        begins = verb.re is _ACCORDING or _is_inverted(own, verb)
        if who and begins:
            yield from _unlisted_at(own, names, verb, start=who.start(1), end=who.end(1))


def _unlisted_at(
    own: str, names: Sequence[Name], verb: re.Match[str] | None, *, start: int, end: int
) -> Iterator[Subject]:
    while (small := re.match(r"[\w’'&-]+\s", own[start:end])) and small.group().strip().lower() in _SMALL:
        start += small.end()
    text = own[start:end]
    known = text.lower() in _SMALL or any(name.start < end and start < name.end for name in names)
    if verb is None or known:
        return
    cost = _cost(own, verb, start=start, end=end)
    if cost is not None and (verb.re is _ACCORDING or SURELY.fullmatch(verb.group()) or cost < 0):
        name = Name(start, end, text, "other")
        yield Subject(start, end, text, "name", cost + 0.2, name)
