"""The page in a real browser: asked, followed up, refused, fed with files and with poison; on a desk and on a phone.

Skipped, with the reason, where no Chromium or Chrome can be had; with CI or DATELINE_REQUIRE_BROWSER set that is a
failure.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from page_visit import (
    CONTRAST,
    FERRY,
    LIGHTHOUSE,
    MUSEUM,
    NO_OTHER_HOST,
    PHONE,
    POISON,
    SHIP_FIRST,
    SHIP_SECOND,
    Seen,
    add_file,
    ask,
    at_rest,
    files_served,
    reload,
    set_scheme,
    visited,
)
from scripted_llm import Reply, ScriptedLLM, Stall

playwright = pytest.importorskip("playwright.sync_api")

TOOLS = {"ask", "search", "verify", "article", "list_articles", "timeline"}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    NO_OTHER_HOST,
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser():
    required = os.environ.get("DATELINE_REQUIRE_BROWSER") or os.environ.get("CI", "").lower() not in {"", "0", "false"}
    with playwright.sync_playwright() as driver:
        path = next(filter(None, map(shutil.which, NAMES)), None)
        try:
            started = driver.chromium.launch(executable_path=path, args=FLAGS)
        except playwright.Error as error:
            reason = f"no Chromium or Chrome could be started: {str(error).splitlines()[0]}"
            (pytest.fail if required else pytest.skip)(f"BROWSER TESTS DID NOT RUN: {reason}")
        yield started
        started.close()


@dataclass
class Served:
    """The page as it is served: its address, its data folder, and the language model that it can be set to."""

    origin: str
    home: Path
    llm: ScriptedLLM


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Our server as a process of its own, on a free port, with one article in it; it quotes unless set otherwise."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "ferry.txt").write_text(FERRY, "utf-8")
    command = [sys.executable, "-m", "dateline.app.main", "--home", str(folder / "home")]
    command += ["chat", "--no-open", "--port", "0", "--ingest", str(folder / "ferry.txt")]
    with (folder / "log").open("w+") as log, ScriptedLLM() as llm:
        told = {"OPENAI_BASE_URL": llm.url, "DATELINE_READER": "extractive", "DATELINE_MAX_RETRIES": "0"}
        told |= {"DATELINE_ALLOW_PRIVATE_URLS": "1", "DATELINE_TIMEOUT_S": "20"}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=os.environ | told)
        found = re.match(r"The page is at (http://127\.0\.0\.1:\d+) ", process.stdout.readline())
        if not found:
            process.kill()
            process.communicate()
            pytest.fail((folder / "log").read_text())
        yield Served(found[1], folder / "home", llm)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
        assert process.returncode == 130
        assert "Traceback" not in (folder / "log").read_text()


@pytest.fixture(scope="module")
def origin(served):
    """The page's address."""
    return served.origin


@pytest.fixture
def seen(origin):
    return Seen(origin)


@pytest.fixture(scope="module")
def context(browser, origin):
    """One visitor's browser: from the second visit on its cache holds the page's files. It ends before the server."""
    with browser.new_context() as context:
        yield context


@pytest.fixture
def page(context, seen):
    """A new tab at desk size."""
    with visited(context, seen) as page:
        yield page


def test_citation_opens_the_article_at_the_quote_and_keys_step_through(page):
    turn = ask(page, "When will the ferry to Sandholm sail again?")
    assert "14 April 2023" in turn.inner_text()
    assert "supported" in turn.locator(".dl-verdict").first.inner_text()
    assert "1 source" in turn.locator(".dl-meta").last.inner_text()
    turn.locator("a.dl-cite").first.click()
    marks = page.locator(".dl-source.dl-open .dl-whole mark.dl-here")
    assert "14 April 2023" in "".join(marks.all_text_contents())
    assert "".join(marks.all_text_contents()) in FERRY
    assert "".join(marks.all_text_contents()) == page.locator("#cite-1-1 mark").text_content()
    assert "A single ticket costs 9 euros." in page.locator(".dl-whole:visible").inner_text()
    facts = page.locator(".dl-origins:visible").inner_text()
    assert "Karin Lund" in facts
    assert "3 March 2023" in facts
    page.keyboard.press("q")
    assert page.locator("#cite-1-1").is_visible()
    page.keyboard.press("n")
    assert re.fullmatch(r"1 of \d", page.locator(".dl-at").inner_text())
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "dl-cite"
    page.keyboard.press("/")
    page.keyboard.type("What does a ticket cost?")
    page.keyboard.press("Enter")
    page.locator("#turn-2").wait_for()
    assert "9 euros" in page.locator("#turn-2").inner_text()


def test_question_is_sent_once_however_fast_it_is_sent_again_and_an_empty_one_never(page):
    sent = []
    page.on("request", lambda request: sent.append(request.post_data) if "Ole Berg" in (request.post_data or "") else 0)
    page.locator("#question textarea").press("Enter")
    page.get_by_role("button", name="Ask", exact=True).click()
    assert page.locator(".dl-welcome").count() == 1
    page.get_by_placeholder("Ask about the articles").fill("What did Ole Berg tell reporters?")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.locator("#send").dblclick()
    page.get_by_text("Ask next").wait_for()
    assert sum('"What did Ole Berg tell reporters?",null' in body for body in sent) == 1
    assert page.locator("#conversation .dl-turn").count() == 1


def test_conversation_is_followed_up_edited_and_kept_over_a_reload(page, seen):
    ask(page, "What did Ole Berg tell reporters?")
    ask(page, "How many passengers did he speak of?")
    assert "Ole Berg" in page.locator(".dl-turn").nth(1).inner_text()
    page.locator("#turn-1 a.dl-cite").first.click()
    page.locator('.dl-turn-evidence[data-turn="1"] mark.dl-here').first.wait_for()
    page.get_by_text("1 kept").wait_for()
    reload(page, seen)
    page.locator("#turn-2").wait_for()
    page.locator("#turn-1").get_by_role("button", name="Edit").click()
    page.get_by_label("Change the question").fill("How long does the crossing take?")
    page.get_by_role("button", name="Ask this instead").click()
    page.locator("#turn-1").get_by_text("55 minutes").first.wait_for()
    assert page.locator("#conversation .dl-turn").count() == 1
    page.locator("#turn-1").get_by_role("button", name="Ask again").click()
    page.locator("#pending .dl-turn").wait_for(state="detached")
    page.get_by_role("button", name="New conversation").click()
    page.locator(".dl-welcome").wait_for()
    page.locator("#shelf summary").click()
    page.get_by_role("button", name="Rename").first.click()
    page.get_by_label("Name of the conversation").fill("Ferries")
    # An answer that comes in meanwhile is kept, and the name that is being written is not lost.
    page.evaluate("""() => {
      const name = Object.keys(localStorage).find((key) => key.startsWith("dateline:conversation:"));
      dateline.keep(JSON.parse(localStorage[name]).record.replaceAll("How long does", "How long did"));
    }""")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ferries", exact=True).click()
    page.locator("#turn-1").get_by_text("55 minutes").first.wait_for()
    assert "How long did" in page.locator("#turn-1 .dl-question").inner_text()
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#shelf summary").click()
    page.get_by_role("button", name="Delete “Ferries”").click()
    page.locator(".dl-welcome").wait_for()


def test_articles_that_disagree_give_a_card_with_both_sides_cited_and_dated(page, tmp_path):
    for name, text in (("aurora-first.txt", SHIP_FIRST), ("aurora-second.txt", SHIP_SECOND)):
        (tmp_path / name).write_text(text, "utf-8")
        assert "1 added." in add_file(page, tmp_path / name)
    card = ask(page, "When did the research ship Aurora leave Karsund?").locator(".dl-conflict")
    assert "The articles disagree" in card.locator("h3").inner_text()
    sides = card.locator("li").all_inner_texts()
    assert {re.search(r"\d June 2023", side)[0] for side in sides} == {"1 June 2023", "2 June 2023"}
    assert all("[" in side for side in sides)
    assert {re.search(r"[34] June 2023$", side)[0] for side in sides} == {"3 June 2023", "4 June 2023"}
    for side in card.locator("li").all():
        side.locator("a.dl-cite").first.click()
        marked = "".join(page.locator(".dl-source.dl-open .dl-whole mark.dl-here").all_text_contents())
        assert marked in SHIP_FIRST + SHIP_SECOND
        assert re.search(r"\d June 2023", side.inner_text())[0] in marked


def test_visit_by_keyboard_alone_reaches_the_quote_and_comes_back(page):
    page.wait_for_function("document.activeElement.matches('#question textarea')")
    page.keyboard.type("When will the ferry to Sandholm sail again?")
    page.keyboard.press("Enter")
    page.locator("#turn-1 a.dl-cite").first.wait_for()
    assert pressed_until(page, "Shift+Tab", "a.dl-cite")
    page.keyboard.press("Enter")
    page.locator(".dl-source.dl-open .dl-whole mark.dl-here").first.wait_for()
    assert page.evaluate("document.activeElement.matches('.dl-source.dl-open .dl-whole')")
    seen_at = page.locator("mark.dl-here").first.bounding_box()["y"]
    assert 0 < seen_at < 800
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('#turn-1 a.dl-cite')")
    assert pressed_until(page, "Shift+Tab", "[role=tab]", words="Articles")
    page.keyboard.press("Enter")
    page.locator("#listed .dl-table").wait_for()
    assert pressed_until(page, "Tab", "#listed .dl-title")
    page.keyboard.press("Enter")
    page.locator("#opened .dl-whole").wait_for()


def pressed_until(page, key, selector, *, words="", n=60):
    """Whether pressing a key brings the focus to such an element with these words in it."""
    there = "([at, words]) => document.activeElement.matches(at) && document.activeElement.textContent.includes(words)"
    for _ in range(n):
        if page.evaluate(there, [selector, words]):
            return True
        page.keyboard.press(key)
    return False


def set_reader(page, name):
    """Chooses who reads, and waits until the browser has kept it."""
    page.get_by_role("tab", name="Settings").click()
    before = page.evaluate("localStorage.getItem('dateline:settings')")
    page.get_by_role("radio", name=name).check()
    page.wait_for_function("before => localStorage.getItem('dateline:settings') !== before", arg=before)
    page.get_by_role("tab", name="Ask", exact=True).click()


def test_stop_ends_a_slow_answer_and_what_was_really_sent_is_shown(page, served):
    said = "The ferry between Lindvik and Sandholm will sail again from 14 April 2023 [1]."
    set_reader(page, "language model")
    served.llm.script[:] = [Stall(("The ferry ",))]
    page.get_by_placeholder("Ask about the articles").fill("When will the ferry to Sandholm sail again?")
    page.keyboard.press("Enter")
    page.locator("#pending").get_by_text("The ferry", exact=True).wait_for()
    page.get_by_role("button", name="Stop").click()
    page.locator("#pending .dl-turn").wait_for(state="detached")
    page.locator(".dl-welcome").wait_for()
    assert page.get_by_placeholder("Ask about the articles").input_value().startswith("When will the ferry")
    served.llm.script[:] = [Reply(said)]
    page.get_by_role("button", name="Ask", exact=True).click()
    turn = page.locator("#conversation .dl-turn")
    turn.wait_for()
    assert turn.count() == 1
    assert "14 April 2023" in turn.inner_text()
    assert "Written by a language model" in turn.inner_text()
    turn.get_by_role("button", name="Inspect").click()
    page.locator("#stages").get_by_text("Word for word as it was sent").wait_for()
    sent = [message["content"] for message in served.llm.chats[-1].body["messages"]]
    assert page.locator("#stages pre").all_text_contents() == sent


def test_question_that_the_articles_do_not_answer_is_refused_with_reason(page):
    turn = ask(page, "Who won the chess championship in Reykjavik?")
    card = turn.locator(".dl-refusal")
    assert card.locator("h3").inner_text() in {"The articles say nothing about this", "The articles do not answer this"}
    assert card.locator(".dl-reason").inner_text()
    assert card.locator(".dl-suggestion").inner_text()


def test_example_question_is_asked_by_a_click(page):
    example = page.locator("#offered button").first
    example.wait_for()
    words = example.inner_text()
    example.click()
    page.locator(".dl-turn:not(.dl-pending)").first.wait_for()
    assert page.locator(".dl-question").first.text_content() == f"Question: {words}"
    page.get_by_role("button", name="New conversation").click()
    page.locator(".dl-welcome").wait_for()
    assert page.locator(".dl-turn").count() == 0


def test_added_file_is_asked_about_replaced_and_deleted(page, tmp_path):
    (tmp_path / "museum.txt").write_text(MUSEUM, "utf-8")
    assert "1 added." in add_file(page, tmp_path / "museum.txt")
    assert "20 June 2023" in ask(page, "When will the museum of Lindvik reopen?").inner_text()
    page.get_by_role("tab", name="Articles").click()
    page.get_by_label("Search the articles").fill("museum repairs")
    listed = page.locator("#listed")
    listed.get_by_text("1 of ").wait_for()
    listed.get_by_role("button", name="Museum of Lindvik reopens").click()
    page.locator("#opened .dl-whole").wait_for()
    page.locator("#opened").get_by_role("button", name="Replace").click()
    page.locator("#new-text textarea").fill(MUSEUM.replace("20 June", "25 June"))
    page.get_by_role("button", name="Replace it").click()
    page.locator("#report").get_by_text("1 updated.").wait_for()
    page.get_by_role("tab", name="Ask").click()
    assert "25 June 2023" in ask(page, "When will the museum of Lindvik reopen?").inner_text()
    page.locator("#turn-1 a.dl-cite").first.click()
    page.get_by_text("these words no longer stand at their place").first.wait_for()
    assert page.locator("#evidence mark").count() == 0
    page.get_by_role("tab", name="Articles").click()
    page.on("dialog", lambda dialog: dialog.accept())
    listed.get_by_label("Choose Museum of Lindvik").check()
    page.get_by_role("button", name="Delete the chosen articles").click()
    page.locator("#report").get_by_text("Deleted 1 article.").wait_for()
    page.get_by_role("tab", name="Ask").click()
    assert "25 June 2023" not in ask(page, "When does the museum of Lindvik open again?").inner_text()


def test_file_of_a_wrong_kind_or_without_text_is_refused_in_words(page, tmp_path):
    (tmp_path / "empty.txt").write_text("\n")
    words = add_file(page, tmp_path / "empty.txt")
    assert "1 skipped." in words
    assert "it is empty" in words


def test_file_over_the_limit_is_refused_with_its_name_and_the_limit(page, tmp_path):
    (tmp_path / "huge.txt").write_bytes(b"words " * 3_400_000)
    page.get_by_role("tab", name="Articles").click()
    page.locator("#files input[type=file]").set_input_files(str(tmp_path / "huge.txt"))
    told = page.get_by_text("exceed the maximum allowed size")
    told.wait_for()
    assert "huge.txt" in told.inner_text()
    page.get_by_role("button", name="Add these files").click()
    page.locator("#report").get_by_text("Choose one or more files first.").wait_for()


def test_article_is_added_by_its_address_and_a_wrong_one_says_so(page, tmp_path):
    (tmp_path / "lighthouse.txt").write_text(LIGHTHOUSE, "utf-8")
    page.get_by_role("tab", name="Articles").click()
    field = page.locator("#address input, #address textarea")
    with files_served(tmp_path) as address:
        field.fill(f"{address}/none.txt")
        page.get_by_role("button", name="Fetch").click()
        page.locator("#report [role=alert]").get_by_text("404").wait_for()
        field.fill(f"{address}/lighthouse.txt")
        field.press("Enter")
        page.locator("#report").get_by_text("1 added.").wait_for()
    page.get_by_role("tab", name="Ask", exact=True).click()
    turn = ask(page, "Who painted the lighthouse of Fjelldal?")
    assert "Jon Moe" in turn.inner_text()
    turn.locator("a.dl-cite").first.click()
    assert f"{address}/lighthouse.txt" in page.locator(".dl-origins:visible").inner_text()


def test_poisoned_article_stays_words(page, seen, tmp_path):
    (tmp_path / "norvik.txt").write_text(POISON, "utf-8")
    add_file(page, tmp_path / "norvik.txt")
    turn = ask(page, "For how much was the lighthouse of Norvik sold?")
    assert "700,000 euros" in turn.inner_text()
    turn.locator("a.dl-cite").first.click()
    page.get_by_role("tab", name="Articles").click()
    assert "Lighthouse" in page.locator("#listed").inner_text()
    shown = "#conversation, #evidence, #offered, #shelf, #listed, #report, #masthead"
    assert page.evaluate("window.poisoned") is None
    count = "e => e.querySelectorAll('img, script, form, iframe').length"
    assert page.evaluate(f"[...document.querySelectorAll('{shown}')].map({count})") == [0] * 7
    assert seen.outside == []


def test_pasted_text_is_added_and_two_tabs_keep_their_own_conversations(page, seen):
    page.get_by_role("tab", name="Articles").click()
    page.locator("#pasted-title input, #pasted-title textarea").fill("Orchard of Elm sold")
    page.locator("#pasted-text textarea").fill(
        "The orchard of Elm was sold to Vera Strand on 7 July 2023, the owner said."
    )
    page.get_by_role("button", name="Add this text").click()
    page.locator("#report").get_by_text("1 added.").wait_for()
    page.get_by_role("tab", name="Ask").click()
    assert "Vera Strand" in ask(page, "To whom was the orchard of Elm sold?").inner_text()
    other = at_rest(page.context.new_page(), seen)
    assert other.locator(".dl-turn").count() == 0
    assert "9 euros" in ask(other, "What does a ticket cost?").inner_text()
    other.close()
    reload(page, seen)
    assert "Vera Strand" in page.locator("#turn-1").inner_text()
    assert page.locator("#conversation .dl-turn").count() == 1


def test_phone_has_no_sideways_scroll_and_readable_contrast(context, seen):
    parts = [".dl-answer", ".dl-meta", ".dl-cite", ".dl-verdict", ".dl-facts", ".dl-evidence mark", ".dl-state"]
    wide = "document.documentElement.scrollWidth"
    with visited(context, seen, size=PHONE) as page:
        ask(page, "When will the ferry to Sandholm sail again?")
        assert page.evaluate(wide) <= 390
        assert page.locator(".dl-source").first.bounding_box()["y"] > page.locator("#form").bounding_box()["y"]
        for scheme in ("light", "dark"):
            set_scheme(page, scheme)
            low = {name: ratio for name in parts if (ratio := page.evaluate(CONTRAST, name)) < 4.5}
            assert low == {}, scheme
        page.get_by_role("tab", name="Articles").click()
        page.locator("#take-files").wait_for()
        assert page.evaluate(wide) <= 390
        page.get_by_role("tab", name="Timeline").click()
        page.locator(".dl-dot").first.wait_for()
        assert page.evaluate(wide) <= 390
        cut = "one => one.scrollWidth > one.clientWidth || one.getBoundingClientRect().right > 390"
        assert page.locator(".dl-lane-name").evaluate_all(f"names => names.filter({cut}).length") == 0


def test_page_sends_the_headers_that_keep_others_out(origin):
    import urllib.request

    with urllib.request.urlopen(origin, timeout=30) as reply:
        assert "connect-src 'self'" in reply.headers["content-security-policy"]
        assert reply.headers["x-frame-options"] == "DENY"
    foreign = urllib.request.Request(origin, headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(foreign, timeout=30)
    with caught.value as reply:
        assert reply.code == 400


def test_programs_call_stable_names_and_get_no_file_of_the_machine(origin, monkeypatch):
    import urllib.request

    from gradio_client import Client
    from gradio_client.exceptions import AppError
    from huggingface_hub.utils import _detect_agent

    # The client's library would ask its own host for a list before it speaks to ours.
    monkeypatch.setattr(_detect_agent, "_registry", {"standardEnvVars": [], "harnesses": {}})
    client = Client(origin, verbose=False, analytics_enabled=False)
    names = set(client.view_api(return_format="dict")["named_endpoints"])
    assert names == {f"/{name}" for name in TOOLS | {"add", "delete", "evaluate"}}
    answer = client.predict("When will the ferry to Sandholm sail again?", api_name="/ask")
    cited = answer["citations"][0]
    article = client.predict(cited["article_id"], api_name="/article")
    assert article["text"][cited["start"] : cited["end"]] == cited["quote"]
    moments = client.predict("ferry", "2023-04-01", "2023-04-30", api_name="/timeline")["moments"]
    assert [moment["day"] for moment in moments] == ["2023-04-14"]
    told = {"title": "Quarry closed", "url": "https://post.example/quarry", "published": "2023-02-03"}
    (article_id,) = client.predict("The quarry of Elm closed, the owner said.", **told, api_name="/add")["added"]
    added = client.predict(article_id, api_name="/article")
    assert {name: added[name] for name in told} == told
    assert client.predict([article_id, "none"], api_name="/delete")["deleted"] == [article_id]
    with pytest.raises(AppError, match="There is no set 'x'; there are: seeds"):
        client.predict("x", api_name="/evaluate")
    for path in ("/gradio_api/file=/etc/passwd", "/monitoring", "/gradio_api/runs", "/docs"):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{origin}{path}", timeout=30)
        with caught.value as reply:
            assert reply.code in {403, 404}


def test_mcp_client_lists_the_tools_and_calls_them(origin):
    import asyncio
    import json
    from concurrent.futures import ThreadPoolExecutor

    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def called():
        async with (
            streamable_http_client(f"{origin}/gradio_api/mcp/") as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            tools = {tool.name: tool for tool in (await session.list_tools()).tools}
            result = await session.call_tool("search", {"query": "ferry to Sandholm", "k": 1})
            kept_out = await session.call_tool("delete", {"article_ids": ["ferry"]})
            return tools, result, kept_out

    # In a thread: the browser's driver has this one's event loop.
    with ThreadPoolExecutor(1) as pool:
        tools, result, kept_out = pool.submit(asyncio.run, called()).result(timeout=60)
    assert set(tools) == TOOLS
    assert kept_out.isError
    assert "every sentence cited" in tools["ask"].description
    assert "question" in tools["ask"].inputSchema["properties"]
    assert "Sandholm" in json.dumps([part.text for part in result.content])


def test_timeline_dot_opens_the_words(page):
    page.get_by_role("tab", name="Timeline").click()
    dot = page.locator(".dl-dot").first
    dot.wait_for()
    dot.focus()
    page.keyboard.press("Enter")
    marked = page.locator("#words-of mark").first
    marked.wait_for()
    assert marked.text_content() in FERRY
    assert page.locator(".dl-moments li.dl-here").count() == 1
    page.get_by_label("With the words").fill("zeppelin")
    page.get_by_role("button", name="Draw").click()
    page.get_by_text("Nothing here is told with a day.").wait_for()


def test_answer_is_inspected_judged_exported_and_made_a_case(page, origin, tmp_path):
    turn = ask(page, "How long does the crossing take?")
    turn.get_by_role("button", name="Not right").click()
    page.get_by_placeholder("What is wrong").fill("It should say minutes.")
    page.get_by_role("button", name="Save the note").click()
    page.get_by_text("Noted: not right.").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export all").click()
    assert download.value.suggested_filename == "conversation.md"
    turn.get_by_role("button", name="Inspect").click()
    page.locator("#stages").get_by_text("Found:").wait_for()
    assert "dense" in page.locator("#stages").inner_text()
    page.get_by_role("tab", name="Ask").click()
    turn.get_by_role("button", name="Make it a case").click()
    page.locator("#case-question textarea").wait_for()
    page.wait_for_function("document.querySelector('#case-question textarea').value.startsWith('How long')")
    page.locator("#case-expected textarea").fill("55 minutes")
    page.get_by_role("button", name="Add it to your cases").click()
    page.get_by_text("Case own-001 is in").wait_for()
    page.locator("#set input").click()
    page.get_by_role("option", name="your own cases").click()
    page.get_by_role("button", name="Run", exact=True).click()
    page.locator("#scores .dl-figures").first.wait_for()
    assert "1 cases of “cases”" in page.locator("#scores").inner_text()


def test_exported_conversation_is_checked_against_the_articles_and_a_false_one_fails(page, served, tmp_path, capsys):
    import json

    from dateline.app.main import main

    ask(page, "When will the ferry to Sandholm sail again?")
    ask(page, "What does a ticket cost?")
    saved = []
    page.on("download", lambda download: saved.append(download.suggested_filename))
    with page.expect_download(lambda download: download.suggested_filename == "conversation.json") as packed:
        page.get_by_role("button", name="Export all").click()
    packed.value.save_as(tmp_path / "pack.json")
    assert set(saved) == {"conversation.md", "conversation.json"}
    command = ["--home", str(served.home), "export", "--check"]
    assert main([*command, str(tmp_path / "pack.json")]) == 0
    said = capsys.readouterr().out
    assert re.search(r"(\d+) of \1 quotes hold\.", said)
    told = json.loads((tmp_path / "pack.json").read_text("utf-8"))
    told["packs"][0]["result"]["citations"][0]["quote"] = "The ferry will never sail again."
    (tmp_path / "false.json").write_text(json.dumps(told), "utf-8")
    assert main([*command, str(tmp_path / "false.json")]) == 1
    assert "does not stand in the article" in capsys.readouterr().out


def test_settings_are_kept_and_used_and_the_page_goes_dark(page, seen):
    page.get_by_role("tab", name="Settings").click()
    stored = "localStorage.getItem('dateline:settings')"
    page.get_by_label("A threshold of my own").check()
    page.wait_for_function(stored)
    before = page.evaluate(stored)
    page.get_by_label("Refuse below this confidence").first.fill("1")
    page.wait_for_function(f"before => {stored} !== before", arg=before)
    chosen = page.locator('[data-look][aria-pressed="true"]')
    assert chosen.all_text_contents() == ["As the system"]
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate("document.body.classList.contains('dark')")
    assert chosen.all_text_contents() == ["Dark"]
    reload(page, seen)
    page.locator(".dl-welcome").wait_for()
    assert page.evaluate("document.body.classList.contains('dark')")
    assert ask(page, "When will the ferry to Sandholm sail again?").locator(".dl-refusal").count() == 1


def test_draft_is_marked_sentence_by_sentence(page):
    page.get_by_role("tab", name="Check a draft").click()
    page.locator("#draft textarea").fill("A single ticket costs 9 euros. A zeppelin landed in Reykjavik.")
    page.get_by_role("button", name="Check it against the articles").click()
    rows = page.locator(".dl-draft-rows > li")
    rows.nth(1).wait_for()
    assert "supported" in rows.nth(0).locator(".dl-verdict").inner_text()
    assert "not found in the articles" in rows.nth(1).locator(".dl-verdict").inner_text()
    rows.nth(0).locator(".dl-title").first.click()
    page.locator("#beside mark").first.wait_for()


def test_axe_finds_nothing_serious_on_any_tab_light_or_dark(page):
    from importlib import resources

    drawn = {
        "Ask": ".dl-verdict", "Articles": "#listed .dl-table", "Timeline": ".dl-dot",
        "Check a draft": "#draft textarea", "Inspect": "#inspect-run", "Evaluate": "#run-set",
        "Settings": "#started dl",
    }  # fmt: skip
    page.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    ask(page, "When will the ferry to Sandholm sail again?")
    found = {}
    for name, part in drawn.items():
        page.get_by_role("tab", name=name, exact=True).click()
        page.locator(part).first.wait_for()
        for scheme in ("light", "dark"):
            set_scheme(page, scheme)
            faults = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
            bad = [
                f"{f['id']}: {f['nodes'][0]['html'][:160]}" for f in faults if f["impact"] in {"serious", "critical"}
            ]
            if bad:
                found[name, scheme] = bad
    assert found == {}
