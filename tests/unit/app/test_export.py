import json
from dataclasses import replace

import pytest
from desk_news import BRIDGE, HARBOUR, DeskNews, answer_of, cite, refusal_of

from dateline.app.export import check_pack, pack_json, pack_markdown, read_pack, write_pack
from dateline.app.paragraph import paragraph_of
from dateline.index.errors import BadInput

COST = cite(HARBOUR, "It cost 30 million.")
ARTICLES = {"harbour": HARBOUR}


@pytest.fixture
def pack_file(tmp_path):
    return write_pack(tmp_path / "pack", answer_of("What did it cost?", COST), articles=ARTICLES)[1]


def faults(pack_file, *articles):
    return [finding.fault for finding in check_pack(read_pack(pack_file), DeskNews(*articles).article)]


def test_pack_holds_the_quote_in_its_paragraph_and_the_articles_hash():
    pack = pack_json(answer_of("What did it cost?", COST), ARTICLES)
    assert pack["paragraphs"] == {"1": "Mayor Ida Holm cut the ribbon. It cost 30 million."}
    assert pack["content_hashes"] == {"harbour": HARBOUR.content_hash}


def test_markdown_marks_the_quote_and_names_its_source():
    text = pack_markdown(answer_of("What did it cost?", COST), ARTICLES)
    assert "> Mayor Ida Holm cut the ribbon. **It cost 30 million.**" in text
    assert "New harbour opens in Lindvik · Lindvik Post · Per Dahl · 2021-05-04" in text


def test_markdown_markup_in_an_article_stays_plain_words():
    poisoned = replace(HARBOUR, text="See ![x](http://evil.example/p.png) <img src=x> `now`.")
    quote = cite(poisoned, poisoned.text)
    text = pack_markdown(answer_of("What?", quote), {"harbour": poisoned})
    assert "![x]" not in text
    assert "<img" not in text.replace("\\<img", "")


def test_markdown_of_a_refusal_says_why_and_what_came_near():
    text = pack_markdown(refusal_of("How old is she?"), {})
    assert "No answer** (weak\\_evidence)" in text or "No answer** (weak_evidence)" in text
    assert "New harbour opens in Lindvik" in text


def test_check_of_an_unchanged_corpus_finds_every_quote(pack_file):
    assert faults(pack_file, HARBOUR) == [None]


def test_check_of_a_changed_article_says_so(pack_file):
    changed = replace(HARBOUR, text=HARBOUR.text.replace("30 million", "31 million"))
    assert faults(pack_file, changed) == ["the quote does not stand in the article, which has changed since"]


def test_check_of_a_moved_quote_says_so(pack_file):
    moved = replace(HARBOUR, text=f"Update. {HARBOUR.text}")
    assert faults(pack_file, moved) == ["the quote stands elsewhere in the article, which has changed since"]


def test_check_without_the_article_says_so(pack_file):
    assert faults(pack_file, BRIDGE) == ["the article is not in this corpus"]


def test_check_of_a_forged_quote_fails(pack_file):
    pack = json.loads(pack_file.read_text("utf-8"))
    pack["result"]["citations"][0]["quote"] = "It cost 90 million."
    pack_file.write_text(json.dumps(pack), "utf-8")
    assert faults(pack_file, HARBOUR) == ["the quote does not stand in the article"]


@pytest.mark.parametrize("content", ["", "[]", '{"kind":"answer","result":{},"content_hashes":{}}', '{"kind":1}'])
def test_read_of_something_else_says_that_it_is_no_pack(tmp_path, content):
    file = tmp_path / "x.json"
    file.write_text(content)
    with pytest.raises(BadInput, match="is no evidence pack"):
        read_pack(file)


def test_read_of_a_missing_file_says_so(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        read_pack(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("quote", "paragraph"),
    [
        ("One.", "One."),
        ("Two", "Two. Three."),
        ("Three.", "Two. Three."),
        ("Three.\n\nFour", "Two. Three.\n\nFour."),
        ("Four.", "Four."),
    ],
)
def test_paragraph_runs_from_line_break_to_line_break(quote, paragraph):
    text = "One.\n \n  Two. Three.\n\nFour."
    start = text.index(quote)
    begin, stop = paragraph_of(text, start, end=start + len(quote))
    assert text[begin:stop] == paragraph


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("published", "1999-01-01", "another published"),
        ("title", "Moon is cheese", "another title"),
        ("quote", " ", "empty"),
    ],
)
def test_check_of_a_forged_citation_says_what_is_wrong(pack_file, field, value, fault):
    pack = json.loads(pack_file.read_text("utf-8"))
    pack["result"]["citations"][0][field] = value
    pack_file.write_text(json.dumps(pack), "utf-8")
    assert fault in faults(pack_file, HARBOUR)[0]


def test_check_of_a_statement_put_in_by_hand_says_so(pack_file):
    pack = json.loads(pack_file.read_text("utf-8"))
    pack["result"]["statements"].append({"text": "The moon is cheese.", "citations": [9]})
    pack_file.write_text(json.dumps(pack), "utf-8")
    assert [fault for fault in faults(pack_file, HARBOUR) if fault] == [
        "the statement “The moon is cheese.” cites a quote that the pack does not hold",
        "the statement “The moon is cheese.” does not stand in the answer's text",
    ]
