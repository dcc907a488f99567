"""The second tab: what is in, adding, replacing and deleting. What it does is in `articles` and `library`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .articles import (
    FILE_TYPES,
    MAX_UPLOAD_BYTES,
    Pasted,
    add_address,
    add_files,
    add_text,
    delete,
    replace_article,
    said,
)
from .chat import article_of
from .events import PRIVATE, live_html, number_of, text_of
from .fetch import FetchRules
from .html import act, bdi
from .library import Listing, library_html
from .quiet_gradio import gr

if TYPE_CHECKING:
    from ..api import Dateline

MAX_FOUND_CHUNKS = 2000
_ONE: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "write", "api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class ArticlesTab:
    """The components of the tab."""

    listing: gr.State
    words: gr.Textbox
    outlets: gr.Dropdown
    since: gr.Textbox
    until: gr.Textbox
    listed: gr.HTML
    adding: gr.Accordion
    files: gr.File
    take_files: gr.Button
    address: gr.Textbox
    take_address: gr.Button
    title: gr.Textbox
    text: gr.Textbox
    take_text: gr.Button
    report: gr.HTML
    target: gr.State
    replacing: gr.Group
    replaced: gr.HTML
    new_file: gr.File
    new_text: gr.Textbox
    put: gr.Button
    opened: gr.HTML


def build(*, fetching: FetchRules | None) -> ArticlesTab:
    """Lays the tab out: the list on one side, adding and reading on the other. `fetching` None: no addresses."""
    listing, target = gr.State(Listing()), gr.State("")
    with gr.Row(elem_id="library"):
        with gr.Column(scale=8, min_width=320):
            with gr.Row(elem_id="filters"):
                words = gr.Textbox(label="Search the articles", placeholder="words, names", max_length=300, scale=4)
                outlets = gr.Dropdown(
                    [], multiselect=True, label="Outlets", value=[], scale=3, elem_classes="dl-choose"
                )
                since = gr.Textbox(label="From", placeholder="2023-01-01", max_length=10, scale=2, min_width=110)
                until = gr.Textbox(label="To", placeholder="2023-12-31", max_length=10, scale=2, min_width=110)
            listed = live_html("listed", "sort", "turn", "read", "delete")
        with gr.Column(scale=4, min_width=320):
            adding = _build_adding(fetching=fetching)
            report = gr.HTML(elem_id="report", apply_default_css=False)
            with gr.Group(visible=False, elem_id="replacing") as replacing:
                replaced = gr.HTML(apply_default_css=False)
                new_file = gr.File(label="The new file", file_types=list(FILE_TYPES), height=110, elem_id="new-file")
                new_text = gr.Textbox(label="Or the new words", lines=4, max_lines=12, elem_id="new-text")
                put = gr.Button("Replace it", variant="primary", elem_id="put")
            opened = live_html("opened", "replace", "delete", hint="Press a title: the article opens here.")
    return ArticlesTab(
        listing, words, outlets, since, until, listed, *adding, report, target, replacing,
        replaced, new_file, new_text, put, opened,
    )  # fmt: skip


_Adding = tuple[
    gr.Accordion, gr.File, gr.Button, gr.Textbox, gr.Button, gr.Textbox, gr.Textbox, gr.Button
]  # fmt: skip


def _build_adding(*, fetching: FetchRules | None) -> _Adding:
    """The three ways in: files, an address, pasted words; the fold that holds them comes first."""
    with gr.Accordion("Add articles", open=True, elem_id="adding") as fold:
        files = gr.File(
            label=f"Files: {', '.join(FILE_TYPES)}, at most {MAX_UPLOAD_BYTES // 1_000_000} MB each",
            file_count="multiple", file_types=list(FILE_TYPES), height=150, elem_id="files",
        )  # fmt: skip
        take_files = gr.Button("Add these files", variant="primary", elem_id="take-files")
        with gr.Row(visible=fetching is not None, elem_id="by-address"):
            address = gr.Textbox(
                label="Or the address of an article", placeholder="https://", max_length=2000, scale=5, min_width=160,
                elem_id="address",
            )  # fmt: skip
            take_address = gr.Button("Fetch", scale=1, min_width=84, elem_id="take-address")
        title = gr.Textbox(label="Or paste one: its title (optional)", max_length=300, elem_id="pasted-title")
        text = gr.Textbox(label="Its words", lines=4, max_lines=12, elem_id="pasted-text")
        take_text = gr.Button("Add this text", elem_id="take-text")
    return (fold, files, take_files, address, take_address, title, text, take_text)


def listed_html(news: "Dateline", listing: Listing) -> str:
    """The list of a corpus as it is now."""
    return library_html(news.articles(), listing, find=lambda words: holding(news, words))


def holding(news: "Dateline", words: str) -> Sequence[str]:
    """Ids of the articles that hold these words, best first."""
    hits = news.corpus.search_lexical(words, k=MAX_FOUND_CHUNKS)
    return list(dict.fromkeys(chunk_id.rpartition("#")[0] for chunk_id, _ in hits))


def wire(news: "Dateline", tab: ArticlesTab, *, changed: Callable[[Any], None], fetching: FetchRules | None) -> None:
    """Connects the tab; `changed` adds to an event what must follow a change of the corpus."""
    _wire_list(news, tab)
    _wire_adding(news, tab, changed=changed, fetching=fetching)
    _wire_changes(news, tab, changed=changed)


def _wire_list(news: "Dateline", tab: ArticlesTab) -> None:
    def narrowed(listing: Listing, words: str, outlets: list[str], since: str, until: str) -> tuple[Listing, str]:
        listing = listing.narrowed(words or "", outlets=outlets or (), since=since or "", until=until or "")
        return listing, listed_html(news, listing)

    def sorted_by(listing: Listing, event: gr.EventData) -> tuple[Listing, str]:
        listing = listing.sorted_by(text_of(event, "by"))
        return listing, listed_html(news, listing)

    def turned(listing: Listing, event: gr.EventData) -> tuple[Listing, str]:
        listing = replace(listing, page=number_of(event, "page") or 1)
        return listing, listed_html(news, listing)

    def read(event: gr.EventData) -> tuple[str, str, Any, Any]:
        article_id = text_of(event, "article")
        # What is for adding is folded away, so that the article stands where one looks.
        return article_id, _opened(news, article_id), gr.update(visible=False), gr.update(open=False)

    filters: list[Any] = [tab.words, tab.outlets, tab.since, tab.until]
    out = [tab.listing, tab.listed]
    gr.on(
        [part.change for part in filters], narrowed, [tab.listing, *filters], out, trigger_mode="always_last", **PRIVATE
    )
    tab.listed.sort(sorted_by, tab.listing, out, **PRIVATE)
    tab.listed.turn(turned, tab.listing, out, **PRIVATE)
    tab.listed.read(read, None, [tab.target, tab.opened, tab.replacing, tab.adding], **PRIVATE)


def _opened(news: "Dateline", article_id: str) -> str:
    """An article with what can be done to it."""
    acts = act("replace", "Replace", article=article_id) + act(
        "delete", "Delete", ids=article_id, kind="dl-act dl-delete", confirm="Delete this article for good?"
    )
    return f'{article_of(news, article_id)}<div class="dl-acts dl-under">{acts}</div>'


def _wire_adding(
    news: "Dateline", tab: ArticlesTab, *, changed: Callable[[Any], None], fetching: FetchRules | None
) -> None:
    def files_taken(paths: list[str] | None) -> Iterator[tuple[str, Any]]:
        for shown in add_files(news, paths or []):
            yield shown, gr.skip()
        yield gr.skip(), None

    def text_taken(title: str, text: str) -> tuple[str, str, str]:
        return add_text(news, Pasted(title or "", text or "")), "", ""

    changed(tab.take_files.click(files_taken, tab.files, [tab.report, tab.files], show_progress="hidden", **_ONE))
    changed(tab.take_text.click(text_taken, [tab.title, tab.text], [tab.report, tab.title, tab.text], **_ONE))
    if fetching is None:
        return

    def address_taken(address: str) -> Iterator[tuple[str, str]]:
        yield said(f"Fetching {(address or '').strip()[:200]} …"), address
        yield add_address(news, address or "", rules=fetching), ""

    fetched = [tab.take_address.click, tab.address.submit]
    changed(gr.on(fetched, address_taken, tab.address, [tab.report, tab.address], show_progress="hidden", **_ONE))


def _wire_changes(news: "Dateline", tab: ArticlesTab, *, changed: Callable[[Any], None]) -> None:
    def deleted(event: gr.EventData) -> tuple[str, str, Any]:
        return delete(news, text_of(event, "ids").split("\n")), "", gr.update(visible=False)

    def chosen(target: str) -> tuple[Any, str]:
        title = next((row.title for row in news.articles() if row.article_id == target), "")
        return gr.update(visible=bool(title)), f"<h3>Replace “{bdi(title)}”</h3>"

    def put(target: str, path: str | None, text: str) -> tuple[str, Any, None, str, str]:
        done = replace_article(news, target, path=path, text=text or "")
        return done, gr.update(visible=False), None, "", _opened(news, target)

    gone = [tab.report, tab.opened, tab.replacing]
    changed(tab.listed.delete(deleted, None, gone, **_ONE))
    changed(tab.opened.delete(deleted, None, gone, **_ONE))
    tab.opened.replace(chosen, tab.target, [tab.replacing, tab.replaced], **PRIVATE)
    changed(
        tab.put.click(
            put, [tab.target, tab.new_file, tab.new_text],
            [tab.report, tab.replacing, tab.new_file, tab.new_text, tab.opened], **_ONE,
        )
    )  # fmt: skip
