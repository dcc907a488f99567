"""What limits the evidence of a question, as the page's form gives it, and which articles that leaves. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ...index.errors import BadInput

if TYPE_CHECKING:
    from ...index.record.rows import ArticleRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Dates as typed (empty: no limit), outlets by name, articles by id; all hold together.

    `as_of` hides later articles and is the day that "last week" counts from; `since` and `until` only hide.
    """

    as_of: str = ""
    since: str = ""
    until: str = ""
    outlets: Sequence[str] = ()
    articles: Sequence[str] = ()

    @property
    def in_words(self) -> str:
        """The limits on one line, for whoever has forgotten them; empty where there are none."""
        told = [
            f"as of {self.as_of}" if self.as_of.strip() else "",
            f"from {self.since}" if self.since.strip() else "",
            f"to {self.until}" if self.until.strip() else "",
            ", ".join(self.outlets),
        ]
        return "; ".join(filter(None, told))

    @property
    def day(self) -> date | None:
        """The day of `as_of`. Raises BadInput."""
        return day_of(self.as_of)

    @property
    def narrow(self) -> bool:
        """Whether anything but `as_of` limits."""
        return bool(self.since.strip() or self.until.strip() or self.outlets or self.articles)

    def ids(self, rows: "Sequence[ArticleRow]") -> list[str] | None:
        """The ids that the limits leave; None where nothing but `as_of` limits. Raises BadInput.

        An article without a date is inside every range: nothing says that it is outside.
        """
        if not self.narrow:
            return None
        since, until = day_of(self.since), day_of(self.until)
        return [row.article_id for row in rows if self._lets_in(row) and within(row.published, since, until)]

    def _lets_in(self, row: "ArticleRow") -> bool:
        named = not self.articles or row.article_id in set(self.articles)
        return named and (not self.outlets or (row.publisher or "") in set(self.outlets))


def kept_form(limits: Limits) -> dict[str, Any]:
    """What the browser keeps of limits: days and outlets; single articles are for one question."""
    plain = {"as_of": limits.as_of, "since": limits.since, "until": limits.until, "outlets": list(limits.outlets)}
    return {name: value for name, value in plain.items() if value}


def kept_limits(kept: Any, outlets: Collection[str]) -> Limits:
    """What a browser kept; what is no day (any more), and an outlet that is not there, counts as nothing."""
    told = kept if isinstance(kept, dict) else {}
    named = told.get("outlets")
    return Limits(
        as_of=_kept_day(told.get("as_of")),
        since=_kept_day(told.get("since")),
        until=_kept_day(told.get("until")),
        outlets=[name for name in named if name in outlets] if isinstance(named, list) else [],
    )


def _kept_day(value: Any) -> str:
    try:
        day = day_of(value) if isinstance(value, str) else None
    except BadInput:
        return ""
    return day.isoformat() if day else ""


def within(day: date | None, since: date | None, until: date | None) -> bool:
    """Whether a day is in a range whose ends are in it; an unknown day always is.

    >>> within(date(2023, 3, 24), date(2023, 3, 24), None), within(None, date(2023, 3, 24), None)
    (True, True)
    """
    return day is None or ((since is None or day >= since) and (until is None or day <= until))


def day_of(typed: str) -> date | None:
    """The day that was typed; None for nothing. Raises BadInput saying how a day is written."""
    words = typed.strip()
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise BadInput(f"{words!r} is no date; write it as 2023-03-24.") from None
