"""What a model's reply says: its sentences with the numbers they cite, the short answer, disagreements, or a decline.

Pure, and lenient towards form only: what is not cited stays uncited here, and whether the words are true is checked
elsewhere. It must never add a citation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...index.sentences import split_sentences
from .citation_marks import Placed, is_mark, without_marks
from .citation_stream import CitationStream, Line

_BULLET = re.compile(r"^(?:[-*•>]|#{1,6}|\d{1,2}[.)])\s+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]*)\)")
_EMPTY_BRACKETS = re.compile(r"\s*\(\s*\)")
_BLANK_BEFORE_STOP = re.compile(r"\s+([.,;!?])(?=\s|$)")
_NO_ANSWER = re.compile(
    r"\b(?:articles?|excerpts?|evidence|sources?|texts?)\b.{0,40}\b(?:do(?:es)?|did)(?: not|n't|n’t)\b"
    r"|\b(?:not|never) (?:mentioned|stated|given|specified|reported) in the\b"
    r"|\b(?:no|not enough|insufficient) information\b"
    r"|\b(?:cannot|can't|can’t|unable to) (?:answer|determine|find|tell)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a reply without its marks, and the known excerpt numbers it cites, in order."""

    text: str
    cited: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What excerpts disagree about, by the model's word, and each side as a value with its excerpt numbers."""

    about: str
    sides: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply taken apart. `declined` is why there is no answer; `missing` is what a partial answer leaves open."""

    said: tuple[Said, ...] = ()
    short: str | None = None
    declined: str | None = None
    missing: str | None = None
    differences: tuple[Difference, ...] = ()
    unknown: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it says nothing at all."""
        return not self.said and self.declined is None


def parse_reply(reply: str, *, n: int) -> Reply:
    """Takes a whole reply apart, given n excerpts."""
    stream = CitationStream(n)
    stream.feed(reply)
    stream.close()
    return reply_of(stream.lines, n=n)


def reply_of(lines: Sequence[Line], *, n: int) -> Reply:
    """Takes the lines of a reply apart, given n excerpts.

    A reply declines when it begins with the decline, or when nothing in it is cited and a sentence says that the
    articles do not tell: a model that missed the form has still declined.
    """
    if lines and lines[0].kind == "decline":
        return Reply(declined=_reason(lines, n=n))
    said = tuple(sentence for line in lines if line.kind == "text" for sentence in _sentences(line.text, n=n))
    shorts = [_plain(line.text, n=n)[0].rstrip(".") for line in lines if line.kind == "short"]
    missing = [_plain(line.text, n=n)[0] for line in lines if line.kind == "decline"]
    found = [_difference(line.text, n=n) for line in lines if line.kind == "differ"]
    whole = Reply(
        said=said,
        short=next(filter(None, shorts), None),
        missing=next(filter(None, missing), None),
        differences=tuple(difference for difference in found if difference),
        unknown=_unknown(lines, n=n),
    )
    if not any(sentence.cited for sentence in said):
        why = [sentence.text for sentence in said if _NO_ANSWER.search(sentence.text)] or missing[:1]
        if why:
            return Reply(declined=why[0] or _NO_REASON, unknown=whole.unknown)
    return whole


_NO_REASON = "The articles do not tell this."


def _reason(lines: Sequence[Line], *, n: int) -> str:
    texts = (_plain(line.text, n=n)[0] for line in lines if line.kind in ("decline", "text"))
    return next(filter(None, texts), _NO_REASON)


def _sentences(line: str, *, n: int) -> list[Said]:
    plain, placed = _plain(line, n=n)
    spans = [(start, end) for start, end in split_sentences(plain) if any(c.isalnum() for c in plain[start:end])]
    said = [Said(plain[start:end], ()) for start, end in spans]
    for mark in placed if said else ():
        # A mark belongs to the sentence that it stands in or ends; at the line's very beginning, to the first.
        at = max((i for i, (start, _) in enumerate(spans) if start < mark.offset), default=0)
        said[at] = replace(said[at], cited=tuple(dict.fromkeys((*said[at].cited, *mark.marks.known))))
    return said


def _plain(line: str, *, n: int) -> tuple[str, list[Placed]]:
    """A line's words: no bullet, no marks, no links, no emphasis; blanks before stops gone."""
    text = _LINK.sub(lambda link: f"[{link[1]}]" if is_mark(f"[{link[1]}]") else link[1], line)
    text = _BULLET.sub("", text.strip()).replace("**", "").replace("__", "").replace("`", "")
    plain, placed = without_marks(text, n)
    for pattern, instead in ((_EMPTY_BRACKETS, ""), (_BLANK_BEFORE_STOP, r"\1")):
        plain, placed = _substituted(pattern, instead, plain=plain, placed=placed)
    return plain.strip(), placed


def _substituted(
    pattern: re.Pattern[str], instead: str, *, plain: str, placed: list[Placed]
) -> tuple[str, list[Placed]]:
    def moved(offset: int) -> int:
        before = (found for found in pattern.finditer(plain) if found.start() < offset)
        return offset - sum(len(found.group()) - len(found.expand(instead)) for found in before)

    return pattern.sub(instead, plain), [replace(mark, offset=moved(mark.offset)) for mark in placed]


def _difference(text: str, *, n: int) -> Difference | None:
    about, *values = text.split("|")
    sides = []
    for value in values:
        plain, placed = _plain(value, n=n)
        cited = tuple(dict.fromkeys(number for mark in placed for number in mark.marks.known))
        if plain and cited:
            sides.append(Said(plain, cited))
    return Difference(about.strip(), tuple(sides)) if about.strip() and len(sides) > 1 else None


def _unknown(lines: Sequence[Line], *, n: int) -> tuple[int, ...]:
    marks = [mark.marks for line in lines for mark in _plain(line.text, n=n)[1]]
    return tuple(sorted({number for found in marks for number in found.unknown}))
