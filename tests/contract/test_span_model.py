"""What every span model promises: the shipped one and the double."""

import numpy as np
import pytest

from dateline.index.spans import OverlapSpanModel, Passage, SpanModel, default_span_model

PASSAGES = [
    Passage("The strike in Bergen ended after nine days, union leader Per Dahl said.", head="Ferry strike ends"),
    Passage(""),
    Passage("\ud83d half a character, 😀 and\x00 nothing"),
    Passage("word " * 5_000),
    Passage("Rain fell on Oslo all week."),
]
QUESTIONS = ["How long did the strike in Bergen last?", "", "?" * 3_000, "\ud83d"]


@pytest.fixture(params=["shipped", "double"])
def model(request: pytest.FixtureRequest) -> SpanModel:
    return default_span_model() if request.param == "shipped" else OverlapSpanModel()


@pytest.mark.parametrize("question", QUESTIONS)
def test_score_any_text_one_result_a_passage_with_spans_inside(model: SpanModel, question: str) -> None:
    scores = model.score(question, PASSAGES)
    assert len(scores) == len(PASSAGES)
    for passage, score in zip(PASSAGES, scores, strict=True):
        best = score.best()
        assert np.isfinite(score.here)
        assert best is None or 0 <= best.start < best.end <= len(passage.text)


def test_score_no_passage_no_result(model: SpanModel) -> None:
    assert model.score("Who?", []) == []


def test_score_same_passage_twice_same_scores(model: SpanModel) -> None:
    once = model.score(QUESTIONS[0], [PASSAGES[0]])[0]
    among = model.score(QUESTIONS[0], [*PASSAGES[2:], PASSAGES[0]])[-1]
    np.testing.assert_allclose(once.first, among.first, atol=2e-3)
    np.testing.assert_allclose(once.here, among.here, atol=2e-3)


def test_score_passage_that_answers_above_one_that_does_not(model: SpanModel) -> None:
    scores = model.score(QUESTIONS[0], PASSAGES)
    assert scores[0].here > scores[4].here


def test_shipped_exact_span_points_at_the_answer() -> None:
    best = default_span_model().score(QUESTIONS[0], PASSAGES[:1])[0].best()
    assert best is not None
    assert "nine days" in PASSAGES[0].text[best.start : best.end]
