"""What stands between a browser or program and our two web faces: the host rule, the password, size limits, headers.

Plain ASGI, no web framework: the page and `dateline serve` wear the same guard. It must not know what it guards.
"""

import base64
import binascii
import errno
import ipaddress
import os
import secrets
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ..index.errors import BadInput, DatelineError

# Gradio's HTML component compiles its templates in the browser, hence 'unsafe-eval'; its page has inline scripts and
# styles. Nothing may come from another host, and no form may post to one.
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "form-action 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'self'"
)
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
MAX_PORTS_TRIED = 50
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardSettings:
    """`host` is the address listened on; `max_body_bytes` bounds every request; `policy` is the CSP header."""

    host: str
    max_body_bytes: int
    policy: str
    password: str | None = None


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_host(host: str, *, password: str | None, allow_remote: bool) -> None:
    """Raises BadInput when others could reach this without a password and nobody said that they may."""
    if is_loopback(host) or password or allow_remote:
        return
    raise BadInput(
        f"{host} can be reached from other machines, and the articles with it. "
        "Give --password, or --allow-remote if everyone there may read and change them."
    )


def listen(host: str, port: int, *, fixed: bool = False) -> socket.socket:
    """A socket on the first free port from `port` up; port 0 takes any. `fixed` tries that one port alone.

    Raises BadInput for an address that is not ours, DatelineError when every port tried is taken.
    """
    last = port if fixed or port == 0 else min(port + MAX_PORTS_TRIED, 65535)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, last + 1):
        sock = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":  # elsewhere the option would let two servers share a port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((host, candidate))
            sock.listen(128)
        except OSError as error:
            sock.close()
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                raise BadInput(f"This machine has no address {host}: {error.strerror}.") from None
            continue
        return sock
    tried = f"port {port} is" if last == port else f"the ports {port} to {last} are"
    raise DatelineError(f"On {host} {tried} taken or forbidden; give another --port.")


class Guard:
    """ASGI middleware: refuses foreign hosts (400) and pages (403), no password (401), large bodies (413)."""

    def __init__(self, app: Any, settings: GuardSettings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Passes a request on, or answers it here with the reason in words."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = self._refusal(headers)
        if refusal is not None:
            await _refuse(send, *refusal)
            return
        body = _Limited(receive, limit=self._settings.max_body_bytes)
        await self._app(scope, body, _with_headers(send, self._settings.policy))

    def _refusal(self, headers: dict[str, str]) -> tuple[int, str] | None:
        settings = self._settings
        if is_loopback(settings.host) and _name_of(headers.get("host", "")) not in _LOCAL_NAMES | {settings.host}:
            return 400, "This address is for this machine alone: open it as http://127.0.0.1 or http://localhost."
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
            return 403, "Another site's page may not ask here. A proxy in front must pass the Host header on."
        if settings.password and not _has_password(headers.get("authorization", ""), settings.password):
            return 401, "A password is needed."
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > settings.max_body_bytes:
            return 413, f"The request is too large: at most {settings.max_body_bytes:,} bytes are taken."
        return None


class _Limited:
    """Counts a body as it comes, for one that does not say its length."""

    def __init__(self, receive: Any, *, limit: int) -> None:
        self._receive, self._left = receive, limit

    async def __call__(self) -> Any:
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                return {"type": "http.disconnect"}
        return message


def _name_of(host_header: str) -> str:
    name = host_header.rsplit(":", 1)[0] if host_header.rsplit(":", 1)[-1].isdigit() else host_header
    return name.strip("[]").lower()


def _has_password(header: str, password: str) -> bool:
    """HTTP Basic with any user name, or Bearer."""
    kind, _, value = header.partition(" ")
    given = value
    if kind.lower() == "basic":
        try:
            given = base64.b64decode(value, validate=True).decode("utf-8").partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
    elif kind.lower() != "bearer":
        return False
    return secrets.compare_digest(given.encode(), password.encode())


def _headers(policy: str) -> Iterable[tuple[bytes, bytes]]:
    yield b"content-security-policy", policy.encode()
    yield b"x-content-type-options", b"nosniff"
    yield b"x-frame-options", b"DENY"
    yield b"referrer-policy", b"no-referrer"


def _with_headers(send: Any, policy: str) -> Any:
    async def sent(message: Any) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *_headers(policy)]}
        await send(message)

    return sent


async def _refuse(send: Any, status: int, reason: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *_headers(API_POLICY)]
    if status == 401:
        headers.append((b"www-authenticate", b'Basic realm="Dateline", charset="UTF-8"'))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": reason.encode()})
