"""Independent sources of an answer: copies count once, and are told in words, in a terminal and in JSON."""

from dataclasses import replace
from datetime import date

from dateline.app.answer import Answer, Citation, Conflict, Side, Sources, Statement, sources_of
from dateline.app.cli.text import result_text
from dateline.index.chunk import Print

CITED = Citation(
    number=1,
    article_id="wire",
    title="Freighter loses cargo",
    publisher="NTB",
    author=None,
    published=date(2021, 5, 4),
    url=None,
    path=None,
    quote="It lost forty containers.",
    start=0,
    end=25,
)


def copy(article_id, publisher):
    return Print(article_id=article_id, title=f"Title of {article_id}", publisher=publisher, published=None, url=None)


PRINTED = replace(CITED, copies=tuple(copy(f"c{n}", f"Paper {n}") for n in range(1, 6)))


def answer(*citations, conflicts=()):
    return Answer(
        id="1",
        question="q",
        standalone_question="q",
        text="It lost forty containers. [1]",
        short_answer=None,
        statements=(Statement("It lost forty containers.", (1,), "supported"),),
        citations=citations,
        confidence=0.5,
        reader="extractive",
        conflicts=conflicts,
    )


def test_sources_of_a_text_and_its_prints_are_one():
    assert sources_of([PRINTED]) == Sources(1, 6, 6)
    # The second citation is of a print of the same text; the third stands alone.
    longer = replace(CITED, number=2, article_id="c1", publisher="Paper 1", copies=(copy("wire", "NTB"),))
    other = replace(CITED, number=3, article_id="other", publisher="NTB")
    assert sources_of([PRINTED, longer, other]) == Sources(2, 7, 6)
    assert sources_of([]) == Sources(0, 0, 0)


def test_answer_tells_its_sources_and_copies_in_json():
    form = answer(PRINTED).to_dict()
    assert form["sources"] == {
        "n_independent": 1,
        "n_articles": 6,
        "n_outlets": 6,
        "in_words": "1 source, printed by 6 outlets",
    }
    assert form["citations"][0]["copies"][0] == {
        "article_id": "c1",
        "title": "Title of c1",
        "publisher": "Paper 1",
        "published": None,
        "url": None,
        "altered": False,
    }


def test_answer_in_a_terminal_names_three_prints_and_counts_the_rest():
    told = result_text(answer(PRINTED))
    assert "also printed by Paper 1, Paper 2, Paper 3 and 2 more" in told
    assert told.endswith("1 source, printed by 6 outlets.")
    assert "source" not in result_text(answer(CITED))


def test_answer_in_a_terminal_tells_a_print_with_another_value_as_such():
    printed = replace(CITED, copies=(copy("a", "Paper A"), replace(copy("b", "Paper B"), altered=True)))
    assert "also printed by Paper A; with another value by Paper B" in result_text(answer(printed))
    only = replace(CITED, copies=(replace(copy("b", "Paper B"), altered=True),))
    assert "    with another value by Paper B" in result_text(answer(only))


def test_conflict_in_a_terminal_is_dated_and_a_correction_told_as_one():
    second = replace(CITED, number=2, article_id="b", published=None)
    sides = (Side("forty", (1,)), Side("sixty", (2,)))
    told = result_text(answer(CITED, second, conflicts=(Conflict("how many?", sides),)))
    assert "The articles disagree about how many?: forty [1] (4 May 2021) · sixty [2] (date unknown)" in told
    told = result_text(answer(CITED, second, conflicts=(Conflict("How many?", sides, date(2021, 5, 6)),)))
    assert "How many? Corrected on 6 May 2021 from forty [1] (4 May 2021) to sixty [2] (date unknown)" in told
