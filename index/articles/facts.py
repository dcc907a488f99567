"""Facts on their way into an article: each with where it was read, and which of two readings is preferred.

Values only. The readers (`plain_text`, `markdown`, `json_lines`, `web_page`) fill them in; `articles` makes the
article.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A value and where it was read ("dateline", "byline", "json-ld", …)."""

    value: T
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one reading of an article found; None where it does not say."""

    title: Fact[str] | None = None
    publisher: Fact[str] | None = None
    author: Fact[str] | None = None
    published: Fact[date] | None = None
    updated: Fact[date] | None = None
    dateline_place: Fact[str] | None = None
    url: Fact[str] | None = None
    language: Fact[str] | None = None

    def or_else(self, other: "Facts") -> "Facts":
        """These facts; where one is missing, the other reading's."""
        return Facts(
            title=self.title or other.title,
            publisher=self.publisher or other.publisher,
            author=self.author or other.author,
            published=self.published or other.published,
            updated=self.updated or other.updated,
            dateline_place=self.dateline_place or other.dateline_place,
            url=self.url or other.url,
            language=self.language or other.language,
        )

    def origins(self) -> dict[str, str]:
        """Field name → where it was read, for every fact that is known."""
        known = ((f.name, getattr(self, f.name)) for f in fields(self))
        return {name: fact.origin for name, fact in known if fact is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as a reader hands it over: its main text, its facts, and what else the file said about it.

    `text` is empty when nothing of the article was left after taking the page's furniture away.
    """

    text: str
    facts: Facts
    metadata: Mapping[str, str | int | float | bool] = field(default_factory=dict)
