"""The support score: its signs, its order, and the place of a trained model."""

import math

import pytest

from dateline.app.verify.draft import LEAST_SUPPORT, articles_of_texts, verify
from dateline.app.verify.gist import MAX_CHARS, gist
from dateline.app.verify.judge import Held, judge
from dateline.app.verify.network import network_support
from dateline.app.verify.passage import Sources
from dateline.app.verify.statements import statements_in, without_marks
from dateline.app.verify.support import READ_BIAS, READ_SIGNS, READ_WEIGHT, Signs, score, signs
from dateline.index.spans import default_span_model

FERRY = (
    "The ferry to Solby sank in a storm on 4 May 2021. Divers found the wreck near Kolvik. "
    "The owner, Brevik Marine, paid 18 million crowns to the town."
)


def told(statement, *, read=None):
    source = Sources().of(articles_of_texts([FERRY])[0])
    judged = judge(statement, [Held(source, one) for one in source.view.sentences])
    return signs(statement, judged, source.passages(), read=read)


def test_signs_of_a_sentence_of_the_source_are_all_there():
    found = told("Divers found the wreck near Kolvik.")
    assert (found.near, found.together, found.runs) == (1.0, 1.0, 1.0)
    assert (found.amounts_nowhere, found.names_nowhere, found.altered) == (0, 0, False)


def test_signs_runs_are_words_in_threes_of_the_source():
    # divers-found-the, found-the-wreck stand there; the-wreck-at, wreck-at-Kolvik do not: 4 words of 6.
    assert told("Divers found the wreck at Kolvik.").runs == pytest.approx(4 / 6)


def test_signs_together_counts_close_pairs_in_one_sentence():
    # divers-wreck and wreck-Solby, divers-Solby: only the first stands in one sentence.
    assert told("Divers saw the wreck off Solby.").together < told("Divers saw the wreck off Kolvik.").together


@pytest.mark.parametrize(
    ("statement", "amounts", "names"),
    [
        ("Brevik Marine paid 18,000,000 crowns.", 0, 0),
        ("Brevik Marine paid 19 million crowns.", 1, 0),
        ("The ferry sank on May 4, 2021.", 0, 0),
        ("The ferry sank on 7 May 2021.", 1, 0),
        ("The ferry sank on 7 June 2021.", 1, 1),  # a month is a word with a capital, too
        ("The ferry to Solby sank off Hvide.", 0, 1),
    ],
)
def test_signs_count_facts_that_stand_nowhere(statement, amounts, names):
    found = told(statement)
    assert (found.amounts_nowhere, found.names_nowhere) == (amounts, names)


def test_score_falls_with_every_fact_that_is_wrong():
    right = score([told("The ferry to Solby sank on 4 May 2021.")])
    wrong = score([told("The ferry to Hvide sank on 4 May 2021.")])
    worse = score([told("The ferry to Hvide sank on 9 June 2019.")])
    assert 1 > right > wrong > worse > 0


def test_score_of_several_sentences_is_below_that_of_the_good_one():
    good, bad = told("Divers found the wreck near Kolvik."), told("Wheat grows in Spain.")
    assert score([good, bad]) < score([good])
    assert score([]) == 0.0


def test_score_takes_a_trained_model_in_by_its_log_odds():
    statement = "Divers found the wreck near Kolvik."
    plain, read = score([told(statement)]), score([told(statement, read=0.2)])
    assert math.log(read / (1 - read)) == pytest.approx(
        READ_BIAS + READ_SIGNS * math.log(plain / (1 - plain)) + READ_WEIGHT * math.log(0.2 / 0.8)
    )
    assert 0 < score([told(statement, read=0.0)]) < score([told(statement, read=1.0)]) < 1


def test_score_takes_the_least_that_a_model_gives_and_only_where_it_has_read_all():
    sure, unsure, unread = (Signs(1.0, 1.0, 1.0, 0, 0, False, read=read) for read in (0.9, 0.3, None))
    assert score([sure, unsure]) == score([unsure, unsure])
    assert score([sure, unread]) == score([unread])


def test_verify_gives_a_model_the_sentence_and_the_source_that_supports_it():
    seen = []

    def read(statement, source):
        seen.append((statement, source))
        return 0.01

    sources = articles_of_texts(["Wheat grows in Spain.", FERRY])
    plain = verify("Divers found the wreck [2].", lambda _sentence: sources)
    checked = verify("Divers found the wreck [2].", lambda _sentence: sources, read=read)
    assert seen == [("Divers found the wreck.", FERRY)]
    assert checked.score < plain.score
    assert plain.verdict == "supported"
    assert checked.verdict == ("supported" if checked.score >= LEAST_SUPPORT else "partly")


def test_verify_scattered_words_are_partly_supported_where_a_model_sees_no_support():
    sources = articles_of_texts([FERRY])
    statement = "Divers paid the storm in Kolvik."
    assert verify(statement, lambda _sentence: sources).verdict == "supported"
    checked = verify(statement, lambda _sentence: sources, read=lambda _sentence, _source: 0.05)
    assert checked.verdict == "partly"
    assert checked.statements[0].checks[-1].kind == "support"


def test_statements_of_a_summary_in_tokens_are_its_sentences():
    text = "the ferry sank . divers found it ."
    assert [text[start:end] for start, end in statements_in(text)] == ["the ferry sank .", "divers found it ."]
    assert statements_in(" \n") == []


def test_gist_takes_the_sentences_with_most_of_a_statements_words_in_their_order():
    filler = "Wheat grows in Spain and is sold in the north of the country. " * 20
    source = f"Divers searched the bay. {filler}They found the wreck near Kolvik. {filler}"
    short = gist("Divers found the wreck near Kolvik.", source)
    assert len(short) <= MAX_CHARS
    assert short.index("Divers searched") < short.index("found the wreck")
    assert gist("Divers found it.", "") == ""


def test_network_support_is_higher_where_the_source_says_it():
    read = network_support(default_span_model())
    assert 1 > read("Divers found the wreck near Kolvik.", FERRY) > read("Wheat grows in Spain.", FERRY) > 0


def test_verify_marks_of_a_model_are_no_numbers():
    sources = articles_of_texts([FERRY])
    result = verify("3. **Divers** found the wreck near Kolvik [7][12].", lambda _sentence: sources)
    assert result.verdict == "supported"
    assert without_marks("In 2021, 3.5 million sailed.") == "In 2021, 3.5 million sailed."
