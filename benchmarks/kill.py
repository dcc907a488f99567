"""Kills Dateline while it works, again and again, and looks at what is left.

    python benchmarks/kill.py ARTICLES.jsonl.gz [--articles 500] [--chars N] [--rounds hash:60 model:40] [--out FILE]

ARTICLES holds one JSON object a line with `text` and `title`. Each round starts a process that ingests a new version of
every article, kills it (SIGKILL) at a random moment, and then lets a fresh process open the folder and judge: it opens
by itself; each article is whole, old or new, and every one that was reported done is the new one; Chroma's neighbours
equal exact search over the record; the lexical index stands at the record's generation; and ingesting once more
completes it. Moments: "any" time of the run, while "chroma" is being written, or during a "swap" (a rebuild at a new
location). Every tenth round starts with an empty folder.

With `--damage` nothing is killed: each file of Chroma is deleted, cut to half and emptied, one at a time, and judged.
"""

import argparse
import gzip
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import chromadb  # noqa: F401 (loaded once, before the forks)

from dateline.index.article import Article
from dateline.index.chunks import ChunkSettings
from dateline.index.corpus import Corpus
from dateline.index.embed import Embedder, HashEmbedder, default_embedder
from dateline.index.tokens import count_tokens
from dateline.index.vectors.chroma import VectorSettings
from dateline.index.vectors.exact import ExactSearch, same_neighbours

N_PROBES, K = 20, 10
MOMENTS = ("any", "chroma", "any", "swap")


def read_articles(args: argparse.Namespace, *, version: int) -> Iterator[Article]:
    """The articles as they are in a version: the last sentence says which."""
    opener = gzip.open if args.file.suffix == ".gz" else open
    with opener(args.file, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(islice(lines, args.articles)):
            row = json.loads(line)
            text = f"{row['text'][: args.chars]}\n\nThis is version {version} of article {number}."
            yield Article(article_id=f"article-{number:05d}", title=row["title"] or "Untitled", text=text)


def open_corpus(home: Path, embedder: Embedder) -> Corpus:
    """The corpus under test, as the product opens it."""
    return Corpus.open(home, embedder=embedder, chunking=ChunkSettings(), vectors=VectorSettings())


def embedder_of(name: str) -> Embedder:
    """ "hash" is the instant double, anything else the shipped model."""
    return HashEmbedder() if name == "hash" else default_embedder()


def work(args: argparse.Namespace) -> None:
    """The process that is killed: says "open", then the id of each article that is done, then "done"."""
    with open_corpus(args.home, embedder_of(args.embedder)) as corpus:
        print("open", flush=True)
        if args.moment == "swap":
            corpus._vectors.rebuild()
        articles = read_articles(args, version=args.version)
        corpus.ingest(articles, progress=lambda done: print(done.name, flush=True))
        print("done", flush=True)


def judge(args: argparse.Namespace) -> None:
    """Opens what a kill left, and completes it; everything that is wrong is in `faults` of what it prints."""
    faults: list[str] = []
    started = time.perf_counter()
    with open_corpus(args.home, embedder_of(args.embedder)) as corpus:
        open_s = time.perf_counter() - started
        at_opening = list(corpus.notes)
        corpus._vectors.wait()
        faults += [f"still away: {note}" for note in corpus.notes]
        faults += judge_articles(corpus, args, acked=args.acked) + judge_indexes(corpus, seed=args.version)
        n_before = corpus.n_articles
        started = time.perf_counter()
        corpus.ingest(read_articles(args, version=args.version))
        complete_s = time.perf_counter() - started
        corpus._vectors.wait()
        everything = {article.article_id for article in read_articles(args, version=0)}
        faults += judge_articles(corpus, args, acked=everything) + judge_indexes(corpus, seed=args.version)
        state = json.loads((args.home / "vectors" / "current.json").read_text())
    verdict = {
        "faults": faults,
        "open_s": round(open_s, 2),
        "complete_s": round(complete_s, 2),
        "n_before": n_before,
        "notes": at_opening,
        "location": state["location"],
    }
    print(json.dumps(verdict), flush=True)


def judge_articles(corpus: Corpus, args: argparse.Namespace, *, acked: set[str]) -> list[str]:
    """Each article that is there must be whole and of the last version or the one before; acked ones of the last."""
    faults = []
    old, new = (
        {article.article_id: article for article in read_articles(args, version=version)}
        for version in (args.version - 1, args.version)
    )
    stored = {row.article_id: row for row in corpus.articles()}
    faults += [f"{name} was done and is gone" for name in acked - stored.keys()]
    for name in sorted(stored):
        article = replace(corpus.article(name), ingested=None)
        if article != new[name] and (article != old[name] or name in acked):
            faults.append(f"{name} is neither whole version")
        if not has_all_chunks(corpus, article, n_chunks=stored[name].n_chunks):
            faults.append(f"{name} has chunks of another version")
    if corpus.n_chunks != sum(row.n_chunks for row in stored.values()):
        faults.append("there are chunks without an article")
    return faults + judge_embeddings(corpus, random.Random(args.version).sample(sorted(stored), min(5, len(stored))))


def has_all_chunks(corpus: Corpus, article: Article, *, n_chunks: int) -> bool:
    """Whether the chunks are those of this text: as many as promised, saying its words, leaving out only blanks."""
    rows = corpus._record.chunk_rows([article.article_id])
    chunks = sorted(corpus.chunks([row.chunk_id for row in rows]).values(), key=lambda chunk: chunk.span.start)
    if len(chunks) != n_chunks or any(not chunk.embedding_text.endswith(chunk.text) for chunk in chunks):
        return False
    ends = [0, *(chunk.span.end for chunk in chunks)]
    starts = [*(chunk.span.start for chunk in chunks), len(article.text)]
    return all(not article.text[end:start].strip() for end, start in zip(ends, starts, strict=True))


def judge_embeddings(corpus: Corpus, names: list[str]) -> list[str]:
    """The stored embeddings of some articles are those of their words."""
    faults = []
    for name in names:
        stored = corpus._record.embeddings_of(name)
        fresh = corpus.embedder.embed_texts(list(stored))
        if any(float(a @ b) < 0.999 for a, b in zip(stored.values(), fresh, strict=True)):
            faults.append(f"{name} has embeddings of other words")
    return faults


def judge_indexes(corpus: Corpus, *, seed: int) -> list[str]:
    """Chroma stands at the record's generation and gives the neighbours that exact search gives."""
    faults = []
    generations = (corpus.generation, corpus._vectors.generation, corpus._lexical.generation)
    if len(set(generations)) != 1:
        faults.append(f"generations differ (record, Chroma, tantivy): {generations}")
    exact = ExactSearch(corpus._record, dim=corpus.embedder.dim)
    ids, _, matrix = corpus._record.embeddings(dim=corpus.embedder.dim)
    for position in random.Random(seed).sample(range(len(ids)), min(N_PROBES, len(ids))):
        found = corpus._vectors.search(matrix[position], k=K, filters=None, generation=corpus.generation)
        if found is None or not same_neighbours(found, exact.search(matrix[position], k=K)):
            faults.append(f"neighbours of {ids[position]} differ")
    return faults


def kill_once(args: argparse.Namespace, *, expected_s: float, rng: random.Random) -> tuple[set[str], float]:
    """Runs a worker and kills it at its moment; what it reported done, and after how many seconds it died."""
    log = args.home.with_suffix(".log")
    log.write_text("")
    worker = forked(work, args, out=log)
    started = time.perf_counter()
    wait_for(args, log, worker)
    time.sleep(rng.uniform(0, expected_s) if args.moment == "any" else rng.expovariate(1 / 0.4))
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)
    lines = log.read_text().split("\n")[:-1]
    return {line for line in lines if line not in {"open", "done"}}, time.perf_counter() - started


def wait_for(args: argparse.Namespace, log: Path, worker: int) -> None:
    """Until the worker has opened; then, for the other moments, until Chroma is written or a build is begun."""
    vectors = args.home / "vectors"
    while "open" not in log.read_text() and is_running(worker):
        time.sleep(0.005)
    builds = set(vectors.glob("gen-*"))
    while args.moment != "any" and is_running(worker):
        if args.moment == "swap" and set(vectors.glob("gen-*")) - builds:
            return
        if args.moment == "chroma" and '"clean": false' in (vectors / "current.json").read_text():
            return
        time.sleep(0.005)


def forked(role: Callable[[argparse.Namespace], None], args: argparse.Namespace, *, out: Path) -> int:
    """A child of this process that plays a role and writes to a file. Saves the seconds that imports take.

    This process has no thread and no database open, so that a fork is as good as a fresh start.
    """
    child = os.fork()
    if child:
        return child
    try:
        with out.open("a") as log:
            os.dup2(log.fileno(), 1)
            role(args)
            sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def is_running(child: int) -> bool:
    """Whether a child still lives; one that is done stays to be waited for."""
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def one_round(args: argparse.Namespace, *, expected_s: float, rng: random.Random) -> dict[str, Any]:
    """One kill, and what was found after it."""
    args.acked, died_s = kill_once(args, expected_s=expected_s, rng=rng)
    facts = {"embedder": args.embedder, "moment": args.moment, "died_s": round(died_s, 2), "n_acked": len(args.acked)}
    verdict = args.home.with_suffix(".json")
    verdict.write_text("")
    _, status = os.waitpid(forked(judge, args, out=verdict), 0)
    if status:
        return facts | {"faults": [f"the judge died with status {status}"]}
    return facts | json.loads(verdict.read_text())


def run_rounds(args: argparse.Namespace) -> list[dict[str, Any]]:
    """All kills of all series, each told on one line as it comes."""
    rng, told, expected_s = random.Random(args.seed), [], 8.0
    for name, n_rounds in (series.split(":") for series in args.rounds):
        home = Path(tempfile.mkdtemp(prefix=f"kill-{name}-", dir=args.scratch)) / "home"
        for number in range(int(n_rounds)):
            if number % 10 == 0:
                shutil.rmtree(home, ignore_errors=True)
            args.home, args.embedder, args.version = home, name, number + 1
            args.moment = "any" if number % 10 == 0 else MOMENTS[number % len(MOMENTS)]
            told.append(one_round(args, expected_s=expected_s, rng=rng))
            expected_s = max(2.0, told[-1].get("complete_s", expected_s)) if number % 10 else expected_s
            print(json.dumps({"round": len(told), **told[-1]}), flush=True)
            if args.out:
                args.out.write_text(json.dumps(told, indent=1))
        shutil.rmtree(home.parent, ignore_errors=True)
    return told


def run_damage(args: argparse.Namespace) -> list[dict[str, Any]]:
    """Each file of Chroma damaged in each way, on a copy of a corpus in order."""
    told: list[dict[str, Any]] = []
    args.embedder, args.version, args.moment, args.acked = "hash", 1, "any", set()
    scratch = Path(tempfile.mkdtemp(prefix="damage-", dir=args.scratch))
    args.home = scratch / "built"
    os.waitpid(forked(work, args, out=scratch / "log"), 0)
    for file in sorted(path.relative_to(args.home) for path in (args.home / "vectors").rglob("*") if path.is_file()):
        for damage, share in (("deleted", None), ("cut to half", 0.5), ("emptied", 0.0)):
            home = Path(shutil.copytree(scratch / "built", scratch / "home"))
            harm(home / file, share=share)
            verdict = scratch / "verdict.json"
            verdict.write_text("")
            copied = argparse.Namespace(**vars(args) | {"home": home})
            _, status = os.waitpid(forked(judge, copied, out=verdict), 0)
            found = json.loads(verdict.read_text()) if not status else {"faults": [f"the judge died: {status}"]}
            told.append({"file": file.name, "damage": damage, **found})
            print(json.dumps(told[-1]), flush=True)
            shutil.rmtree(home)
    shutil.rmtree(scratch)
    return told


def harm(file: Path, *, share: float | None) -> None:
    """Deletes a file, or leaves only a share of it."""
    if share is None:
        file.unlink()
    else:
        os.truncate(file, int(file.stat().st_size * share))


def main() -> int:
    """Exit code 1 when any round had a fault."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--chars", type=int, default=1_000_000, help="of each article, no more than these")
    parser.add_argument("--rounds", nargs="+", default=["hash:60", "model:40"])
    parser.add_argument("--damage", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scratch", type=Path, help="where the folders under test are made")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    count_tokens("The vocabulary is loaded once, before the forks.")
    told = run_damage(args) if args.damage else run_rounds(args)
    n_bad = sum(bool(round_["faults"]) for round_ in told)
    print(f"{len(told)} rounds, {n_bad} with faults")
    return 1 if n_bad else 0


if __name__ == "__main__":
    sys.exit(main())
