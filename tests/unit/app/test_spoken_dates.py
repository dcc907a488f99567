"""Which day a report means: where the plain rule, the last such day, goes wrong."""

from datetime import date

import pytest

from dateline.app.extractive.spoken_dates import find_spoken_dates

TUESDAY = date(2024, 5, 14)
SUNDAY = date(2024, 5, 19)


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [
        # Wednesday 8 May would be six days before: on a Tuesday that is "last Wednesday".
        ("The council raised the toll Wednesday.", TUESDAY, ["15 May 2024"]),
        ("The council raised the toll last Wednesday.", TUESDAY, ["8 May 2024"]),
        ("The council raised the toll Thursday.", TUESDAY, ["9 May 2024"]),
        ("The council raised the toll on Monday.", SUNDAY, ["13 May 2024"]),  # a Sunday paper looks back on its week
        ("She'll be out ten days and miss Sunday's match.", TUESDAY, ["19 May 2024"]),
        ("Today there are more than 200 ferries in the north.", TUESDAY, ["Today"]),
        ("Ferries are the pride of the north today.", TUESDAY, ["today"]),
        ("Fares will fall, she said in an interview with the Post Monday.", TUESDAY, ["13 May 2024"]),
        ("She said fares will fall Monday.", TUESDAY, ["20 May 2024"]),
        ("She was sworn in today.", TUESDAY, ["14 May 2024"]),
        ("He is meeting the mayor today.", TUESDAY, ["14 May 2024"]),
        ("What can drivers expect from today’s vote?", TUESDAY, ["14 May 2024"]),
        ("We are going to launch today a plan for ferries.", TUESDAY, ["14 May 2024"]),
        ("Tolls have risen twice over the last year.", TUESDAY, ["last year"]),
        ("Tolls rose last year.", TUESDAY, ["2023"]),
        ("The mayor said the council will announce fares in October.", TUESDAY, ["October 2024"]),
        ("The minister would visit on Friday.", TUESDAY, ["17 May 2024"]),
        ("The port said on Monday it would reopen on Friday.", TUESDAY, ["13 May 2024", "17 May 2024"]),
        ("The new law takes effect at 8 a.m. Friday.", TUESDAY, ["17 May 2024"]),  # "a.m." ends no sentence
        ("She had hoped to stay, but Sunday, it rained.", TUESDAY, ["12 May 2024"]),
        ("Ferries sail Saturday and Sunday, May 18-19.", TUESDAY, ["11 May 2024", "19 May 2024", "18–19 May 2024"]),
        ("The team that led on Monday’s table will host Bergen on Friday.", TUESDAY, ["13 May 2024", "17 May 2024"]),
        ("The bridge fell last May; it was mended last November.", TUESDAY, ["May 2023", "November 2023"]),
        ("The fair is usually held in August.", TUESDAY, ["August"]),
        ("In 2018, she moved to Oslo and in July married.", TUESDAY, ["2018", "July 2018"]),
        ("The toll was held up by last year’s strike of March 3.", TUESDAY, ["2023", "3 March 2023"]),
        ("Tolls may rise in January and February.", date(2023, 11, 7), ["January 2024", "February 2024"]),
        ("He was born two weeks later.", TUESDAY, ["two weeks later"]),
        ("He left on May 3, 2024; two weeks later he was back.", None, ["3 May 2024", "17 May 2024"]),
        ("They left on May 3, 2024, and met the following Monday.", TUESDAY, ["3 May 2024", "6 May 2024"]),
        ("A road was closed due to flooding on Friday.", TUESDAY, ["10 May 2024"]),
        ("The line is due to open on Friday.", TUESDAY, ["17 May 2024"]),
        ("Sailors can be heard in a film of Friday’s storm.", TUESDAY, ["10 May 2024"]),
        ("She left last Monday.", TUESDAY, ["6 May 2024"]),  # yesterday is never "last Monday"
        ("Trials will begin on the 21st.", TUESDAY, ["21 May 2024"]),
        ("Stocks ended at 2.6, she said on ABC's This Morning.", TUESDAY, []),
        ("Speakers recalled the Jan. 6 riot.", TUESDAY, ["6 January 2021"]),
        ("Speakers met for lunch on Jan. 6.", TUESDAY, ["6 January 2024"]),
    ],
)
def test_find_spoken_dates_where_the_last_such_day_is_not_meant(text, published, words):
    assert [found.words for found in find_spoken_dates(text, published=published)] == words


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        # Tuesday 14 May 2024 is in the week of Monday 13 May.
        ("It opened this week.", ["2024-05-13/2024-05-19"]),
        ("It opened late last week.", ["2024-05-06/2024-05-12"]),
        ("It will open early next week.", ["2024-05-20/2024-05-26"]),
        ("It opened two weeks ago.", ["2024-04-29/2024-05-05"]),
        ("It opened over the weekend.", ["2024-05-11/2024-05-12"]),
        ("It will open this weekend.", ["2024-05-18/2024-05-19"]),
        ("It is open June 28-July 2.", ["2024-06-28/2024-07-02"]),
        ("It was open between 3 and 5 May.", ["2024-05-03/2024-05-05"]),
        ("Bergen won 2-1 May 3.", ["2024-05-03"]),  # a score is no stretch of days
        ("It opened in the late 1970s, not in the ’90s.", ["1970-01-01/1979-12-31", "1990-01-01/1999-12-31"]),
        ("It opened in the 19th century.", ["1801-01-01/1900-12-31"]),
        ("It opened last winter.", ["2022-12-01/2023-02-28"]),  # in May "this winter" is that of 2023-24
        ("It opened in the summer of 2021.", ["2021-06-01/2021-08-31"]),
        ("Sales rose in the first quarter.", ["2024-01-01/2024-03-31"]),
        ("Sales will rise in the second quarter.", ["2024-04-01/2024-06-30"]),
        ("Dahl scored in the fourth quarter.", []),
        ("It opened last month.", ["2024-04"]),
        ("It opened 150 years ago.", ["1874"]),
        ("It opened 37,000 years ago.", []),
        ("It opened at the end of last year.", ["2023"]),
        ("It opened this morning.", ["2024-05-14"]),
    ],
)
def test_find_spoken_dates_gives_days_and_stretches_of_days_as_iso(text, iso):
    assert [found.iso for found in find_spoken_dates(text, published=TUESDAY)] == iso


def test_find_spoken_dates_in_a_chronicle_takes_the_year_of_the_heading():
    text = "July 2021\n\nJuly 3: He left.\n\nSeptember 2021\n\nSeptember 4: He was found."
    found = find_spoken_dates(text, published=TUESDAY)
    assert [one.iso for one in found] == ["2021-07", "2021-07-03", "2021-09", "2021-09-04"]
