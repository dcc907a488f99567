"""The timeline tab: what the articles, or those behind the last answer, date. What it shows is in `timeline_page`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ...index.article import Article
from ...index.errors import BadInput
from ..answer import Answer
from ..timeline import Moment, timeline
from .articles import said
from .articles_tab import holding
from .chat import article_of
from .events import PRIVATE, live_html, number_of, text_of
from .limits import day_of
from .quiet_gradio import gr
from .session import Session
from .timeline_page import Lanes, timeline_html

if TYPE_CHECKING:
    from ...index.record.rows import ArticleRow
    from ..api import Dateline

# Reading an article for its dates takes some milliseconds; beyond these many, the newest are read.
MAX_READ = 200
OF_ANSWER, OF_CORPUS = "Behind the last answer", "All articles"


@dataclass(frozen=True, slots=True)
class TimelineTab:
    """The components of the tab."""

    of: gr.Radio
    by: gr.Radio
    words: gr.Textbox
    since: gr.Textbox
    until: gr.Textbox
    draw: gr.Button
    plot: gr.HTML
    words_of: gr.HTML


def build() -> TimelineTab:
    """Lays the tab out."""
    with gr.Row(elem_id="when"):
        with gr.Column(scale=7, min_width=320):
            with gr.Row():
                of = gr.Radio([OF_CORPUS, OF_ANSWER], value=OF_CORPUS, label="Of", elem_classes="dl-radio", scale=3)
                by = gr.Radio(
                    ["speaker", "outlet"], value="speaker", label="In lanes by", elem_classes="dl-radio", scale=2
                )
            with gr.Row():
                words = gr.Textbox(label="With the words", max_length=200, scale=3)
                since = gr.Textbox(label="From", placeholder="2022-01-01", max_length=10, scale=2, min_width=110)
                until = gr.Textbox(label="To", placeholder="2023-12-31", max_length=10, scale=2, min_width=110)
                draw = gr.Button("Draw", variant="primary", scale=1, min_width=84, elem_id="draw")
            plot = live_html("plot", "moment")
        with gr.Column(scale=5, min_width=320):
            words_of = live_html("words-of", hint="Press a dot or a sentence: the article opens here, at the words.")
    return TimelineTab(of, by, words, since, until, draw, plot, words_of)


def wire(news: "Dateline", tab: TimelineTab, opened: Any, *, session: gr.State) -> None:
    """Connects the tab; `opened` is the event of its being looked at."""

    def drawn(session: Session, of: str, by: Lanes, words: str, since: str, until: str) -> str:
        try:
            moments = found(news, session if of == OF_ANSWER else None, words=words, days=(since, until))
        except BadInput as error:
            return said(str(error), fault=True)
        told = said(note) if (note := "" if of == OF_ANSWER else left_out(news, words=words, until=until)) else ""
        return told + timeline_html(moments, by=by)

    def read(event: gr.EventData) -> str:
        start, end = number_of(event, "start"), number_of(event, "end")
        return article_of(news, text_of(event, "article"), start=start or 0, end=end or 0)

    told = [session, tab.of, tab.by, tab.words, tab.since, tab.until]
    changes = [opened, tab.draw.click, tab.of.change, tab.by.change, tab.words.submit]
    gr.on(changes, drawn, told, tab.plot, **PRIVATE)
    tab.plot.moment(read, None, tab.words_of, **PRIVATE)


def found(
    news: "Dateline", session: Session | None, *, words: str = "", days: tuple[str, str] = ("", "")
) -> list[Moment]:
    """The moments of all articles, or of those behind a session's last answer. Raises BadInput for what is no day."""
    since, until = day_of(days[0]), day_of(days[1])
    articles = _newest(news, words=words, until=until) if session is None else _behind(session)
    return timeline(articles, since=since, until=until, words=words)


def left_out(news: "Dateline", *, words: str, until: str) -> str:
    """In words, which articles were read, where there are too many for all of them; empty where all were."""
    n_all = len(news.articles())
    if n_all <= MAX_READ:
        return ""
    narrowed = (" that hold these words" if words.strip() else "") + (" published by that day" if until else "")
    return f"Read for this: at most the {MAX_READ} newest articles{narrowed}, of {n_all:,}."


def _newest(news: "Dateline", *, words: str, until: date | None) -> Iterable[Article]:
    """All articles, or the newest where they are too many: of those with the words, published by the last day asked."""
    rows = news.articles()
    if len(rows) > MAX_READ:
        with_words = holding(news, words) if words.strip() else None
        rows = [
            row
            for row in rows
            if (with_words is None or row.article_id in with_words) and (until is None or _day(row) <= until)
        ]
    return (news.article(row.article_id) for row in sorted(rows, key=_day, reverse=True)[:MAX_READ])


def _day(row: "ArticleRow") -> date:
    return row.published or row.ingested.date()


def _behind(session: Session) -> Sequence[Article]:
    answered = [item for item in session.exchanges if isinstance(item.result, Answer)]
    return list(answered[-1].articles.values()) if answered else []
