"""An article's page fetched from an address that somebody typed, with suspicion: what is asked for may be made to harm.

Only http and https, only public addresses unless private ones are allowed, each redirect checked like the first
address, size, type and time bound. The name is looked up once and that very address is connected to, so that a name
cannot point elsewhere between the check and the request. No proxy and no cookie of this machine takes part.
What came is handed on as bytes: reading it is `index.articles`.
"""

import codecs
import ipaddress
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from ...index.errors import BadInput
from ..web_guard import is_loopback

if TYPE_CHECKING:
    from ..settings import Settings

_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
}
_HEADERS = {
    "User-Agent": "Dateline (reads one page that its user asked for)",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, text/markdown;q=0.9",
    "Accept-Encoding": "gzip, deflate",
}
_HOST = re.compile(rb"[a-z0-9._-]+|\[?[0-9a-f:.]+\]?")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Addresses of the new kind that stand for one of the old kind: what is private there is not seen here.
_TUNNELS = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRules:
    """What may be fetched. `timeout_s` bounds the whole of it, redirects included; sizes are bytes after unpacking."""

    allow_private: bool = False
    max_bytes: int = 10_000_000
    max_redirects: int = 5
    timeout_s: float = 20.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: the address that it came from at last, the suffix of files of its kind, and its bytes."""

    url: str
    suffix: str
    body: bytes


def fetch_rules(settings: "Settings", *, host: str) -> FetchRules | None:
    """What the page may fetch, None where nothing: others must not send this machine to addresses unless it is said."""
    allowed = is_loopback(host) if settings.allow_urls is None else settings.allow_urls
    return FetchRules(allow_private=settings.allow_private_urls) if allowed else None


def fetch(
    address: str,
    *,
    rules: FetchRules,
    look_up: Callable[..., Any] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Fetched:
    """The page at an address. Raises BadInput saying in words why there is none; trying again may help or not.

    `look_up` has the form of `socket.getaddrinfo`, which it is when None.
    """
    look_up = look_up or socket.getaddrinfo
    url, until = _known(address), clock() + rules.timeout_s
    with httpx.Client(trust_env=False, follow_redirects=False, headers=_HEADERS) as client:
        for _ in range(rules.max_redirects + 1):
            with _answered(client, url, rules=rules, look_up=look_up, left_s=until - clock()) as response:
                if response.status_code in _REDIRECTS and "location" in response.headers:
                    url = _known(str(_joined(url, response.headers["location"])))
                    continue
                suffix = _kind(response, url)
                body = _body(response, rules=rules, late=lambda: clock() > until)
                return Fetched(str(url), suffix, _as_utf8(body, response.charset_encoding))
    raise BadInput(f"{url.host} sends from one address to the next, more than {rules.max_redirects} times.")


def _known(address: str) -> httpx.URL:
    """The address as one that may be asked for. Raises BadInput."""
    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, ValueError):
        raise BadInput(f"{address.strip()[:100]!r} is no address of a page.") from None
    if url.scheme not in {"http", "https"} or not _HOST.fullmatch(url.raw_host):
        raise BadInput(f"{address.strip()[:100]!r} is no address of a page; one begins with https:// or http://.")
    if url.userinfo:
        raise BadInput("The address holds a name or a password; such pages are not fetched. Save the page and add it.")
    return url.copy_with(fragment=None)


def _joined(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return url.join(location)
    except (httpx.InvalidURL, ValueError):
        raise BadInput(f"{url.host} sends on to something that is no address.") from None


@contextmanager
def _answered(
    client: httpx.Client, url: httpx.URL, *, rules: FetchRules, look_up: Callable[..., Any], left_s: float
) -> Iterator[httpx.Response]:
    """The response of the first address of a host that can be connected to, its body not yet read."""
    if left_s <= 0:
        raise _too_slow(url)
    places = _places(url, look_up=look_up, allow_private=rules.allow_private)
    response = _connected(client, url, places=places, timeout_s=left_s)
    try:
        yield response
    except httpx.TimeoutException:
        raise _too_slow(url) from None
    except httpx.HTTPError:
        raise BadInput(f"{url.host} broke off before the page was there.") from None
    finally:
        response.close()


def _connected(client: httpx.Client, url: httpx.URL, *, places: list[_Address], timeout_s: float) -> httpx.Response:
    name = url.raw_host.decode("ascii")
    for last, place in ((place is places[-1], place) for place in places):
        # The name is still what the server hears, and what its certificate must be for.
        request = client.build_request(
            "GET", url.copy_with(host=str(place)), headers={"Host": url.netloc.decode("ascii")}, timeout=timeout_s,
            extensions={"sni_hostname": name},
        )  # fmt: skip
        try:
            return client.send(request, stream=True)
        except httpx.ConnectError as error:
            if last:
                why = ": its certificate is not trusted" if "CERTIFICATE" in str(error) else ""
                raise BadInput(f"{url.host} cannot be reached{why}.") from None
        except httpx.TimeoutException:
            if last:
                raise _too_slow(url) from None
        except httpx.HTTPError:
            raise BadInput(f"{url.host} does not answer as a web server does.") from None
    raise AssertionError("a host without any address is refused before")


def _places(url: httpx.URL, *, look_up: Callable[..., Any], allow_private: bool) -> list[_Address]:
    """The addresses of a host. Raises BadInput where there is none, or where one of them is not public."""
    name = url.raw_host.decode("ascii").strip("[]")
    try:
        found = look_up(name, url.port or (443 if url.scheme == "https" else 80), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise BadInput(f"There is no host {url.host}.") from None
    places = list(dict.fromkeys(ipaddress.ip_address(row[4][0].partition("%")[0]) for row in found))
    if not places:
        raise BadInput(f"There is no host {url.host}.")
    if not allow_private and not all(map(is_public, places)):
        raise BadInput(
            f"{url.host} is inside a private network; pages there are not fetched unless Dateline is started with "
            "DATELINE_ALLOW_PRIVATE_URLS=1. Save the page and add the file."
        )
    return places


def is_public(place: _Address) -> bool:
    """Whether an address is one of the open internet.

    >>> [is_public(ipaddress.ip_address(place)) for place in ("192.168.0.1", "::ffff:10.0.0.1", "93.184.216.34")]
    [False, False, True]
    """
    if isinstance(place, ipaddress.IPv6Address):
        if place.ipv4_mapped is not None:
            return is_public(place.ipv4_mapped)
        if any(place in tunnel for tunnel in _TUNNELS):
            return False
    return place.is_global and not place.is_multicast and not place.is_reserved


def _kind(response: httpx.Response, url: httpx.URL) -> str:
    """The suffix for a good response. Raises BadInput for a bad one, and for what is no text."""
    if response.status_code != 200:
        status = f"{response.status_code} {response.reason_phrase}".rstrip()
        raise BadInput(f"{url.host} answers {status}; the page can't be fetched from here.")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _KINDS:
        raise BadInput(f"What lies at {url.host} is {kind or 'of no stated kind'}; web pages and plain text are taken.")
    return _KINDS[kind]


def _body(response: httpx.Response, *, rules: FetchRules, late: Callable[[], bool]) -> bytes:
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) > rules.max_bytes:
        raise _too_large(rules)
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > rules.max_bytes:
            raise _too_large(rules)
        if late():
            raise _too_slow(response.request.url.copy_with(host=response.request.headers["host"].partition(":")[0]))
    return bytes(body)


def _as_utf8(body: bytes, charset: str | None) -> bytes:
    """The body in UTF-8 and marked so, where its response names another encoding; that counts before the page's own."""
    try:
        if charset is None or codecs.lookup(charset).name == "utf-8":
            return body
        return codecs.BOM_UTF8 + body.decode(charset).encode("utf-8")
    except (LookupError, UnicodeError):
        return body


def _too_slow(url: httpx.URL) -> BadInput:
    return BadInput(f"{url.host} is too slow; the page was not there in time. Try again, or save the page and add it.")


def _too_large(rules: FetchRules) -> BadInput:
    return BadInput(f"The page is too large: at most {rules.max_bytes // 1_000_000} MB are fetched.")
