"""Second stage: news quizzes on top of the first: `python -m reader.tune DATA BASE.pt --years 2022 2023 --out FOLDER`.

A year is left out to measure on it. A part of the first stage's examples is read again, so that nothing is forgotten.
"""

import argparse
import random
from pathlib import Path

import torch
from tokenizers import Tokenizer

from .distant import agreed, quiz_examples
from .features import Encoder, Window, batches
from .loop import Plan, fit
from .measure import measured, scores_of
from .model import Reader
from .negatives import changed_questions
from .sources import Example
from .train import SEED, examples, origin, varied

N_AGAIN = 6_000
LEAST_MARGIN = -3.0


def gold_margins(model: Reader, encoder: Encoder, found: list[Example]) -> list[tuple[float, tuple[int, int]]]:
    """For each example the margin of its best gold span over "not here", and that span."""
    windows = [encoder.window(example, rng=random.Random(3), titled=True) for example in found]
    results = []
    for example, window, (scores, _) in zip(found, windows, scores_of(model, windows), strict=True):
        spans = {span: text_span(example, window, span) for span in window.spans}
        margins = [(float(scores[a, 0] + scores[b, 1] - scores[0].sum()), spans[a, b]) for a, b in window.spans]
        results.append(max(margins, default=(-99.0, example.answers[0])))
    return results


def text_span(example: Example, window: Window, span: tuple[int, int]) -> tuple[int, int]:
    """The example's answer that a gold span of word pieces stands for."""
    start = window.offsets[span[0] - window.first][0]
    return min(example.answers, key=lambda answer: abs(answer[0] - start))


def run(data: Path, base: Path, out: Path, *, years: list[int], plan: Plan) -> None:
    """Train the base on the years' quizzes and write the state to `out`."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED + sum(years))
    model = Reader(plan.dropout)
    model.load_state_dict(torch.load(base, map_location="cpu")["model"])
    encoder = Encoder(Tokenizer.from_file(str(origin() / "tokenizer.json")))
    quiz: list[Example] = []
    for year in years:
        found = quiz_examples(data / "realtimeqa", year, rng=rng)
        kept = agreed(found, lambda some: gold_margins(model, encoder, some), least=LEAST_MARGIN)
        print(
            f"{year}: {sum(bool(e.answers) for e in found)} right passages, {sum(bool(e.answers) for e in kept)} kept",
            flush=True,
        )
        quiz += [*kept, *changed_questions(kept, portion=0.3, rng=rng)]
    first, measure = examples(data, rng=random.Random(SEED))
    again = rng.sample(first, min(N_AGAIN, len(first)))
    windows = [
        encoder.window(varied(e, rng=rng), rng=rng, titled=e.source == "quiz" or rng.random() < 0.6)
        for e in quiz + again
    ]
    groups = list(batches(windows, tokens=plan.tokens, rng=rng))
    print(f"{len(quiz)} quiz windows, {len(again)} of the first stage again, {len(groups)} steps", flush=True)
    sets = {name: found for name, found in measure.items() if "+" not in name}
    fit(model.train(), groups, plan=plan, out=out, measure=lambda n: measured(model, encoder, sets, n=min(n, 300)))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Tune the reader on news quizzes.")
    parser.add_argument("data", type=Path, help="folder of the public sets")
    parser.add_argument("base", type=Path, help="state.pt of reader.train")
    parser.add_argument("--years", type=int, nargs="*", default=[2022, 2023])
    parser.add_argument("--out", type=Path, default=Path("out/reader-tuned"))
    parser.add_argument("--rate", type=float, default=4e-5)
    chosen = parser.parse_args()
    run(chosen.data, chosen.base, chosen.out, years=chosen.years, plan=Plan(rate=chosen.rate, warm_up=20))


if __name__ == "__main__":
    main()
