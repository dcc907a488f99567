"""The evaluation behind the page: runs a set over open articles, and writes a person's own cases. No HTML in here.

The page finds it through the entry point `dateline.page` / `evaluation`, since `app` does not know this package.
"""

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from pydantic import ValidationError

from ..app.answer import Answer, Refusal
from ..app.asked import in_words
from ..app.feedback import append_row
from ..index.article import Article
from ..index.chunk import Evidence
from ..index.errors import BadInput
from .cases import Case, Kind, digest, fill, load_cases
from .command import SEEDS, seeds_folder, set_path
from .gate import compare, describe, read_baseline
from .report import Report, to_json
from .run import run_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..app.api import Dateline

OWN_SET = "cases.jsonl"
OWN = "your own cases"


@dataclass(slots=True)
class _Heard:
    """The articles as `run_set` asks them, noting how sure each case's own answer is."""

    news: "Dateline"
    last: float | None = None
    sure: list[float | None] = field(default_factory=list)

    def ask(self, question: str, *, history: Any = (), as_of: date | None = None) -> Answer | Refusal:
        return self._noted(self.news.ask(question, history=history, as_of=as_of))

    def chat(self) -> "_HeardChat":
        return _HeardChat(self, self.news.chat())

    def search(self, query: str, *, k: int, as_of: date | None = None) -> list[Evidence]:
        return self.news.search(query, k=k, as_of=as_of)

    def article(self, article_id: str) -> Article:
        return self.news.article(article_id)

    def _noted(self, result: Answer | Refusal) -> Answer | Refusal:
        self.last = result.confidence if isinstance(result, Answer) else None
        return result


@dataclass(slots=True)
class _HeardChat:
    heard: _Heard
    chat: Any

    def ask(self, question: str, *, as_of: date | None = None) -> Answer | Refusal:
        return self.heard._noted(self.chat.ask(question, as_of=as_of))


class PageEvaluation:
    """What the page offers of the evaluation."""

    def sets(self, home: Path) -> list[str]:
        """The shipped set, and the data folder's own where it has cases."""
        return [SEEDS, *([OWN] if (home / OWN_SET).is_file() else [])]

    def run(self, news: "Dateline", name: str, progress: Callable[[int, int], None]) -> dict[str, Any]:
        """The report of a run, with the words of the comparison and the points of risk against coverage."""
        path = set_path(SEEDS) if name == SEEDS else news.settings.home / OWN_SET
        cases = load_cases(path)
        with _articles_for(name, news) as over:
            heard = _Heard(over)

            def done(n_done: int, n_all: int) -> None:
                heard.sure.append(heard.last)
                progress(n_done, n_all)

            result = run_set(heard, cases, progress=done)
        report = Report(name=path.stem, digest=digest(cases), run=result)
        stored = path.with_name(f"{path.stem}.baseline.json")
        words = describe(compare(report, read_baseline(stored))) if stored.is_file() else None
        right = [row.judgement.verdict == "correct" for row in result.rows]
        plain: dict[str, Any] = json.loads(to_json(report))
        return plain | {"comparison": words, "risk_coverage": risk_coverage(heard.sure, right)}

    def kinds(self) -> list[str]:
        """The kinds of cases."""
        return list(get_args(Kind))

    def draft(self, result: Mapping[str, Any]) -> dict[str, str]:
        """The form of a case, filled from an answer's or a refusal's JSON form."""
        answered = result.get("kind") == "answer"
        citations = result.get("citations") or [{}]
        return {
            "question": str(result.get("question", "")),
            "kind": "quote" if answered else "unanswerable",
            "expected": str(result.get("short_answer") or "") if answered else "",
            "quote": str(citations[0].get("quote", "")) if answered else "",
            "article": str(citations[0].get("article_id", "")) if answered else "",
        }

    def add(self, home: Path, form: Mapping[str, str]) -> str:
        """Appends a case to the own set; `article_text` in the form is the text that its quote must stand in."""
        path = home / OWN_SET
        known = load_cases(path) if path.is_file() else ()
        case = case_of(form, number=len(known) + 1)
        append_row(path, case.model_dump(mode="json", exclude_defaults=True))
        return f"Case {case.id} is in {path}; `dateline eval {path}` runs it with the others."


def case_of(form: Mapping[str, str], *, number: int) -> Case:
    """The case that a form describes. Raises BadInput naming what is wrong in words."""
    kind, expected = form.get("kind", ""), form.get("expected", "").strip()
    plain: dict[str, Any] = {"id": f"own-{number:03}", "kind": kind, "question": form.get("question", "").strip()}
    if kind == "unanswerable":
        plain["answerable"] = False
    else:
        plain |= {"facts": [_fact(kind, expected)], **_gold(form)}
    try:
        case = Case.model_validate(plain)
    except ValidationError as error:
        raise BadInput(f"This is no case yet: {in_words(error)}") from None
    text = form.get("article_text", "")
    return fill(case, {form["article"]: text}) if case.gold else case


def _gold(form: Mapping[str, str]) -> dict[str, Any]:
    article_id, quote = form.get("article", "").strip(), form.get("quote", "").strip()
    if not article_id:
        return {}
    gold = [{"article_id": article_id, "quote": quote}] if quote else []
    return {"articles": [article_id], "gold": gold}


def _fact(kind: str, expected: str) -> dict[str, Any]:
    """What a right answer holds, as the kind writes it; several wordings stand on several lines."""
    wordings = [line.strip() for line in expected.splitlines() if line.strip()]
    if kind in {"person", "speaker"} and wordings:
        return {"type": "person", "name": wordings[0], "any_of": wordings[1:]}
    if kind == "yes_no" and wordings:
        return {"type": "yes_no", "value": wordings[0].lower().startswith("y"), "any_of": wordings[1:]}
    if kind == "date":
        return {"type": "date", "any_of": wordings}
    return {"type": "text", "any_of": wordings}


def risk_coverage(sure: Sequence[float | None], right: Sequence[bool]) -> list[list[float]]:
    """Points (share of questions answered, share of those wrong), the surest answers first.

    >>> risk_coverage([0.9, None, 0.5], [True, True, False])
    [[0.3333, 0.0], [0.6667, 0.5]]
    """
    answered = sorted(((-sure_, right_) for sure_, right_ in zip(sure, right, strict=True) if sure_ is not None))
    points, wrong = [], 0
    for n, (_, is_right) in enumerate(answered, start=1):
        wrong += not is_right
        points.append([round(n / len(sure), 4), round(wrong / n, 4)])
    return points


@contextmanager
def _articles_for(name: str, news: "Dateline") -> "Iterator[Dateline]":
    """The open articles; for the shipped set a fresh corpus of the shipped articles, so that its figures compare."""
    if name != SEEDS:
        yield news
        return
    from ..app.api import Dateline  # models only once a run is asked for
    from ..app.settings import load_settings

    settings = load_settings({"reader": "extractive"})
    with tempfile.TemporaryDirectory(prefix="dateline-eval-") as folder, Dateline.open(folder, settings) as fresh:
        fresh.ingest(*sorted(seeds_folder().glob("*.txt")))
        yield fresh
