"""`dateline chat` and `dateline serve`: the page and the HTTP interface, on this machine unless told otherwise."""

import argparse
import asyncio
import logging
import os
import signal
import socket
import sys
import threading
import webbrowser
from typing import TYPE_CHECKING, Any

from ...index.errors import CorpusLocked
from ..web_guard import check_host, listen
from .articles import existing, ingest_with_bar
from .open import note, open_to_read, open_to_write

if TYPE_CHECKING:
    from ..api import Dateline

CHAT_PORT, SERVE_PORT = 7860, 8760


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds both commands."""
    chat = commands.add_parser("chat", help="open the page in a browser")
    _add_address(chat, port=CHAT_PORT)
    chat.add_argument("--no-open", action="store_true", help="do not open a browser")
    chat.add_argument("--ingest", action="append", metavar="PATH", default=[], help="take these articles in first")
    chat.set_defaults(run=_chat)
    serve = commands.add_parser("serve", help="answer over HTTP")
    _add_address(serve, port=SERVE_PORT)
    serve.set_defaults(run=_serve)


def _add_address(command: argparse.ArgumentParser, *, port: int) -> None:
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    command.add_argument(
        "--port", type=_port, default=port, help="port; a taken one gets the next (default %(default)s)"
    )
    command.add_argument("--password", help="ask everybody for this password (any user name)")
    command.add_argument("--allow-remote", action="store_true", help="let other machines in without a password")


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give a number from 0 to 65535")
    return int(text)


def _chat(args: argparse.Namespace) -> int:
    existing(args.ingest)
    _end_in_order()
    check_host(args.host, password=args.password, allow_remote=args.allow_remote)
    with listen(args.host, args.port) as sock, _open_for_page(args) as news:
        if args.ingest:
            _ingest_first(news, args.ingest)
        note("Preparing the page …")
        _show(news, sock, args)
    return 0


def _show(news: "Dateline", sock: socket.socket, args: argparse.Namespace) -> None:
    from ..page.build import build_page
    from ..page.examples import Examples

    examples = Examples(news)
    with examples.made_aside():  # not before Gradio is imported: two threads that import are in each other's way
        app = build_page(news, host=args.host, password=args.password, examples=examples)
        url = _announce(sock, args, what="The page is")
        if not args.no_open and _has_display():
            threading.Timer(0.5, webbrowser.open, (url,)).start()
        _run(app, sock)


def _ingest_first(news: "Dateline", paths: list[str]) -> None:
    from .text import report_text

    note(report_text(ingest_with_bar(news, paths)))


def _open_for_page(args: argparse.Namespace) -> "Dateline":
    if args.ingest:
        return open_to_write(args)
    try:
        return open_to_write(args)
    except CorpusLocked as error:
        note(f"Note: {error} The page reads only.")
        return open_to_read(args)


def _serve(args: argparse.Namespace) -> int:
    _end_in_order()
    check_host(args.host, password=args.password, allow_remote=args.allow_remote)
    with listen(args.host, args.port) as sock, open_to_read(args) as news:
        from ..server import build_server

        app = build_server(news, host=args.host, password=args.password)
        _announce(sock, args, what="Serving")
        _run(app, sock)
    return 0


def _announce(sock: socket.socket, args: argparse.Namespace, *, what: str) -> str:
    """Prints where it can be reached and gives that address."""
    port = sock.getsockname()[1]
    if args.port not in {0, port}:
        note(f"Port {args.port} is taken; using {port} instead.")
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(args.host, args.host)  # noqa: S104 shown, not bound
    url = f"http://{host}:{port}"
    print(f"{what} at {url}  (Ctrl-C ends it)", flush=True)
    return url


def _has_display() -> bool:
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _end_in_order() -> None:
    """Makes a polite kill end like Ctrl-C, so that the corpus is closed and its vector index need not be rebuilt."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def _run(app: Any, sock: socket.socket) -> None:
    """Serves until Ctrl-C; the socket is already listening, so the announced port is ours."""
    import uvicorn

    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=3)
    logging.getLogger("uvicorn.error").addFilter(_is_a_fault)
    uvicorn.Server(config).run(sockets=[sock])


def _is_a_fault(record: logging.LogRecord) -> bool:
    """Whether a line of the server's log tells of one; that pages still open at its end are broken off is none."""
    broken_off = record.exc_info is not None and isinstance(record.exc_info[1], asyncio.CancelledError)
    return not broken_off and "graceful shutdown exceeded" not in record.getMessage()
