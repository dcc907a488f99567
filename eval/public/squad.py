"""Sets in the form of SQuAD: each paragraph is an article, and a question's evidence is limited to its own.

Part of each set that readers are trained on is held out, and only that part is asked unless told otherwise. Which part
is fixed here by a rule that training follows: paragraphs by a hash of their text; of SQuAD 2.0's few long articles,
every second one.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ...index.article import Article
from ...index.errors import BadInput
from .case import PublicCase, PublicSet, Rightness
from .files import find, read_json
from .wording import Form

HELD_OUT = 0.10
ANSWERED, IMPOSSIBLE = "answer there", "impossible"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its questions as they stand in the file."""

    title: str
    context: str
    questions: tuple[Mapping[str, Any], ...]


def share(text: str) -> float:
    """A number in [0, 1) that depends on the text alone."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2**32


def by_paragraph(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs held out by a hash of their text."""
    return [paragraph for paragraph in paragraphs if share(paragraph.context) < HELD_OUT]


def by_article(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs of every second article."""
    every = list(paragraphs)
    kept = set(list(dict.fromkeys(paragraph.title for paragraph in every))[1::2])
    return [paragraph for paragraph in every if paragraph.title in kept]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """A file below `reader/`, its held-out part, and whether its titles say anything."""

    file: str
    held_out: Callable[[Iterable[Paragraph]], list[Paragraph]] = by_paragraph
    titled: bool = True
    rightness: Rightness = "exact"
    form: Form = "squad"


SOURCES: Mapping[str, _Source] = {
    "new_wiki": _Source(file="new_wiki.json"),
    "reddit": _Source(file="reddit_public.json", titled=False),
    "amazon": _Source(file="amazon_public.json", titled=False),
    "squad2": _Source(file="squad2_a_public.json", held_out=by_article),
    # Nothing is trained on it, so all of it is held out. Its answers are whole sentences: right is who cites one.
    "clapnq": _Source(file="clapnq_public.json", held_out=list, rightness="cites"),
    "time": _Source(file="time_sensitive_train.json"),
}


def squad_set(data: Path, name: str, *, whole: bool, prefix: str = "reader") -> PublicSet:
    """One of SOURCES, its held-out part or all of it; the name of the report says which. Raises BadInput."""
    source = SOURCES[name]
    paragraphs = list(read_paragraphs(find(data / "reader", source.file)))
    if not whole:
        paragraphs = source.held_out(paragraphs)
    articles = {article.article_id: article for article in (_article(p, name, source) for p in paragraphs)}
    partly = whole and source.held_out is not list
    return PublicSet(
        name=f"{prefix}-{name}{'-all' if partly else ''}",
        corpus=f"{name}{'-all' if partly else ''}",
        articles=partial(_some, articles),
        cases=tuple(case for paragraph in paragraphs for case in _cases(paragraph, name, source)),
        form=source.form,
        rightness=source.rightness,
        notes=("It holds paragraphs that the shipped reader was trained on.",) if partly else (),
    )


def read_paragraphs(path: Path) -> Iterator[Paragraph]:
    """The paragraphs of a file in SQuAD's form, in order. Raises BadInput where it has another form."""
    try:
        for entry in read_json(path)["data"]:
            for paragraph in entry["paragraphs"]:
                yield Paragraph(entry["title"].replace("_", " "), paragraph["context"], tuple(paragraph["qas"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise BadInput(f"{path} is not in the form of SQuAD: {error!r}") from None


def _article(paragraph: Paragraph, name: str, source: _Source) -> Article:
    title = paragraph.title.removeprefix("/wiki/") if source.titled else ""
    return Article(article_id=_article_id(paragraph, name), text=paragraph.context, title=title)


def _article_id(paragraph: Paragraph, name: str) -> str:
    return f"{name}-{hashlib.sha256(paragraph.context.encode()).hexdigest()[:12]}"


def _cases(paragraph: Paragraph, name: str, source: _Source) -> Iterator[PublicCase]:
    article_id = _article_id(paragraph, name)
    for asked in paragraph.questions:
        impossible = bool(asked.get("is_impossible"))
        given = [] if impossible else asked["answers"]
        spans = {(article_id, one["answer_start"], one["answer_start"] + len(one["text"])) for one in given}
        whole = " ".join(one["text"] for one in given)
        texts = [*asked.get("long_answers", ()), whole] if source.rightness == "cites" else [a["text"] for a in given]
        yield PublicCase(
            id=str(asked["id"]),
            question=asked["question"].strip(),
            answers=() if impossible else tuple(dict.fromkeys(texts)),
            answerable=not impossible,
            articles=(article_id,),
            kind=IMPOSSIBLE if impossible else ANSWERED,
            gold=tuple(sorted(spans)),
        )


def _some(articles: Mapping[str, Article], wanted: Collection[str] | None) -> Iterator[Article]:
    return (article for article_id, article in articles.items() if wanted is None or article_id in wanted)
