"""Last stage: `python -m reader.mix LATER.pt EARLIER.pt --out FOLDER`.

The mean of two states of one run, weight by weight (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models"):
what the later learnt on news, without what it lost on other texts.
"""

import argparse
from pathlib import Path

import torch

SHARE = 0.7


def mixed(later: dict[str, torch.Tensor], earlier: dict[str, torch.Tensor], *, share: float) -> dict[str, torch.Tensor]:
    """`share` of the later weights and the rest of the earlier, each tensor as it was typed."""
    return {
        name: (share * tensor.float() + (1 - share) * earlier[name].float()).to(tensor.dtype)
        for name, tensor in later.items()
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Average two states of the reader.")
    parser.add_argument("later", type=Path)
    parser.add_argument("earlier", type=Path)
    parser.add_argument("--share", type=float, default=SHARE)
    parser.add_argument("--out", type=Path, default=Path("out/reader-mixed"))
    chosen = parser.parse_args()
    states = [torch.load(path, map_location="cpu")["model"] for path in (chosen.later, chosen.earlier)]
    chosen.out.mkdir(parents=True, exist_ok=True)
    torch.save({"model": mixed(*states, share=chosen.share)}, chosen.out / "state.pt")


if __name__ == "__main__":
    main()
