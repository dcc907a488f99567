"""What a reader sees of an article: its sentences with their names, dates and quantities, found once and kept.

Nothing here depends on a question, so that it can be remembered from question to question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from ...index.article import Article, Span
from ...index.sentences import split_sentences
from .names import Name, find_names
from .quantities import Quantity, find_quantities
from .question_words import content_stems
from .spoken_dates import SpokenDate, find_spoken_dates

N_KEPT_ARTICLES = 512


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence at `[start, end)` of an article's text; its names, dates and quantities count from its own start."""

    article: Article
    number: int
    start: int
    end: int
    text: str
    stems: tuple[str, ...]
    names: tuple[Name, ...]
    dates: tuple[SpokenDate, ...]
    quantities: tuple[Quantity, ...]

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.article.article_id, self.start, self.end)


@dataclass(frozen=True, slots=True, eq=False)
class ArticleView:
    """An article's sentences in order, and all its persons by their fullest form."""

    article: Article
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]

    def around(self, sentence: Sentence, *, before: int, after: int) -> Sequence[Sentence]:
        """The sentence with so many neighbours on each side, in order."""
        return self.sentences[max(0, sentence.number - before) : sentence.number + after + 1]


class Library:
    """Views of articles, remembered by id and content: the last few hundred."""

    def __init__(self, *, n_kept: int = N_KEPT_ARTICLES) -> None:
        self._kept = lru_cache(n_kept)(_View)

    def view(self, article: Article) -> ArticleView:
        """The view of an article; made once for its content."""
        return self._kept(article.article_id, article.content_hash).of(article)


class _View:
    """A place for one view: made when first asked for."""

    def __init__(self, article_id: str, content_hash: str) -> None:
        del article_id, content_hash
        self._view: ArticleView | None = None

    def of(self, article: Article) -> ArticleView:
        if self._view is None:
            self._view = view_article(article)
        return self._view


def view_article(article: Article) -> ArticleView:
    """All of an article that a reader looks at; an empty text has no sentences."""
    text = article.text
    bounds = split_sentences(text)
    names = find_names(text, common=_common_words(text))
    dates = find_spoken_dates(text, published=article.published)
    sentences = []
    for number, (start, end) in enumerate(bounds):
        words = text[start:end]
        own_dates = tuple(_shifted(date, start) for date in dates if start <= date.start and date.end <= end)
        own_names = tuple(_shifted(name, start) for name in names if start <= name.start and name.end <= end)
        sentences.append(
            Sentence(
                article=article,
                number=number,
                start=start,
                end=end,
                text=words,
                stems=(*content_stems(words), *_initials(own_names)),
                names=own_names,
                dates=own_dates,
                quantities=_quantities(words, own_dates),
            )
        )
    return ArticleView(article, tuple(sentences), tuple(names))


def _initials(names: Sequence[Name]) -> list[str]:
    """The acronyms that names of three words and more may go by: "nhs" of National Health Service."""
    capitals = ["".join(word[0] for word in name.text.split() if word[0].isupper()) for name in names]
    return [letters.lower() for letters in capitals if len(letters) >= 3]


def _common_words(text: str) -> frozenset[str]:
    """Words that stand in lower case somewhere."""
    return frozenset(re.findall(r"(?<![\w’'-])[a-z][\w’'-]*", text))


Found = TypeVar("Found", Name, SpokenDate)


def _shifted(found: Found, by: int) -> Found:
    return replace(found, start=found.start - by, end=found.end - by)


def _quantities(words: str, dates: Sequence[SpokenDate]) -> tuple[Quantity, ...]:
    """Quantities that are no part of a date."""
    kept = [
        quantity
        for quantity in find_quantities(words)
        if quantity.kind == "duration" or not any(d.start < quantity.end and quantity.start < d.end for d in dates)
    ]
    return tuple(kept)
