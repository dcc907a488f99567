"""How long the reader takes for eight chunks, int8 against fp32: `python benchmarks/reading_time.py FP32_FOLDER`.

`training/export_reader.py STATE.pt FOLDER --weights-as float` makes that folder. Chunks have 200 word pieces, the two
models take turns, and every round asks another question, so that nothing is remembered.
"""

import argparse
import random
import time
from pathlib import Path

import numpy as np

from dateline.index.spans import OnnxSpanModel, Passage, default_span_model

N_CHUNKS, N_WORDS, N_ROUNDS = 8, 190, 40
WORDS = ("the", "minister", "said", "gas", "talks", "would", "bring", "new", "prices", "for", "three", "countries")


def main() -> None:
    """Prints the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("fp32", type=Path)
    chosen = parser.parse_args()
    models = {"int8": default_span_model(), "fp32": OnnxSpanModel(chosen.fp32)}
    dice = random.Random(0)
    taken: dict[str, list[float]] = {name: [] for name in models}
    for number in range(N_ROUNDS):
        passages = [Passage(" ".join(dice.choices(WORDS, k=N_WORDS))) for _ in range(N_CHUNKS)]
        for name, model in models.items():
            start = time.perf_counter()
            model.score(f"Which price did the minister name on day {number}?", passages)
            taken[name].append(1000 * (time.perf_counter() - start))
    medians = {name: float(np.median(times[3:])) for name, times in taken.items()}
    int8, fp32 = medians["int8"], medians["fp32"]
    print(f"int8 {int8:.0f} ms, fp32 {fp32:.0f} ms, int8 / fp32 {int8 / fp32:.2f}")


if __name__ == "__main__":
    main()
