"""The page as Gradio components: the head, the tabs, and what follows when the articles change."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from . import (
    articles_tab,
    ask_tab,
    check_tab,
    evaluate_tab,
    inspect_tab,
    program_acts,
    programs,
    settings_tab,
    timeline_tab,
    turn_acts,
)
from .articles_tab import listed_html
from .ask_tab import N_AT_ONCE, OFFER, panes
from .chat import view_of
from .evaluation import Evaluation, find_evaluation
from .events import PRIVATE, text_of
from .examples import Examples
from .fetch import FetchRules
from .kept import refreshed
from .library import Listing, choices, outlets_of
from .masthead import masthead, welcome
from .quiet_gradio import gr
from .readers import Readers
from .session import Session

if TYPE_CHECKING:
    from ..api import Dateline

MAX_WAITING = 64
# Uploaded files are read into the record at once; what is left of them in the temporary folder goes after an hour.
_UPLOADS_KEPT_S = 3600


def build_blocks(news: "Dateline", *, examples: Examples, fetching: FetchRules | None = None) -> gr.Blocks:
    """The whole page over an open corpus. Several people can use it at once; each tab has its own conversation.

    `examples` are what a visitor could begin with. `fetching` is what may be fetched from addresses; None is nothing.
    """
    with gr.Blocks(
        title="Dateline", analytics_enabled=False, fill_width=True, delete_cache=(_UPLOADS_KEPT_S, _UPLOADS_KEPT_S)
    ) as page:
        head = gr.HTML(elem_id="masthead", apply_default_css=False)
        evaluation = find_evaluation()
        _build_tabs(news, page, head=head, examples=examples, evaluation=evaluation, fetching=fetching)
        programs.offer(news)
        program_acts.offer(news, evaluation=evaluation, fetching=fetching)
    page.queue(default_concurrency_limit=N_AT_ONCE, max_size=MAX_WAITING)
    return cast("gr.Blocks", page)  # Gradio does not type its context manager


def _build_tabs(
    news: "Dateline",
    page: gr.Blocks,
    *,
    head: gr.HTML,
    examples: Examples,
    evaluation: Evaluation | None,
    fetching: FetchRules | None,
) -> None:
    readers, chosen, limits = Readers(news), settings_tab.kept_choice(), ask_tab.kept_in_browser()
    with gr.Tabs(elem_id="tabs") as tabs:
        with gr.Tab("Ask", id="ask"):
            asking = ask_tab.build()
        with gr.Tab("Articles", id="articles"):
            library = articles_tab.build(fetching=fetching)
        with gr.Tab("Timeline", id="timeline") as when:
            moments = timeline_tab.build()
        with gr.Tab("Check a draft", id="check"):
            checking = check_tab.build()
        with gr.Tab("Inspect", id="inspect"):
            inspecting = inspect_tab.build()
        if evaluation is not None:
            with gr.Tab("Evaluate", id="evaluate"):
                evaluating = evaluate_tab.build(news, evaluation)
        with gr.Tab("Settings", id="settings"):
            settings = settings_tab.build(news.settings, chosen=chosen)
    offered = ask_tab.wire(news, page, asking, examples=examples, readers=readers, chosen=chosen)
    ask_tab.wire_limits(news, page, asking, kept=limits)
    changed = _wire_state(news, page, head=head, asking=asking, library=library, offered=offered)
    articles_tab.wire(news, library, changed=changed, fetching=fetching)
    timeline_tab.wire(news, moments, when.select, session=asking.session)
    check_tab.wire(news, checking)
    inspect_tab.wire(news, inspecting, readers=readers, chosen=chosen)
    inspect_tab.wire_turns(news, inspecting, conversation=asking.conversation, session=asking.session, tabs=tabs)
    turn_acts.wire(news, asking)
    settings_tab.wire(page, settings, news.settings)
    if evaluation is not None:
        evaluate_tab.wire(news, evaluating, evaluation, readers=readers, chosen=chosen)
        turn_acts.wire_cases(asking, evaluating, evaluation, tabs=tabs)
        _wire_failures(asking, evaluating, readers=readers, chosen=chosen, tabs=tabs, offered=offered)


def _wire_state(
    news: "Dateline",
    page: gr.Blocks,
    *,
    head: gr.HTML,
    asking: ask_tab.AskTab,
    library: articles_tab.ArticlesTab,
    offered: Any,
) -> Callable[[Any], None]:
    """Shows what is in when the page opens; gives what adds to an event that all of it is shown anew."""
    shown = [head, library.listed, library.outlets, asking.outlets, asking.only]

    def state(listing: Listing) -> list[Any]:
        rows = news.articles()
        outlets = gr.update(choices=outlets_of(rows))
        return [
            masthead(rows, news.settings, notes=news.notes),
            listed_html(news, listing),
            outlets,
            outlets,
            gr.update(choices=choices(rows), value=[]),
        ]

    def again(session: Session) -> tuple[Any, ...]:
        return panes(view_of(refreshed(session, article=news.article), empty=welcome(news.articles())))

    def changed(event: Any) -> None:
        seen = event.then(state, library.listing, shown, **PRIVATE)
        seen.then(again, asking.session, asking.panes, **PRIVATE).then(offered, asking.session, asking.offered, **OFFER)

    page.load(state, library.listing, shown, **PRIVATE)
    return changed


def _wire_failures(
    asking: ask_tab.AskTab,
    evaluating: evaluate_tab.EvaluateTab,
    *,
    readers: Readers,
    chosen: gr.BrowserState,
    tabs: gr.Tabs,
    offered: Any,
) -> None:
    """A question that went wrong in a run is opened in the chat."""

    def opened(event: gr.EventData) -> tuple[Any, str]:
        return gr.update(selected="ask"), text_of(event, "question")

    answered = ask_tab.answering(readers)
    moved = evaluating.report.ask(opened, None, [tabs, asking.question], **PRIVATE)
    told = [asking.question, asking.session, *asking.limits, chosen]
    ask_tab.keep(moved.then(answered, told, asking.panes, **PRIVATE), asking, offered=offered)
