"""Fit the few dozen weights that turn the network's scores into answers and confidences; prints them.

    python training/answer_weights.py DATA

Two small regressions on public questions that the network was not trained on: which candidate is the answer
(`app/extractive/short_answer.py`), and whether the chosen one is right (`app/extractive/sufficiency.py`), which is the
confidence of an answer. The news quizzes are those of 2023, which the network was tuned without. The second is held
near the weights of today, so that a feature that a public set hardly shows keeps its meaning.
"""

import argparse
import gzip
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from reader.sources import HELD_OUT, read_lines, share
from reader.speakers import asked as asked_for
from reader.speakers import quotations

from dateline.app.extractive import short_answer, sufficiency
from dateline.app.extractive.candidates import FEATURES, SPANLESS, Candidate, candidates_of
from dateline.app.extractive.question_kind import Question, parse_question
from dateline.app.extractive.reader import ExtractiveReader
from dateline.app.extractive.short_answer import choose
from dateline.index.article import Article
from dateline.index.embed import default_embedder
from dateline.index.spans import SpanModel, default_span_model

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.reader import Case, best_chunks, f1, news_cases, plain

SEED, FOLDS, RIGHT = 5, 5, 0.5


@dataclass(frozen=True)
class Row:
    """One question with its candidates: their features (n, features), their worth in [0, 1], and how each is judged."""

    source: str
    answerable: bool
    kind: str
    features: np.ndarray
    worth: np.ndarray
    judge: Callable[[], np.ndarray]
    best: Callable[[], int]


def held_out(path: Path, *, n: int) -> Iterator[Case]:
    """Questions on paragraphs that were kept out of training, each with its neighbours as the other texts."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        entries = json.load(file)["data"]
    articles = {entry["title"] for entry in entries[1::2]} if "squad2" in path.name else set()
    found = [
        (entry, i, asked)
        for entry in entries
        for i, paragraph in enumerate(entry["paragraphs"])
        for asked in paragraph["qas"]
        if entry["title"] in articles
        or "clapnq" in path.name
        or (share(paragraph["context"]) < HELD_OUT and not articles)
    ]
    for entry, i, asked in random.Random(SEED).sample(found, min(n, len(found))):
        first = max(0, i - 2)
        texts = [
            Article(article_id=f"{entry['title']}-{k}", title=entry["title"].replace("_", " "), text=p["context"])
            for k, p in enumerate(entry["paragraphs"][first : first + 5], start=first)
        ]
        answers = tuple(sorted({answer["text"] for answer in asked["answers"]}))
        yield Case(
            asked["question"], answers, not asked.get("is_impossible", False), best_chunks(asked["question"], texts)
        )


def short_news(path: Path, *, n: int) -> Iterator[Case]:
    """Questions on single held-out sentences of Wikinews among others; a third without that sentence."""
    dice = random.Random(SEED)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        paragraphs = [
            p for entry in json.load(file)["data"] if "wikinews" in entry["title"] for p in entry["paragraphs"]
        ]
    pool = [paragraph["context"] for paragraph in paragraphs]
    asked = [(p["context"], qa) for p in paragraphs if share(p["context"]) < HELD_OUT for qa in p["qas"]]
    for own, qa in dice.sample(asked, min(n, len(asked))):
        there = dice.random() < 0.67
        others = [text for text in dice.sample(pool, 16) if text != own][:15]
        stories = [
            " ".join([*others[3 * i : 3 * i + 2], own if there and i == 2 else others[3 * i + 2]]) for i in range(5)
        ]
        texts = [Article(article_id=str(i), title="", text=story) for i, story in enumerate(stories)]
        answers = tuple(sorted({answer["text"] for answer in qa["answers"]}))
        yield Case(qa["question"], answers, there, best_chunks(qa["question"], texts))


def who_said(path: Path, *, n: int) -> Iterator[Case]:
    """Questions for the speaker of a quotation in a news article, among others; a third without it."""
    dice = random.Random(SEED + 1)
    rows = [row for row in read_lines(path) if 1500 < len(row["text"]) < 9000]
    found = [(row, quote) for row in dice.sample(rows, len(rows)) for quote in quotations(row["text"])[2:3]]
    for row, (words, start, end, at) in found[:n]:
        there = dice.random() < 0.67
        text = row["text"] if there else row["text"][: max(0, min(at, start) - 150)] + row["text"][max(end, at) + 300 :]
        others = [(other["title"] or "", other["text"]) for other in dice.sample(rows, 3)]
        texts = [
            Article(article_id=str(i), title=title, text=body)
            for i, (title, body) in enumerate([(row["title"] or "", text), *others])
        ]
        question = asked_for(words, rng=dice)
        yield Case(question, (row["text"][start:end],), there, best_chunks(question, texts))


def rows_of(source: str, cases: Iterator[Case], model: SpanModel) -> Iterator[Row]:
    """The cases as the product sees them."""
    reader = ExtractiveReader(default_embedder(), model)
    for case in cases:
        asked = parse_question(case.question)
        ranked = reader._rank(asked, case.evidence)
        if not ranked.sentences:
            continue
        candidates = candidates_of(asked, ranked.sentences, ranked.signal, ranked.weighing)

        def judge(asked: Question = asked, ranked=ranked, candidates: Sequence[Candidate] = candidates) -> np.ndarray:
            return sufficiency.judge(asked, choose(asked, candidates), ranked.views, ranked.weighing).features

        def best(asked: Question = asked, candidates: Sequence[Candidate] = candidates) -> int:
            chosen = choose(asked, candidates)
            return next(
                i for i, one in enumerate(candidates) if one.scored is chosen.scored and one.value is chosen.value
            )

        worth = np.array([value_of(one, asked, case) for one in candidates])
        features = np.array([one.features for one in candidates])
        yield Row(source, case.answerable, asked.kind, features, worth, judge, best)


def value_of(one: Candidate, asked: Question, case: Case) -> float:
    """F1 of a candidate with the nearest right answer; where the sentence is the answer, whether it holds one."""
    if not case.answerable:
        return 0.0
    sentence = one.scored.sentence.text
    if asked.kind in SPANLESS or one.value is None:
        return 0.7 * any(f" {plain(answer)} " in f" {plain(sentence)} " for answer in case.answers)
    forms = {one.value.text, sentence[one.value.start : one.value.end]}
    return max((f1(form, answer) for form in forms for answer in case.answers), default=0.0)


def fit_choice(rows: Sequence[Row], *, l2: float = 0.01) -> np.ndarray:
    """Conditional logistic regression: each question's candidates compete, by the square of their worth."""
    taught = [row for row in rows if row.worth.max(initial=0) >= RIGHT]
    scale = np.concatenate([row.features for row in taught]).std(axis=0) + 1e-6
    inputs = [torch.tensor(row.features / scale, dtype=torch.float32) for row in taught]
    targets = [torch.tensor(row.worth**2 / (row.worth**2).sum(), dtype=torch.float32) for row in taught]
    weights = torch.zeros(len(scale), requires_grad=True)

    def loss() -> torch.Tensor:
        terms = [-(y * torch.log_softmax(x @ weights, 0)).sum() for x, y in zip(inputs, targets, strict=True)]
        return torch.stack(terms).mean() + l2 * (weights**2).sum()

    return minimised(weights, loss) / scale


def fit_judgement(features: np.ndarray, right: np.ndarray, *, prior: np.ndarray, l2: float = 0.02) -> np.ndarray:
    """Logistic regression held near `prior` and to its signs; what the network says only ever speaks for an answer."""
    scale = features.std(axis=0) + 1e-6
    scale[0] = 1.0
    x, y = torch.tensor(features / scale, dtype=torch.float32), torch.tensor(right, dtype=torch.float32)
    start = torch.tensor(prior * scale, dtype=torch.float32)
    held = torch.ones(len(prior))
    held[0] = 0.0
    signs = torch.sign(start)
    signs[[sufficiency.FEATURES.index(name) for name in SPEAKS_FOR]] = 1.0
    weights = start.clone().requires_grad_(True)
    optimizer = torch.optim.Adam([weights], lr=0.02)
    for _ in range(3000):
        optimizer.zero_grad()
        fit = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights, y)
        (fit + l2 * (held * (weights - start) ** 2).sum()).backward()
        optimizer.step()
        with torch.no_grad():
            weights[(weights * signs < 0) & (held > 0)] = 0.0
    return weights.detach().numpy() / scale


SPEAKS_FOR = ("margin", "here", "agree", "lead")


def minimised(weights: torch.Tensor, loss: Callable[[], torch.Tensor]) -> np.ndarray:
    """The weights at the least loss."""
    optimizer = torch.optim.LBFGS([weights], max_iter=300, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        value = loss()
        value.backward()
        return value

    optimizer.step(closure)
    return weights.detach().numpy()


def crossed(rows: Sequence[Row]) -> None:
    """Prints, by set, the worth of the chosen candidate when its fold was left out of fitting."""
    fold = {id(row): i % FOLDS for i, row in enumerate(random.Random(1).sample(list(rows), len(rows)))}
    fits = [fit_choice([row for row in rows if fold[id(row)] != k]) for k in range(FOLDS)]
    for source in sorted({row.source for row in rows}):
        some = [row for row in rows if row.source == source and row.answerable]
        if some:
            got = [row.worth[np.argmax(row.features @ fits[fold[id(row)]])] for row in some]
            most = [row.worth.max() for row in some]
            print(f"  {source}: {np.mean(got):.3f} of at most {np.mean(most):.3f} (n {len(some)})")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("-n", type=int, default=200, help="questions a set")
    chosen = parser.parse_args()
    rows: list[Row] = []
    for name in ("new_wiki", "squad2_a_public", "clapnq_public"):
        rows += rows_of(name, held_out(chosen.data / "reader" / f"{name}.json.gz", n=chosen.n), default_span_model())
        print(name, len(rows), flush=True)
    cases = news_cases(chosen.data / "realtimeqa", year=2023, n=chosen.n, dice=random.Random(SEED))
    rows += rows_of("realtimeqa 2023", cases, default_span_model())
    print("realtimeqa 2023", len(rows), flush=True)
    rows += rows_of("wikinews", short_news(chosen.data / "reader" / "qamr.json.gz", n=chosen.n), default_span_model())
    news = chosen.data / "realtimeqa" / "articles_2022.jsonl.gz"
    rows += rows_of("speakers", who_said(news, n=chosen.n), default_span_model())
    print("worth of the chosen candidate, five folds:")
    crossed(rows)
    short_answer.WEIGHTS = fit_choice(rows)
    print("short_answer.WEIGHTS", dict(zip(FEATURES, short_answer.WEIGHTS.round(2).tolist(), strict=True)))
    features = np.array([row.judge() for row in rows])
    right = np.array([row.worth[row.best()] >= RIGHT for row in rows], float)
    weights = fit_judgement(features, right, prior=sufficiency.WEIGHTS)
    print("sufficiency.WEIGHTS", dict(zip(sufficiency.FEATURES, weights.round(2).tolist(), strict=True)))
    reliability(1 / (1 + np.exp(-features @ weights)), right)


def reliability(confidence: np.ndarray, right: np.ndarray) -> None:
    """Prints coverage at 80% right, and the expected calibration error over ten bins of equal size."""
    order = np.argsort(-confidence)
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(precision >= 0.8)
    if len(enough):
        at = enough[-1]
        print(f"80% right at confidence {confidence[order[at]]:.2f}: coverage {(at + 1) / len(order):.2f}")
    bins = np.array_split(order, 10)
    error = sum(len(b) * abs(confidence[b].mean() - right[b].mean()) for b in bins) / len(order)
    print(f"expected calibration error {error:.3f} (in sample)")


if __name__ == "__main__":
    main()
