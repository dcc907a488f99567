"""The seam to a language model: messages in, text out, in one piece or as it comes. `llm.client` is the real one.

Also its double, FixedModel, which says what it was given: for tests, and for trying a prompt's parsing by hand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from ...prompts.loader import Message
from ..answer import Usage


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole reply: its text, what it cost, and whether it came to its end ("stop") or to the limit ("length")."""

    text: str
    usage: Usage
    finish: Literal["stop", "length"] = "stop"


class LanguageModel(Protocol):
    """Answers messages. Both methods raise ProviderError's leaves; what broke off is never returned as whole."""

    @property
    def name(self) -> str:
        """The model's name and what else decides its replies: part of an answer's fingerprint."""

    def complete(self, messages: Sequence[Message]) -> Completion:
        """The whole reply."""

    def stream(self, messages: Sequence[Message]) -> Iterator[str | Completion]:
        """The reply's text in pieces as they come, then the Completion with all of it, last."""


@dataclass(slots=True)
class FixedModel:
    """A double that replies the given texts in turn, the last one for ever, and keeps what it was asked in `asked`.

    `cut` is how many characters a streamed piece has.
    """

    replies: Sequence[str]
    cut: int = 7
    finish: Literal["stop", "length"] = "stop"
    name: str = "fixed"
    asked: list[tuple[Message, ...]] = field(default_factory=list)

    def complete(self, messages: Sequence[Message]) -> Completion:
        """The next reply."""
        reply = self.replies[min(len(self.asked), len(self.replies) - 1)]
        self.asked.append(tuple(messages))
        return Completion(reply, Usage(0, 0, None), self.finish)

    def stream(self, messages: Sequence[Message]) -> Iterator[str | Completion]:
        """The next reply in pieces of `cut` characters."""
        whole = self.complete(messages)
        yield from (whole.text[start : start + self.cut] for start in range(0, len(whole.text), self.cut))
        yield whole
