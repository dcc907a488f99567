"""The tab that shows how an answer came about. What it shows is in `stages`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...index.errors import DatelineError
from ..llm.sent import Sent, kept_in
from .articles import said
from .check_tab import reading
from .events import PRIVATE, live_html, number_of
from .quiet_gradio import gr
from .readers import Readers
from .session import Session
from .stages import inspected

if TYPE_CHECKING:
    from ..api import Dateline

_HINT = (
    "How an answer came about: what was found with which scores, what was read, what was checked, how long each step "
    "took, and what was sent to a language model."
)


@dataclass(frozen=True, slots=True)
class InspectTab:
    """The components of the tab."""

    question: gr.Textbox
    run: gr.Button
    stages: gr.HTML
    article: gr.HTML


def build() -> InspectTab:
    """Lays the tab out."""
    with gr.Row(elem_id="inspecting"):
        with gr.Column(scale=8, min_width=320):
            with gr.Row():
                question = gr.Textbox(
                    label="Any question", placeholder="Or press Inspect under an answer", max_length=4000, scale=5
                )
                run = gr.Button("Inspect", variant="primary", scale=1, min_width=96, elem_id="inspect-run")
            stages = live_html("stages", "read", hint=_HINT)
        with gr.Column(scale=4, min_width=280):
            article = live_html("inspected-article", hint="Press a title: the article opens here, at the passage.")
    return InspectTab(question, run, stages, article)


def wire(news: "Dateline", tab: InspectTab, *, readers: Readers, chosen: gr.BrowserState) -> None:
    """Connects the tab."""

    def run(question: str, kept: Any) -> Iterator[str]:
        yield said("Asking, and keeping every step …")
        try:
            desk, sent = readers.chosen(kept), Sent()
            with kept_in(sent):
                result = desk.ask(question or "")
            yield inspected(desk, result, sent=sent)
        except DatelineError as error:
            yield said(str(error), fault=True)

    gr.on([tab.run.click, tab.question.submit], run, [tab.question, chosen], tab.stages, **PRIVATE)
    tab.stages.read(reading(news), None, tab.article, **PRIVATE)


def wire_turns(news: "Dateline", tab: InspectTab, *, conversation: gr.HTML, session: gr.State, tabs: gr.Tabs) -> None:
    """Connects the buttons under the answers."""

    def turn(session: Session, event: gr.EventData) -> tuple[Any, str, str]:
        exchange = session.turn(number_of(event, "turn") or 0)
        if exchange is None or isinstance(exchange.result, str):
            return gr.skip(), "", said("This turn has no answer to look into.")
        return gr.update(selected="inspect"), exchange.question, inspected(news, exchange.result, sent=exchange.sent)

    conversation.inspect(turn, session, [tabs, tab.question, tab.stages], **PRIVATE)
