"""Dense, lexical and fused retrieval on classic test collections: nDCG@10 and recall@100 by ir-measures.

    python benchmarks/retrieval.py DATA_FOLDER [--only med …] [--cache FOLDER] [--weights 0.4 0.5 …]

DATA_FOLDER holds one folder a collection in BEIR's form. A document is title and text together, one chunk, of which the
embedder sees the first 256 word pieces. Every judged query counts. With several weights, also the cross-check: the
weight that is best on the other collections, tested on the one left out.
"""

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import R, nDCG
from memory_corpus import KnownQueries, MemoryCorpus, interval

from dateline.index.article import Article, Span
from dateline.index.chunk import Chunk
from dateline.index.chunks import embedding_text
from dateline.index.embed import default_embedder
from dateline.index.retrieve import DEFAULT_SETTINGS, RetrievalSettings, Retriever

SETS = ("cranfield", "cisi", "med", "vaswani")
MEASURES = (nDCG @ 10, R @ 100)
Scores = dict[str, dict[str, list[float]]]  # system → measure → one value a query


def rows(path: Path) -> Iterator[dict]:
    """JSON lines, gzipped or not."""
    found = path if path.exists() else path.with_name(path.name + ".gz")
    content = gzip.decompress(found.read_bytes()) if found.suffix == ".gz" else found.read_bytes()
    yield from map(json.loads, content.splitlines())


def qrels(path: Path) -> dict[str, dict[str, int]]:
    """Judgements by query."""
    judged: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, doc, score = line.split("\t")
        judged.setdefault(query, {})[doc] = int(score)
    return judged


def as_chunk(row: dict) -> tuple[Article, Chunk]:
    """A document as one article with one chunk."""
    article = Article(article_id=row["_id"], text=row["text"], title=row.get("title") or "")
    words = Chunk(Span(row["_id"], 0, len(row["text"])), row["text"], 0, embedding_text(article, row["text"]))
    return article, words


def embedded(name: str, texts: list[str], *, cache: Path | None) -> np.ndarray:
    """Embeddings of the shipped model, kept in a folder where one is given."""
    kept = cache / f"{default_embedder().name}.{name}.npy" if cache else None
    if kept is not None and kept.exists():
        loaded: np.ndarray = np.load(kept)
        return loaded
    made = default_embedder().embed_texts(texts)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, made)
    return made


def open_set(folder: Path, *, cache: Path | None) -> tuple[MemoryCorpus, dict[str, str]]:
    """The collection as a corpus, and its queries by id."""
    queries = {row["_id"]: row["text"] for row in rows(folder / "queries.jsonl")}
    asked = embedded(f"{folder.name}-queries", list(queries.values()), cache=cache)
    pairs = [as_chunk(row) for row in rows(folder / "corpus.jsonl")]
    chunks = [chunk for _, chunk in pairs]
    matrix = embedded(f"{folder.name}-corpus", [chunk.embedding_text for chunk in chunks], cache=cache)
    corpus = MemoryCorpus(
        [article for article, _ in pairs],
        chunks,
        embeddings={chunk.chunk_id: row for chunk, row in zip(chunks, matrix, strict=True)},
        embedder=KnownQueries(dict(zip(queries.values(), asked, strict=True)), dim=asked.shape[1]),
    )
    return corpus, queries


def ranked(corpus: MemoryCorpus, query: str, *, system: str) -> list[tuple[str, float]]:
    """(document id, score) of one system: "lexical", "dense", or a dense weight."""
    if system == "lexical":
        hits = corpus.search_lexical(query, k=100)
    elif system == "dense":
        hits = corpus.search_dense(corpus.embedder.embed_query(query), k=100)
    else:
        found = Retriever(corpus, RetrievalSettings(dense_weight=float(system))).retrieve(query, k=100)
        hits = [(item.chunk.chunk_id, item.score) for item in found]
    return [(chunk_id.rpartition("#")[0], score) for chunk_id, score in hits]


def measure(folder: Path, *, systems: list[str], cache: Path | None) -> Scores:
    """Every system's value for every judged query of a collection."""
    corpus, queries = open_set(folder, cache=cache)
    judged = qrels(folder / "qrels.tsv")
    scores: Scores = {}
    for system in systems:
        run = {query_id: dict(ranked(corpus, text, system=system)) for query_id, text in queries.items()}
        values = ir_measures.iter_calc(MEASURES, judged, run)
        by_measure: dict[str, list[float]] = {str(m): [] for m in MEASURES}
        for value in values:
            by_measure[str(value.measure)].append(value.value)
        scores[system] = by_measure
    return scores


def cross_check(found: dict[str, Scores], weights: list[str]) -> None:
    """For each collection, the weight that is best on the others, and what it gives here."""
    means = {name: {w: float(np.mean(scores[w]["nDCG@10"])) for w in weights} for name, scores in found.items()}
    for name in found:
        others = [other for other in found if other != name]
        chosen = max(weights, key=lambda w: sum(means[other][w] for other in others))
        print(f"{name}: weight {chosen} chosen on the others, nDCG@10 {means[name][chosen]:.3f}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", nargs="*", default=SETS)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--weights", nargs="*", default=[str(DEFAULT_SETTINGS.dense_weight)])
    chosen = parser.parse_args()
    systems = ["lexical", "dense", *chosen.weights]
    found = {name: measure(chosen.data / name, systems=systems, cache=chosen.cache) for name in chosen.only}
    for name, scores in found.items():
        for system, values in scores.items():
            print(f"| {name} | {system} | " + " | ".join(interval(values[str(m)]) for m in MEASURES) + " |")
    for system in systems:
        mean = [np.mean([np.mean(scores[system][str(m)]) for scores in found.values()]) for m in MEASURES]
        print(f"| mean | {system} | " + " | ".join(f"{value:.4f}" for value in mean) + " |")
    if len(chosen.weights) > 1 and len(found) > 1:
        cross_check(found, chosen.weights)


if __name__ == "__main__":
    main()
