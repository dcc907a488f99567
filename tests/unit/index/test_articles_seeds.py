"""What the five shipped articles are read as, fact by fact; None is a fact that the article does not state."""

from datetime import date
from pathlib import Path

import pytest

from dateline.index.article import Article
from dateline.index.articles.read import read_articles

SEEDS = Path(__file__).parents[3] / "seeds"
TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def seeds() -> dict[str, Article]:
    articles = [article for article in read_articles([SEEDS], today=TODAY) if isinstance(article, Article)]
    return {article.article_id[:3]: article for article in articles}


@pytest.mark.parametrize(
    ("number", "publisher", "author", "published", "updated", "place"),
    [
        ("000", "TASS", None, date(2023, 3, 24), None, "Astana"),
        ("001", None, 'Special correspondent of the "News" department', None, None, None),
        ("002", None, "Vusala Abbasova", date(2022, 11, 29), date(2024, 4, 25), None),
        ("003", "Anadolu Agency", None, None, None, None),
        ("004", "Trend", None, date(2025, 3, 21), None, "Ashgabat"),
    ],
)
def test_seed_facts_are_what_the_article_states(seeds, number, publisher, author, published, updated, place):
    article = seeds[number]
    assert article.publisher == publisher
    assert article.author == author
    assert article.published == published
    assert article.updated == updated
    assert article.dateline_place == place
    assert article.language == "en"


@pytest.mark.parametrize(
    ("number", "start", "origin"),
    [
        ("000", "President of Kazakhstan Kassym-Jomart Tokayev discussed", "lead"),
        ("001", "Kazakhstan and Russia are going to cooperate in the sphere of gas supply", "first line"),
        ("002", "Tokayev, Putin Discuss Creating ‘Trilateral Gas Union’ Involving Uzbekistan", "first line"),
        ("003", "Coordination mechanism could be 1st step toward", "first line"),
        ("004", "Kazakhstan and Turkmenistan continue to strengthen energy cooperation", "lead"),
    ],
)
def test_seed_title_is_its_headline_or_made_from_its_lead(seeds, number, start, origin):
    assert seeds[number].title.startswith(start)
    assert seeds[number].origins["title"] == origin


@pytest.mark.parametrize(
    ("number", "n_paragraphs", "first", "last"),
    [
        ("000", 8, "ASTANA, March 24. /TASS/. President", "political overtones."),
        ("001", 7, "Kazakhstan and Russia are negotiating", "not a gas alliance."),
        ("002", 12, "Both Russia and Kazakhstan are flush", "youth and sports."),
        ("003", 11, "This mechanism could be established", "on its territory."),
        ("004", 7, "ASHGABAT, Turkmenistan, March 21. Kazakhstan", "past two years."),
    ],
)
def test_seed_text_holds_the_article_and_no_furniture(seeds, number, n_paragraphs, first, last):
    paragraphs = seeds[number].text.split("\n\n")
    assert len(paragraphs) == n_paragraphs
    assert paragraphs[0].startswith(first)
    assert paragraphs[-1].endswith(last)
    assert len(set(paragraphs)) == n_paragraphs


def test_seed_paragraphs_are_the_files_own_characters(seeds):
    for article in seeds.values():
        raw = Path(article.path).read_text(encoding="utf-8")
        assert all(paragraph in raw for paragraph in article.text.split("\n\n"))
