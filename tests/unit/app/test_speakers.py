"""Who speaks, where a body without a name or a long apposition stands between the words and the speaker."""

import pytest

from dateline.app.extractive.article_view import view_article
from dateline.app.extractive.speakers import speaker_of
from dateline.index.article import Article


def speakers(text):
    view = view_article(Article(article_id="a", title="", text=text))
    found = [speaker_of(sentence, view) for sentence in view.sentences]
    return [one.name if one else None for one in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('"The ferry will sail on Monday," the team said in a statement.', ["the team"]),
        ('"We ran out of berths," the ministry’s press service said.', ["the ministry’s press service"]),
        (
            "“The tolls fell,” Kari Moe, a professor in Bergen and author of the book “North Sea Bridges,” told me.",
            ["Kari Moe"],
        ),
        ("“They came back,” Kari Moe, a diver of the group Fjord Watch, told Bergen Post.", ["Kari Moe"]),
        ("“They came back,” Kari Moe, head of the station, previously told Bergen Post.", ["Kari Moe"]),
        ("“They came back,” said Bergen tourism director Kari Moe.", ["Kari Moe"]),
        ("“They came back,” says Berg’s lawyer, Kari Moe.", ["Kari Moe"]),
        ("“Dahl also said it is safe,” the port official added.", ["the port official"]),
        ("“The berths are full,” Brevik’s said in a statement.", ["Brevik"]),
        ("“They came back”, reported the Bergen Post.", ["Bergen Post"]),
        ("Kari Moe was there. “They came back. I saw it,” she said.", [None, "Kari Moe", "Kari Moe"]),
        ('"Ferries are slow," Kari Moe, "but they run," said Ola Berg.', ["Ola Berg"]),
        ("“It holds,” said Kari Moe, “but not for long.”", ["Kari Moe"]),
        ("“It holds,” jokes Kari Moe, a diver.", ["Kari Moe"]),
        ("“It holds,” a spokesman for Kari Moe told Bergen Post.", ["a spokesman for Kari Moe"]),
        ("“It holds,” said analysts from Brevik Salvage.", ["analysts from Brevik Salvage"]),
        ("“It holds,” Port Minister Kari Moe said, referring to the quay.", ["Kari Moe"]),
        ("The quay holds, according to Kari Moe, head of the Roads Board.", ["Kari Moe"]),
        ("Ann Moe, head of the Norwegian Roads Board, said the board had seen “no crack.”", ["Ann Moe"]),
        ("The lawsuit also said the quay was “unsafe.”", ["The lawsuit"]),
        (
            "Kari Moe and Ola Berg sailed. Berg has promised to stay: “The quay holds. I checked.”",
            [None, "Berg", "Berg"],
        ),
        ("Kari Moe wrote a letter in which she said the quay was “no good.”", ["Kari Moe"]),
        ("The so-called “quay tax” is part of “North Sea,” a book by Kari Moe.", [None]),
        ("Kari Moe called in to praise the quay tax.", [None]),
    ],
)
def test_speaker_of_sentence(text, names):
    assert speakers(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # The words of a quote are no attribution: "thinks" has no speaker here but Moe.
        ("“The crew sang,” Kari Moe said. “Everybody who sails with Fjord Watch thinks so. I do.”", ["Kari Moe"] * 3),
        # The attribution stands behind the quote, in the same paragraph.
        ("“We checked. We are ready.” Port spokesman Ola Berg said in a letter.", ["Ola Berg"] * 3),
        # A quote goes on in the next paragraph, over a link between.
        (
            "Kari Moe and Ola Berg met. “It holds,” Moe said.\n\nMORE: Ola Berg sails again\n\n“I checked it twice.”",
            [None, "Moe", None, "Moe"],
        ),
        # "He" is no woman, and nobody whom only a quote names.
        ("John Dahl met Mary Moe. “Ola Berg knew,” he said.", [None, "John Dahl"]),
        ("John Dahl met Mary Moe. “Ola Berg knew,” she said.", [None, "Mary Moe"]),
        # Who reports stands at the end, who is reported on at the beginning.
        ("Kari Moe discussed the quay with Ola Berg, the ministry said.", ["the ministry"]),
        # A lost mark quotes nothing.
        ('In a "lost letter, Ola Berg said it holds.', ["Ola Berg"]),
        ("“The quay holds.” — Kari Moe", ["Kari Moe", None]),
    ],
)
def test_speaker_of_quote_stands_elsewhere_is_found(text, names):
    assert speakers(text) == names


def test_speaker_of_post_that_another_holds_later_is_the_last_named_before():
    text = "Singer Kari Moe came home. Ola Berg, a baker, did not. “It is good to be here,” the singer said."
    assert speakers(text) == [None, None, "Kari Moe"]
