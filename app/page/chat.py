"""What happens when somebody asks on the page: a question in, the conversation and the evidence out, piece by piece.

No Gradio in here: generators of plain values, so that all of it runs in a test without a browser.
"""

import logging
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ...index.article import Article
from ...index.errors import BadInput, DatelineError
from ..answer import Answer, Refusal
from ..export import cited_ids
from ..history import turn_of
from .conversation import conversation, pending_turn
from .evidence import evidence_panel, found_panel
from .session import Exchange, Session

if TYPE_CHECKING:
    from ..api import Dateline
    from ..condense.rules import Turn

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the page's form gives it; `as_of` is what was typed, `articles` are ids (none: all)."""

    question: str
    as_of: str = ""
    articles: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows now: both panes as HTML, and the conversation behind them."""

    conversation: str
    evidence: str
    session: Session


def ask(news: "Dateline", session: Session, asked: Asked) -> Iterator[View]:
    """The views while a question is answered; the last holds the session with the new exchange.

    Nothing is raised: whatever fails becomes an exchange that says so in words.
    """
    question = " ".join(asked.question.split())
    before = View("", evidence_panel(session.exchanges), session)
    if not question:
        yield view_of(session)
        return
    yield _pending(before, question, words="", status="Looking through the articles …")
    try:
        result = yield from _streamed(news, before, Asked(question, asked.as_of, asked.articles))
        exchange = Exchange(question, result, _cited(news, result))
    except DatelineError as error:
        exchange = Exchange(question, str(error), {})
    except Exception:
        logger.exception("A question on the page failed")
        exchange = Exchange(question, "Something failed inside Dateline; its log says where.", {})
    yield view_of(session.with_exchange(exchange))


def _streamed(news: "Dateline", view: View, asked: Asked) -> Generator[View, None, Answer | Refusal]:
    words, status = "", "Reading the articles …"
    result: Answer | Refusal | None = None
    history, as_of = turns(view.session), _day(asked.as_of)
    for event in news.stream(asked.question, history=history, as_of=as_of, articles=list(asked.articles) or None):
        value = event.value
        if isinstance(value, (Answer, Refusal)):
            result = value
            continue
        if isinstance(value, tuple):
            view = View(view.conversation, found_panel(value), view.session)
        elif event.kind == "text":
            words, status = words + value, "Answering, then checking every sentence …"
        else:
            words, status = "", value
        yield _pending(view, asked.question, words=words, status=status)
    if result is None:
        raise AssertionError("a stream ends with an Answer or a Refusal")
    return result


def _pending(view: View, question: str, *, words: str, status: str) -> View:
    turn = pending_turn(question, words=words, status=status)
    return View(conversation(view.session.exchanges, pending=turn), view.evidence, view.session)


def view_of(session: Session, *, empty: str = "") -> View:
    """The page for a session at rest; `empty` (HTML) stands where nothing was asked yet."""
    return View(conversation(session.exchanges, empty=empty), evidence_panel(session.exchanges), session)


def turns(session: Session) -> "tuple[Turn, ...]":
    """The history that a follow-up question is understood by; errors are no part of it."""
    return tuple(turn_of(item.result) for item in session.exchanges if not isinstance(item.result, str))


def _cited(news: "Dateline", result: Answer | Refusal) -> dict[str, Article]:
    return {article_id: news.article(article_id) for article_id in cited_ids(result)}


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise BadInput(f"{typed.strip()!r} is no date; write it as 2023-03-24.") from None
