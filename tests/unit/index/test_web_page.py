"""Web pages made up by hand; nothing here reaches for the network."""

from datetime import date

import pytest

from dateline.index.articles.web_page import declared_encoding, read_web_page

TODAY = date(2026, 1, 1)
TITLE = "Velden port reopens after storm"
PARAGRAPHS = (
    "The river port of Velden reopened on Tuesday after three days of repairs, its harbour master said, and ships were "
    "moving again by noon.",
    "“We are glad that it is over,” Maria Oduya told reporters at the quay, adding that the cost was not yet known.",
    "The council will meet on Thursday about a new sea wall, which engineers have asked for since the flood of 2009.",
)


def page(head="", above="", words=PARAGRAPHS, below=""):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in words)
    return (
        f"<html><head>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{TITLE}</h1>{above}{body}</article>"
        f"{below}<footer>© 2025 Valley Herald</footer></body></html>"
    )


def facts(html):
    return read_web_page(html, today=TODAY).facts


def test_main_text_is_the_article_without_title_menu_and_footer():
    assert read_web_page(page(), today=TODAY).text == "\n\n".join(PARAGRAPHS)


def test_json_ld_gives_all_facts():
    head = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
      {"@type":"Organization","@id":"#us","name":"Valley Herald"},
      {"@type":["NewsArticle"],"headline":"Velden port reopens","datePublished":"2024-05-03T23:30:00-05:00",
       "dateModified":"2024-05-06","author":[{"@type":"Person","name":"Jane Doe"},{"@type":"Person","name":"John Roe"}],
       "publisher":{"@id":"#us"}}]}</script>"""
    read = facts(page(head))
    assert read.title.value == "Velden port reopens"
    assert read.publisher.value == "Valley Herald"
    assert read.author.value == "Jane Doe, John Roe"
    assert read.published.value == date(2024, 5, 3)
    assert read.updated.value == date(2024, 5, 6)
    assert set(read.origins().values()) == {"json-ld", "words"}


def test_meta_elements_are_read_and_named():
    head = (
        '<meta property="og:site_name" content="Valley Herald"><meta name="author" content="By Jane Doe">'
        '<meta property="article:published_time" content="2024-05-03T10:00:00Z">'
        '<meta property="article:modified_time" content="2024-05-04"><link rel="canonical" href="https://valley.example/a/b">'
    )
    read = facts(page(head))
    assert (read.publisher.value, read.author.value) == ("Valley Herald", "Jane Doe")
    assert (read.published.value, read.updated.value) == (date(2024, 5, 3), date(2024, 5, 4))
    assert read.url.value == "https://valley.example/a/b"
    assert read.origins()["published"] == "meta"


def test_time_element_of_the_article_is_read_and_that_of_a_teaser_is_not():
    own = page(above='<time datetime="2024-05-03T10:00">3 May</time>')
    teaser = page(below='<aside><a href="/x">Another port</a><time datetime="2024-05-01">1 May</time></aside>')
    assert facts(own).published.value == date(2024, 5, 3)
    assert facts(own).origins()["published"] == "time element"
    assert facts(teaser).published is None


def test_words_of_the_page_are_read_where_the_head_is_silent():
    words = ("VELDEN, May 3 (Reuters) - " + PARAGRAPHS[0], *PARAGRAPHS[1:])
    read = facts(page(above="<p>Published: 3 May 2024</p><p>By Jane Doe</p>", words=words))
    assert (read.author.value, read.publisher.value) == ("Jane Doe", "Reuters")
    assert (read.published.value, read.dateline_place.value) == (date(2024, 5, 3), "Velden")


def test_page_without_a_date_is_undated_whatever_its_footer_says():
    assert facts(page()).published is None


def test_future_date_is_not_believed():
    assert facts(page('<meta property="article:published_time" content="2031-05-03">')).published is None


def test_broken_json_ld_is_passed_over():
    read = read_web_page(page('<script type="application/ld+json">{"@type":"NewsArticle",</script>'), today=TODAY)
    assert read.facts.title.value == TITLE
    assert read.text


@pytest.mark.parametrize(
    "html", ["", " ", "<html><body></body></html>", "<ul><li><a href='/'>Home</a></li></ul>", "no page"]
)
def test_page_without_an_article_is_an_empty_draft(html):
    assert read_web_page(html, today=TODAY).text == ""


def test_declared_encoding_is_found_in_the_head():
    assert declared_encoding(b'<html><head><meta charset="windows-1251">') == "windows-1251"
    assert declared_encoding(b"<html>") is None
