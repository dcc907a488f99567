"""Routes in a text: stops joined by dashes as written, or told in words ("from A through B to C")."""

import re

_STOP = r"[A-ZÀ-Þ][\w’']+(?:\s[A-ZÀ-Þ][\w’']+)?"
_DASHED = re.compile(rf"{_STOP}(?:\s?[-–—]\s?{_STOP}){{1,}}")
_PLACE = rf"(?:the\s)?{_STOP}"
_TOLD = re.compile(
    rf"\bfrom\s{_PLACE}(?:,?\s(?:in|of)\s{_PLACE})?(?:(?:,|\sand|,\sand)?\s(?:through|via|across|over"
    rf"|past|by way of|and|then|on)?\s?{_PLACE})*"
    rf"(?:,|\sand)?\s(?:on\s|then\s)?to\s{_PLACE}(?:\s(?:via|through|across|over)\s{_PLACE}(?:(?:,"
    rf"|\sand|,\sand)\s{_PLACE})*)?"
)
_VIA = re.compile(rf"\b(?:via|through|across)\s{_PLACE}(?:(?:,|\sand|,\sand)\s{_PLACE})*")


def find_routes(text: str) -> list[tuple[int, int]]:
    """Spans of routes, in order: at least two stops; a dashed route of three and more first where they overlap.

    >>> text = "The line follows the Oslo-Hamar-Bergen route, not the one from Oslo via Drammen to Larvik."
    >>> [text[a:b] for a, b in find_routes(text)]
    ['Oslo-Hamar-Bergen', 'from Oslo via Drammen to Larvik']
    """
    found: list[tuple[int, int]] = []
    for pattern in (_DASHED, _TOLD, _VIA):
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(a < end and start < b for a, b in found):
                found.append((start, end))
    return sorted(found)


def n_stops(route: str) -> int:
    """How many stops a route names."""
    return len(stops_of(route))


# Words that are part of the name behind them, though a dash stands between: "Ust-Luga".
_JOINED = r"(?:Ust|Ak|Kara|Kyzyl|Novo|Al|El|Ad|As|An|Ras|Tel|Port|Saint|Sankt|San|Santa|Sainte|St|Baden|Aix|Rio)"
_ONE_STOP = re.compile(rf"{_JOINED}[-–]{_STOP}|{_STOP}")


def stops_of(route: str) -> list[tuple[int, int]]:
    """Spans of the stops that a route names, in order.

    >>> route = "Oslo-Ust-Luga-Bergen"
    >>> [route[a:b] for a, b in stops_of(route)]
    ['Oslo', 'Ust-Luga', 'Bergen']
    """
    return [match.span() for match in _ONE_STOP.finditer(route)]
