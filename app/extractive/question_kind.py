"""What a question asks for: a date, a person, a place, a number, what was said, …, and the words it asks with.

By the question's own words, without a model. Pure; what stands in the articles is no matter here.
"""

import re
from dataclasses import dataclass
from typing import Literal

from .asking import asking_sentence, plainly, respelt
from .gazetteer import DEMONYMS, TITLES
from .names import Name, find_names
from .question_words import FUNCTION_WORDS, content_stems, fold, stem, word_set

Kind = Literal[
    "date", "person", "organisation", "place", "number", "money", "share", "duration", "route", "reason", "said",
    "role", "definition", "summary", "yes_no", "manner", "thing",
]  # fmt: skip

_AUX = r"(?:did|does|do|is|are|was|were|will|would|can|could|should|has|have|had)"
_WHICH = (
    r"(?:which|what)(?: (?:was|is|were|are) the)?(?: (?:exact|full|total|current|new|other|main"
    r"|average|official|same|specific))*"
)
_SPEAK = (
    r"(?:say|said|says|saying|state|stated|announce|announced|tell|told|claim|claimed|warn|warned"
    r"|declare|declared|argue|argued|"
    r"add|added|note|noted|remark|remarked|comment|commented|write|wrote|tweet|tweeted|explain"
    r"|explained|report|reported|call|called|"
    r"describe|described|mention|mentioned|stress|stressed|suggest|suggested|confirm|confirmed|insist"
    r"|insisted|admit|admitted|"
    r"emphasi[sz]e|emphasi[sz]ed|quoted|think|thinks|believe|believes|respond|responded|react|reacted|promise|promised|"
    r"speak|spoke|talk|talked|reveal|revealed|relay|relayed|disclose|disclosed|acknowledge|acknowledged|inform|informed|"
    r"underline|underlined|consider|considers|considered|expect|expects|expected|hope|hopes|hoped|praise|praised|blame"
    r"|blames|blamed|critici[sz]e[sd]?|welcome[sd]?|point out|pointed out|"
    r"express|expressed|propose|proposed|deny|denied|reckons?|reckoned)"
)

_PERSON_NOUNS = TITLES | word_set(
    "person man woman people politician official candidate winner singer artist athlete celebrity speaker member"
    " designer illustrator painter musician composer poet novelist comedian journalist critic boxer runner swimmer"
    " skater driver golfer rider suspect victim survivor witness heir leader teacher student soldier nurse"
)
_PERSON_NOUNS -= word_set("player star chair")
_ORGANISATION_NOUNS = word_set("""
    company companies organisation organization agency bank party ministry firm group outlet newspaper channel
    broadcaster team club university school airline court institution corporation automaker retailer maker
    network department body union publisher manufacturer studio brand carmaker bureau operator supplier
""")
_PLACE_NOUNS = word_set("""
    country countries city cities place state states region regions town village continent location venue
    airport island nation nations province district capital territory county area areas river border
""")
_NUMBER_NOUNS = word_set("""
    number distance length capacity volume size population age score temperature height weight speed depth
    area magnitude vote votes total amount rate level count quantity tally toll margin majority
""")
_MONEY_NOUNS = word_set(
    "price cost budget salary fine sum revenue profit fee tariff tax debt investment value income loan money"
)
_DATE_NOUNS = word_set("date day year month weekday time week decade century")

# First match wins.
_RULES: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))  # type: ignore[misc]
    for kind, pattern in (
        ("duration", r"\b(?:how long|for how many (?:days|weeks|months|years|hours|minutes))\b(?! (?:is|was|are) the "
            r"(?:route|pipeline|river|tunnel|bridge|road|border))"),
        ("share", r"\b(?:what|which|how (?:much|large|big)|by how).{0,25}\b(?:percent|per cent|percentage|share"
            r"|proportion|fraction)\b|\bhow many percent"),
        ("date", r"\bwhat (?:is|was) the (?:\w+ )?date\b|\bdate of\b"),
        ("date", r"^(?:and |since |until |till |by |from |so )*when\b|\b(?:what|which) (?:\w+ )?(?:date|day|year"
            r"|month|weekday|time)\b|\bon what day\b|\bwhen (?:did|was|were|is|are|will|does|do|has|had)\b"),
        ("route", r"\b(?:what|which|describe|name).{0,25}\b(?:route|itinerary|path)\b|\b(?:through|via|along) "
            r"(?:which|what) (?:cities|countries|towns|places|states|route)|\b(?:cities|places|towns"
            r"|countries) .{0,60}\b(?:(?:pass|run|go) through|pass|cross|traverse)\b|\bfrom where to where\b"
            r"|\bhow (?:does|will|would) .{0,40}\b(?:run|pass|routed)\b"
            r"|\b(?:cities|places|towns|countries|stops) .{0,40}\b(?:on|along) the "
            r".{0,30}\b(?:route|line|pipeline|railway|road)"),
        ("money", r"\b(?:what|which) (?:sum|amount of money)\b"),
        ("money", r"\bhow much (?:money\b|.*\b(?:cost|costs|pay|paid|spend|spent|worth|raise|raised|earn|earned"
            r"|invest|invested|sell|sold|donate|donated|charge|fined|owe|price|budget|offer|offers|offered"
            r"|salary|make|made|lose|lost|receive|received|give|given))"),
        ("number", r"\bhow (?:many|much|far|tall|high|large|big|old|deep|heavy|fast|wide|often|hot|cold)\b"),
        ("reason", r"\bwhy\b|\bfor (?:what|which) reasons?\b|\bwhat (?:is|was|were|are) the (?:\w+ )?(?:reasons?"
            r"|causes?|motive)\b|\bwhat (?:caused|led to|prompted|motivated)\b|\bhow come\b"),
        ("said", rf"\bwhat (?:did|does|do|has|have|had|would) .*\b{_SPEAK}\b|\bwhat (?:was|is|were) (?:said"
            rf"|announced|stated|promised|reported|proposed)\b|\bhow (?:did|does|do|has|have|would) "
            rf".*\b(?:describe|react|respond|comment|explain|call|see|view|assess|characteri[sz]e)\b|\bwhat "
            rf"(?:was|is|were|are) .*\b(?:opinion|view|position|reaction|response|comment|statement|stance"
            rf"|message|words|attitude|answer)\b|\bwhat .* (?:'s|s') (?:opinion|view|position|reaction)\b"
            rf"|\bquote\b"
            rf"|\bwhat (?:does|do|did|will|would) .*\b(?:provide(?: for)?|lay down|stipulate|envisage|foresee"
            rf"|prescribe)[?.! ]*$"),
        ("role", r"\bwhat does (?!the |an? |it |this |that )[\w .'-]+ do(?: for a living| for work)?[?.! ]*$"),
        ("place", r"\b(?:through|via|across|over|in|from|to) (?:whose|which|what) "
            r"(?:territor|countr|cit|state|region)"),
        ("person", r"\A(?:(?!\b(?:which|what|where|when|why|how)\b).)*\b(?:who|whom|whose)\b"),
        ("place", r"\bwhere\b|\b(?:to|from|in) what place\b"),
        ("yes_no", rf"^(?:and |so |but )*{_AUX}(?:n't)?\b"),
    )
)  # fmt: skip

# For what no rule and no noun behind "which" tells: keywords, commands, questions without a question word.
_TERSE_RULES: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))  # type: ignore[misc]
    for kind, pattern in (
        ("role", r"\b(?:job|job title|post|position|occupation|profession|official title|role)\s*(?:,? please)?[?.! ]*$"
            r"|\b(?:job|position|role) (?:at|in|with)\b"
            r"|\bwho is (?:that|this|he|she)\b"),
        ("date", r"\bwhen\b|\b(?:date|day|weekday)\b(?! trip| care)|\b(?:on|by) (?:which|what) (?:mon|tues|wednes|thurs"
            r"|fri|satur|sun)day\b"),
        ("route", r"\b(?:route|itinerary|stops)\b|\bwhich way\b"),
        ("money", r"\b(?:in|of) (?:us |u\.s\. )?(?:dollars|euros|pounds|money)\b|\b(?:cost|price|budget|salary)s?\b"),
        ("share", r"\b(?:percentage|percent|per cent|proportion)\b"),
        ("number", r"\bnumber of\b|\b(?:height|weight|length|population|capacity|attendance)\b"),
        ("reason", r"\b(?:reason|cause|motive)s? (?:for|of|behind)\b|\bwhat made\b"),
        ("said", r"\b(?:opinion|view|views|position|stance|reaction|comment|comments|statement) (?:on|about|of|to)\b"
            r"|\baccording to\b|\bin (?:the )?(?:\w+ ){0,2}\w+'s? (?:view|opinion|words)\b"),
        ("place", r"\b(?:venue|location|place|site|birthplace|hometown|headquarters)\b|\b(?:which|what) part of\b"),
        ("person", r"\bsource (?:for|of)\b|\bnames? of the\b|\b(?:his|her|their) names?\b"),
    )
)  # fmt: skip
_ASKS_SPEAKER = (
    rf"\b(?:who|whom|which [\w ]+?)\b.*?\b{_SPEAK}\b|\bwhose (?:words|view|opinion|claim|statement)\b"
    r"|\baccording to whom?\b|\bsource (?:for|of) (?:the |this |that )?(?:claim|statement|quote|words|remark)"
)
_ASKED_NOUN = re.compile(
    r"\b(?:which|what|how many|how much)\s+(?:(?:is|was|are|were)\s+(?:the\s+)?(?:name of "
    r"the\s+)?)?((?:[\w'-]+\s+){0,3}?[\w'-]+)"
    r"(?=\s+(?:did|does|do|is|are|was|were|will|would|can|could|should|has|have|had|of|in|for|to|that"
    r"|who|from|by|with|at|on)\b|\s*\?|\s*$|,)"
)
_FIRST_NOUN = re.compile(r"\b(?:which|what|how many|how much)\s+([\w'-]+)(?:\s+([\w'-]+))?(?:\s+([\w'-]+))?")
_NEGATION = re.compile(r"\b(?:not|never|no|without|nobody|nothing|none|refuse[sd]?|deny|denied|denies)\b|n't\b")
_WORK = r"(?:article|report|story|piece|text|news|explainer|commentary|analysis|column|op-ed|feature|write-up|dispatch)"
_ABOUT_ARTICLE = re.compile(
    rf"\b(?:who|which journalist|which reporter) (?:is the (?:author|writer)|wrote|authored|reported)\b.*\b{_WORK}\b"
    rf"|\b(?:when|what date|what day)\b.*\b{_WORK}\b.*\b(?:publish\w*|written|posted|dated|appear\w*|updated|released)"
    rf"|\b(?:when|what date|what day) (?:did|was) .*\bpublish(?:ed)? .*\b{_WORK}\b"
    r"|\b(?:which|what) (?:outlet|newspaper|agency|publisher|website|news outlet|news agency|media|site|publication)\b"
    rf".*\b(?:publish\w*|article|wrote|report\w*|story|released)\b|\bwho (?:published|released)\b.*\b{_WORK}\b"
    rf"|\b(?:author|title|headline|publisher|publication date|byline) of (?:the|this|that)\b.*\b{_WORK}\b"
    r"|\bpublication date\b|\bdate of publication\b"
    r"|\b(?:when was|date of) (?:this|the article|it) (?:published|publication)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question taken apart. `noun`: stems of what "which …" or "how many …" asks for; `stems`: its words of content.

    `verb`: stem of what somebody named, or "who", is asked to have done, where it can be told;
    `role`: stems of the post whose holder is asked ("minister"), `field`: of what it is for ("energy"); `by_speaker`:
    who said something is asked; `negated`: it asks for what is not, or is denied.
    """

    text: str
    kind: Kind
    noun: tuple[str, ...]
    plural: bool
    stems: tuple[str, ...]
    names: tuple[Name, ...]
    verb: str | None
    role: frozenset[str]
    field: frozenset[str]
    by_speaker: bool
    negated: bool
    about_article: bool


def parse_question(text: str) -> Question:
    """A question taken apart; any text is legal.

    >>> question = parse_question("Which company did Ann Lee buy in 2020?")
    >>> question.kind, question.noun, [name.text for name in question.names]
    ('organisation', ('company',), ['Ann Lee'])
    """
    text = respelt(text)
    asking = asking_sentence(text)
    plain = " ".join(fold(_without_who(asking)).split())
    names = tuple(find_names(text))
    noun = _asked_noun(plain)
    who_alone = len(asking) < len(text) and re.fullmatch(r"(?:and |so |but )*who (?:is|was|are|were) \w+ ?\?", plain)
    kind = "person" if who_alone else _kind(plain, noun=noun, names=names)
    role, field = _asked_role(plain, names=names) if kind == "person" else (frozenset[str](), frozenset[str]())
    return Question(
        text=text,
        kind=kind,
        noun=tuple(stem(word) for word in noun),
        plural=bool(noun) and noun[-1].endswith("s") and not noun[-1].endswith("ss"),
        stems=tuple(dict.fromkeys(content_stems(plainly(text)))),
        names=names,
        verb=_verb(text, names),
        role=role,
        field=field,
        by_speaker=kind in {"person", "organisation"} and bool(re.search(_ASKS_SPEAKER, plain)),
        negated=bool(_NEGATION.search(plain)),
        about_article=bool(_ABOUT_ARTICLE.search(plain)),
    )


def _without_who(text: str) -> str:
    """A question without the World Health Organization's letters, which read as "who"."""
    return re.sub(r"\bWHO\b", "W.H.O.", text) if any(char.islower() for char in text) else text


_ROLE_ASKED = re.compile(
    r"\b(?:who(?:'s| is| was| are| were| became| has been)|(?:what|which) is the name of|name)(?: "
    r"currently| now)? (.+?)[?.! ]*\Z"
)
_ROLE_VERBS = {
    "heads": "head", "leads": "leader", "runs": "head", "chairs": "chairman", "directs": "director",
    "headed": "head", "led": "leader", "chaired": "chairman",
}  # fmt: skip
# Words for one post; asking for one accepts the others.
_SAME_POST = tuple(
    word_set(words)
    for words in (
        "president leader head",
        "ceo chief executive head boss chairman director leader",
        "spokesman spokeswoman spokesperson secretary representative",
        "chairman chairwoman chairperson chair head",
        "lawyer attorney counsel",
        "director head chief",
        "minister secretary",
        "owner founder",
    )
)


def _verb(text: str, names: tuple[Name, ...]) -> str | None:
    """The stem of the verb behind "who" or behind a subject that is a name; None where it cannot be told."""
    behind = re.match(rf"\s*(?:and |so |but )?(?:who|what)\s+(?!{_AUX}\b)([a-z]+)", text, re.I)
    if behind is None:
        for name in names:
            if re.search(rf"\b{_AUX}\s+(?:the\s)?\Z", text[: name.start], re.I):
                behind = re.match(
                    r"(?:['’]s)?\s+(?:be\s|have\s|been\s|first\s|last\s|also\s)*([a-z]+)", text[name.end :]
                )
                break
    stems = content_stems(behind.group(1)) if behind else []
    return stems[0] if stems else None


def _asked_role(plain: str, *, names: tuple[Name, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Stems of the post of "Who is the energy minister of …?" and its equals, and of its field; empty for no post."""
    verb = re.match(rf"(?:and |so |but )*(?:who|which \w+) ({'|'.join(_ROLE_VERBS)})\b", plain)
    match = _ROLE_ASKED.search(plain)
    if not match and not verb:
        return frozenset(), frozenset()
    phrase = _ROLE_VERBS[verb.group(1)] if verb else match.group(1) if match else ""
    own = {word for name in names for word in name.words}
    words = {word for word in re.findall(r"[a-z-]+", phrase) if word not in own}
    posts = {word for word in words if word in TITLES or (word.endswith(("er", "or", "ist")) and len(word) > 5)}
    if not posts:
        return frozenset(), frozenset()
    alike = {other for group in _SAME_POST if group & posts for other in group}
    field = {word for word in words if word not in posts | FUNCTION_WORDS and word not in DEMONYMS and len(word) > 2}
    lesser = words & {"vice", "deputy", "former", "acting", "first", "ex"}
    return frozenset(stem(word) for word in posts | alike | lesser), frozenset(stem(word) for word in field - lesser)


def _asked_noun(plain: str) -> tuple[str, ...]:
    """The words behind "which", "what" or "how many", without what is no noun's."""
    match = _ASKED_NOUN.search(plain)
    if not match:
        return ()
    words = [word for word in match.group(1).split() if word not in {"the", "a", "an", "of", "name"}]
    return tuple(words[-2:]) if words and not re.fullmatch(_AUX, words[0]) else ()


_SUMMARY = re.compile(
    r"\b(?:summar(?:y|ise|ize|ies)|(?:main|key) points?|gist|overview|tell me (?:more )?about|tl;?dr"
    r"|what (?:is|are|was|were) (?:this|the|these) [\w ]{0,20}(?:article|story|report|text|piece|news)s? about"
    r"|what (?:is|are) the (?:latest|news) (?:on|about|from))\b"
)


def _kind(plain: str, *, noun: tuple[str, ...], names: tuple[Name, ...]) -> Kind:
    if _SUMMARY.search(plain):
        return "summary"
    if _asks_role(plain, names):
        return "role"
    if _asks_words_of(plain, names):
        return "said"
    if re.match(r"(?:and |so |but )*whom?\b", plain) or _names_holder(plain):
        return "person"  # whatever else it says: "who said how much …" asks who
    return (
        _first_kind(_RULES, plain)
        or _kind_by_noun(plain, noun)
        or _first_kind(_TERSE_RULES, plain)
        or _last_kind(plain)
    )


def _asks_words_of(plain: str, names: tuple[Name, ...]) -> bool:
    """ "… what the minister said", in the order of a statement: behind "could you tell me", or in keywords."""
    verbs = _SPEAK if plain.startswith("what") else r"(?:describe[ds]?|see[sn]?|saw|call(?:s|ed)|react(?:s|ed))"
    if re.match(rf"(?:what|how) (?:the|his|her|their|its|an?) (?!{_AUX}\b).*?\b{verbs}\b", plain):
        return True
    known = "|".join(re.escape(fold(name.text)) for name in names)
    return bool(known) and bool(re.match(rf"(?:what|how) (?:\w+\.? )?(?:{known}) (?:\w+ly )?{verbs}\b", plain))


def _names_holder(plain: str) -> bool:
    """ "Name the mayor of Bergen": a holder is asked for, as by "who"."""
    match = re.match(r"(?:please |can you |could you )*(?:name|identify) (?:the |a )?((?:[\w-]+ ?){1,4})", plain)
    return bool(match) and not _PERSON_NOUNS.isdisjoint(match.group(1).split() if match else ())


def _first_kind(rules: tuple[tuple[Kind, re.Pattern[str]], ...], plain: str) -> Kind | None:
    return next((kind for kind, pattern in rules if pattern.search(plain)), None)


def _last_kind(plain: str) -> Kind:
    if re.search(r"\bwhat (?:do|does|did) .+ (?:stand for|mean)\b", plain):
        return "definition"
    if re.search(r"\bwhat (?:is|are|was|were)\b", plain) and not re.search(
        r"\bwhat (?:is|are|was|were) the \w+ (?:of|for|in)\b", plain
    ):
        return "definition"
    return "manner" if re.search(r"\bhow\b", plain) else "thing"


def _kind_by_noun(plain: str, noun: tuple[str, ...]) -> Kind | None:
    first = _FIRST_NOUN.search(plain)
    words = [*reversed(noun), *(word for word in (first.groups() if first else ()) if word)]
    lists: tuple[tuple[Kind, frozenset[str]], ...] = (
        ("date", _DATE_NOUNS), ("money", _MONEY_NOUNS), ("number", _NUMBER_NOUNS), ("place", _PLACE_NOUNS),
        ("organisation", _ORGANISATION_NOUNS), ("person", _PERSON_NOUNS),
    )  # fmt: skip
    for word in words:
        for kind, nouns in lists:
            if word in nouns or word.removesuffix("s") in nouns:
                return kind
    return None


_ROLE_NOUNS = r"(?:post|position|role|job|title|office|function|profession|rank|capacity|occupation)"
_ROLE_OF_NAMED = re.compile(
    rf"\b(?:what|which) (?:\w+ )?{_ROLE_NOUNS}\b|\bwhat (?:is|was) [\w .'-]+'s? (?:\w+ )?{_ROLE_NOUNS}[?. ]*$"
    r"|\bwhat (?:does|did) .+ do for a living\b|\bwhat does .+ do (?:at|for) \w"
)


def _asks_role(plain: str, names: tuple[Name, ...]) -> bool:
    """ "Who is Ann Lee?", "What post does Ann Lee hold?": the person is given, the role is asked for."""
    if _ROLE_OF_NAMED.search(plain) or (names and re.search(r"\bwho is (?:that|this|he|she)[?. ]*$", plain)):
        return True
    match = re.fullmatch(r"(?:and |so |but )*who(?:'s| is| was| are|se)? (?:this |that )?(.+?)[?.! ]*", plain)
    if not match or not re.match(r".*\bwho(?:'s| is| was) ", plain):
        return False
    rest = match.group(1)
    if rest.startswith(("the ", "a ", "an ", "responsible", "in ", "to ", "behind", "on ", "at ")):
        return False
    last = [name for name in names if name.kind in {"person", "other"}]
    whole = bool(last) and fold(last[0].text) == rest
    return whole or (
        not names and 1 <= len(rest.split()) <= 3 and not re.search(r"ing\b|ed\b|\bto\b|\bby\b|\bof\b", rest)
    )
