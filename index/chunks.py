"""Articles become chunks: whole sentences near a target of tokens, each an exact span of one article.

Size and rule were measured (`docs/benchmarks.md`, "Chunking"). What the embedder sees beyond the words (title,
publisher, date) is in `embedding_text` alone, never in the span. It must not embed or store.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from .article import Article, Span
from .chunk import Chunk
from .sentences import split_sentences
from .tokens import count_each, count_tokens

Range = tuple[int, int]

# Measured 2026-11: a cut inside a paragraph costs as much as a chunk that misses its target by 45%.
TARGET_SHARE = 0.7
INSIDE_PARAGRAPH = 0.2
AFTER_HEADING = 0.2

CLAUSE_ENDS = ";:,—–)"
WORD = re.compile(r"\S+")
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkSettings:
    """How articles are cut. `max_tokens` is the budget of one chunk; chunks aim at 70% of it."""

    max_tokens: int = 160

    def __post_init__(self) -> None:
        if self.max_tokens < 16:
            raise ValueError(f"a chunk needs max_tokens of 16 or more, not {self.max_tokens}")

    @property
    def name(self) -> str:
        """Identity for the record: other name, other chunks."""
        return f"paragraphs-1/{self.max_tokens}"


DEFAULT_SETTINGS = ChunkSettings()


def chunk_article(article: Article, settings: ChunkSettings = DEFAULT_SETTINGS) -> list[Chunk]:
    """The chunks of an article in order; together they hold all that is not blank. Blank text has none.

    Ends of paragraphs are preferred, and a heading stays with what follows. A sentence over the budget is cut at a
    clause, else at a word, else (one endless word) anywhere.
    """
    return [
        _chunk(article, start=start, end=end, n_tokens=count_tokens(article.text[start:end]))
        for start, end in chunk_spans(article.text, settings)
    ]


def chunk_spans(text: str, settings: ChunkSettings = DEFAULT_SETTINGS) -> list[Range]:
    """The chunks of a text as half-open code points, in order and disjoint."""
    sentences = split_sentences(text)
    units: list[Range] = []
    for (start, end), size in zip(sentences, _sizes(text, sentences), strict=True):
        fits = size <= settings.max_tokens
        units += [(start, end)] if fits else _parts(text, start=start, end=end, max_tokens=settings.max_tokens)
    costs = [_cost_of_cut(text, before=one, after=other) for one, other in pairwise(units)]
    ends = _cheapest_cuts(_sizes(text, units), [*costs, 0.0], max_tokens=settings.max_tokens)
    return [(units[first][0], units[end - 1][1]) for first, end in pairwise([0, *ends])]


def embedding_text(article: Article, words: str) -> str:
    """What is embedded and searched for `words` of an article: title, publisher and date on a line before them."""
    facts = [article.title, article.publisher, article.published.isoformat() if article.published else None]
    head = " · ".join(BLANKS.sub(" ", fact).strip() for fact in facts if fact)
    return f"{head}\n{words}" if head else words


def _chunk(article: Article, *, start: int, end: int, n_tokens: int) -> Chunk:
    words = article.text[start:end]
    return Chunk(Span(article.article_id, start, end), words, n_tokens, embedding_text(article, words))


def _sizes(text: str, units: list[Range]) -> list[int]:
    """Tokens of each unit with the blanks before it, so that sizes add up."""
    before = [units[0][0], *(end for _, end in units[:-1])] if units else []
    return count_each([text[start:end] for start, (_, end) in zip(before, units, strict=True)])


def _cost_of_cut(text: str, *, before: Range, after: Range) -> float:
    """What speaks against ending a chunk between these neighbours."""
    if "\n" not in text[before[1] : after[0]]:
        return INSIDE_PARAGRAPH
    return 0.0 if text[before[1] - 1] in '.!?…"”’»)' else AFTER_HEADING


def _cheapest_cuts(sizes: list[int], costs: list[float], *, max_tokens: int) -> list[int]:
    """Ends (exclusive) of the groups of neighbours with the smallest sum of costs, by dynamic programming.

    A group costs the square of its relative distance from the target, and what its last cut costs. None is over the
    budget unless a single unit is. Ties go to the longer last group.
    """
    target = TARGET_SHARE * max_tokens
    best, came_from = [0.0], [0]
    for end, size in enumerate(sizes, start=1):
        total, cheapest, origin = size, (size / target - 1) ** 2 + best[end - 1], end - 1
        for first in range(end - 2, -1, -1):
            total += sizes[first]
            if total > max_tokens:
                break
            cost = (total / target - 1) ** 2 + best[first]
            if cost <= cheapest:
                cheapest, origin = cost, first
        best.append(cheapest + costs[end - 1])
        came_from.append(origin)
    ends = []
    end = len(sizes)
    while end:
        ends.append(end)
        end = came_from[end]
    return ends[::-1]


def _parts(text: str, *, start: int, end: int, max_tokens: int) -> list[Range]:
    """A sentence over the budget, in parts within it: whole clauses where the words of one fit."""
    words = _words(text, start=start, end=end, max_chars=max_tokens // 4)
    sizes = _sizes(text, words)
    parts: list[Range] = []
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


def _words(text: str, *, start: int, end: int, max_chars: int) -> list[Range]:
    """Runs without blanks; a longer run than `max_chars` is cut, since a character is four tokens at worst."""
    return [
        (piece, min(piece + max_chars, word.end()))
        for word in WORD.finditer(text, start, end)
        for piece in range(word.start(), word.end(), max_chars)
    ]
