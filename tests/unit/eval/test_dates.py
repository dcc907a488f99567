"""Dates in texts, in every usual form, and what is none."""

import pytest

from dateline.eval.dates import dates


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("4 May 2021", [["2021-05-04"]]),
        ("May 4, 2021", [["2021-05-04"]]),
        ("May 4th", [["--05-04"]]),
        ("2021-05-04T03:48", [["2021-05-04"]]),
        ("4.5.2021", [["2021-05-04", "2021-04-05"]]),
        ("14/5/2021", [["2021-05-14"]]),
        ("5/14/21", [["2021-05-14"]]),
        ("3 or 4 May 2021", [["2021-05-03"], ["2021-05-04"]]),
        ("May 3-4, 2021", [["2021-05-03"], ["2021-05-04"]]),
        ("May 2021", [["2021-05"]]),
        ("early May", [["--05"]]),
        ("since 1987", [["1987"]]),
        ("in 1787, on 4 May 1788", [["1787"], ["1788-05-04"]]),
        ("4 May 2021 and 5 June 2022", [["2021-05-04"], ["2022-06-05"]]),
        ("Sept. 9", [["--09-09"]]),
        ("29 February 2021", []),
        ("29 February 2020", [["2020-02-29"]]),
        ("32 May", []),
        ("$2021", []),
        ("2021 people", []),
        ("a 2.5 share", []),
        ("on Monday", []),
        ("they march on", []),
        ("", []),
    ],
)
def test_dates_are_read_by_their_parts(text: str, readings: list[list[str]]) -> None:
    assert [sorted(mention.readings) for mention in dates(text)] == [sorted(each) for each in readings]


def test_date_mention_says_where_it_stands() -> None:
    (mention,) = dates("It rained on 4 May 2021.")
    assert "It rained on 4 May 2021."[mention.start : mention.end] == "4 May 2021"
