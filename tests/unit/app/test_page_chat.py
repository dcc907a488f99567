import json
import threading
from dataclasses import replace

import pytest
from desk_news import BRIDGE, HARBOUR, DeskNews, answer_of, cite, refusal_of

from dateline.app.answer import EvidenceRow
from dateline.app.page.articles import Pasted, add_files, add_text, delete, replace_article
from dateline.app.page.chat import Asked, article_of, ask, turns, view_of
from dateline.app.page.evidence import evidence_panel
from dateline.app.page.examples import Examples, example_questions
from dateline.app.page.kept import record_of, refreshed, session_of
from dateline.app.page.limits import Limits
from dateline.app.page.session import Session
from dateline.index.article import Article
from dateline.index.errors import CorpusReadOnly

COST = cite(HARBOUR, "It cost 30 million.")


def news_that_answers():
    return DeskNews(HARBOUR, BRIDGE, script=lambda question: answer_of(question, COST))


def asked(news, question, session=None, **limits):
    return list(ask(news, session or Session(), Asked(question, Limits(**limits))))


def test_ask_shows_the_question_at_once_then_the_sources_then_the_answer():
    views = asked(news_that_answers(), "What did it  cost?")
    assert "What did it cost?" in views[0].pending
    assert any("Reading 2 passages from" in (view.evidence or "") for view in views)
    last = views[-1]
    assert last.pending == ""
    assert "What did it cost?" in last.conversation
    assert '<mark data-cite="1">It cost 30 million.</mark>' in last.evidence
    assert [exchange.question for exchange in last.session.exchanges] == ["What did it cost?"]


def test_ask_again_hands_the_turns_before_on():
    news = news_that_answers()
    first = asked(news, "What did it cost?")[-1]
    second = asked(news, "And when?", first.session)[-1]
    assert [turn.question for turn in news.heard[1]["history"]] == ["What did it cost?"]
    assert [turn.question for turn in turns(second.session)] == ["What did it cost?", "And when?"]


def test_ask_hands_limits_on():
    news = news_that_answers()
    asked(news, "x", as_of="2021-05-05", articles=["harbour"])
    assert news.heard[0]["as_of"].isoformat() == "2021-05-05"
    assert news.heard[0]["articles"] == ["harbour"]
    asked(news, "x", outlets=["Lindvik Post"])
    assert news.heard[1]["articles"] == ["harbour"]
    asked(news, "x", since="2022-01-01")
    assert news.heard[2]["articles"] == ["bridge"]


def test_ask_nothing_changes_nothing():
    (view,) = asked(news_that_answers(), "  ")
    assert view.session == Session()


def test_ask_with_a_date_that_is_none_says_so_and_is_no_turn():
    view = asked(news_that_answers(), "x", as_of="yesterday")[-1]
    assert "is no date; write it as 2023-03-24." in view.conversation
    assert turns(view.session) == ()


def test_ask_a_fault_inside_says_so_without_its_words(caplog):
    def script(question):
        raise RuntimeError("secret path")

    view = asked(DeskNews(HARBOUR, script=script), "x")[-1]
    assert "Something failed inside Dateline" in view.conversation
    assert "secret path" not in view.conversation
    assert "secret path" in caplog.text


def test_view_of_an_empty_session_is_the_welcome():
    assert "Hello" in view_of(Session(), empty="<p>Hello</p>").conversation


def test_add_files_tells_the_state_of_each_file_and_why_one_was_skipped(tmp_path):
    (tmp_path / "fog.txt").write_text("Fog closes airport\n\nFog closed the airport of Lindvik on Monday morning.")
    (tmp_path / "empty.txt").write_text("")
    news = DeskNews()
    first, second, last = add_files(news, [str(tmp_path / "fog.txt"), str(tmp_path / "empty.txt")])
    assert '<progress max="2" value="0"' in first
    assert "… reading</span> <bdi>fog.txt</bdi>" in first
    assert "· waiting</span> <bdi>empty.txt</bdi>" in first
    assert "✓ added</span> <bdi>fog</bdi>" in second
    assert "1 added, 1 skipped." in last
    assert "<bdi>empty.txt</bdi>: it is empty" in last
    assert str(tmp_path) not in first + second + last
    assert news.held["fog"].path == "fog.txt"


def test_replace_keeps_the_id_and_takes_the_new_words():
    news = DeskNews(HARBOUR)
    replace_article(news, "harbour", path=None, text="Harbour closes\n\nThe harbour of Lindvik closed on Friday.")
    assert "closed on Friday" in news.held["harbour"].text
    assert list(news.held) == ["harbour"]


def test_replace_by_a_file_of_several_articles_says_so(tmp_path):
    lines = [json.dumps({"title": f"t{n}", "text": f"The harbour of Lindvik closed on day {n}."}) for n in range(2)]
    (tmp_path / "two.jsonl").write_text("\n".join(lines))
    news = DeskNews(HARBOUR)
    shown = replace_article(news, "harbour", path=str(tmp_path / "two.jsonl"), text="")
    assert "two.jsonl holds 2 articles" in shown
    assert news.held["harbour"] == HARBOUR


def test_replace_by_nothing_says_what_to_do():
    assert "Choose a file or paste" in replace_article(DeskNews(HARBOUR), "harbour", path=None, text=" ")


def test_add_files_without_any_says_what_to_do():
    assert "Choose one or more files first." in "".join(add_files(DeskNews(), []))


def test_add_text_takes_the_title_that_was_given():
    news = DeskNews()
    told = add_text(news, Pasted("Fog at sea", "Fog closed the harbour of Lindvik on Monday morning."))
    assert "1 added." in told
    assert "<bdi>Fog at sea</bdi>" in told
    (article,) = news.held.values()
    assert (article.title, article.article_id.rsplit("-", 1)[0]) == ("Fog at sea", "fog-at-sea")


def test_add_text_two_different_texts_without_title_are_two_articles():
    news = DeskNews()
    for text in ("Fog closed the harbour of Lindvik on Monday.", "Snow closed the harbour of Lindvik on Friday."):
        add_text(news, Pasted("", text))
    assert len(news.held) == 2


def test_add_text_without_text_says_what_to_do():
    assert "Paste the words of an article first." in add_text(DeskNews(), Pasted("Title", " \n"))


def test_change_of_a_corpus_that_only_reads_says_so(monkeypatch):
    news = DeskNews(HARBOUR)

    def refuse(*_, **__):
        raise CorpusReadOnly("Opened for reading only.")

    monkeypatch.setattr(news, "ingest_articles", refuse)
    monkeypatch.setattr(news, "delete", refuse)
    text = "Fog closed the harbour of Lindvik on Monday."
    assert "Opened for reading only." in add_text(news, Pasted("", text))
    assert "Opened for reading only." in delete(news, ["harbour"])


def test_delete_counts_what_went():
    news = DeskNews(HARBOUR, BRIDGE)
    assert "Deleted 1 article." in delete(news, ["harbour"])
    assert "Choose the articles to delete first." in delete(news, [])
    assert list(news.held) == ["bridge"]


def test_examples_come_from_names_and_offices_in_the_articles():
    text = "Mayor Ida Holm cut the ribbon. “It is long,” said Ole Berg. In June Ida Holm met Karin Lund in Oslo."
    assert example_questions([Article(article_id="a", title="Short", text=text)]) == [
        "When did Ida Holm meet Karin Lund?",
        "Who is Ida Holm?",
        "What did Ole Berg say?",
    ]


def test_examples_cut_the_employer_before_a_name_and_keep_its_particle():
    text = "The chairman of Blue Line Ole Berg said so. “Never,” said Ursula von Ahn. In June Monday said nothing."
    assert example_questions([Article(article_id="a", title="Short", text=text)]) == [
        "Who is Ole Berg?",
        "What did Ole Berg say?",
        "What did Ursula von Ahn say?",
    ]


def test_examples_fall_back_on_titles_and_are_none_without_articles():
    article = Article(article_id="a", title="Snow closes the northern road", text="snow fell.")
    assert example_questions([article]) == ["What is reported about “Snow closes the northern road”?"]
    assert example_questions([]) == []


def test_refused_question_is_a_turn_too():
    view = asked(DeskNews(HARBOUR, script=refusal_of), "How old is she?")[-1]
    assert [turn.question for turn in turns(view.session)] == ["How old is she?"]


def test_ask_while_answering_leaves_the_turns_before_alone():
    news = news_that_answers()
    first = asked(news, "What did it cost?")[-1]
    _, *between, _ = asked(news, "And when?", first.session)
    assert [view.conversation for view in between] == [None] * len(between)


def test_session_before_a_turn_keeps_what_was_asked_earlier():
    session = asked(news_that_answers(), "And when?", asked(news_that_answers(), "What?")[-1].session)[-1].session
    assert [item.question for item in session.before(2).exchanges] == ["What?"]
    assert session.before(1) == session.before(0) == Session()
    assert session.turn(2).question == "And when?"
    assert session.turn(3) is None


def test_kept_conversation_comes_back_as_it_was():
    news = news_that_answers()
    news.script = lambda question: answer_of(question, COST) if "cost" in question else refusal_of(question)
    first = asked(news, "What did it cost?", Session(key="k1"))[-1].session
    session = asked(news, "Age?", first)[-1].session
    assert session.key == "k1"
    exchanges = tuple(replace(item, sent=None) for item in session.exchanges)  # that is not kept
    assert session_of(record_of(session), article=news.article) == Session(exchanges, "k1")


def test_kept_conversation_of_a_deleted_article_shows_the_quote_without_a_highlight():
    news = news_that_answers()
    record = record_of(asked(news, "What did it cost?")[-1].session)
    news.held.clear()
    shown = evidence_panel(session_of(record, article=news.article))
    assert "It cost 30 million." in shown
    assert "This article is no longer in the corpus." in shown
    assert "<mark" not in shown


def test_session_after_a_change_of_articles_shows_them_as_they_are_now():
    news = news_that_answers()
    session = asked(news, "What did it cost?")[-1].session
    add_text(news, Pasted("", "Another article, of the bridge and of nothing else, on Monday."))
    assert refreshed(session, article=news.article) == session
    replace_article(news, "harbour", path=None, text="Harbour closes\n\nThe harbour of Lindvik closed on Friday.")
    shown = evidence_panel(refreshed(session, article=news.article))
    assert "no longer stand at their place" in shown
    assert "<mark" not in shown


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"schema":2,"turns":[]}', '{"schema":1,"turns":7}'])
def test_kept_conversation_that_cannot_be_read_is_an_empty_one(broken):
    assert session_of(broken, article=DeskNews().article) == Session()


def test_kept_turn_that_cannot_be_read_is_left_out_and_the_rest_stays():
    turns = [{"question": "a", "result": {"kind": "answer"}}, {"question": "b", "error": "It failed."}]
    session = session_of(json.dumps({"schema": 1, "turns": turns}), article=DeskNews().article)
    assert [item.question for item in session.exchanges] == ["b"]


def test_article_in_the_pane_is_whole_and_one_that_is_gone_says_so():
    news = DeskNews(HARBOUR)
    assert "Mayor Ida Holm cut the ribbon." in article_of(news, "harbour")
    assert 'role="alert"' in article_of(news, "none")


def test_follow_ups_come_from_the_evidence_and_are_not_asked_already():
    text = "Mayor Ida Holm cut the ribbon. “It is long,” said Ole Berg."
    article = Article(article_id="a", title="Short", text=text)
    rows = (EvidenceRow("a", 0, len(text), {}),)
    quote = cite(article, "Mayor Ida Holm cut the ribbon.")
    news = DeskNews(article, script=lambda question: answer_of(question, quote, evidence=rows))
    session = asked(news, "Who is Ida Holm?")[-1].session
    assert Examples(news).follow_ups(session) == ["What did Ole Berg say?"]
    assert Examples(news).follow_ups(Session()) == []


def test_examples_made_aside_are_made_once_however_early_the_first_visitor_comes():
    begun = threading.Event()

    def answered(question):
        begun.set()
        return answer_of(question)

    text = "Mayor Ida Holm cut the ribbon. “It is long,” said Ole Berg."
    news = DeskNews(Article(article_id="a", title="Short", text=text), script=answered)
    examples = Examples(news)
    with examples.made_aside():
        assert begun.wait(10)
        assert examples.questions() == ["Who is Ida Holm?", "What did Ole Berg say?"]
    assert [heard["question"] for heard in news.heard] == ["Who is Ida Holm?", "What did Ole Berg say?"]


def test_examples_made_aside_ask_nothing_more_when_it_ends():
    begun = threading.Event()

    def slow(question):
        begun.set()
        assert examples._ending.wait(10)
        return answer_of(question)

    text = "Mayor Ida Holm cut the ribbon. “It is long,” said Ole Berg."
    news = DeskNews(Article(article_id="a", title="Short", text=text), script=slow)
    examples = Examples(news)
    with examples.made_aside():
        assert begun.wait(10)
    assert [heard["question"] for heard in news.heard] == ["Who is Ida Holm?"]


def test_examples_leave_out_what_is_refused_and_are_asked_once_a_corpus():
    text = "Mayor Ida Holm cut the ribbon. “It is long,” said Ole Berg."
    news = DeskNews(
        Article(article_id="a", title="Short", text=text),
        script=lambda question: refusal_of(question) if "Ida" in question else answer_of(question),
    )
    examples = Examples(news)
    assert examples.questions() == ["What did Ole Berg say?"]
    n_asked = len(news.heard)
    assert examples.questions() == ["What did Ole Berg say?"]
    assert len(news.heard) == n_asked
    news.held.clear()
    assert examples.questions() == []
