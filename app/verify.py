"""Checks a draft statement against the words it cites. Deterministic: no model, no network.

This first version checks that a statement has a quote, that each quote stands in its article, and that every number of
the statement stands in its quotes or in the cited article's own facts. It must never repair a statement.
"""

import re
from collections.abc import Mapping

from ..index.article import Article, Span
from .answer import Check, Verdict
from .reader import Draft

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip


def numbers(text: str) -> set[str]:
    """The numbers of a text in plain digits: grouping commas dropped, "two" as 2.

    >>> sorted(numbers("Two of 1,500 men on 28 November"))
    ['1500', '2', '28']
    """
    words = {_WORDS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _WORDS}
    return _digits_of(text) | words


def check_draft(draft: Draft, articles: Mapping[str, Article]) -> tuple[Verdict, tuple[Check, ...]]:
    """The verdict on one draft and the checks that decided it, given the articles of the evidence by id.

    No spans: "unsupported". A number that stands in no cited quote: "partly". Otherwise "supported".
    """
    if not draft.spans:
        return "unsupported", (Check("quote", "no citation", ok=False),)
    checks = [
        Check("quote", f"{span.article_id}#{span.start}-{span.end}", ok=_stands(span, articles)) for span in draft.spans
    ]
    if not all(check.ok for check in checks):
        return "unsupported", tuple(checks)
    known = numbers(" ".join(_citable(articles[span.article_id], span) for span in draft.spans))
    checks += [Check("number", number, ok=number in known) for number in sorted(_digits_of(draft.text))]
    return ("supported" if all(check.ok for check in checks) else "partly"), tuple(checks)


def _digits_of(text: str) -> set[str]:
    # A word such as "one" is seldom a quantity in a statement; digits always are.
    return {re.sub(r",(?=\d{3}\b)", "", found) for found in _NUMBER.findall(text)}


def _stands(span: Span, articles: Mapping[str, Article]) -> bool:
    article = articles.get(span.article_id)
    return article is not None and 0 <= span.start < span.end <= len(article.text)


def _citable(article: Article, span: Span) -> str:
    published = article.published
    dated = f"{published.isoformat()} {published.day} {published.year}" if published else ""
    return f"{article.quote(span)} {dated} {article.title}"
