from datetime import date

import pytest

from dateline.app.timescope import time_scope
from dateline.index.chunk import Filters

WEDNESDAY = date(2024, 5, 15)


def days_of(question):
    return [(days.first, days.last) for days in time_scope(question, today=WEDNESDAY).days]


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("What did NTB report on March 3, 2023 about tolls?", [(date(2023, 3, 3), date(2023, 3, 3))]),
        ("Does NTB's March 3, 2023 report speak of tolls?", [(date(2023, 3, 3), date(2023, 3, 3))]),
        ("What was published in February 2024 about ferries?", [(date(2024, 2, 1), date(2024, 2, 29))]),
        ("Which articles of 2023 speak of ferries?", [(date(2023, 1, 1), date(2023, 12, 31))]),
        (
            "Do the Post's article of 1 May 2023 on tolls and its piece on tunnels of 3 May 2023 agree?",
            [(date(2023, 5, 1), date(2023, 5, 1)), (date(2023, 5, 3), date(2023, 5, 3))],
        ),
        ("What has changed since March 2024?", [(date(2024, 3, 1), None)]),
        ("What was reported before June 2023?", [(None, date(2023, 5, 31))]),
        ("What was reported between 3 and 5 June 2023?", [(date(2023, 6, 3), date(2023, 6, 5))]),
        ("Which articles were published from 3 May to 9 May?", [(date(2024, 5, 3), date(2024, 5, 9))]),
        ("What was reported in the summer of 2023?", [(date(2023, 6, 1), date(2023, 8, 31))]),
        ("Which stories appeared after 1 May 2023?", [(date(2023, 5, 2), None)]),
        ("What news was there by the end of March?", [(None, date(2024, 3, 31))]),
        ("Which story that was published on 4 May tells of tolls?", [(date(2024, 5, 4), date(2024, 5, 4))]),
        # Wednesday 15 May 2024: the week before began on Monday the 6th.
        ("What happened last week?", [(date(2024, 5, 6), None)]),
        ("What was reported last week?", [(date(2024, 5, 6), date(2024, 5, 12))]),
        ("What is the news on tolls in the past 10 days?", [(date(2024, 5, 5), WEDNESDAY)]),
    ],
)
def test_time_scope_finds_the_days_of_publication(question, days):
    assert days_of(question) == days


@pytest.mark.parametrize(
    "question",
    [
        "When did they meet in November 2022?",
        "What happened on 28 November 2022?",
        "Who was elected in 2021?",
        "What did Holm say in March 2023 about tolls?",
        "Which reports say that the bridge, opened on 4 May 2021, is unsafe?",
        "Which articles say that the bridge closed on 4 May?",
        "What did Berg say in his 2022 report?",
        "What happened between 3 and 5 May?",
        "Who leads Business Today?",
        "Who is the mayor?",
    ],
)
def test_time_scope_leaves_dates_of_events_open(question):
    assert days_of(question) == []


def test_narrow_never_widens_a_filter():
    limit = Filters(published_from=date(2023, 3, 1), published_to=date(2023, 3, 10))
    wide = time_scope("What was reported in 2023?", today=WEDNESDAY).narrow(limit)
    assert (wide.published_from, wide.published_to) == (date(2023, 3, 1), date(2023, 3, 10))


def test_narrow_passes_over_days_outside_the_filter():
    limit = Filters(published_to=date(2022, 1, 1))
    assert time_scope("What was reported in 2023?", today=WEDNESDAY).narrow(limit) == limit


def test_narrow_covers_all_the_days_named():
    scope = time_scope("Do the reports of 1 May 2023 and of 3 May 2023 agree?", today=WEDNESDAY)
    narrowed = scope.narrow(Filters())
    assert (narrowed.published_from, narrowed.published_to) == (date(2023, 5, 1), date(2023, 5, 3))


def test_what_happened_this_week_is_looked_for_from_a_week_before_it():
    scope = time_scope("Which minister resigned this week?", today=date(2024, 5, 15))  # a Wednesday
    assert scope.narrow(Filters()) == Filters(published_from=date(2024, 5, 6))
