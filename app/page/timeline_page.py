"""The timeline as HTML: a plot of dots on a time axis, in lanes by speaker or outlet, and the words under it. Pure.

The plot is plain SVG made here, so that nothing is loaded for it and every dot is a button for keyboard and mouse.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Literal

from ..timeline import Moment
from .html import act, bdi, esc, facts, long_date

Lanes = Literal["speaker", "outlet"]
MAX_LANES = 8
MAX_MOMENTS = 400
_WIDTH, _LEFT, _RIGHT, _LANE, _TOP = 720, 168, 16, 32, 26
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
    return f'{count}<div class="dl-plot">{_plot(shown, by)}</div><ol class="dl-moments">{items}</ol>'


def _plot(moments: Sequence[Moment], by: Lanes) -> str:
    lanes = _lanes(moments, by)
    first, last = moments[0].day, moments[-1].day
    height = _TOP + _LANE * len(lanes) + 8
    rows = "".join(_lane(name, place) for place, name in enumerate(lanes))
    ticks = "".join(_tick(day, first, last, height) for day in tick_days(first, last))
    stacked: dict[tuple[int, int], int] = defaultdict(int)
    dots = []
    for number, moment in enumerate(moments):
        name = _name(moment, by)
        lane = lanes.index(name) if name in lanes else len(lanes) - 1
        x = round(_x(moment.day, first, last))
        spot = (lane, x // 6)
        dots.append(_dot(moment, number, x=x, y=_TOP + lane * _LANE + _LANE // 2 + _shift(stacked[spot])))
        stacked[spot] += 1
    label = f"Dated sentences by {by}, {first.isoformat()} to {last.isoformat()}"
    inside = ticks + rows + "".join(dots)
    return f'<svg viewBox="0 0 {_WIDTH} {height}" role="group" aria-label="{label}">{inside}</svg>'


def _lanes(moments: Sequence[Moment], by: Lanes) -> list[str]:
    """The names with most dots, the rest in one lane last."""
    counts = Counter(_name(moment, by) for moment in moments)
    most = [name for name, _ in counts.most_common(MAX_LANES)]
    return most if len(counts) <= MAX_LANES else [*most[:-1], "others"]


def _name(moment: Moment, by: Lanes) -> str:
    return (moment.speaker or "no speaker") if by == "speaker" else (moment.publisher or "unknown outlet")


def _x(day: date, first: date, last: date) -> float:
    width = _WIDTH - _LEFT - _RIGHT
    span = (last - first).days
    return _LEFT + (width * (day - first).days / span if span else width / 2)


def _shift(n_before: int) -> int:
    """Where a dot goes that has others at its place: below and above by turns, within its lane."""
    step = (n_before + 1) // 2 * 5
    return max(-13, min(13, step if n_before % 2 else -step))


def tick_days(first: date, last: date, *, n: int = 8) -> list[date]:
    """At most n + 1 firsts of months for the axis, evenly spaced; none where all is within one month.

    >>> [day.isoformat() for day in tick_days(date(2022, 11, 28), date(2023, 2, 3))]
    ['2022-12-01', '2023-01-01', '2023-02-01']
    """
    start, stop = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    step = next((months for months in _MONTHS if (stop - start) / months <= n), _MONTHS[-1])
    firsts = (date(month // 12, month % 12 + 1, 1) for month in range(start - start % step, stop + 1, step))
    return [day for day in firsts if first <= day <= last]


def _tick(day: date, first: date, last: date, height: int) -> str:
    x = round(_x(day, first, last))
    words = f"{day:%b %Y}" if day.month > 1 else str(day.year)
    line = f'<line x1="{x}" y1="{_TOP - 6}" x2="{x}" y2="{height}" class="dl-tick"/>'
    return f'{line}<text x="{x}" y="14" text-anchor="middle" class="dl-axis">{words}</text>'


def _lane(name: str, place: int) -> str:
    y = _TOP + place * _LANE + _LANE // 2
    short = name if len(name) <= 22 else f"{name[:21]}…"
    line = f'<line x1="{_LEFT}" y1="{y}" x2="{_WIDTH - _RIGHT}" y2="{y}" class="dl-lane"/>'
    return f'{line}<text x="{_LEFT - 12}" y="{y + 4}" text-anchor="end" class="dl-lane-name">{esc(short)}</text>'


def _dot(moment: Moment, number: int, *, x: int, y: int) -> str:
    words = f"{moment.day.isoformat()}: {moment.text[:140]}"
    told = f'data-article="{esc(moment.article_id)}" data-start="{moment.start}" data-end="{moment.end}"'
    button = f'role="button" tabindex="0" aria-label="{esc(words)}" data-do="moment" data-number="{number}" {told}'
    return f'<circle cx="{x}" cy="{y}" r="6" class="dl-dot" {button}><title>{esc(words)}</title></circle>'


def _item(moment: Moment, number: int) -> str:
    told = {"article": moment.article_id, "start": moment.start, "end": moment.end, "number": number}
    words = act("moment", bdi(moment.text), kind="dl-moment", **told)
    by = facts([bdi(moment.speaker) if moment.speaker else None, bdi(moment.publisher) if moment.publisher else None])
    source = f'<span class="dl-meta">{facts([by or None, bdi(moment.title)])}</span>'
    return f'<li id="moment-{number}"><span class="dl-date">{long_date(moment.day)}</span>{words}{source}</li>'
