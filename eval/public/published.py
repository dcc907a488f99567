"""Published systems on the very questions that were asked: their answers, scored here, beside ours. Pure."""

from collections.abc import Sequence

import numpy as np

from ..intervals import Estimate, mean
from . import selective
from .case import PublicSet
from .scores import Scored
from .wording import exact, f1


def compared(asked: PublicSet, rows: Sequence[Scored]) -> dict[str, Estimate]:
    """EM and F1 of published systems on these very questions, scored here, and by how much ours is higher."""
    found: dict[str, Estimate] = {}
    for system, answers in asked.compared.items():
        both = [(row, answers[row.case.id].answer) for row in rows if row.case.id in answers]
        theirs = {
            "EM": [exact(said, row.case.answers, form=asked.form) for row, said in both],
            "F1": [f1(said, row.case.answers, form=asked.form) for row, said in both],
        }
        ours = {"EM": [row.em * row.answered for row, _ in both], "F1": [row.f1 * row.answered for row, _ in both]}
        for name, values in theirs.items():
            found[f"{name} of {system}"] = mean(values)
            found[f"{name} above {system}"] = mean([a - b for a, b in zip(ours[name], values, strict=True)])
    return found


def published_curve(asked: PublicSet, system: str) -> tuple[list[float], list[float]] | None:
    """The risk–coverage curve of a published system by its own scores; None where it has none."""
    answers = [(case, asked.compared[system].get(case.id)) for case in asked.cases]
    scored = [(case, one, one.score) for case, one in answers if one is not None and one.score is not None]
    if not scored:
        return None
    right = np.array([exact(one.answer, case.answers, form=asked.form) for case, one, _ in scored])
    coverage, risk = selective.risk_coverage(np.array([value for _, _, value in scored], np.float64), right)
    return coverage.tolist(), risk.tolist()
