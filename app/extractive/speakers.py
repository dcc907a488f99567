"""Who speaks in a sentence: by "X said", "said X", "according to X", "he added", or as a quote that goes on.

Rules over names already found. Who wrote the article is never a speaker.
"""

import re
from dataclasses import dataclass

from .article_view import ArticleView, Sentence
from .gazetteer import COUNTRY_OF
from .names import Name

SPEECH = (
    r"(?:said|says|say|told|tells|added|adds|noted|notes|stated|states|announced|announces|wrote"
    r"|writes|tweeted|explained|explains|"
    r"argued|argues|warned|warns|claimed|claims|stressed|emphasi[sz]ed|confirmed|insisted|admitted"
    r"|declared|recalled|replied|"
    r"remarked|commented|pointed out|points out|suggested|believes?|thinks?|reported|acknowledged"
    r"|continued|concluded|responded|"
    r"testified|promised|vowed|called|described|asked|posted|predicted|estimated|alleged|denied|urged"
    r"|reiterated|informed|assured|"
    r"mentioned|expressed|voiced|proposed|complained|praised|condemned|criticized|criticised|pledged"
    r"|objected|discussed|saying|adding|noting|advised|advises|recommended|recommends|affirmed|ruled"
    r"|quipped|joked|went on to (?:write|add|explain|tell))"
)
_SPEECH = re.compile(rf"\b{SPEECH}\b")
_ACCORDING = re.compile(r"\b(?:according to|in the words of|as quoted by)\s+(?:[^.;]{0,60}?)\Z", re.I)
_PRONOUN_SPEAKS = re.compile(
    rf"\b(?:he|she|He|She)\s+(?:has\s|had\s|also\s|then\s|later\s|further\s|went\s+(?:further"
    rf"|on)\s+to\s)*(?:{SPEECH}|say\b)"
)
_QUOTE_MARKS = '"“”«»'
_QUOTED = re.compile(r"“[^”]*”")
# Words that begin another clause, or say when and where: no part of a title.
_NO_TITLE = (
    "that|it|he|she|they|we|on|in|at|to|by|with|from|during|if|when|while|as|after|before|because|there|this|these|those"
    "|many|some|about|last|earlier|later|today|yesterday|is|are|was|were|has|have|had|will|would|could|may|not|but|or"
)
# "said Energy Minister Ann Lee", "added the company's chief economist, Ann Lee": titles between, no other words.
_INVERTED = re.compile(
    r"(?:^|[,;:?!.”\"»’']\s?)(?:said|says|added|adds|wrote|noted|explained|announced|asked|stated|recalled|warned|argued"
    r"|replied|told reporters|reported|reports|continued)"
    r"(\s+(?:(?:[A-Z][\w.’'&/-]*"
    rf"|(?!(?:{_NO_TITLE})\b)[a-z][a-z-]*),?\s+){{0,9}})\Z"
)
_REACH = 150  # characters between a name and its verb: an apposition fits, another clause hardly


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks, as the article names him, and how sure that is: 1 named here, less when taken from a neighbour."""

    name: str
    kind: str
    strength: float


# "the ministry’s press service said": a body without a name.
_DESCRIBED_SPEAKER = re.compile(
    rf"(?:^|[,;”»\"]\s*|\b(?:according to)\s)"
    rf"((?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)\s(?:(?!{SPEECH}\b)[\w’'-]+\s){{0,5}}?|(?=[A-Z][a-z]+s\b|Police))"
    rf"(?:service|ministry|agency|company|office|department|government|spokes\w+|officials?"
    rf"|authorities|police|statement|report|"
    rf"committee|commission|council|bank|group|union|association|party|embassy|administration|court"
    rf"|organi[sz]ation|firm|study|team|club|society|school|university|hospital|board|league|airline"
    rf"|[Dd]octors|[Rr]esearchers|[Ss]cientists|[Pp]rosecutors"
    rf"|[Aa]uthors|[Ii]nvestigators|[Oo]rgani[sz]ers|[Ll]awyers|[Aa]ttorneys|[Ee]xperts|[Aa]nalysts|[Oo]fficials|Police"
    rf"|[Aa]uthorities|[Ll]awmakers|[Cc]ritics|[Ww]itnesses|woman|man|mother|father|parents?|judge))"
    rf"(?=\s(?:has\s|had\s|also\s)?{SPEECH}\b|[.,]?\s*$)"
)


# "the prime minister noted", "the Kazakh President said": a post instead of a name.
_POST_SPEAKS = re.compile(
    rf"\b[Tt]he\s(?:[\w-]+\s){{0,3}}?(?P<post>[Pp]resident|[Mm]inister|[Pp]remier|[Cc]hancellor|[Gg]overnor|[Mm]ayor"
    rf"|[Ss]enator|[Ss]ecretary|[Cc]hair(?:man|woman|person)?|[Dd]irector|[Aa]mbassador|[Dd]iplomat|[Ss]pokes\w+"
    rf"|[Cc]ommissioner|[Ll]awmaker|[Pp]rofessor|CEO|[Hh]ead)\s(?:has\s|had\s|also\s|then\s|later\s)*{SPEECH}\b"
)
N_BEFORE = 8  # sentences before in which the holder of a post is looked for


def speaker_of(sentence: Sentence, view: ArticleView) -> Attribution | None:
    """Who speaks in a sentence; None when nobody is quoted there, or it cannot be told."""
    named = _named_speaker(sentence)
    first = named.start if named is not None else len(sentence.text)
    pronoun, post = _PRONOUN_SPEAKS.search(sentence.text), _POST_SPEAKS.search(sentence.text)
    if post and post.start() < first and (holder := _holder(post, sentence, view)):
        return holder
    if pronoun and pronoun.start() < first and (last := _last_speaker(sentence, view)):
        return last
    if named is not None:
        return Attribution(named.text, named.kind, 1.0)
    described = _DESCRIBED_SPEAKER.search(sentence.text)
    if described and len(described.group(1).split()) <= 7:
        return Attribution(described.group(1), "organisation", 0.7)
    if _is_within_quote(sentence):
        return _speaker_of_quote(sentence, view)
    return None


def _holder(post: re.Match[str], sentence: Sentence, view: ArticleView) -> Attribution | None:
    """The person last named with the post before, in the words in which the article gives it: "Prime Minister Lee"."""
    wanted = post.group().lower().split()[1:]
    wanted = wanted[: wanted.index(post["post"].lower()) + 1]
    for earlier in reversed(view.sentences[max(0, sentence.number - N_BEFORE) : sentence.number + 1]):
        for name in reversed(earlier.names):
            before = f"{earlier.text[max(0, name.start - 60) : name.start]} {name.title}".lower()
            here = earlier is not sentence or name.end < post.start()
            if name.kind == "person" and here and _gives_post(before, wanted):
                return Attribution(name.text, "person", 0.8)
    return None


def _gives_post(before: str, wanted: list[str]) -> bool:
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


def _named_speaker(sentence: Sentence) -> Name | None:
    found: list[tuple[float, Name, int]] = []
    quoted_at = [match.span() for match in _QUOTED.finditer(sentence.text)]
    for name in sentence.names:
        if any(start < name.start < end for start, end in quoted_at):
            continue  # "“Lee said so,” Berg said": who is named in the quote does not speak it
        distance = _distance_to_speech(sentence.text, name)
        if distance is None or (name.kind == "place" and distance > 1):  # "Moscow said", but not "in Moscow, Berg said"
            continue
        penalty = {"person": 0, "organisation": 25, "place": 60}.get(name.kind, 15)
        found.append((distance + penalty, name, name.end + distance))
    if not found:
        return None
    _, best, spoken = min(found, key=lambda one: one[0])
    # "Ann Lee, a painter of the group North, told": the verb is hers, not that of the group named in between.
    best = next((name for _, name, verb in found if name.kind == "person" and verb == spoken), best)
    # "Ann Lee, the secretary, said that Bo Dahl discussed …": who speaks first reports what the other did.
    outer = [name for _, name, verb in found if name.kind == "person" and verb < best.start]
    quoted = any(mark in sentence.text[: best.start] for mark in _QUOTE_MARKS)
    return outer[0] if outer and not quoted else best


def _distance_to_speech(text: str, name: Name) -> int | None:
    """Characters between a name and the verb of speech it is the subject of; None when it is the subject of none."""
    if _ACCORDING.search(text[: name.start]):
        return 0
    if name.kind != "person" and re.search(r"\b(?:of|at|for|from|with|in|by|to|on)\s(?:the\s)?\Z", text[: name.start]):
        return None  # "Ann Lee, head of the Roads Board, said": the Board is not who speaks
    owned = re.match(r"['’]s?(?=\s)", text[name.end :])
    begin = name.end + (owned.end() if owned else 0)
    after = text[begin : begin + _REACH]
    if owned and not _SPEECH.match(after.lstrip()):
        return None  # "Lee's lawyer said", but "Macy's said"
    verb = _SPEECH.search(after)
    if verb and _is_same_clause(after[: verb.start()]):
        return verb.start()
    inverted = _INVERTED.search(text[max(0, name.start - _REACH) : name.start])
    return 1 if inverted else None  # however long the title between them


def _is_same_clause(between: str) -> bool:
    """Whether a verb behind a name can have it as subject: nothing but an apposition or a relative clause between."""
    between = _without_titles(between)
    if any(mark in between for mark in _QUOTE_MARKS) or ";" in between:
        return False
    if not between.strip():
        return True
    between = re.sub(r"(?<=,)\s(?:(?:previously|also|earlier|later|recently|then|once|has|had)\s)+\Z", " ", between)
    if between.lstrip().startswith(",") or re.match(r"\s+of\b", between):
        closed = between.rstrip().endswith(",") or re.match(r"\s*,\s*who\b", between)
        # "…, the ministry said": the ministry says it. ", manager of the port told": a comma is wanting.
        post = between.count(",") == 1 and re.match(
            r"\s*,\s(?!(?:which|and|but|as|its|his|her|their|the|an?)\b)[a-z]", between
        )
        return bool(closed) or bool(post) or "," not in between
    return bool(
        re.fullmatch(
            r"\s+(?:(?:has|had|have|also|then|later|further|who|earlier|previously|recently|on|in|last|this|week|"
            r"[A-Z]\w+|\(\w+\)|himself|herself|went on to|again)\s+)*",
            between,
        )
    )


def _without_titles(between: str) -> str:
    """An apposition without the title of a work in it: ", author of “North Sea,” " → ", author of , "."""
    if not re.match(r"\s*,\s(?:an?|the|who|author|editor|director|star|host)\b", between):
        return between
    return re.sub(r"[“\"][A-Z][^“”\"]{1,80}?(,?)[”\"]", r"\1", between)


def _last_speaker(sentence: Sentence, view: ArticleView) -> Attribution | None:
    """Whom "he" or "she" means: who spoke last in the sentences before, else who was named last."""
    before = view.sentences[max(0, sentence.number - 4) : sentence.number]
    others: list[Name] = []
    for earlier in reversed(before):
        named = _named_speaker(earlier)
        if named is not None and named.kind == "person":
            return Attribution(named.text, named.kind, 0.8)
        persons = [name for name in earlier.names if name.kind == "person"]
        if persons:
            return Attribution(persons[0].text, "person", 0.6)
        others += [named] if named is not None and named.kind == "other" else []
    return Attribution(others[0].text, "other", 0.6) if others else None


def _is_within_quote(sentence: Sentence) -> bool:
    """Whether a sentence is mostly somebody's words: it begins or ends as a quote, or goes on with one."""
    text = sentence.text
    return text[0] in _QUOTE_MARKS or text[-1] in _QUOTE_MARKS or _opens_without_close(sentence)


def _opens_without_close(sentence: Sentence) -> bool:
    before = sentence.article.text[max(0, sentence.start - 1500) : sentence.start]
    paragraph = before[before.rfind("\n\n") + 1 :]
    opened = paragraph.count("“") + paragraph.count("«") - paragraph.count("”") - paragraph.count("»")
    return opened > 0 or (paragraph.count('"') % 2 == 1)


def _speaker_of_quote(sentence: Sentence, view: ArticleView) -> Attribution | None:
    """Of a quote without attribution: who is named behind it where it goes on, else who spoke before."""
    text, sentences = sentence.article.text, view.sentences
    before = list(reversed(sentences[max(0, sentence.number - 3) : sentence.number]))
    behind = [
        other
        for other in sentences[sentence.number + 1 : sentence.number + 4]
        if "\n" not in text[sentence.end : other.start]
    ]
    beside = [other for other in before if "\n" not in text[other.end : sentence.start]]
    goes_on = sentence.text[-1] not in _QUOTE_MARKS
    nearest = [*behind, *beside] if goes_on else [*beside, *behind]
    for neighbour in [*nearest, *(other for other in before if other not in beside)]:
        named = _named_speaker(neighbour)
        if named is not None:
            return Attribution(named.text, named.kind, 0.7)
        if _PRONOUN_SPEAKS.search(neighbour.text) and (last := _last_speaker(neighbour, view)):
            return Attribution(last.name, last.kind, 0.6)
        described = _DESCRIBED_SPEAKER.search(neighbour.text)
        if described:
            return Attribution(described.group(1), "organisation", 0.6)
    return None
