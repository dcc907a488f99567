"""The one place that builds the parts of the chain from Settings.

Heavy parts (models, databases, LlamaIndex) are imported where they are built, so that `dateline --help` stays quick.
"""

import importlib.metadata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypedDict

from ..index.errors import SettingsError
from .chain import Parts, fingerprint
from .condense.rules import Turn, condense
from .reader import Reader
from .settings import Settings

if TYPE_CHECKING:
    from ..index.chunks import ChunkSettings
    from ..index.corpus import Corpus
    from ..index.embed import Embedder
    from ..index.vectors.chroma import VectorSettings
    from .extractive.reader import ExtractiveReader
    from .llm.client import LLMClient


class CorpusPlaces(TypedDict):
    """What a corpus is opened with beside its folder."""

    embedder: "Embedder"
    chunking: "ChunkSettings"
    vectors: "VectorSettings"
    database_url: str | None


def open_corpus(settings: Settings, *, read_only: bool = False) -> "Corpus":
    """The corpus of the data folder, with the embedder and the vector index that the settings name."""
    from ..index.corpus import Corpus

    return Corpus.open(settings.home, **corpus_places(settings), read_only=read_only)


def corpus_places(settings: Settings) -> CorpusPlaces:
    """The embedder, the chunk settings, the vector index and the database that the settings name."""
    from ..index.chunks import ChunkSettings
    from ..index.vectors.chroma import VectorSettings

    secret = settings.chroma_api_key
    vectors = VectorSettings(
        url=settings.chroma_url,
        headers=settings.chroma_headers,
        api_key=secret.get_secret_value() if secret else None,
        tenant=settings.chroma_tenant,
        database=settings.chroma_database,
    )
    return {
        "embedder": build_embedder(settings),
        "chunking": ChunkSettings(),
        "vectors": vectors,
        "database_url": settings.database_url,
    }


def build_embedder(settings: Settings) -> "Embedder":
    """The shipped model, or the one that `embedding_model` names on an OpenAI-compatible server."""
    from ..index.embed import default_embedder

    if settings.embedding_model is None:
        return default_embedder()
    from ..index.hosted_embed import HostedEmbedder

    return HostedEmbedder(
        settings.embedding_model,
        api_key=settings.api_key,
        api_base=settings.openai_base_url,
        timeout_s=settings.timeout_s,
        n_attempts=settings.max_retries + 1,
    )


def build_parts(
    settings: Settings, corpus: "Corpus", *, clock: Callable[[], float], new_id: Callable[[], str]
) -> Parts:
    """The chain's parts over an open corpus. With the LLM, the extractive reader stands behind it."""
    from ..index.rerank import RerankingRetriever
    from ..index.retrieve import Retriever
    from ..index.spans import default_span_model

    extractive = build_extractive(settings, corpus)
    client = build_client(settings) if settings.reader_kind == "llm" else None
    reader: Reader = build_llm_reader(settings, client) if client else extractive
    version = importlib.metadata.version("dateline")

    def made_by() -> str:
        facts = {"version": version, "settings": settings.digest(), "reader": reader.name, **corpus.manifest()}
        return fingerprint(facts)

    return Parts(
        retriever=RerankingRetriever(Retriever(corpus), default_span_model()),
        reader=reader,
        fallback=extractive if client else None,
        condense=_condense_with(client) if client else condense,
        new_id=new_id,
        clock=clock,
        n_evidence=settings.n_evidence,
        n_articles=lambda: corpus.n_articles,
        fingerprint=made_by,
        close=client.close if client else lambda: None,
    )


def build_extractive(settings: Settings, corpus: "Corpus") -> "ExtractiveReader":
    """The keyless reader; it always reads with the shipped models, whatever embeds the chunks."""
    from ..index.embed import default_embedder
    from ..index.spans import default_span_model
    from .extractive.reader import ExtractiveReader

    embedder = corpus.embedder if settings.embedding_model is None else default_embedder()
    if settings.min_confidence is None:
        return ExtractiveReader(embedder, default_span_model())
    return ExtractiveReader(embedder, default_span_model(), threshold=settings.min_confidence)


def build_client(settings: Settings) -> "LLMClient":
    """The LLM's client. Raises SettingsError when the reader is "llm" and neither key nor address is set."""
    from .llm.client import LLMClient, LLMSettings

    if not settings.api_key and not settings.openai_base_url:
        raise SettingsError(
            'The reader is "llm" but neither OPENAI_API_KEY nor OPENAI_BASE_URL is set. '
            'Set one, or use reader="extractive", which needs no key.'
        )
    return LLMClient(
        LLMSettings(
            model=settings.model,
            api_key=settings.api_key,
            base_url=settings.openai_base_url,
            timeout_s=settings.timeout_s,
            max_retries=settings.max_retries,
        )
    )


def build_llm_reader(settings: Settings, client: "LLMClient") -> Reader:
    """The LLM reader within the settings' token budget."""
    from .llm.reader import LLMReader

    return LLMReader(client, max_evidence_tokens=settings.max_evidence_tokens)


def _condense_with(client: "LLMClient") -> Callable[[str, Sequence[Turn]], str]:
    def condensed(question: str, history: Sequence[Turn]) -> str:
        from .llm.condense import condense_with_llm

        return condense_with_llm(client, question, history)

    return condensed
