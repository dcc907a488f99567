"""An OpenAI-compatible server on loopback that answers as a test tells it: real sockets, real HTTP, real SSE.

    with ScriptedLLM([Status(429), Reply("Yes [1].")]) as server:
        client = OpenAI(base_url=server.url, api_key="any")
        …
        server.requests[0].body["messages"]

The given actions are used in turn, one a request, the last one for ever. `/v1/chat/completions` streams when asked to;
`/v1/embeddings` embeds any text deterministically; `/v1/models` lists one model. `requests` keeps what came in.
"""

import base64
import contextlib
import hashlib
import json
import socket
import struct
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

EMBEDDING_DIM = 32


@dataclass(frozen=True)
class Reply:
    """A good reply. Streamed, it comes in pieces of `cut` characters; `counted` is the usage told, None for none."""

    text: str
    finish: str | None = "stop"
    counted: tuple[int, int] | None = (100, 20)
    cut: int = 5


@dataclass(frozen=True)
class Answering:
    """A reply made from the request's body."""

    make: Callable[[dict[str, Any]], str]


@dataclass(frozen=True)
class Status:
    """An error status with OpenAI's error body."""

    status: int
    message: str = "scripted"
    code: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Raw:
    """Any bytes as the body of a 200."""

    body: bytes
    content_type: str = "application/json"


@dataclass(frozen=True)
class Cut:
    """A stream that gives these pieces and ends: without a reason to finish, torn or (`politely`) with a proper end."""

    pieces: tuple[str, ...]
    politely: bool = False


@dataclass(frozen=True)
class ErrorWithin:
    """A stream that gives these pieces and then tells of an error."""

    pieces: tuple[str, ...]
    message: str = "scripted"


@dataclass(frozen=True)
class Stall:
    """Sends nothing until the server closes; streamed, after these pieces."""

    pieces: tuple[str, ...] = ()


@dataclass(frozen=True)
class HangUp:
    """Closes the connection without a word."""


Action = Reply | Answering | Status | Raw | Cut | ErrorWithin | Stall | HangUp


@dataclass(frozen=True)
class Request:
    """What came in."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class ScriptedLLM:
    """The server; a context manager. `url` ends in /v1."""

    def __init__(self, script: Sequence[Action] = (Reply("It is so [1]."),)) -> None:
        self.script = list(script)
        self.requests: list[Request] = []
        self._lock = threading.Lock()
        self._n_chats = 0
        self._closing = threading.Event()
        self._open: list[socket.socket] = []
        self._http = _Quiet(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    @property
    def chats(self) -> list[Request]:
        return [request for request in self.requests if request.path == "/v1/chat/completions"]

    def next_action(self) -> Action:
        with self._lock:
            action = self.script[min(self._n_chats, len(self.script) - 1)]
            self._n_chats += 1
            return action

    def stall(self) -> None:
        self._closing.wait(30)

    def opened(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.append(connection)

    def __enter__(self) -> "ScriptedLLM":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._http.shutdown()
        self._thread.join()
        # A client that keeps its connection would keep its thread, and that the test.
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._http.server_close()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is part of many tests; anything else is a fault to be seen."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _handler(server: ScriptedLLM) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            server.opened(self.connection)

        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            server.requests.append(Request(self.path, dict(self.headers), {}))
            self._send(200, {"object": "list", "data": [{"id": "scripted", "object": "model", "owned_by": "tests"}]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append(Request(self.path, dict(self.headers), body))
            if self.path == "/v1/embeddings":
                self._send(200, _embeddings(body))
            elif self.path == "/v1/chat/completions":
                self._act(server.next_action(), body)
            else:
                self._send(404, {"error": {"message": f"no path {self.path}", "type": "invalid_request_error"}})

        def _act(self, action: Action, body: dict[str, Any]) -> None:
            streamed = bool(body.get("stream"))
            match action:
                case Answering(make):
                    self._act(Reply(make(body)), body)
                case Reply() if streamed:
                    self._stream_reply(action, body)
                case Reply():
                    self._send(200, _completion(action, body))
                case Status(status, message, code, headers):
                    error = {"message": message, "type": "error", "param": None, "code": code}
                    self._send(status, {"error": error}, headers)
                case Raw(raw, content_type):
                    self._send_bytes(200, raw, content_type)
                case Cut(pieces, politely):
                    self._stream([_chunk({"content": piece}) for piece in pieces], end=politely)
                case ErrorWithin(pieces, message):
                    told = {"error": {"message": message, "type": "server_error", "code": None}}
                    self._stream([*(_chunk({"content": piece}) for piece in pieces), told], end=True)
                case Stall(pieces):
                    if streamed:
                        self._stream([_chunk({"content": piece}) for piece in pieces], end=False, stall=True)
                    else:
                        server.stall()
                    self.close_connection = True
                case HangUp():
                    self.close_connection = True

        def _stream_reply(self, reply: Reply, body: dict[str, Any]) -> None:
            pieces = [reply.text[i : i + reply.cut] for i in range(0, len(reply.text), reply.cut)]
            events = [_chunk({"role": "assistant", "content": ""}), *(_chunk({"content": piece}) for piece in pieces)]
            if reply.finish:
                events.append(_chunk({}, finish=reply.finish))
            if reply.counted and body.get("stream_options", {}).get("include_usage"):
                events.append(_chunk(None) | {"usage": _usage(reply.counted)})
            self._stream([*events, "[DONE]"], end=True)

        def _stream(self, events: Sequence[object], *, end: bool, stall: bool = False) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for event in events:
                text = event if isinstance(event, str) else json.dumps(event, ensure_ascii=False)
                data = f"data: {text}\n\n".encode()
                self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
                self.wfile.flush()
            if stall:
                server.stall()
            if end:
                self.wfile.write(b"0\r\n\r\n")
            else:
                self.close_connection = True

        def _send(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
            self._send_bytes(status, json.dumps(body).encode(), "application/json", headers)

        def _send_bytes(
            self, status: int, data: bytes, content_type: str, headers: dict[str, str] | None = None
        ) -> None:
            self.send_response(status)
            for name, value in {
                "Content-Type": content_type,
                "Content-Length": str(len(data)),
                **(headers or {}),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

    return Handler


def _usage(counted: tuple[int, int]) -> dict[str, int]:
    return {"prompt_tokens": counted[0], "completion_tokens": counted[1], "total_tokens": sum(counted)}


def _completion(reply: Reply, body: dict[str, Any]) -> dict[str, Any]:
    message = {"role": "assistant", "content": reply.text}
    whole = {
        "id": "chatcmpl-scripted",
        "object": "chat.completion",
        "created": 0,
        "model": body.get("model", "scripted"),
        "choices": [{"index": 0, "message": message, "finish_reason": reply.finish, "logprobs": None}],
    }
    return whole | ({"usage": _usage(reply.counted)} if reply.counted else {})


def _chunk(delta: dict[str, Any] | None, *, finish: str | None = None) -> dict[str, Any]:
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    return {
        "id": "chatcmpl-scripted",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "scripted",
        "choices": choices,
    }


def embedding_of(text: str) -> list[float]:
    """The embedding that the server gives a text: other texts, other embeddings; not normalised."""
    digest = hashlib.shake_256(text.encode()).digest(EMBEDDING_DIM)
    return [byte / 127.5 - 1.0 for byte in digest]


def _embeddings(body: dict[str, Any]) -> dict[str, Any]:
    texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
    rows: list[dict[str, Any]] = []
    for index, text in enumerate(texts):
        numbers = embedding_of(str(text))
        packed = base64.b64encode(struct.pack(f"<{EMBEDDING_DIM}f", *numbers)).decode()
        as_asked = packed if body.get("encoding_format") == "base64" else numbers
        rows.append({"object": "embedding", "index": index, "embedding": as_asked})
    usage = {"prompt_tokens": len(texts), "total_tokens": len(texts)}
    return {"object": "list", "data": rows, "model": body.get("model", "scripted"), "usage": usage}
