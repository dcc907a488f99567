"""How an answer came about, as HTML: what was found with which scores, what was read and checked, how long it took.

Pure but for `inspected`, which looks the evidence up again.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...index.chunk import Evidence
from ...index.errors import ArticleNotFound
from ...prompts.loader import Message
from ..answer import Answer, Check, EvidenceRow, Refusal, Statement
from .html import act, bdi, esc, facts, long_date

if TYPE_CHECKING:
    from ..api import Dateline

Calls = Sequence[Sequence[Message]]
_SENT = "Sent to a language model"
_NOTHING = "Nothing: no language model took part."
_NOT_KEPT = "The messages themselves are kept only until the page is loaded again."
STAGES = ("dense", "lexical", "fused", "reranked")
_MEANING = {
    "dense": "cosine of question and passage",
    "lexical": "BM25",
    "fused": "both, weighed",
    "reranked": "near the day asked about, or reranked",
}


def inspected(news: "Dateline", result: Answer | Refusal, *, sent: Calls | None = None) -> str:
    """Every stage of one result; the evidence of a refusal, which carries none, is searched for once more.

    `sent` is what went to a language model, a tuple of messages for each call; None where that is not known any more.
    """
    again = isinstance(result, Refusal) or not result.evidence
    found = news.search(result.standalone_question, k=news.settings.n_evidence) if again else []
    rows = (
        [
            EvidenceRow(item.chunk.span.article_id, item.chunk.span.start, item.chunk.span.end, item.scores)
            for item in found
        ]
        if again
        else list(result.evidence if isinstance(result, Answer) else ())
    )
    parts = [
        _asked(result),
        _timings(result.timings_ms),
        _found(news, rows, result),
        _prompted(news, result, found, sent=sent),
        _read(result),
        _checked(result) if isinstance(result, Answer) else "",
        _made_by(result),
    ]
    return f'<div class="dl-inspect">{"".join(parts)}</div>'


def _asked(result: Answer | Refusal) -> str:
    rows = [("Question", bdi(result.question)), ("Searched for", bdi(result.standalone_question))]
    if isinstance(result, Answer) and result.as_of:
        rows.append(("As of", long_date(result.as_of)))
    return _section("Asked", _list(rows))


def _timings(timings_ms: Mapping[str, float]) -> str:
    steps = {step: ms for step, ms in timings_ms.items() if step != "total"}
    whole = timings_ms.get("total", sum(steps.values()))
    if not whole:
        return ""
    bars = "".join(
        f"<li><span>{esc(step)}</span>"
        f'<progress max="{whole:.3f}" value="{ms:.3f}" aria-label="{esc(step)}"></progress>'
        f"<span>{ms:,.1f} ms</span></li>"
        for step, ms in steps.items()
    )
    return _section(f"Time: {whole:,.0f} ms", f'<ul class="dl-bars">{bars}</ul>')


def _found(news: "Dateline", rows: Sequence[EvidenceRow], result: Answer | Refusal) -> str:
    if not rows:
        return _section("Found", '<p class="dl-meta">Nothing.</p>')
    stages = [stage for stage in STAGES if any(stage in row.scores for row in rows)]
    stages += sorted({stage for row in rows for stage in row.scores} - set(STAGES))
    most = {stage: max((row.scores.get(stage, 0.0) for row in rows), default=0.0) for stage in stages}
    heads = "".join(f'<th scope="col" title="{esc(_MEANING.get(stage, stage))}">{esc(stage)}</th>' for stage in stages)
    body = "".join(_passage(news, row, rank, stages, most, result) for rank, row in enumerate(rows, start=1))
    head = (
        f'<thead><tr><th scope="col">#</th><th scope="col">Passage</th>{heads}<th scope="col">Cited</th></tr></thead>'
    )
    table = f'<table class="dl-table dl-cards">{head}<tbody>{body}</tbody></table>'
    return _section(f"Found: {len(rows)} passages", table)


def _passage(
    news: "Dateline",
    row: EvidenceRow,
    rank: int,
    stages: Sequence[str],
    most: Mapping[str, float],
    result: Answer | Refusal,
) -> str:
    try:
        article = news.article(row.article_id)
    except ArticleNotFound:
        return f'<tr><td>{rank}</td><td colspan="{len(stages) + 2}">{esc(row.article_id)} is gone.</td></tr>'
    words = " ".join(article.text[row.start : row.end].split())
    told = {"article": row.article_id, "start": row.start, "end": row.end}
    title = act("read", bdi(article.title), kind="dl-title", **told)
    scores = "".join(
        f'<td data-label="{esc(stage)}">{_score(row.scores.get(stage), most[stage])}</td>' for stage in stages
    )
    numbers = [
        f"[{citation.number}]"
        for citation in (result.citations if isinstance(result, Answer) else ())
        if citation.article_id == row.article_id and citation.start < row.end and row.start < citation.end
    ]
    passage = f'{title}<br><span class="dl-meta">{bdi(_cut(words))}</span>'
    return f'<tr><td>{rank}</td><td>{passage}</td>{scores}<td data-label="Cited">{" ".join(numbers) or "–"}</td></tr>'


def _score(score: float | None, most: float) -> str:
    if score is None:
        return "–"
    share = max(0.0, min(1.0, score / most)) if most > 0 else 0.0
    return f'<span class="dl-score" style="--share:{share:.3f}">{score:.3f}</span>'


def _prompted(news: "Dateline", result: Answer | Refusal, found: Sequence[Evidence], *, sent: Calls | None) -> str:
    """What the language model was sent; where that is not known any more, the same built anew, and that it is said."""
    if sent is None and isinstance(result, Answer) and result.reader == "llm":
        return _built_anew(news, result, found)
    if not sent:
        return _section(_SENT, _meta(_NOT_KEPT if sent is None and _may_have_asked(news, result) else _NOTHING))
    note = "Word for word as it was sent" + (f", in {len(sent)} calls." if len(sent) > 1 else ".")
    return _section(_SENT, _meta(note) + "".join(_messages(messages) for messages in sent))


def _may_have_asked(news: "Dateline", result: Answer | Refusal) -> bool:
    declined = isinstance(result, Refusal) and result.reason == "reader_declined"
    return declined or result.usage is not None or news.settings.reader_kind == "llm"


def _built_anew(news: "Dateline", result: Answer, found: Sequence[Evidence]) -> str:
    from ..llm.prompt import answer_prompt

    evidence = found or news.search(result.standalone_question, k=news.settings.n_evidence)
    prompt = answer_prompt(result.standalone_question, evidence, max_tokens=news.settings.max_evidence_tokens)
    note = f"Built anew from what a search finds now. {_NOT_KEPT}"
    return _section(_SENT, _meta(note) + _messages(prompt.messages))


def _messages(messages: Sequence[Message]) -> str:
    said = "".join(f'<h4>{esc(message.role)}</h4><pre tabindex="0">{esc(message.text)}</pre>' for message in messages)
    count = f"{len(messages)} message{'' if len(messages) == 1 else 's'}"
    return f"<details><summary>{count}</summary>{said}</details>"


def _meta(words: str) -> str:
    return f'<p class="dl-meta">{esc(words)}</p>'


def _read(result: Answer | Refusal) -> str:
    if isinstance(result, Refusal):
        rows = [("Refused", esc(result.reason)), ("Because", bdi(result.message))]
    else:
        rows = [("Reader", esc(result.reader)), ("Confidence", f"{result.confidence:.3f}")]
        rows.append(("Short answer", bdi(result.short_answer) if result.short_answer else "none"))
    if result.usage:
        cost = f"{result.usage.cost_usd:.5f} US dollars" if result.usage.cost_usd is not None else None
        tokens = f"{result.usage.prompt_tokens} tokens in, {result.usage.completion_tokens} out"
        rows.append(("Used", facts([tokens, cost])))
    return _section("Read", _list(rows + [("Note", bdi(note)) for note in result.notes]))


def _checked(answer: Answer) -> str:
    return _section("Checked", "".join(map(_statement, answer.statements)))


def _statement(statement: Statement) -> str:
    verdict = f'<span class="dl-verdict dl-{statement.verdict}">{statement.verdict}</span>'
    checks = "".join(map(_check, statement.checks))
    return f'<p>{bdi(statement.text)} {verdict}</p><ul class="dl-checks">{checks}</ul>'


def _check(check: Check) -> str:
    kind, sign = ("supported", "✓") if check.ok else ("unsupported", "✗")
    return f'<li class="dl-{kind}">{sign} {esc(check.kind)}: {bdi(check.value)}</li>'


def _made_by(result: Answer | Refusal) -> str:
    return _section(
        "Made by", _list([("Fingerprint", f"<code>{esc(result.fingerprint)}</code>"), ("Id", esc(result.id))])
    )


def _section(title: str, inside: str) -> str:
    return f'<section><h3 class="dl-panel-title">{esc(title)}</h3>{inside}</section>'


def _list(rows: Sequence[tuple[str, str]]) -> str:
    return f'<dl class="dl-origins">{"".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows)}</dl>'


def _cut(words: str, *, max_chars: int = 180) -> str:
    return words if len(words) <= max_chars else f"{words[:max_chars].rsplit(' ', 1)[0]} …"
