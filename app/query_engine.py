"""Dateline as a LlamaIndex query engine, for programs built on that library."""

import asyncio
from typing import TYPE_CHECKING, Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import RESPONSE_TYPE, Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from .answer import Answer, Citation, Refusal

if TYPE_CHECKING:
    from .api import Dateline


class DatelineQueryEngine(BaseQueryEngine):
    """`query(question)` gives a Response: the answer's text, its quotes as source nodes, its JSON form as metadata.

    A refusal's text is its message; it has no source nodes, and `metadata["kind"]` is "refusal".
    """

    def __init__(self, news: "Dateline") -> None:
        super().__init__(callback_manager=CallbackManager([]))
        self._news = news

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return respond(self._news.ask(query_bundle.query_str))

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}

    def _get_prompts(self) -> dict[str, Any]:
        return {}

    def _update_prompts(self, prompts: dict[str, Any]) -> None:
        """Prompts are files of the product; nothing is changed from here."""


def respond(result: Answer | Refusal) -> Response:
    """A LlamaIndex Response for an answer or a refusal."""
    if isinstance(result, Refusal):
        return Response(response=result.message, source_nodes=[], metadata=result.to_dict())
    return Response(
        response=result.text,
        source_nodes=[_node(citation, confidence=result.confidence) for citation in result.citations],
        metadata=result.to_dict(),
    )


def _node(citation: Citation, *, confidence: float) -> NodeWithScore:
    node = TextNode(
        id_=f"{citation.article_id}#{citation.start}-{citation.end}",
        text=citation.quote,
        start_char_idx=citation.start,
        end_char_idx=citation.end,
        metadata=citation.to_dict(),
    )
    return NodeWithScore(node=node, score=confidence)
