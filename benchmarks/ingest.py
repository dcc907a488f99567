"""Our ingest against LlamaIndex's stock IngestionPipeline with Chroma, and how long a query takes.

    python benchmarks/ingest.py ratio ARTICLES.jsonl.gz --fp32 FOLDER [--articles 2000]
    python benchmarks/ingest.py latency ARTICLES.jsonl.gz… --questions QUESTIONS.jsonl [--articles 500 5000]

ARTICLES hold one JSON object a line with `text` and `title`; FOLDER is all-MiniLM-L6-v2 in fp32, as
sentence-transformers lays it out. Both sides start from the same texts and end with every chunk searchable in Chroma on
disk; models are loaded before the clock starts. Theirs is SentenceSplitter, HuggingFaceEmbedding (torch, fp32), a
SimpleDocumentStore and ChromaVectorStore, once as they come (chunks of 1,024 tokens, of which the model reads the first
256 word pieces) and once with chunks of our size, so that the same words are embedded. Ours also writes the record and
the lexical index. Each side runs in a process of its own, one after the other. The ratio is of CPU time, all threads
counted, since other programs disturb it least; wall time is told too.

`latency` embeds the questions with the shipped model. With `--random` the chunks' embeddings are random directions
instead of the model's, which saves the hours of embedding and makes nothing quicker.

Needs beside the product: sentence-transformers, llama-index-vector-stores-chroma, llama-index-embeddings-huggingface.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np

from dateline.index.article import Article
from dateline.index.chunks import ChunkSettings
from dateline.index.corpus import Corpus
from dateline.index.embed import default_embedder
from dateline.index.retrieve import Retriever
from dateline.index.vectors.chroma import VectorSettings

OUR_TOKENS = ChunkSettings().max_tokens
SIDES = ("dateline", "llamaindex", "llamaindex, our chunk size")


def rows(paths: list[Path], *, n: int) -> Iterator[dict[str, Any]]:
    """The first n articles of the files."""
    lines = chain.from_iterable(gzip.decompress(path.read_bytes()).splitlines() for path in paths)
    yield from (json.loads(line) for line in islice(lines, n))


def clocked(run: Callable[[], int]) -> dict[str, float]:
    """How long a run took, and how many chunks it says it made."""
    wall, cpu = time.perf_counter(), time.process_time()
    n_chunks = run()
    return {
        "n_chunks": n_chunks,
        "cpu_s": round(time.process_time() - cpu, 2),
        "wall_s": round(time.perf_counter() - wall, 2),
    }


def to_articles(found: list[dict[str, Any]]) -> list[Article]:
    """The rows as our articles."""
    return [
        Article(article_id=f"a{n}", title=row["title"] or "Untitled", text=row["text"]) for n, row in enumerate(found)
    ]


def ours(found: list[dict[str, Any]], home: Path) -> dict[str, float]:
    """Record, Chroma and tantivy, all on disk."""
    embedder = default_embedder()
    embedder.embed_texts(["warm"])
    articles = to_articles(found)
    with Corpus.open(home, embedder=embedder, chunking=ChunkSettings(), vectors=VectorSettings()) as corpus:

        def run() -> int:
            corpus.ingest(articles)
            assert not corpus.notes
            return corpus.n_chunks

        return clocked(run)


def theirs(found: list[dict[str, Any]], home: Path, *, model: Path, max_tokens: int | None) -> dict[str, float]:
    """The stock pipeline: document store and Chroma, all on disk."""
    import chromadb
    from llama_index.core import Document
    from llama_index.core.ingestion import IngestionPipeline
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.core.storage.docstore import SimpleDocumentStore
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    splitter = SentenceSplitter(chunk_size=max_tokens, chunk_overlap=0) if max_tokens else SentenceSplitter()
    embedding = HuggingFaceEmbedding(model_name=str(model), device="cpu")
    embedding.get_text_embedding("warm")
    client = chromadb.PersistentClient(str(home / "chroma"))
    collection = client.create_collection("stock", configuration={"hnsw": {"space": "cosine"}})
    pipeline = IngestionPipeline(
        transformations=[splitter, embedding],
        vector_store=ChromaVectorStore(chroma_collection=collection),
        docstore=SimpleDocumentStore(),
    )
    documents = [Document(text=row["text"], doc_id=f"a{n}") for n, row in enumerate(found)]

    def run() -> int:
        # A hundred documents at a time: Chroma refuses the rows of more at once (its limit is 5,461).
        for start in range(0, len(documents), 100):
            pipeline.run(documents=documents[start : start + 100])
        pipeline.persist(str(home / "pipeline"))
        return int(collection.count())

    return clocked(run)


def one_side(args: argparse.Namespace) -> None:
    """Runs one side here and prints what it took."""
    found = list(rows(args.files, n=args.articles[0]))
    with tempfile.TemporaryDirectory() as folder:
        if args.side == SIDES[0]:
            took = ours(found, Path(folder))
        else:
            max_tokens = None if args.side == SIDES[1] else OUR_TOKENS
            took = theirs(found, Path(folder), model=args.fp32, max_tokens=max_tokens)
    print(json.dumps({"side": args.side, "n_articles": len(found), **took}))


def ratio(args: argparse.Namespace) -> None:
    """All sides, one after the other, and their ratios to ours."""
    told = []
    for side in SIDES:
        command = [sys.executable, __file__, "ratio", *map(str, args.files), "--fp32", str(args.fp32), "--side", side]
        command += ["--articles", str(args.articles[0])]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        told.append(json.loads(done.stdout.splitlines()[-1]))
        for clock in ("cpu_s", "wall_s"):
            told[-1][f"{clock.removesuffix('_s')}_ratio"] = round(told[-1][clock] / told[0][clock], 2)
        print(json.dumps(told[-1]), flush=True)


class RandomEmbedder:
    """The shipped model for queries, a random direction for each chunk; the name says so."""

    def __init__(self) -> None:
        self._model = default_embedder()
        self.name, self.dim = f"random beside {self._model.name}", self._model.dim
        self._rng = np.random.default_rng(5)

    def embed_texts(self, texts: Any) -> Any:
        """(n, dim), random."""
        directions = self._rng.normal(size=(len(texts), self.dim)).astype(np.float32)
        return directions / np.linalg.norm(directions, axis=1, keepdims=True)

    def embed_query(self, text: str) -> Any:
        """The model's."""
        return self._model.embed_query(text)


def latency(args: argparse.Namespace) -> None:
    """Milliseconds of one query, from words to evidence, with the parts that matter."""
    questions = [json.loads(line)["question"] for line in args.questions.open(encoding="utf-8")][: args.n_questions]
    embedder = RandomEmbedder() if args.random else default_embedder()
    for n_articles in args.articles:
        with tempfile.TemporaryDirectory() as folder:
            parts = {"embedder": embedder, "chunking": ChunkSettings(), "vectors": VectorSettings()}
            with Corpus.open(Path(folder), **parts) as corpus:
                corpus.ingest(to_articles(list(rows(args.files, n=n_articles))))
            started = time.perf_counter()
            with Corpus.open(Path(folder), **parts) as corpus:
                opened_s = time.perf_counter() - started
                assert not corpus.notes
                told = {"n_articles": n_articles, "n_chunks": corpus.n_chunks, "n_questions": len(questions)}
                print(
                    json.dumps({**told, "open_s": round(opened_s, 2), **clock_queries(corpus, questions)}), flush=True
                )


def clock_queries(corpus: Corpus, questions: list[str]) -> dict[str, list[float]]:
    """p50 and p95 in milliseconds of a whole retrieval and of its parts: wall time, and CPU time of all threads."""
    retriever = Retriever(corpus)
    parts: dict[str, Callable[[str], Any]] = {
        "retrieve": lambda question: retriever.retrieve(question, k=8),
        "lexical": lambda question: corpus.search_lexical(question, k=100),
        "dense": lambda question: corpus.search_dense(corpus.embedder.embed_query(question), k=100),
        "exact": lambda question: corpus._exact.search(corpus.embedder.embed_query(question), k=100),
    }
    told = {}
    for name, ask in parts.items():
        ask("What is the first question, which warms everything up?")
        taken: list[tuple[float, float]] = []
        for question in questions:
            if name != "retrieve":
                corpus.embedder.embed_query(question)  # remembered: the part alone is on the clock
            started = (time.perf_counter(), time.process_time())
            ask(question)
            taken.append((1000 * (time.perf_counter() - started[0]), 1000 * (time.process_time() - started[1])))
        for clock, values in zip(("wall", "cpu"), zip(*taken, strict=True), strict=True):
            told[f"{name}_{clock}_ms_p50_p95"] = [round(float(value), 1) for value in np.percentile(values, [50, 95])]
    return told


def main() -> None:
    """See the top of this file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("what", choices=["ratio", "latency"])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--articles", type=int, nargs="+", default=[500])
    parser.add_argument("--fp32", type=Path)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--n-questions", type=int, default=200)
    parser.add_argument("--random", action="store_true")
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.what == "latency":
        latency(args)
    elif args.side:
        one_side(args)
    else:
        ratio(args)


if __name__ == "__main__":
    main()
