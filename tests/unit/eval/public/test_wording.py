"""How answers are compared: both normal forms, exact match, F1 and "told", worked by hand."""

import pytest

from dateline.eval.public.wording import exact, f1, normal, told, without_markers


def test_news_form_deletes_punctuation_and_keeps_articles() -> None:
    assert normal("The  U.S.-led plan, 2.5%!", form="news") == "the usled plan 25"


def test_squad_form_drops_articles_as_whole_words_only() -> None:
    assert normal("An answer to the Theatre, a play", form="squad") == "answer to theatre play"


def test_exact_takes_any_right_answer_and_nothing_is_never_right() -> None:
    assert exact("the harbour.", ["Bridge", "The Harbour"], form="news") == 1
    assert exact("harbour", ["The Harbour"], form="news") == 0
    assert exact("harbour", ["The Harbour"], form="squad") == 1
    assert exact(None, ["x"], form="news") == 0
    assert exact("x", [], form="news") == 0


def test_f1_is_the_best_overlap_of_words() -> None:
    # Two of three words said are right, two of two right ones are said: 2·2/(3+2).
    assert f1("mayor Ida Holm", ["Ole Berg", "Ida Holm"], form="news") == pytest.approx(0.8)
    assert f1(None, ["Ida Holm"], form="news") == 0
    assert f1("the", ["a"], form="squad") == 1  # both empty in normal form, as SQuAD's own script has it


def test_told_wants_whole_words_in_order() -> None:
    assert told("It was Ida Holm, the mayor.", ["ida holm"], form="news") == 1
    assert told("It was Ida Holmgren.", ["Ida Holm"], form="news") == 0
    assert told("Anything", ["..."], form="news") == 0
    assert told(None, ["x"], form="news") == 0


def test_markers_are_no_words_of_an_answer() -> None:
    assert without_markers("It opened [1]. It cost 40 [2, 3].") == "It opened. It cost 40."
