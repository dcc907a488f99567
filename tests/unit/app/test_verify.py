from datetime import date

from dateline.app.reader import Draft
from dateline.app.verify import check_draft
from dateline.index.article import Article, Span

TEXT = "Six people died on Tuesday. The line carries 1,500 tonnes a day."
ARTICLES = {"a": Article(article_id="a", text=TEXT, title="Storm", published=date(2024, 3, 26))}
DIED, TONNES = Span("a", 0, 27), Span("a", 28, 64)


def verdict(text, *spans):
    return check_draft(Draft(text, spans), ARTICLES)[0]


def test_check_draft_number_in_another_form_is_supported():
    assert verdict("6 people died.", DIED) == "supported"
    assert verdict("It carries 1500 tonnes.", TONNES) == "supported"


def test_check_draft_changed_number_is_not_supported():
    assert verdict("8 people died.", DIED) == "partly"


def test_check_draft_number_of_another_span_does_not_count():
    assert verdict("1,500 people died.", DIED) == "partly"


def test_check_draft_date_from_the_publication_date_is_supported():
    assert verdict("People died on 26 March 2024.", DIED) == "supported"


def test_check_draft_without_span_is_unsupported():
    value, checks = check_draft(Draft("People died.", ()), ARTICLES)
    assert value == "unsupported"
    assert [(check.kind, check.ok) for check in checks] == [("quote", False)]
