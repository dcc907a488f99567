"""The tab that measures: runs a set, shows what was not right, and takes in cases of one's own. See `evaluation`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...index.errors import ArticleNotFound, DatelineError
from .articles import said
from .evaluation import Evaluation, report_html
from .events import PRIVATE, live_html
from .quiet_gradio import gr
from .readers import Readers

if TYPE_CHECKING:
    from ..api import Dateline

_HINT = (
    "A run asks every question of the set against the articles that are in, and shows the share of right answers, by "
    "kind, with its 95% interval; what went wrong stands beside what was expected."
)


@dataclass(frozen=True, slots=True)
class EvaluateTab:
    """The components of the tab."""

    name: gr.Dropdown
    run: gr.Button
    report: gr.HTML
    form: gr.Accordion
    question: gr.Textbox
    kind: gr.Dropdown
    expected: gr.Textbox
    quote: gr.Textbox
    article: gr.Textbox
    add: gr.Button
    added: gr.HTML

    @property
    def fields(self) -> list[Any]:
        """The form of a case, in the order of FIELDS."""
        return [self.question, self.kind, self.expected, self.quote, self.article]


FIELDS = ("question", "kind", "expected", "quote", "article")


def build(news: "Dateline", evaluation: Evaluation) -> EvaluateTab:
    """Lays the tab out."""
    sets = evaluation.sets(news.settings.home)
    with gr.Row(elem_id="evaluating"):
        with gr.Column(scale=8, min_width=320):
            with gr.Row():
                name = gr.Dropdown(sets, value=sets[0], label="Set", scale=4, elem_id="set")
                run = gr.Button("Run", variant="primary", scale=1, min_width=84, elem_id="run-set")
            report = live_html("scores", "ask", hint=_HINT)
        with gr.Column(scale=4, min_width=300):  # noqa: SIM117 two things on the page
            with gr.Accordion("A case of your own", open=True, elem_id="case") as form:
                question = gr.Textbox(label="Question", max_length=4000, elem_id="case-question")
                kind = gr.Dropdown(evaluation.kinds(), value="quote", label="Kind", elem_id="case-kind")
                expected = gr.Textbox(
                    label="What a right answer says", info="a date as 2022-11-28; other wordings below it", lines=2,
                    elem_id="case-expected",
                )  # fmt: skip
                quote = gr.Textbox(label="The words that tell it", lines=3, elem_id="case-quote")
                article = gr.Textbox(label="Article (its id)", max_length=500, elem_id="case-article")
                add = gr.Button("Add it to your cases", variant="primary", elem_id="add-case")
                added = gr.HTML(elem_id="added", apply_default_css=False)
    return EvaluateTab(name, run, report, form, question, kind, expected, quote, article, add, added)


def wire(news: "Dateline", tab: EvaluateTab, evaluation: Evaluation, *, readers: Readers, chosen: Any) -> None:
    """Connects the tab."""

    def run(name: str, kept: Any, progress: gr.Progress = gr.Progress()) -> str:  # noqa: B008
        try:
            report = evaluation.run(readers.chosen(kept), name, lambda done, of: progress((done, of), unit="cases"))
        except DatelineError as error:
            return said(str(error), fault=True)
        return report_html(report)

    # Not `add`: Gradio would take that name from the programs'.
    def case_added(*values: str) -> tuple[str, Any]:
        form = dict(zip(FIELDS, (value or "" for value in values), strict=True))
        try:
            done = evaluation.add(news.settings.home, form | {"article_text": _text(news, form["article"])})
        except DatelineError as error:
            return said(str(error), fault=True), gr.skip()
        return said(done), gr.update(choices=evaluation.sets(news.settings.home))

    tab.run.click(run, [tab.name, chosen], tab.report, concurrency_limit=1, api_visibility="private")
    tab.add.click(case_added, tab.fields, [tab.added, tab.name], concurrency_limit=1, concurrency_id="write", **PRIVATE)


def _text(news: "Dateline", article_id: str) -> str:
    try:
        return news.article(article_id).text if article_id.strip() else ""
    except ArticleNotFound:
        return ""
