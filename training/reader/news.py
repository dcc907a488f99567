"""Questions written for this reader on public news articles of 2022: as people ask a search, and as quizzes ask.

`training/questions/*.jsonl` holds the questions and where their answers stand (`url`, `q`, `at` as [start, end] in code
points of the article's text; none where the article does not say it). The articles are the public set's.
"""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .distant import PASSAGE_CHARS, ranked
from .sources import Example, read_lines, share

QUESTIONS = Path(__file__).parents[1] / "questions"
HELD_OUT = 0.08
PIECE = re.compile(r".+?(?:(?<=[.!?”\"]) (?=[A-Z“\"])|\n+|\Z)", re.S)
N_WRONG, WRONG_TOO = 2, 0.6


def news_questions(folder: Path, *, rng: random.Random) -> tuple[list[Example], list[Example]]:
    """(training, held out) by article: each question on its passage, and on the passages that only look like it."""
    asked: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(QUESTIONS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            asked.setdefault(row["url"], []).append(row)
    learn: list[Example] = []
    measure: list[Example] = []
    for row in read_lines(folder / "articles_2022.jsonl.gz"):
        side = measure if share(row["url"]) < HELD_OUT else learn
        questions = asked.pop(row["url"], [])
        placed = list(places(row["text"])) if questions else []
        for question in questions:
            side += of_question(question, row, placed=placed, rng=rng)
    return learn, measure


def of_question(
    asked: dict[str, Any], article: dict[str, Any], *, placed: list[tuple[int, str]], rng: random.Random
) -> Iterator[Example]:
    """The passage with the answer, now and then a tempting one without; for an unanswerable question two of them."""
    question, name, title = asked["q"], f"{asked['url']}#{asked['q']}", article["title"] or ""
    at = asked.get("at")
    if at:
        start, end = at
        for low, passage in placed:
            if low <= start and end <= low + len(passage):
                yield Example(question, passage, ((start - low, end - low),), title, "news", name)
    gold = article["text"][slice(*at)].lower() if at else None
    near = ranked(question, [(title, passage) for _, passage in placed])
    wrong = [placed[i][1] for i in near if gold is None or gold not in placed[i][1].lower()]
    if not at or (wrong and rng.random() < WRONG_TOO):
        for passage in wrong[: 1 if at else N_WRONG]:
            yield Example(question, passage, (), title, "news", f"{name}#without")


def places(text: str) -> Iterator[tuple[int, str]]:
    """Passages of an article, cut behind paragraphs and sentences, each with the code point at which it begins."""
    low = high = 0
    for end in (match.end() for match in PIECE.finditer(text)):
        if high > low and end - low > PASSAGE_CHARS:
            yield low, text[low:high]
            low = high
        high = end
    if high > low:
        yield low, text[low:high]
