"""Terms of names, routes and numbers as news writes them."""

import pytest

from dateline.index.lexical.terms import MAX_TERM_CHARS, split_terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AT&T and S&P 500", ["AT&T", "and", "S&P", "500"]),
        ("the G20", ["the", "G20"]),
        ("COVID-19", ["COVID19", "COVID", "19"]),
        ("Omsk–Pavlodar-Shymkent", ["OmskPavlodarShymkent", "Omsk", "Pavlodar", "Shymkent"]),
        ("1,000 barrels, 12,345,678.9", ["1000", "barrels", "12345678.9"]),
        ("won 3-1, not 31", ["won", "3-1", "3", "1", "not", "31"]),
        ("U.S.-led", ["US", "led"]),
        ("the minister’s drivers' words", ["the", "minister", "drivers", "words"]),
        ("O'Brien", ["OBrien"]),
        ("1,2,3", ["1", "2", "3"]),
        ("cafe\u0301", ["caf\xe9"]),
        ("", []),
        (" … — \x00 \ud800 ", []),
    ],
)
def test_split_terms_keeps_what_news_writes(text, expected):
    assert split_terms(text) == expected


def test_split_terms_cuts_an_endless_term():
    assert split_terms("x" * 1000) == ["x" * MAX_TERM_CHARS]
