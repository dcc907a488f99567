import re
from dataclasses import replace
from datetime import date

import pytest
from desk_news import BRIDGE, HARBOUR, DeskNews

from dateline.app.page.library import MAX_CHOICES, PAGE_ROWS, Listing, choices, library_html, outlets_of
from dateline.app.page.limits import Limits, kept_form, kept_limits
from dateline.index.errors import BadInput

FOG = replace(HARBOUR, article_id="fog", title="Fog", publisher="Evening News", published=date(2023, 1, 2))


def rows(*articles):
    return DeskNews(*articles).articles()


def shown(listing, *articles, find=lambda words: []):
    return library_html(rows(*articles), listing, find=find)


def order(markup, *titles):
    return sorted(titles, key=markup.index)


def test_list_has_the_newest_first_and_those_without_a_date_last():
    markup = shown(Listing(), HARBOUR, BRIDGE, FOG)
    assert order(markup, HARBOUR.title, BRIDGE.title, ">Fog<") == [">Fog<", HARBOUR.title, BRIDGE.title]
    assert 'aria-sort="descending"><button type="button" class="dl-act" data-do="sort" data-by="published"' in markup


def test_list_sorted_by_a_column_turns_round_when_sorted_again():
    by_title = Listing().sorted_by("title")
    assert order(shown(by_title, HARBOUR, BRIDGE), HARBOUR.title, BRIDGE.title) == [BRIDGE.title, HARBOUR.title]
    again = by_title.sorted_by("title")
    assert order(shown(again, HARBOUR, BRIDGE), HARBOUR.title, BRIDGE.title) == [HARBOUR.title, BRIDGE.title]
    assert Listing().sorted_by("text") == Listing()


def test_list_searched_anew_is_in_the_order_of_what_fits_best_and_a_filter_keeps_the_order():
    by_title = Listing().sorted_by("title")
    assert by_title.narrowed("", outlets=["Evening News"], since="", until="").sort == "title"
    assert by_title.narrowed("fog", outlets=[], since="", until="").sort is None


def test_list_filtered_by_outlet_and_date_keeps_what_has_no_date():
    assert "1 of 3 articles" in shown(Listing(outlets=("Evening News",)), HARBOUR, BRIDGE, FOG)
    markup = shown(Listing(since="2022-01-01"), HARBOUR, BRIDGE, FOG)
    assert HARBOUR.title not in markup
    assert BRIDGE.title in markup
    assert "is no date" in shown(Listing(since="soon"), HARBOUR)


def test_list_searched_has_only_what_was_found_in_the_order_found():
    markup = shown(Listing(words="x"), HARBOUR, BRIDGE, FOG, find=lambda words: ["bridge", "fog"])
    assert order(markup, BRIDGE.title, ">Fog<") == [BRIDGE.title, ">Fog<"]
    assert HARBOUR.title not in markup


def test_list_of_many_is_turned_page_by_page():
    many = [replace(HARBOUR, article_id=str(n), title=f"Title {n:03}") for n in range(PAGE_ROWS + 1)]
    markup = library_html(rows(*many), Listing(sort="title", descending=False, page=2), find=lambda words: [])
    assert "Title 050" in markup
    assert "Title 049" not in markup
    assert "Page 2 of 2" in markup
    assert choices(rows(*(many * 6)[: MAX_CHOICES + 1]))
    assert choices(many * 7) == []


def test_list_tells_how_many_others_print_the_same_and_sorts_by_it():
    harbour, bridge = rows(HARBOUR, BRIDGE)
    listed = [harbour, replace(bridge, n_copies=3)]
    markup = library_html(listed, Listing().sorted_by("n_copies"), find=lambda words: [])
    assert order(markup, HARBOUR.title, BRIDGE.title) == [BRIDGE.title, HARBOUR.title]
    assert re.findall(r'data-label="Copies" class="dl-n">(?:<span[^>]*>)?(3|–)', markup) == ["3", "–"]


def test_list_of_no_articles_says_how_to_add_some():
    assert "dateline ingest FOLDER" in shown(Listing())


def test_choices_name_the_date_and_outlets_stand_once():
    assert choices(rows(BRIDGE)) == [("Bridge to be built (no date)", "bridge")]
    assert outlets_of(rows(HARBOUR, FOG, BRIDGE, replace(FOG, article_id="f2"))) == ["Evening News", "Lindvik Post"]


def test_kept_limits_come_back_and_what_makes_no_sense_does_not():
    limits = Limits(as_of="2023-03-24", since="2023-01-01", outlets=["Evening News"], articles=["fog"])
    kept = kept_form(limits)
    assert kept == {"as_of": "2023-03-24", "since": "2023-01-01", "outlets": ["Evening News"]}
    assert kept_limits(kept, ["Evening News"]) == replace(limits, articles=())
    assert kept_limits(kept, []).outlets == []
    assert limits.in_words == "as of 2023-03-24; from 2023-01-01; Evening News"
    for broken in (None, [], "x", {"as_of": "soon", "outlets": "all"}, {"since": 7}):
        assert kept_limits(broken, ["all"]) == Limits(outlets=[])


def test_limits_leave_the_articles_that_all_of_them_let_in():
    held = rows(HARBOUR, BRIDGE, FOG)
    assert Limits().ids(held) is None
    assert Limits(as_of="2023-01-01").ids(held) is None
    assert Limits(outlets=["Evening News"], since="2024-01-01").ids(held) == []
    assert sorted(Limits(until="2022-01-01").ids(held)) == ["bridge", "harbour"]
    with pytest.raises(BadInput, match="write it as 2023-03-24"):
        Limits(until="yesterday").ids(held)
