"""What was sent to a language model while something was done, kept for whoever wants to see it.

The messages are made deep in the chain and belong to one question; a context variable carries the list to keep them in,
so that no step in between has to hand it through. It holds only while `kept_in` does, and in its thread alone.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from ...prompts.loader import Message

Sent = list[tuple[Message, ...]]
_into: ContextVar[Sent | None] = ContextVar("sent", default=None)


@contextmanager
def kept_in(sent: Sent) -> Iterator[None]:
    """Within it, every call's messages are added to `sent`, one entry a call however often it is tried.

    A generator is not within it between its items: whoever steps through one puts each step in.
    """
    token = _into.set(sent)
    try:
        yield
    finally:
        _into.reset(token)


def keep(messages: Sequence[Message]) -> None:
    """Notes the messages of a call that is about to be made."""
    sent = _into.get()
    if sent is not None:
        sent.append(tuple(messages))
