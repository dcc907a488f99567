"""How answers and lists read in a terminal. Pure: values in, text out.

Articles are untrusted: control characters (terminal escapes among them) are shown as a replacement mark, never sent.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ...index.chunk import Evidence, Print
from ..answer import Answer, Citation, Conflict, Refusal, Statement

if TYPE_CHECKING:
    from ...index.ingest_report import IngestReport
    from ...index.record.rows import ArticleRow
    from ..verify.draft import Verification, Verified

# C0 and C1 controls, and the marks that reorder text on screen; newline and tab stay.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MAX_NAMED = 3
_MARKS = {"supported": "✓", "partly": "~", "contradicted": "✗", "unsupported": "✗"}


def safe(text: str) -> str:
    """A text without anything that a terminal would obey.

    >>> safe("red\\x1b[31m")
    'red\ufffd[31m'
    """
    return _UNSAFE.sub("\ufffd", text)


def long_date(day: date | None) -> str:
    """A date for people, and the admission where there is none.

    >>> long_date(date(2022, 11, 8)), long_date(None)
    ('8 November 2022', 'date unknown')
    """
    return f"{day.day} {day:%B %Y}" if day else "date unknown"


def result_text(result: Answer | Refusal) -> str:
    """An answer with its citations, or a refusal with its reason, as paragraphs without a last newline."""
    return safe(_refusal(result) if isinstance(result, Refusal) else _answer(result))


def _answer(answer: Answer) -> str:
    blocks = [answer.short_answer] if answer.short_answer and answer.short_answer != answer.text else []
    blocks.append("\n".join(_statement(statement) for statement in answer.statements) or answer.text)
    days = {citation.number: citation.published for citation in answer.citations}
    blocks += [_conflict(conflict, days) for conflict in answer.conflicts]
    blocks += [_citation(citation) for citation in answer.citations]
    if any(citation.copies for citation in answer.citations):
        blocks.append(f"{answer.sources.in_words()}.")
    return "\n\n".join(blocks)


def _statement(statement: Statement) -> str:
    markers = "".join(f"[{number}]" for number in statement.citations)
    return f"{statement.text} {markers} {_MARKS[statement.verdict]} {statement.verdict}"


def _conflict(conflict: Conflict, days: Mapping[int, date | None]) -> str:
    """ "The articles disagree about …: X [1] (4 May 2021) · Y [2] (date unknown)", or what was corrected, when."""
    sides = [f"{side.value} {_cited(side.citations, days)}" for side in conflict.sides]
    if conflict.corrected_on:
        return f"{conflict.about} Corrected on {long_date(conflict.corrected_on)} from {sides[0]} to {sides[-1]}"
    return f"The articles disagree about {conflict.about}: {' · '.join(sides)}"


def _cited(numbers: Sequence[int], days: Mapping[int, date | None]) -> str:
    markers = "".join(f"[{number}]" for number in numbers)
    return f"{markers} ({', '.join(dict.fromkeys(long_date(days.get(number)) for number in numbers))})"


def _citation(citation: Citation) -> str:
    also = f"\n    {_also_in(citation.copies)}" if citation.copies else ""
    return f"[{citation.number}] “{citation.quote}”\n    {_source(citation)}{also}"


def _also_in(copies: Sequence[Print]) -> str:
    """ "also printed by A, B, C and 7 more; with another value by D"."""
    same, altered = ([copy for copy in copies if copy.altered is which] for which in (False, True))
    told = [f"also printed by {_outlets(same)}"] if same else []
    return "; ".join([*told, f"with another value by {_outlets(altered)}"] if altered else told)


def _outlets(copies: Sequence[Print]) -> str:
    names = list(dict.fromkeys(copy.publisher or copy.title for copy in copies))
    more = f" and {len(names) - _MAX_NAMED} more" if len(names) > _MAX_NAMED else ""
    return f"{', '.join(names[:_MAX_NAMED])}{more}"


def _source(citation: Citation) -> str:
    facts = [citation.title, citation.publisher, citation.author, long_date(citation.published)]
    return " · ".join(fact for fact in facts if fact)


def _refusal(refusal: Refusal) -> str:
    blocks = [f"No answer ({refusal.reason}): {refusal.message}"]
    if refusal.nearest:
        rows = [f"  {near.title} ({long_date(near.published)}). {near.why}" for near in refusal.nearest]
        blocks.append("\n".join(["Nearest articles:", *rows]))
    if refusal.suggestion:
        blocks.append(refusal.suggestion)
    return "\n\n".join(blocks)


def verification_text(checked: "Verification") -> str:
    """Each sentence of a draft with its verdict and what decided it, then the quotes."""
    blocks = ["\n".join(_verified(statement) for statement in checked.statements) or "There is nothing to check."]
    blocks += [_citation(citation) for citation in checked.citations]
    return safe("\n\n".join(blocks))


def _verified(statement: "Verified") -> str:
    markers = "".join(f"[{number}]" for number in statement.citations)
    verdict = "not found" if statement.verdict == "unsupported" else statement.verdict
    failed = [f"{check.kind}: {check.value}" for check in statement.checks if not check.ok]
    why = f" ({'; '.join(failed)})" if failed else ""
    return f"{' '.join(statement.text.split())} {markers} {_MARKS[statement.verdict]} {verdict}{why}"


def results_text(found: Sequence[Evidence]) -> str:
    """Retrieved chunks, best first, as numbered paragraphs."""
    if not found:
        return "No article has anything near that."
    return safe("\n\n".join(_found(item) for item in found))


def _found(item: Evidence) -> str:
    facts = [item.article.title, item.article.publisher, long_date(item.article.published)]
    head = " · ".join(fact for fact in facts if fact)
    return f"{item.rank}. {head}  (score {item.score:.3f})\n   {item.chunk.span.article_id}\n{item.chunk.text}"


def report_text(report: "IngestReport") -> str:
    """What an ingest did: the counts on one line, then each thing skipped with its reason."""
    counts = [
        f"{len(report.added)} added",
        f"{len(report.updated)} updated",
        f"{len(report.unchanged)} unchanged",
        f"{len(report.skipped)} skipped",
    ]
    skipped = [f"  skipped {skip.path}: {skip.reason}" for skip in report.skipped]
    return safe("\n".join([", ".join(counts), *skipped]))


def articles_text(rows: "Sequence[ArticleRow]") -> str:
    """One article a line: id, date, outlet, title, apart by tabs so that other tools can cut it."""
    lines = [
        "\t".join(
            _one_line(fact) for fact in (row.article_id, long_date(row.published), row.publisher or "–", row.title)
        )
        for row in rows
    ]
    return safe("\n".join(lines))


def _one_line(text: str) -> str:
    return " ".join(text.split())
