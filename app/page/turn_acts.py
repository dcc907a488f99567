"""What the buttons under an answer do beside asking: judging it, making a case of it, exporting it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ..feedback import Said
from .articles import said
from .ask_tab import AskTab
from .evaluate_tab import FIELDS, EvaluateTab
from .evaluation import Evaluation
from .events import PRIVATE, number_of, text_of
from .parcel import parcel
from .quiet_gradio import gr
from .session import Session
from .verdicts import case_form, judged

if TYPE_CHECKING:
    from ..api import Dateline

_SAVE = "(parcel) => dateline.save(parcel)"


def wire(news: "Dateline", tab: AskTab) -> None:
    """Connects judging and exporting."""

    def judge(session: Session, event: gr.EventData) -> str:
        useful, turn = text_of(event, "useful") == "yes", number_of(event, "turn") or 0
        verdict = Said(useful, text_of(event, "note"))
        return judged(news, session, turn=turn, said_of_it=verdict, at=datetime.now(UTC))

    def export(session: Session, event: gr.EventData) -> tuple[str, str]:
        return _packed(news, session, turn=number_of(event, "turn") or 0)

    def export_all(session: Session) -> tuple[str, str]:
        return _packed(news, session, turn=None)

    tab.conversation.judge(judge, tab.session, tab.told, concurrency_limit=1, concurrency_id="write", **PRIVATE)
    out = [tab.parcel, tab.told]
    for packed in (
        tab.conversation.export(export, tab.session, out, **PRIVATE),
        tab.export.click(export_all, tab.session, out, **PRIVATE),
    ):
        packed.then(None, tab.parcel, None, js=_SAVE)


def _packed(news: "Dateline", session: Session, *, turn: int | None) -> tuple[str, str]:
    files = parcel(news, session, turn=turn)
    if not files:
        return "", said("There is nothing to export: no answer, or its articles are gone.", fault=True)
    return files, said("Saved as Markdown and JSON; `dateline export --check FILE` checks the JSON later.")


def wire_cases(asking: AskTab, evaluating: EvaluateTab, evaluation: Evaluation, *, tabs: gr.Tabs) -> None:
    """Connects the making of cases: the form is filled, a person corrects it there."""

    def case(session: Session, event: gr.EventData) -> tuple[Any, ...]:
        form = case_form(evaluation, session, turn=number_of(event, "turn") or 0)
        return gr.update(selected="evaluate"), *(form.get(name, "") for name in FIELDS)

    asking.conversation.case(case, asking.session, [tabs, *evaluating.fields], **PRIVATE)
