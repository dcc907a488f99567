"""What an article is: its words, and the facts about it, each with where it was read from.

Values only. Reading files into articles is `articles`; cutting them is `chunks`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open `[start, end)` in code points of the text of one article; `text[start:end]` is the quote, exactly."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article. A fact that the article does not state is None, never guessed.

    `origins` tells for each known fact (`title`, `publisher`, `author`, `published`, `updated`, `dateline_place`) where
    it was read: "dateline", "byline", "first line", "lead" (made from it), "json-ld", "meta", "field", ….
    `published` and `updated` are the article's own dates; `ingested` is when this corpus took it in (UTC).
    """

    article_id: str
    text: str
    title: str
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    updated: date | None = None
    ingested: datetime | None = None
    dateline_place: str | None = None
    url: str | None = None
    path: str | None = None
    language: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, str | int | float | bool] = field(default_factory=dict)

    @property
    def content_hash(self) -> str:
        """SHA-256 (hex) over everything a reader could see of it: equal hash, nothing to do again."""
        facts = (self.title, self.publisher, self.author, self.published, self.updated, self.dateline_place, self.url)
        seen = "\x1f".join("" if fact is None else str(fact) for fact in facts) + "\x1e" + self.text
        return hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()

    def quote(self, span: Span) -> str:
        """The exact words of a span of this article."""
        if span.article_id != self.article_id:
            raise ValueError(f"span of article {span.article_id!r} used on article {self.article_id!r}")
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was to be an article and could not be: where it is, and why, in words for a person."""

    path: str
    reason: str
