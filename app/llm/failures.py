"""Turns what the openai client raises into Dateline's own errors, and says how long to wait before trying again.

Pure: it neither sleeps nor sends. A message never shows the key, even where the server repeats it.
"""

import email.utils
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from ...index.errors import ProviderError, ProviderGarbled, ProviderRefused, ProviderUnavailable

MAX_WAIT_S = 30.0
_FIRST_WAIT_S, _LONGEST_BACKOFF_S = 0.5, 8.0
_RETRYABLE = frozenset({408, 409, 425, 429})


class AttemptError(Exception):
    """One failed attempt, inside the client: the error it amounts to, and the seconds the server asked to wait."""

    def __init__(self, error: ProviderError, asked_s: float | None = None) -> None:
        super().__init__(str(error))
        self.error, self.asked_s = error, asked_s


def status_error(status: int, *, said: str, model: str, address: str, code: str | None = None) -> ProviderError:
    """The error for an HTTP status, with what the server said (may be empty) and what to do."""
    reason = f" It said: {said}" if said else ""
    if code == "insufficient_quota":
        return ProviderRefused(
            f"The account behind the key at {address} has no credit left (429).{reason} Add credit there."
        )
    if status in _RETRYABLE or status >= 500:
        return ProviderUnavailable(
            f"The language model at {address} is overloaded or failing ({status}).{reason} Try later."
        )
    if status in (401, 403):
        what = "the key was not accepted" if status == 401 else "the key may not use this"
        return ProviderRefused(
            f"{address}: {what} ({status}).{reason} Set OPENAI_API_KEY to a key that is valid there."
        )
    if status == 404:
        return ProviderRefused(
            f"{address} knows no model {model!r}, or is not an OpenAI-compatible address (404).{reason} "
            "Set DATELINE_MODEL to a model of that server, and OPENAI_BASE_URL to its address, usually ending in /v1."
        )
    return ProviderRefused(
        f"{address} refused the request to {model!r} ({status}).{reason} "
        "If it is too long for the model, lower DATELINE_MAX_EVIDENCE_TOKENS."
    )


def unreachable(*, address: str, why: str) -> ProviderUnavailable:
    """No connection could be made."""
    return ProviderUnavailable(f"No connection to {address} ({why}). Check OPENAI_BASE_URL and that the server runs.")


def timed_out(*, address: str, timeout_s: float) -> ProviderUnavailable:
    """The server was silent for too long."""
    return ProviderUnavailable(f"{address} sent nothing for {timeout_s:g} s. Try later, or raise DATELINE_TIMEOUT_S.")


def broke_off(*, address: str) -> ProviderGarbled:
    """A reply ended before its end."""
    return ProviderGarbled(f"The reply of {address} broke off before its end, so it is not used. Ask again.")


def failed_within(*, address: str, said: str) -> ProviderUnavailable:
    """The server told of an error in the middle of its reply."""
    return ProviderUnavailable(f"{address} failed within its reply. It said: {said} Try later.")


def garbled(*, address: str, why: str) -> ProviderGarbled:
    """A reply is not what the protocol promises."""
    return ProviderGarbled(f"The reply of {address} is no chat completion ({why}). Is it an OpenAI-compatible server?")


def withheld(*, address: str) -> ProviderRefused:
    """The provider's content filter held the reply back."""
    return ProviderRefused(f"{address} withheld its reply (content filter). Ask in other words, or use another model.")


def in_one_line(text: str, *, secret: str | None, max_chars: int = 200) -> str:
    """What a server said, fit for a message: one line, not long, without the key."""
    plain = " ".join(text.split())
    if secret:
        plain = plain.replace(secret, "***")
    return plain if len(plain) <= max_chars else plain[:max_chars] + "…"


def wait_s(*, attempt: int, asked_s: float | None, jitter: float) -> float:
    """Seconds to wait after the failed attempt number `attempt` (from 1), with jitter in [0, 1].

    What the server asked for counts, else the wait doubles each time and is spread over half of its length.

    >>> [wait_s(attempt=n, asked_s=None, jitter=1.0) for n in (1, 2, 3)], wait_s(attempt=1, asked_s=3.0, jitter=0.0)
    ([0.5, 1.0, 2.0], 3.0)
    """
    if asked_s is not None:
        return asked_s
    doubled: float = _FIRST_WAIT_S * 2.0 ** (attempt - 1)
    return min(_LONGEST_BACKOFF_S, doubled) * (0.5 + 0.5 * jitter)


def asked_wait_s(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """The wait that a Retry-After header (seconds or an HTTP date) asks for; None without one that can be read.

    >>> asked_wait_s({"retry-after": "7"}, now=datetime(2026, 1, 1, tzinfo=UTC))
    7.0
    """
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"-?\d+(?:\.\d+)?", value):
        return max(0.0, float(value))
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(value).astimezone(UTC) - now).total_seconds())
    except (ValueError, TypeError):
        return None
