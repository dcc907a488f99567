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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Right behind the words said, or first of all: what follows is about the one named, a comma wanting or not.
        ("“It holds,” Kari Moe, director of tolls, piers and quays at Brevik Salvage said in May.", ["Kari Moe"]),
        ("Kari Moe, a diver in charge of the quay said it holds.", ["Kari Moe"]),
        ("Kari Moe, a baker, in opening remarks told them the quay “is safe.”", ["Kari Moe"]),
        ("Kari Moe, who left, met Ola Berg, officials in Bergen said.", ["officials in Bergen"]),
        # A post or group before the one who holds it, between the verb and the name.
        ("“It holds,” says Fjord Watch director Kari Moe, head of the station.", ["Kari Moe"]),
        ("“It holds,” says Kari Moe alongside Ola Berg.", ["Kari Moe"]),
        ("“It holds,” said Kari Moe, who advises the Roads Board on tolls.", ["Kari Moe"]),
        # The one named first goes on to say something.
        ("Kari Moe has seen the sign “no berths,” but said “I sailed in all the same.”", ["Kari Moe"]),
        ("Brevik spokesman Ola Berg did not answer and said the quay holds.", [None]),
        # Papers speak, and what they are said to say stands behind who says it.
        ("“The quay is closed,” reads the disclaimer found on the gate.", ["the disclaimer"]),
        ("State law says “no ferry may sail on Sunday.”", ["State law"]),
        ("The quay holds, according to the release.", ["release"]),
        ("And then the judge issued an order saying, “The quay is closed.”", ["the judge"]),
        ("That's what the report says.", [None]),
        # Two strokes close what one mark opened.
        ("\"It holds,'' says Kari Moe, a diver. \"It is sound.", ["Kari Moe", "Kari Moe"]),
        # Words that lead to what is said, without a verb of which anyone is the subject.
        ("Pictures show Kari Moe on the quay, asserting that, “The quay holds.”", ["Kari Moe"]),
        ("The harbour master was clear: “The quay holds.”", [None]),
        ("The minister was clear: “The quay holds.”", ["The minister"]),
        ("Talk of the Moe family went on, with Ola Berg saying: “The quay holds.”", ["Ola Berg"]),
    ],
)
def test_speaker_of_sentence_built_otherwise_is_found(text, names):
    assert speakers(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # "He" of the sentence before is another than the one named behind it.
        ("John Dahl came home. He saw a quay that Ola Berg built.\n\n“It holds,” he said.", "John Dahl"),
        # Sentences that go on with "he" do not count: the one meant may stand far before.
        ("John Dahl came home. " + "He slept. " * 12 + "“It holds,” he said.", "John Dahl"),
        # A surname that is a common word is a person's where the full name stands.
        (
            "Ola Berg said it leaks. Mary Justice, a diver, came. Justice said it holds. “I checked,” she said.",
            "Justice",
        ),
        # Who holds a post and spoke last, though others are named in a quote; the short form of the post will do.
        (
            "Gov. Kari Moe came. “Ask Governor Ola Berg,” Moe said. It rained. “The quay holds,” the governor said.",
            "Moe",
        ),
        # Who speaks for somebody does not hold his post.
        ("A spokesman for Ola Berg came. “It holds,” the spokesman said.", "the spokesman"),
        ("Kari Moe said it rained. “It holds,” the 51-year-old said.", "Kari Moe"),
        # "It" is the body that the sentence before is about.
        ("The university issued a note. It said the quay “holds for now.”", "The university"),
        # A short sentence before the quote tells only whose it is.
        ("Ola Berg said it leaks.\n\nKari Moe did not mince words.\n\n“The quay is rotten.”", "Kari Moe"),
        ("Ola Berg said it leaks.\n\nKari Moe stopped Jon Dahl.\n\n“The quay is rotten.”", "Ola Berg"),
        # Signed on the next line, with what she is.
        ("It rained all day.\n\n“The quay holds.”\n\n-- Kari Moe, head of the station", "Kari Moe"),
        # A bit quoted where no speech is told is of who spoke in the sentence before, unless another is named.
        ("“It holds,” Kari Moe said. But boats “will have to wait for a berth.”", "Kari Moe"),
        ("“It holds,” Kari Moe said. But Ola Berg's boats “will have to wait for a berth.”", None),
        ("“It holds,” Kari Moe said. But boats pay the “quay tax.”", None),
    ],
)
def test_speaker_meant_by_sentences_before_is_found(text, name):
    view = view_article(Article(article_id="a", title="", text=text))
    marked = [sentence for sentence in view.sentences if any(mark in sentence.text for mark in "“”")]
    found = speaker_of(marked[-1], view)
    assert (found.name if found else None) == name
