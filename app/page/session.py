"""What one browser tab's conversation is made of: values only."""

from collections.abc import Mapping
from dataclasses import dataclass

from ...index.article import Article
from ...prompts.loader import Message
from ..answer import Answer, Refusal

# Evidence of older turns is no longer carried along: a tab that is left open for days must not fill the memory.
MAX_EXCHANGES = 30


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what it came back with: an Answer, a Refusal, or the words of an error.

    `articles` holds the cited articles by id, as they were when the question was answered; one that is gone is missing.
    `sent` is what went to a language model for it, a tuple of messages for each call; None where that is not known any
    more, since a browser does not keep it.
    """

    question: str
    result: Answer | Refusal | str
    articles: Mapping[str, Article]
    sent: tuple[tuple[Message, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """The exchanges of one tab, oldest first. Turns count from 1; `key` is the browser's name for the conversation."""

    exchanges: tuple[Exchange, ...] = ()
    key: str = ""

    def with_exchange(self, exchange: Exchange) -> "Session":
        """This session and one exchange more; the oldest goes when there are too many."""
        return Session((*self.exchanges, exchange)[-MAX_EXCHANGES:], self.key)

    def before(self, turn: int) -> "Session":
        """This session as it was before a turn, for a question that is asked again or otherwise."""
        return Session(self.exchanges[: max(0, turn - 1)], self.key)

    def turn(self, number: int) -> Exchange | None:
        """The exchange of a turn; None where there is none."""
        return self.exchanges[number - 1] if 1 <= number <= len(self.exchanges) else None
