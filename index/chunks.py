"""Articles become chunks: whole sentences up to a budget of tokens, each an exact span of one article.

Size and rule were measured (`docs/benchmarks.md`, "Chunking"). What the embedder sees beyond the words (title,
publisher, date) is in `embedding_text` alone, never in the span. It must not embed or store.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .article import Article, Span
from .chunk import Chunk
from .sentences import split_sentences
from .tokens import count_each, count_tokens

CLAUSE_ENDS = ";:,—–)"
WORD = re.compile(r"\S+")
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkSettings:
    """How articles are cut. `max_tokens` is the budget of one chunk; `overlap_sentences` are repeated in the next."""

    max_tokens: int = 160
    overlap_sentences: int = 0

    def __post_init__(self) -> None:
        if self.max_tokens < 16 or self.overlap_sentences < 0:
            raise ValueError(f"chunks need max_tokens >= 16 and overlap_sentences >= 0, not {self}")

    @property
    def name(self) -> str:
        """Identity for the record: other name, other chunks."""
        return f"sentences-1/{self.max_tokens}/{self.overlap_sentences}"


DEFAULT_SETTINGS = ChunkSettings()


def chunk_article(article: Article, settings: ChunkSettings = DEFAULT_SETTINGS) -> list[Chunk]:
    """The chunks of an article in order; together they hold all that is not blank. Blank text has none.

    A sentence over the budget is cut at a clause, else at a word, else (one endless word) anywhere.
    """
    return [_chunk(article, start=start, end=end, n_tokens=n) for start, end, n in chunk_spans(article.text, settings)]


def chunk_spans(text: str, settings: ChunkSettings = DEFAULT_SETTINGS) -> list[tuple[int, int, int]]:
    """(start, end, n_tokens) of the chunks of a text; half-open code points."""
    sentences = split_sentences(text)
    units: list[tuple[int, int]] = []
    for (start, end), size in zip(sentences, _sizes(text, sentences), strict=True):
        fits = size <= settings.max_tokens
        units += [(start, end)] if fits else _parts(text, start=start, end=end, max_tokens=settings.max_tokens)
    return list(_grouped(text, units=units, settings=settings))


def embedding_text(article: Article, words: str) -> str:
    """What is embedded and searched for `words` of an article: title, publisher and date on a line before them."""
    facts = [article.title, article.publisher, article.published.isoformat() if article.published else None]
    head = " · ".join(BLANKS.sub(" ", fact).strip() for fact in facts if fact)
    return f"{head}\n{words}" if head else words


def _chunk(article: Article, *, start: int, end: int, n_tokens: int) -> Chunk:
    words = article.text[start:end]
    return Chunk(Span(article.article_id, start, end), words, n_tokens, embedding_text(article, words))


def _sizes(text: str, units: list[tuple[int, int]]) -> list[int]:
    """Tokens of each unit with the blanks before it, so that sizes add up, nearly."""
    before = [units[0][0], *(end for _, end in units[:-1])] if units else []
    return count_each([text[start:end] for start, (_, end) in zip(before, units, strict=True)])


def _grouped(text: str, *, units: list[tuple[int, int]], settings: ChunkSettings) -> Iterator[tuple[int, int, int]]:
    """Neighbouring units joined up to the budget, as (start, end, n_tokens)."""
    sizes, first = _sizes(text, units), 0
    while first < len(units):
        last, total = first, sizes[first]
        while last + 1 < len(units) and total + sizes[last + 1] <= settings.max_tokens:
            last += 1
            total += sizes[last]
        # Tokens of parts add up to those of the whole only nearly; the budget holds for the whole.
        while (n_tokens := count_tokens(text[units[first][0] : units[last][1]])) > settings.max_tokens and last > first:
            last -= 1
        yield units[first][0], units[last][1], n_tokens
        if last + 1 == len(units):
            return
        first = max(first + 1, last + 1 - settings.overlap_sentences)


def _parts(text: str, *, start: int, end: int, max_tokens: int) -> list[tuple[int, int]]:
    """A sentence over the budget, in parts within it: whole clauses where the words of one fit."""
    words = _words(text, start=start, end=end, max_chars=max_tokens // 4)
    sizes = _sizes(text, words)
    parts: list[tuple[int, int]] = []
    first = total = clause = 0
    for i, size in enumerate(sizes):
        if total + size > max_tokens and i > first:
            cut = clause if clause > first else i
            parts.append((words[first][0], words[cut - 1][1]))
            first, total = cut, sum(sizes[cut:i])
        total += size
        if text[words[i][1] - 1] in CLAUSE_ENDS:
            clause = i + 1
    return [*parts, (words[first][0], end)]


def _words(text: str, *, start: int, end: int, max_chars: int) -> list[tuple[int, int]]:
    """Runs without blanks; a longer run than `max_chars` is cut, since a character is four tokens at worst."""
    return [
        (piece, min(piece + max_chars, word.end()))
        for word in WORD.finditer(text, start, end)
        for piece in range(word.start(), word.end(), max_chars)
    ]
