"""The page as an application: Gradio inside FastAPI inside our guard. `dateline chat` serves it.

This module and its `page_` siblings are the only room for Gradio.
"""

from typing import TYPE_CHECKING

from fastapi import FastAPI

from ..web_guard import PAGE_POLICY, Guard, GuardSettings
from .articles import MAX_UPLOAD_BYTES
from .examples import Examples
from .fetch import fetch_rules
from .layout import build_blocks
from .programs import keep_from_tools
from .quiet_gradio import gr
from .theme import FAVICON, head, theme

if TYPE_CHECKING:
    from ..api import Dateline

# Several files come in one request; each of them is bound by MAX_UPLOAD_BYTES.
_MAX_REQUEST_BYTES = 200_000_000


def build_page(news: "Dateline", *, host: str, password: str | None = None, examples: Examples | None = None) -> Guard:
    """The ASGI application of the page over an open corpus; `host` is the address that it will listen on.

    `examples` are the corpus's example questions where they are being made already.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    page = build_blocks(news, examples=examples or Examples(news), fetching=fetch_rules(news.settings, host=host))
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        server_name=host,
        show_error=False,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=True,
        max_file_size=MAX_UPLOAD_BYTES,
        favicon_path=str(FAVICON),
        theme=theme(),
        head=head(),
    )
    keep_from_tools(page)
    settings = GuardSettings(host=host, password=password, max_body_bytes=_MAX_REQUEST_BYTES, policy=PAGE_POLICY)
    return Guard(app, settings)
