"""A piece of text as checking sees it, a statement or a source's sentence: its words, dates, amounts and names.

Values only; what follows from comparing two of them is `facts`, `polarity` and `speech`.
"""

from dataclasses import dataclass
from functools import lru_cache

from ...index.article import Article
from ..extractive.article_view import ArticleView, Sentence, view_article
from ..extractive.names import Name, find_names
from ..extractive.spoken_dates import SpokenDate, find_spoken_dates
from .amounts import Amount, amounts_of
from .tokens import Token, tokens_of


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """Words with their facts; offsets count from the passage's own start."""

    text: str
    tokens: tuple[Token, ...]
    dates: tuple[SpokenDate, ...]
    amounts: tuple[Amount, ...]
    names: tuple[Name, ...]

    @property
    def stems(self) -> frozenset[str]:
        """The stems of its words that carry meaning."""
        return frozenset(token.stem for token in self.tokens if token.content)

    @property
    def words(self) -> frozenset[str]:
        """All its words, folded."""
        return frozenset(token.folded for token in self.tokens)


@lru_cache(1024)
def statement_passage(text: str) -> Passage:
    """The passage of a statement; its relative dates stay unresolved."""
    dates = tuple(find_spoken_dates(text, published=None))
    return Passage(text, tokens_of(text), dates, _amounts(text, dates), _outside(find_names(text), dates))


def facts_in(text: str) -> list[tuple[str, str]]:
    """The kind and the words of each fact that a text states: dates, then amounts, then names."""
    said = statement_passage(text)
    dates = [("date", date.text) for date in said.dates]
    amounts = [(amount.kind, amount.text) for amount in said.amounts]
    return [*dates, *amounts, *((name.kind, name.text) for name in said.names)]


@lru_cache(8192)
def sentence_passage(sentence: Sentence) -> Passage:
    """The passage of an article's sentence, its dates as the article tells them."""
    amounts = _amounts(sentence.text, sentence.dates)
    names = _outside(sentence.names, sentence.dates)
    return Passage(sentence.text, tokens_of(sentence.text), sentence.dates, amounts, names)


def _amounts(text: str, dates: tuple[SpokenDate, ...]) -> tuple[Amount, ...]:
    return tuple(a for a in amounts_of(text) if not any(d.start < a.end and a.start < d.end for d in dates))


def _outside(names: "list[Name] | tuple[Name, ...]", dates: tuple[SpokenDate, ...]) -> tuple[Name, ...]:
    lettered = (name for name in names if any(char.isalpha() for char in name.text))
    return tuple(n for n in lettered if not any(d.start < n.end and n.start < d.end for d in dates))


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """An article as checking sees it; made by `source_of`."""

    view: ArticleView

    @property
    def article(self) -> Article:
        """The article."""
        return self.view.article

    def passages(self) -> list[Passage]:
        """One for each of its sentences, in order."""
        return [sentence_passage(sentence) for sentence in self.view.sentences]


class Sources:
    """Articles as sources, the last few hundred remembered by id and content."""

    def __init__(self, *, n_kept: int = 256) -> None:
        self._n_kept = n_kept
        self._kept: dict[tuple[str, str], Source] = {}

    def of(self, article: Article) -> Source:
        """The source of an article; made once for its content."""
        key = (article.article_id, article.content_hash)
        source = self._kept.pop(key, None) or Source(view_article(article))
        self._kept[key] = source
        while len(self._kept) > self._n_kept:
            self._kept.pop(next(iter(self._kept)), None)
        return source
