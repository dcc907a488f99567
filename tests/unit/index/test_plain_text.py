"""Made-up articles about the port of Velden, in the forms that pasted and saved articles take."""

from datetime import date

import pytest

from dateline.index.articles.plain_text import read_plain_text, title_from_lead

TODAY = date(2026, 1, 1)
FIRST = (
    "The river port of Velden reopened on Tuesday after three days of repairs, its harbour master said, and ships were "
    "moving again by noon."
)
SECOND = (
    "“We are glad that it is over,” Maria Oduya told reporters at the quay, adding that the cost was not yet known."
)
BODY = f"{FIRST}\n\n{SECOND}"
TITLE = "Velden port reopens after storm"


def facts(text):
    read = read_plain_text(text, today=TODAY).facts
    return {
        name: getattr(read, name).value
        for name in ("title", "publisher", "author", "published", "updated", "dateline_place", "url")
        if getattr(read, name)
    }


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("By Jane Doe\n3 May 2024", {"author": "Jane Doe", "published": date(2024, 5, 3)}),
        (
            "Published\n3 May 2024\nBy Ines Korhonen\nBBC News",
            {"author": "Ines Korhonen", "published": date(2024, 5, 3), "publisher": "BBC News"},
        ),
        (
            "By Jane Doe, The Valley Herald | Updated 3:04 p.m. ET, May 3, 2024",
            {"author": "Jane Doe", "publisher": "Valley Herald", "updated": date(2024, 5, 3)},
        ),
        (
            "Published: 12 Jan 2021 10:30 GMT\nLast updated: 13 Jan 2021 08:00 GMT",
            {"published": date(2021, 1, 12), "updated": date(2021, 1, 13)},
        ),
        ("PUBLISHED 03.05.2024", {"published": date(2024, 5, 3)}),
        ("Posted on May 3, 2024 by Admin", {"published": date(2024, 5, 3)}),
        (
            "Jane Doe in Velden\nFri 3 May 2024 12.30 BST\nLast modified on Sat 4 May 2024 08.15 BST",
            {"author": "Jane Doe", "published": date(2024, 5, 3), "updated": date(2024, 5, 4)},
        ),
        (
            "Jane Doe |03.05.2024 - Update : 04.05.2024",
            {"author": "Jane Doe", "published": date(2024, 5, 3), "updated": date(2024, 5, 4)},
        ),
        ("Jane Doe\n05/23/2024May 23, 2024", {"author": "Jane Doe", "published": date(2024, 5, 23)}),
        ("May 3, 2024 / 10:15 AM / Updated 2 days ago", {"published": date(2024, 5, 3)}),
        ("Published 03/04/2024", {}),
        ("Published 3 May 2031", {}),
        ("Published", {}),
    ],
)
def test_header_lines_state_facts_and_leave_the_text(header, expected):
    text = f"{TITLE}\n\n{header}\n\n{BODY}"
    assert facts(text) == {"title": TITLE, **expected}
    assert read_plain_text(text, today=TODAY).text == BODY


def test_header_of_keys_is_read_key_by_key():
    header = f"Title: {TITLE}\nAuthor: Jane Doe\nDate: 2024-05-03\nSource: Valley Herald\nURL: https://valley.example/a"
    text = f"{header}\n\n{BODY}"
    assert facts(text) == {
        "title": TITLE,
        "author": "Jane Doe",
        "published": date(2024, 5, 3),
        "publisher": "Valley Herald",
        "url": "https://valley.example/a",
    }


def test_day_with_a_colon_heads_a_diary_and_is_not_the_articles_date():
    assert "published" not in facts(f"Dec. 25, 1931:\n\n{BODY}")


@pytest.mark.parametrize(
    "name", ["Maria van der Berg", "Mohammed al-Rashid", "JOHN Q. PUBLIC AND ANA LIMA", "Siobhán O'Neil"]
)
def test_byline_names_of_many_kinds_are_read_whole(name):
    assert facts(f"{TITLE}\nBy {name}\n\n{BODY}")["author"] == name


def test_header_above_lines_that_are_no_prose_is_read():
    read = read_plain_text(f"{TITLE}\nBy Jane Doe\n3 May 2024\n\nShips, at last", today=TODAY)
    assert (read.facts.title.value, read.facts.author.value, read.text) == (TITLE, "Jane Doe", "Ships, at last")


def test_name_above_outlet_without_by_is_the_author():
    assert facts(f"Jane Doe\n\nAssociated Press\n\n{BODY}")["author"] == "Jane Doe"


def test_date_prefix_of_a_machine_goes_and_dates_the_article():
    read = read_plain_text(" date 2024-05-03 VELDEN, May 3. /TASS/. " + BODY, today=TODAY)
    assert read.text == "VELDEN, May 3. /TASS/. " + BODY
    assert (read.facts.published.value, read.facts.published.origin) == (date(2024, 5, 3), "date prefix")
    assert (read.facts.publisher.value, read.facts.dateline_place.value) == ("TASS", "Velden")


def test_dateline_without_a_year_and_no_other_date_stays_undated():
    assert "published" not in facts("VELDEN, May 3 (Reuters) - " + BODY)


def test_dateline_without_a_year_takes_it_from_the_update_soon_after():
    text = f"{TITLE}\nLast updated 2 January 2025\n\nVELDEN, December 30 (Reuters) - {BODY}"
    assert facts(text)["published"] == date(2024, 12, 30)


def test_dateline_long_before_the_update_stays_undated():
    assert "published" not in facts(f"{TITLE}\nLast updated 5 September 2024\n\nVELDEN, May 3 (Reuters) - {BODY}")


def test_dates_inside_the_article_are_not_its_date():
    later = "The first ship left on that day, and nobody on the quay had expected it so soon."
    text = f"{TITLE}\n\n{BODY}\n\nMay 3, 2024\n\n{later}"
    assert "published" not in facts(text)


@pytest.mark.parametrize(
    ("footer", "expected"),
    [
        ("Source: Anadolu Agency", {"publisher": "Anadolu Agency"}),
        ("© 2024 Valley Herald. All rights reserved.", {"publisher": "Valley Herald"}),
        ("Originally published on: 4 May 2024", {"published": date(2024, 5, 4)}),
        ("Read also\n\nAnother port closes in the north", {}),
        ("Share\nComments\nSubscribe to our newsletter", {}),
    ],
)
def test_footer_lines_state_facts_and_leave_the_text(footer, expected):
    text = f"{TITLE}\n\n{BODY}\n\n{footer}"
    assert facts(text) == {"title": TITLE, **expected}
    assert read_plain_text(text, today=TODAY).text == BODY


def test_footer_list_of_sources_is_no_publisher():
    assert "publisher" not in facts(f"{BODY}\n\nSource: Port office, Town archive, Valley Herald")


def test_closing_note_dates_the_article_and_stays():
    note = "This article was originally published on 4 May 2024."
    read = read_plain_text(f"{BODY}\n\n{note}", today=TODAY)
    assert read.facts.published.value == date(2024, 5, 4)
    assert read.text.endswith(note)


def test_reporting_credit_names_the_author():
    assert facts(f"{BODY}\n\n(Reporting by Jane Doe in Velden; Editing by Ann Other)")["author"] == "Jane Doe"


def test_lead_that_reports_via_names_its_publisher():
    assert facts(f"{FIRST[:-1]}, Trend reports via the port office.\n\n{SECOND}")["publisher"] == "Trend"


def test_lead_that_quotes_another_outlet_names_no_publisher():
    assert "publisher" not in facts(f"{FIRST[:-1]}, Reuters reports.\n\n{SECOND}")


def test_furniture_around_an_article_goes():
    above = "Skip to content\nMenu\nSearch\nClose this search box.\nHerald logo"
    between = "Advertisement\n\nRead also: Another port closes"
    text = (
        f"{above}\n\n{TITLE}\n\nNone\n\nShare on Facebook\n\n{FIRST}\n\n{between}\n\n{SECOND}\n\nWe use cookies here."
    )
    read = read_plain_text(text, today=TODAY)
    assert read.facts.title.value == TITLE
    assert read.text == BODY


def test_paragraph_that_stands_twice_is_kept_once_and_short_speech_stays():
    text = f"{FIRST}\n\nYes.\n\n{SECOND}\n\nYes.\n\n{FIRST}"
    assert read_plain_text(text, today=TODAY).text == f"{FIRST}\n\nYes.\n\n{SECOND}\n\nYes."


@pytest.mark.parametrize(
    "sentence",
    [
        "Copyright infringement is a crime, the minister said on Friday, and the fines will be doubled next year.",
        "By using a new pump, engineers kept the lower town dry through the night.",
        "Share prices fell by two per cent.",
        "More: that was all she wanted.",
        "Watch the river, he told them.",
    ],
)
def test_sentences_that_begin_like_furniture_stay(sentence):
    assert sentence in read_plain_text(f"{TITLE}\n\n{FIRST}\n\n{sentence}\n\n{SECOND}", today=TODAY).text


def test_sub_headings_stay_as_paragraphs():
    assert read_plain_text(f"{TITLE}\n\n{FIRST}\n\nWhat comes next\n\n{SECOND}", today=TODAY).text == (
        f"{FIRST}\n\nWhat comes next\n\n{SECOND}"
    )


def test_characters_of_a_line_stay_as_they_are():
    odd = "«Наша» the port’s “new” pier\u00a0— 12,5 % dearer — cost e\u0301lan and 3…5 tons of steel, its office said."
    text = f"{TITLE}\r\n\r\n{odd}  \r\n\r\n{SECOND}\r\n"
    assert read_plain_text("\ufeff" + text, today=TODAY).text == f"{odd}\n\n{SECOND}"


def test_lines_broken_at_a_width_stay_one_paragraph():
    wrapped = (
        "The river port of Velden reopened on Tuesday after three days of repairs, its\n"
        "harbour master said, and ships were moving again by noon. Nobody was hurt, and\n"
        "the cost of the repairs was not yet known on Tuesday, Maria Oduya told reporters\n"
        "at the quay."
    )
    assert read_plain_text(f"{TITLE}\n\n{wrapped}\n", today=TODAY).text == wrapped


def test_lines_that_are_paragraphs_become_paragraphs():
    assert read_plain_text(f"{TITLE}\n{FIRST}\n{SECOND}", today=TODAY).text == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Associated Press",
        "Jane Doe and John Roe",
        "From Herald Network and wire reports",
        "WORLD NEWS",
        "jane@valley.example",
    ],
)
def test_credit_above_an_article_is_no_headline(line):
    read = read_plain_text(f"{line}\n\n{BODY}", today=TODAY)
    assert read.facts.title.origin == "lead"


def test_title_from_lead_leaves_the_dateline_out_and_cuts_at_a_word():
    title = title_from_lead(["LONDON, May 3 (Reuters) - " + FIRST])
    # 110 characters of the first sentence end inside "moving"
    assert title == FIRST[: FIRST.index(" were moving")] + "…"


def test_title_from_lead_short_sentence_is_taken_whole():
    assert title_from_lead(["The U.S. port of Velden reopened. Ships moved."]) == "The U.S. port of Velden reopened"


@pytest.mark.parametrize("text", ["", "  \n\n", "Search\n\nMenu", "|||", "\ufeff", "Published 3 May 2024"])
def test_text_without_an_article_is_an_empty_draft(text):
    assert read_plain_text(text, today=TODAY).text == ""


def test_language_is_english_or_unknown():
    assert read_plain_text(BODY, today=TODAY).facts.language.value == "en"
    other = (
        "Der Hafen von Velden ist am Dienstag nach drei Tagen wieder geöffnet worden, sagte der Hafenmeister am Mittag."
    )
    assert read_plain_text(other, today=TODAY).facts.language is None
