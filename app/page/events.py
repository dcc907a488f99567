"""Between the page's own HTML and Python: components whose buttons trigger events, and what those events carry."""

import json
from collections.abc import Mapping
from typing import Any

from .html import esc
from .quiet_gradio import gr

PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def live_html(elem_id: str, *events: str, hint: str = "") -> gr.HTML:
    """An HTML component whose buttons trigger these events, with their `data-` attributes as the event's data.

    `hint` is what stands in it before there is anything to show.
    """
    wired = f"dateline.wire(element, {json.dumps(elem_id)}, trigger, watch, {json.dumps(events)})"
    begun = f'<p class="dl-hint">{esc(hint)}</p>' if hint else ""
    return gr.HTML(begun, elem_id=elem_id, apply_default_css=False, js_on_load=wired)


def text_of(event: gr.EventData, name: str) -> str:
    """A text in an event's data; empty where there is none."""
    value = _data(event).get(name, "")
    return value if isinstance(value, str) else ""


def number_of(event: gr.EventData, name: str) -> int | None:
    """A whole number in an event's data; None where there is none."""
    value = text_of(event, name)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def _data(event: gr.EventData) -> Mapping[str, Any]:
    return event._data if isinstance(event._data, dict) else {}
