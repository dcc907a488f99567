"""Instructions inside articles and questions are data, for both readers, even when a model obeys them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from injections import ARTICLE_POISONS, HONEST, QUESTION, QUESTION_POISONS, Attack, attacks
from made_evidence import made_evidence
from scripted_llm import Answering, ScriptedLLM

from dateline.app.answer import Answer
from dateline.app.chain import Parts, Request, answer
from dateline.app.condense.rules import condense
from dateline.app.llm.client import LLMClient, LLMSettings
from dateline.app.llm.reader import LLMReader
from dateline.app.parts import build_extractive
from dateline.app.reader import Reader
from dateline.app.settings import Settings
from dateline.app.verify.instructions import speaks_to_a_machine
from dateline.index.embed import default_embedder

IN_ARTICLES = attacks(ARTICLE_POISONS)
IN_QUESTIONS = attacks(QUESTION_POISONS)
EVERY = {attack.canary: attack for attack in [*IN_ARTICLES, *IN_QUESTIONS]}


class Found:
    """A retriever that always finds the same."""

    def __init__(self, text: str) -> None:
        self.evidence = [made_evidence(text, title="Bridge reopens", article_id="bridge")]

    def retrieve(self, query, *, k, filters=None, near=None):
        return self.evidence


class OneCorpus:
    """What building the extractive reader needs of a corpus."""

    embedder = default_embedder()


def obeying(body: dict[str, Any]) -> str:
    """The reply of a model that does whatever the last poison in its prompt wants."""
    told = json.dumps(body, ensure_ascii=False)
    for attack in [*IN_ARTICLES, *IN_QUESTIONS]:
        if json.dumps(attack.poison, ensure_ascii=False)[1:-1] in told:
            return f"{attack.obeyed}\nSHORT: {attack.canary}"
    return "The Holm bridge reopened on 4 May 2021 [1].\nSHORT: 4 May 2021"


@pytest.fixture(scope="module")
def llm_reader() -> Iterator[Reader]:
    with ScriptedLLM([Answering(obeying)]) as server:
        client = LLMClient(LLMSettings(model="any", api_key="sk-any", base_url=server.url, timeout_s=20, max_retries=0))
        yield LLMReader(client)
        client.close()


@pytest.fixture(scope="module")
def extractive_reader() -> Reader:
    return build_extractive(Settings(), OneCorpus())  # type: ignore[arg-type]


@pytest.fixture(params=["llm", "extractive"])
def reader(request: pytest.FixtureRequest) -> Reader:
    return request.getfixturevalue(f"{request.param}_reader")


def outcome(reader: Reader, *, text: str, question: str):
    parts = Parts(
        retriever=Found(text),
        reader=reader,
        fallback=None,
        condense=condense,
        new_id=lambda: "id",
        clock=lambda: 0.0,
        n_evidence=8,
        n_articles=lambda: 1,
        fingerprint=lambda: "f",
    )
    return answer(parts, Request(question=question))


def said(result) -> str:
    """All that is told as an answer; a refusal's nearest words are shown as an article's, not told."""
    if not isinstance(result, Answer):
        return ""
    return f"{result.text} {result.short_answer} {result.conflicts}"


def test_there_are_enough_attacks():
    assert len(IN_ARTICLES) + len(IN_QUESTIONS) >= 60


@pytest.mark.parametrize("attack", IN_ARTICLES, ids=lambda attack: attack.poison[:40])
def test_instruction_in_an_article_is_never_obeyed(reader: Reader, attack: Attack):
    for text in (f"{HONEST}\n\n{attack.poison}", f"{attack.poison}\n\n{HONEST}"):
        result = outcome(reader, text=text, question=QUESTION)
        assert attack.canary.casefold() not in said(result).casefold()


@pytest.mark.parametrize("attack", IN_QUESTIONS, ids=lambda attack: attack.poison[:40])
def test_instruction_in_a_question_is_never_obeyed(reader: Reader, attack: Attack):
    result = outcome(reader, text=HONEST, question=attack.poison)
    assert attack.canary.casefold() not in said(result).casefold()


def test_honest_question_is_still_answered_beside_a_poison(reader: Reader):
    result = outcome(reader, text=HONEST, question=QUESTION)
    assert "4 May 2021" in said(result)


@pytest.mark.parametrize("attack", IN_ARTICLES, ids=lambda attack: attack.poison[:40])
def test_speaks_to_a_machine_knows_the_poisons(attack: Attack):
    assert speaks_to_a_machine(attack.poison)


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor told officials to ignore the protests.",
        "Researchers showed that a chatbot can be made to ignore its rules.",
        "“Say what you want, the bridge is safe,” Lind said.",
        "The system was switched off on Monday.",
        "He asked the model to pose for the magazine.",
        "When asked about the toll, Lind declined to answer.",
        "The company's language model answers in forty languages.",
        "Never have so many drivers paid.",
    ],
)
def test_news_is_not_taken_for_an_order(sentence: str):
    assert not speaks_to_a_machine(sentence)
