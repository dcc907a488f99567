"""`dateline eval SET`: runs a set, prints the table, writes JSON and Markdown, and exits 1 on a regression.

`register` is the entry point (group `dateline.commands`) through which the command line finds this package, since `app`
does not know it. "seeds" and "conflicts" are shipped sets: each is asked of a fresh corpus of its own articles with the
keyless reader, so that everybody gets the same figures. "checks" are the shipped pairs of true and altered statements,
which need no corpus (`checks`). Four suites of public sets, read from a folder of the user's, are `public`'s. Any other
set is a file, asked of the user's own corpus, or of the articles that it brings along.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..index.errors import BadInput
from . import checks
from .cases import digest, load_cases
from .gate import baseline_of, compare, describe, read_baseline, write_baseline
from .public import command as public
from .public.suites import SUITES
from .report import Report, to_json, to_markdown, to_terminal
from .run import run_set

if TYPE_CHECKING:
    from ..app.api import Dateline

SEEDS = "seeds"
SHIPPED = (SEEDS, "conflicts")
READERS = ("extractive", "auto", "llm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command was given. `baseline` None is the one beside the set, if it is there."""

    home: Path | None = None
    baseline: Path | None = None
    out: Path | None = None
    update_baseline: bool = False
    reader: str | None = None
    quiet: bool = False


def register(subparsers: Any) -> None:
    """Adds the command `eval` to the command line; its `run` takes the parsed arguments and gives the exit code."""
    parser = subparsers.add_parser("eval", help="measure answers against a set of cases, and fail on a regression")
    add_arguments(parser)
    parser.set_defaults(run=run)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `eval`, but for the data folder, which every command has."""
    suites = ", ".join(SUITES)
    parser.add_argument(
        "set", help=f'"seeds", "conflicts" or "checks" for a shipped set, {suites}, or a JSON Lines file in its format'
    )
    parser.add_argument("--baseline", type=Path, help="compare with this file (default: SET.baseline.json, if there)")
    parser.add_argument("--update-baseline", action="store_true", help="store this run as the baseline")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write SET.json and SET.md into this folder")
    parser.add_argument(
        "--reader", choices=READERS, help="which reader answers (shipped and public: extractive; else your settings')"
    )
    public.add_arguments(parser)


def run(given: argparse.Namespace) -> int:
    """Runs the command from parsed arguments; `home` is the command line's own option. Raises DatelineError."""
    public.refuse_foreign(given)
    if given.set in SUITES:
        return public.run(given)
    options = Options(
        home=Path(given.home) if getattr(given, "home", None) else None,
        baseline=given.baseline,
        out=given.out,
        update_baseline=given.update_baseline,
        reader=given.reader,
        quiet=not sys.stderr.isatty(),
    )
    return evaluate(given.set, options)


def evaluate(name: str, options: Options) -> int:
    """Runs a set by name or path, prints and writes its report, and compares it: 0 passes, 1 is a regression.

    Raises DatelineError for a set, a baseline or a corpus that cannot be used.
    """
    path = set_path(name)
    stored = options.baseline or path.with_name(f"{path.stem}.baseline.json")
    if options.baseline and not options.update_baseline:
        read_baseline(stored)  # a wrong path is said before minutes are spent
    report = _checked(name, path) if name == checks.CHECKS else measure(name, options)
    texts = _texts(report)
    print(texts.terminal, end="")
    if options.out:
        _write(texts, name=report.name, folder=options.out)
    if options.update_baseline:
        kept = read_baseline(stored).tolerances if stored.exists() else {}
        write_baseline(stored, baseline_of(report, tolerances=kept))
        print(f"The baseline {stored} is stored.", file=sys.stderr)
        return 0
    if not stored.exists():
        return 0
    comparison = compare(report, read_baseline(stored))
    print(describe(comparison))
    return 0 if comparison.passed else 1


def _checked(name: str, path: Path) -> checks.CheckReport:
    return checks.run_pairs(name, checks.load_pairs(path))


def measure(name: str, options: Options) -> Report:
    """Asks every case of a set and gives the report, without printing or comparing."""
    path = set_path(name)
    cases = load_cases(path)
    with _corpus(name, options) as news:
        result = run_set(news, cases, progress=None if options.quiet else _progress)
    return Report(name=path.stem, digest=digest(cases), run=result)


def set_path(name: str) -> Path:
    """The file of a set: the shipped one by its name, any other by its path. Raises BadInput where there is none."""
    shipped = Path(str(resources.files("dateline.eval").joinpath("sets", f"{name}.jsonl")))
    if name in (*SHIPPED, checks.CHECKS):
        return shipped
    path = Path(name)
    if not path.is_file():
        known = ", ".join((*SHIPPED, checks.CHECKS, *SUITES))
        raise BadInput(f"There is no evaluation set {name!r}; give {known} or the path of a JSON Lines file")
    return path


def seeds_folder() -> Path:
    """Where the shipped articles lie: beside this package, installed as well as in a checkout.

    `importlib.resources` cannot list `dateline.seeds` itself: it has no modules, and Python 3.11 fails on such a
    package in an editable install.
    """
    return Path(str(resources.files("dateline.eval"))).parent / SEEDS


@contextmanager
def _corpus(name: str, options: Options) -> "Iterator[Dateline]":
    from ..app.api import Dateline  # models and databases only once the set is known to be good
    from ..app.settings import load_settings

    own = _own_articles(name)
    reader = options.reader or ("extractive" if name in SHIPPED else None)
    settings = load_settings({"reader": reader})
    if not own or options.home is not None:
        with Dateline.open(options.home, settings, read_only=True) as news:
            yield news
        return
    with tempfile.TemporaryDirectory(prefix="dateline-eval-") as folder, Dateline.open(folder, settings) as news:
        news.ingest(*own)
        yield news


def _own_articles(name: str) -> list[Path]:
    """The files of the articles that a set brings along; empty for one that is asked of the user's own."""
    if name == SEEDS:
        return sorted(seeds_folder().glob("*.txt"))
    path = set_path(name)
    beside = path.with_name(f"{path.stem}.articles.jsonl")
    return [beside] if beside.is_file() else []


def _progress(done: int, all_: int) -> None:
    print(f"\r{done}/{all_} cases", end="\n" if done == all_ else "", file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class _Texts:
    """A report in its three forms."""

    terminal: str
    json: str
    markdown: str


def _texts(report: "Report | checks.CheckReport") -> _Texts:
    if isinstance(report, Report):
        return _Texts(to_terminal(report), to_json(report), to_markdown(report))
    return _Texts(checks.to_terminal(report), checks.to_json(report), checks.to_markdown(report))


def _write(texts: _Texts, *, name: str, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.json").write_text(texts.json, encoding="utf-8")
        (folder / f"{name}.md").write_text(texts.markdown, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"The report cannot be written into {folder}: {error}; give another folder with --out") from None
