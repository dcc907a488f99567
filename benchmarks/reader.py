"""How well the extractive reader answers and refuses on public data: `python benchmarks/reader.py DATA_FOLDER`.

Reads sets in the form of SQuAD (`reader/*.json.gz`) and RealTime QA (`realtimeqa/*.jsonl.gz`) below the folder. The
reader gets the best 8 chunks, by words, of five texts: the one with the answer and its neighbours. Impossible
questions, and questions on news without the article that answers, are to be refused. Questions are drawn with a seed
other than the one the weights were fitted with.
"""

import argparse
import gzip
import json
import math
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dateline.app.extractive.question_words import content_stems
from dateline.app.extractive.reader import ExtractiveReader
from dateline.app.reader import Reading
from dateline.index.article import Article
from dateline.index.chunk import Evidence
from dateline.index.chunks import chunk_article
from dateline.index.embed import default_embedder
from dateline.index.spans import default_span_model

N_CHUNKS = 8
N_TEXTS = 5
SEED = 20


@dataclass(frozen=True, slots=True)
class Case:
    """A question, its right answers (any of them), whether the texts answer it, and the evidence."""

    question: str
    answers: tuple[str, ...]
    answerable: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one case."""

    answerable: bool
    answered: bool
    in_drafts: bool
    exact: float | None
    f1: float | None
    millis: float


def plain(text: str) -> str:
    """Lower case without punctuation, articles and doubled blanks, as SQuAD compares answers."""
    words = re.sub(r"[^\w\s]", " ", text.lower()).split()
    return " ".join(word for word in words if word not in {"a", "an", "the"})


def f1(said: str, right: str) -> float:
    """Harmonic mean of precision and recall of the words."""
    a, b = Counter(plain(said).split()), Counter(plain(right).split())
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if shared else 0.0


def best_chunks(question: str, articles: Sequence[Article]) -> tuple[Evidence, ...]:
    """The best chunks by BM25 over the question's stems."""
    chunks = [(chunk, article) for article in articles for chunk in chunk_article(article)]
    bags = [Counter(content_stems(chunk.embedding_text)) for chunk, _ in chunks]
    mean = sum(bag.total() for bag in bags) / max(1, len(bags))
    seen = Counter(stem for bag in bags for stem in bag)

    def score(bag: Counter[str]) -> float:
        norm = 1.2 * (0.25 + 0.75 * bag.total() / mean)
        idf = {
            stem: math.log(1 + (len(bags) - seen[stem] + 0.5) / (seen[stem] + 0.5)) for stem in set(asked) & set(bag)
        }
        return sum(idf[stem] * bag[stem] * 2.2 / (bag[stem] + norm) for stem in idf)

    asked = content_stems(question)
    scores = [score(bag) for bag in bags]
    order = sorted(range(len(chunks)), key=lambda i: -scores[i])[:N_CHUNKS]
    top = max(scores, default=0.0) or 1.0
    return tuple(
        Evidence(chunk=chunks[i][0], article=chunks[i][1], scores={"fused": scores[i] / top}, rank=rank)
        for rank, i in enumerate(order, start=1)
    )


def squad_cases(path: Path, *, n: int, dice: random.Random) -> Iterator[Case]:
    """Questions of a set in SQuAD's form; the texts are the paragraph and its neighbours."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        data = json.load(lines)["data"]
    found = [(entry, i, asked) for entry in data for i, p in enumerate(entry["paragraphs"]) for asked in p["qas"]]
    for entry, i, asked in dice.sample(found, min(n, len(found))):
        first = max(0, i - N_TEXTS // 2)
        texts = [
            Article(article_id=f"{entry['title']}-{k}", title=entry["title"].replace("_", " "), text=p["context"])
            for k, p in enumerate(entry["paragraphs"][first : first + N_TEXTS], start=first)
        ]
        answers = tuple(sorted({answer["text"] for answer in asked["answers"]}))
        evidence = best_chunks(asked["question"], texts)
        yield Case(asked["question"], answers, not asked.get("is_impossible", False), evidence)


def news_cases(folder: Path, *, year: int, n: int, dice: random.Random) -> Iterator[Case]:
    """Quiz questions twice: with an article that has the answer's words among five, and without any."""
    articles = {row["url"]: row for row in _rows(folder / f"articles_{year}.jsonl.gz")}
    asked = [row for row in _rows(folder / f"questions_{year}.jsonl.gz") if row["urls_with_answer_string"]]
    for row in dice.sample(asked, min(n, len(asked))):
        holding = set(row["urls_with_answer_string"])
        urls = [url for url in dict.fromkeys(row["retrieved_urls"] + sorted(holding)) if url in articles]
        good = [_article(articles[url]) for url in urls if url in holding][:2]
        bad = [_article(articles[url]) for url in urls if url not in holding | set(row["gold_urls"])]
        answers = tuple(row["answers"])
        if good:
            texts = [*good, *bad][:N_TEXTS]
            yield Case(row["question"], answers, answerable=True, evidence=best_chunks(row["question"], texts))
        if bad:
            yield Case(row["question"], answers, answerable=False, evidence=best_chunks(row["question"], bad[:N_TEXTS]))


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _article(row: dict[str, Any]) -> Article:
    day = re.match(r"(\d{4})\D(\d\d)\D(\d\d)", row.get("publish_date") or "")
    published = date(int(day[1]), int(day[2]), int(day[3])) if day else None
    return Article(article_id=row["url"], title=row["title"] or "", text=row["text"], published=published)


def run(case: Case, reader: ExtractiveReader) -> Row:
    """Reads one case and compares."""
    start = time.process_time()
    reading = reader.read(case.question, case.evidence)
    millis = 1000 * (time.process_time() - start)
    answered = reading.declined is None
    return Row(
        case.answerable, answered, answered and _in_drafts(reading, case.answers), *_short(reading, case), millis
    )


def _in_drafts(reading: Reading, answers: Sequence[str]) -> bool:
    told = f" {plain(' '.join(draft.text for draft in reading.drafts) + ' ' + (reading.short_answer or ''))} "
    return any(f" {plain(answer)} " in told for answer in answers)


def _short(reading: Reading, case: Case) -> tuple[float | None, float | None]:
    """Exact match and F1 of the short answer with the nearest right one; None where no short answer was given."""
    if reading.short_answer is None or not case.answers or not case.answerable:
        return None, None
    said = reading.short_answer
    return float(any(plain(said) == plain(a) for a in case.answers)), max(f1(said, a) for a in case.answers)


def interval(values: Sequence[float]) -> str:
    """Mean with a 95% bootstrap interval and n."""
    if not values:
        return "–"
    numbers = np.array(values, float)
    means = np.random.default_rng(0).choice(numbers, (2000, len(numbers))).mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return f"{numbers.mean():.3f} ({low:.3f}–{high:.3f}, n {len(numbers)})"


def table_row(name: str, rows: Sequence[Row]) -> str:
    """One line of the table in Markdown."""
    measures: list[Callable[[Row], float | None]] = [
        lambda row: float(row.in_drafts) if row.answerable else None,
        lambda row: float(row.in_drafts) if row.answerable and row.answered else None,
        lambda row: row.exact,
        lambda row: row.f1,
        lambda row: float(not row.answered) if not row.answerable else None,
        lambda row: float(not row.answerable) if not row.answered else None,
    ]
    cells = [interval([value for row in rows if (value := measure(row)) is not None]) for measure in measures]
    millis = np.percentile([row.millis for row in rows], [50, 95])
    return f"| {name} | {' | '.join(cells)} | {millis[0]:.0f} / {millis[1]:.0f} |"


def main() -> None:
    """Prints the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("-n", type=int, default=200, help="questions a set")
    options = arguments.parse_args()
    reader = ExtractiveReader(default_embedder(), default_span_model())
    sets: dict[str, Iterator[Case]] = {
        name: squad_cases(options.data / "reader" / f"{name}.json.gz", n=options.n, dice=random.Random(SEED))
        for name in ("new_wiki", "squad2_a_public", "clapnq_public")
    }
    for year in (2022, 2023):
        found = news_cases(options.data / "realtimeqa", year=year, n=options.n // 4, dice=random.Random(SEED))
        sets[f"realtimeqa {year}"] = found
    print(
        "| set | gold in the drafts, all answerable | … of those answered | short answer EM | F1 | refusal recall ",
        end="",
    )
    print("| refusal precision | CPU ms p50 / p95 |")
    print("|---|---|---|---|---|---|---|---|")
    for name, cases in sets.items():
        print(table_row(name, [run(case, reader) for case in cases]), flush=True)


if __name__ == "__main__":
    main()
