"""What a person thinks of an answer, noted on the page: saved beside the corpus, made into a case. No Gradio here."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from ...index.errors import DatelineError
from ..feedback import FILE, Said, append_row, feedback_row
from .articles import said
from .evaluation import Evaluation
from .session import Session

if TYPE_CHECKING:
    from ..api import Dateline


def judged(news: "Dateline", session: Session, *, turn: int, said_of_it: Said, at: datetime) -> str:
    """Saves what was said of a turn; what was done as HTML. Nothing is raised."""
    exchange = session.turn(turn)
    if exchange is None or isinstance(exchange.result, str):
        return said("There is no answer to judge.", fault=True)
    row = feedback_row(exchange.result, said_of_it, settings=news.settings, at=at)
    try:
        append_row(news.settings.home / FILE, row)
    except DatelineError as error:
        return said(str(error), fault=True)
    return said("Noted: " + ("of use." if said_of_it.useful else "not right."))


def case_form(evaluation: Evaluation, session: Session, *, turn: int) -> Mapping[str, str]:
    """The form of a case for a turn; empty fields where the turn has no answer."""
    exchange = session.turn(turn)
    result = {} if exchange is None or isinstance(exchange.result, str) else exchange.result.to_dict()
    return evaluation.draft(result)
