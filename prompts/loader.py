"""Loads the prompts of this folder: Markdown files whose `$name` variables must all be known and all be given.

A prompt file has a head between two `---` lines (`purpose:`, for people; `variables:`, the names it takes), then the
sections `## system` and `## user`, one message each. A wrong file fails at load, a wrong value at render, never
silently in front of a model. Values are put in once and not read again, so `$name` inside a value stays as it is.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template
from typing import Literal

Role = Literal["system", "user"]
_SECTION = re.compile(r"^## (system|user)[ \t]*$", re.MULTILINE)


class PromptError(ValueError):
    """A prompt file is wrong, or is rendered with the wrong values: a fault of the program, not of its user."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a model: who speaks, and the text."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A loaded prompt: its sections in order, the variables they use, and the digest (16 hex digits) of its file."""

    name: str
    sections: tuple[Message, ...]
    variables: frozenset[str]
    digest: str

    def render(self, values: Mapping[str, str]) -> tuple[Message, ...]:
        """The messages with every variable replaced by its value.

        Raises PromptError naming each variable that is missing or unknown.
        """
        if wrong := self.variables.symmetric_difference(values):
            raise PromptError(
                f"prompt {self.name!r} takes {sorted(self.variables)}; missing or unknown: {sorted(wrong)}"
            )
        return tuple(Message(part.role, Template(part.text).substitute(values)) for part in self.sections)


@cache
def prompt(name: str) -> Prompt:
    """The prompt of the file `name.md` in this package. Raises PromptError when there is none or it is wrong."""
    file = resources.files(__package__).joinpath(f"{name}.md")
    if not file.is_file():
        raise PromptError(f"there is no prompt {name!r}")
    return parse_prompt(name, file.read_text(encoding="utf-8"))


def parse_prompt(name: str, source: str) -> Prompt:
    """A prompt from the text of its file. Raises PromptError saying what is wrong with it."""
    source = source.replace("\r\n", "\n")
    head, body = _head_and_body(name, source)
    sections = _sections(name, body)
    used = frozenset(variable for part in sections for variable in _variables(name, part.text))
    declared = frozenset(head.get("variables", "").replace(",", " ").split())
    if wrong := declared.symmetric_difference(used):
        raise PromptError(f"prompt {name!r} declares {sorted(declared)} and uses {sorted(used)}; mend {sorted(wrong)}")
    digest = hashlib.sha256(source.encode()).hexdigest()[:16]
    return Prompt(name=name, sections=sections, variables=used, digest=digest)


def _head_and_body(name: str, source: str) -> tuple[dict[str, str], str]:
    parts = re.split(r"^---[ \t]*\n", source, maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():
        raise PromptError(f"prompt {name!r} must begin with a head between two lines of ---")
    fields = (line.partition(":") for line in parts[1].splitlines() if line.strip())
    return {field.strip(): value.strip() for field, _, value in fields}, parts[2]


def _sections(name: str, body: str) -> tuple[Message, ...]:
    before, *rest = _SECTION.split(body)
    roles: list[Role] = ["system" if role == "system" else "user" for role in rest[::2]]
    texts = [text.strip() for text in rest[1::2]]
    if before.strip() or roles not in (["system", "user"], ["user"]) or not all(texts):
        raise PromptError(
            f"prompt {name!r} must have the sections '## system' (may be left out) and '## user', with text"
        )
    return tuple(Message(role, text) for role, text in zip(roles, texts, strict=True))


def _variables(name: str, text: str) -> list[str]:
    template = Template(text)
    if not template.is_valid():
        raise PromptError(f"prompt {name!r} has a $ that is no variable; write $$ for the sign itself")
    return template.get_identifiers()
