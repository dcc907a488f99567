"""Retrieval in LlamaIndex's shape, for programs built on that library.

A thin form over `retrieve`: same ranking, same scores. It must not add to them, nor read the corpus itself.
"""

import asyncio
from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.callbacks import CallbackManager
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from .article import Article
from .chunk import Evidence, Filters
from .retrieve import Retriever


class DatelineRetriever(BaseRetriever):
    """`retrieve(query)` gives at most k NodeWithScore, best first: a node's text is exactly the article's words.

    `node_id` is the chunk id; its score is the one that ranked it; `metadata` has the article's facts, the span
    (`start`, `end`, code points) and the scores by stage (`score_dense`, `score_lexical`, `score_fused`). A fact that
    the article does not state is None.
    """

    def __init__(self, retriever: Retriever, *, k: int = 8, filters: Filters | None = None) -> None:
        super().__init__(callback_manager=CallbackManager([]))
        self._retriever = retriever
        self._k = k
        self._filters = filters

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._retriever.retrieve(query_bundle.query_str, k=self._k, filters=self._filters)
        return [as_node(item) for item in found]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


def as_node(item: Evidence) -> NodeWithScore:
    """One piece of evidence as a LlamaIndex node; its source is the article."""
    span = item.chunk.span
    metadata = _facts(item.article) | {"start": span.start, "end": span.end, "rank": item.rank}
    metadata |= {f"score_{stage}": score for stage, score in item.scores.items()}
    # What a model is shown beside the words: what a reader of the article would see.
    hidden = [name for name in metadata if name not in {"title", "publisher", "author", "published"}]
    node = TextNode(
        id_=item.chunk.chunk_id,
        text=item.chunk.text,
        start_char_idx=span.start,
        end_char_idx=span.end,
        metadata=metadata,
        excluded_embed_metadata_keys=hidden,
        excluded_llm_metadata_keys=hidden,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=span.article_id)},
    )
    return NodeWithScore(node=node, score=item.score)


def _facts(article: Article) -> dict[str, Any]:
    return {
        "article_id": article.article_id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published": article.published.isoformat() if article.published else None,
        "updated": article.updated.isoformat() if article.updated else None,
        "url": article.url,
        "path": article.path,
        "language": article.language,
    }
