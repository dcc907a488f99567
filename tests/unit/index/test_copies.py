"""Groups of prints, and a ranking in which each text stands once."""

from datetime import UTC, date, datetime

import pytest

from dateline.index.article import Span
from dateline.index.chunk import Chunk, Print
from dateline.index.copies import Copies, grouped, one_print_each
from dateline.index.fusion import Fused
from dateline.index.record.rows import ArticleRow

SAID = "The mayor said that the old bridge stays closed until the autumn."
MORE = "A second bridge of steel is to be built below the mill next year."


def row(article_id, *, published=None, hour=0):
    return ArticleRow(
        article_id=article_id,
        title=f"Title of {article_id}",
        publisher=None,
        author=None,
        published=published,
        updated=None,
        ingested=datetime(2021, 1, 1, hour, tzinfo=UTC),
        url=None,
        n_chunks=1,
    )


def chunk(article_id, text, *, start=0):
    return Chunk(Span(article_id, start, start + len(text)), text, 12, text)


def prints(*article_ids, altered=()):
    def one(article_id):
        return Print(
            article_id=article_id, title="", publisher=None, published=None, url=None, altered=article_id in altered
        )

    return tuple(one(article_id) for article_id in article_ids)


def fused(one, score):
    return Fused(one.chunk_id, score, score, None)


def ids(copies):
    return [[one.article_id for one in group] for group in copies.groups]


def test_grouped_earliest_published_first_then_first_taken_in():
    rows = [row("a", hour=1), row("b", published=date(2021, 2, 2)), row("c", published=date(2021, 2, 1)), row("d")]
    copies = grouped([("a", "c", "copy"), ("c", "b", "copy"), ("d", "c", "version")], rows)
    # c and b are dated, d was taken in an hour before a.
    assert ids(copies) == [["c", "b", "d", "a"]]
    assert [one.article_id for one in copies.of("d")] == ["c", "b", "a"]
    assert copies.same_words("a") == ("c", "b", "a")
    assert copies.same_words("d") == ()  # another version says something else
    assert copies.of("e") == ()


def test_grouped_a_chain_is_no_group():
    rows = [row(name, hour=hour) for hour, name in enumerate("abcd")]
    copies = grouped([("a", "b", "copy"), ("b", "c", "copy"), ("c", "d", "copy")], rows)
    assert ids(copies) == [["a", "b"], ["c", "d"]]


def test_grouped_without_a_row_is_left_out():
    assert grouped([("a", "gone", "copy")], [row("a")]) == Copies()


def test_among_leaves_groups_of_those_allowed():
    copies = Copies((prints("a", "b", "c"), prints("d", "e")))
    assert ids(copies.among({"b", "c", "d"})) == [["b", "c"]]
    assert copies.among(None) is copies


def test_one_print_each_keeps_the_earliest_at_the_best_place():
    late, early, other = chunk("late", SAID), chunk("early", SAID), chunk("other", MORE)
    chunks = {one.chunk_id: one for one in (late, early, other)}
    ranking = [fused(late, 0.9), fused(other, 0.6), fused(early, 0.5)]
    kept = one_print_each(ranking, chunks, Copies((prints("early", "late"),)))
    assert [(one.chunk_id, one.score) for one in kept] == [(early.chunk_id, 0.9), (other.chunk_id, 0.6)]
    assert kept[0].dense == 0.5  # its own, as searched


def test_one_print_each_what_only_the_longer_print_says_stays():
    early, late, tail = chunk("early", SAID), chunk("late", SAID), chunk("late", MORE, start=70)
    chunks = {one.chunk_id: one for one in (early, late, tail)}
    ranking = [fused(tail, 0.9), fused(late, 0.8), fused(early, 0.7)]
    kept = one_print_each(ranking, chunks, Copies((prints("early", "late"),)))
    assert [one.chunk_id for one in kept] == [tail.chunk_id, early.chunk_id]


@pytest.mark.parametrize("copies", [Copies(), Copies((prints("early", "late", altered={"late"}),))])
def test_one_print_each_leaves_single_texts_and_versions_alone(copies):
    late, early = chunk("late", SAID), chunk("early", SAID)
    ranking = [fused(late, 0.9), fused(early, 0.5)]
    assert one_print_each(ranking, {late.chunk_id: late, early.chunk_id: early}, copies) == ranking
