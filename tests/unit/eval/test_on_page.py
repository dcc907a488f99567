import json

import pytest
from desk_news import HARBOUR, DeskNews, answer_of, cite, refusal_of

from dateline.app.settings import Settings
from dateline.eval.cases import load_cases
from dateline.eval.on_page import OWN, OWN_SET, PageEvaluation, case_of, risk_coverage
from dateline.index.errors import BadInput

FORM = {
    "question": "What did the harbour cost?",
    "kind": "number",
    "expected": "30 million",
    "quote": "It cost 30 million.",
    "article": "harbour",
    "article_text": HARBOUR.text,
}


def test_draft_of_an_answer_fills_the_form_and_of_a_refusal_leaves_what_is_not_known():
    result = answer_of("What did it cost?", cite(HARBOUR, "It cost 30 million."), short_answer="30 million")
    form = PageEvaluation().draft(result.to_dict())
    assert (form["question"], form["expected"], form["article"]) == ("What did it cost?", "30 million", "harbour")
    assert form["quote"] == "It cost 30 million."
    assert PageEvaluation().draft(refusal_of("Age?").to_dict())["kind"] == "unanswerable"


def test_added_case_is_one_that_the_evaluation_reads_and_runs(tmp_path):
    evaluation = PageEvaluation()
    assert evaluation.sets(tmp_path) == ["seeds"]
    assert "Case own-001 is in" in evaluation.add(tmp_path, FORM)
    assert "own-002" in evaluation.add(tmp_path, {"question": "How old is she?", "kind": "unanswerable"})
    assert evaluation.sets(tmp_path) == ["seeds", OWN]
    first, second = load_cases(tmp_path / OWN_SET)
    assert HARBOUR.text[first.gold[0].start : first.gold[0].end] == "It cost 30 million."
    assert not second.answerable


def test_run_of_own_cases_reports_them_with_progress_and_a_curve(tmp_path):
    evaluation = PageEvaluation()
    evaluation.add(tmp_path, FORM)
    evaluation.add(tmp_path, FORM | {"expected": "31 million"})
    cited = cite(HARBOUR, "It cost 30 million.")
    news = DeskNews(HARBOUR, script=lambda question: answer_of(question, cited, short_answer="30 million"))
    news.settings = Settings(home=tmp_path)
    heard = []
    report = evaluation.run(news, OWN, lambda done, of: heard.append((done, of)))
    assert heard == [(1, 2), (2, 2)]
    assert [case["verdict"] == "correct" for case in report["cases"].values()] == [True, False]
    assert report["risk_coverage"][-1] == [1.0, 0.5]
    json.dumps(report)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"question": ""}, "question"),
        ({"kind": "colour"}, "kind"),
        ({"kind": "date", "expected": "next week"}, "is no date"),
        ({"quote": "It cost 90 million."}, "does not hold the words"),
        ({"expected": " "}, "facts"),
    ],
)
def test_case_that_is_none_says_what_is_wrong(change, wrong):
    with pytest.raises(BadInput, match=wrong):
        case_of(FORM | change, number=1)


def test_risk_is_the_share_wrong_of_the_surest_answers():
    # Sorted by confidence: 0.9 right, 0.8 wrong; the refused third question counts as asked, not as answered.
    assert risk_coverage([0.8, 0.9, None], [False, True, True]) == [[0.3333, 0.0], [0.6667, 0.5]]
    assert risk_coverage([], []) == []
