"""Runs over a scripted product: what is asked, and what each row keeps."""

from dataclasses import replace
from datetime import date

import pytest
from scripted_news import ScriptedNews, answer, citation, refusal

from dateline.eval.cases import Case
from dateline.eval.run import run_set
from dateline.index.chunk import Print
from dateline.index.errors import ProviderUnavailable

OPENED = {
    "id": "opened",
    "kind": "date",
    "question": "When did the harbour open?",
    "facts": [{"type": "date", "any_of": ["2021-05-04"]}],
    "articles": ["harbour"],
    "gold": [{"article_id": "harbour", "quote": "opened on 4 May 2021", "start": 12, "end": 32}],
}
NONE = {"id": "none", "kind": "unanswerable", "question": "Who sank it?", "answerable": False}


def _case(**changes: object) -> Case:
    return Case.model_validate(OPENED | changes)


def test_run_keeps_one_row_a_case_in_order_and_tells_progress() -> None:
    heard: list[tuple[int, int]] = []
    news = ScriptedNews({OPENED["question"]: answer()})
    result = run_set(news, [_case(), Case.model_validate(NONE)], progress=lambda done, n: heard.append((done, n)))
    assert [(row.id, row.judgement.verdict) for row in result.rows] == [("opened", "correct"), ("none", "correct")]
    assert heard == [(1, 2), (2, 2)]
    assert result.fingerprints == ("f",)


def test_row_keeps_ranges_ranking_and_exactness() -> None:
    cited = [citation(("harbour", 0, 33)), citation(("bridge", 0, 3), quote="A b", number=2)]
    evidence = [("bridge", 0, 20), ("harbour", 0, 33), ("bridge", 20, 30)]
    (row,) = run_set(ScriptedNews({OPENED["question"]: answer(cited=cited, evidence=evidence)}), [_case()]).rows
    assert row.retrieved == tuple(evidence)
    assert row.ranking == ("bridge", "harbour")
    assert row.cited == (("harbour", 0, 33), ("bridge", 0, 3))
    assert row.exact == (True, False)
    assert row.gold == ((("harbour", 12, 32),),)


def test_citation_of_an_unknown_article_is_not_exact() -> None:
    stray = citation(("harbour", 0, 3))
    object.__setattr__(stray, "article_id", "gone")
    (row,) = run_set(ScriptedNews({OPENED["question"]: answer(cited=[stray])}), [_case()]).rows
    assert row.exact == (False,)


def test_refusal_takes_its_ranking_from_a_search() -> None:
    news = ScriptedNews({}, found=[("bridge", 0, 10), ("harbour", 0, 33)])
    (row,) = run_set(news, [_case()]).rows
    assert row.ranking == ("bridge", "harbour")
    assert (row.judgement.verdict, row.judgement.stage) == ("refused", "refusal")


def test_refusal_without_the_gold_words_is_lost_at_retrieval() -> None:
    (row,) = run_set(ScriptedNews({}, found=[("bridge", 0, 10)]), [_case()]).rows
    assert row.judgement.stage == "retrieval"


def test_earlier_questions_are_asked_in_one_chat_and_fixed_turns_given() -> None:
    news = ScriptedNews({})
    fixed = {"question": "Is it open?", "answer": "Yes."}
    cases = [_case(history=["Is it new?", "Where?"], as_of="2022-01-01"), _case(id="b", history=[fixed])]
    run_set(news, cases)
    day, question = date(2022, 1, 1), OPENED["question"]
    assert news.heard == [
        ("Is it new?", [], day),
        ("Where?", ["Is it new?"], day),
        (question, ["Is it new?", "Where?"], day),
        (question, [fixed], None),
    ]


def test_latency_is_that_of_the_last_question_alone() -> None:
    ticks = iter([1.0, 1.25])
    case = _case(history=["Is it new?"])
    (row,) = run_set(ScriptedNews({}), [case], clock=lambda: next(ticks)).rows
    assert row.latency_ms == 250


@pytest.mark.parametrize(
    ("sides", "shown"),
    [
        (["4 May 2021", "5 May 2021"], True),
        (["5 May 2021", "6 May 2021"], False),
        (["4 May 2021 and 5 May 2021"], False),
        ([], False),
    ],
)
def test_conflict_is_shown_only_with_each_value_on_a_side_of_its_own(sides: list[str], shown: bool) -> None:
    wanted = [{"type": "date", "any_of": [day]} for day in ("2021-05-04", "2021-05-05")]
    news = ScriptedNews({OPENED["question"]: answer(sides=sides)})
    (row,) = run_set(news, [_case(sides=wanted)]).rows
    assert row.conflict_shown is shown


def test_correction_must_be_told_as_one_of_its_day() -> None:
    wanted = [{"type": "date", "any_of": [day]} for day in ("2021-05-04", "2021-05-05")]
    case = _case(sides=wanted, corrected_on="2021-05-06")
    plain = answer(sides=["4 May 2021", "5 May 2021"])
    for day, shown in ((None, False), (date(2021, 5, 7), False), (date(2021, 5, 6), True)):
        told = replace(plain, conflicts=tuple(replace(one, corrected_on=day) for one in plain.conflicts))
        (row,) = run_set(ScriptedNews({OPENED["question"]: told}), [case]).rows
        assert row.conflict_shown is shown


def test_agreement_is_kept_where_no_conflict_is_shown() -> None:
    for sides, kept in ((["4 May 2021", "5 May 2021"], False), ([], True)):
        (row,) = run_set(ScriptedNews({OPENED["question"]: answer(sides=sides)}), [_case(agreed=True)]).rows
        assert row.agreement_kept is kept


def test_copies_are_counted_by_article_of_one_source() -> None:
    print_of = Print(article_id="bridge", title="T", publisher=None, published=None, url=None)
    cited = replace(citation(("harbour", 0, 33)), copies=(print_of,))
    rows = run_set(
        ScriptedNews({OPENED["question"]: answer(cited=[cited])}),
        [_case(n_prints=2), _case(id="b", n_prints=3), _case(id="c")],
    ).rows
    assert [row.copies_counted for row in rows] == [True, False, None]


def test_conflict_is_not_judged_without_sides_and_not_shown_by_a_refusal() -> None:
    wanted = [{"type": "date", "any_of": ["2021-05-04"]}]
    news = ScriptedNews({OPENED["question"]: refusal()})
    rows = run_set(news, [_case(), _case(id="b", sides=wanted)]).rows
    assert [row.conflict_shown for row in rows] == [None, False]


def test_failing_provider_ends_the_run_and_names_the_case() -> None:
    class Failing(ScriptedNews):
        def ask(self, *args: object, **named: object) -> None:  # type: ignore[override]
            raise ProviderUnavailable("429")

    with pytest.raises(ProviderUnavailable, match="Case opened could not be asked: 429"):
        run_set(Failing({}), [_case()])
