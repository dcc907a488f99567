"""Questions about who said something, made from news sentences with a quotation and its speaker.

Question sets ask about the subject of a sentence far more than about who spoke it, and a reader trained on them alone
answers "Who said that …?" with the person spoken of.
"""

import random
import re

from .sources import Example

NAME = r"(?:[A-Z][\w'’-]+|[A-Z]\.)(?: (?:[A-Z][\w'’-]+|[A-Z]\.|de|van|von|al|bin)){1,3}"
SAYS = r"(?:said|says|told [\w ]{2,25}|added|tweeted|wrote|noted|explained|warned|argued)"
AFTER = re.compile(rf"[“\"]([^“”\"]{{30,220}})[,.!?][”\"],? (?:{SAYS} ({NAME})|({NAME}),? {SAYS})")
BEFORE = re.compile(rf"({NAME}) {SAYS}[^.“\"]{{0,30}}[,:]? ?[“\"]([^“”\"]{{30,220}})[”\"]")
THAT = re.compile(
    rf"({NAME}) (?:said|says|announced|confirmed|stated|added|told [\w ]{{2,25}}) that ([^.“”\"]{{30,160}})\."
)
AROUND_CHARS = 420


def speaker_questions(texts: list[tuple[str, str]], *, n: int, rng: random.Random) -> list[Example]:
    """Up to `n` examples from (title, text) of articles, a few of them on passages that do not hold the words."""
    made: list[Example] = []
    for title, text in rng.sample(texts, len(texts)):
        for words, start, end, at in quotations(text)[:2]:
            low, high = around(text, at, rng=rng)
            if low <= start and end <= high:
                made.append(
                    Example(
                        asked(words, rng=rng), text[low:high], ((start - low, end - low),), title, "speakers", "speaker"
                    )
                )
            if rng.random() < 0.25 and (other := elsewhere(text, low, high)):
                made.append(Example(asked(words, rng=rng), other, (), title, "speakers", "speaker#hard"))
        if len(made) >= n:
            break
    return made[:n]


def quotations(text: str) -> list[tuple[str, int, int, int]]:
    """(words, speaker's start, speaker's end, where the words begin) of each quotation with a named speaker."""
    found = []
    for match in AFTER.finditer(text):
        group = 2 if match.group(2) else 3
        found.append((match.group(1), match.start(group), match.end(group), match.start()))
    for match in BEFORE.finditer(text):
        found.append((match.group(2), match.start(1), match.end(1), match.start()))
    for match in THAT.finditer(text):
        found.append((match.group(2), match.start(1), match.end(1), match.start()))
    return found


def asked(words: str, *, rng: random.Random) -> str:
    """One of the forms in which people ask for a speaker."""
    pieces = words.split()
    part = " ".join(pieces[: rng.randint(6, 16)]).rstrip(",;:")
    part = part[0].lower() + part[1:]
    return rng.choice(
        (
            f'Who said "{part}"?',
            f"Who said that {part}?",
            f"Who said {part}",
            f"Who stated that {part}?",
            f"Which person said that {part}?",
            f"Who told reporters that {part}?",
            f"Who spoke of {' '.join(part.split()[-6:])}?",
        )
    )


def around(text: str, at: int, *, rng: random.Random) -> tuple[int, int]:
    """A passage with the place in it, cut at blanks."""
    low = max(0, at - rng.randint(60, AROUND_CHARS))
    high = min(len(text), at + rng.randint(320, 320 + AROUND_CHARS))
    low = text.find(" ", low) + 1 if low else 0
    return low, high if high == len(text) else max(text.rfind(" ", at, high), at)


def elsewhere(text: str, low: int, high: int) -> str:
    """A passage of the same article beside the given one; empty when there is no room."""
    if high + 300 < len(text):
        return text[text.find(" ", high) + 1 : high + 750]
    return text[: low - 50] if 300 < low < 900 else ""
