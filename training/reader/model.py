"""The network while it learns: the six layers of all-MiniLM-L6-v2 with a start and an end score for each word piece.

Written out, not taken from transformers: two shapes of input, no dropout in the attention (it costs as much as the
matrix products on a processor) and word embeddings that are never changed are all it needs. The first word piece,
[CLS], stands for "the answer is not in this passage".
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

DIM, N_HEADS, N_LAYERS, INNER = 384, 12, 6, 1536
N_PIECES, MAX_PIECES, EPSILON = 30522, 512, 1e-12


class Layer(nn.Module):
    """One transformer layer, (n, length, DIM) → the same; names as in BERT's published weights."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.attention_in = nn.Linear(DIM, 3 * DIM)
        self.attention_out = nn.Linear(DIM, DIM)
        self.attention_norm = nn.LayerNorm(DIM, eps=EPSILON)
        self.inner = nn.Linear(DIM, INNER)
        self.outer = nn.Linear(INNER, DIM)
        self.norm = nn.LayerNorm(DIM, eps=EPSILON)
        self.dropout, self.scale = dropout, (DIM // N_HEADS) ** -0.5

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`mask` (n, 1, 1, length) is 0 where a piece is read and very low where it is padding."""
        n, length, _ = x.shape
        heads = self.attention_in(x).view(n, length, 3, N_HEADS, DIM // N_HEADS).permute(2, 0, 3, 1, 4)
        # Written out: a fifth quicker on two cores than PyTorch's flash attention, whose way back is slow in bf16.
        weights = ((heads[0] * self.scale) @ heads[1].transpose(-1, -2) + mask.to(heads.dtype)).softmax(-1)
        mixed = weights.to(heads.dtype) @ heads[2]
        mixed = self.attention_out(mixed.transpose(1, 2).reshape(n, length, DIM))
        x = self.attention_norm(x + functional.dropout(mixed, self.dropout, self.training))
        grown = self.outer(functional.gelu(self.inner(x)))
        return self.norm(x + functional.dropout(grown, self.dropout, self.training))


class Reader(nn.Module):
    """`pieces`, `types`, `mask` (n, length) → (scores, here, support), float32.

    `scores` (n, length, 2) are those of a span's start and end, -1e4 at padding; `here` (n,) is the log odds that the
    passage answers the question at all; `support` (n,) that it says what a statement in the question's place says.
    """

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(N_PIECES, DIM)
        self.places = nn.Embedding(MAX_PIECES, DIM)
        self.types = nn.Embedding(2, DIM)
        self.norm = nn.LayerNorm(DIM, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(N_LAYERS))
        self.span = nn.Linear(DIM, 2)
        self.here = nn.Linear(DIM, 1)
        self.support = nn.Linear(DIM, 1)
        self.dropout = dropout
        self.words.weight.requires_grad_(False)

    def forward(self, pieces: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores and odds of a batch."""
        places = self.places.weight[: pieces.shape[1]]
        x = self.norm(self.words(pieces) + self.types(types) + places)
        x = functional.dropout(x, self.dropout, self.training)
        away = (mask - 1.0) * 1e4
        for layer in self.layers:
            x = layer(x, away[:, None, None, :])
        here, support = self.here(x[:, 0]).float()[:, 0], self.support(x[:, 0]).float()[:, 0]
        return self.span(x).float() + away[:, :, None], here, support


def from_encoder(weights: dict[str, Tensor], *, dropout: float = 0.1) -> Reader:
    """A reader with the encoder's published weights and a span head near zero."""
    reader = Reader(dropout)
    own = reader.state_dict()
    own["words.weight"] = weights["embeddings.word_embeddings.weight"]
    own["places.weight"] = weights["embeddings.position_embeddings.weight"]
    own["types.weight"] = weights["embeddings.token_type_embeddings.weight"]
    for head in HEADS:
        own[f"{head}.weight"], own[f"{head}.bias"] = (
            own[f"{head}.weight"].normal_(std=0.02),
            own[f"{head}.bias"].zero_(),
        )
    for kind in ("weight", "bias"):
        own[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
        for number in range(N_LAYERS):
            old, new = f"encoder.layer.{number}", f"layers.{number}"
            parts = [weights[f"{old}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            own[f"{new}.attention_in.{kind}"] = torch.cat(parts)
            for ours, theirs in NAMES.items():
                own[f"{new}.{ours}.{kind}"] = weights[f"{old}.{theirs}.{kind}"]
    reader.load_state_dict(own)
    return reader


HEADS = ("span", "here", "support")
NAMES = {
    "attention_out": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm": "output.LayerNorm",
}


def as_encoder(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The reverse of `from_encoder`: the encoder's weights under their published names, and those of the heads."""
    plain = {
        "embeddings.word_embeddings.weight": state["words.weight"],
        "embeddings.position_embeddings.weight": state["places.weight"],
        "embeddings.token_type_embeddings.weight": state["types.weight"],
    }
    for kind in ("weight", "bias"):
        plain[f"embeddings.LayerNorm.{kind}"] = state[f"norm.{kind}"]
        plain |= {f"{head}.{kind}": state[f"{head}.{kind}"] for head in HEADS}
        for number in range(N_LAYERS):
            old, new = f"encoder.layer.{number}", f"layers.{number}"
            parts = state[f"{new}.attention_in.{kind}"].chunk(3)
            for part, name in zip(parts, ("query", "key", "value"), strict=True):
                plain[f"{old}.attention.self.{name}.{kind}"] = part
            for ours, theirs in NAMES.items():
                plain[f"{old}.{theirs}.{kind}"] = state[f"{new}.{ours}.{kind}"]
    return plain
