"""The reader that a person has chosen on the page, over the same open articles. No Gradio in here.

What is chosen comes from a browser: it is validated, and what makes no sense counts as nothing chosen. Keys are never
among it; without one in the environment there is no language model to choose.
"""

import threading
import time
import uuid
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from ..api import Dateline

MAX_OPEN = 8


class Choice(BaseModel):
    """What the settings tab chooses; None is as Dateline was started."""

    model_config = ConfigDict(frozen=True)

    reader: Literal["extractive", "llm"] | None = None
    model: str | None = Field(default=None, min_length=1, max_length=200)
    min_confidence: float | None = Field(default=None, ge=0, le=1)
    n_evidence: int | None = Field(default=None, ge=1, le=50)

    @classmethod
    def read(cls, kept: Any) -> "Choice":
        """What a browser kept; nothing chosen where that can't be read."""
        try:
            return cls.model_validate(kept if isinstance(kept, dict) else {})
        except ValidationError:
            return cls()


class Readers:
    """Datelines over one corpus, one for each choice, the last few kept. Safe for several threads."""

    def __init__(self, news: "Dateline") -> None:
        self._news = news
        self._open: OrderedDict[Choice, Dateline] = OrderedDict()
        self._lock = threading.Lock()

    def chosen(self, kept: Any) -> "Dateline":
        """The Dateline for a choice. Raises SettingsError where the language model has no key."""
        choice = Choice.read(kept)
        if choice == Choice():
            return self._news
        with self._lock:
            if choice not in self._open:
                self._open[choice] = self._made(choice)
            self._open.move_to_end(choice)
            while len(self._open) > MAX_OPEN:
                self._open.popitem(last=False)
            return self._open[choice]

    def _made(self, choice: Choice) -> "Dateline":
        from ..api import Dateline
        from ..parts import build_parts

        chosen = {name: value for name, value in choice.model_dump().items() if value is not None}
        settings = self._news.settings.model_copy(update=chosen)
        parts = build_parts(settings, self._news.corpus, clock=time.perf_counter, new_id=lambda: uuid.uuid4().hex)
        return Dateline(self._news.corpus, parts, settings)
