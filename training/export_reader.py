"""Make the shipped reader: the trained weights become one int8 ONNX graph with its heads.

    python training/export_reader.py STATE.pt [OUTPUT_FOLDER] [--weights-as int8|float]

Writes model.onnx, tokenizer.json and card.json.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from bert_graph import DIM, Graph, digest, encoded, model_of, origin, tokenizer
from onnx import helper
from reader.model import as_encoder

MAX_PIECES = 384
OUTPUT = Path(__file__).parents[1] / "index" / "models" / "reader"


def headed(graph: Graph, x: str, name: str, weights: dict[str, np.ndarray]) -> str:
    """`x @ weight + bias` in fp32: the heads are small, and their scores are compared across passages."""
    product = graph.op("MatMul", x, graph.constant(f"{name}.weight", weights[f"{name}.weight"].T))
    return graph.op("Add", product, graph.constant(f"{name}.bias", weights[f"{name}.bias"]))


def build(weights: dict[str, np.ndarray], *, weights_as: str) -> onnx.ModelProto:
    """The graph: `input_ids`, `token_type_ids`, `attention_mask` (n, length) → `scores`, `here`, `support`.

    `scores` is (n, length, 2), the other two (n, 1).
    """
    graph = Graph(weights_as)
    x = encoded(graph, weights, max_pieces=MAX_PIECES, segments=2)
    graph.nodes.append(helper.make_node("Identity", [headed(graph, x, "span", weights)], ["scores"]))
    one = graph.constant("one_axis", np.array([1], np.int64))
    first = graph.op("Squeeze", graph.op("Gather", x, graph.constant("first", np.array([0], np.int64)), axis=1), one)
    for head in ("here", "support"):
        graph.nodes.append(helper.make_node("Identity", [headed(graph, first, head, weights)], [head]))
    inputs = ["input_ids", "token_type_ids", "attention_mask"]
    return model_of(graph, "reader", inputs, {"scores": ["n", "length", 2], "here": ["n", 1], "support": ["n", 1]})


def card(output: Path, *, weights_as: str) -> dict[str, Any]:
    """What the shipped file is, where it comes from, and under which licence."""
    return {
        "name": f"dateline-reader-{weights_as}-{digest(output / 'model.onnx')[:8]}",
        "dim": DIM,
        "max_pieces": MAX_PIECES,
        "sha256": digest(output / "model.onnx"),
        "tokenizer_sha256": digest(output / "tokenizer.json"),
        "licence": "Apache-2.0",
        "origin": "trained from sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0); see card.md",
        "origin_sha256": digest(origin() / "model.safetensors"),
        "recipe": "make train",
    }


def export(state: dict[str, Any], output: Path, *, weights_as: str = "int8") -> dict[str, Any]:
    """Write the three files; returns the card."""
    output.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.float().numpy() for name, tensor in as_encoder(state).items()}
    model = build(weights, weights_as=weights_as)
    onnx.checker.check_model(model)
    onnx.save(model, output / "model.onnx")
    (output / "tokenizer.json").write_text(tokenizer(origin()), encoding="utf-8")
    facts = card(output, weights_as=weights_as)
    (output / "card.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    return facts


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("state", type=Path, help="state.pt of reader.train")
    parser.add_argument("output", type=Path, nargs="?", default=OUTPUT)
    parser.add_argument("--weights-as", choices=("int8", "float"), default="int8")
    chosen = parser.parse_args()
    state = torch.load(chosen.state, map_location="cpu")["model"]
    print(json.dumps(export(state, chosen.output, weights_as=chosen.weights_as), indent=2))


if __name__ == "__main__":
    main()
