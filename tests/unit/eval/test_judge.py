"""Verdicts: what makes an answer right, wrong or refused, and which stage lost it."""

import pytest
from scripted_news import answer, citation, refusal

from dateline.eval.cases import Case, DateFact, NameFact, PersonFact
from dateline.eval.judge import judge

DAY = DateFact(type="date", any_of=("2021-05-04",))
HOLM = PersonFact(type="person", name="Ida Holm")
BERG = PersonFact(type="person", name="Ole Berg")
OPENED = Case(id="1", kind="date", question="When did it open?", facts=(DAY,), articles=("harbour",))
WHO = Case(id="2", kind="speaker", question="Who cut the ribbon?", facts=(HOLM,), articles=("harbour",))
NONE = Case(id="3", kind="unanswerable", question="Who sank it?", answerable=False)


def test_short_answer_with_the_fact_is_correct() -> None:
    assert judge(OPENED, answer(short="May 4th, 2021")).verdict == "correct"


@pytest.mark.parametrize(
    "short",
    ["5 May 2021", "4 May 2022", "4 May", "not 4 May 2021", "4 May 2021 or 5 May 2021", "the harbour"],
)
def test_short_answer_without_the_fact_is_wrong_though_the_text_has_it(short: str) -> None:
    judged = judge(OPENED, answer(short=short))
    assert (judged.verdict, judged.stage) == ("wrong", "reading")


def test_text_is_judged_only_without_a_short_answer() -> None:
    assert judge(OPENED, answer(short=None)).verdict == "correct"
    assert judge(OPENED, answer("It opened on a Tuesday. [1]", short=None)).verdict == "wrong"


def test_text_beyond_the_length_is_wrong_without_a_short_answer() -> None:
    long = "The harbour opened on 4 May 2021. " * 30
    assert judge(OPENED, answer(long, short=None)).why == (
        "has 1020 characters and no short answer; at most 500 count as an answer"
    )
    assert judge(OPENED, answer(long)).verdict == "correct"
    assert judge(OPENED.model_copy(update={"max_chars": 1020}), answer(long, short=None)).verdict == "correct"


def test_another_known_person_in_the_short_answer_is_wrong() -> None:
    both = answer(short="Ida Holm and Ole Berg")
    assert judge(WHO, both, people=[HOLM, BERG]).why == "also says Ole Berg"
    assert judge(WHO, answer(short="Mayor Holm"), people=[HOLM, BERG]).verdict == "correct"


def test_further_facts_may_stand_in_the_text_unless_the_short_answer_gives_others() -> None:
    case = Case(id="4", kind="speaker", question="Who, and when?", facts=(HOLM, DAY), articles=("harbour",))
    assert judge(case, answer(short="Ida Holm")).verdict == "correct"
    assert judge(case, answer("Ida Holm did. [1]", short="Ida Holm")).verdict == "wrong"
    assert judge(case, answer(short="Ida Holm, 5 May 2021")).verdict == "wrong"


def test_forbidden_fact_in_the_answer_is_wrong() -> None:
    lund = NameFact(type="place", any_of=("Lund",))
    case = Case(id="5", kind="date", question="When?", facts=(DAY,), forbidden=(lund,))
    assert judge(case, answer(short="4 May 2021 in Lund")).why == "says Lund"
    assert judge(case, answer(short="4 May 2021, not in Lund")).verdict == "correct"


def test_citation_marks_are_no_numbers_of_the_answer() -> None:
    case = Case.model_validate(
        {"id": "6", "kind": "number", "question": "?", "facts": [{"type": "number", "value": 1}]}
    )
    assert judge(case, answer("Some boats. [1]", short=None)).verdict == "wrong"


def test_right_words_that_cite_another_article_or_none_are_wrong() -> None:
    elsewhere = judge(OPENED, answer(cited=[citation(("bridge", 0, 10))]))
    assert (elsewhere.verdict, elsewhere.stage) == ("wrong", "citation")
    assert judge(OPENED, answer(cited=[])).why == "right, but cites nothing"


def test_refusal_is_correct_exactly_where_nothing_could_be_said() -> None:
    assert judge(NONE, refusal()).verdict == "correct"
    assert judge(NONE, answer()).stage == "refusal"
    refused = judge(OPENED, refusal())
    assert (refused.verdict, refused.stage, refused.why) == ("refused", "refusal", "refused: weak_evidence")


def test_what_was_not_retrieved_is_lost_at_retrieval() -> None:
    assert judge(OPENED, refusal(), retrieved=False).stage == "retrieval"
    assert judge(OPENED, answer(short="5 May 2021"), retrieved=False).stage == "retrieval"
