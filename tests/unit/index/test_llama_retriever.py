"""Evidence in LlamaIndex's shape, through that library's own entry points."""

import asyncio
from datetime import date

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import MetadataMode, NodeWithScore, TextNode

from dateline.index.article import Article, Span
from dateline.index.chunk import Chunk, Evidence, Filters
from dateline.index.llama_retriever import DatelineRetriever

ARTICLE = Article(
    article_id="harbour",
    text="Fog closed the harbour. Ferries wait.",
    title="Fog at the harbour",
    publisher="Coast Post",
    published=date(2024, 2, 3),
    url="https://coast.example/fog",
)
EVIDENCE = Evidence(
    chunk=Chunk(Span("harbour", 24, 37), "Ferries wait.", 4, "Fog at the harbour\nFerries wait."),
    article=ARTICLE,
    scores={"dense": 0.25, "fused": 0.5},
    rank=1,
)


class Scripted:
    def __init__(self):
        self.asked = []

    def retrieve(self, query, *, k, filters):
        self.asked.append((query, k, filters))
        return [EVIDENCE]


def test_retrieve_gives_nodes_with_exact_words_ids_and_scores():
    found = DatelineRetriever(Scripted()).retrieve("ferries?")
    assert isinstance(DatelineRetriever(Scripted()), BaseRetriever)
    assert [(type(item), type(item.node), item.score) for item in found] == [(NodeWithScore, TextNode, 0.5)]
    node = found[0].node
    assert (node.node_id, node.text) == ("harbour#24-37", "Ferries wait.")
    assert ARTICLE.text[node.start_char_idx : node.end_char_idx] == node.text
    assert node.ref_doc_id == "harbour"


def test_retrieve_metadata_has_facts_span_and_scores_by_stage():
    metadata = DatelineRetriever(Scripted()).retrieve("ferries?")[0].node.metadata
    assert metadata == {
        "article_id": "harbour",
        "title": "Fog at the harbour",
        "publisher": "Coast Post",
        "author": None,
        "published": "2024-02-03",
        "updated": None,
        "url": "https://coast.example/fog",
        "path": None,
        "language": None,
        "start": 24,
        "end": 37,
        "rank": 1,
        "score_dense": 0.25,
        "score_fused": 0.5,
    }


def test_node_shows_a_model_the_facts_of_the_article_and_no_scores():
    shown = DatelineRetriever(Scripted()).retrieve("ferries?")[0].node.get_content(metadata_mode=MetadataMode.LLM)
    assert "title: Fog at the harbour" in shown
    assert "score" not in shown
    assert "start" not in shown


def test_retrieve_passes_query_k_and_filters():
    script, filters = Scripted(), Filters(publishers=frozenset({"Coast Post"}))
    DatelineRetriever(script, k=3, filters=filters).retrieve("ferries?")
    assert script.asked == [("ferries?", 3, filters)]


def test_aretrieve_gives_the_same():
    retriever = DatelineRetriever(Scripted())
    assert asyncio.run(retriever.aretrieve("ferries?")) == retriever.retrieve("ferries?")
