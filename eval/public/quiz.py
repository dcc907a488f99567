"""RealTime QA: weekly news quizzes and the news articles that a web search found for them, year by year.

Questions are asked of the first articles of that search, of a whole year's articles, or with every article taken away
that holds the answer. Whether an article holds it is a weak label: word for word, numbers above all.
"""

import json
import re
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Literal

from ...index.article import Article, Skipped
from ...index.articles.read import article_id_of_url, read_articles
from .case import PublicCase, PublicSet, Published
from .files import find, is_there, read_lines

YEARS = (2022, 2023)
N_GIVEN = 5  # as many as the published systems read
GIVEN, NOT_GIVEN = "answer given", "answer not given"
THERE, HIDDEN = "answer there", "answer hidden"
_OF_QUESTION = (
    "question_id", "date", "question", "answers", "gold_urls", "gold_urls_in_articles", "retrieved_urls",
    "urls_with_answer_string",
)  # fmt: skip
_OF_ARTICLE = ("url", "title", "text", "authors", "publish_date")
_SYSTEMS = {"open_gpt3_gcs": "GPT-3 with search", "open_rag_gcs": "RAG-BART with search"}
# GPT-3's scores of the free answers of 2022 have a wrong sign upstream.
_SCORED_YEARS = (2023,)


@dataclass(frozen=True, slots=True)
class Quiz:
    """A year: its questions as they stand in the file, and the ids of its articles by address."""

    year: int
    questions: tuple[Mapping[str, Any], ...]
    ids: Mapping[str, str]
    path: Path

    def held(self, urls: Sequence[str]) -> tuple[str, ...]:
        """The ids of those addresses that are among the articles, in order, each once."""
        return tuple(dict.fromkeys(self.ids[url] for url in urls if url in self.ids))


def read_quiz(data: Path, year: int) -> Quiz:
    """A year of the quiz. Raises BadInput where a file is missing."""
    folder = data / "realtimeqa"
    questions = tuple(read_lines(find(folder, f"questions_{year}.jsonl"), *_OF_QUESTION))
    path = find(folder, f"articles_{year}.jsonl")
    ids = {row["url"]: article_id_of_url(row["url"]) for row in read_lines(path, *_OF_ARTICLE)}
    return Quiz(year, questions, ids, path)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizOptions:
    """How a year is asked: of the first `n_given` articles found or of the whole pool; which questions; as of when."""

    year: int
    n_given: int = N_GIVEN
    pool: Literal["given", "year"] = "given"
    questions: Literal["answerable", "all"] = "answerable"
    as_of_day: bool = False

    @property
    def name(self) -> str:
        """Names the report."""
        where = "pool" if self.pool == "year" else f"given{self.n_given}"
        return f"realtimeqa-{self.year}-{where}-{self.questions}{'-as-of-day' if self.as_of_day else ''}"


def quiz_set(data: Path, options: QuizOptions) -> PublicSet:
    """The questions that published systems answered, but for those that end in "except", as upstream counts them.

    "answerable" are those with the answer among the first `n_given` articles, whichever pool is read.
    """
    quiz = read_quiz(data, options.year)
    published = read_published(data, year=options.year)
    answered = set().union(*published.values()) if published else {row["question_id"] for row in quiz.questions}
    cases = (
        _case(quiz, row, options)
        for row in quiz.questions
        if row["question_id"] in answered and not ends_in_except(row)
    )
    asked = tuple(case for case in cases if options.questions == "all" or case.kind == GIVEN)
    note = "The file of published answers is not there: questions that no published system was asked count as well."
    return PublicSet(
        name=options.name,
        corpus=f"realtimeqa-{options.year}",
        articles=partial(_articles, quiz),
        cases=asked,
        form="news",
        compared=published,
        notes=() if published else (note,),
    )


def hidden_set(data: Path, year: int) -> PublicSet:
    """Each question with an article that holds its answer, asked twice: of all articles found, and of those without it.

    Without it means also without what the quiz itself links. A question with no article left is left out.
    """
    quiz = read_quiz(data, year)
    pairs = (_pair(quiz, row) for row in quiz.questions if row["urls_with_answer_string"])
    return PublicSet(
        name=f"abstention-realtimeqa-{year}",
        corpus=f"realtimeqa-{year}",
        articles=partial(_articles, quiz),
        cases=tuple(case for pair in pairs for case in pair),
        form="news",
    )


def pool_set(data: Path, year: int, *, as_of_day: bool) -> PublicSet:
    """Searching a year: articles that hold the answer word for word ("answer"), and those the quiz links ("gold")."""
    quiz = read_quiz(data, year)
    pages = {quiz.ids[row["url"]]: _page(row["text"], row["title"] or "") for row in read_lines(quiz.path)}
    sought = (_sought(quiz, row, pages, as_of_day=as_of_day) for row in quiz.questions)
    return PublicSet(
        name=f"retrieval-realtimeqa-{year}{'-as-of-day' if as_of_day else ''}",
        corpus=f"realtimeqa-{year}",
        articles=partial(_articles, quiz),
        cases=tuple(case for case in sought if case.relevant),
        task="search",
    )


def read_published(data: Path, *, year: int) -> dict[str, dict[str, Published]]:
    """What published systems answered freely, by system and question; empty where the file is missing.

    One id stands twice upstream, for two questions; the first is ours.
    """
    folder, name = data / "realtimeqa", "predictions_2022_2023.jsonl"
    if not is_there(folder, name):
        return {}
    found: dict[str, dict[str, Published]] = {}
    for row in read_lines(find(folder, name), "question_id", "system", "task", "prediction"):
        if row["task"] == "gen" and row["system"] in _SYSTEMS and row["question_id"].startswith(str(year)):
            score = row.get("score") if year in _SCORED_YEARS else None
            answers = found.setdefault(_SYSTEMS[row["system"]], {})
            answers.setdefault(row["question_id"], Published(row["prediction"], score))
    return found


def ends_in_except(row: Mapping[str, Any]) -> bool:
    """Whether the question can only be asked with its choices."""
    return bool(re.search(r"\bexcept\W*$", row["question"], re.IGNORECASE))


def _case(quiz: Quiz, row: Mapping[str, Any], options: QuizOptions) -> PublicCase:
    first = row["retrieved_urls"][: options.n_given]
    return PublicCase(
        id=row["question_id"],
        question=row["question"],
        answers=tuple(row["answers"]),
        articles=quiz.held(first) if options.pool == "given" else None,
        as_of=_day(row["date"]) if options.as_of_day else None,
        kind=NOT_GIVEN if set(row["urls_with_answer_string"]).isdisjoint(first) else GIVEN,
    )


def _pair(quiz: Quiz, row: Mapping[str, Any]) -> tuple[PublicCase, ...]:
    name, found = row["question_id"], row["retrieved_urls"]
    holding = {*row["urls_with_answer_string"], *row["gold_urls"]}
    rest = [url for url in found if url not in holding]
    if not rest:
        return ()
    there = PublicCase(
        id=name,
        question=row["question"],
        answers=tuple(row["answers"]),
        articles=quiz.held([*found, *row["urls_with_answer_string"]]),
        kind=THERE,
        pair=name,
    )
    hidden = PublicCase(
        id=f"{name}#hidden",
        question=row["question"],
        answerable=False,
        articles=quiz.held(rest),
        kind=HIDDEN,
        pair=name,
    )
    return there, hidden


def _sought(quiz: Quiz, row: Mapping[str, Any], pages: Mapping[str, str], *, as_of_day: bool) -> PublicCase:
    answers = [_page(answer) for answer in row["answers"]] if row["urls_with_answer_string"] else []
    holding = frozenset(i for i, page in pages.items() if all(a in page for a in answers)) if answers else frozenset()
    kinds = {"answer": holding, "gold": frozenset(quiz.held(row["gold_urls_in_articles"]))}
    return PublicCase(
        id=row["question_id"],
        question=row["question"],
        as_of=_day(row["date"]) if as_of_day else None,
        relevant={kind: ids for kind, ids in kinds.items() if ids},
    )


def _page(*texts: str) -> str:
    """Words in lower case between single blanks, punctuation off, a blank at both ends."""
    words = re.sub(r"[^\w\s]", " ", " ".join(texts).lower()).split()
    return f" {' '.join(words)} "


def _day(text: str) -> date | None:
    parts = re.fullmatch(r"(\d{4})/(\d{2})/(\d{2})", text)
    return date(*map(int, parts.groups())) if parts else None


def _articles(quiz: Quiz, wanted: Collection[str] | None) -> Iterator[Article | Skipped]:
    """Read as a user's own JSON Lines file would be: date, publisher and words come from the product's parser."""
    with tempfile.TemporaryDirectory(prefix="dateline-eval-") as folder:
        path = Path(folder) / f"articles_{quiz.year}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for row in read_lines(quiz.path):
                if wanted is None or quiz.ids[row["url"]] in wanted:
                    kept = {name: row[name] for name in _OF_ARTICLE}
                    file.write(json.dumps(kept) + "\n")
        yield from read_articles([path])
