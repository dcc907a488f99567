"""How chunk size and rule bear on what five retrieved chunks hold: recall, precision, IoU and precision-omega.

    python benchmarks/chunking.py DATA_FOLDER [--k 5]

DATA_FOLDER holds `questions.jsonl` (corpus, question, references with start_index and end_index) and one `<corpus>.md`
for each corpus, as published with the Chroma chunking report. The measures are that report's and count characters, as
its code does: with R the excerpts of a question and C the k retrieved chunks (of all corpora in one pool),
recall = |R∩C|/|R|, precision = |R∩C|/Σ|c|, IoU = |R∩C|/(Σ|c| + |R minus C|), where overlapping chunks count twice in
Σ|c|; precision-omega is the IoU of all chunks that touch an excerpt, whatever was retrieved. Each is a mean over
questions, with a 95% interval by bootstrap over them. The words are embedded alone: these corpora have no titles.
"""

import argparse
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.index.chunks import ChunkSettings, chunk_spans
from dateline.index.embed import Embedder, default_embedder
from dateline.index.sentences import split_sentences
from dateline.index.tokens import count_each
from dateline.index.vectors.neighbours import with_neighbours

Range = tuple[int, int]
Rule = Callable[[str], list[Range]]
MEASURES = ("recall", "precision", "IoU", "precision-omega")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its corpus, and the excerpts that answer it, joined and in order."""

    corpus: str
    text: str
    excerpts: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A chunk of one corpus."""

    corpus: str
    start: int
    end: int


def joined(ranges: Iterable[Range]) -> list[Range]:
    """The union as disjoint ranges in order; touching ranges become one."""
    union: list[Range] = []
    for start, end in sorted(ranges):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], end))
        else:
            union.append((start, end))
    return union


def length(ranges: Iterable[Range]) -> int:
    """Characters in all ranges, overlaps counted as often as they occur."""
    return sum(end - start for start, end in ranges)


def common(one: Sequence[Range], other: Sequence[Range]) -> int:
    """Characters in both unions."""
    cut = [(max(a, c), min(b, d)) for a, b in joined(one) for c, d in joined(other)]
    return sum(max(0, end - start) for start, end in cut)


def scores(question: Question, retrieved: Sequence[Piece], pieces: Sequence[Piece]) -> list[float]:
    """The four measures of one question, in the order of MEASURES."""
    here = [(piece.start, piece.end) for piece in retrieved if piece.corpus == question.corpus]
    found, asked = common(question.excerpts, here), length(question.excerpts)
    read = sum(piece.end - piece.start for piece in retrieved)
    touching = [
        (piece.start, piece.end)
        for piece in pieces
        if piece.corpus == question.corpus and common(question.excerpts, [(piece.start, piece.end)])
    ]
    ideal = common(question.excerpts, touching)
    omega = ideal / (length(joined(touching)) + asked - ideal)
    return [found / asked, found / read, found / (read + asked - found), omega]


def interval(values: NDArray[np.float64], *, n_samples: int = 2000) -> str:
    """95% percentile interval of the mean, by bootstrap with a fixed seed."""
    picks = np.random.default_rng(0).integers(0, len(values), (n_samples, len(values)))
    low, high = np.quantile(values[picks].mean(axis=1), (0.025, 0.975))
    return f"{low:.3f}–{high:.3f}"


def read_questions(folder: Path) -> list[Question]:
    """All questions of the data folder."""
    rows = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        Question(
            row["corpus"],
            row["question"],
            tuple(joined((ref["start_index"], ref["end_index"]) for ref in row["references"])),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Variant:
    """A chunking rule, and how much of its neighbours each chunk's embedding gets."""

    name: str
    rule: Rule
    weight: float = 0.0


def measure(variant: Variant, *, corpora: dict[str, str], questions: list[Question], embedder: Embedder, k: int) -> str:
    """One row of the table: number and size of chunks, and each measure with its interval."""
    pieces, embeddings, sizes = [], [], []
    for name, text in corpora.items():
        ranges = variant.rule(text)
        pieces += [Piece(name, start, end) for start, end in ranges]
        words = [text[start:end] for start, end in ranges]
        sizes += count_each(words)
        embeddings.append(with_neighbours(embedder.embed_texts(words), weight=variant.weight))
    asked = embedder.embed_texts([question.text for question in questions])
    best = np.argsort(-(asked @ np.concatenate(embeddings).T), axis=1, kind="stable")[:, :k]
    values = np.array(
        [scores(q, [pieces[i] for i in row], pieces) for q, row in zip(questions, best, strict=True)], np.float64
    )
    cells = [f"{column.mean():.3f} ({interval(column)})" for column in values.T]
    return f"| {variant.name} | {len(pieces)} | {np.mean(sizes):.0f} | " + " | ".join(cells) + " |"


def filled(*, max_tokens: int, overlap: int = 0) -> Rule:
    """Whole sentences until the budget is full; the last `overlap` ones begin the next chunk too."""

    def rule(text: str) -> list[Range]:
        units = split_sentences(text)
        sizes = count_each([text[start:end] for start, end in units])
        chunks, first = [], 0
        while first < len(units):
            last = first
            while last + 1 < len(units) and sum(sizes[first : last + 2]) <= max_tokens:
                last += 1
            chunks.append((units[first][0], units[last][1]))
            first = len(units) if last + 1 == len(units) else max(first + 1, last + 1 - overlap)
        return chunks

    return rule


def windows(*, size: int, step: int) -> Rule:
    """The report's baseline: `size` tokens every `step` tokens, cut at any blank."""

    def rule(text: str) -> list[Range]:
        words = [(match.start(), match.end()) for match in re.finditer(r"\s*\S+", text)]
        tokens = np.cumsum([0, *count_each([text[start:end] for start, end in words])])
        chunks, first, last = [], 0, 0
        while last < len(words):
            last = max(first + 1, int(np.searchsorted(tokens, tokens[first] + size, side="right")) - 1)
            chunks.append((words[first][0], words[last - 1][1]))
            first = max(first + 1, int(np.searchsorted(tokens, tokens[first] + step, side="right")) - 1)
        return chunks

    return rule


def ours(max_tokens: int) -> Rule:
    """The product's rule: whole sentences near 70% of the budget, cut at ends of paragraphs."""
    return lambda text: chunk_spans(text, ChunkSettings(max_tokens=max_tokens))


VARIANTS = (
    Variant("windows of 200", windows(size=200, step=200)),
    Variant("windows of 250, 125 again", windows(size=250, step=125)),
    *(Variant(f"filled to {n}", filled(max_tokens=n)) for n in (100, 120, 160, 200)),
    Variant("filled to 120, 1 sentence again", filled(max_tokens=120, overlap=1)),
    *(Variant(f"paragraphs, {n}", ours(n)) for n in (140, 160, 180)),
    *(Variant(f"paragraphs, {n}, neighbours 0.15", ours(n), 0.15) for n in (130, 140, 150, 160, 170, 180)),
    Variant("paragraphs, 160, neighbours 0.3", ours(160), 0.3),
)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--k", type=int, default=5)
    chosen = parser.parse_args()
    questions = read_questions(chosen.data)
    corpora = {n: (chosen.data / f"{n}.md").read_text(encoding="utf-8") for n in sorted({q.corpus for q in questions})}
    embedder = default_embedder()
    print("| rule | chunks | tokens | " + " | ".join(MEASURES) + " |\n" + "|---" * 7 + "|")
    for variant in VARIANTS:
        row = measure(variant, corpora=corpora, questions=questions, embedder=embedder, k=chosen.k)
        print(row, flush=True)


if __name__ == "__main__":
    main()
