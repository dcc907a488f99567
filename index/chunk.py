"""What a chunk is, and what retrieval hands on: values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .article import Article, Span


@dataclass(frozen=True, slots=True)
class Chunk:
    """A span of one article as it is indexed.

    `text` is exactly `article.text[span.start:span.end]`; `embedding_text` is what the embedder and the lexical index
    see: title, publisher and date before the words. `n_tokens` counts `text` alone (tiktoken, cl100k_base).
    """

    span: Span
    text: str
    n_tokens: int
    embedding_text: str

    @property
    def chunk_id(self) -> str:
        """`article_id#start-end`, unique in a corpus and stable while text and chunk settings are."""
        return f"{self.span.article_id}#{self.span.start}-{self.span.end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What limits the evidence. All given limits hold together; None means no limit.

    Dates are inclusive and compare with `Article.published`. An article without a known publication date stays in,
    since nothing says that it is outside, unless `dated_only`.
    """

    article_ids: frozenset[str] | None = None
    publishers: frozenset[str] | None = None
    published_from: date | None = None
    published_to: date | None = None
    dated_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """One article of several that print the same text; `altered`: it gives another value in the same words."""

    article_id: str
    title: str
    publisher: str | None
    published: date | None
    url: str | None
    altered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A chunk that was retrieved: its article, its scores by stage (higher is better) and its 1-based rank.

    Stages: "dense" (cosine), "lexical" (BM25), "fused", "reranked"; a stage that did not see the chunk is absent.
    `copies`: the other articles within the filters that print the same text, earliest first.
    """

    chunk: Chunk
    article: Article
    scores: Mapping[str, float]
    rank: int
    copies: tuple[Print, ...] = ()

    @property
    def score(self) -> float:
        """The score of the last stage that ranked it."""
        return self.scores.get("reranked", self.scores.get("fused", 0.0))
