"""The evidence pack of an answer: what a desk files beside a story, and a check that it still holds.

A pack is two files, one for people (Markdown) and one for programs (JSON). It carries the answer, every quote with its
paragraph, and the content hash of every cited article, so that `check_pack` can tell later, on any corpus, whether each
quote still stands at its place. Pure but for `write_pack` and `read_pack`.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from ..index.article import Article
from ..index.errors import ArticleNotFound, BadInput, StorageError
from .answer import Answer, Citation, Refusal
from .asked import in_words
from .paragraph import paragraph_of

MARKDOWN, JSON = "evidence-pack.md", "evidence-pack.json"
_VERDICT = {"supported": "✓", "partly": "~", "contradicted": "✗", "unsupported": "✗"}


class _Quote(BaseModel):
    model_config = ConfigDict(frozen=True)

    number: int
    article_id: str
    quote: str
    start: int
    end: int
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True)

    text: str
    citations: list[int]


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True)

    text: str = ""
    statements: list[_Said] = []
    citations: list[_Quote] = []


class Pack(BaseModel):
    """What a check needs of a pack's JSON; the other fields are for people."""

    model_config = ConfigDict(frozen=True)

    kind: str
    result: _Result
    content_hashes: dict[str, str]


class _Kind(BaseModel):
    model_config = ConfigDict(frozen=True)

    kind: str


class _Packs(_Kind):
    packs: list[Pack]


@dataclass(frozen=True, slots=True)
class Finding:
    """How one quote of a pack stands against the corpus; `fault` is None when it holds exactly."""

    number: int
    article_id: str
    fault: str | None = None


def pack_json(
    result: Answer | Refusal, articles: Mapping[str, Article], *, made_by: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The JSON form of a pack; `articles` holds every cited article by id, `made_by` names model and index."""
    cited = _cited(result)
    return {
        "schema": 1,
        "kind": "evidence_pack",
        "made_by": dict(made_by or {}),
        "result": result.to_dict(),
        "paragraphs": {str(c.number): _paragraph(c, articles) for c in cited},
        "content_hashes": {c.article_id: articles[c.article_id].content_hash for c in cited},
    }


def packs_json(packs: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The JSON form of a conversation's packs, in order."""
    return {"schema": 1, "kind": "evidence_packs", "packs": list(packs)}


def pack_markdown(result: Answer | Refusal, articles: Mapping[str, Article]) -> str:
    """The same for people, as Markdown in which no word of an article is taken for markup."""
    blocks = [f"# {_plain(result.question)}"]
    if isinstance(result, Refusal):
        nearest = [f"- {_plain(near.title)}: {_plain(near.why)}" for near in result.nearest]
        blocks += [f"**No answer** ({result.reason}). {_plain(result.message)}", "\n".join(nearest)]
        return "\n\n".join([*filter(None, blocks), _plain(result.suggestion)]).rstrip() + "\n"
    if result.short_answer:
        blocks.append(f"**{_plain(result.short_answer)}**")
    for said in result.statements:
        markers = "".join(f"\\[{number}\\]" for number in said.citations)
        blocks.append(f"{_plain(said.text)} {markers} ({_VERDICT[said.verdict]} {said.verdict})")
    for conflict in result.conflicts:
        sides = "; ".join(f"{_plain(side.value)} {list(side.citations)}" for side in conflict.sides)
        told = (
            f"**Corrected on {conflict.corrected_on}**," if conflict.corrected_on else "**The articles disagree** about"
        )
        blocks.append(f"{told} {_plain(conflict.about)}: {sides}")
    blocks.append("## Evidence")
    blocks += [_markdown_quote(citation, articles) for citation in result.citations]
    blocks.append(f"Made by {result.reader} reader, fingerprint `{result.fingerprint}`.")
    return "\n\n".join(blocks) + "\n"


def check_pack(pack: Pack, article: Callable[[str], Article]) -> list[Finding]:
    """Every quote of a pack, and what is said of its article, against the corpus; `article` raises ArticleNotFound.

    In the pack's order; a statement that cites nothing, cites a quote that is not there, or is not what the answer's
    text says is a finding of its own, with the number 0.
    """
    quotes = [Finding(quote.number, quote.article_id, _fault(quote, pack, article)) for quote in pack.result.citations]
    return [*quotes, *(Finding(0, "", fault) for fault in _statement_faults(pack.result))]


def _statement_faults(result: _Result) -> Iterator[str]:
    numbers = {quote.number for quote in result.citations}
    for said in result.statements:
        if not said.citations or not set(said.citations) <= numbers:
            yield f"the statement “{said.text[:60]}” cites a quote that the pack does not hold"
        if said.text not in result.text:
            yield f"the statement “{said.text[:60]}” does not stand in the answer's text"


def _fault(quote: _Quote, pack: Pack, article: Callable[[str], Article]) -> str | None:
    if not quote.quote.strip():
        return "the quote is empty"
    try:
        found = article(quote.article_id)
    except ArticleNotFound:
        return "the article is not in this corpus"
    if found.text[quote.start : quote.end] == quote.quote:
        return _fact_fault(quote, found)
    changed = pack.content_hashes.get(quote.article_id) != found.content_hash
    where = "stands elsewhere in the article" if quote.quote in found.text else "does not stand in the article"
    return f"the quote {where}" + (", which has changed since" if changed else "")


def _fact_fault(quote: _Quote, found: Article) -> str | None:
    """Which fact of the article the pack gives otherwise than the corpus."""
    for name in ("title", "publisher", "author", "published", "url"):
        if getattr(quote, name) != getattr(found, name):
            return f"the pack gives another {name} than the article: {getattr(quote, name)}, not {getattr(found, name)}"
    return None


def write_pack(folder: Path, result: Answer | Refusal, *, articles: Mapping[str, Article]) -> tuple[Path, Path]:
    """Writes both files (over older ones) and gives their paths. Raises StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARKDOWN).write_text(pack_markdown(result, articles), "utf-8")
        pack = json.dumps(pack_json(result, articles), ensure_ascii=False, indent=2)
        (folder / JSON).write_text(pack + "\n", "utf-8")
    except OSError as error:
        raise StorageError(
            f"The pack cannot be written to {folder}: {error.strerror}. Choose another folder."
        ) from error
    return folder / MARKDOWN, folder / JSON


def read_pack(path: Path) -> Pack:
    """The one pack in a JSON file, or in the folder that holds it. Raises BadInput."""
    packs = read_packs(path)
    if len(packs) != 1:
        raise BadInput(f"{path} holds {len(packs)} evidence packs, not one.")
    return packs[0]


def read_packs(path: Path) -> tuple[Pack, ...]:
    """The packs in a JSON file: one, or those of a conversation in order. Raises BadInput."""
    file = path / JSON if path.is_dir() else path
    try:
        body = file.read_bytes()
        several = _Kind.model_validate_json(body).kind == "evidence_packs"
        packs = _Packs.model_validate_json(body).packs if several else [Pack.model_validate_json(body)]
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}.") from None
    except ValidationError as error:
        raise BadInput(f"{file} is no evidence pack: {in_words(error)}.") from None
    for pack in packs:
        if pack.kind != "evidence_pack":
            raise BadInput(
                f"{file} is no evidence pack but {pack.kind!r}; `dateline export QUESTION -o DIR` makes one."
            )
    return tuple(packs)


def cited_ids(result: Answer | Refusal) -> list[str]:
    """The ids of the cited articles, each once, in order."""
    return list(dict.fromkeys(citation.article_id for citation in _cited(result)))


def _cited(result: Answer | Refusal) -> Iterable[Citation]:
    return result.citations if isinstance(result, Answer) else ()


def _paragraph(citation: Citation, articles: Mapping[str, Article]) -> str:
    text = articles[citation.article_id].text
    start, end = paragraph_of(text, citation.start, end=citation.end)
    return text[start:end]


def _markdown_quote(citation: Citation, articles: Mapping[str, Article]) -> str:
    article = articles[citation.article_id]
    published = citation.published.isoformat() if citation.published else "date unknown"
    facts = [citation.title, citation.publisher, citation.author, published, citation.url]
    start, end = paragraph_of(article.text, citation.start, end=citation.end)
    words = (
        _plain(article.text[start : citation.start]),
        f"**{_plain(citation.quote)}**",
        _plain(article.text[citation.end : end]),
    )
    quoted = "\n".join(f"> {line}" for line in "".join(words).split("\n"))
    place = f"`{citation.article_id}` characters {citation.start}–{citation.end}"
    return f"### \\[{citation.number}\\] {' · '.join(_plain(fact) for fact in facts if fact)}\n\n{quoted}\n\n{place}"


def _plain(text: str) -> str:
    """A text as Markdown that shows exactly it: every sign that could be markup is escaped."""
    return re.sub(r"([\\`*_\[\]<>#|!~&])", r"\\\1", text)
