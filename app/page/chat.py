"""What happens when somebody asks on the page: a question in, the conversation and the evidence out, piece by piece.

No Gradio in here: generators of plain values, so that all of it runs in a test without a browser.
"""

import logging
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ...index.errors import ArticleNotFound, DatelineError
from ..answer import Answer, Refusal
from ..history import turn_of
from ..llm.sent import Sent, kept_in
from .conversation import conversation, pending_turn
from .evidence import article_panel, evidence_panel, found_panel
from .html import esc
from .kept import cited_articles
from .limits import Limits
from .session import Exchange, Session

if TYPE_CHECKING:
    from ..api import Dateline
    from ..chain import StreamEvent
    from ..condense.rules import Turn

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the page's form gives it, and what limits its evidence."""

    question: str
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows now, as HTML, and the conversation behind it; None leaves a part as it is."""

    conversation: str | None
    pending: str
    evidence: str | None
    session: Session


def ask(news: "Dateline", session: Session, asked: Asked) -> Iterator[View]:
    """The views while a question is answered; the last holds the session with the new exchange.

    Nothing is raised: whatever fails becomes an exchange that says so in words.
    """
    question = " ".join(asked.question.split())
    if not question:
        yield view_of(session)
        return
    waiting = pending_turn(question, words="", status="Looking through the articles …")
    yield View(conversation(session.exchanges), waiting, None, session)
    sent: Sent = []
    try:
        result = yield from _streamed(news, session, Asked(question, asked.limits), sent=sent)
        exchange = Exchange(question, result, cited_articles(result, article=news.article))
    except DatelineError as error:
        exchange = Exchange(question, str(error), {})
    except Exception:
        logger.exception("A question on the page failed")
        exchange = Exchange(question, "Something failed inside Dateline; its log says where.", {})
    yield view_of(session.with_exchange(replace(exchange, sent=tuple(sent))))


def _streamed(
    news: "Dateline", session: Session, asked: Asked, *, sent: Sent
) -> Generator[View, None, Answer | Refusal]:
    words, status = "", "Reading the articles …"
    result: Answer | Refusal | None = None
    # The list of thousands of articles is read only where it matters: it costs a twentieth of a second.
    rows = news.articles() if asked.limits.narrow else []
    history, as_of, articles = turns(session), asked.limits.day, asked.limits.ids(rows)
    for event in _keeping(news.stream(asked.question, history=history, as_of=as_of, articles=articles), sent):
        value, evidence = event.value, None
        if isinstance(value, (Answer, Refusal)):
            result = value
            continue
        if isinstance(value, tuple):
            evidence = found_panel(value)
        elif event.kind == "text":
            words, status = words + value, "Answering, then checking every sentence …"
        else:
            words, status = "", value
        yield View(None, pending_turn(asked.question, words=words, status=status), evidence, session)
    if result is None:
        raise AssertionError("a stream ends with an Answer or a Refusal")
    return result


def _keeping(events: "Iterator[StreamEvent]", sent: Sent) -> "Iterator[StreamEvent]":
    """The events, step by step, what goes to a language model in between kept: each step may run in another thread."""
    while True:
        with kept_in(sent):
            event = next(events, None)
        if event is None:
            return
        yield event


def view_of(session: Session, *, empty: str = "") -> View:
    """The page for a session at rest; `empty` (HTML) stands where nothing was asked yet."""
    return View(conversation(session.exchanges, empty=empty), "", evidence_panel(session), session)


def article_of(news: "Dateline", article_id: str, *, start: int = 0, end: int = 0) -> str:
    """An article for the evidence pane, some of its words marked; in words where it is gone."""
    try:
        return article_panel(news.article(article_id), start=start, end=end)
    except ArticleNotFound as error:
        return f'<p class="dl-fault" role="alert">{esc(error)}</p>'


def turns(session: Session) -> "tuple[Turn, ...]":
    """The history that a follow-up question is understood by; errors are no part of it."""
    return tuple(turn_of(item.result) for item in session.exchanges if not isinstance(item.result, str))
