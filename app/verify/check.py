"""Checks a reader's draft against the words it cites. Deterministic: no model, no network. It never repairs a draft."""

from collections.abc import Mapping, Sequence

from ...index.article import Article, Span
from ..answer import Check, Verdict
from ..extractive.article_view import Sentence, view_article
from ..reader import Draft
from .instructions import is_news, speaks_to_a_machine
from .judge import Held, judge
from .passage import Source, Sources, facts_in
from .polarity import strip_marks

_SOURCES = Sources()


def check_draft(draft: Draft, articles: Mapping[str, Article]) -> tuple[Verdict, tuple[Check, ...]]:
    """The verdict on one draft and the checks that decided it, given the articles of the evidence by id.

    Numbers must stand in the cited sentences; names and dates may also come from the rest of the cited articles, their
    titles, outlets and days of publication. Words that share no letter with a cited quote (another script) are taken as
    they are. No spans, spans that stand nowhere, or that give a machine orders: "unsupported".
    """
    if not draft.spans:
        return "unsupported", (Check("quote", "no citation", ok=False),)
    quotes = tuple(
        Check("quote", f"{span.article_id}#{span.start}-{span.end}", ok=_stands(span, articles)) for span in draft.spans
    )
    if not all(check.ok for check in quotes):
        return "unsupported", quotes
    draft = Draft(draft.text, news_spans(draft.spans, articles))
    if not draft.spans:
        return "unsupported", (*quotes, Check("instruction", "the cited words speak to a machine", ok=False))
    if _in_other_script(draft, articles):
        return "supported", quotes
    if _is_quote(draft, articles):
        return "supported", (*quotes, *(Check(kind, words, ok=True) for kind, words in facts_in(draft.text)))
    cited = {span.article_id: _SOURCES.of(articles[span.article_id]) for span in draft.spans}
    held = [
        one for source in cited.values() for one in _held(source) if any(_meet(one.sentence, s) for s in draft.spans)
    ]
    held += [one for source in cited.values() for one in _facts(source)]
    around = [one for source in cited.values() for one in _held(source)]
    judged = judge(draft.text, held, around=[one for one in around if one not in held], lends_amounts=False)
    return judged.verdict, (*quotes, *judged.checks)


def news_spans(spans: Sequence[Span], articles: Mapping[str, Article]) -> tuple[Span, ...]:
    """The spans that tell news; those of unknown articles, and those that give a machine orders, are left out."""
    return tuple(
        span
        for span in spans
        if span.article_id in articles and is_news(articles[span.article_id].text, start=span.start, end=span.end)
    )


def _stands(span: Span, articles: Mapping[str, Article]) -> bool:
    article = articles.get(span.article_id)
    return article is not None and 0 <= span.start < span.end <= len(article.text)


def _is_quote(draft: Draft, articles: Mapping[str, Article]) -> bool:
    """Whether a draft is the cited words themselves, as the extractive reader's are: nothing is left to compare."""
    return any(strip_marks(articles[span.article_id].quote(span)) == strip_marks(draft.text) for span in draft.spans)


def _held(source: Source) -> list[Held]:
    text = source.article.text
    return [Held(source, one) for one in source.view.sentences if is_news(text, start=one.start, end=one.end)]


def _meet(sentence: Sentence, span: Span) -> bool:
    article_id = sentence.article.article_id
    return article_id == span.article_id and sentence.start < span.end and span.start < sentence.end


def _facts(source: Source) -> list[Held]:
    """What the article states about itself, as a sentence: title, outlet, author, days."""
    article = source.article
    facts = (
        f"“{article.title}”",
        article.publisher and f"is by the outlet and agency {article.publisher}, published by {article.publisher}",
        article.author and f"was written by the author {article.author}",
        article.published and f"was published on {article.published.day} {article.published:%B %Y}",
        article.updated and f"was updated on {article.updated.day} {article.updated:%B %Y}",
    )
    told = ", ".join(fact for fact in facts if fact)
    view = view_article(Article(article_id=article.article_id, title="", text=told, published=article.published))
    return [Held(Source(view), one) for one in view.sentences if not speaks_to_a_machine(one.text)]


def _in_other_script(draft: Draft, articles: Mapping[str, Article]) -> bool:
    quoted = {
        char.casefold() for span in draft.spans for char in articles[span.article_id].quote(span) if char.isalpha()
    }
    return bool(quoted) and not quoted & {char.casefold() for char in draft.text if char.isalpha()}
