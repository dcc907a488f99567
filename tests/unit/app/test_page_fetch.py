import gzip
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from desk_news import DeskNews

from dateline.app.page.articles import add_address
from dateline.app.page.fetch import Fetched, FetchRules, fetch, fetch_rules, is_public
from dateline.app.settings import Settings
from dateline.index.errors import BadInput

PAGE = """<html><head><title>Fog at sea</title>{canonical}
<meta property="article:published_time" content="2023-05-04T10:00:00Z"></head>
<body><article><h1>Fog at sea</h1><p>Fog closed the harbour of Lindvik on Monday morning, the captain of the port said,
and no ship could leave before noon. The first one that did was bound for Sandholm with forty passengers.</p>
<p>It was the third time this year that the harbour had to be closed because of the weather, she said.</p>
</article></body></html>"""
WESTERN = "Blå linje\n\nDet var åtte."
WITHIN = FetchRules(allow_private=True, max_bytes=20_000, max_redirects=2, timeout_s=60)


class _Site(BaseHTTPRequestHandler):
    """Answers by path; `heard` keeps the Host headers."""

    heard: list[str]

    def do_GET(self):
        self.heard.append(self.headers["Host"])
        status, headers, body = ANSWERS[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing on stderr."""


def html(body, **headers):
    return 200, {"Content-Type": "text/html; charset=utf-8"} | headers, body


ANSWERS = {
    "/fog": html(PAGE.format(canonical="").encode()),
    "/taken": html(PAGE.format(canonical='<link rel="canonical" href="https://other.example/scoop">').encode()),
    "/plain": (200, {"Content-Type": "text/plain; charset=windows-1252"}, WESTERN.encode("cp1252")),
    "/cat.png": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/untold": (200, {}, b"words"),
    "/gone": (404, {"Content-Type": "text/html"}, b""),
    "/away": (302, {"Location": "/fog"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/inside": (301, {"Location": "http://router.example/admin"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/long": html(b"x" * 20_001),
    "/said-long": html(b"", **{"Content-Length": "30000000"}),
    "/bomb": html(gzip.compress(b"x" * 5_000_000), **{"Content-Encoding": "gzip"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def site():
    """The address of a server on this machine that answers as ANSWERS tells; it stands for every host."""
    _Site.heard = []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://news.example:{server.server_address[1]}"
        server.shutdown()


def look_up(name, port, *_, **__):
    """A name server of our own: every name is this machine, but one is a router and one is public and not there."""
    place = {"router.example": "192.168.0.1", "public.example": "203.0.113.9"}.get(name, "127.0.0.1")
    return [(2, 1, 6, "", (place, port))]


def got(address, rules=WITHIN, **given):
    return fetch(address, rules=rules, look_up=look_up, **given)


def test_page_is_fetched_from_the_address_looked_up_under_its_own_name(site):
    _Site.heard.clear()
    page = got(f"{site}/fog#part")
    assert page == Fetched(f"{site}/fog", ".html", PAGE.format(canonical="").encode())
    assert _Site.heard == [site.removeprefix("http://")]


def test_redirect_is_followed_and_the_last_address_counts(site):
    assert got(f"{site}/away").url == f"{site}/fog"


def test_plain_text_of_another_encoding_comes_in_utf_8(site):
    page = got(f"{site}/plain")
    assert page.suffix == ".txt"
    assert page.body.decode("utf-8-sig") == WESTERN


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/cat.png", "is image/png; web pages and plain text are taken"),
        ("/untold", "is of no stated kind"),
        ("/gone", "answers 404 Not Found"),
        ("/round", "more than 2 times"),
        ("/file", "is no address of a page"),
        ("/long", "too large"),
        ("/said-long", "too large"),
        ("/bomb", "too large"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(site, path, words):
    with pytest.raises(BadInput, match=words):
        got(site + path)


def test_private_address_is_refused_before_any_connection_and_after_a_redirect(site):
    _Site.heard.clear()
    with pytest.raises(BadInput, match=r"news\.example is inside a private network"):
        got(f"{site}/fog", FetchRules())
    assert _Site.heard == []


def test_redirect_into_a_private_network_is_refused(site, monkeypatch):
    # Here this machine's own address counts as public, so that only the check of the second host can refuse.
    monkeypatch.setattr("dateline.app.page.fetch.is_public", lambda place: not str(place).startswith("192.168."))
    with pytest.raises(BadInput, match=r"router\.example is inside a private network"):
        got(f"{site}/inside", FetchRules())


@pytest.mark.parametrize(
    "address", ["", "  ", "fog", "ftp://news.example/a", "javascript:alert(1)", "http://", "http://a b/", "//x/y"]
)
def test_what_is_no_address_of_a_page_says_so(address):
    with pytest.raises(BadInput, match="is no address of a page"):
        got(address)


def test_address_with_a_password_is_refused():
    with pytest.raises(BadInput, match="holds a name or a password"):
        got("https://karin:secret@news.example/")


def test_host_that_is_not_there_and_one_that_does_not_listen_say_so():
    def nowhere(*_, **__):
        raise OSError("no such host")

    with pytest.raises(BadInput, match=r"There is no host nowhere\.example"):
        fetch("https://nowhere.example/", rules=WITHIN, look_up=nowhere)
    with pytest.raises(BadInput, match=r"gone\.example cannot be reached"):
        got("http://gone.example:9/")


def test_time_is_bounded_over_all_redirects(site):
    ticks = iter([0.0, 1.0, 6.0])
    with pytest.raises(BadInput, match="too slow"):
        got(f"{site}/away", replace(WITHIN, timeout_s=5), clock=lambda: next(ticks))


@pytest.mark.parametrize(
    ("place", "public"),
    [
        ("93.184.216.34", True), ("2606:4700::1111", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False),
        ("fe80::1", False), ("fd00::1", False), ("::ffff:10.0.0.1", False), ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
    ],
)  # fmt: skip
def test_public_is_only_the_open_internet(place, public):
    assert is_public(ip_address(place)) is public


def test_fetched_article_has_its_address_and_no_other_outlets(site, monkeypatch):
    monkeypatch.setattr("dateline.app.page.fetch.socket.getaddrinfo", look_up)
    news = DeskNews()
    assert "1 added." in add_address(news, f"{site}/fog", rules=WITHIN)
    (article,) = news.held.values()
    assert (article.title, article.url, str(article.published)) == ("Fog at sea", f"{site}/fog", "2023-05-04")
    assert "the captain of the port said" in article.text
    add_address(news, f"{site}/taken", rules=WITHIN)
    assert [held.url for held in news.held.values()] == [f"{site}/fog", f"{site}/taken"]
    assert "Type the address" in add_address(news, " ", rules=WITHIN)
    assert 'role="alert"' in add_address(news, f"{site}/gone", rules=WITHIN)


def test_addresses_are_fetched_on_a_page_of_this_machine_alone_unless_it_is_said():
    assert fetch_rules(Settings(), host="127.0.0.1") == FetchRules()
    assert fetch_rules(Settings(), host="0.0.0.0") is None
    assert fetch_rules(Settings(allow_urls=True), host="0.0.0.0") == FetchRules()
    assert fetch_rules(Settings(allow_urls=False, allow_private_urls=True), host="localhost") is None
