"""Retrieval over a year of news: is an article with the answer, or one that the quiz links, among the first?

    python benchmarks/realtimeqa_retrieval.py DATA_FOLDER YEAR [--lead N] [--lexical N] [--sample N] [--cache FOLDER]

DATA_FOLDER/realtimeqa holds `articles_YEAR` and `questions_YEAR` (JSON Lines, gzipped). The pool is the whole year;
an article counts by its best chunk. Answer in the top k: over the questions that have `urls_with_answer_string`, an
article whose text or title holds every answer word for word, punctuation and case off. Gold in the top k: one of
`gold_urls_in_articles`. Embedding a year takes hours on two cores, so `--lead` limits the dense side to the first
chunks of each article, and `--lexical` adds the chunks that BM25 ranks first for each question.
"""

import argparse
import gzip
import json
import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
from memory_corpus import KnownQueries, MemoryCorpus, article_ranking, interval

from dateline.index.article import Article
from dateline.index.chunk import Chunk
from dateline.index.chunks import chunk_article
from dateline.index.embed import default_embedder
from dateline.index.retrieve import Retriever

CUTS = (1, 5, 10)
N_CHUNKS = 100
BATCH = 512
Ranking = Callable[["Asked"], list[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its day, and the articles that count: with the answer, and linked by the quiz."""

    text: str
    day: date | None
    answered_by: frozenset[str]
    gold: frozenset[str]


def read(path: Path) -> list[dict]:
    """JSON lines, gzipped."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def day(text: str | None) -> date | None:
    """A date written 2022/06/16."""
    parts = re.fullmatch(r"(\d{4})/(\d{2})/(\d{2})", text or "")
    return date(*map(int, parts.groups())) if parts else None


def plain(text: str) -> str:
    """Lower case, punctuation off, blanks joined, a blank at both ends."""
    words = re.sub(r"[^\w\s]", " ", text.lower()).split()
    return f" {' '.join(words)} "


def load(folder: Path, year: str, *, sample: int | None) -> tuple[list[Article], list[Asked]]:
    """The pool and its questions; a sample is of the questions that have an answer in some article."""
    rows = {row["url"]: row for row in read(folder / f"articles_{year}.jsonl.gz")}
    pages = {url: plain(f"{row['text']} {row['title'] or ''}") for url, row in rows.items()}
    questions = read(folder / f"questions_{year}.jsonl.gz")
    if sample:
        qualified = [q for q in questions if q["urls_with_answer_string"]]
        questions = random.Random(1).sample(qualified, sample)
    articles = [
        Article(article_id=url, text=row["text"], title=row["title"] or "", published=day(row["publish_date"]))
        for url, row in rows.items()
    ]
    return articles, [asked(question, pages) for question in questions]


def asked(question: dict, pages: dict[str, str]) -> Asked:
    """One question with what counts for it; nothing where no article was found to hold its answer."""
    answers = [plain(answer) for answer in question["answers"]] if question["urls_with_answer_string"] else []
    holding = {url for url, page in pages.items() if all(answer in page for answer in answers)} if answers else set()
    gold = frozenset(question["gold_urls_in_articles"])
    return Asked(question["question"], day(question["date"]), frozenset(holding), gold)


def some_of(chunks: Sequence[Chunk], *, lead: int | None) -> list[Chunk]:
    """The first chunks of each article; all where there is no limit."""
    if lead is None:
        return list(chunks)
    seen: dict[str, int] = {}
    kept = []
    for chunk in chunks:
        article_id = chunk.span.article_id
        seen[article_id] = seen.get(article_id, 0) + 1
        if seen[article_id] <= lead:
            kept.append(chunk)
    return kept


def embedded(chunks: Sequence[Chunk], *, cache: Path | None) -> dict[str, np.ndarray]:
    """Embeddings by chunk id, kept in a folder in files of a few hundred, so that a stopped run goes on."""
    found: dict[str, np.ndarray] = {}
    for file in sorted(cache.glob("*.npz")) if cache else []:
        kept = np.load(file)
        found |= dict(zip(kept["ids"].tolist(), kept["embeddings"], strict=True))
    missing = iter([chunk for chunk in chunks if chunk.chunk_id not in found])
    while batch := list(islice(missing, BATCH)):
        made = default_embedder().embed_texts([chunk.embedding_text for chunk in batch])
        ids = [chunk.chunk_id for chunk in batch]
        if cache:
            cache.mkdir(parents=True, exist_ok=True)
            np.savez(cache / f"{len(found):08}.npz", ids=ids, embeddings=made)
        found |= dict(zip(ids, made, strict=True))
        print(f"{len(found)} embedded", flush=True)
    return {chunk.chunk_id: found[chunk.chunk_id] for chunk in chunks}


def open_pool(
    articles: Sequence[Article], questions: Sequence[Asked], *, lead: int | None, lexical: int, cache: Path | None
) -> MemoryCorpus:
    """The year as a corpus, dense over the chosen chunks."""
    chunks = {chunk.chunk_id: chunk for article in articles for chunk in chunk_article(article)}
    embedder = default_embedder()
    texts = [question.text for question in questions]
    known = KnownQueries(dict(zip(texts, embedder.embed_texts(texts), strict=True)), dim=embedder.dim)
    wanted = {chunk.chunk_id: chunk for chunk in some_of(list(chunks.values()), lead=lead)}
    if lexical:
        words = MemoryCorpus(articles, list(chunks.values()), embeddings={}, embedder=known)
        hits = [words.search_lexical(text, k=lexical) for text in texts]
        wanted |= {chunk_id: chunks[chunk_id] for row in hits for chunk_id, _ in row}
    print(f"{len(articles)} articles, {len(chunks)} chunks, {len(wanted)} of them embedded")
    embeddings = embedded(list(wanted.values()), cache=cache)
    return MemoryCorpus(articles, list(chunks.values()), embeddings=embeddings, embedder=known)


def systems(corpus: MemoryCorpus) -> dict[str, Ranking]:
    """What is compared, each giving articles best first."""
    retriever = Retriever(corpus)

    def fused(question: Asked, near: date | None) -> list[str]:
        return article_ranking(e.chunk.chunk_id for e in retriever.retrieve(question.text, k=N_CHUNKS, near=near))

    def dense(question: Asked) -> list[str]:
        embedding = corpus.embedder.embed_query(question.text)
        return article_ranking(chunk_id for chunk_id, _ in corpus.search_dense(embedding, k=N_CHUNKS))

    return {
        "lexical": lambda q: article_ranking(chunk_id for chunk_id, _ in corpus.search_lexical(q.text, k=N_CHUNKS)),
        "dense": dense,
        "hybrid": lambda q: fused(q, None),
        "hybrid, near the question's day": lambda q: fused(q, q.day),
    }


def report(name: str, questions: Sequence[Asked], rank: Ranking) -> dict[str, list[float]]:
    """Prints and returns one value a question for each measure."""
    found: dict[str, list[float]] = {}
    started = time.perf_counter()
    ranked = [(question, rank(question)) for question in questions]
    each_ms = (time.perf_counter() - started) / len(questions) * 1e3
    for kind in ("answer", "gold"):
        for cut in CUTS:
            sets = [(q.answered_by if kind == "answer" else q.gold, ranking) for q, ranking in ranked]
            found[f"{kind}@{cut}"] = [float(bool(good & set(ranking[:cut]))) for good, ranking in sets if good]
    figures = " | ".join(interval(values) for values in found.values() if values)
    print(f"| {name} | {figures} | {each_ms:.1f} ms |", flush=True)
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("year")
    parser.add_argument("--lead", type=int)
    parser.add_argument("--lexical", type=int, default=0)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--cache", type=Path)
    chosen = parser.parse_args()
    articles, questions = load(chosen.data / "realtimeqa", chosen.year, sample=chosen.sample)
    corpus = open_pool(articles, questions, lead=chosen.lead, lexical=chosen.lexical, cache=chosen.cache)
    print("| system | answer@1 | answer@5 | answer@10 | gold@1 | gold@5 | gold@10 | each |")
    values = {name: report(name, questions, rank) for name, rank in systems(corpus).items()}
    for measure in ("answer@1", "answer@5"):
        gain = np.array(values["hybrid"][measure]) - np.array(values["lexical"][measure])
        print(f"hybrid over lexical, {measure}: {interval(gain.tolist())}, n {len(gain)}")


if __name__ == "__main__":
    main()
