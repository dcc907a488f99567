"""Reranking: order, ranks and scores, and LlamaIndex's shape of it, with the double."""

from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from made_evidence import made_evidence

from dateline.index.llama_reranker import DatelineReranker
from dateline.index.rerank import rerank
from dateline.index.spans import OverlapSpanModel

QUESTION = "Where did Ann meet Bo?"
OFF, ON = "Rain fell all week.", "Ann did meet Bo in Oslo, where it rained."


def test_rerank_answering_chunk_comes_first_with_new_ranks() -> None:
    evidence = [made_evidence(OFF, article_id="a", rank=2), made_evidence(ON, article_id="b", rank=2)]
    found = rerank(QUESTION, evidence, model=OverlapSpanModel())
    assert [item.article.article_id for item in found] == ["b", "a"]
    assert [item.rank for item in found] == [1, 2]
    assert all(item.score == item.scores["reranked"] for item in found)
    assert all(item.scores["fused"] == 0.5 for item in found)


def test_rerank_equal_gain_search_score_decides() -> None:
    evidence = [made_evidence(ON, article_id="a", rank=3), made_evidence(ON, article_id="b", rank=1)]
    found = rerank(QUESTION, evidence, model=OverlapSpanModel())
    assert [item.article.article_id for item in found] == ["b", "a"]


def test_rerank_nothing_nothing() -> None:
    assert rerank(QUESTION, [], model=OverlapSpanModel()) == []


def test_llama_reranker_best_first_at_most_top_n() -> None:
    nodes = [NodeWithScore(node=TextNode(text=text), score=0.5) for text in (OFF, ON, OFF)]
    found = DatelineReranker(OverlapSpanModel(), top_n=2).postprocess_nodes(nodes, query_bundle=QueryBundle(QUESTION))
    assert [one.node.get_content() for one in found] == [ON, OFF]


def test_llama_reranker_without_query_same_order() -> None:
    nodes = [NodeWithScore(node=TextNode(text=text)) for text in (OFF, ON)]
    found = DatelineReranker(OverlapSpanModel(), top_n=8).postprocess_nodes(nodes)
    assert [one.node.get_content() for one in found] == [OFF, ON]
