from desk_news import HARBOUR, DeskNews, answer_of, cite, refusal_of
from scripted_llm import Reply, ScriptedLLM, Status

from dateline.app.llm.client import LLMClient, LLMSettings
from dateline.app.llm.sent import Sent, keep, kept_in
from dateline.app.page.chat import Asked, ask
from dateline.app.page.session import Session
from dateline.app.page.stages import inspected
from dateline.prompts.loader import Message

ASKED = (Message("system", "Answer."), Message("user", "What did it <b>cost</b>?"))
COST = cite(HARBOUR, "It cost 30 million.")


def test_what_was_sent_is_what_the_server_got_once_a_call():
    with ScriptedLLM([Status(500), Reply("One."), Reply("Two.")]) as server:
        client = LLMClient(LLMSettings(model="m", base_url=server.url, max_retries=1), sleep=lambda _: None)
        sent = Sent()
        with client:
            with kept_in(sent):
                client.complete(ASKED)
                pieces = client.stream(ASKED[:1])
            with kept_in(later := Sent()):
                list(pieces)
    assert sent == [ASKED]
    assert later == [ASKED[:1]]
    assert [request.body["messages"][-1]["content"] for request in server.chats] == [
        "What did it <b>cost</b>?", "What did it <b>cost</b>?", "Answer.",
    ]  # fmt: skip


def test_nothing_is_kept_where_nobody_asked_for_it():
    keep(ASKED)
    with kept_in(sent := Sent()), kept_in(inner := Sent()):
        keep(ASKED)
    keep(ASKED)
    assert (sent, inner) == ([], [ASKED])


def test_question_on_the_page_keeps_what_was_sent_for_it_and_inspect_shows_it():
    def script(question):
        keep(ASKED)
        return answer_of(question, COST, reader="llm")

    news = DeskNews(HARBOUR, script=script)
    *_, last = ask(news, Session(), Asked("What did it cost?"))
    (exchange,) = last.session.exchanges
    assert exchange.sent == (ASKED,)
    markup = inspected(news, exchange.result, sent=exchange.sent)
    assert "Word for word as it was sent." in markup
    assert "What did it &lt;b&gt;cost&lt;/b&gt;?" in markup
    assert "2 messages" in markup


def test_inspect_after_a_reload_says_what_is_not_known_any_more():
    news = DeskNews(HARBOUR)
    assert "Built anew" in inspected(news, answer_of("q", COST, reader="llm"))
    assert "Nothing: no language model took part." in inspected(news, answer_of("q", COST))
    assert "Nothing: no language model took part." in inspected(news, refusal_of("q"), sent=())
