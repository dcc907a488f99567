"""Public question sets as examples: what is trained on, and what is held out for measuring.

Every set keeps part of its paragraphs or articles out of training, chosen by a hash of the text or by turn, so that a
paragraph is never on both sides. Formats and licences of the sets: their own READMEs.
"""

import gzip
import hashlib
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

HELD_OUT = 0.10


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a passage and the spans of the passage that answer it: `context[start:end]`, or none.

    With `supported` it is a statement instead, and whether the passage says so.
    """

    question: str
    context: str
    answers: tuple[tuple[int, int], ...]
    title: str = ""
    source: str = ""
    id: str = ""
    supported: bool | None = None


def read_json(path: Path) -> Any:
    """The content of a JSON file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return json.load(file)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def squad(path: Path, *, source: str) -> Iterator[Example]:
    """The questions of a file in SQuAD's format, in its order."""
    for article in read_json(path)["data"]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                spans = {(a["answer_start"], a["answer_start"] + len(a["text"])) for a in asked["answers"]}
                yield Example(
                    question=asked["question"].strip(),
                    context=paragraph["context"],
                    answers=() if asked.get("is_impossible") else tuple(sorted(spans)),
                    title=article["title"].replace("_", " "),
                    source=source,
                    id=str(asked["id"]),
                )


def share(text: str) -> float:
    """A number in [0, 1) that depends on the text alone."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2**32


def held_out(example: Example) -> bool:
    """Whether the example's paragraph is kept for measuring."""
    return share(example.context) < HELD_OUT


def split(examples: Iterable[Example]) -> tuple[list[Example], list[Example]]:
    """(training, held out), by paragraph."""
    every = list(examples)
    return [e for e in every if not held_out(e)], [e for e in every if held_out(e)]


def split_articles(examples: Iterable[Example]) -> tuple[list[Example], list[Example]]:
    """(training, held out), article by article in turn: for a set of a few long articles."""
    every = list(examples)
    titles = list(dict.fromkeys(e.title for e in every))
    kept = set(titles[1::2])
    return [e for e in every if e.title not in kept], [e for e in every if e.title in kept]


def merged_sentences(examples: list[Example], *, rng: random.Random) -> list[Example]:
    """Questions on single sentences, each put between up to three other sentences of the same publication.

    A sentence alone teaches a reader to answer with whatever stands there; among others it has to choose.
    """
    pools: dict[str, list[str]] = {}
    for example in examples:
        pools.setdefault(publication(example), []).append(example.context)
    pools = {name: sorted(set(pool)) for name, pool in pools.items()}
    return [between(example, pools[publication(example)], rng=rng) for example in examples]


def publication(example: Example) -> str:
    """Wikinews or Wikipedia, from the sentence's id."""
    return "wikinews" if "wikinews" in example.title else "wikipedia"


def between(example: Example, pool: list[str], *, rng: random.Random) -> Example:
    """The example with other sentences of the pool around its own."""
    others = [text for text in rng.sample(pool, min(3, len(pool))) if text != example.context][
        : rng.choice((0, 1, 2, 3))
    ]
    cut = rng.randint(0, len(others))
    before = "".join(f"{text} " for text in others[:cut])
    after = "".join(f" {text}" for text in others[cut:])
    moved = tuple((start + len(before), end + len(before)) for start, end in example.answers)
    return replace(example, context=before + example.context + after, answers=moved, title="")


def training_and_held_out(
    data: Path, *, rng: random.Random
) -> tuple[dict[str, list[Example]], dict[str, list[Example]]]:
    """All sets by name: those to train on, and those to measure on."""
    folder = data / "reader"
    learn: dict[str, list[Example]] = {}
    measure: dict[str, list[Example]] = {}
    for name, file in (("new_wiki", "new_wiki"), ("reddit", "reddit_public"), ("amazon", "amazon_public")):
        learn[name], measure[name] = split(squad(folder / f"{file}.json.gz", source=name))
    learn["squad2"], measure["squad2"] = split_articles(squad(folder / "squad2_a_public.json.gz", source="squad2"))
    learn["time"], measure["time"] = split(squad(folder / "time_sensitive_train.json.gz", source="time"))
    sentences, measure["qamr"] = split(squad(folder / "qamr.json.gz", source="qamr"))
    learn["qamr"] = merged_sentences(sentences, rng=rng)
    for name in ("reddit", "amazon"):
        learn[name] = [replace(example, title="") for example in learn[name]]
    return learn, measure
