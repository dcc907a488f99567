"""The reader that asks a language model: evidence into the prompt, the reply into drafts pinned to exact spans.

It knows neither HTTP nor retries (`llm.client`) and checks nothing but form: whether the words support a draft is for
the chain. A provider's failure is raised as it is; falling back is the chain's choice too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...index.article import Span
from ...index.chunk import Evidence
from ...index.errors import ProviderGarbled
from ...prompts.loader import prompt
from ..reader import Draft, DraftConflict, DraftSide, Reading
from .citation_stream import CitationStream
from .language_model import Completion, LanguageModel
from .pins import coverage, pins
from .prompt import AnswerPrompt, answer_prompt
from .reply import Difference, Reply, Said, parse_reply, reply_of
from .short import checked_short

MAX_EVIDENCE_TOKENS = 6000
_NO_EVIDENCE = "There is no evidence to answer from."
_ENDS = (".", "!", "?", "…", "”", '"', "»", "。", "！", "？")


class LLMReader:
    """A Reader over a LanguageModel. `max_evidence_tokens` bounds the excerpts put before it, best first."""

    def __init__(self, client: LanguageModel, *, max_evidence_tokens: int = MAX_EVIDENCE_TOKENS) -> None:
        self._client = client
        self._max_evidence_tokens = max_evidence_tokens

    @property
    def name(self) -> str:
        """Model, prompt and budget: what decides the reading of given evidence."""
        return f"llm {self._client.name} prompt={prompt('answer').digest} evidence={self._max_evidence_tokens}"

    def read(self, question: str, evidence: Sequence[Evidence]) -> Reading:
        """One question, its evidence best first. Empty evidence is declined without any call. Raises ProviderError."""
        if not evidence:
            return Reading(reader="llm", declined=_NO_EVIDENCE)
        asked = self._prompt(question, evidence)
        completion = self._client.complete(asked.messages)
        reply = parse_reply(completion.text, n=len(asked.evidence))
        return _reading(reply, completion, asked=asked, n_given=len(evidence))

    def stream(self, question: str, evidence: Sequence[Evidence]) -> Iterator[str | Reading]:
        """The same, as pieces of text while they come, marks whole, then the Reading. Raises ProviderError."""
        if not evidence:
            yield Reading(reader="llm", declined=_NO_EVIDENCE)
            return
        asked = self._prompt(question, evidence)
        shown, completion = CitationStream(len(asked.evidence)), None
        for piece in self._client.stream(asked.messages):
            if isinstance(piece, Completion):
                completion = piece
            elif text := shown.feed(piece):
                yield text
        if completion is None:
            raise ProviderGarbled("The language model's reply broke off before its end, so it is not used. Ask again.")
        if rest := shown.close():
            yield rest
        reply = reply_of(shown.lines, n=len(asked.evidence))
        yield _reading(reply, completion, asked=asked, n_given=len(evidence))

    def _prompt(self, question: str, evidence: Sequence[Evidence]) -> AnswerPrompt:
        return answer_prompt(question, evidence, max_tokens=self._max_evidence_tokens)


@dataclass(frozen=True, slots=True)
class _Pinned:
    draft: Draft
    covered: float


def _reading(reply: Reply, completion: Completion, *, asked: AnswerPrompt, n_given: int) -> Reading:
    """The reading of a reply. Raises ProviderGarbled for a reply without words."""
    if reply.empty:
        why = "its token limit was spent before any word" if completion.finish == "length" else "no words"
        raise ProviderGarbled(f"The language model's reply cannot be used ({why}). Ask again, or use another model.")
    notes = _notes(reply, n_in_prompt=len(asked.evidence), n_given=n_given)
    if reply.declined is not None:
        return Reading(reader="llm", declined=reply.declined, usage=completion.usage, notes=notes)
    said = reply.said
    if completion.finish == "length" and not said[-1].text.endswith(_ENDS):
        said, notes = (
            said[:-1],
            (*notes, "The model's answer was cut at its length limit; its last sentence is left out."),
        )
    pinned = [_pinned(sentence, asked.evidence) for sentence in said]
    return Reading(
        reader="llm",
        drafts=tuple(one.draft for one in pinned),
        short_answer=_short(reply.short, pinned, evidence=asked.evidence),
        confidence=round(sum(one.covered for one in pinned) / max(1, len(pinned)), 4),
        conflicts=tuple(filter(None, (_conflict(found, asked.evidence) for found in reply.differences))),
        usage=completion.usage,
        notes=notes,
    )


def _pinned(said: Said, evidence: Sequence[Evidence]) -> _Pinned:
    """A sentence with its spans, those of the first cited excerpt first, and the share of its words that they hold."""
    cited = [evidence[number - 1] for number in said.cited]
    spans = tuple(dict.fromkeys(span for item in cited for span in pins(said.text, item)))
    return _Pinned(Draft(said.text, spans), coverage(said.text, _quotes(spans, evidence)) if spans else 0.0)


def _quotes(spans: Sequence[Span], evidence: Sequence[Evidence]) -> str:
    articles = {item.article.article_id: item.article for item in evidence}
    return " ".join(articles[span.article_id].quote(span) for span in spans)


def _short(short: str | None, pinned: Sequence[_Pinned], *, evidence: Sequence[Evidence]) -> str | None:
    articles = {item.article.article_id: item.article for item in evidence}
    return checked_short(short, cited=[(articles[span.article_id], span) for one in pinned for span in one.draft.spans])


def _conflict(found: Difference, evidence: Sequence[Evidence]) -> DraftConflict | None:
    """A disagreement, if at least two of its values stand in what they cite."""
    articles = {item.article.article_id: item.article for item in evidence}
    sides = []
    for side in found.sides:
        spans = _pinned(side, evidence).draft.spans
        if checked_short(side.text, cited=[(articles[span.article_id], span) for span in spans]):
            sides.append(DraftSide(side.text, spans))
    return DraftConflict(found.about, tuple(sides)) if len(sides) > 1 else None


def _notes(reply: Reply, *, n_in_prompt: int, n_given: int) -> tuple[str, ...]:
    notes = []
    if reply.unknown:
        marks = "".join(f"[{number}]" for number in reply.unknown)
        notes.append(f"The model cited {marks}, which is not in the evidence; these marks were removed.")
    if reply.missing:
        notes.append(f"By the model's word, the articles do not tell: {reply.missing}")
    if n_in_prompt < n_given:
        left_out = n_given - n_in_prompt
        notes.append(f"{left_out} of {n_given} pieces of evidence, the lowest ranked, did not fit the token budget.")
    return tuple(notes)
