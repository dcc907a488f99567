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
    ],
)
def test_find_spoken_dates_where_the_last_such_day_is_not_meant(text, published, words):
    assert [found.words for found in find_spoken_dates(text, published=published)] == words
