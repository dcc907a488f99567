"""`dateline doctor`: what state everything is in, and the mending of it."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ...index.errors import BadInput
from .open import note, settings_of

if TYPE_CHECKING:
    from ...index.doctor import Finding
    from ..settings import Settings

_MARKS = {"ok": "✓", "mended": "✓ mended", "broken": "✗"}


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    doctor = commands.add_parser("doctor", help="say what state everything is in, and mend it")
    doctor.add_argument("--dry-run", action="store_true", help="look only, change nothing")
    doctor.add_argument(
        "--rebuild",
        action="store_true",
        help="cut and embed the stored articles anew, with the settings as they are now",
    )
    doctor.add_argument("--json", action="store_true", help="the findings as JSON")
    doctor.set_defaults(run=_doctor)


def _doctor(args: argparse.Namespace) -> int:
    if args.rebuild and args.dry_run:
        raise BadInput("--rebuild changes the corpus and --dry-run forbids it; give one of the two.")
    settings = settings_of(args)
    if args.rebuild:
        _rebuild(settings)
    from ...index.doctor import diagnose
    from ..parts import corpus_places

    findings = diagnose(settings.home, **corpus_places(settings), mend=not args.dry_run)
    print(_as_json(findings) if args.json else _as_text(findings))
    return 1 if any(finding.state == "broken" for finding in findings) else 0


def _rebuild(settings: "Settings") -> None:
    from ...index.corpus import Corpus
    from ..parts import corpus_places

    if not settings.home.is_dir():
        raise BadInput(f"{settings.home} is not there, so there is nothing to rebuild.")
    with _bar() as moved, Corpus.rebuild(settings.home, **corpus_places(settings), progress=moved) as corpus:
        note(f"Rebuilt {corpus.n_articles} articles, {corpus.n_chunks} chunks.")


@contextmanager
def _bar() -> Iterator[Any]:
    from tqdm import tqdm

    with tqdm(desc="Rebuilding", unit=" articles", dynamic_ncols=True) as bar:

        def moved(n_done: int, n_articles: int) -> None:
            bar.total = n_articles
            bar.update(n_done - bar.n)

        yield moved


def _as_text(findings: "list[Finding]") -> str:
    from .text import safe

    return safe("\n".join(f"{_MARKS[finding.state]} {finding.what}: {finding.told}" for finding in findings))


def _as_json(findings: "list[Finding]") -> str:
    from .ask import to_json

    rows = [{"what": finding.what, "state": finding.state, "told": finding.told} for finding in findings]
    return to_json({"schema": 1, "findings": rows})
