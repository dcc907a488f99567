"""News quizzes as training data: the question, and the passages of its articles that hold the answer's words.

Nobody has marked where in an article a quiz question is answered (distant supervision). So only passages that share
words with the question and the quiz writer's explanation are taken, and a reader trained without them has to agree that
the answer stands there (`agreed`). Passages of the same articles without the answer are the negatives.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bm25s

from .sources import Example, read_lines

PASSAGE_CHARS = 800
N_RIGHT, N_WRONG = 2, 3
WORDS = re.compile(r"\w+")


def passages(text: str) -> list[str]:
    """Paragraphs of an article, joined up to a chunk's length; a longer paragraph is cut at a sentence's end."""
    joined: list[str] = []
    for paragraph in (part.strip() for line in text.split("\n") for part in pieces(line)):
        if joined and len(joined[-1]) + len(paragraph) < PASSAGE_CHARS:
            joined[-1] += f"\n{paragraph}"
        elif paragraph:
            joined.append(paragraph)
    return joined


def pieces(paragraph: str) -> list[str]:
    """A paragraph in pieces of at most PASSAGE_CHARS where sentences allow it."""
    found = [""]
    for sentence in re.split(r"(?<=[.!?]) (?=[A-Z“\"])", paragraph):
        if found[-1] and len(found[-1]) + len(sentence) > PASSAGE_CHARS:
            found.append("")
        found[-1] = f"{found[-1]} {sentence}".strip()
    return found


def quiz_examples(folder: Path, year: int, *, rng: random.Random) -> list[Example]:
    """Right and wrong passages of every question of a year whose answer stands in an article."""
    articles = {row["url"]: row for row in read_lines(folder / f"articles_{year}.jsonl.gz")}
    found: list[Example] = []
    for row in read_lines(folder / f"questions_{year}.jsonl.gz"):
        if row["urls_with_answer_string"] and len(row["answers"]) == 1:
            urls = dict.fromkeys([*row["urls_with_answer_string"], *row["retrieved_urls"]])
            found += of_question(row, [articles[url] for url in urls if url in articles], rng=rng)
    return found


def of_question(row: dict[str, Any], articles: list[dict[str, Any]], *, rng: random.Random) -> list[Example]:
    """The passages nearest to a question: up to two that hold the answer, up to three that do not."""
    titled = [(article["title"] or "", passage) for article in articles for passage in passages(article["text"])]
    if len(titled) < 2:
        return []
    answer = re.compile(rf"(?<!\w){re.escape(row['answers'][0])}(?!\w)", re.I)
    near = ranked(f"{row['question']} {row['evidence'] or ''}", titled)
    right = [titled[i] for i in near if answer.search(titled[i][1])][:N_RIGHT]
    tempting = [titled[i] for i in ranked(row["question"], titled) if not answer.search(" ".join(titled[i]))]
    name = f"quiz{row['question_id']}"
    examples = [
        Example(row["question"], text, tuple(m.span() for m in answer.finditer(text)), title, "quiz", name)
        for title, text in right
    ]
    wrong = rng.sample(tempting[:6], min(N_WRONG, len(tempting[:6])))
    return examples + [Example(row["question"], text, (), title, "quiz", f"{name}#hard") for title, text in wrong]


def ranked(query: str, titled: list[tuple[str, str]]) -> list[int]:
    """Positions of the passages by BM25, best first, without those that share nothing with the query."""
    index = bm25s.BM25(method="lucene")
    texts = [f"{title} {text}" for title, text in titled]
    index.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)
    rows, scores = index.retrieve(
        bm25s.tokenize([query], show_progress=False), k=min(40, len(titled)), show_progress=False
    )
    return [int(i) for i, score in zip(rows[0], scores[0], strict=True) if score > 0]


def agreed(
    examples: list[Example], margins: Callable[[list[Example]], list[tuple[float, tuple[int, int]]]], *, least: float
) -> list[Example]:
    """The examples whose answer another reader finds likely enough: for each question its best passage, if any.

    `margins` gives for each example the best margin among its own gold spans, and that span; the others go.
    """
    right = [e for e in examples if e.answers]
    best: dict[str, list[tuple[float, Example]]] = defaultdict(list)
    for example, (margin, span) in zip(right, margins(right), strict=True):
        kept = Example(example.question, example.context, (span,), example.title, example.source, example.id)
        best[example.id].append((margin, kept))
    taken = [max(found, key=lambda pair: pair[0]) for found in best.values()]
    sure = {example.id: example for margin, example in taken if margin > least}
    return [*sure.values(), *(e for e in examples if not e.answers and e.id.split("#")[0] in sure)]
