"""Which articles are like which, kept in the record beside them: marks to look candidates up by, and the pairs found.

Part of the transaction that puts an article in or takes it out, so that it is never behind. A record that was written
before, or by a version that does not know these tables, is brought up to date when it is opened for writing.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, Engine, delete, insert, or_, select

from ..syndication import MIN_SHARED_MARKS, Words, compare, lead_marks, words_of
from .reading import slices
from .tables import articles, compared, lead_marks_table, likenesses

# Standing texts (a consent page, a masthead) may open hundreds of articles; comparing with some of them is enough.
MAX_CANDIDATES = 12
_SLICE = 200


def link(connection: Connection, texts: Mapping[str, str], hashes: Mapping[str, str]) -> None:
    """Finds what these articles, just put in, are like, each other included. Their marks must not be in yet."""
    marks = {article_id: lead_marks(text) for article_id, text in texts.items()}
    stored = [{"article_id": article_id, "content_hash": hashes[article_id]} for article_id in texts]
    rows = [{"article_id": article_id, "mark": mark} for article_id, own in marks.items() for mark in own]
    if stored:
        connection.execute(insert(compared), stored)
    if rows:
        connection.execute(insert(lead_marks_table), rows)
    pairs = _candidates(connection, marks)
    words = _Words(connection, texts)
    found = [
        {"article_id": one, "other_id": other, "likeness": likeness}
        for one, other in pairs
        if (likeness := compare(words.of(one), words.of(other)))
    ]
    if found:
        connection.execute(insert(likenesses), found)


def unlink(connection: Connection, article_ids: Sequence[str]) -> None:
    """Forgets what these articles are like."""
    for some in slices(article_ids, size=400):
        connection.execute(delete(compared).where(compared.c.article_id.in_(some)))
        connection.execute(delete(lead_marks_table).where(lead_marks_table.c.article_id.in_(some)))
        of_these = or_(likenesses.c.article_id.in_(some), likenesses.c.other_id.in_(some))
        connection.execute(delete(likenesses).where(of_these))


def catch_up(engine: Engine) -> None:
    """Compares the articles that never were, or were with another content, and forgets those that are gone."""
    with engine.connect() as connection:
        stored = {row[0]: row[1] for row in connection.execute(select(articles.c.article_id, articles.c.content_hash))}
        known = {row[0]: row[1] for row in connection.execute(select(compared.c.article_id, compared.c.content_hash))}
    behind = sorted(article_id for article_id, digest in stored.items() if known.get(article_id) != digest)
    gone = sorted(known.keys() - stored.keys())
    if not behind and not gone:
        return
    with engine.begin() as connection:
        unlink(connection, [*behind, *gone])
        for some in slices(behind, size=_SLICE):
            rows = connection.execute(
                select(articles.c.article_id, articles.c.text).where(articles.c.article_id.in_(some))
            )
            link(connection, {row[0]: row[1] for row in rows}, stored)


def _candidates(connection: Connection, marks: Mapping[str, Collection[int]]) -> list[tuple[str, str]]:
    """Pairs of articles that share enough marks, each once, the first of each pair one of those given."""
    wanted = sorted({mark for own in marks.values() for mark in own})
    holders: dict[int, list[str]] = {}
    for some in slices(wanted):
        query = select(lead_marks_table.c.mark, lead_marks_table.c.article_id).where(lead_marks_table.c.mark.in_(some))
        for mark, article_id in connection.execute(query.order_by(lead_marks_table.c.article_id)):
            holders.setdefault(mark, []).append(article_id)
    pairs: dict[frozenset[str], tuple[str, str]] = {}
    for article_id, own in marks.items():
        shared = Counter(other for mark in own for other in holders.get(mark, ()) if other != article_id)
        likely = sorted((-n, other) for other, n in shared.items() if n >= MIN_SHARED_MARKS)
        for _, other in likely[:MAX_CANDIDATES]:
            pairs.setdefault(frozenset((article_id, other)), (article_id, other))
    return list(pairs.values())


class _Words:
    """The words of articles, read from the database where they are not at hand, and made once."""

    def __init__(self, connection: Connection, texts: Mapping[str, str]) -> None:
        self._connection, self._texts = connection, texts
        self._made: dict[str, Words] = {}

    def of(self, article_id: str) -> Words:
        if article_id not in self._made:
            text = self._texts.get(article_id)
            if text is None:
                query = select(articles.c.text).where(articles.c.article_id == article_id)
                text = str(self._connection.execute(query).scalar_one())
            self._made[article_id] = words_of(text)
        return self._made[article_id]
