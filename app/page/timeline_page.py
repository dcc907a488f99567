"""The timeline as HTML: a plot of dots on a time axis, in lanes by speaker or outlet, and the words under it. Pure.

The plot is plain HTML made here, so that nothing is loaded for it, every dot is a button for keyboard, mouse and
finger, and every name stands there in full, however narrow the window.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Literal

from ..timeline import Moment
from .html import act, bdi, esc, facts, long_date

Lanes = Literal["speaker", "outlet"]
MAX_LANES = 8
MAX_MOMENTS = 400
# Dots closer than this share of the axis are put below and above each other.
_SPOT = 0.02
_MAX_SHIFT_PX = 13
_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)


def timeline_html(moments: Sequence[Moment], *, by: Lanes = "speaker") -> str:
    """The plot and the list; in words where nothing is dated."""
    if not moments:
        return '<p class="dl-meta" role="status">Nothing here is told with a day.</p>'
    shown = moments[-MAX_MOMENTS:]
    left = len(moments) - len(shown)
    more = f" The {left} oldest are left out; narrow the dates to see them." if left else ""
    count = f'<p class="dl-meta" role="status">{len(shown)} dated sentences.{more}</p>'
    items = "".join(_item(moment, number) for number, moment in enumerate(shown))
    return f'{count}{_plot(shown, by)}<ol class="dl-moments">{items}</ol>'


def _plot(moments: Sequence[Moment], by: Lanes) -> str:
    lanes = _lanes(moments, by)
    first, last = moments[0].day, moments[-1].day
    stacked: Counter[tuple[str, int]] = Counter()
    dots: dict[str, list[str]] = {name: [] for name in lanes}
    for number, moment in enumerate(moments):
        name = _name(moment, by)
        lane = name if name in dots else lanes[-1]
        share = _share(moment.day, first, last)
        spot = (lane, int(share / _SPOT))
        dots[lane].append(_dot(moment, number, share=share, shift=_shift(stacked[spot])))
        stacked[spot] += 1
    days = tick_days(first, last)
    lines = "".join(f'<i class="dl-tick" style="--at:{_share(day, first, last):.4f}"></i>' for day in days)
    rows = "".join(_lane(name, lines + "".join(dots[name])) for name in lanes)
    axis = "".join(_tick(day, first, last) for day in days)
    label = f"Dated sentences by {by}, {first.isoformat()} to {last.isoformat()}"
    head = f'<div class="dl-lane dl-axis" aria-hidden="true"><div class="dl-track">{axis}</div></div>'
    return f'<div class="dl-plot" role="group" aria-label="{label}">{head}{rows}</div>'


def _lanes(moments: Sequence[Moment], by: Lanes) -> list[str]:
    """The names with most dots, the rest in one lane last."""
    counts = Counter(_name(moment, by) for moment in moments)
    most = [name for name, _ in counts.most_common(MAX_LANES)]
    return most if len(counts) <= MAX_LANES else [*most[:-1], "others"]


def _name(moment: Moment, by: Lanes) -> str:
    return (moment.speaker or "no speaker") if by == "speaker" else (moment.publisher or "unknown outlet")


def _share(day: date, first: date, last: date) -> float:
    """Where on the axis a day stands, from 0 at its left end to 1; the middle where all is one day."""
    span = (last - first).days
    return (day - first).days / span if span else 0.5


def _shift(n_before: int) -> int:
    """Where a dot goes that has others at its place: below and above by turns, within its lane; in pixels."""
    step = (n_before + 1) // 2 * 5
    return max(-_MAX_SHIFT_PX, min(_MAX_SHIFT_PX, step if n_before % 2 else -step))


def tick_days(first: date, last: date, *, n: int = 8) -> list[date]:
    """At most n + 1 firsts of months for the axis, evenly spaced; none where all is within one month.

    >>> [day.isoformat() for day in tick_days(date(2022, 11, 28), date(2023, 2, 3))]
    ['2022-12-01', '2023-01-01', '2023-02-01']
    """
    start, stop = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    step = next((months for months in _MONTHS if (stop - start) / months <= n), _MONTHS[-1])
    firsts = (date(month // 12, month % 12 + 1, 1) for month in range(start - start % step, stop + 1, step))
    return [day for day in firsts if first <= day <= last]


def _tick(day: date, first: date, last: date) -> str:
    words = f"{day:%b %Y}" if day.month > 1 else str(day.year)
    return f'<span style="--at:{_share(day, first, last):.4f}">{words}</span>'


def _lane(name: str, inside: str) -> str:
    words = bdi(name)
    return (
        f'<div class="dl-lane" role="group" aria-label="{esc(name)}">'
        f'<span class="dl-lane-name" aria-hidden="true">{words}</span><div class="dl-track">{inside}</div></div>'
    )


def _dot(moment: Moment, number: int, *, share: float, shift: int) -> str:
    words = esc(f"{moment.day.isoformat()}: {_cut(moment.text)}")
    told = f'data-article="{esc(moment.article_id)}" data-start="{moment.start}" data-end="{moment.end}"'
    place = f'style="--at:{share:.4f};--shift:{shift}px"'
    does = f'data-do="moment" data-number="{number}" {told}'
    return f'<button type="button" class="dl-dot" {place} {does} aria-label="{words}" title="{words}"></button>'


def _cut(words: str, *, max_chars: int = 140) -> str:
    return words if len(words) <= max_chars else f"{words[:max_chars].rsplit(' ', 1)[0]} …"


def _item(moment: Moment, number: int) -> str:
    told = {"article": moment.article_id, "start": moment.start, "end": moment.end, "number": number}
    words = act("moment", bdi(moment.text), kind="dl-moment", **told)
    by = facts([bdi(moment.speaker) if moment.speaker else None, bdi(moment.publisher) if moment.publisher else None])
    source = f'<span class="dl-meta">{facts([by or None, bdi(moment.title)])}</span>'
    return f'<li id="moment-{number}"><span class="dl-date">{long_date(moment.day)}</span>{words}{source}</li>'
