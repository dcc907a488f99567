"""What asks in a question: behind politeness, after what is told first, in the order of a statement."""

import pytest

from dateline.app.extractive.article_view import view_article
from dateline.app.extractive.asked_values import values_in
from dateline.app.extractive.question_kind import parse_question
from dateline.index.article import Article


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("A bank that failed when rates rose was sold on Sunday. Who bought it?", "person"),
        ("A skipper who lost his boat has a new one. Where was it built?", "place"),
        ("The ferry line named a new head on Monday. Who is she?", "person"),
        ("Voters go to the polls when the snow is gone. What is the party of the fishers called?", "organisation"),
        ("Could you please tell me when the bridge opens?", "date"),
        ("Would you be so kind as to tell me which company built it?", "organisation"),
        ("I'd be grateful to know how many people it carries", "number"),
        ("May I ask what the harbour master said about the ice?", "said"),
        ("What the minister called the strike", "said"),
        ("Where does the man who owns the boat live?", "place"),
        ("Which harbour takes the ships whose owners do not pay?", "thing"),
        ("Do you know who paid for it?", "person"),
        ("Could the minister say when it opens?", "yes_no"),
        ("Did the captain who steered it survive?", "person"),
    ],
)
def test_what_asks_decides_the_kind(question: str, kind: str) -> None:
    assert parse_question(question).kind == kind


def test_politeness_is_no_word_that_an_article_must_hold() -> None:
    asked = parse_question("Would you be so kind as to tell me when the ferry sank?")
    assert asked.stems == parse_question("When the ferry sank?").stems


def test_words_of_a_post_are_those_of_somebody_who_holds_it() -> None:
    view = view_article(
        Article(
            article_id="a",
            title="Ferries",
            text="Minister of Transport Ann Lee met them. “Fares will rise,” Lee said. “They must not,” said Bo Dahl.",
        )
    )
    question = parse_question("What did the minister say about the fares?")
    fits = [next((v.fit for v in values_in(question, sentence, view)), 0.0) for sentence in view.sentences]
    assert fits[1] >= 0.5 > fits[2]
