from dataclasses import replace
from datetime import date

import pytest

from dateline.app.answer import Answer, Refusal
from dateline.app.chain import Parts, Request, answer, fingerprint, nearest, stream
from dateline.app.condense.rules import Turn
from dateline.app.reader import Draft, Reading
from dateline.index.article import Article, Span
from dateline.index.chunk import Chunk, Evidence, Filters
from dateline.index.errors import ProviderRefused, ProviderUnavailable

TEXT = "The mayor opened the bridge on 4 May. Crowds cheered."
ARTICLE = Article(article_id="bridge", text=TEXT, title="Bridge opens", published=date(2021, 5, 5))
CHUNK = Chunk(Span("bridge", 0, len(TEXT)), TEXT, 12, TEXT)
EVIDENCE = Evidence(chunk=CHUNK, article=ARTICLE, scores={"dense": 0.8, "fused": 0.7}, rank=1)
OPENED = Reading(
    reader="extractive",
    drafts=(Draft("The mayor opened the bridge on 4 May.", (Span("bridge", 0, 37),)),),
    short_answer="4 May",
    confidence=0.8,
)


class Retrieving:
    def __init__(self, *found):
        self.found, self.asked = list(found), []

    def retrieve(self, query, *, k, filters=None, near=None):
        self.asked.append((query, filters, near))
        late = filters and filters.published_to and filters.published_to < date(2021, 5, 5)
        return [] if late else self.found[:k]


class Reads:
    name = "reads"

    def __init__(self, reading, pieces=()):
        self.reading, self.pieces, self.asked = reading, pieces, []

    def read(self, question, evidence):
        self.asked.append(question)
        if isinstance(self.reading, Exception):
            raise self.reading
        return self.reading

    def stream(self, question, evidence):
        yield from self.pieces
        yield self.read(question, evidence)


def parts(reader, *, fallback=None, retriever=None, n_articles=1, condense=lambda question, history: question):
    ticks = iter(range(1000))
    return Parts(
        retriever=retriever or Retrieving(EVIDENCE),
        reader=reader,
        fallback=fallback,
        condense=condense,
        new_id=lambda: "id-1",
        clock=lambda: float(next(ticks)),
        n_evidence=8,
        n_articles=lambda: n_articles,
        fingerprint=lambda: "f" * 16,
    )


def test_answer_reading_becomes_a_cited_answer():
    result = answer(parts(Reads(OPENED)), Request(question="When did it open?"))
    assert isinstance(result, Answer)
    assert result.text == "The mayor opened the bridge on 4 May. [1]"
    assert result.citations[0].quote == TEXT[0:37]
    assert (result.short_answer, result.evidence_from, result.evidence_to) == (
        "4 May",
        ARTICLE.published,
        ARTICLE.published,
    )
    assert result.evidence[0].to_dict()["scores"] == {"dense": 0.8, "fused": 0.7}
    assert (result.id, result.fingerprint) == ("id-1", "f" * 16)


def test_answer_every_step_reports_its_milliseconds():
    result = answer(parts(Reads(OPENED)), Request(question="When?"))
    # The scripted clock moves one second a look: each step looks twice, the whole at its start and at its end.
    assert result.timings_ms == {
        "condense": 1000.0,
        "retrieve": 1000.0,
        "read": 1000.0,
        "verify": 1000.0,
        "total": 9000.0,
    }


def test_answer_declined_reading_is_a_refusal_with_the_nearest_article():
    reader = Reads(Reading(reader="extractive", declined="The articles name no price."))
    result = answer(parts(reader), Request(question="What did it cost?"))
    assert isinstance(result, Refusal)
    assert (result.reason, result.message) == ("weak_evidence", "The articles name no price.")
    assert result.nearest[0].article_id == "bridge"


def test_answer_declined_by_the_llm_is_reader_declined():
    result = answer(parts(Reads(Reading(reader="llm", declined="No."))), Request(question="Cost?"))
    assert result.reason == "reader_declined"


def test_answer_nothing_verified_is_a_refusal():
    reader = Reads(Reading(reader="llm", drafts=(Draft("The king came.", ()),), confidence=0.9))
    result = answer(parts(reader), Request(question="Who came?"))
    assert result.reason == "not_verified"
    assert "cut" in result.notes[0]


def test_answer_without_evidence_never_asks_the_reader():
    reader = Reads(OPENED)
    result = answer(parts(reader, retriever=Retrieving()), Request(question="Who?"))
    assert (result.reason, reader.asked) == ("no_evidence", [])


def test_answer_empty_corpus_says_how_to_add_articles():
    result = answer(parts(Reads(OPENED), retriever=Retrieving(), n_articles=0), Request(question="Who?"))
    assert "no articles" in result.message
    assert "ingest" in result.suggestion


def test_answer_as_of_hides_later_articles_and_says_that_they_exist():
    result = answer(parts(Reads(OPENED)), Request(question="When?", as_of=date(2021, 5, 1)))
    assert result.reason == "outside_time_scope"
    assert result.nearest[0].article_id == "bridge"
    assert "mayor" not in result.nearest[0].why


def test_stream_as_of_never_widens_a_filter():
    retriever = Retrieving(EVIDENCE)
    request = Request(question="When?", as_of=date(2030, 1, 1), filters=Filters(published_to=date(2022, 1, 1)))
    answer(parts(Reads(OPENED), retriever=retriever), request)
    assert retriever.asked[0][1].published_to == date(2022, 1, 1)


def test_stream_as_of_favours_articles_near_that_day():
    retriever = Retrieving(EVIDENCE)
    answer(parts(Reads(OPENED), retriever=retriever), Request(question="When?", as_of=date(2021, 6, 1)))
    assert retriever.asked[0][2] == date(2021, 6, 1)


def test_stream_question_about_days_of_publication_narrows_the_search():
    retriever = Retrieving(EVIDENCE)
    request = Request(question="What was reported in May 2021?", filters=Filters(published_to=date(2021, 5, 20)))
    answer(parts(Reads(OPENED), retriever=retriever), request)
    (_, filters, _), *_ = retriever.asked
    assert (filters.published_from, filters.published_to) == (date(2021, 5, 1), date(2021, 5, 20))


def test_stream_days_that_leave_nothing_are_widened_to_the_users_filter_with_a_note():
    retriever = Retrieving(EVIDENCE)
    result = answer(parts(Reads(OPENED), retriever=retriever), Request(question="What was reported in April 2021?"))
    # The double has nothing for a limit before the article's day, so the second search is without the question's days.
    assert [filters.published_to for _, filters, _ in retriever.asked] == [date(2021, 4, 30), None]
    assert "all days were searched" in result.notes[0]


def test_answer_from_old_articles_says_how_old():
    result = answer(parts(Reads(OPENED)), Request(question="When?", as_of=date(2022, 5, 5)))
    # 5 May 2021 to 5 May 2022 are 365 days.
    assert "5 May 2021, 365 days before" in result.notes[-1]


def test_stream_events_come_in_order():
    kinds = [event.kind for event in stream(parts(Reads(OPENED, pieces=("The ", "mayor"))), Request(question="When?"))]
    assert kinds == ["evidence", "text", "text", "answer"]


@pytest.mark.parametrize("error", [ProviderUnavailable("overloaded"), ProviderRefused("wrong key")])
def test_answer_failing_provider_falls_back_with_a_note(error):
    result = answer(parts(Reads(error), fallback=Reads(OPENED)), Request(question="When?"))
    assert isinstance(result, Answer)
    assert str(error) in result.notes[0]


def test_answer_failing_provider_without_fallback_raises():
    with pytest.raises(ProviderUnavailable):
        answer(parts(Reads(ProviderUnavailable("overloaded"))), Request(question="When?"))


def test_answer_follow_up_is_condensed_and_both_questions_are_kept():
    made = parts(Reads(OPENED), condense=lambda question, history: f"{question} of the bridge")
    result = answer(made, Request(question="And when?", history=(Turn("Q", "Q", "A", None),)))
    assert (result.question, result.standalone_question) == ("And when?", "And when? of the bridge")


def test_answer_short_answer_of_a_cut_sentence_is_cut_too():
    told = Draft("The mayor opened the bridge on 4 May.", (Span("bridge", 0, 37),))
    reader = Reads(Reading(reader="llm", drafts=(Draft("The king came.", ()), told), short_answer="The king"))
    assert answer(parts(reader), Request(question="Who came?")).short_answer is None
    reader = Reads(Reading(reader="llm", drafts=(Draft("The king came.", ()), told), short_answer="4 May"))
    assert answer(parts(reader), Request(question="When?")).short_answer == "4 May"


def test_nearest_names_each_article_once():
    other = replace(EVIDENCE, rank=2)
    assert [near.article_id for near in nearest([EVIDENCE, other])] == ["bridge"]


def test_fingerprint_changes_with_any_fact():
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})
