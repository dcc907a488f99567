"""The page as Gradio components, and which event calls what; what it does is in `page.chat` and `page.articles`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from ..asked import AskBody
from ..batch import ask_one
from .articles import FILE_TYPES, Pasted, add_files, add_text, articles_html, choices, delete
from .chat import Asked, View, ask, view_of
from .examples import N_EXAMPLES, Examples
from .masthead import masthead, welcome
from .quiet_gradio import api, gr
from .session import Session

if TYPE_CHECKING:
    from ..api import Dateline

N_AT_ONCE = 8
MAX_WAITING = 64
# Uploaded files are read into the record at once; what is left of them in the temporary folder goes after an hour.
_UPLOADS_KEPT_S = 3600
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_CONFIRM = "(ids) => ids.length && confirm(`Delete ${ids.length} article(s) for good?`) ? [ids] : [[]]"


@dataclass(frozen=True, slots=True)
class _Ask:
    """The components of the first tab."""

    session: gr.State
    conversation: gr.HTML
    evidence: gr.HTML
    question: gr.Textbox
    send: gr.Button
    again: gr.Button
    as_of: gr.Textbox
    limit: gr.Dropdown
    examples: tuple[gr.Button, ...]


@dataclass(frozen=True, slots=True)
class _Add:
    """The components of the second tab."""

    files: gr.File
    take_files: gr.Button
    title: gr.Textbox
    text: gr.Textbox
    take_text: gr.Button
    report: gr.HTML
    listed: gr.HTML
    chosen: gr.Dropdown
    delete: gr.Button


def build_blocks(news: "Dateline") -> gr.Blocks:
    """The whole page over an open corpus. Several people can use it at once; each tab has its own conversation."""
    with gr.Blocks(
        title="Dateline", analytics_enabled=False, fill_width=True, delete_cache=(_UPLOADS_KEPT_S, _UPLOADS_KEPT_S)
    ) as page:
        head = gr.HTML(elem_id="masthead", apply_default_css=False)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Ask", id="ask"):
                asking = _ask_tab()
            with gr.Tab("Articles", id="articles"):
                adding = _articles_tab()
        _wire_questions(news, asking)
        _wire_state(news, page, head=head, asking=asking, adding=adding)
        api(_asked_by_program(news), api_name="ask")
    page.queue(default_concurrency_limit=N_AT_ONCE, max_size=MAX_WAITING)
    return cast("gr.Blocks", page)  # Gradio does not type its context manager


def _ask_tab() -> _Ask:
    session = gr.State(Session())
    with gr.Row(elem_id="desk"):
        with gr.Column(scale=6, min_width=320, elem_id="talk"):
            conversation = gr.HTML(elem_id="conversation", apply_default_css=False)
            with gr.Row(elem_id="examples"):
                examples = tuple(
                    gr.Button(visible=False, size="sm", elem_classes="dl-example") for _ in range(N_EXAMPLES)
                )
            with gr.Row(elem_id="form"):
                question = gr.Textbox(
                    label="Your question", placeholder="Ask about the articles", show_label=False, max_lines=4,
                    max_length=4000, autofocus=True, scale=8, elem_id="question", container=False,
                )  # fmt: skip
                send = gr.Button("Ask", variant="primary", scale=1, min_width=84, elem_id="send")
            with gr.Accordion("Limit what is read", open=False, elem_id="limits"):
                as_of = gr.Textbox(
                    label="As of (hides later articles)", placeholder="2023-03-24", max_length=10, elem_id="as-of"
                )
                limit = gr.Dropdown(
                    [], multiselect=True, label="Only these articles", value=[], elem_classes="dl-choose"
                )
            again = gr.Button("Start a new conversation", size="sm", elem_id="again")
        with gr.Column(scale=5, min_width=320, elem_id="proof"):
            evidence = gr.HTML(elem_id="evidence", apply_default_css=False)
    return _Ask(session, conversation, evidence, question, send, again, as_of, limit, examples)


def _articles_tab() -> _Add:
    with gr.Row(elem_id="library"):
        with gr.Column(scale=5, min_width=320):
            gr.HTML("<h2>Add articles</h2>", apply_default_css=False)
            files = gr.File(
                label=f"Files ({', '.join(FILE_TYPES)})",
                file_count="multiple",
                file_types=list(FILE_TYPES),
                height=150,
                elem_id="files",
            )
            take_files = gr.Button("Add these files", variant="primary", elem_id="take-files")
            title = gr.Textbox(label="Title (optional)", max_length=300, elem_id="pasted-title")
            text = gr.Textbox(label="Or paste an article", lines=6, max_lines=12, elem_id="pasted-text")
            take_text = gr.Button("Add this text", elem_id="take-text")
            report = gr.HTML(elem_id="report", apply_default_css=False)
        with gr.Column(scale=6, min_width=320):
            gr.HTML("<h2>In the corpus</h2>", apply_default_css=False)
            listed = gr.HTML(elem_id="listed", apply_default_css=False)
            chosen = gr.Dropdown(
                [], multiselect=True, label="Delete articles", value=[], elem_id="chosen", elem_classes="dl-choose"
            )
            remove = gr.Button("Delete the chosen articles", variant="stop", size="sm", elem_id="delete")
    return _Add(files, take_files, title, text, take_text, report, listed, chosen, remove)


def _wire_questions(news: "Dateline", to: _Ask) -> None:
    panes = [to.conversation, to.evidence, to.session]
    told = [to.session, to.as_of, to.limit]
    at_once: dict[str, Any] = {"concurrency_limit": N_AT_ONCE, "concurrency_id": "ask", **_PRIVATE}

    def answered(question: str, session: Session, as_of: str, limit: list[str]) -> Iterator[tuple[str, str, Session]]:
        for view in ask(news, session, Asked(question, as_of or "", limit or ())):
            yield _panes(view)

    def typed(question: str, session: Session, as_of: str, limit: list[str]) -> Iterator[tuple[Any, ...]]:
        # The form is emptied at once and then left alone: the next question may be typed while this one is answered.
        for number, shown in enumerate(answered(question, session, as_of, limit)):
            yield "" if number == 0 else gr.skip(), *shown

    def renewed() -> tuple[str, str, Session]:
        return _panes(view_of(Session(), empty=welcome(news.articles())))

    gr.on([to.send.click, to.question.submit], typed, [to.question, *told], [to.question, *panes], **at_once)
    for example in to.examples:
        example.click(answered, [example, *told], panes, **at_once)
    to.again.click(renewed, None, panes, **_PRIVATE)


def _wire_state(news: "Dateline", page: gr.Blocks, *, head: gr.HTML, asking: _Ask, adding: _Add) -> None:
    shown = [head, adding.listed, adding.chosen, asking.limit]
    examples = Examples(news)

    def state() -> list[Any]:
        rows = news.articles()
        lists = [gr.update(choices=choices(rows), value=[]) for _ in range(2)]
        return [masthead(rows, news.settings, notes=news.notes), articles_html(rows), *lists]

    def suggested() -> list[Any]:
        questions = examples.questions()
        padded = [*questions, *[""] * (N_EXAMPLES - len(questions))]
        return [gr.update(value=text, visible=bool(text)) for text in padded]

    def opened(session: Session) -> tuple[str, str, Session]:
        return _panes(view_of(session, empty=welcome(news.articles())))

    def files_taken(paths: list[str] | None, progress: gr.Progress = gr.Progress()) -> tuple[str, None]:  # noqa: B008
        return add_files(news, paths or [], progress=lambda step: progress((step.n_done, None), desc=step.name)), None

    def text_taken(title: str, text: str) -> tuple[str, str, str]:
        return add_text(news, Pasted(title or "", text or "")), "", ""

    panes = [asking.conversation, asking.evidence, asking.session]
    one: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "write", "api_visibility": "private"}
    page.load(state, None, shown, **_PRIVATE)
    page.load(opened, asking.session, panes, **_PRIVATE)
    page.load(suggested, None, list(asking.examples), **_PRIVATE)
    changes = [
        adding.take_files.click(files_taken, adding.files, [adding.report, adding.files], **one),
        adding.take_text.click(
            text_taken, [adding.title, adding.text], [adding.report, adding.title, adding.text], **one
        ),
        adding.delete.click(lambda ids: delete(news, ids), adding.chosen, adding.report, js=_CONFIRM, **one),
    ]
    for change in changes:
        seen = change.then(state, None, shown, **_PRIVATE).then(opened, asking.session, panes, **_PRIVATE)
        seen.then(suggested, None, list(asking.examples), **_PRIVATE)


def _panes(view: View) -> tuple[str, str, Session]:
    return view.conversation, view.evidence, view.session


def _asked_by_program(news: "Dateline") -> Any:
    def ask_json(question: str) -> dict[str, Any]:
        """An answer or a refusal in JSON form, schema 1."""
        return ask_one(news, AskBody(question=question))

    return ask_json
