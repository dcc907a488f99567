"""What a second run takes over from a first one, and what it does not."""

from pathlib import Path

import pytest

from dateline.eval.public.case import Outcome, PublicCase
from dateline.eval.public.ledger import Ledger, read_kept
from dateline.index.errors import BadInput

CASES = [PublicCase(id=name, question=f"Where is {name}?", articles=("a", "b")) for name in ("oslo", "rome", "bonn")]


def _outcome(case: PublicCase, **values: object) -> Outcome:
    return Outcome(id=case.id, digest=case.digest, **values)


def _written(folder: Path, *outcomes: Outcome) -> Path:
    path = folder / "deep" / "tiny.cases.jsonl"
    with Ledger(path, name="tiny", fingerprint="f1", kept=()) as ledger:
        for outcome in outcomes:
            ledger.add(outcome)
    return path


def _read(path: Path, *, fingerprint: str = "f1", anew: bool = False, cases: list[PublicCase] = CASES):
    return read_kept(path, name="tiny", fingerprint=fingerprint, cases=cases, anew=anew)


def test_outcomes_come_back_as_they_were(tmp_path: Path) -> None:
    answered = _outcome(
        CASES[0], answered=True, short_answer="north", text="It is “north”.", confidence=0.25, cited=(("a", 1, 5),)
    )
    found = _outcome(CASES[1], ranking=("b", "a"), latency_ms=2.5)
    kept = _read(_written(tmp_path, answered, found))
    assert kept.outcomes == {"oslo": answered, "rome": found}
    assert kept.note == ""


def test_line_torn_by_a_kill_is_passed_over_and_cleared_away(tmp_path: Path) -> None:
    path = _written(tmp_path, _outcome(CASES[0]), _outcome(CASES[1]))
    torn = path.read_text(encoding="utf-8")
    path.write_text(torn[:-20], encoding="utf-8")
    kept = _read(path)
    assert list(kept.outcomes) == ["oslo"]
    with Ledger(path, name="tiny", fingerprint="f1", kept=kept.outcomes.values()) as ledger:
        ledger.add(_outcome(CASES[2]))
    assert list(_read(path).outcomes) == ["oslo", "bonn"]


def test_another_fingerprint_starts_anew_and_says_so(tmp_path: Path) -> None:
    kept = _read(_written(tmp_path, _outcome(CASES[0])), fingerprint="f2")
    assert kept.outcomes == {}
    assert "f1 → f2" in kept.note
    assert "asked anew" in kept.note


def test_anew_gives_the_answers_up(tmp_path: Path) -> None:
    kept = _read(_written(tmp_path, _outcome(CASES[0])), anew=True)
    assert kept.outcomes == {}
    assert "The 1 answers" in kept.note


def test_question_or_limit_that_changed_is_asked_again(tmp_path: Path) -> None:
    path = _written(tmp_path, *map(_outcome, CASES))
    changed = [
        PublicCase(id="oslo", question="Where was oslo?", articles=("a", "b")),
        PublicCase(id="rome", question="Where is rome?", articles=("a",)),
        PublicCase(id="bonn", question="Where is bonn?", articles=("a", "b"), answers=("west",)),
    ]
    assert list(_read(path, cases=changed).outcomes) == ["bonn"]  # how it is judged does not matter


def test_file_of_another_set_is_not_overwritten(tmp_path: Path) -> None:
    path = _written(tmp_path)
    with pytest.raises(BadInput, match="is not a record of other"):
        read_kept(path, name="other", fingerprint="f1", cases=CASES, anew=True)
    path.write_text("no ledger\n", encoding="utf-8")
    with pytest.raises(BadInput, match="move it away"):
        _read(path)


def test_without_a_path_nothing_is_kept(tmp_path: Path) -> None:
    with Ledger(None, name="tiny", fingerprint="f1", kept=()) as ledger:
        ledger.add(_outcome(CASES[0]))
    assert read_kept(None, name="tiny", fingerprint="f1", cases=CASES, anew=False).outcomes == {}
    assert list(tmp_path.iterdir()) == []


def test_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(BadInput, match="give another folder with --out"):
        Ledger(tmp_path / "file" / "x.jsonl", name="tiny", fingerprint="f1", kept=())
