"""Hosted embeddings over real HTTP against a small server on loopback that answers as it is told."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from dateline.index.errors import ProviderGarbled, ProviderRefused, ProviderUnavailable, SettingsError
from dateline.index.hosted_embed import BATCH_SIZE, HostedEmbedder

Reply = tuple[int, dict[str, str], bytes]
KEY = "sk-very-secret"


class Server:
    """Answers POST /v1/embeddings by `answer`, and keeps what was asked."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Callable[[dict[str, Any]], Reply] = good
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.bodies.append(body)
                outer.headers.append(dict(self.headers))
                status, headers, content = outer.answer(body)
                self.send_response(status)
                for name, value in ({"Content-Type": "application/json"} | headers).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.http.server_port}/v1"


def row_for(text: str) -> list[float]:
    """Length and vowels of a text: easy to check by hand, and of no unit length."""
    return [float(len(text)), float(sum(text.count(vowel) for vowel in "aeiou")), 1.0]


def listed(rows: list[list[float]], *, packed: bool) -> bytes:
    def value(row: list[float]) -> Any:
        return base64.b64encode(np.array(row, "<f4").tobytes()).decode() if packed else row

    data = [{"object": "embedding", "index": i, "embedding": value(row)} for i, row in enumerate(rows)]
    return json.dumps({"object": "list", "data": data, "model": "m", "usage": {}}).encode()


def good(body: dict[str, Any]) -> Reply:
    return 200, {}, listed([row_for(text) for text in body["input"]], packed=body.get("encoding_format") == "base64")


def failing(status: int, **headers: str) -> Callable[[dict[str, Any]], Reply]:
    return lambda _: (status, headers, b'{"error": {"message": "no", "type": "t", "code": null}}')


@pytest.fixture
def server() -> Iterator[Server]:
    scripted = Server()
    thread = threading.Thread(target=scripted.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield scripted
    scripted.http.shutdown()
    scripted.http.server_close()
    thread.join()


@pytest.fixture
def embedder(server: Server) -> HostedEmbedder:
    return HostedEmbedder("bge-small", api_key=KEY, api_base=server.base, sleep=lambda _: None)


def test_embed_texts_good_reply_unit_length_in_order(embedder: HostedEmbedder, server: Server) -> None:
    embeddings = embedder.embed_texts(["abc", "aeiou"])
    # [3, 1, 1] / √11 and [5, 5, 1] / √51
    expected = [[3 / 11**0.5, 1 / 11**0.5, 1 / 11**0.5], [5 / 51**0.5, 5 / 51**0.5, 1 / 51**0.5]]
    np.testing.assert_allclose(embeddings, expected, rtol=1e-6)
    assert embeddings.dtype == np.float32
    assert server.bodies[0]["model"] == "bge-small"
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_embed_texts_plain_lists_accepted(embedder: HostedEmbedder, server: Server) -> None:
    server.answer = lambda body: (200, {}, listed([row_for(text) for text in body["input"]], packed=False))
    np.testing.assert_allclose(embedder.embed_query("abc"), np.array([3, 1, 1]) / 11**0.5, rtol=1e-6)


def test_embed_texts_more_than_a_batch_several_requests_order_kept(embedder: HostedEmbedder, server: Server) -> None:
    texts = ["x" * n for n in range(1, BATCH_SIZE + 3)]
    embeddings = embedder.embed_texts(texts)
    assert [len(body["input"]) for body in server.bodies] == [BATCH_SIZE, 2]
    # x…x of n letters is [n, 0, 1]: first divided by last number gives n again.
    np.testing.assert_allclose(embeddings[:, 0] / embeddings[:, 2], range(1, BATCH_SIZE + 3), rtol=1e-5)


def test_dim_before_anything_asks_once(embedder: HostedEmbedder, server: Server) -> None:
    assert embedder.dim == 3
    assert embedder.dim == 3
    assert len(server.bodies) == 1


def test_dim_after_embedding_asks_no_more(embedder: HostedEmbedder, server: Server) -> None:
    embedder.embed_query("abc")
    assert embedder.dim == 3
    assert len(server.bodies) == 1


def test_embed_texts_none_no_rows(embedder: HostedEmbedder) -> None:
    assert embedder.embed_texts([]).shape == (0, 3)


def test_embed_texts_odd_characters_sent_as_legal_text(embedder: HostedEmbedder, server: Server) -> None:
    embedder.embed_texts(["", "  \n", "a\x00b", "\ud800c", "😀"])
    assert server.bodies[0]["input"] == [".", ".", "a b", "?c", "😀"]


def test_embed_texts_endless_text_cut(embedder: HostedEmbedder, server: Server) -> None:
    embedder.embed_query("word " * 200_000)
    assert len(server.bodies[0]["input"][0]) <= 8000


@pytest.mark.parametrize(("status", "hint"), [(401, "OPENAI_API_KEY"), (403, "key"), (404, "model"), (400, "refused")])
def test_embed_texts_refused_no_retry(embedder: HostedEmbedder, server: Server, status: int, hint: str) -> None:
    server.answer = failing(status)
    with pytest.raises(ProviderRefused, match=hint) as caught:
        embedder.embed_query("abc")
    assert len(server.bodies) == 1
    assert not caught.value.retryable
    assert KEY not in str(caught.value)
    assert server.base in str(caught.value)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_embed_texts_unavailable_four_attempts_then_error(server: Server, status: int) -> None:
    waits: list[float] = []
    embedder = HostedEmbedder("m", api_key=KEY, api_base=server.base, sleep=waits.append)
    server.answer = failing(status)
    with pytest.raises(ProviderUnavailable) as caught:
        embedder.embed_query("abc")
    assert len(server.bodies) == 4
    assert waits == [0.5, 1.0, 2.0]
    assert caught.value.retryable


def test_embed_texts_overload_then_success_waits_as_asked(server: Server) -> None:
    waits: list[float] = []
    embedder = HostedEmbedder("m", api_key=KEY, api_base=server.base, sleep=waits.append)
    answers = iter([failing(429, **{"Retry-After": "7"}), failing(429, **{"Retry-After": "9999"}), good])
    server.answer = lambda body: next(answers)(body)  # noqa: PLW0108 (a new answer each time)
    assert embedder.embed_query("abc").shape == (3,)
    assert waits == [7.0, 30.0]


def test_embed_texts_nobody_listens_unavailable() -> None:
    embedder = HostedEmbedder("m", api_key=KEY, api_base="http://127.0.0.1:9/v1", sleep=lambda _: None)
    with pytest.raises(ProviderUnavailable, match=r"127\.0\.0\.1:9"):
        embedder.embed_query("abc")


def test_embed_texts_silence_unavailable(server: Server) -> None:
    released = threading.Event()

    def silent(body: dict[str, Any]) -> Reply:
        released.wait(5)
        return good(body)

    server.answer = silent
    embedder = HostedEmbedder("m", api_key=KEY, api_base=server.base, timeout_s=0.2, n_attempts=1)
    with pytest.raises(ProviderUnavailable, match="in time"):
        embedder.embed_query("abc")
    released.set()


@pytest.mark.parametrize(
    "content",
    [
        b"<html>hello</html>",
        b"{}",
        b'{"object": "list", "data": []}',
        b"[1, 2",
        listed([[1.0, 2.0], [3.0, 4.0]], packed=True),
        listed([[0.0, 0.0]], packed=True),
        listed([[float("nan"), 1.0]], packed=True),
    ],
    ids=["html", "no data", "empty data", "torn", "too many", "zero", "not a number"],
)
def test_embed_texts_garbled_reply_error(embedder: HostedEmbedder, server: Server, content: bytes) -> None:
    server.answer = lambda _: (200, {}, content)
    with pytest.raises(ProviderGarbled):
        embedder.embed_query("abc")
    assert len(server.bodies) == 1


def test_embed_texts_dimension_changes_error(embedder: HostedEmbedder, server: Server) -> None:
    embedder.embed_query("abc")
    server.answer = lambda _: (200, {}, listed([[1.0, 2.0]], packed=True))
    with pytest.raises(ProviderGarbled, match="not 3"):
        embedder.embed_query("abc")


def test_init_base_url_from_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", server.base)
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/v1")
    assert HostedEmbedder("m").embed_query("abc").shape == (3,)


def test_init_openai_without_key_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        HostedEmbedder("text-embedding-3-small")


def test_name_holds_the_model(embedder: HostedEmbedder) -> None:
    assert embedder.name == "hosted:bge-small"
