"""From a reader's drafts to checked, numbered statements: citations get their numbers here, verdicts are carried out.

A statement that cannot be carried by any quote is cut and said so in a note. Uncited evidence never becomes a source.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..index.article import Article, Span
from ..index.chunk import Evidence, Print
from .answer import Citation, Conflict, EvidenceRow, Side, Statement
from .reader import DraftConflict, Reading
from .verify.check import check_draft, news_spans

_CUT = {"unsupported", "contradicted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """What is left of a reading after checking: text with markers, statements, citations, conflicts and notes."""

    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    conflicts: tuple[Conflict, ...]
    notes: tuple[str, ...]

    def rows(self, evidence: Sequence[Evidence]) -> tuple[EvidenceRow, ...]:
        """The evidence in rank order, as rows of an answer."""
        spans = [(item.chunk.span, item.scores) for item in evidence]
        return tuple(EvidenceRow(span.article_id, span.start, span.end, scores) for span, scores in spans)


class _Numbers:
    """Gives each different span its number, in the order of first use."""

    def __init__(self, articles: Mapping[str, Article], copies: Mapping[str, Sequence[Print]]) -> None:
        self._articles, self._copies = articles, copies
        self._numbers: dict[Span, int] = {}

    def of(self, spans: Sequence[Span]) -> tuple[int, ...]:
        known = [span for span in dict.fromkeys(spans) if span.article_id in self._articles]
        return tuple(self._numbers.setdefault(span, len(self._numbers) + 1) for span in known)

    def citations(self) -> tuple[Citation, ...]:
        return tuple(
            citation_of(self._articles[span.article_id], span, number=n, copies=self._copies.get(span.article_id, ()))
            for span, n in self._numbers.items()
        )


def compose(
    reading: Reading, articles: Mapping[str, Article], *, copies: Mapping[str, Sequence[Print]] | None = None
) -> Composed:
    """Checks each draft of a reading, cuts what has no support, and numbers the quotes of what stays.

    `copies`: by article, who else prints its text.
    """
    numbers = _Numbers(articles, copies or {})
    statements, n_cut = [], 0
    for draft in reading.drafts:
        verdict, checks = check_draft(draft, articles)
        if verdict in _CUT:
            n_cut += 1
            continue
        statements.append(Statement(draft.text, numbers.of(news_spans(draft.spans, articles)), verdict, checks))
    conflicts = tuple(_conflict(conflict, numbers) for conflict in reading.conflicts) if statements else ()
    return Composed(
        text=" ".join(with_markers(statement) for statement in statements),
        statements=tuple(statements),
        citations=numbers.citations(),
        conflicts=conflicts,
        notes=_cut_note(n_cut),
    )


def with_markers(statement: Statement) -> str:
    """A statement's words followed by its markers.

    >>> with_markers(Statement("Talks began.", (1, 3), "supported"))
    'Talks began. [1][3]'
    """
    markers = "".join(f"[{number}]" for number in statement.citations)
    return f"{statement.text} {markers}" if markers else statement.text


def _conflict(draft: DraftConflict, numbers: _Numbers) -> Conflict:
    sides = tuple(Side(side.value, numbers.of(side.spans)) for side in draft.sides)
    return Conflict(draft.about, sides, draft.corrected_on)


def _cut_note(n_cut: int) -> tuple[str, ...]:
    if not n_cut:
        return ()
    sentences = "1 sentence was" if n_cut == 1 else f"{n_cut} sentences were"
    return (
        f"{sentences} cut from the answer: no quote of the articles carries it."
        if n_cut == 1
        else f"{sentences} cut from the answer: no quotes of the articles carry them.",
    )


def citation_of(article: Article, span: Span, *, number: int, copies: Sequence[Print] = ()) -> Citation:
    """The numbered quote of a span of an article, with the other prints of its text."""
    return Citation(
        number=number,
        article_id=article.article_id,
        title=article.title,
        publisher=article.publisher,
        author=article.author,
        published=article.published,
        url=article.url,
        path=article.path,
        quote=article.quote(span),
        start=span.start,
        end=span.end,
        copies=tuple(copies),
    )
