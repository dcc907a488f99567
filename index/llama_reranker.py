"""Our reranker in the shape that LlamaIndex wants, for programs built on that library.

A thin form over `rerank`: it needs only nodes with text and a score, so it works behind any retriever.
"""

from llama_index.core.bridge.pydantic import Field, PrivateAttr
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import MetadataMode, NodeWithScore, QueryBundle

from .rerank import DEFAULT_SETTINGS, gain
from .spans import Passage, SpanModel


class DatelineReranker(BaseNodePostprocessor):
    """Reorders nodes by how likely the shipped reader finds the answer in them; keeps the best `top_n`.

    A node's `title` in its metadata is read before its text. A node's own score counts as far as it lies in [0, 1];
    without a score it counts 0. Without a query the nodes stay as they are.
    """

    top_n: int = Field(default=8, ge=1)
    _model: SpanModel = PrivateAttr()

    def __init__(self, model: SpanModel, *, top_n: int = 8) -> None:
        super().__init__()
        self.top_n = top_n
        self._model = model

    @classmethod
    def class_name(cls) -> str:
        """LlamaIndex's name for the kind."""
        return "DatelineReranker"

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        if query_bundle is None or not nodes:
            return nodes[: self.top_n]
        passages = [
            Passage(one.node.get_content(MetadataMode.NONE), head=str(one.node.metadata.get("title") or ""))
            for one in nodes
        ]
        scores = self._model.score(query_bundle.query_str, passages)
        gained = [
            (min(1.0, max(0.0, one.score or 0.0)) + gain(score, settings=DEFAULT_SETTINGS), one)
            for one, score in zip(nodes, scores, strict=True)
        ]
        best = sorted(gained, key=lambda pair: -pair[0])[: self.top_n]
        return [NodeWithScore(node=one.node, score=score) for score, one in best]
