"""Pins a model's sentence to the words that carry it: from "excerpt 2" to exact spans of the article.

A model cites an excerpt; a person wants the words. In the excerpt, the sentences that hold what the statement quotes
come first, else the one that shares most of its words, names and numbers counting double; up to two more join that hold
what the first lacks. Deterministic: ties go to the shorter sentence, then the earlier. Whether
the words support the statement is for the check that follows.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...index.article import Span
from ...index.chunk import Evidence
from ...index.sentences import split_sentences

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_QUOTED = re.compile(r"[\"“«„]([^\"“”«»„]{2,400})[\"”»“]")
_FUNCTION = """
a an and are as at be been but by for from had has have he her his how in into is it its more not of on or our out said
say says she so than that the their them then there these they this those to was we were what when where which who whom
whose why will with would you your
"""
_FUNCTION_WORDS = frozenset(_FUNCTION.split())
_STEM_CHARS = 6
_STRONG, _WEAK = 2.0, 1.0
# A sentence joins for a name, a number or two words that those before it lack. Measured on 145 written answers whose
# sentences people had marked in a passage (CLAP NQ): F1 by characters .927, 95 % interval .906 to .948; the best
# sentence alone .868, the whole passage .610.
_WORTH_JOINING, _MAX_JOINING = 2.0, 2


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    text: str
    keys: frozenset[str]

    def shared(self, weights: Mapping[str, float]) -> float:
        """How much of the weighed words it holds."""
        return sum(weights[key] for key in weights.keys() & self.keys)


def pins(statement: str, evidence: Evidence) -> tuple[Span, ...]:
    """The spans of the excerpt's article that carry the statement, best first.

    An excerpt that shares no word with it is no citation of it, so there is no span; unless it is written in another
    script, where no word can be shared: then it is cited whole.
    """
    text, place = evidence.chunk.text, evidence.chunk.span
    sentences = _sentences(text)
    weights = weigh(statement)
    chosen = _quoting(statement, text, sentences=sentences) or _best(weights, sentences)
    for _ in range(_MAX_JOINING if chosen else 0):
        held = frozenset().union(*(sentence.keys for sentence in chosen))
        lacking = {key: weight for key, weight in weights.items() if key not in held}
        others = [sentence for sentence in sentences if sentence not in chosen]
        chosen = [*chosen, *(one for one in _best(lacking, others) if one.shared(lacking) >= _WORTH_JOINING)]
    runs = _joined(chosen, text)
    if not runs and _scripts(statement) and not _scripts(statement) & _scripts(text):
        runs = [(0, len(text))]
    return tuple(Span(place.article_id, place.start + start, place.start + end) for start, end in runs)


def coverage(statement: str, text: str) -> float:
    """The share in [0, 1] of the statement's words, by weight, that stand in the text; 1.0 when it has none.

    >>> coverage("Talks with Li ended", "Li ended it")
    0.75
    """
    weights, held = weigh(statement), _keys(text)
    total = sum(weights.values())
    return sum(weights[key] for key in weights.keys() & held) / total if total else 1.0


def weigh(statement: str) -> dict[str, float]:
    """The telling words of a statement, cut to their stems: 2 for a name or a number, 1 for others.

    >>> weigh("Prices rose to 1,500 in Oslo")
    {'prices': 1.0, 'rose': 1.0, '1500': 2.0, 'oslo': 2.0}
    """
    weights: dict[str, float] = {}
    for position, word in enumerate(_WORD.findall(statement)):
        if word.casefold() not in _FUNCTION_WORDS:
            # The first word is capital for its place alone.
            strong = word[0].isdigit() or (word[0].isupper() and position > 0)
            weights[_key(word)] = max(_STRONG if strong else _WEAK, weights.get(_key(word), 0.0))
    return weights


def _sentences(text: str) -> list[_Sentence]:
    return [_Sentence(start, end, text[start:end], _keys(text[start:end])) for start, end in split_sentences(text)]


def _quoting(statement: str, text: str, *, sentences: Sequence[_Sentence]) -> list[_Sentence]:
    """The sentences of the text that hold a quote of the statement, word for word."""
    places = [place for quote in _QUOTED.findall(statement) if (place := _place(quote, text))]
    return [one for one in sentences if any(one.start < end and start < one.end for start, end in places)]


def _place(quote: str, text: str) -> tuple[int, int] | None:
    words = _WORD.findall(quote)
    if not words:
        return None
    # Only what stands between the words may differ: typographic quotes, dashes, line ends.
    found = re.search(r"\b" + r"[\W_]+".join(map(re.escape, words)) + r"\b", text, re.IGNORECASE)
    return found.span() if found else None


def _best(weights: Mapping[str, float], sentences: Sequence[_Sentence]) -> list[_Sentence]:
    """The sentence that shares most, in a list; empty when none shares anything."""
    ranked = max(sentences, key=lambda one: (one.shared(weights), -len(one.text), -one.start), default=None)
    return [ranked] if ranked and ranked.shared(weights) else []


def _joined(chosen: Iterable[_Sentence], text: str) -> list[tuple[int, int]]:
    """Intervals of the chosen sentences, neighbours on one line made one, in the order of the choice."""
    order = list(chosen)
    runs: list[list[_Sentence]] = []
    for before, one in pairwise([None, *sorted(order, key=lambda sentence: sentence.start)]):
        if one and before and runs and text[before.end : one.start] in ("", " "):
            runs[-1].append(one)
        elif one:
            runs.append([one])
    runs.sort(key=lambda run: min(order.index(sentence) for sentence in run))
    return [(run[0].start, run[-1].end) for run in runs]


def _scripts(text: str) -> frozenset[str]:
    """The scripts of a text's letters: "LATIN", "CYRILLIC", "CJK", …"""
    return frozenset(unicodedata.name(sign, "").partition(" ")[0] for sign in set(text) if sign.isalpha())


def _keys(text: str) -> frozenset[str]:
    return frozenset(_key(word) for word in _WORD.findall(text))


def _key(word: str) -> str:
    # A word's first letters stand for its forms: "announced", "announcement".
    return word.replace(",", "") if word[0].isdigit() else word.casefold()[:_STEM_CHARS]
