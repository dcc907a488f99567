"""Questions written for this reader on news: as people ask a search, and as quizzes ask.

`training/questions/news_2022.jsonl` holds questions on public articles of 2022 and where their answers stand (`url`,
`q`, `at` as [start, end] in code points of the article's text; none where the article does not say it); the articles
are the public set's. `reports.jsonl` holds invented agency reports with the questions on them (`title`, `text`,
`asked`).
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .distant import PASSAGE_CHARS, ranked
from .sources import Example, read_lines, share

WRITTEN = Path(__file__).parents[1] / "questions"
HELD_OUT = 0.08
PIECE = re.compile(r".+?(?:(?<=[.!?”\"]) (?=[A-Z“\"])|\n+|\Z)", re.S)
N_WRONG, WRONG_TOO = 2, 0.6


def news_questions(folder: Path, *, rng: random.Random) -> tuple[list[Example], list[Example]]:
    """(training, held out) by article: each question on its passage, and on the passages that only look like it."""
    asked: dict[str, list[dict[str, Any]]] = {}
    for row in read_lines(WRITTEN / "news_2022.jsonl"):
        asked.setdefault(row["url"], []).append(row)
    public = read_lines(folder / "articles_2022.jsonl.gz")
    articles = [{**row, "asked": asked.pop(row["url"])} for row in public if row["url"] in asked]
    articles += [{**row, "url": f"report:{row['title']}"} for row in read_lines(WRITTEN / "reports.jsonl")]
    learn: list[Example] = []
    measure: list[Example] = []
    for article in articles:
        side = measure if share(article["url"]) < HELD_OUT else learn
        placed = list(places(article["text"]))
        for question in article["asked"]:
            side += of_question(question, article, placed=placed, rng=rng)
    return learn, measure


def of_question(
    asked: dict[str, Any], article: dict[str, Any], *, placed: list[tuple[int, str]], rng: random.Random
) -> Iterator[Example]:
    """The passage with the answer, now and then a tempting one without; for an unanswerable question two of them."""
    question, name, title = asked["q"], f"{article['url']}#{asked['q']}", article["title"] or ""
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
