"""The Python API on the five seed articles: ingest, ask, cite, chat, LlamaIndex."""

import asyncio
import json
from datetime import date
from pathlib import Path

import pytest

from dateline.app import Answer, Dateline, Refusal, Settings
from dateline.index.errors import ArticleNotFound, BadInput, CorpusLocked

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
KREMLIN = "When did Tokayev and Putin meet in the Kremlin?"


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    with Dateline.open(tmp_path_factory.mktemp("home")) as opened:
        opened.ingest(SEEDS)
        yield opened


def test_ingest_same_files_again_changes_nothing(news):
    report = news.ingest(SEEDS)
    assert (len(report.added), len(report.updated), len(report.unchanged), report.skipped) == (0, 0, 5, ())


def test_ask_known_date_gives_it_with_exact_quotes(news):
    answer = news.ask(KREMLIN)
    assert isinstance(answer, Answer)
    assert answer.short_answer == "28 November 2022"
    for citation in answer.citations:
        assert news.article(citation.article_id).text[citation.start : citation.end] == citation.quote
    assert all(statement.citations for statement in answer.statements)


def test_ask_json_form_has_the_stable_fields(news):
    form = json.loads(json.dumps(news.ask(KREMLIN).to_dict()))
    assert form["schema"] == 1
    assert {"kind", "id", "short_answer", "statements", "citations", "timings_ms", "fingerprint"} <= set(form)


def test_ask_same_question_twice_has_the_same_answer_and_fingerprint(news):
    first, second = news.ask(KREMLIN), news.ask(KREMLIN)
    assert (first.text, first.fingerprint) == (second.text, second.fingerprint)
    assert first.id != second.id


def test_ask_what_no_article_tells_is_refused(news):
    result = news.ask("Who won the Champions League final?")
    assert isinstance(result, Refusal)
    assert result.message


def test_ask_as_of_hides_later_articles(news):
    result = news.ask("What did Alibek Zhamauov discuss in Ashgabat?", as_of=date(2022, 12, 31))
    shown = [citation.article_id for citation in result.citations] if isinstance(result, Answer) else []
    assert not any(shown_id.startswith("004") for shown_id in shown)


def test_ask_limited_to_one_article_cites_no_other(news):
    answer = news.ask("What did Peskov say?", articles=["003_23408d804feb23ab"])
    assert {row.article_id for row in answer.evidence} == {"003_23408d804feb23ab"}


def test_ask_limited_to_an_unknown_article_is_bad_input(news):
    with pytest.raises(ArticleNotFound, match="nowhere"):
        news.ask(KREMLIN, articles=["nowhere"])


@pytest.mark.parametrize("question", ["", "   ", "x" * 5000, "\ud800 gas"])
def test_ask_unusable_question_is_bad_input(news, question):
    with pytest.raises(BadInput):
        news.ask(question)


def test_chat_follow_up_knows_whom_it_is_about(news):
    chat = news.chat()
    chat.ask("Who is Alikhan Smailov?")
    answer = chat.ask("What did he say about the gas union?")
    assert "Smailov" in answer.standalone_question
    assert len(chat.turns) == 2


def test_query_engine_gives_the_same_answer_with_source_nodes(news):
    engine = news.as_query_engine()
    response = engine.query(KREMLIN)
    assert response.metadata["short_answer"] == "28 November 2022"
    node = response.source_nodes[0].node
    assert news.article(node.metadata["article_id"]).text[node.start_char_idx : node.end_char_idx] == node.text
    assert str(asyncio.run(engine.aquery(KREMLIN))) == str(response)


def test_retriever_gives_llama_index_nodes(news):
    nodes = news.as_retriever(k=3).retrieve(KREMLIN)
    assert len(nodes) == 3
    assert nodes[0].score >= nodes[1].score


def test_open_second_writer_is_told_at_once_and_a_reader_may_come(news):
    with pytest.raises(CorpusLocked):
        Dateline.open(news.settings.home)
    with Dateline.open(news.settings.home, read_only=True) as beside:
        assert beside.ask(KREMLIN).short_answer == "28 November 2022"


def test_delete_article_is_gone_from_answers(tmp_path):
    with Dateline.open(settings=Settings(home=tmp_path)) as news:
        news.ingest(SEEDS / "004_86c9301a45f99b67.txt")
        assert isinstance(news.ask("Who visited Ashgabat?"), Answer)
        assert news.delete("004_86c9301a45f99b67") == ("004_86c9301a45f99b67",)
        assert news.ask("Who visited Ashgabat?").reason == "no_evidence"
