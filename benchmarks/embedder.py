"""The shipped int8 embedder against the fp32 model it was made from: agreement, retrieval and speed, in one run.

    python training/export_embedder.py /tmp/fp32 --weights-as float
    python benchmarks/embedder.py DATA_FOLDER /tmp/fp32 [--only cranfield …] [--cache FOLDER]

DATA_FOLDER holds `retrieval/<set>` in BEIR's form and `realtimeqa/articles_2022.jsonl.gz` (`text`) for the sentences.
Agreement is the cosine between the two models' embeddings of a sentence. Retrieval is exact search by cosine over
title and text; nDCG@10 with gain = judgement and discount log2(rank + 1), mean over all judged queries, and the
difference with a 95% interval by bootstrap over queries. Speed is CPU time of this process, both models in turns.
"""

import argparse
import gzip
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.index.embed import SHIPPED, OnnxEmbedder
from dateline.index.sentences import split_sentences

SETS = ("cranfield", "cisi", "med", "vaswani")
Embeddings = NDArray[np.float32]


def rows(path: Path) -> Iterator[dict]:
    """JSON lines, gzipped or not."""
    found = path if path.exists() else path.with_name(path.name + ".gz")
    content = gzip.decompress(found.read_bytes()) if found.suffix == ".gz" else found.read_bytes()
    yield from map(json.loads, content.splitlines())


def some_sentences(data: Path, *, n: int) -> list[str]:
    """One sentence of 20 to 600 characters from each of n articles, the same at each run."""
    chance = random.Random(7)
    picked = []
    for row in rows(data / "realtimeqa" / "articles_2022.jsonl"):
        text = row["text"][:5000]
        fitting = [text[a:b] for a, b in split_sentences(text) if 20 <= b - a <= 600]
        picked += [chance.choice(fitting)] if fitting else []
    return chance.sample(picked, n)


class Kept:
    """An embedder that keeps what it embedded in a folder."""

    def __init__(self, folder: Path, *, cache: Path | None) -> None:
        self.embedder, self.cache = OnnxEmbedder(folder), cache

    def __call__(self, name: str, texts: list[str]) -> Embeddings:
        """The embeddings of the texts; `name` is the file they are kept in."""
        kept = self.cache / f"{self.embedder.name}.{name}.npy" if self.cache else None
        if kept is not None and kept.exists():
            loaded: Embeddings = np.load(kept)
            return loaded
        embeddings = self.embedder.embed_texts(texts)
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            np.save(kept, embeddings)
        return embeddings


def cpu_s(embedder: OnnxEmbedder, texts: list[str]) -> float:
    """CPU seconds for these texts."""
    before = time.process_time()
    embedder.embed_texts(texts)
    return time.process_time() - before


def speed(full: OnnxEmbedder, small: OnnxEmbedder, texts: list[str]) -> str:
    """CPU time of both for the same texts, taken in turns; the smallest of five each."""
    turns = [(cpu_s(full, texts), cpu_s(small, texts)) for _ in range(5)]
    one, other = (min(column) for column in zip(*turns, strict=True))
    n = len(texts)
    return f"CPU per text: fp32 {one / n * 1e3:.1f} ms, int8 {other / n * 1e3:.1f} ms, ratio {one / other:.2f}"


def ndcg(judged: dict[str, int], ranked: list[str], *, k: int = 10) -> float:
    """nDCG@k; a judged document that was not found counts as gain 0."""
    discounts = 1 / np.log2(np.arange(2, k + 2))
    gains = np.array([judged.get(doc, 0) for doc in ranked[:k]], float)
    ideal = np.array(sorted(judged.values(), reverse=True)[:k], float)
    best = float(ideal @ discounts[: len(ideal)])
    return float(gains @ discounts[: len(gains)]) / best if best > 0 else 0.0


def qrels(path: Path) -> dict[str, dict[str, int]]:
    """Judgements by query; queries without a relevant document are left out."""
    judged: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, doc, score = line.split("\t")
        judged.setdefault(query, {})[doc] = int(score)
    return {query: docs for query, docs in judged.items() if max(docs.values()) > 0}


def scores(name: str, *, folder: Path, embed: Kept) -> NDArray[np.float64]:
    """nDCG@10 of each judged query of a set."""
    judged = qrels(folder / "qrels.tsv")
    corpus = list(rows(folder / "corpus.jsonl"))
    queries = [row for row in rows(folder / "queries.jsonl") if row["_id"] in judged]
    texts = [f"{doc.get('title') or ''} {doc['text']}".strip() for doc in corpus]
    documents = embed(f"{name}-corpus", texts)
    asked = embed(f"{name}-queries", [row["text"] for row in queries])
    best = np.argsort(-(asked @ documents.T), axis=1, kind="stable")[:, :10]
    ids = [doc["_id"] for doc in corpus]
    return np.array(
        [ndcg(judged[q["_id"]], [ids[i] for i in row]) for q, row in zip(queries, best, strict=True)], np.float64
    )


def interval(values: NDArray[np.float64]) -> str:
    """95% percentile interval of the mean, by bootstrap with a fixed seed."""
    picks = np.random.default_rng(0).integers(0, len(values), (5000, len(values)))
    low, high = np.quantile(values[picks].mean(axis=1), (0.025, 0.975))
    return f"{low:+.4f} … {high:+.4f}"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("fp32", type=Path)
    parser.add_argument("--only", nargs="*", default=SETS)
    parser.add_argument("--cache", type=Path)
    chosen = parser.parse_args()
    full, small = (Kept(folder, cache=chosen.cache) for folder in (chosen.fp32, SHIPPED))
    sentences = some_sentences(chosen.data, n=1000)
    cosines = (full("sentences", sentences) * small("sentences", sentences)).sum(axis=1)
    print(f"agreement n=1000: mean {cosines.mean():.4f}, p1 {np.quantile(cosines, 0.01):.4f}, min {cosines.min():.4f}")
    # Four sentences make about what a chunk has.
    chunks = [" ".join(sentences[i : i + 4]) for i in range(0, 400, 4)]
    print(speed(full.embedder, small.embedder, chunks), flush=True)
    for name in chosen.only:
        folder = chosen.data / "retrieval" / name
        one, other = scores(name, folder=folder, embed=full), scores(name, folder=folder, embed=small)
        difference = f"{(other - one).mean():+.4f} ({interval(other - one)})"
        print(f"| {name} | {len(one)} | {one.mean():.4f} | {other.mean():.4f} | {difference} |", flush=True)


if __name__ == "__main__":
    main()
