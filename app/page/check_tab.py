"""The tab that checks a draft: a paragraph in, a mark on each sentence out. What it does is in `draft`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...index.errors import DatelineError
from .articles import said
from .chat import article_of
from .draft import MAX_DRAFT_CHARS, checked, draft_html
from .events import PRIVATE, live_html, number_of, text_of
from .quiet_gradio import gr

if TYPE_CHECKING:
    from ..api import Dateline


@dataclass(frozen=True, slots=True)
class CheckTab:
    """The components of the tab."""

    text: gr.Textbox
    check: gr.Button
    checked: gr.HTML
    article: gr.HTML


def build() -> CheckTab:
    """Lays the tab out."""
    with gr.Row(elem_id="checking"):
        with gr.Column(scale=7, min_width=320):
            text = gr.Textbox(
                label="A draft, or another model's answer", lines=7, max_lines=20, max_length=MAX_DRAFT_CHARS,
                elem_id="draft",
            )  # fmt: skip
            check = gr.Button("Check it against the articles", variant="primary", elem_id="check")
            rows = live_html("checked", "read", hint="Each sentence is marked, with the articles’ own words beside it.")
        with gr.Column(scale=5, min_width=320):
            article = live_html("beside", hint="Press a title: the article opens here, at the words.")
    return CheckTab(text, check, rows, article)


def wire(news: "Dateline", tab: CheckTab) -> None:
    """Connects the tab."""

    def check(text: str) -> Iterator[str]:
        yield said("Checking every sentence …")
        try:
            yield draft_html(checked(news, text or ""))
        except DatelineError as error:
            yield said(str(error), fault=True)

    tab.check.click(check, tab.text, tab.checked, concurrency_limit=2, **PRIVATE)
    tab.checked.read(reading(news), None, tab.article, **PRIVATE)


def reading(news: "Dateline") -> Callable[..., Any]:
    """What opens an article at the words that an event names."""

    def read(event: gr.EventData) -> str:
        start, end = number_of(event, "start"), number_of(event, "end")
        return article_of(news, text_of(event, "article"), start=start or 0, end=end or 0)

    return read
