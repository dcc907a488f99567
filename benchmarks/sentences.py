"""Our sentence rules against Punkt with the parameters that LlamaIndex ships, on sentences of known extent.

    python benchmarks/sentences.py DATA_FOLDER

DATA_FOLDER/reader/qamr.json.gz holds single sentences of Wikinews and Wikipedia, each a paragraph. Kept whole: the
share of sentences that are not cut. Cut right: the share of pairs of sentences, joined by a blank, that come apart at
the join and nowhere else. Texts that do not look like one sentence (no capital or quote mark first, no stop last) are
left out.
"""

import gzip
import importlib.util
import json
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from sys import argv

import numpy as np

from dateline.index.sentences import split_sentences

Splitter = Callable[[str], Sequence[tuple[int, int]]]


def punkt() -> Splitter:
    """NLTK's Punkt with llama-index-core's English parameters."""
    import nltk
    from nltk.tokenize.punkt import PunktTokenizer

    spec = importlib.util.find_spec("llama_index.core")
    # A copy, since NLTK refuses files with several hard links, which is how uv installs.
    folder = Path(tempfile.mkdtemp()) / "nltk"
    shutil.copytree(Path(spec.origin).parent / "_static" / "nltk_cache", folder)
    nltk.data.path = [str(folder)]
    tokenizer = PunktTokenizer("english")
    return lambda text: list(tokenizer.span_tokenize(text))


def known_sentences(path: Path) -> list[str]:
    """Sentences of the data, those that look like one."""
    articles = json.loads(gzip.decompress(path.read_bytes()))["data"]
    texts = {paragraph["context"].strip() for article in articles for paragraph in article["paragraphs"]}
    return sorted(t for t in texts if (t[0].isupper() or t[0] in "\"“'") and t.rstrip("\"”'")[-1:] in (".", "!", "?"))


def report(name: str, split: Splitter, texts: list[str]) -> None:
    """Prints one row: both shares with 95% intervals, and characters per CPU second."""
    shuffled = random.Random(3).sample(texts, len(texts))
    pairs = list(zip(shuffled[::2], shuffled[1::2], strict=False))
    whole = np.array([len(split(text)) == 1 for text in texts], float)
    right = np.array([[end for _, end in split(f"{a} {b}")] == [len(a), len(a) + 1 + len(b)] for a, b in pairs], float)
    long = " ".join(shuffled) * 5
    before = time.process_time()
    split(long)
    speed = len(long) / (time.process_time() - before) / 1e6
    cells = [f"{v.mean():.3f} ± {1.96 * v.std() / len(v) ** 0.5:.3f}" for v in (whole, right)]
    print(f"| {name} | {cells[0]} | {cells[1]} | {speed:.1f} |  n={len(whole)}, {len(right)}")


def main() -> None:
    """Command line."""
    texts = known_sentences(Path(argv[1]) / "reader" / "qamr.json.gz")
    report("Punkt", punkt(), texts)
    report("ours", split_sentences, texts)


if __name__ == "__main__":
    main()
