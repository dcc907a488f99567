"""The settings tab: which reader answers, how sure it must be, and how the page looks. Kept in the browser, keys never.

The look is the script's work; what is chosen of the reader is validated where it is used (`readers`).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .events import PRIVATE
from .html import esc
from .quiet_gradio import gr
from .readers import Choice

if TYPE_CHECKING:
    from ..settings import Settings

# Two names for one look into localStorage; no secret is ever in it, so the "secret" need not be one.
_STORE, _PLAIN = "dateline:settings", "dateline-settings"
_AS_STARTED, _QUOTING, _MODEL = "as started", "quoting, without a model", "language model"
_READERS = {_AS_STARTED: None, _QUOTING: "extractive", _MODEL: "llm"}


@dataclass(frozen=True, slots=True)
class SettingsTab:
    """The components of the tab."""

    reader: gr.Radio
    model: gr.Textbox
    own_threshold: gr.Checkbox
    threshold: gr.Slider
    n_evidence: gr.Slider
    reset: gr.Button
    chosen: gr.BrowserState

    @property
    def fields(self) -> list[Any]:
        """What is chosen, in the order of `chosen_of`."""
        return [self.reader, self.model, self.own_threshold, self.threshold, self.n_evidence]


def kept_choice() -> gr.BrowserState:
    """Where the browser keeps what is chosen. It stands outside of all tabs: what is in a tab is read when it opens."""
    return gr.BrowserState({}, storage_key=_STORE, secret=_PLAIN)


def build(settings: "Settings", *, chosen: gr.BrowserState) -> SettingsTab:
    """Lays the tab out; what is started with is said, keys are not."""
    with gr.Row(elem_id="settings"):
        with gr.Column(scale=6, min_width=320):
            reader = gr.Radio(list(_READERS), value=_AS_STARTED, label="Who reads", elem_classes="dl-radio")
            model = gr.Textbox(
                label="Language model", placeholder=settings.model, max_length=200, info="empty: as started"
            )
            own = gr.Checkbox(label="A threshold of my own", value=False)
            threshold = gr.Slider(
                0, 1, value=0.5, step=0.01, label="Refuse below this confidence",
                info="only for answers quoted without a model, and only when ticked above",
            )  # fmt: skip
            n_evidence = gr.Slider(1, 50, value=settings.n_evidence, step=1, label="Passages given to the reader")
            reset = gr.Button("As started", size="sm", elem_id="reset")
        with gr.Column(scale=6, min_width=320):
            gr.HTML(_started(settings), apply_default_css=False, elem_id="started", js_on_load="dateline.look()")
    return SettingsTab(reader, model, own, threshold, n_evidence, reset, chosen)


def wire(page: gr.Blocks, tab: SettingsTab, settings: "Settings") -> None:
    """Connects the tab: every change is kept at once, and shown again on the next visit."""

    def kept(reader: str, model: str, own: bool, threshold: float, n_evidence: int) -> dict[str, Any]:
        choice = {
            "reader": _READERS.get(reader),
            "model": (model or "").strip() or None,
            "min_confidence": threshold if own else None,
            "n_evidence": int(n_evidence) if n_evidence != settings.n_evidence else None,
        }
        return Choice.read(choice).model_dump(exclude_none=True)

    def shown(chosen: Any) -> list[Any]:
        choice = Choice.read(chosen)
        reader = next(name for name, value in _READERS.items() if value == choice.reader)
        threshold = choice.min_confidence
        return [
            reader,
            choice.model or "",
            threshold is not None,
            threshold or 0.5,
            choice.n_evidence or settings.n_evidence,
        ]

    gr.on([part.input for part in tab.fields], kept, tab.fields, tab.chosen, trigger_mode="always_last", **PRIVATE)
    page.load(shown, tab.chosen, tab.fields, **PRIVATE)
    tab.reset.click(lambda: ({}, *shown({})), None, [tab.chosen, *tab.fields], **PRIVATE)


def _started(settings: "Settings") -> str:
    reader = f"language model {settings.model}" if settings.reader_kind == "llm" else "quoting, without a model"
    key = "set in the environment" if settings.openai_api_key else "not set"
    rows = [("Reads", reader), ("Key", key), ("Server", settings.openai_base_url or "the provider's own")]
    rows += [("Passages", str(settings.n_evidence)), ("Embeddings", settings.embedding_model or "the shipped model")]
    listed = "".join(f"<dt>{name}</dt><dd>{esc(value)}</dd>" for name, value in rows)
    look = "".join(
        f'<button type="button" class="dl-act" data-look="{name}" aria-pressed="false">{words}</button>'
        for name, words in (("", "As the system"), ("light", "Light"), ("dark", "Dark"))
    )
    keys = [
        ("/", "to the question"), ("n", "next quote"), ("p", "previous quote"), ("a", "the article"),
        ("q", "all quotes"), ("Esc", "back to the answer"),
    ]  # fmt: skip
    pressed = "".join(f"<dt><kbd>{key}</kbd></dt><dd>{words}</dd>" for key, words in keys)
    return (
        f'<h2 class="dl-panel-title">As started</h2><dl class="dl-origins">{listed}</dl>'
        f'<h2 class="dl-panel-title">Look</h2><div class="dl-look" role="group" aria-label="Look">{look}</div>'
        f'<h2 class="dl-panel-title">Keys</h2><dl class="dl-origins">{pressed}</dl>'
        '<p class="dl-meta">Settings and conversations are kept in this browser alone. Keys never are.</p>'
    )
