"""The first tab: the conversation and, beside it, the evidence. What it does is in `chat`; here is what calls it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...index.errors import DatelineError
from .chat import Asked, View, article_of, ask, view_of
from .conversation import suggestions
from .events import PRIVATE, live_html, number_of, text_of
from .evidence import evidence_panel
from .examples import Examples
from .kept import record_of, session_of
from .library import outlets_of
from .limits import Limits, kept_form, kept_limits
from .masthead import welcome
from .quiet_gradio import gr
from .readers import Readers
from .session import Exchange, Session

if TYPE_CHECKING:
    from ..api import Dateline

N_AT_ONCE = 8
# One after the other, so that what is offered last is what was asked for last.
OFFER: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "offer", **PRIVATE}
_LIMIT = "Limit what is read"
# As the settings': no secret is ever in it, so the "secret" need not be one.
_STORE, _PLAIN = "dateline:limits", "dateline-limits"
# "multiple": Gradio holds a stopped question for pending while its thread still waits, and would drop the next one.
_AT_ONCE: dict[str, Any] = {
    "concurrency_limit": N_AT_ONCE,
    "concurrency_id": "ask",
    "trigger_mode": "multiple",
    **PRIVATE,
}


@dataclass(frozen=True, slots=True)
class AskTab:
    """The components of the tab. `record` is the conversation as the browser keeps it, on its way in or out."""

    session: gr.State
    record: gr.Textbox
    shelf: gr.HTML
    conversation: gr.HTML
    pending: gr.HTML
    offered: gr.HTML
    told: gr.HTML
    export: gr.Button
    parcel: gr.Textbox
    evidence: gr.HTML
    question: gr.Textbox
    send: gr.Button
    stop: gr.Button
    new: gr.Button
    as_of: gr.Textbox
    since: gr.Textbox
    until: gr.Textbox
    outlets: gr.Dropdown
    only: gr.Dropdown
    limiting: gr.Accordion

    @property
    def panes(self) -> list[Any]:
        """What a View fills."""
        return [self.conversation, self.pending, self.evidence, self.session]

    @property
    def limits(self) -> list[Any]:
        """What limits the evidence, in the order of `limits_of`."""
        return [self.as_of, self.since, self.until, self.outlets, self.only]


def build() -> AskTab:
    """Lays the tab out."""
    session = gr.State(Session())
    record = gr.Textbox(visible="hidden", label="Conversation", elem_id="record")
    parcel = gr.Textbox(visible="hidden", label="Files", elem_id="parcel")
    with gr.Row(elem_id="desk"):
        with gr.Column(scale=6, min_width=320, elem_id="talk"):
            with gr.Row(elem_id="conversations"):
                shelf = live_html("shelf", "open")
                export = gr.Button("Export all", size="sm", elem_id="export-all")
                new = gr.Button("New conversation", size="sm", elem_id="new")
            with gr.Column(elem_id="turns"):
                conversation = live_html("conversation", "ask", "show", "read", "judge", "case", "inspect", "export")
                pending = live_html("pending")
                offered = live_html("offered", "ask")
                told = gr.HTML(elem_id="told", apply_default_css=False)
            with gr.Row(elem_id="form"):
                question = gr.Textbox(
                    label="Your question", placeholder="Ask about the articles", show_label=False, max_lines=4,
                    max_length=4000, autofocus=True, scale=8, elem_id="question", container=False,
                )  # fmt: skip
                send = gr.Button("Ask", variant="primary", scale=1, min_width=84, elem_id="send")
                stop = gr.Button("Stop", variant="stop", scale=1, min_width=84, elem_id="stop")
            with gr.Accordion(_LIMIT, open=False, elem_id="limits") as limiting:
                with gr.Row():
                    as_of = gr.Textbox(
                        label="As of", info="hides later articles", placeholder="2023-03-24", max_length=10,
                        elem_id="as-of", min_width=120,
                    )  # fmt: skip
                    since = gr.Textbox(label="Published from", placeholder="2023-01-01", max_length=10, min_width=120)
                    until = gr.Textbox(label="Published to", placeholder="2023-12-31", max_length=10, min_width=120)
                outlets = gr.Dropdown(
                    [], multiselect=True, label="Only these outlets", value=[], elem_classes="dl-choose"
                )
                only = gr.Dropdown(
                    [], multiselect=True, label="Only these articles", value=[], elem_classes="dl-choose"
                )
        with gr.Column(scale=5, min_width=320, elem_id="proof"):
            evidence = live_html("evidence", "read")
    return AskTab(
        session, record, shelf, conversation, pending, offered, told, export, parcel, evidence, question, send, stop,
        new, as_of, since, until, outlets, only, limiting,
    )  # fmt: skip


def kept_in_browser() -> gr.BrowserState:
    """Where the browser keeps the days and outlets that limit; outside of all tabs, as the settings are."""
    return gr.BrowserState({}, storage_key=_STORE, secret=_PLAIN)


def wire_limits(news: "Dateline", page: gr.Blocks, tab: AskTab, *, kept: gr.BrowserState) -> None:
    """Connects what limits: kept at every change, shown again on the next visit, told where it is folded away."""
    fields: list[Any] = [tab.as_of, tab.since, tab.until, tab.outlets]

    def keep(as_of: str, since: str, until: str, outlets: list[str]) -> tuple[dict[str, Any], Any]:
        limits = limits_of(as_of, since, until, outlets, [])
        return kept_form(limits), gr.update(label=_label(limits))

    def shown(kept: Any) -> list[Any]:
        outlets = outlets_of(news.articles())
        limits = kept_limits(kept, outlets)
        chosen = gr.update(choices=outlets, value=list(limits.outlets))
        return [limits.as_of, limits.since, limits.until, chosen, gr.update(label=_label(limits))]

    gr.on([part.input for part in fields], keep, fields, [kept, tab.limiting], trigger_mode="always_last", **PRIVATE)
    page.load(shown, kept, [*fields, tab.limiting], **PRIVATE)


def _label(limits: Limits) -> str:
    return f"{_LIMIT}: {limits.in_words}" if limits.in_words else _LIMIT


def wire(
    news: "Dateline",
    page: gr.Blocks,
    tab: AskTab,
    *,
    examples: Examples,
    readers: Readers,
    chosen: gr.BrowserState,
) -> Any:
    """Connects the tab; gives the function that offers questions anew, for when the articles have changed.

    `chosen` is what the settings choose of the reader.
    """

    def offered(session: Session) -> str:
        if session.exchanges:
            return suggestions(examples.follow_ups(session), title="Ask next")
        return suggestions(examples.questions(), title="You could begin with")

    asked = _wire_questions(tab, readers=readers, chosen=chosen)
    for event in asked:
        keep(event, tab, offered=offered)
    _wire_stop(news, tab, asked=asked, offered=offered)
    _wire_keeping(news, page, tab, offered=offered)
    tab.conversation.read(_read(news), None, tab.evidence, **PRIVATE)
    tab.evidence.read(_read(news), None, tab.evidence, **PRIVATE)
    tab.conversation.show(_shown, tab.session, tab.evidence, **PRIVATE)
    return offered


def keep(event: Any, tab: AskTab, *, offered: Callable[[Session], str]) -> None:
    """After an answer: the browser keeps the conversation, and questions are offered anew."""
    kept = event.then(record_of, tab.session, tab.record, **PRIVATE)
    kept.then(None, tab.record, None, js="(record) => dateline.keep(record)")
    kept.then(offered, tab.session, tab.offered, **OFFER)


def answering(readers: Readers) -> Callable[..., Iterator[tuple[Any, ...]]]:
    """What answers a question in a session, with the limits and the reader that are chosen."""

    def answered(question: str, session: Session, *told: Any) -> Iterator[tuple[Any, ...]]:
        *limits, kept = told
        try:
            desk = readers.chosen(kept)
        except DatelineError as error:
            failed = session.with_exchange(Exchange(question, str(error), {}))
            yield panes(view_of(failed))
            return
        for view in ask(desk, session, Asked(question, limits_of(*limits))):
            yield panes(view)

    return answered


def _wire_questions(tab: AskTab, *, readers: Readers, chosen: gr.BrowserState) -> list[Any]:
    told, answered = [tab.session, *tab.limits, chosen], answering(readers)

    def typed(question: str, *told: Any) -> Iterator[tuple[Any, ...]]:
        # The form is emptied at once and then left alone: the next question may be typed while this one is answered.
        for number, shown in enumerate(answered(question, *told)):
            yield "" if number == 0 else gr.skip(), "" if number == 0 else gr.skip(), *shown

    def clicked(event: gr.EventData, session: Session, *told: Any) -> Iterator[tuple[Any, ...]]:
        turn = number_of(event, "turn")
        before = session.before(turn) if turn else session
        for number, shown in enumerate(answered(text_of(event, "question"), before, *told)):
            yield "" if number == 0 else gr.skip(), *shown

    return [
        gr.on(
            [tab.send.click, tab.question.submit], typed, [tab.question, *told],
            [tab.question, tab.offered, *tab.panes], **_AT_ONCE,
        ),
        tab.conversation.ask(clicked, told, [tab.offered, *tab.panes], **_AT_ONCE),
        tab.offered.ask(clicked, told, [tab.offered, *tab.panes], **_AT_ONCE),
    ]  # fmt: skip


def limits_of(as_of: str, since: str, until: str, outlets: list[str] | None, only: list[str] | None) -> Limits:
    """The limits as the form gives them."""
    return Limits(
        as_of=as_of or "",
        since=since or "",
        until=until or "",
        outlets=tuple(outlets or ()),
        articles=tuple(only or ()),
    )


def _wire_stop(news: "Dateline", tab: AskTab, *, asked: list[Any], offered: Callable[[Session], str]) -> None:
    def stopped(session: Session, question: str) -> tuple[Any, ...]:
        return question, *panes(view_of(session, empty=welcome(news.articles())))

    tab.stop.click(
        stopped, [tab.session, tab.question], [tab.question, *tab.panes], cancels=asked,
        js="(session, question) => [session, question || dateline.pending()]", **PRIVATE,
    ).then(offered, tab.session, tab.offered, **OFFER)  # fmt: skip


def _wire_keeping(news: "Dateline", page: gr.Blocks, tab: AskTab, *, offered: Callable[[Session], str]) -> None:
    def opened(record: str) -> tuple[Any, ...]:
        return panes(view_of(session_of(record, article=news.article), empty=welcome(news.articles())))

    current = "() => [dateline.current()]"
    changes = [
        page.load(opened, tab.record, tab.panes, js=current, **PRIVATE),
        tab.shelf.open(opened, tab.record, tab.panes, js=current, **PRIVATE),
        tab.new.click(opened, tab.record, tab.panes, js="() => [dateline.renew()]", **PRIVATE),
    ]
    for change in changes:
        change.then(offered, tab.session, tab.offered, **OFFER)


def _read(news: "Dateline") -> Any:
    def read(event: gr.EventData) -> str:
        return article_of(news, text_of(event, "article"))

    return read


def _shown(session: Session, event: gr.EventData) -> str:
    return evidence_panel(session, turn=number_of(event, "turn"), number=number_of(event, "number"))


def panes(view: View) -> tuple[Any, ...]:
    """A View for the panes; what is None stays as it is."""
    parts = (view.conversation, view.pending, view.evidence)
    return (*(gr.skip() if part is None else part for part in parts), view.session)
