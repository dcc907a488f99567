"""Checking a draft: sentence by sentence, against articles or given texts."""

import json

import pytest

from dateline.app.batch import verify_batch
from dateline.app.cli.text import verification_text
from dateline.app.verify.draft import articles_of_texts, verify

TOLLS = "Mayor Anna Holm opened the bridge on 4 May 2021. It cost 90 million crowns. Ferries did not stop at once."
OTHER = "The bridge is 900 metres long. Drivers pay 40 crowns."


def checked(text, *sources):
    given = articles_of_texts(sources or (TOLLS, OTHER))
    return verify(text, lambda _sentence: given)


def test_verify_tells_each_sentence_apart():
    result = checked("Anna Holm opened the bridge. It cost 80 million crowns. Wheat grows in Spain.")
    assert [statement.verdict for statement in result.statements] == ["supported", "contradicted", "unsupported"]
    assert result.verdict == "contradicted"


def test_verify_contradicted_sentence_shows_the_words_that_contradict_it():
    result = checked("The bridge cost 80 million crowns.")
    (statement,) = result.statements
    assert ("number", "80 million, not 90 million", False) in [
        (check.kind, check.value, check.ok) for check in statement.checks
    ]
    assert "It cost 90 million crowns." in [citation.quote for citation in result.citations]


def test_verify_takes_the_source_that_supports():
    result = checked("Drivers pay 40 crowns.")
    assert result.verdict == "supported"
    assert [citation.article_id for citation in result.citations] == ["source-2"]


def test_verify_quotes_are_exact():
    result = checked("Holm opened the bridge in May 2021.")
    (citation,) = result.citations
    assert citation.quote == TOLLS[citation.start : citation.end]


def test_verify_score_is_higher_for_what_is_said():
    true, false = checked("It cost 90 million crowns."), checked("It cost 80 million crowns.")
    assert 0 <= false.score < true.score <= 1


@pytest.mark.parametrize("sources", [[], [""], ["  \n"]])
def test_verify_against_nothing_is_not_found(sources):
    given = articles_of_texts(sources)
    result = verify("It cost 90 million crowns.", lambda _sentence: given)
    assert (result.verdict, result.citations) == ("unsupported", ())


def test_verify_blank_text_has_no_sentences():
    assert checked(" \n").statements == ()


def no_articles():
    raise AssertionError("a line with its own sources needs no articles")


def test_verify_batch_line_with_sources_needs_no_articles():
    lines = [
        json.dumps({"id": 7, "statement": "It cost 90 million crowns.", "sources": [TOLLS]}).encode(),
        b"{broken",
        json.dumps({"id": 8, "statement": "It cost 70 million crowns.", "sources": [TOLLS]}).encode(),
    ]
    first, broken, last = verify_batch(no_articles, lines)
    assert (first["id"], first["verdict"]) == (7, "supported")
    assert set(first) == {"id", "verdict", "score", "checks", "citations", "statements"}
    assert first["score"] > last["score"]
    assert "cannot be read" in broken["error"]
    assert (last["id"], last["verdict"]) == (8, "contradicted")


def test_verification_text_names_verdicts_and_quotes():
    text = verification_text(checked("It cost 80 million crowns. Wheat grows in Spain."))
    assert "✗ contradicted" in text
    assert "not 90 million" in text
    assert "✗ not found" in text
    assert "“It cost 90 million crowns.”" in text


def test_verify_words_of_one_speaker_given_to_another_are_contradicted():
    # The sentence that names Rask shares more words with the statement; that of Brekke has what is said.
    said = "“The tunnel is too narrow,” engineer Ola Brekke said. Mayor Signe Rask said the tunnel meets every rule."
    assert checked("Ola Brekke said the tunnel is too narrow.", said).verdict == "supported"
    assert checked("Signe Rask said the tunnel is too narrow.", said).verdict == "contradicted"
