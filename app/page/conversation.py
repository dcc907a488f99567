"""The conversation as HTML: questions, answers with their marks and citations, refusals, conflicts. Pure."""

from collections.abc import Sequence
from datetime import date

from ..answer import Answer, Conflict, Reason, Refusal, Statement
from .html import bdi, esc, facts, long_date
from .session import Exchange

VERDICT_MARKS = {
    "supported": ("✓", "supported"),
    "partly": ("◐", "partly supported"),
    "contradicted": ("✗", "contradicted"),
    "unsupported": ("✗", "not supported"),
}
_REFUSED: dict[Reason, str] = {
    "no_evidence": "The articles say nothing about this",
    "weak_evidence": "The articles do not answer this",
    "outside_time_scope": "Outside the dates asked about",
    "reader_declined": "The articles do not answer this",
    "not_verified": "Nothing that could be verified",
}
_READERS = {"extractive": "Quoted word for word", "llm": "Written by a language model, checked against the quotes"}


def conversation(exchanges: Sequence[Exchange], *, pending: str = "", empty: str = "") -> str:
    """All turns, oldest first, then the one being answered; `empty` (HTML) stands where there is none yet."""
    turns = "".join(_turn(exchange, number=number) for number, exchange in enumerate(exchanges, start=1))
    return f'<div class="dl-conversation" role="log" aria-live="polite">{turns + pending or empty}</div>'


def pending_turn(question: str, *, words: str, status: str) -> str:
    """The turn that is being answered: the words that came so far, and what is going on."""
    said = f'<p class="dl-answer dl-draft">{esc(words)}</p>' if words else ""
    busy = f'<p class="dl-meta dl-busy">{esc(status)}</p>'
    return f'<article class="dl-turn dl-pending" aria-busy="true">{_question(question)}{said}{busy}</article>'


def _turn(exchange: Exchange, *, number: int) -> str:
    result = exchange.result
    if isinstance(result, Answer):
        body = _understood(result) + _answer(result, turn=number)
    elif isinstance(result, Refusal):
        body = _understood(result) + _refusal(result)
    else:
        body = (
            f'<section class="dl-card dl-error" role="alert"><h3>That did not work</h3><p>{esc(result)}</p></section>'
        )
    return f'<article class="dl-turn" id="turn-{number}">{_question(exchange.question)}{body}</article>'


def _question(question: str) -> str:
    return f'<h2 class="dl-question"><span class="dl-sr">Question: </span>{bdi(question)}</h2>'


def _understood(result: Answer | Refusal) -> str:
    if result.standalone_question.casefold() == result.question.casefold():
        return ""
    return f'<p class="dl-meta">Understood as: {bdi(result.standalone_question)}</p>'


def _answer(answer: Answer, *, turn: int) -> str:
    short = answer.short_answer
    alone = short and short.rstrip(".") == answer.text.rstrip(".")
    headline = f'<p class="dl-short">{bdi(short)}</p>' if short and not alone else ""
    said = " ".join(_statement(statement, turn=turn) for statement in answer.statements)
    conflicts = "".join(_conflict(conflict, turn=turn) for conflict in answer.conflicts)
    return f'{headline}<p class="dl-answer">{said}</p>{conflicts}{_notes(answer.notes)}{_meta(answer)}'


def _statement(statement: Statement, *, turn: int) -> str:
    sign, words = VERDICT_MARKS[statement.verdict]
    failed = [f"{check.kind} {check.value}" for check in statement.checks if not check.ok]
    why = f' title="Not found in the quotes: {esc(", ".join(failed))}"' if failed else ""
    verdict = f'<span class="dl-verdict dl-{statement.verdict}"{why}>{sign}&nbsp;{words}</span>'
    return f'<span class="dl-statement">{bdi(statement.text)} {cites(statement.citations, turn=turn)} {verdict}</span>'


def cites(numbers: Sequence[int], *, turn: int) -> str:
    """Citation numbers as links to the quotes in the evidence of that turn."""
    links = (
        f'<a class="dl-cite" href="#cite-{turn}-{number}" aria-label="Citation {number}">[{number}]</a>'
        for number in numbers
    )
    return f"<sup>{''.join(links)}</sup>" if numbers else ""


def _conflict(conflict: Conflict, *, turn: int) -> str:
    sides = "".join(f"<li>{bdi(side.value)} {cites(side.citations, turn=turn)}</li>" for side in conflict.sides)
    head = f"<h3>The articles disagree about {bdi(conflict.about)}</h3>"
    return f'<section class="dl-card dl-conflict">{head}<ul>{sides}</ul></section>'


def _notes(notes: Sequence[str]) -> str:
    return "".join(f'<p class="dl-note">{esc(note)}</p>' for note in notes)


def _meta(answer: Answer) -> str:
    spent = sum(answer.timings_ms.values())
    return (
        '<p class="dl-meta">'
        + facts(
            [
                _dates(answer.evidence_from, answer.evidence_to),
                f"as of {long_date(answer.as_of)}" if answer.as_of else None,
                f"confidence {answer.confidence:.2f}",
                _READERS[answer.reader],
                f"{spent / 1000:.1f} s" if spent >= 1000 else f"{spent:.0f} ms" if spent else None,
            ]
        )
        + "</p>"
    )


def _dates(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "Evidence without a known date"
    return f"Evidence of {long_date(first)}" + (f" to {long_date(last)}" if last != first else "")


def _refusal(refusal: Refusal) -> str:
    nearest = "".join(
        f'<li><strong>{bdi(near.title)}</strong> <span class="dl-date">{long_date(near.published)}</span>'
        f"<br>{bdi(near.why)}</li>"
        for near in refusal.nearest
    )
    near = f"<h4>Nearest articles</h4><ul>{nearest}</ul>" if nearest else ""
    suggestion = f'<p class="dl-suggestion">{esc(refusal.suggestion)}</p>' if refusal.suggestion else ""
    head = f'<h3>{_REFUSED[refusal.reason]}</h3><p class="dl-reason">{esc(refusal.message)}</p>'
    return f'<section class="dl-card dl-refusal">{head}{near}{suggestion}</section>{_notes(refusal.notes)}'
