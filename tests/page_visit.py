"""What a visitor of the page does in a browser, and the articles that its tests put in. No test stands here."""

import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

FERRY = """Ferry to Sandholm returns after winter break

By Karin Lund March 3, 2023

The ferry between Lindvik and Sandholm will sail again from 14 April 2023, operator Blue Line said on Friday.

"We carried 41,000 passengers last year," managing director Ole Berg told reporters. "This year we expect more."

A single ticket costs 9 euros. The crossing takes 55 minutes.
"""
MUSEUM = """Museum of Lindvik reopens after repairs

May 9, 2023

The museum of Lindvik will reopen on 20 June 2023, director Ida Holm announced. The repairs cost 2 million euros.
"""
POISON = """Lighthouse <img src="https://evil.example/t.png" onerror="window.poisoned=1"> of Norvik sold

June 1, 2023

The lighthouse of Norvik was sold for 700,000 euros to Nils Aas, <script>window.poisoned=1</script> the mayor said.

<form action="https://evil.example/"><button>Go</button></form> ![x](https://evil.example/m.png) ${window.poisoned=1}
"""
SHIP_FIRST = """Ship Aurora leaves Karsund for the north

June 3, 2023

The research ship Aurora left the port of Karsund on 1 June 2023, the harbour office said.
"""
SHIP_SECOND = """Research ship Aurora has sailed

June 4, 2023

The research ship Aurora left the port of Karsund on 2 June 2023, its captain Vera Strand told reporters.
"""
LIGHTHOUSE = """Lighthouse of Fjelldal painted

July 2, 2023

FJELLDAL, July 2. The painter Jon Moe painted the lighthouse of Fjelldal red and white, the harbour office said.
"""
WAIT_MS = 60_000
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
NO_OTHER_HOST = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@dataclass
class Seen:
    """What a page did: requests to anywhere but our server, errors of its scripts and its console."""

    origin: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, page):
        """Only listens: stepping into requests would switch the browser's cache off. NO_OTHER_HOST is what bars."""

        def note(request):
            if not request.url.startswith((self.origin, "data:", "blob:")):
                self.outside.append(request.url)

        page.on("request", note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Nothing on stderr."""


@contextmanager
def files_served(folder):
    """The address of a web server on this machine over a folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def opened(context, seen, *, size=DESK):
    """A new tab on the page, nothing kept of the visits before."""
    page = context.new_page()
    page.set_viewport_size(size)
    page.goto(f"{seen.origin}/robots.txt")  # the smallest thing of our own, where the browser's store can be emptied
    page.evaluate("localStorage.clear()")
    return at_rest(page, seen)


def at_rest(page, seen):
    """The same tab with the page in it, ready to be used."""
    seen.watch(page)
    page.set_default_timeout(WAIT_MS)
    page.goto(seen.origin)
    page.wait_for_selector(".dl-masthead")
    page.wait_for_selector(".dl-welcome, .dl-turn")
    return page


@contextmanager
def visited(context, seen, **how):
    """A new tab; whatever is done in it, nothing may leave the machine and no script may fail."""
    page = opened(context, seen, **how)
    try:
        yield page
    finally:
        page.close()
    assert seen.outside == []
    assert seen.errors == []


def reload(page, seen):
    """Loads the page anew; Gradio tells on the console of the streams that leaving broke off, which is no fault."""
    page.reload()
    page.wait_for_selector(".dl-welcome, .dl-turn")
    seen.errors[:] = [error for error in seen.errors if not re.search("AbortError|errored out", error)]


def set_scheme(page, scheme):
    """Light or dark, as the system says; waits until no colour is on its way to another any more."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(
        """(dark) => document.body.classList.contains('dark') === dark
          && !document.getAnimations().some((one) => one instanceof CSSTransition)""",
        arg=scheme == "dark",
    )


def ask(page, question):
    """Asks through the form; gives the finished turn."""
    n_before = page.locator("#conversation .dl-turn").count()
    page.get_by_placeholder("Ask about the articles").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    turn = page.locator("#conversation .dl-turn").nth(n_before)
    turn.wait_for()
    return turn


def add_file(page, path):
    """Adds a file in the panel for articles; gives the report's words."""
    page.get_by_role("tab", name="Articles").click()
    page.locator("#files input[type=file]").set_input_files(str(path))
    page.locator("#files").get_by_text(path.name.rsplit(".", 1)[0], exact=False).first.wait_for()
    old = page.locator("#report").inner_text()
    page.get_by_role("button", name="Add these files").click()
    page.wait_for_function(
        # Its own row too: the report before it may be laid out anew, and so read otherwise, while it still stands.
        """([old, name]) => {
          const report = document.querySelector('#report');
          const told = report && report.innerText;
          const done = report.querySelector('p[role=status]') && !report.querySelector('.dl-progress');
          return told && told !== old && done && report.querySelector('ul').innerText.includes(name);
        }""",
        arg=[old, path.stem],
    )
    words = page.locator("#report").inner_text()
    page.get_by_role("tab", name="Ask").click()
    return words


# WCAG 2 contrast of an element's letters against the nearest ground behind them.
CONTRAST = """(selector) => {
  const element = document.querySelector(selector);
  const light = (rgb) => rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  let ground = element;
  while (ground && (parts(getComputedStyle(ground).backgroundColor)[3] ?? 1) < 0.5) ground = ground.parentElement;
  const [a, b] = [getComputedStyle(element).color, getComputedStyle(ground ?? document.body).backgroundColor]
    .map((colour) => light(parts(colour).slice(0, 3))).sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}"""
