"""Passages and questions that do not belong together: what teaches a reader to say "not here".

From easy to hard: the passage that words alone would retrieve for a question but that holds no answer, the question
about another paragraph of the same article, the passage without the sentences that answer, and the question with one
name, year or number changed, to another of its own passage for half of them.
"""

import random
import re
from collections import defaultdict
from dataclasses import replace

import bm25s
import numpy as np

from .sources import Example

NAMED = re.compile(r"(?<!^)(?<![.?!] )\b(?:[A-Z][\w'-]+)(?: (?:of |the )?[A-Z][\w'-]+){0,3}")
NUMBER = re.compile(r"\b\d[\d,.]*\b")
WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z“\"])")
LEAST_CHARS = 150


def hard_passages(examples: list[Example], *, portion: float, rng: random.Random) -> list[Example]:
    """For a portion of the answerable questions, a passage of the same set that BM25 ranks high and that lacks it."""
    contexts = list(dict.fromkeys(e.context for e in examples))
    titles = {e.context: e.title for e in examples}
    chosen = [e for e in examples if e.answers and rng.random() < portion]
    if not chosen or len(contexts) < 3:
        return []
    index = bm25s.BM25(method="lucene")
    index.index(bm25s.tokenize([f"{titles[c]} {c}" for c in contexts], show_progress=False), show_progress=False)
    asked = bm25s.tokenize([e.question for e in chosen], show_progress=False)
    ranked, _ = index.retrieve(asked, k=min(12, len(contexts)), show_progress=False)
    found = (
        without_answer(e, [contexts[i] for i in row], rng=rng)
        for e, row in zip(chosen, np.asarray(ranked), strict=True)
    )
    return [replace(example, title=titles[example.context]) for example in found if example]


def without_answer(example: Example, ranked: list[str], *, rng: random.Random) -> Example | None:
    """The example on one of the best passages that do not hold any of its answers; none when all do."""
    gold = {example.context[start:end].lower() for start, end in example.answers}
    wrong = [c for c in ranked if c != example.context and not any(answer in c.lower() for answer in gold)]
    if not wrong:
        return None
    return replace(example, context=rng.choice(wrong[:4]), answers=(), id=f"{example.id}#hard")


def changed_questions(examples: list[Example], *, portion: float, rng: random.Random) -> list[Example]:
    """For a portion of the answerable questions, the question with one name, year or number that its passage lacks."""
    pools: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        for match in values(example.question):
            pools[shape(match.group())].append(match.group())
    changed = (change(e, pools, rng=rng) for e in examples if e.answers and rng.random() < portion)
    return [example for example in changed if example]


def values(text: str) -> list[re.Match[str]]:
    """Names and numbers of a question, with their places."""
    return [*NAMED.finditer(text), *NUMBER.finditer(text)]


def shape(value: str) -> str:
    """What kind of value this is: only like is changed for like."""
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", value):
        return "year"
    return "number" if value[0].isdigit() else f"name of {len(value.split())}"


def change(example: Example, pools: dict[str, list[str]], *, rng: random.Random) -> Example | None:
    """The question with one value changed, if it has any and another is known."""
    found = values(example.question)
    if not found:
        return None
    match = rng.choice(found)
    like = shape(match.group())
    others = rng.sample(pools[like], min(8, len(pools[like])))
    fitting = [v for v in others if v.lower() not in example.context.lower() and v != match.group()]
    beside = [v for v in neighbours(example) if shape(v) == like]
    if not fitting and not beside:
        return None
    other = rng.choice(beside) if beside and (not fitting or rng.random() < 0.5) else fitting[0]
    question = example.question[: match.start()] + other + example.question[match.end() :]
    return replace(example, question=question, answers=(), id=f"{example.id}#changed")


def neighbours(example: Example) -> list[str]:
    """Names and numbers of a passage that neither its question nor its answers have: the nearest of near misses."""
    taken = f"{example.question} {' '.join(example.context[a:b] for a, b in example.answers)}".lower()
    words = set(WORD.findall(taken))
    found = dict.fromkeys(match.group() for match in values(example.context))
    return [value for value in found if not words & set(WORD.findall(value.lower()))]


def without_sentences(examples: list[Example], *, portion: float, rng: random.Random) -> list[Example]:
    """For a portion of the answerable questions, their passage without every sentence that holds an answer's words."""
    chosen = [e for e in examples if e.answers and rng.random() < portion]
    made = ((e, rest(e)) for e in chosen)
    return [replace(e, context=text, answers=(), id=f"{e.id}#without") for e, text in made if len(text) >= LEAST_CHARS]


def rest(example: Example) -> str:
    """A passage without the sentences that hold an answer, or touch one."""
    gold = {example.context[start:end].lower() for start, end in example.answers}
    kept, at = [], 0
    for sentence in SENTENCE_END.split(example.context):
        start = example.context.index(sentence, at)
        at = start + len(sentence)
        touched = any(a < at and start < b for a, b in example.answers)
        if not touched and not any(answer in sentence.lower() for answer in gold):
            kept.append(sentence)
    return " ".join(kept)
