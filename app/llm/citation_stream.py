"""Reads a model's reply piece by piece: gives the text that can be shown already, and keeps the reply's lines by kind.

A citation mark is never torn over pieces, an unknown one never shown, and neither are the lines meant for the program
(`SHORT:`, `DIFFER:`, `NOT IN THE ARTICLES:`), code blocks and a reasoning model's thoughts. However the reply is cut,
the pieces joined and the lines are the same. What the lines mean is `llm.reply`'s work.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from .citation_marks import normalised, settled_end

Kind = Literal["text", "short", "differ", "decline", "code"]  # lines of code are not kept
_KEYWORDS: dict[str, Kind] = {
    "SHORT ANSWER": "short",
    "SHORT": "short",
    "DIFFER": "differ",
    "NOT IN THE ARTICLES": "decline",
}
# Models like to dress a line up: "**SHORT:** x", "- DIFFER: y", "> NOT IN THE ARTICLES".
_DRESS = " \t>*_#-•"
_FENCES = ("```", "~~~")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reply: its kind, and its text (without the keyword, for a line meant for the program)."""

    kind: Kind
    text: str


class CitationStream:
    """Takes a reply in pieces. `feed` and `close` return what can be shown; afterwards `lines` is the whole reply.

    `n` is the number of excerpts that a mark can name. A keyword without words after it leaves no line, save a decline.
    """

    def __init__(self, n: int) -> None:
        self.lines: list[Line] = []
        self._n = n
        self._thoughts = Thoughts()
        self._line = ""
        self._end_shown = 0  # how much of the current line has been given out
        self._line_begun = False
        self._gap = ""  # line ends owed before the next text
        self._any_shown = False
        self._fence = ""

    def feed(self, piece: str) -> str:
        """Takes the next piece; returns the text that is settled by it, often empty."""
        whole_lines = self._thoughts.feed(piece).split("\n")
        shown = [self._grow(whole_lines[0])]
        for text in whole_lines[1:]:
            shown += [self._end_line(), self._grow(text)]
        return "".join(shown)

    def close(self) -> str:
        """The reply is over; returns the rest of its text."""
        shown = self._grow(self._thoughts.close())
        return shown + (self._end_line() if self._line else "")

    @property
    def declined(self) -> bool:
        """Whether the reply began by declining; whatever follows is not shown."""
        return bool(self.lines) and self.lines[0].kind == "decline"

    def _grow(self, text: str) -> str:
        self._line += text
        if self._fence or self.declined or kind_so_far(self._line) != "text":
            return ""
        end = self._end_shown + settled_end(self._line[self._end_shown :])
        return self._show_up_to(end)

    def _end_line(self) -> str:
        line, shown = self._line.rstrip(), ""
        kind, text = read_line(line)
        if self._fence:
            kind = "code"
        if kind == "code":
            self._turn_fence(line)
        elif kind == "text" and not self.declined:
            shown = self._show_up_to(len(line))
            self._gap = "\n" if line else "\n\n"
        if kind == "decline" or (text and kind != "code"):
            self.lines.append(Line(kind, text))
        self._line, self._end_shown, self._line_begun = "", 0, False
        return shown

    def _show_up_to(self, end: int) -> str:
        shown = normalised(self._line[self._end_shown : end], self._n)
        self._end_shown = max(end, self._end_shown)
        if not self._line_begun:
            shown = shown.lstrip()
            if not shown:
                return ""
            shown = (self._gap if self._any_shown else "") + shown
        self._line_begun = self._any_shown = True
        return shown

    def _turn_fence(self, line: str) -> None:
        mark = line.lstrip()[:3]
        if not self._fence:
            self._fence = mark
        elif mark == self._fence:
            self._fence = ""


def read_line(line: str) -> tuple[Kind, str]:
    """The kind of a whole line, and its text without the keyword.

    >>> read_line("**SHORT:** 4 May 2021")
    ('short', '4 May 2021')
    """
    if line.lstrip().startswith(_FENCES):
        return "code", line
    bare = line.lstrip(_DRESS)
    for keyword, kind in _KEYWORDS.items():
        rest = _after_keyword(bare, keyword)
        if rest is not None:
            return kind, rest.strip(" \t*_")
    return "text", line.strip()


def _after_keyword(bare: str, keyword: str) -> str | None:
    if not bare.upper().startswith(keyword):
        return None
    rest = bare[len(keyword) :].lstrip(" \t*_")
    if rest[:1] in (":", "："):
        return rest[1:]
    # Declining is told without a colon too; a sentence that only begins with these words goes on with a letter.
    if keyword == "NOT IN THE ARTICLES" and (not rest or rest[0] in ".,;-–—"):
        return rest.lstrip(".,;-–— ")
    return None


def kind_so_far(line: str) -> Kind | None:
    """The kind of a line that may still grow; None while it is open.

    >>> kind_so_far("SHO"), kind_so_far("Shops"), kind_so_far("Short: x")
    (None, 'text', 'short')
    """
    start = line.lstrip()
    if start.startswith(_FENCES):
        return "code"
    bare = start.lstrip(_DRESS)
    if not bare or any(fence.startswith(start) for fence in _FENCES):
        return None
    if any(_may_become(bare, keyword) for keyword in _KEYWORDS):
        return None
    return read_line(line)[0]


def _may_become(bare: str, keyword: str) -> bool:
    upper = bare.upper()
    return keyword.startswith(upper) or (upper.startswith(keyword) and not bare[len(keyword) :].strip(" \t*_"))


class Thoughts:
    """Takes out what a reasoning model thinks aloud, `<think>…</think>` at the very beginning of its reply."""

    _OPEN, _SHUT = "<think>", "</think>"

    def __init__(self) -> None:
        self._held = ""
        self._step: Callable[[], str] = self._at_start

    def feed(self, piece: str) -> str:
        """Takes the next piece; returns what is no thought."""
        self._held += piece
        return self._step()

    def close(self) -> str:
        """The reply is over; returns the rest."""
        return self._release() if self._step == self._at_start else ""

    def _at_start(self) -> str:
        start = self._held.lstrip()
        if start.startswith(self._OPEN):
            self._step = self._inside
            return self._inside()
        return "" if self._OPEN.startswith(start) else self._release()

    def _inside(self) -> str:
        thought, shut, after = self._held.partition(self._SHUT)
        if shut:
            self._held = after
            return self._release()
        # Only a tail that may be the beginning of the closing tag has to be kept.
        self._held = thought[-len(self._SHUT) :]
        return ""

    def _release(self) -> str:
        self._step = self._release
        held, self._held = self._held, ""
        return held


def shown_text(reply: str, *, n: int) -> str:
    """A whole reply as it is shown, in one go.

    >>> shown_text("Talks began [1][9].\\nSHORT: talks", n=1)
    'Talks began [1].'
    """
    stream = CitationStream(n)
    return stream.feed(reply) + stream.close()


def without_thoughts(reply: str) -> str:
    """A whole reply without what a reasoning model thought aloud before it.

    >>> without_thoughts("<think>Who is he?</think>Who is Li?")
    'Who is Li?'
    """
    thoughts = Thoughts()
    return thoughts.feed(reply) + thoughts.close()
