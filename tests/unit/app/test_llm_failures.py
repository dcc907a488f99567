"""Which error a failure amounts to, how long to wait, and what a message must not show."""

from datetime import UTC, datetime

import pytest

from dateline.app.llm.failures import asked_wait_s, in_one_line, status_error, wait_s
from dateline.app.llm.prices import cost_usd
from dateline.index.errors import ProviderRefused, ProviderUnavailable

NOW = datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, ProviderRefused),
        (401, ProviderRefused),
        (403, ProviderRefused),
        (404, ProviderRefused),
        (408, ProviderUnavailable),
        (409, ProviderUnavailable),
        (422, ProviderRefused),
        (429, ProviderUnavailable),
        (500, ProviderUnavailable),
        (503, ProviderUnavailable),
        (529, ProviderUnavailable),
    ],
)
def test_status_amounts_to_its_error_and_is_in_the_message(status, kind):
    error = status_error(status, said="", model="m", address="http://x.example/v1")
    assert type(error) is kind
    assert str(status) in str(error)
    assert "http://x.example/v1" in str(error)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-1"}, 0.0),
        ({"retry-after": "Thu, 01 Jan 2026 12:00:09 GMT"}, 9.0),
        ({"retry-after": "Thu, 01 Jan 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({}, None),
    ],
)
def test_wait_that_the_server_asks_for_is_read(headers, seconds):
    assert asked_wait_s(headers, now=NOW) == seconds


def test_wait_doubles_up_to_a_limit_and_jitter_spreads_it_over_its_upper_half():
    assert [wait_s(attempt=n, asked_s=None, jitter=1.0) for n in range(1, 8)] == [0.5, 1, 2, 4, 8, 8, 8]
    assert wait_s(attempt=3, asked_s=None, jitter=0.0) == 1.0


def test_what_a_server_said_is_one_short_line_without_the_key():
    assert in_one_line("bad\n key sk-1!", secret="sk-1") == "bad key ***!"
    assert len(in_one_line("x" * 999, secret=None)) == 201


@pytest.mark.parametrize(
    ("model", "dollars"),
    [
        ("gpt-4.1-mini", 0.4 + 1.6),
        ("gpt-4o-2024-08-06", 2.5 + 10),
        ("gpt-4o-2024-05-13", 5 + 15),
        ("llama3.1:8b", None),
        ("gpt-4.1-mini-of-ours", None),
    ],
)
def test_cost_is_by_the_million_and_unknown_where_the_model_is(model, dollars):
    assert cost_usd(model, prompt_tokens=1_000_000, completion_tokens=1_000_000) == dollars
