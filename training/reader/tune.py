"""Second and third stage: `python -m reader.tune DATA FIRST.pt --years 2022 --out FOLDER`.

Another pass over the first stage's sets with other negatives and other neighbours, questions written on news articles,
and what needs a reader that can read already: news quizzes by distant supervision. Statements with their sources teach
the third output. A year is left out to measure on it. Another seed draws other negatives; `--again` takes less of the
first stage's sets.
"""

import argparse
import random
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from .claims import claims
from .distant import agreed, quiz_examples
from .features import Encoder, Window, batches
from .loop import Plan, fit
from .measure import measured, scores_of
from .model import Reader
from .negatives import changed_questions, without_sentences
from .news import news_questions
from .sources import Example
from .train import SEED, examples, origin, varied

AGAIN = {"qamr": 0.5, "quiz": 1.0, "speakers": 0.5}
WITHOUT = 0.25
NEWS_CHANGED = 0.3
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


def quizzes(
    model: Reader, encoder: Encoder, data: Path, years: tuple[int, ...], *, rng: random.Random
) -> list[Example]:
    """The quiz questions of the years whose answers the model finds likely too, some of them changed as well."""
    quiz: list[Example] = []
    for year in years:
        found = quiz_examples(data / "realtimeqa", year, rng=rng)
        kept = agreed(found, lambda some: gold_margins(model, encoder, some), least=LEAST_MARGIN)
        right = [sum(bool(e.answers) for e in some) for some in (found, kept)]
        print(f"{year}: {right[0]} right passages, {right[1]} kept", flush=True)
        quiz += [*kept, *changed_questions(kept, portion=0.3, rng=rng)]
    return quiz


@dataclass(frozen=True, slots=True)
class Mixture:
    """What one run sees: years of quizzes, a share of the first stage's sets, how often the questions on news."""

    years: tuple[int, ...]
    again: float
    times: int


def run(data: Path, base: Path, out: Path, *, mixture: Mixture, seed: int, plan: Plan) -> None:
    """Train the base on everything once more and write the state to `out`."""
    torch.manual_seed(seed)
    rng = random.Random(seed + sum(mixture.years))
    model = Reader(plan.dropout)
    model.load_state_dict(torch.load(base, map_location="cpu")["model"], strict=False)
    encoder = Encoder(Tokenizer.from_file(str(origin() / "tokenizer.json")))
    quiz = quizzes(model, encoder, data, mixture.years, rng=rng)
    first, measure = examples(data, rng=rng)
    again = [e for e in first if rng.random() < mixture.again * AGAIN.get(e.source, 0.8)]
    cut = without_sentences([e for e in again if e.source not in ("qamr", "speakers")], portion=WITHOUT, rng=rng)
    said, unseen = claims(data / "attribution")
    news, unseen_news = news_questions(data / "realtimeqa", rng=rng)
    news += changed_questions(news, portion=NEWS_CHANGED, rng=rng)
    every = [*quiz, *again, *cut, *said, *news * mixture.times]
    windows = [
        encoder.window(varied(e, rng=rng), rng=rng, titled=e.source in ("quiz", "news") or rng.random() < 0.6)
        for e in every
    ]
    groups = list(batches(windows, tokens=plan.tokens, rng=rng))
    print(
        f"{len(quiz)} quiz windows, {len(again)} again, {len(cut)} without the answer, {len(said)} statements, "
        f"{len(news)} news; {sum(len(w.pieces) for w in windows):,} word pieces, {len(groups)} steps",
        flush=True,
    )
    sets = {name: found for name, found in measure.items() if "+" not in name} | unseen | {"news": unseen_news}
    fit(model.train(), groups, plan=plan, out=out, measure=lambda n: measured(model, encoder, sets, n=min(n, 400)))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Tune the reader on news quizzes, other negatives and statements.")
    parser.add_argument("data", type=Path, help="folder of the public sets")
    parser.add_argument("base", type=Path, help="state.pt of reader.train")
    parser.add_argument("--years", type=int, nargs="*", default=[2022])
    parser.add_argument("--out", type=Path, default=Path("out/reader-tuned"))
    parser.add_argument("--seed", type=int, default=SEED, help="another one draws other negatives")
    parser.add_argument("--again", type=float, default=1.0, help="share of the first stage's examples")
    parser.add_argument("--times", type=int, default=2, help="how often the questions on news are seen")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--max-minutes", type=float, default=Plan.max_minutes)
    chosen = parser.parse_args()
    plan = Plan(rate=chosen.rate, max_minutes=chosen.max_minutes)
    mixture = Mixture(tuple(chosen.years), chosen.again, chosen.times)
    run(chosen.data, chosen.base, chosen.out, mixture=mixture, seed=chosen.seed, plan=plan)


if __name__ == "__main__":
    main()
