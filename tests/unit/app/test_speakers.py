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
    ],
)
def test_speaker_of_sentence(text, names):
    assert speakers(text) == names
