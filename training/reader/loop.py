"""The training loop: groups of windows through the network, resumable, with figures on the way."""

import json
import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from .features import Batch, Window, batch
from .model import Reader

KEEP_EVERY_S = 240.0
REPORT_EVERY, MEASURE_EVERY = 20, 600


@dataclass(frozen=True)
class Plan:
    """What one run does: word pieces a step, the highest learning rate, steps of warm-up, the weight of `here`."""

    tokens: int = 5120
    rate: float = 1.5e-4
    warm_up: int = 120
    dropout: float = 0.1
    weight_here: float = 0.5
    weight_support: float = 0.5
    max_minutes: float = 150.0


def fit(
    model: Reader,
    groups: Sequence[Sequence[Window]],
    *,
    plan: Plan,
    out: Path,
    measure: Callable[[int], dict[str, Any]],
) -> bool:
    """Train on the groups in their order, from the state in `out` if there is one; True when all were seen."""
    out.mkdir(parents=True, exist_ok=True)
    optimizer = optimizer_of(model)
    step = restore(out, model, optimizer)
    began = saved = time.time()
    first, losses = step, [0.0]
    minutes = 0.0
    free = [p for p in model.parameters() if p.requires_grad]
    for group in groups[first:]:
        for part in optimizer.param_groups:
            part["lr"] = rate_at(step + 1, len(groups), plan, minutes=minutes)
        loss = loss_of(model, batch(group, rng=random.Random(step)), plan)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(free, 1.0, foreach=True)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        losses.append(loss.item())
        if not math.isfinite(losses[-1]):
            raise SystemExit(f"The loss is {losses[-1]} at step {step}; lower --rate.")
        minutes = (time.time() - began) / 60
        if step % REPORT_EVERY == 0:
            left = minutes / (step - first) * (len(groups) - step)
            print(f"step {step} of {len(groups)}: loss {np.mean(losses[-50:]):.3f}, {left:.0f} min left", flush=True)
        done = step == len(groups) or minutes > plan.max_minutes
        if done or time.time() - saved > KEEP_EVERY_S:
            keep(out, model, optimizer, step)
            saved = time.time()
        if done or step % MEASURE_EVERY == 0:
            row = {"step": step, "loss": float(np.mean(losses[-200:])), **measure(200 if step < len(groups) else 2000)}
            with (out / "progress.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
            print(json.dumps(row), flush=True)
        if done:
            break
    return step == len(groups)


def loss_of(model: Reader, group: Batch, plan: Plan) -> torch.Tensor:
    """Mean over the windows.

    Of a question: start and end, with [CLS] for "not here", and whether the passage answers at all; of a statement:
    whether the passage supports it.
    """
    with torch.autocast("cpu", torch.bfloat16):
        scores, here, support = model(
            torch.from_numpy(group.pieces), torch.from_numpy(group.types), torch.from_numpy(group.mask)
        )
    start, end = torch.from_numpy(group.start), torch.from_numpy(group.end)
    asks, supported = torch.from_numpy(group.asks).float(), torch.from_numpy(group.supported)
    first = functional.cross_entropy(scores[..., 0], start, reduction="none")
    last = functional.cross_entropy(scores[..., 1], end, reduction="none")
    there = functional.binary_cross_entropy_with_logits(here, (start > 0).float(), reduction="none")
    said = functional.binary_cross_entropy_with_logits(support, supported, reduction="none")
    of_question = (first + last) / 2 + plan.weight_here * there
    return (asks * of_question + (1 - asks) * plan.weight_support * said).mean()


def rate_at(step: int, n_steps: int, plan: Plan, *, minutes: float = 0.0) -> float:
    """Warm-up, then a straight line to zero at the last step, or at the time limit where that comes sooner."""
    left = (n_steps - step) / max(1, n_steps - plan.warm_up)
    return plan.rate * min(step / plan.warm_up, max(0.0, min(left, 1.0 - minutes / plan.max_minutes)))


def optimizer_of(model: Reader) -> torch.optim.Optimizer:
    """AdamW; norms and biases do not decay."""
    free = [p for p in model.parameters() if p.requires_grad]
    decayed, other = [p for p in free if p.ndim > 1], [p for p in free if p.ndim < 2]
    groups = [{"params": decayed, "weight_decay": 0.01}, {"params": other, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=0.0, fused=True)


def keep(out: Path, model: Reader, optimizer: torch.optim.Optimizer, step: int) -> None:
    """Write the state beside the old one, then put it in its place."""
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, out / "state.new")
    (out / "state.new").replace(out / "state.pt")


def restore(out: Path, model: Reader, optimizer: torch.optim.Optimizer) -> int:
    """Take up the state in `out`; returns the steps done, 0 without one."""
    if not (out / "state.pt").exists():
        return 0
    state = torch.load(out / "state.pt", map_location="cpu")
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    print(f"going on after step {state['step']}", flush=True)
    return int(state["step"])
