"""What the articles date: each sentence that tells of a day, with who says it and where it stands. Pure.

Days are worked out as the keyless reader does; a date of which the day is unknown is left out, not guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..index.article import Article
from .answer import SCHEMA, iso
from .extractive.article_view import ArticleView, Sentence, view_article
from .extractive.speakers import speaker_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day and the words that tell of it: `text` is exactly `article.text[start:end]`, `words` its date as written."""

    day: date
    words: str
    text: str
    speaker: str | None
    article_id: str
    title: str
    publisher: str | None
    published: date | None
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """JSON form."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return plain | {"day": iso(self.day), "published": iso(self.published)}


def moments_of(article: Article) -> list[Moment]:
    """The dated sentences of an article, in the order of the text; one that tells of two days is there twice."""
    view = view_article(article)
    return [moment for sentence in view.sentences for moment in _of_sentence(sentence, view)]


def _of_sentence(sentence: Sentence, view: ArticleView) -> Iterable[Moment]:
    days = {found.full: found.text for found in reversed(sentence.dates) if found.full}
    if not days:
        return
    by = speaker_of(sentence, view)
    article = sentence.article
    for day, words in sorted(days.items()):
        yield Moment(
            day=day,
            words=words,
            text=sentence.text,
            speaker=by.name if by else None,
            article_id=article.article_id,
            title=article.title,
            publisher=article.publisher,
            published=article.published,
            start=sentence.start,
            end=sentence.end,
        )


def timeline(
    articles: Iterable[Article], *, since: date | None = None, until: date | None = None, words: str = ""
) -> list[Moment]:
    """The moments of several articles within a range of days, oldest first; all `words` stand in sentence or speaker.

    Ties stand in the order of article id and place.
    """
    wanted = words.casefold().split()
    kept = [
        moment
        for article in articles
        for moment in moments_of(article)
        if (since is None or moment.day >= since)
        and (until is None or moment.day <= until)
        and all(word in f"{moment.text} {moment.speaker or ''}".casefold() for word in wanted)
    ]
    ordered = sorted(kept, key=lambda moment: (moment.day, moment.article_id, moment.start))
    fuller = _fuller_names({moment.speaker for moment in ordered if moment.speaker})
    return [replace(moment, speaker=fuller.get(moment.speaker or "", moment.speaker)) for moment in ordered]


def _fuller_names(names: Iterable[str]) -> dict[str, str]:
    """The full name for each name that is the end of exactly one other: "Berg" is Ole Berg where there is no other."""
    known = set(names)
    longer = {name: [other for other in known if other.endswith(f" {name}")] for name in known}
    return {name: others[0] for name, others in longer.items() if len(others) == 1}


def timeline_json(moments: Iterable[Moment]) -> dict[str, Any]:
    """The JSON form of a timeline, schema 1."""
    return {"schema": SCHEMA, "moments": [moment.to_dict() for moment in moments]}
