"""What the extractive reader reads by rules: dates, names, quantities, kinds of question, routes, roles, speakers."""

from datetime import date

import pytest

from dateline.app.extractive.article_view import view_article
from dateline.app.extractive.asked_values import values_in
from dateline.app.extractive.name_match import same_name
from dateline.app.extractive.names import find_names, gender
from dateline.app.extractive.quantities import figures, find_quantities
from dateline.app.extractive.question_kind import parse_question
from dateline.app.extractive.question_words import content_stems
from dateline.app.extractive.roles import role_of
from dateline.app.extractive.speakers import speaker_of
from dateline.app.extractive.spoken_dates import find_spoken_dates
from dateline.index.article import Article

WEDNESDAY = date(2024, 5, 15)


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [
        ("He left on November 28, 2022.", None, ["28 November 2022"]),
        ("He left on the 3rd of June 2021.", None, ["3 June 2021"]),
        ("Oct.4, 1967 and Jan. 14,1972", None, ["4 October 1967", "14 January 1972"]),
        ("On 12 December he left.", None, ["12 December"]),  # nothing states the year
        ("On November 29, 2022, he said they met on November 28.", None, ["29 November 2022", "28 November 2022"]),
        ("He met her on Monday.", None, ["Monday"]),
        ("He met her on Monday.", WEDNESDAY, ["13 May 2024"]),
        ("He will meet her on Friday.", WEDNESDAY, ["17 May 2024"]),
        ("It was sold on Wednesday.", WEDNESDAY, ["15 May 2024"]),
        ("He left in February this year.", WEDNESDAY, ["February 2024"]),
        ("He left in November.", WEDNESDAY, ["November 2023"]),
        ("He left last month, she last year.", WEDNESDAY, ["April 2024", "2023"]),
        ("He fell ill on May 3, 2024. A day earlier he was well.", None, ["3 May 2024", "2 May 2024"]),
        ("He left on May 3, 2024, she on the same day.", None, ["3 May 2024", "3 May 2024"]),
        (
            "On Dec. 30 the court ruled; it will meet on Jan. 5.",
            date(2023, 1, 2),
            ["30 December 2022", "5 January 2023"],
        ),
        ("May I go? They may march.", WEDNESDAY, []),
        ("He told USA TODAY on Black Friday, and every Monday.", WEDNESDAY, []),
        # 12 February is a Sunday in 2023, a Monday in 2024, a Wednesday in 2025: the nearest year with a Sunday.
        ("They play on Sunday, Feb. 12 in Oslo.", date(2023, 1, 30), ["12 February 2023", "12 February 2023"]),
        ("The season can last until the end of October, he said.", WEDNESDAY, ["October 2024"]),
        ("Costs will rise, the Post reported in March.", WEDNESDAY, ["March 2024"]),
        ("It came out in 2001, four years after the war.", WEDNESDAY, ["2001", "four years after"]),
        ("On February 30 nothing happened.", WEDNESDAY, []),
    ],
)
def test_find_spoken_dates_tells_the_day_as_far_as_the_article_does(text, published, words):
    assert [found.words for found in find_spoken_dates(text, published=published)] == words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Roads Board chief Ann Lee met President Ola Berg of Norway.",
            [("Roads Board", "organisation"), ("Ann Lee", "person"), ("Ola Berg", "person"), ("Norway", "place")],
        ),
        ("Minister of Energy of Norway Ann Lee spoke.", [("Norway", "place"), ("Ann Lee", "person")]),
        ("However, General Motors left King Island.", [("General Motors", "organisation"), ("King Island", "place")]),
        ("U.S. troops left on Monday in May.", [("U.S.", "place")]),
        ("the ministry said nothing", []),
    ],
)
def test_find_names_tells_kinds_apart(text, names):
    assert [(name.text, name.kind) for name in find_names(text)] == names


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Akchulov", "Akshulov", True),
        ("Alihan Berg", "Alikhan Berg", True),
        ("Berg", "Ola Berg", True),
        ("Anna Berg", "Ola Berg", False),
        ("Kasymov", "Kasenov", False),
        ("Lee", "Lea", False),
    ],
)
def test_same_name_allows_spellings_not_other_persons(one, other, same):
    assert same_name(one, other) is same
    assert same_name(other, one) is same


def test_gender_by_given_name():
    assert (gender("Anna Holm"), gender("Peter Dahl"), gender("Holm")) == ("she", "he", None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It cost $4.2 billion.", [("$4.2 billion", "money")]),
        ("It cost 4.2 billion kroner.", [("4.2 billion kroner", "money")]),
        ("Sales fell 12.5 percent.", [("12.5 percent", "share")]),
        ("It took nine days.", [("nine days", "duration")]),
        ("It carries 55 billion cubic meters.", [("55 billion cubic meters", "number")]),
        ("The vote was 235-189.", [("235-189", "number")]),
        ("At 8:05 p.m. it rained.", []),
    ],
)
def test_find_quantities_with_their_units(text, found):
    assert [(quantity.text, quantity.kind) for quantity in find_quantities(text)] == found


def test_figures_reads_words_and_grouping():
    assert figures("Fifteen of 1,500") == {"15", "1500"}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did Berg resign?", "date"),
        ("In which year was it built?", "date"),
        ("Since when is Berg minister?", "date"),
        ("Who is Ola Berg?", "role"),
        ("who is ola berg", "role"),
        ("Who is the mayor of Oslo?", "person"),
        ("Who said that tolls will rise?", "person"),
        ("Which minister resigned?", "person"),
        ("Which company built it?", "organisation"),
        ("Where was it built?", "place"),
        ("Which country left?", "place"),
        ("How many ships sank?", "number"),
        ("How much did it cost?", "money"),
        ("What percentage voted?", "share"),
        ("How long did it last?", "duration"),
        ("Which route does the line take?", "route"),
        ("Which cities lie on the planned line?", "route"),
        ("Why did Berg resign?", "reason"),
        ("What did Berg say about tolls?", "said"),
        ("What does NTB stand for?", "definition"),
        ("Did Berg resign?", "yes_no"),
        ("How did it happen?", "manner"),
        ("Name the mayor of Bergen.", "person"),
        ("According to whom are tolls rising?", "person"),
        ("date WHO declared an emergency", "date"),
        ("percentage rise of tolls by 2040", "share"),
        ("Ola Berg job at the Roads Board", "role"),
        ("What does Ola Berg do at the Roads Board?", "role"),
        ("what does ola berg do for a living", "role"),
        ("What does the amendment of 2016 lay down?", "said"),
        ("Which member of parliament left?", "person"),
    ],
)
def test_parse_question_tells_what_is_asked(question, kind):
    assert parse_question(question).kind == kind


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Who wrote the article about tolls?", True),
        ("When was the report on ferries published?", True),
        ("Which outlet published this story?", True),
        ("who wrote ntb's explainer on ferries", True),
        ("When did NTB publish its report on ferries?", True),
        ("Who wrote the letter to Berg?", False),
        ("When was the law published?", False),
    ],
)
def test_parse_question_knows_questions_about_an_article(question, about):
    assert parse_question(question).about_article is about


def test_content_stems_bring_forms_together():
    assert content_stems("They met and proposed") == content_stems("meets proposing")
    assert content_stems("the U.S.") == content_stems("United States") == content_stems("the US")


def _only_sentence(text: str):
    view = view_article(Article(article_id="a", title="", text=text))
    return view.sentences[0], view


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Energy Minister Ola Berg resigned.", "Energy Minister"),
        ("Ola Berg, the head of the Roads Board, resigned.", "the head of the Roads Board"),
        ("The mayor of Bergen, Ola Berg, resigned.", "mayor of Bergen"),
        ("Ola Berg is a writer from Bergen.", "a writer from Bergen"),
        ("Statoil CEO Ola Berg, the ministry announced, resigned.", "Statoil CEO"),
        ("On Friday Ola Berg resigned.", None),
        ("The court’s former security officer Ola Berg resigned.", "former security officer"),
        ("Fjord chief routes and ferries officer Ola Berg resigned.", "Fjord chief routes and ferries officer"),
        ("Later Holm met officer Ola Berg.", "officer"),
    ],
)
def test_role_of_finds_title_apposition_and_copula(text, role):
    sentence, _ = _only_sentence(text)
    (name,) = [name for name in sentence.names if name.text == "Ola Berg"]
    span = role_of(sentence, name)
    assert (text[span[0] : span[1]] if span else None) == role


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ola Berg said the tolls would rise.", "Ola Berg"),
        ("“Tolls will rise,” said Energy Minister Ola Berg.", "Ola Berg"),
        ("Tolls will rise, according to Ola Berg.", "Ola Berg"),
        ("Anna Holm, head of the Roads Board, said tolls would rise.", "Anna Holm"),
        ("Anna Holm met Ola Berg, the ministry announced on Friday.", "the ministry"),
        ("Tolls rose in Bergen.", None),
        ("The doctors said the tolls were “unusually high.”", "The doctors"),
        ("Prosecutors described “a brazen scheme.”", "Prosecutors"),
        (
            "“It is over,” Anna Holm, a professor of the history of roads at the University of Bergen and the author"
            " of a book on bridges, told me.",
            "Anna Holm",
        ),
    ],
)
def test_speaker_of_finds_who_speaks(text, speaker):
    sentence, view = _only_sentence(text)
    found = speaker_of(sentence, view)
    assert (found.name if found else None) == speaker


def test_speaker_of_quote_going_on_is_the_one_described_before():
    text = "“We deny Ms. Holm’s claims,” the spokesperson said. “They are false.”"
    view = view_article(Article(article_id="a", title="", text=text))
    found = speaker_of(view.sentences[1], view)
    assert found is not None
    assert found.name == "the spokesperson"


def test_speaker_of_pronoun_is_who_spoke_before():
    view = view_article(
        Article(article_id="a", title="", text="Ola Berg said tolls would rise. He added they were low.")
    )
    found = speaker_of(view.sentences[1], view)
    assert found is not None
    assert found.name == "Ola Berg"


def test_post_of_one_country_is_not_taken_by_the_holder_of_another():
    text = "Danish President Mette Lund met Norwegian President Ola Berg. The Danish President said tolls would rise."
    view = view_article(Article(article_id="a", title="", text=text))
    found = speaker_of(view.sentences[1], view)
    assert found is not None
    assert found.name == "Mette Lund"


def _values(question: str, text: str) -> list[str]:
    """The values of the best fit, as one question sees them in one sentence of 28 May 2024 (a Tuesday)."""
    view = view_article(Article(article_id="a", title="", text=text, published=date(2024, 5, 28)))
    found = values_in(parse_question(question), view.sentences[0], view)
    return [value.text for value in found if value.fit == found[0].fit]


@pytest.mark.parametrize(
    ("question", "text", "values"),
    [
        ("In which month did they meet?", "They met on May 3, 2024.", ["May 2024"]),
        ("On which weekday did they meet?", "They met on May 3, 2024.", ["Friday"]),
        ("Where did they meet?", "Denmark’s envoy met that of Chile in Oslo.", ["Oslo"]),
        ("Which country did the envoy visit?", "Denmark’s envoy made a visit to Chile.", ["Chile"]),
        ("Which part of Norway is dark?", "He said the north of Norway had no power.", ["north of Norway"]),
        ("When did they meet?", "They met on May 3, 2024, and will meet on July 9, 2024.", ["3 May 2024"]),
        ("When will they meet?", "They met on May 3, 2024, and will meet on July 9, 2024.", ["9 July 2024"]),
        ("What is Fjordgass?", "He heads the Norwegian company Fjordgass.", ["Norwegian company"]),
        ("Where does the line end?", "It takes the Oslo-Hamar-Ust-Luga route.", ["Ust-Luga"]),
        ("Which town is next after Oslo on the line?", "It takes the Oslo-Hamar-Bergen route.", ["Hamar"]),
        ("Which towns has the line between Oslo and Voss?", "It is the Oslo-Hamar-Gol-Voss route.", ["Hamar and Gol"]),
        ("Who proposed the toll?", "Ann Holm said Ola Berg had first proposed it to Per Dahl.", ["Ola Berg"]),
        ("Through which cities does it run?", "It runs from Oslo to Voss, not Norway-Chile.", ["from Oslo to Voss"]),
    ],
)  # fmt: skip
def test_values_in_prefers_what_the_question_means(question, text, values):
    assert _values(question, text) == values


@pytest.mark.parametrize("question", ["Why was the toll raised?"])
def test_values_in_takes_what_stands_before_that_is_why_for_a_reason(question):
    assert _values(question, "Steel is scarce; that’s why the toll was raised.")
