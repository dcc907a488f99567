import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from desk_news import BRIDGE, HARBOUR, DeskNews, answer_of, cite, refusal_of

from dateline.app.answer import EvidenceRow
from dateline.app.export import check_pack, read_packs
from dateline.app.feedback import Said, append_row, feedback_row, read_rows
from dateline.app.page.draft import checked, draft_html
from dateline.app.page.evaluation import report_html
from dateline.app.page.parcel import parcel
from dateline.app.page.readers import Choice, Readers
from dateline.app.page.session import Exchange, Session
from dateline.app.page.stages import inspected
from dateline.app.page.verdicts import judged
from dateline.app.settings import Settings
from dateline.index.errors import BadInput

COST = cite(HARBOUR, "It cost 30 million.")
NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)


class Indexed(DeskNews):
    """The double with the manifest of an index, as packs name it."""

    class corpus:  # noqa: N801 an attribute of the double
        @staticmethod
        def manifest():
            return {"embedder": "hash", "generation": 3}


def session_with(*results):
    return Session(tuple(Exchange("What did it cost?", result, {"harbour": HARBOUR}) for result in results))


def test_feedback_keeps_question_answer_evidence_and_settings_but_no_key(tmp_path):
    settings = Settings(home=tmp_path, openai_api_key="sk-secret", reader="extractive")
    row = feedback_row(answer_of("q", COST), Said(False, " Wrong year. "), settings=settings, at=NOON)
    append_row(tmp_path / "feedback.jsonl", row)
    append_row(tmp_path / "feedback.jsonl", row)
    with (tmp_path / "feedback.jsonl").open("a") as file:
        file.write('{"cut off')
    rows = read_rows(tmp_path / "feedback.jsonl")
    assert len(rows) == 2
    assert (rows[0]["useful"], rows[0]["note"], rows[0]["at"]) == (False, "Wrong year.", "2024-05-06T12:00:00+00:00")
    assert rows[0]["result"]["citations"][0]["quote"] == COST.quote
    assert rows[0]["settings"]["reader"] == "extractive"
    assert "sk-secret" not in (tmp_path / "feedback.jsonl").read_text()


def test_judging_a_turn_without_an_answer_says_so(tmp_path):
    news = DeskNews(HARBOUR)
    news.settings = Settings(home=tmp_path)
    shown = judged(news, session_with("It failed."), turn=1, said_of_it=Said(True), at=NOON)
    assert "There is no answer to judge." in shown
    assert "of use" in judged(news, session_with(refusal_of("q")), turn=1, said_of_it=Said(True), at=NOON)
    assert len(read_rows(tmp_path / "feedback.jsonl")) == 1


def test_parcel_of_a_turn_and_of_a_conversation_can_be_checked_later(tmp_path):
    news, session = Indexed(HARBOUR), session_with(answer_of("q", COST), refusal_of("r"), "It failed.")
    for turn, name, n_packs in ((1, "evidence-1", 1), (None, "conversation", 2)):
        files = json.loads(parcel(news, session, turn=turn))["files"]
        assert set(files) == {f"{name}.md", f"{name}.json"}
        (tmp_path / "p.json").write_text(files[f"{name}.json"], "utf-8")
        packs = read_packs(tmp_path / "p.json")
        assert len(packs) == n_packs
        assert [finding.fault for finding in check_pack(packs[0], news.article)] == [None]
    assert json.loads(files["conversation.json"])["packs"][0]["made_by"]["index"]["generation"] == 3


def test_parcel_without_an_answer_or_with_its_article_gone_is_empty():
    assert parcel(Indexed(), session_with("It failed."), turn=1) == ""
    gone = Session((Exchange("q", answer_of("q", COST), {}),))
    assert parcel(Indexed(), gone, turn=None) == ""


def test_choice_from_a_browser_is_nothing_where_it_makes_no_sense():
    assert Choice.read({"reader": "llm", "min_confidence": 0.4}).reader == "llm"
    for kept in (None, [], "x", {"reader": "other"}, {"min_confidence": 7}, {"n_evidence": 1000}):
        assert Choice.read(kept) == Choice()
    news = DeskNews()
    assert Readers(news).chosen({}) is news


def test_inspect_shows_scores_by_stage_timings_and_what_was_cited():
    start = HARBOUR.text.index("Mayor")
    rows = (
        EvidenceRow("harbour", start, len(HARBOUR.text), {"dense": 0.5, "fused": 0.25}),
        EvidenceRow("gone", 0, 9, {}),
    )
    result = answer_of("q", COST, evidence=rows, timings_ms={"retrieve": 12.0, "read": 36.0, "total": 48.0})
    markup = inspected(DeskNews(HARBOUR), result)
    assert "Time: 48 ms" in markup
    assert '<progress max="48.000" value="36.000"' in markup
    assert ">0.500<" in markup
    assert '<td data-label="Cited">[1]</td>' in markup
    assert "gone is gone." in markup
    assert "Nothing: no language model took part." in markup


def test_inspect_a_refusal_searches_once_more():
    markup = inspected(DeskNews(HARBOUR, BRIDGE), refusal_of("How old is she?"))
    assert "Found: 2 passages" in markup
    assert "weak_evidence" in markup


def test_draft_marks_every_sentence_and_shows_the_words_beside():
    said = [
        {"text": "It cost 31 million.", "verdict": "contradicted", "score": 0.1,
         "checks": [{"kind": "number", "value": "31", "ok": False}], "citations": [1]},
        {"text": "It rained <b>.", "verdict": "unsupported", "score": 0.0, "checks": [], "citations": []},
    ]  # fmt: skip
    markup = draft_html({"statements": said, "citations": [COST.to_dict()]})
    assert "1 contradicted, 1 not found in the articles." in markup
    assert "Not so in the articles: number: 31" in markup
    assert "It cost 30 million." in markup
    assert "No article speaks of it." in markup
    assert "<b>" not in markup


def test_draft_that_is_empty_or_too_long_says_so():
    with pytest.raises(BadInput, match="Paste a paragraph"):
        checked(DeskNews(), " ")
    with pytest.raises(BadInput, match="at most 20,000"):
        checked(DeskNews(), "x" * 20_001)


def test_report_has_measures_curve_failures_side_by_side_and_the_baseline():
    share = {"value": 0.5, "low": 0.1, "high": 0.9, "n": 2, "n_undefined": 0}
    case = {"kind": "date", "question": "When <i>?", "verdict": "wrong", "why": "another day", "stage": "read",
            "expected": "4 May", "got": "5 May"}  # fmt: skip
    report = {
        "n": 2, "set": "seeds", "comparison": "The gate passes.", "measures": {"accuracy": share},
        "by_kind": {"date": {"accuracy": share}}, "risk_coverage": [[0.5, 0.0], [1.0, 0.5]],
        "cases": {"date-1": case, "date-2": case | {"verdict": "correct"}},
    }  # fmt: skip
    markup = report_html(report)
    assert "0.100–0.900" in markup
    assert "The gate passes." in markup
    assert "1 not right" in markup
    assert 'data-do="ask" data-question="When &lt;i&gt;?"' in markup
    # From x 44 over 368, from y 152 up over 144: half answered and none wrong, then all and half of them wrong.
    assert 'points="228.0,152.0 412.0,80.0"' in markup
    assert report_html(report | {"cases": {}, "comparison": None}).count("All right.") == 1


def test_exchange_of_a_changed_article_is_not_what_was_answered():
    changed = replace(HARBOUR, text="Other words.")
    markup = inspected(DeskNews(changed), answer_of("q", COST, evidence=(EvidenceRow("harbour", 0, 5, {}),)))
    assert "Other" in markup
