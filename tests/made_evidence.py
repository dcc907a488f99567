"""Evidence made by hand for tests: an article and a chunk of it, as retrieval would hand them on."""

from datetime import date

from dateline.index.article import Article, Span
from dateline.index.chunk import Chunk, Evidence


def made_evidence(
    text: str,
    *,
    article_id: str = "a",
    title: str = "Harbour talks",
    publisher: str | None = "Coast Wire",
    published: date | None = date(2021, 5, 5),
    part: str | None = None,
    rank: int = 1,
) -> Evidence:
    """Evidence whose chunk is the whole text, or the given part of it."""
    article = Article(article_id=article_id, text=text, title=title, publisher=publisher, published=published)
    start = 0 if part is None else text.index(part)
    words = text if part is None else part
    chunk = Chunk(Span(article_id, start, start + len(words)), words, len(words.split()), words)
    return Evidence(chunk=chunk, article=article, scores={"fused": 1.0 / rank}, rank=rank)
