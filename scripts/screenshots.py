"""Takes a picture of every tab, light, dark and on a phone: `make screenshots` writes them into out/screenshots.

Two of them are the README's and go into docs/images.

A server of its own over the shipped articles, a real Chromium, nothing from elsewhere.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES, OF_README = ROOT / "out" / "screenshots", ROOT / "docs" / "images"
README_PICTURES = ("ask-light.png", "timeline-dark.png")
TABS = ("Articles", "Timeline", "Check a draft", "Inspect", "Evaluate", "Settings")
QUESTION = "When did Tokayev and Putin meet in the Kremlin?"
DRAFT = "Tokayev and Putin met in the Kremlin on November 28. They met in the Kremlin on November 27."
VIEWS = (("light", 1280, 800), ("dark", 1280, 800), ("phone", 390, 844))


@contextmanager
def served() -> Iterator[str]:
    """The address of a page over the shipped articles."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "dateline.app.main", "--home", home, "chat", "--no-open", "--port", "0"]
        with subprocess.Popen(  # noqa: S603 our own command
            [*command, "--ingest", str(ROOT / "seeds")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            line = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://\S+", line)
            if found is None:
                sys.exit("The page did not start.")
            yield found[0]
            process.terminate()


def asked(page: Page) -> None:
    """One question, its citation followed."""
    page.get_by_placeholder("Ask about the articles").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator("#turn-1 a.dl-cite").first.click()
    page.locator(".dl-whole mark.dl-here").first.wait_for()
    page.get_by_text("Ask next").wait_for()


def pictured(page: Page, name: str) -> None:
    """One picture, when nothing moves any more."""
    page.wait_for_timeout(600)
    page.screenshot(path=str(IMAGES / f"{name}.png"))
    print(IMAGES / f"{name}.png")


def open_tab(page: Page, name: str) -> None:
    """A tab with something in it, from the row or from the menu of those that have no room there."""
    tab = page.get_by_role("tab", name=name, exact=True)
    if not tab.first.is_visible():
        page.locator(".overflow-menu > button").click()
        page.locator(".overflow-dropdown button").get_by_text(name, exact=True).click()
    else:
        tab.first.click()
    if name == "Timeline":
        page.locator(".dl-dot").first.wait_for()
    elif name == "Check a draft":
        page.locator("#draft textarea").fill(DRAFT)
        page.get_by_role("button", name="Check it against the articles").click()
        page.locator(".dl-draft-rows").wait_for()
    elif name == "Inspect":
        page.get_by_label("Any question").fill(QUESTION)
        page.get_by_role("button", name="Inspect", exact=True).last.click()
        page.locator("#stages").get_by_text("Found").first.wait_for()


def main() -> None:
    """All pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with served() as url, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for view, width, height in VIEWS:
            scheme = "dark" if view == "dark" else "light"
            with browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
            ) as context:
                page = context.new_page()
                page.goto(url)
                asked(page)
                pictured(page, f"ask-{view}")
                for name in TABS:
                    open_tab(page, name)
                    pictured(page, f"{name.lower().replace(' ', '-')}-{view}")
        browser.close()
    OF_README.mkdir(parents=True, exist_ok=True)
    for name in README_PICTURES:
        shutil.copy(IMAGES / name, OF_README / name)


if __name__ == "__main__":
    main()
