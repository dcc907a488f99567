"""How long the page takes, in a real Chromium over the five seed articles: `python benchmarks/page.py`.

Opening: from the start of the navigation until the question box takes input and an example question is shown, each
visit with an empty cache. First words: from sending a question until words of its answer stand on the page, a new
conversation each time. At once: twenty visitors press "Ask" in the same moment, each with a question of their own; then
twenty programs do.
"""

import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
N_VISITS, N_QUESTIONS, N_PEOPLE = 5, 20, 20
SETTLE_MS = 1000
READY = """() => {
  const box = document.querySelector('#question textarea'), example = document.querySelector('#offered .dl-suggested');
  return box && !box.disabled && box.offsetParent && example && example.offsetParent && performance.now();
}"""
# Watches every change, also in a page that is not on top; what it tells is milliseconds since the question was sent.
WATCH = """() => {
  const seen = window.seen = {};
  const now = () => performance.now() - seen.sent;
  const look = () => {
    if (!seen.sent || seen.turn) return;
    const turn = document.querySelector('#conversation .dl-turn');
    if (document.querySelector('#pending .dl-turn')) seen.taken ??= now();
    if (document.querySelector('#pending .dl-draft') || turn?.querySelector('.dl-answer')) seen.words ??= now();
    if (turn) { seen.turn = turn.innerText; seen.done = now(); }
  };
  document.addEventListener('keydown', ({ key }) => { if (key === 'Enter') seen.sent ??= performance.now(); }, true);
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
AT = """(at) => setTimeout(() => {
  window.seen.sent = performance.now();
  document.querySelector('#send').click();
}, at - Date.now())"""


def questions(n: int) -> list[str]:
    """Answerable questions of the shipped set that need no earlier one, no two the same, drawn by chance."""
    lines = (ROOT / "eval" / "sets" / "seeds.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line.strip()]
    told = [case for case in cases if case["kind"] != "unanswerable" and not case.get("history")]
    return random.Random(0).sample(sorted({case["question"] for case in told}), n)


@contextmanager
def served() -> Iterator[str]:
    """The address of a page over the shipped articles, in a data folder of its own."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "dateline.app.main", "--home", home, "chat", "--no-open", "--port", "0"]
        with subprocess.Popen(
            [*command, "--ingest", str(ROOT / "seeds")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            found = re.search(r"http://[\d.:]+", process.stdout.readline() if process.stdout else "")
            if found is None:
                sys.exit("The page did not start.")
            yield found[0]
            process.terminate()


def opened(browser: Browser, url: str) -> tuple[Page, float]:
    """A new visitor's page, and after how many milliseconds it was ready."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(url, wait_until="commit")
    return page, float(page.wait_for_function(READY, polling=10).json_value())


def visits(browser: Browser, url: str) -> None:
    """Prints how long opening takes."""
    times = []
    for _ in range(N_VISITS + 1):
        page, ready = opened(browser, url)
        page.locator("#question textarea").fill("It takes words.")
        times.append(ready)
        page.context.close()
    first, *later = times
    print(f"opening: first visit after the start {first:.0f} ms, then {summary(later)}")


def first_words(browser: Browser, url: str) -> None:
    """Prints how long the first words take, and which questions gave none."""
    taken, words, refused = [], [], 0
    for question in questions(N_QUESTIONS):
        page, _ = opened(browser, url)
        page.wait_for_timeout(SETTLE_MS)
        page.evaluate(WATCH)
        page.locator("#question textarea").fill(question)
        page.keyboard.press("Enter")
        page.wait_for_function("window.seen.turn", polling=50)
        seen = page.evaluate("window.seen")
        taken.append(seen["taken"])
        if "words" in seen:
            words.append(seen["words"])
        refused += "words" not in seen
        page.context.close()
    print(f"question taken: {summary(taken)}")
    print(f"first words: {summary(words)}; refused, so without words: {refused}")


def at_once(browser: Browser, url: str) -> None:
    """Prints what twenty visitors in one moment get."""
    asked = questions(N_PEOPLE)
    pages = [opened(browser, url)[0] for _ in asked]
    for page, question in zip(pages, asked, strict=True):
        page.wait_for_timeout(SETTLE_MS)
        page.evaluate(WATCH)
        page.locator("#question textarea").fill(question)
    moment = 1000 * time.time() + 2000
    for page in pages:
        page.evaluate(AT, moment)
    done, mixed = [], 0
    for page, question in zip(pages, asked, strict=True):
        page.wait_for_function("window.seen.turn", polling=200, timeout=60_000)
        seen = page.evaluate("window.seen")
        done.append(seen["done"])
        mixed += question not in seen["turn"] or any(other in seen["turn"] for other in asked if other not in question)
        mixed += page.locator("#conversation .dl-turn").count() != 1
    print(f"{len(done)} visitors at once: all answered, mixed up {mixed}, {summary(done)}")
    for page in pages:
        page.context.close()


def programs_at_once(url: str) -> None:
    """Prints what twenty programs in one moment get."""
    from gradio_client import Client
    from huggingface_hub.utils import _detect_agent

    # The client's library would ask its own host for a list before it speaks to ours.
    _detect_agent._registry = {"standardEnvVars": [], "harnesses": {}}
    asked = questions(N_PEOPLE)
    clients = [Client(url, verbose=False, analytics_enabled=False) for _ in asked]

    def ask(client: Client, question: str) -> tuple[bool, float]:
        start = time.perf_counter()
        result = client.predict(question, api_name="/ask")
        return result["question"] == question, 1000 * (time.perf_counter() - start)

    with ThreadPoolExecutor(N_PEOPLE) as pool:
        results = list(pool.map(ask, clients, asked))
    right, times = sum(held for held, _ in results), [taken for _, taken in results]
    print(
        f"{len(results)} programs at once: answered {len(results)}, mixed up {len(results) - right}, {summary(times)}"
    )


def summary(times: list[float]) -> str:
    """The middle and the ends."""
    return f"median {statistics.median(times):.0f} ms, {min(times):.0f} to {max(times):.0f} (n {len(times)})"


def main() -> None:
    """All of it, one after the other."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with served() as url, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        visits(browser, url)
        first_words(browser, url)
        at_once(browser, url)
        browser.close()
        programs_at_once(url)


if __name__ == "__main__":
    main()
