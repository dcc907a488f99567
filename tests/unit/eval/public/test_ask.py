"""Asking a scripted product: limits that are handed on, refusals that are asked again, runs that stop and go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from scripted_news import ScriptedNews, answer, refusal

from dateline.app.answer import Answer, Refusal
from dateline.eval.public.ask import ingest, needed, run_cases
from dateline.eval.public.case import Outcome, PublicCase, PublicSet
from dateline.eval.public.ledger import Ledger, read_kept
from dateline.index.article import Article
from dateline.index.errors import ProviderUnavailable


@dataclass
class Row:
    article_id: str


class Desk(ScriptedNews):
    """A scripted product with articles of its own; `limits` keeps what each question was limited to."""

    fingerprint = "f"

    def __init__(self, script: dict, *, present: Sequence[str] = ("harbour", "bridge"), found: Sequence = ()) -> None:
        super().__init__(script, found)
        self.present, self.limits, self.taken = list(present), [], []

    def ask(
        self, question: str, *, as_of: date | None = None, articles: Sequence[str] | None = None
    ) -> Answer | Refusal:
        self.limits.append(articles)
        return super().ask(question, as_of=as_of)

    def articles(self) -> list[Row]:
        return [Row(name) for name in self.present]

    def ingest_articles(self, articles, *, progress=None) -> None:
        self.taken += [article.article_id for article in articles]


def _set(*cases: PublicCase, task: str = "answer") -> PublicSet:
    def articles(wanted):
        return (
            Article(article_id=n, text=n, title=n) for n in ("harbour", "bridge", "fair") if not wanted or n in wanted
        )

    return PublicSet(name="tiny", corpus="tiny", articles=articles, cases=cases, task=task)


def _run(
    news: Desk, asked: PublicSet, *, forced: Desk | None = None, kept: dict | None = None, path: Path | None = None
):
    ticks = iter(range(100))
    with Ledger(path, name="tiny", fingerprint="f", kept=(kept or {}).values()) as ledger:
        return run_cases(
            news, asked, never_refusing=forced, ledger=ledger, kept=kept or {}, clock=lambda: float(next(ticks))
        )


OPENED = PublicCase(id="a", question="Opened when?", articles=("harbour", "gone"), as_of=date(2021, 6, 1))
SANK = PublicCase(id="b", question="Who sank it?", articles=("bridge",))


def test_answer_is_kept_with_what_it_cites_and_its_time() -> None:
    news = Desk({"Opened when?": answer()})
    (outcome,) = _run(news, _set(OPENED))
    assert (outcome.answered, outcome.short_answer, outcome.confidence) == (True, "4 May 2021", 0.9)
    assert (outcome.cited, outcome.latency_ms, outcome.digest) == ((("harbour", 0, 33),), 1000, OPENED.digest)
    assert news.limits == [("harbour",)]  # "gone" is not in: the parser found no words in it
    assert news.heard[0][2] == date(2021, 6, 1)


def test_refusal_is_asked_again_without_a_threshold() -> None:
    forced = Desk({"Who sank it?": answer("Ole Berg sank it. [1]", short="Ole Berg")})
    opened, sank = _run(Desk({"Opened when?": answer()}), _set(OPENED, SANK), forced=forced)
    assert (sank.answered, sank.reason, sank.short_answer) == (False, "weak_evidence", "Ole Berg")
    assert opened.answered
    assert [question for question, *_ in forced.heard] == ["Who sank it?"]
    assert forced.limits == [("bridge",)]


def test_refusal_that_stays_one_has_no_confidence() -> None:
    (outcome,) = _run(Desk({}), _set(SANK), forced=Desk({"Who sank it?": refusal()}))
    assert (outcome.answered, outcome.confidence, outcome.text) == (False, None, None)


def test_search_ranks_each_article_once() -> None:
    found = [("bridge", 0, 9), ("bridge", 10, 20), ("harbour", 0, 9)]
    (outcome,) = _run(Desk({}, found=found), _set(SANK, task="search"))
    assert outcome.ranking == ("bridge", "harbour")


def test_run_that_fails_goes_on_where_it_stopped(tmp_path: Path) -> None:
    class Failing(Desk):
        def ask(self, question: str, **limits: object) -> Answer | Refusal:
            if question == "Who sank it?":
                raise ProviderUnavailable("no server")
            return super().ask(question, **limits)

    path, asked = tmp_path / "tiny.cases.jsonl", _set(OPENED, SANK)
    with pytest.raises(ProviderUnavailable, match="Case b could not be asked: no server"):
        _run(Failing({"Opened when?": answer()}), asked, path=path)
    kept = read_kept(path, name="tiny", fingerprint="f", cases=asked.cases, anew=False).outcomes
    news = Desk({})
    outcomes = _run(news, asked, kept=kept, path=path)
    assert [question for question, *_ in news.heard] == ["Who sank it?"]
    assert [(outcome.id, outcome.answered) for outcome in outcomes] == [("a", True), ("b", False)]


def test_only_needed_articles_go_in_and_only_when_one_is_missing() -> None:
    news = Desk({}, present=["harbour"])
    ingest(news, _set(OPENED, SANK))
    assert news.taken == ["harbour", "bridge"]
    full = Desk({}, present=["harbour", "gone", "bridge"])
    ingest(full, _set(OPENED, SANK))
    assert full.taken == []


def test_cases_without_limit_need_all_articles() -> None:
    assert needed([OPENED, SANK]) == {"harbour", "gone", "bridge"}
    assert needed([OPENED, PublicCase(id="c", question="?")]) is None
    news = Desk({})
    ingest(news, _set(PublicCase(id="c", question="?")))
    assert news.taken == ["harbour", "bridge", "fair"]


def test_outcomes_of_other_cases_stay_in_the_ledger(tmp_path: Path) -> None:
    path = tmp_path / "tiny.cases.jsonl"
    earlier = {"b": Outcome(id="b", digest=SANK.digest)}
    _run(Desk({}), _set(OPENED), kept=earlier, path=path)
    both = read_kept(path, name="tiny", fingerprint="f", cases=[OPENED, SANK], anew=False)
    assert set(both.outcomes) == {"a", "b"}
