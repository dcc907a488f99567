"""Which way the clause around a date looks: ahead, or at what is past. Pure, by its words alone.

The verb nearest to the date decides, not any verb of the sentence: "The council said it will meet on Friday" looks
ahead, "The fares will rise, the council said on Friday" does not.
"""

import re
from typing import Literal

Way = Literal["ahead", "would", "past", "open"]

_TAIL = r"(?:\s(?:not|also|now|then|first|finally|be|have|get|[a-z]+ly))*(?:\s[a-z]+)?"
_DUE = r"due(?!\sto\s(?!be\b|begin|start|open|arrive|appear|meet|return|visit|speak|expire|end|take|face|vote))"
_SETTLED = rf"(?:set|{_DUE}|scheduled|rescheduled|slated|expected|planned|poised|supposed)"
_LIKELY = r"(?:likely|going|about|meant|ready)"
_INTENDS = (
    r"(?:plan(?:s|ning)?|hop(?:es?|ing)|aim(?:s|ing)?|intends?|expects?|prepar(?:es?|ing)|needs?|wants?|has|have"
    r"|vow(?:s|ed)|agreed|promised|pledged|threatened|invited|ordered|required)"
)
_VERB = re.compile(
    rf"(?P<past>\b(?:would|could|should|might|may|must)\shave\b{_TAIL}|\b(?:could\snot|couldn['’]t|used\sto)\b{_TAIL})"
    rf"|(?P<would>\b(?:would|could|can|(?:was|were|been)\s(?:{_SETTLED}(?:\s(?:to|for|by|on))?|{_LIKELY}\sto)"
    rf"|(?:planned|hoped|intended|aimed|wanted|(?:was|were|been)\s(?:planning|hoping|aiming|preparing))\sto)\b{_TAIL}"
    r"|\b(?:is|are)\s(?:not\s|also\s|[a-z]+ly\s)?(?!(?:set|due|sched|slat|expec|plan|pois|suppos))[a-z]+(?:ed|en|ld)\b"
    r"|\b(?:goes?|comes?)\s(?:into|on|out|to)\b|\btakes?\s(?:effect|place|off|on|over)\b|\b(?:begins?|starts|opens|launches"
    r"|arrives|debuts|premieres|airs|kicks?\soff|returns|resumes?|closes|expires?|concludes|plays|faces|hosts?|meets?"
    r"|travels|heads\sto|gets\sunderway|streams)\b)"
    rf"|(?P<ahead>(?:\b(?:will|won['’]t|shall|may|might|must|should)|['’]ll)\b{_TAIL}"
    rf"|\b(?:is|are|be)\s(?:{_SETTLED}|{_LIKELY}\sto)\b{_TAIL}|(?<!than\s)\b{_SETTLED}\s(?:to|for|by|on|until|in)\b{_TAIL}"
    rf"|\b{_INTENDS}\sto\b{_TAIL}|\bto\sbe\b{_TAIL}"
    r"|\b(?:postponed|delayed|pushed(?:\sback)?|extended|deferred)\s(?:to|until|till|for|through)\b|\bmoved\sto\s\Z"
    r"|\b(?:[Uu]pcoming|forthcoming|ahead\sof|in\sadvance\sof|looming|deadline|[Ii]n\stheaters|no\slater\sthan"
    r"|as\s(?:early|soon)\sas)\b"
    r"|(?:\A|\b)(?:[Ss]tarting|[Bb]eginning|effective|Out|[Cc]oming|[Aa]vailable)\s(?:on\s|in\s|this\s|as\sof\s)?\Z)"
    r"|(?P<gone>\b(?:said|told|wrote|was|were|had|did|didn['’]t|wasn['’]t|weren['’]t|met|held|took|went|made|became|began"
    r"|won|lost|left|came|gave|got|saw|found|ran|fell|rose|grew|spoke|sold|bought|brought|sent|kept|led|paid|struck|beat"
    r"|broke|built|caught|chose|drew|drove|fought|flew|heard|knew|stood|stole|swore|taught|thought|threw|spent|sang|sank"
    r"|shot|withdrew|ate|felt|wore|hit|according\sto|(?:has|have)\s(?:[a-z]+ly\s|not\s|also\s|already\s|since\s|never\s)?"
    r"(?:been|had|made|become|come|gone|seen|taken|given|[a-z]+wn))\b(?!-)"
    r"|(?<!-)\b(?!(?:need|exceed|proceed|succeed|indeed|hundred|embed|followed|based|related|compared|located|headed)\b)"
    r"(?:[a-z]{2,}ed|born|done|seen|begun|[a-z]*(?:taken|given|written|broken|chosen|stolen|drawn|thrown|shown))\b(?!-))"
)
# "a skilled worker", "163 skilled trades": no verb.
_NOUN_WORDS = re.compile(r"(?:\b(?:an?|the|some|of|its|their|his|her|our|with|more|most|very|so)|\d)\s\Z")
# ", but on Sunday it …": what stands before it tells of another day.
_NEW_CLAUSE = re.compile(r",\s(?:but|and|while|though|although|yet|so|because)\b|\s[–—-]\s|:\s")
_OWN_VERB = re.compile(
    r"(?:['’]s)?(?:\s(?:morning|afternoon|evening|night))?\s(?=(?:will|would|is|are|was|were|had|has|may|might|could|can)\b)"
)
_IS_ON = re.compile(r"\b(?:is|are)\s(?:on\s|in\s|this\s|next\s|early\s|late\s|coming\s)?\Z")
_ASIDE = re.compile(r",\s(?:who|which|where|whose|when)\b[^,]*,")
_BETWEEN = re.compile(r"\s?(?:(?:on|in|by|late|early|last|this|since|the|back|again|there|here|him|her|them)\s)*")

_PAST = re.compile(
    r"\b(?:was|were|had|did|said|told|announced|met|held|took|went|made|became|began|won|lost|died"
    r"|left|came|gave|[a-z]{2,}ed)\b"
)
_FUTURE = re.compile(
    r"\b(?:will|to be|set to|plans?|scheduled|expected|expects?|due|upcoming|next|begins?|starts?|continues|opens"
    r"|launches|arrives|debuts|premieres|airs|deadline|going to)\b|['’]ll\b",
    re.I,
)
_STOP = re.compile(r"[.!?][\"”’')\]]*[^\S\n]+|\n|;\s")
_SHORTENED = re.compile(
    r"(?:\b(?:[A-Z]|[ap]\.m|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Mrs?|Ms|Dr|Gov|Sen|Rep|Gen|Lt|Col|Sgt|St|No|vs|Inc|Corp"
    r"|Co|Jr|Sr|Rev|Prof)|\b[A-Z]\.[A-Z])\Z"
)
_N_BEFORE, _N_AFTER = 600, 400  # of characters: no sentence worth reading is longer


def way_of(text: str, *, start: int, end: int) -> Way:
    """Which way the clause of `text[start:end]`, a date, looks; "would": ahead from a moment that is past,
    or a verb of timetables and of captions alike ("opens").

    >>> way_of("Fares will rise, she said Monday.", start=26, end=32), way_of("It will open Monday.", start=13, end=19)
    ('past', 'ahead')
    """
    first, last = sentence_around(text, start=start, end=end)
    before = _ASIDE.sub(lambda aside: " " * len(aside.group()), text[first:start])
    if _IS_ON.search(before):
        return "ahead"
    after = text[end:last]
    own = _OWN_VERB.match(after)
    verbs = [verb for verb in _VERB.finditer(before) if not _is_adjective(verb, before)]
    follows = next(
        (verb for verb in _VERB.finditer(after, own.end() if own else 0) if not _is_adjective(verb, after)), None
    )
    if verbs and follows:
        other_clause = own or _NEW_CLAUSE.search(before, verbs[-1].end())
        return _way(follows if other_clause and not _BETWEEN.fullmatch(before, verbs[-1].end()) else verbs[-1])
    verb = verbs[-1] if verbs else follows
    return _way(verb) if verb else "open"


def _is_adjective(verb: re.Match[str], text: str) -> bool:
    return verb.group().endswith("ed") and _NOUN_WORDS.search(text, max(0, verb.start() - 6), verb.start()) is not None


def _way(verb: re.Match[str]) -> Way:
    kind = verb.lastgroup
    return "ahead" if kind == "ahead" else "would" if kind == "would" else "past"


def tense(text: str, *, start: int, end: int) -> tuple[bool, bool]:
    """Whether the sentence around a date has a word that looks ahead, and one that tells of what is past.

    >>> tense("The ferry will sail on Monday.", start=23, end=29)
    (True, False)
    """
    first, last = sentence_around(text, start=start, end=end)
    around = f"{text[first:start]} {text[end:last]}"
    return bool(_FUTURE.search(around)), bool(_PAST.search(around))


def sentence_around(text: str, *, start: int, end: int) -> tuple[int, int]:
    """Where the sentence of `text[start:end]` begins and ends; "8 a.m. Tuesday" and "Sen. Holm" end none."""
    window = max(0, start - _N_BEFORE)
    first = max((stop.end() for stop in _STOP.finditer(text, window, start) if _ends(text, stop)), default=window)
    limit = min(len(text), end + _N_AFTER)
    last = next((stop.start() for stop in _STOP.finditer(text, end, limit) if _ends(text, stop)), limit)
    return first, last


def _ends(text: str, stop: re.Match[str]) -> bool:
    return stop.group()[0] != "." or not _SHORTENED.search(text, max(0, stop.start() - 8), stop.start())
