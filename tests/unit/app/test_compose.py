from datetime import date

from dateline.app.compose import compose
from dateline.app.reader import Draft, DraftConflict, DraftSide, Reading
from dateline.index.article import Article, Span

TEXT = "The mayor opened the bridge on 4 May. It cost 12 million euros. Crowds cheered."
ARTICLE = Article(article_id="bridge", text=TEXT, title="Bridge opens", published=date(2021, 5, 5), publisher="Gazette")
ARTICLES = {"bridge": ARTICLE}
OPENED = Span("bridge", 0, 37)
COST = Span("bridge", 38, 63)


def reading(*drafts, conflicts=()):
    return Reading(reader="extractive", drafts=drafts, confidence=0.9, conflicts=conflicts)


def test_compose_one_span_used_twice_keeps_one_number():
    composed = compose(
        reading(Draft("It cost 12 million euros.", (COST,)), Draft("Opened on 4 May.", (OPENED, COST))), ARTICLES
    )
    assert [statement.citations for statement in composed.statements] == [(1,), (2, 1)]
    assert composed.text == "It cost 12 million euros. [1] Opened on 4 May. [2][1]"


def test_compose_citation_quote_is_the_articles_exact_words():
    composed = compose(reading(Draft("It cost 12 million euros.", (COST,))), ARTICLES)
    (citation,) = composed.citations
    assert citation.quote == TEXT[citation.start : citation.end] == "It cost 12 million euros."
    assert (citation.title, citation.publisher, citation.published) == ("Bridge opens", "Gazette", date(2021, 5, 5))


def test_compose_draft_without_spans_is_cut_with_a_note():
    composed = compose(reading(Draft("The king came.", ()), Draft("Opened on 4 May.", (OPENED,))), ARTICLES)
    assert [statement.text for statement in composed.statements] == ["Opened on 4 May."]
    assert composed.notes == ("1 sentence was cut from the answer: no quote of the articles carries it.",)


def test_compose_span_outside_the_evidence_is_cut():
    composed = compose(reading(Draft("Elsewhere.", (Span("unknown", 0, 5),))), ARTICLES)
    assert composed.statements == ()
    assert composed.citations == ()


def test_compose_span_past_the_end_of_the_article_is_cut():
    assert compose(reading(Draft("Long.", (Span("bridge", 0, len(TEXT) + 1),))), ARTICLES).statements == ()


def test_compose_conflict_sides_are_cited():
    conflict = DraftConflict("the cost", (DraftSide("12 million", (COST,)), DraftSide("4 May", (OPENED,))))
    composed = compose(reading(Draft("It cost 12 million euros.", (COST,)), conflicts=(conflict,)), ARTICLES)
    assert [side.citations for side in composed.conflicts[0].sides] == [(1,), (2,)]
    assert [citation.number for citation in composed.citations] == [1, 2]
