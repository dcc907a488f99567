"""What ingesting did: values only."""

from dataclasses import dataclass
from typing import Literal

from .article import Skipped

Outcome = Literal["added", "updated", "unchanged", "skipped"]


@dataclass(frozen=True, slots=True)
class IngestProgress:
    """One article is done: it is in the record for good, or was left out.

    `name` is its id, or the path of what was skipped.
    `n_done` counts all that are done so far, this one included.
    """

    n_done: int
    name: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """The ids of what was added, updated and unchanged, in order, and what was skipped with the reasons."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def n_articles(self) -> int:
        """How many articles of the run are in the corpus now."""
        return len(self.added) + len(self.updated) + len(self.unchanged)
