import html
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from desk_news import BRIDGE, HARBOUR, answer_of, cite, refusal_of

from dateline.app.answer import Conflict, Side
from dateline.app.page.conversation import conversation, pending_turn, suggestions
from dateline.app.page.evidence import MAX_AROUND, article_panel, evidence_panel
from dateline.app.page.html import Marked, esc, link, with_marks
from dateline.app.page.masthead import masthead, welcome
from dateline.app.page.session import MAX_EXCHANGES, Exchange, Session
from dateline.app.settings import Settings
from dateline.index.chunk import Print

POISON = '</p><script>x()</script><img src=x onerror="x()"><form action="http://evil.example">${value}{{value}}'
COST = cite(HARBOUR, "It cost 30 million.")
ARTICLES = {"harbour": HARBOUR, "bridge": BRIDGE}


def words_of(markup):
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def panel(result, *, articles=ARTICLES):
    return evidence_panel(Session((exchange(result, articles=articles),)))


def exchange(result, *, articles=ARTICLES, question="What did it cost?"):
    return Exchange(question, result, articles)


def test_marks_keep_every_character_and_overlap_into_one_mark():
    text = "a <b> & “c” d"
    marked = with_marks(text, [Marked(2, 8, 1), Marked(6, 11, 2)], start=0, end=len(text))
    assert words_of(marked) == text
    assert re.findall(r'<mark data-cite="([\d ]+)">([^<]*)</mark>', marked) == [
        ("1", "&lt;b&gt; "),
        ("1 2", "&amp; "),
        ("2", "“c”"),
    ]


def test_marks_outside_the_part_shown_are_left_out():
    assert with_marks("one two three", [Marked(0, 3, 1), Marked(8, 13, 2)], start=4, end=7) == "two"


def test_marks_that_reach_over_the_edge_are_cut_there():
    assert with_marks("one two", [Marked(0, 7, 1)], start=4, end=7) == '<mark data-cite="1">two</mark>'


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/local", "", None, "http://["])
def test_link_to_anything_but_the_web_is_no_link(url):
    assert link(url, "Original") == ""


def test_link_to_the_web_is_escaped_and_tells_nothing():
    assert link('https://a.example/"><b>', "Original") == (
        '<a href="https://a.example/&quot;&gt;&lt;b&gt;" target="_blank" '
        'rel="noopener noreferrer nofollow">Original</a>'
    )


def test_esc_lone_surrogates_and_controls_can_be_sent():
    assert esc("a\ud800b\x00c").encode("utf-8") == "a\ufffdb\ufffdc".encode()


def test_answer_shows_statement_verdict_citation_and_dates():
    markup = conversation(
        [
            exchange(
                answer_of(
                    "q", COST, short_answer="30 million", evidence_from=HARBOUR.published, evidence_to=HARBOUR.published
                )
            )
        ]
    )
    link = '<a class="dl-cite" href="#cite-1-1" data-turn="1" data-number="1" aria-label="Citation 1">[1]</a>'
    assert link in markup
    assert "30 million" in words_of(markup)
    assert "✓\xa0supported" in words_of(markup)
    assert "Evidence of 4 May 2021 · 1 source · confidence 0.90 · Quoted word for word" in words_of(markup)


def test_partly_supported_statement_says_so_in_words_and_why():
    markup = conversation([exchange(answer_of("q", COST, verdict="partly"))])
    assert "partly supported" in words_of(markup)
    assert 'title="Not found in the quotes: number 31"' in markup


def test_follow_up_shows_how_it_was_understood():
    markup = conversation(
        [exchange(answer_of("And the cost?", COST, standalone_question="What did the harbour cost?"))]
    )
    assert "Understood as: What did the harbour cost?" in words_of(markup)


def test_conflict_shows_both_sides_with_their_citations():
    conflict = Conflict("the cost", (Side("30 million", (1,)), Side("31 million", (2,))))
    other = cite(BRIDGE, "the bridge will be long", number=2)
    markup = conversation([exchange(answer_of("q", COST, other, conflicts=(conflict,)))])
    assert "The articles disagree about the cost" in words_of(markup)
    assert "30 million [1]Lindvik Post, 4 May 2021" in words_of(markup)
    assert "31 million [2]Bridge to be built, date unknown" in words_of(markup)


def test_refusal_shows_reason_nearest_articles_and_suggestion():
    shown = words_of(conversation([exchange(refusal_of("Age?"), question="Age?")]))
    for words in (
        "No article says this.",
        HARBOUR.title,
        "4 May 2021",
        "It names the mayor",
        "Add an article that does.",
    ):
        assert words in shown


def test_evidence_has_facts_the_quote_in_its_paragraph_and_the_whole_article():
    markup = panel(answer_of("q", COST))
    assert "Lindvik Post · By Per Dahl · Published 4 May 2021 · Original" in words_of(markup)
    quoted = re.search(r'<blockquote.*? id="cite-1-1".*?<div dir="auto">(.*?)</div>', markup)
    assert quoted
    assert words_of(quoted[1]) == "Mayor Ida Holm cut the ribbon. It cost 30 million."
    assert '<mark data-cite="1">It cost 30 million.</mark>' in quoted[1]
    whole = re.search(r'<div class="dl-whole".*?>(.*?)</div>', markup, re.DOTALL)
    assert whole
    assert words_of(whole[1]) == HARBOUR.text


def test_evidence_tells_where_each_fact_was_read_and_what_is_unknown():
    read = replace(HARBOUR, updated=date(2021, 5, 6), origins={"author": "byline", "published": "json-ld"})
    shown = words_of(panel(answer_of("q", COST), articles={"harbour": read}))
    assert "AuthorPer Dahl read in: byline" in shown
    assert "Published4 May 2021 read in: json-ld" in shown
    assert "Updated6 May 2021" in shown
    assert "Taken indate unknown" in shown


def test_evidence_without_date_or_outlet_says_so():
    shown = words_of(panel(answer_of("q", cite(BRIDGE, "the bridge will be long"))))
    assert "Outlet unknown · Date unknown" in shown


def test_evidence_of_one_article_cited_twice_is_one_source():
    cited = answer_of("q", COST, cite(HARBOUR, "Mayor Ida Holm cut the ribbon.", number=2))
    markup = panel(cited)
    assert (markup.count('class="dl-source"'), markup.count("<blockquote"), markup.count("dl-whole")) == (1, 2, 1)


def test_evidence_of_a_changed_article_is_never_highlighted():
    changed = replace(HARBOUR, text=f"Update. {HARBOUR.text}")
    markup = panel(answer_of("q", COST), articles={"harbour": changed})
    assert "<mark" not in markup
    assert "these words no longer stand at their place" in markup


def test_evidence_of_an_endless_paragraph_shows_what_stands_around_the_quote():
    endless = replace(HARBOUR, text="x " * 2000 + "It cost 30 million." + " y" * 2000)
    markup = panel(answer_of("q", cite(endless, "It cost 30 million.")), articles={"harbour": endless})
    quoted = re.search(r'<div dir="auto">(.*?)</div></blockquote>', markup)
    assert quoted
    assert len(words_of(quoted[1])) == 2 * MAX_AROUND + len("It cost 30 million.") + len("… ") + len(" …")


def test_evidence_is_of_the_last_turn_unless_another_is_named():
    session = Session((exchange(answer_of("q", COST)), exchange(answer_of("q", COST))))
    assert 'data-turn="2"' in evidence_panel(session)
    markup = evidence_panel(session, turn=1, number=1)
    assert 'data-turn="1"' in markup
    assert 'data-follow="1"' in markup


def test_evidence_after_a_refusal_is_none():
    session = Session((exchange(answer_of("q", COST)), exchange(refusal_of("Age?"))))
    assert "The exact words behind an answer appear here" in evidence_panel(session)
    assert "<blockquote" not in evidence_panel(session)


def test_article_alone_marks_the_words_that_are_named():
    start = HARBOUR.text.index("It cost")
    assert '<mark data-cite="1">It cost</mark>' in article_panel(HARBOUR, start=start, end=start + 7)
    assert "<mark" not in article_panel(HARBOUR, start=0, end=10_000)


def test_correction_is_told_as_one_with_its_day():
    conflict = Conflict("What did it cost?", (Side("20 million", (1,)), Side("30 million", (1,))), date(2021, 5, 6))
    shown = words_of(conversation([exchange(answer_of("q", COST, conflicts=(conflict,)))]))
    assert "Corrected on 6 May 2021: What did it cost?" in shown
    asked = replace(conflict, corrected_on=None)
    shown = words_of(conversation([exchange(answer_of("q", COST, conflicts=(asked,)))]))
    assert "The articles disagree: What did it cost?" in shown


def test_copies_of_an_article_count_as_one_source_and_are_named():
    second = Print(article_id="b", title="T <b>", publisher="Evening <i>", published=None, url=None, altered=True)
    third = Print(article_id="c", title="Third", publisher=None, published=None, url=None)
    shown = answer_of("q", replace(COST, copies=(second, third)))
    assert "1 source, printed by 3 outlets" in conversation([exchange(shown)])
    assert " 1 source ·" in conversation([exchange(answer_of("q", COST))])
    markup = panel(shown)
    assert "Also printed by 2 others: one source" in markup
    assert "Evening &lt;i&gt;" in markup
    assert markup.count("with other values in the same words") == 1
    assert 'data-do="read" data-article="c"' in markup
    assert "Also printed" not in panel(answer_of("q", COST))


def test_nothing_of_an_article_model_or_user_becomes_markup():
    poisoned = replace(
        HARBOUR, title=POISON, text=POISON + " " + POISON, publisher=POISON, author=POISON, url="javascript:x()"
    )
    quote = cite(poisoned, POISON)
    said = answer_of(POISON, quote, short_answer=POISON, notes=(POISON,), standalone_question=POISON + "?")
    said = replace(said, conflicts=(Conflict(POISON, (Side(POISON, (1,)),)),))
    refused = replace(refusal_of(POISON), message=POISON, suggestion=POISON)
    turns = [exchange(item, articles={"harbour": poisoned}, question=POISON) for item in (said, refused, POISON)]
    row = [replace_row(POISON)]
    markup = (
        conversation(turns)
        + pending_turn(POISON, words=POISON, status=POISON)
        + suggestions([POISON], title=POISON)
        + panel(said, articles={"harbour": poisoned})
        + article_panel(poisoned, start=3, end=9)
        + masthead(row, Settings(home="x", model=POISON, reader="llm"), notes=[POISON])
    )
    seen = Tags()
    seen.feed(markup)
    assert not {name for name, _ in seen.found} & {"script", "img", "form", "iframe", "object", "style"}
    names = {name for _, attributes in seen.found for name, _ in attributes}
    assert not {name for name in names if name.startswith("on")}
    targets = {value for _, attributes in seen.found for name, value in attributes if name in {"href", "src", "action"}}
    assert all(target.startswith("#cite-") for target in targets)


class Tags(HTMLParser):
    """The tags of some markup with their attributes, as a browser reads them."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, attrs))


def replace_row(text):
    from desk_news import DeskNews

    return DeskNews(replace(HARBOUR, title=text, publisher=text)).articles()[0]


def test_masthead_counts_articles_and_spans_their_dates():
    row = replace_row("Harbour")
    shown = words_of(masthead([row], Settings(home="x", reader="extractive")))
    assert "1 article · 4 May 2021 – 4 May 2021 · answers in the articles’ own words" in shown


def test_welcome_without_articles_says_how_to_add_some():
    assert "add some files" in welcome([])
    assert "What do you want to know?" in welcome([replace_row("x")])


def test_session_forgets_the_oldest_exchange_when_there_are_too_many():
    session = Session()
    for number in range(MAX_EXCHANGES + 2):
        session = session.with_exchange(exchange("e", question=str(number)))
    assert (len(session.exchanges), session.exchanges[0].question) == (MAX_EXCHANGES, "2")
