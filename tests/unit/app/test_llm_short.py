"""A short answer stays only where the cited words give it; a date may have another form."""

from datetime import date

import pytest
from made_evidence import made_evidence

from dateline.app.llm.short import checked_short
from dateline.index.article import Span


def kept(short: str | None, quote: str, *, published: date | None = date(2021, 5, 5)) -> bool:
    article = made_evidence(quote, published=published).article
    return checked_short(short, cited=[(article, Span("a", 0, len(quote)))]) == short


@pytest.mark.parametrize(
    ("short", "quote"),
    [
        ("Ada Holm", "Mayor Ada Holm left."),
        ("the Mayor", "Mayor Ada Holm left."),
        ("4 May 2021", "It opened on May 4, 2021."),
        ("4 May 2021", "It opened on 04.05.2021."),
        ("4 May 2021", "It opened on 2021-05-04."),
        ("2021-05-04", "It opened on May 4th, 2021."),
        ("28 November 2020", "On Nov. 28, 2020 it opened."),
        ("4 May 2021", "It opened on May 4."),  # the year of publication
        ("4 May 2021", "It opened yesterday."),  # published 5 May
        ("3 May 2021", "It opened on Monday."),  # 5 May 2021 was a Wednesday
        ("10 May 2021", "It will open on Monday."),
        ("2 ships", "Two ships came."),
        ("1500 tonnes", "It holds 1,500 tonnes."),
        ("Oslo – Bergen – Stavanger", "From Oslo through Bergen to Stavanger."),
    ],
)
def test_short_answer_that_the_quotes_give_is_kept(short, quote):
    assert kept(short, quote)


@pytest.mark.parametrize(
    ("short", "quote"),
    [
        ("Ada Berg", "Mayor Ada Holm left."),
        ("5 May 2021", "It opened on May 4, 2021."),
        ("4 May 2020", "It opened on May 4."),
        ("4 June 2021", "It opened on May 4."),
        ("5 May 2021", "It opened."),  # the day of publication is not the day of the event
        ("1,600 tonnes", "It holds 1,500 tonnes."),
        ("three ships", "Two ships came."),
    ],
)
def test_short_answer_that_the_quotes_do_not_give_goes(short, quote):
    assert not kept(short, quote)


def test_year_is_not_taken_from_an_unknown_publication_date():
    assert not kept("4 May 2021", "It opened on May 4.", published=None)
    assert kept("4 May", "It opened on May 4.", published=None)


@pytest.mark.parametrize("short", [None, "", "the", "–"])
def test_nothing_to_say_stays_nothing(short):
    article = made_evidence("The ship.").article
    assert checked_short(short, cited=[(article, Span("a", 0, 9))]) is None


def test_without_quotes_nothing_is_kept():
    assert checked_short("Oslo", cited=[]) is None
