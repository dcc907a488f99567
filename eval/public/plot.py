"""A risk–coverage plot as one SVG file, drawn by hand: no plotting library, readable on light and dark pages. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 680, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 24, 56, 56
_MAX_POINTS = 240
MAX_CURVES = 4
_STYLE = """
  .page { fill: #ffffff } .ink { fill: #1d2430 } .soft { fill: #5a6472 }
  .axis { stroke: #5a6472; stroke-width: 1 } .grid { stroke: #dde2e9; stroke-width: 1 }
  .goal { stroke: #5a6472; stroke-width: 1; stroke-dasharray: 2 4 }
  .curve { fill: none; stroke-width: 2.25; stroke-linejoin: round }
  .c0 { stroke: #1f5fa8 } .c1 { stroke: #b3541e } .c2 { stroke: #2e7d4f } .c3 { stroke: #7b4fa3 }
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif }
  @media (prefers-color-scheme: dark) {
    .page { fill: #14181f } .ink { fill: #e6eaf0 } .soft { fill: #a3adba }
    .axis { stroke: #a3adba } .grid { stroke: #2a313c } .goal { stroke: #a3adba }
    .c0 { stroke: #7fb3ec } .c1 { stroke: #f0a267 } .c2 { stroke: #79c89a } .c3 { stroke: #c3a0e6 }
  }
"""
_DASHES = ("", "7 4", "2 3", "9 3 2 3")


@dataclass(frozen=True, slots=True)
class Curve:
    """A labelled curve: the share of questions answered, rising, and the share of those answers that is wrong."""

    label: str
    coverage: Sequence[float]
    risk: Sequence[float]


def risk_coverage_svg(curves: Sequence[Curve], *, title: str, precision: float | None = None) -> str:
    """The plot of one to MAX_CURVES curves; `precision` draws the line under which answers are at least so often right.

    Raises ValueError for no curve or too many.
    """
    if not 1 <= len(curves) <= MAX_CURVES:
        raise ValueError(f"a plot takes 1 to {MAX_CURVES} curves, not {len(curves)}")
    label = escape(f"{title}: risk by coverage for {', '.join(curve.label for curve in curves)}")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f'<rect class="page" width="{WIDTH}" height="{HEIGHT}"/>',
        _text(_LEFT, 22, title, css="ink", weight="600"),
        *_axes(),
    ]
    if precision is not None:
        parts += _goal(precision)
    parts += [_curve(curve, index) for index, curve in enumerate(curves)]
    parts += _legend([curve.label for curve in curves])
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(coverage: float) -> float:
    return round(_LEFT + coverage * (WIDTH - _LEFT - _RIGHT), 1)


def _y(risk: float) -> float:
    return round(_TOP + (1 - risk) * (HEIGHT - _TOP - _BOTTOM), 1)


def _axes() -> list[str]:
    parts = []
    for step in range(6):
        share = step / 5
        parts.append(_line(_x(0), _y(share), _x(1), _y(share), css="grid" if step else "axis"))
        parts.append(_text(_LEFT - 10, _y(share) + 4, f"{share:.1f}", css="soft", anchor="end"))
        parts.append(_line(_x(share), _y(0), _x(share), _y(0) + 5, css="axis"))
        parts.append(_text(_x(share), _y(0) + 20, f"{share:.1f}", css="soft", anchor="middle"))
    parts.append(_line(_x(0), _y(0), _x(0), _y(1), css="axis"))
    parts.append(_text(_x(0.5), HEIGHT - 12, "coverage: share of questions answered", css="ink", anchor="middle"))
    middle = _y(0.5)
    turned = f' transform="rotate(-90 18 {middle})"'
    return [*parts, _text(18, middle, "risk: share of answers that are wrong", css="ink", anchor="middle", more=turned)]


def _goal(precision: float) -> list[str]:
    risk = 1 - precision
    words = f"{precision:.0%} of answers right"
    return [
        _line(_x(0), _y(risk), _x(1), _y(risk), css="goal"),
        _text(_x(1) - 4, _y(risk) - 6, words, css="soft", anchor="end"),
    ]


def _curve(curve: Curve, index: int) -> str:
    step = max(1, len(curve.coverage) // _MAX_POINTS)
    kept = sorted({*range(0, len(curve.coverage), step), len(curve.coverage) - 1} - {-1})
    points = " ".join(f"{_x(curve.coverage[i])},{_y(curve.risk[i])}" for i in kept)
    dash = f' stroke-dasharray="{_DASHES[index]}"' if _DASHES[index] else ""
    return f'<polyline class="curve c{index}"{dash} points="{points}"/>'


def _legend(labels: Sequence[str]) -> list[str]:
    parts, x = [], float(_LEFT)
    for index, label in enumerate(labels):
        dash = f' stroke-dasharray="{_DASHES[index]}"' if _DASHES[index] else ""
        parts.append(f'<line class="curve c{index}"{dash} x1="{x:g}" y1="40" x2="{x + 28:g}" y2="40"/>')
        parts.append(_text(x + 34, 44, label, css="ink"))
        x += 34 + 7.2 * len(label) + 24
    return parts


def _line(x1: float, y1: float, x2: float, y2: float, *, css: str) -> str:
    return f'<line class="{css}" x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"/>'


def _text(
    x: float, y: float, words: str, *, css: str, anchor: str = "start", weight: str = "400", more: str = ""
) -> str:
    place = f'x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-weight="{weight}"{more}'
    return f'<text class="{css}" {place}>{escape(words)}</text>'
