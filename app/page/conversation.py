"""The conversation as HTML: questions, answers with their marks and citations, refusals, conflicts. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

from ..answer import Answer, Citation, Conflict, Reason, Refusal, Side, Statement
from .html import act, bdi, esc, facts, long_date
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


def conversation(exchanges: Sequence[Exchange], *, empty: str = "") -> str:
    """All turns, oldest first; `empty` (HTML) stands where there is none yet."""
    turns = "".join(_turn(exchange, number=number) for number, exchange in enumerate(exchanges, start=1))
    return f'<div class="dl-conversation">{turns or empty}</div>'


def pending_turn(question: str, *, words: str, status: str) -> str:
    """The turn that is being answered: the words that came so far, and what is going on."""
    said = f'<p class="dl-answer dl-draft">{esc(words)}</p>' if words else ""
    busy = f'<p class="dl-meta dl-busy" role="status">{esc(status)}</p>'
    return f'<article class="dl-turn dl-pending" aria-busy="true">{_question(question)}{said}{busy}</article>'


def suggestions(questions: Sequence[str], *, title: str = "") -> str:
    """Questions to ask by a click; empty for none."""
    if not questions:
        return ""
    head = f'<h3 class="dl-label">{esc(title)}</h3>' if title else ""
    asks = "".join(f"<li>{act('ask', bdi(text), question=text, kind='dl-suggested')}</li>" for text in questions)
    return f'{head}<ul class="dl-suggestions">{asks}</ul>'


def _turn(exchange: Exchange, *, number: int) -> str:
    result = exchange.result
    if isinstance(result, Answer):
        body = _understood(result) + _answer(result, exchange, turn=number)
    elif isinstance(result, Refusal):
        body = _understood(result) + _refusal(result) + _actions(exchange, turn=number)
    else:
        body = (
            f'<section class="dl-card dl-error" role="alert"><h3>That did not work</h3><p>{esc(result)}</p></section>'
        )
    head = f'<header class="dl-asked">{_question(exchange.question)}{_again(exchange.question, turn=number)}</header>'
    return f'<article class="dl-turn" id="turn-{number}" data-turn="{number}">{head}{body}</article>'


def _question(question: str) -> str:
    return f'<h2 class="dl-question"><span class="dl-sr">Question: </span>{bdi(question)}</h2>'


def _again(question: str, *, turn: int) -> str:
    """Asking the question of a turn once more, as it stands or changed: the turns after it go."""
    edit = f'<button type="button" class="dl-act" data-edit="{esc(question)}" data-turn="{turn}">Edit</button>'
    return f'<div class="dl-acts">{edit}{act("ask", "Ask again", question=question, turn=turn)}</div>'


def _understood(result: Answer | Refusal) -> str:
    if result.standalone_question.casefold() == result.question.casefold():
        return ""
    return f'<p class="dl-meta dl-understood">Understood as: {bdi(result.standalone_question)}</p>'


def _answer(answer: Answer, exchange: Exchange, *, turn: int) -> str:
    short = answer.short_answer
    alone = short and short.rstrip(".") == answer.text.rstrip(".")
    headline = f'<p class="dl-short">{bdi(short)}</p>' if short and not alone else ""
    said = " ".join(_statement(statement, turn=turn) for statement in answer.statements)
    cited = {citation.number: citation for citation in answer.citations}
    conflicts = "".join(_conflict(conflict, cited, turn=turn) for conflict in answer.conflicts)
    meta = _meta(answer) + _actions(exchange, turn=turn)
    return f'{headline}<p class="dl-answer">{said}</p>{conflicts}{_notes(answer.notes)}{meta}'


def _statement(statement: Statement, *, turn: int) -> str:
    sign, words = VERDICT_MARKS[statement.verdict]
    failed = [f"{check.kind} {check.value}" for check in statement.checks if not check.ok]
    why = f' title="Not found in the quotes: {esc(", ".join(failed))}"' if failed else ""
    verdict = f'<span class="dl-verdict dl-{statement.verdict}"{why}>{sign}&nbsp;{words}</span>'
    return f'<span class="dl-statement">{bdi(statement.text)} {cites(statement.citations, turn=turn)} {verdict}</span>'


def cites(numbers: Sequence[int], *, turn: int) -> str:
    """Citation numbers as links to the quotes in the evidence of that turn."""
    links = (
        f'<a class="dl-cite" href="#cite-{turn}-{number}" data-turn="{turn}" data-number="{number}" '
        f'aria-label="Citation {number}">[{number}]</a>'
        for number in numbers
    )
    return f"<sup>{''.join(links)}</sup>" if numbers else ""


def _conflict(conflict: Conflict, cited: Mapping[int, Citation], *, turn: int) -> str:
    sides = "".join(_side(side, cited, turn=turn) for side in conflict.sides)
    if conflict.corrected_on:
        told = f"Corrected on {long_date(conflict.corrected_on)}:"
    else:
        told = "The articles disagree:" if conflict.about.endswith("?") else "The articles disagree about"
    head = f"<h3>{told} {bdi(conflict.about)}</h3>"
    return f'<section class="dl-card dl-conflict">{head}<ul>{sides}</ul></section>'


def _side(side: Side, cited: Mapping[int, Citation], *, turn: int) -> str:
    by = [_by(cited[number]) for number in side.citations if number in cited]
    says = f'<span class="dl-says">{"; ".join(dict.fromkeys(by))}</span>' if by else ""
    return f"<li><strong>{bdi(side.value)}</strong> {cites(side.citations, turn=turn)}{says}</li>"


def _by(citation: Citation) -> str:
    return f"{bdi(citation.publisher or citation.title)}, {long_date(citation.published)}"


def _notes(notes: Sequence[str]) -> str:
    return "".join(f'<p class="dl-note">{esc(note)}</p>' for note in notes)


def _meta(answer: Answer) -> str:
    spent = answer.timings_ms.get("total", sum(answer.timings_ms.values()))
    return (
        '<p class="dl-meta">'
        + facts(
            [
                _dates(answer.evidence_from, answer.evidence_to),
                esc(answer.sources.in_words()),
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


def _actions(exchange: Exchange, *, turn: int) -> str:
    """What can be done with a result that is there."""
    copied = f'<button type="button" class="dl-act" data-copy="{esc(_plain(exchange))}">Copy</button>'
    wrong = f'<button type="button" class="dl-act" data-note="{turn}">Not right</button>'
    acts = [
        act("judge", "Of use", turn=turn, useful="yes"),
        wrong,
        act("case", "Make it a case", turn=turn),
        act("inspect", "Inspect", turn=turn),
        act("export", "Export", turn=turn),
        copied,
    ]
    return f'<div class="dl-acts dl-under">{"".join(acts)}</div>'


def _plain(exchange: Exchange) -> str:
    """A turn as plain text, with its sources, to be pasted elsewhere."""
    result = exchange.result
    if not isinstance(result, Answer):
        return f"{exchange.question}\n\n{result.message if isinstance(result, Refusal) else result}"
    sources = [f"[{citation.number}] “{citation.quote}” {_source(citation)}".rstrip() for citation in result.citations]
    return "\n\n".join([exchange.question, result.text, *sources])


def _source(citation: Citation) -> str:
    published = f"{citation.published.day} {citation.published:%B %Y}" if citation.published else "date unknown"
    return ", ".join(filter(None, [citation.title, citation.publisher, published, citation.url]))


def _refusal(refusal: Refusal) -> str:
    nearest = "".join(
        f"<li>{act('read', bdi(near.title), article=near.article_id, kind='dl-title')} "
        f'<span class="dl-date">{long_date(near.published)}</span><br>{bdi(near.why)}</li>'
        for near in refusal.nearest
    )
    near = f"<h4>Nearest articles</h4><ul>{nearest}</ul>" if nearest else ""
    suggestion = f'<p class="dl-suggestion">{esc(refusal.suggestion)}</p>' if refusal.suggestion else ""
    head = f'<h3>{_REFUSED[refusal.reason]}</h3><p class="dl-reason">{esc(refusal.message)}</p>'
    return f'<section class="dl-card dl-refusal">{head}{near}{suggestion}</section>{_notes(refusal.notes)}'
