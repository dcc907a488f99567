"""How far the shipped int8 reader is from the trained network: `python training/reader_parity.py DATA STATE.pt`.

Reads held-out questions with both, the trained one as in training (bf16). Exits with 1 where the shipped one's F1 is
lower by more than a point. How many spans are the same is told only: where they part, they are nearly as likely.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch
from reader.features import Encoder, Window
from reader.measure import scores_of
from reader.model import Reader
from reader.sources import Example, training_and_held_out
from reader.spans import Found, best, f1
from reader.train import SEED, origin
from tokenizers import Tokenizer

from dateline.index.spans import OnnxSpanModel, Passage, ScoredSpan, default_span_model

N, MOST_LOST = 400, 0.01


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("state", type=Path)
    parser.add_argument("--model", type=Path, help="model folder; the shipped one without")
    chosen = parser.parse_args()
    _, sets = training_and_held_out(chosen.data, rng=random.Random(SEED))
    model = Reader()
    model.load_state_dict(torch.load(chosen.state, map_location="cpu")["model"])
    encoder = Encoder(Tokenizer.from_file(str(origin() / "tokenizer.json")))
    some = random.Random(SEED).sample([e for e in sets["new_wiki"] if len(e.context) < 900], N)
    windows: list[Window] = [encoder.window(e, rng=random.Random(0), titled=True) for e in some]
    trained = [best(w, s, h) for w, (s, h) in zip(windows, scores_of(model, windows), strict=True)]
    onnx = OnnxSpanModel(chosen.model) if chosen.model else default_span_model()
    shipped = [onnx.score(e.question, [Passage(e.context, head=e.title)])[0] for e in some]
    spans = [score.best() for score in shipped]
    same = np.mean(
        [s is not None and (s.start, s.end) == (t.start, t.end) for s, t in zip(spans, trained, strict=True)]
    )
    gap = np.array([s.margin - t.margin for s, t in zip(spans, trained, strict=True) if s])
    lost = float(np.mean([told(e, t) - told(e, s) for e, s, t in zip(some, spans, trained, strict=True)]))
    found = {
        "n": N,
        "f1_lost": round(lost, 4),
        "same_span": round(float(same), 4),
        "margin_gap_mean": round(float(np.abs(gap).mean()), 3),
        "margin_correlation": round(
            float(np.corrcoef(gap + [t.margin for t in trained], [t.margin for t in trained])[0, 1]), 4
        ),
    }
    print(json.dumps(found))
    if lost > MOST_LOST:
        raise SystemExit(f"the exported reader's F1 is lower by {lost:.3f}, more than {MOST_LOST}")


def told(example: Example, found: Found | ScoredSpan | None) -> float:
    """F1 of a span against the nearest right answer; 0 without one."""
    if found is None:
        return 0.0
    return max(f1(example.context[found.start : found.end], example.context[a:b]) for a, b in example.answers)


if __name__ == "__main__":
    main()
