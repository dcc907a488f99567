from datetime import date

import pytest

from dateline.index.articles.written_dates import believable, date_of_url, find_dates, from_epoch, read_date


@pytest.mark.parametrize(
    "written",
    [
        "2024-05-03", "2024/5/3", "2024.05.03", "2024-05-03T23:59:00+02:00", "2024-05-03 10:00", "20240503",
        "May 3, 2024", "May 3rd, 2024", "MAY 3 2024", "3 May 2024", "3rd of May, 2024", "Fri, 03 May 2024 10:30:00 GMT",
        "03.05.2024", "13:05, 3 May 2024", "3-May-2024", "1714737600", "1714737600000",
    ],
)  # fmt: skip
def test_read_date_any_usual_form_gives_the_day(written):
    assert read_date(written) == date(2024, 5, 3)  # 1714737600 s = 19,846 days + 12 h after 1 January 1970


@pytest.mark.parametrize(
    "written", ["03/04/2024", "04-03-2024", "May 3", "2024", "soon", "", "31 February 2024", "2024-13-01"]
)
def test_read_date_ambiguous_incomplete_or_impossible_gives_none(written):
    assert read_date(written) is None


def test_read_date_slashes_with_a_day_above_twelve_are_clear():
    assert read_date("23/04/2024") == date(2024, 4, 23)
    assert read_date("04/23/2024") == date(2024, 4, 23)
    assert read_date("05/05/2024") == date(2024, 5, 5)


def test_read_date_two_different_dates_gives_none():
    assert read_date("3 May 2024, changed 4 May 2024") is None


def test_find_dates_without_a_year_keeps_month_and_day_only():
    (found,) = find_dates("ASTANA, March 24. ")
    assert (found.year, found.month, found.day, found.full) == (None, 3, 24, None)
    assert found.in_year(2023) == date(2023, 3, 24)


def test_find_dates_29_february_in_a_common_year_is_none():
    (found,) = find_dates("February 29")
    assert found.in_year(2023) is None
    assert found.in_year(2024) == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["March 2024", "version 1.2.2024.5", "may 3 people go", "A1-2024-05-03x"])
def test_find_dates_look_alikes_are_not_full_dates(text):
    assert all(found.full is None for found in find_dates(text))


def test_believable_tomorrow_is_and_the_day_after_is_not():
    today = date(2024, 5, 3)
    assert believable(date(2024, 5, 4), today=today) == date(2024, 5, 4)
    assert believable(date(2024, 5, 5), today=today) is None
    assert believable(date(1491, 1, 1), today=today) is None
    assert believable(None, today=today) is None


def test_from_epoch_beyond_the_calendar_is_none():
    assert from_epoch(10**30) is None


def test_date_of_url_is_read_from_the_path_only():
    assert date_of_url("https://valley.example/news/2024/05/03/port") == date(2024, 5, 3)
    assert date_of_url("https://valley.example/2024-05-03-port.html") == date(2024, 5, 3)
    assert date_of_url("https://valley.example/port?day=2024/05/03") is None
    assert date_of_url("https://valley.example/2024/13/45/port") is None
