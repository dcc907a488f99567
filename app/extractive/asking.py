"""What of a question's text asks, as it would be spelt: without typing errors, politeness and what is told before.

Pure.
"""

import re

from ...index.sentences import split_sentences

# Question words as they are often mistyped; the rest of a question is matched softly, these decide what is asked.
_TYPOS = {
    wrong: right
    for right, wrongs in {
        "when": "wen whn whem wehn", "which": "wich whch whic whihc wihch", "what": "wat waht whta wht",
        "where": "wher whre wheer", "who": "hwo woh whoo", "why": "wy hwy", "how": "howw", "many": "manny mny",
        "much": "mutch muhc", "through": "thru trough", "said": "sed sayd", "cities": "citys", "countries": "countrys",
        "because": "becouse becuase", "date": "dat daet",
    }.items()
    for wrong in wrongs.split()
}  # fmt: skip


def respelt(text: str) -> str:
    """A question with its question words as they are spelt.

    >>> respelt("Wen did Ann Lee go thru?")
    'when did Ann Lee go through?'
    """
    return re.sub(r"[A-Za-z]+", lambda match: _TYPOS.get(match.group().lower(), match.group()), text)


# "Could you please tell me …", "I would like to know …": what asks stands behind it.
_POLITE = re.compile(
    r"\A.{0,30}?\b(?:(?:could|can|would|will|do|may|might) (?:you|i|anyone|somebody)"
    r"|i(?:['’]d| would| want| need| wonder))\b(?: \w+){0,5}?"
    r" (?:tell|say|explain|know|ask|learn|hear|find out|see|remind)(?: (?:me|us|please))*,? "
    r"(?=(?:(?:in|on|at|to|from|by|with|for|of|about|since|until) )?"
    r"(?:who|whom|whose|which|what|where|when|why|how)\b)",
    re.I,
)


def plainly(text: str) -> str:
    """A question without its politeness.

    >>> plainly("Could you please tell me when Ann Lee left?")
    'when Ann Lee left?'
    """
    return _POLITE.sub("", text)


def asking_sentence(text: str) -> str:
    """The one sentence that asks, where others tell what it is about.

    >>> asking_sentence("A bank failed in May. Who bought it?")
    'Who bought it?'
    """
    asking = [text[a:b] for a, b in split_sentences(text) if text[a:b].rstrip(' "”)').endswith("?")]
    return plainly(asking[0] if len(asking) == 1 else text)
