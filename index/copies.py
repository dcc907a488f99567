"""Which articles of a corpus are prints of one text, and which of them stands in the evidence. Values, pure functions.

Finding them is `syndication`'s and the record's work. A group is a star: its first article (earliest published, else
first taken in) and all that are like it; so a chain of slowly changing texts is not one group.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from .chunk import Chunk, Print
from .fusion import Fused
from .record.rows import ArticleRow
from .syndication import Likeness, contained

SAID_BY_ANOTHER = 0.8  # share of a chunk's runs of words from which another print says it too


@dataclass(frozen=True, slots=True)
class Copies:
    """The groups of a corpus, each earliest first. An article that stands alone is in none."""

    groups: tuple[tuple[Print, ...], ...] = ()
    _by_article: Mapping[str, tuple[Print, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_article = {one.article_id: group for group in self.groups for one in group}
        object.__setattr__(self, "_by_article", by_article)

    def of(self, article_id: str) -> tuple[Print, ...]:
        """The other prints of an article's text, earliest first; empty where there is none."""
        return tuple(one for one in self._by_article.get(article_id, ()) if one.article_id != article_id)

    def same_words(self, article_id: str) -> tuple[str, ...]:
        """The ids of the group's articles that say the same, this one included; empty for one that stands alone."""
        group = self._by_article.get(article_id, ())
        same = tuple(one.article_id for one in group if not one.altered)
        return same if article_id in same and len(same) > 1 else ()

    def among(self, allowed: Collection[str] | None) -> "Copies":
        """The same as if no other articles than these were there; None allows all."""
        if allowed is None or not self.groups:
            return self
        left = (tuple(one for one in group if one.article_id in allowed) for group in self.groups)
        return Copies(tuple(group for group in left if len(group) > 1))


def grouped(likenesses: Iterable[tuple[str, str, Likeness]], rows: Iterable[ArticleRow]) -> Copies:
    """The groups from pairs of like articles; pairs of articles without a row are left out."""
    held = {row.article_id: row for row in rows}
    near: dict[str, dict[str, Likeness]] = {}
    for one, other, likeness in likenesses:
        if one in held and other in held:
            near.setdefault(one, {})[other] = likeness
            near.setdefault(other, {})[one] = likeness
    groups: list[tuple[Print, ...]] = []
    taken: set[str] = set()
    for first in sorted(near, key=lambda article_id: _order(held[article_id])):
        if first in taken:
            continue
        others = [other for other in near[first] if other not in taken]
        taken |= {first, *others}
        if others:
            ordered = sorted(others, key=lambda article_id: _order(held[article_id]))
            altered = (_print(held[other], altered=near[first][other] == "version") for other in ordered)
            groups.append((_print(held[first], altered=False), *altered))
    return Copies(tuple(groups))


def _order(row: ArticleRow) -> tuple[date, datetime, str]:
    return row.published or date.max, row.ingested, row.article_id


def _print(row: ArticleRow, *, altered: bool) -> Print:
    return Print(
        article_id=row.article_id,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        url=row.url,
        altered=altered,
    )


def one_print_each(ranking: Sequence[Fused], chunks: Mapping[str, Chunk], copies: Copies) -> list[Fused]:
    """A ranking without the chunks whose words the earliest print says too; that print's chunk takes the better place.

    `chunks` holds at least those of articles with copies. What only a later, longer print says stays.
    """
    groups: dict[tuple[str, ...], list[Fused]] = {}
    for row in ranking:
        chunk = chunks.get(row.chunk_id)
        if chunk and (same := copies.same_words(chunk.span.article_id)):
            groups.setdefault(same, []).append(row)
    stands_for: dict[str, str] = {}
    for same, rows in groups.items():
        stands_for |= _stand_ins(same, rows, chunks)
    best: dict[str, Fused] = {}
    for row in ranking:
        kept = stands_for.get(row.chunk_id, row.chunk_id)
        score = max(row.score, best[kept].score) if kept in best else row.score
        known = row if kept == row.chunk_id else best.get(kept)
        best[kept] = replace(known, score=score) if known else replace(row, chunk_id=kept, dense=None, lexical=None)
    return list(best.values())


def _stand_ins(same: Sequence[str], rows: Sequence[Fused], chunks: Mapping[str, Chunk]) -> dict[str, str]:
    """For each chunk to leave out, the one that is kept in its place; earlier prints are kept first."""
    kept: list[Chunk] = []
    found: dict[str, str] = {}
    for article_id in same:
        own = [chunks[row.chunk_id] for row in rows if chunks[row.chunk_id].span.article_id == article_id]
        told = "\n".join(chunk.text for chunk in sorted(kept, key=lambda chunk: chunk.span.start))
        new = []
        for chunk in own:
            if told and contained(chunk.text, told) >= SAID_BY_ANOTHER:
                found[chunk.chunk_id] = max(kept, key=lambda other: contained(chunk.text, other.text)).chunk_id
            else:
                new.append(chunk)
        kept += new
    return found
