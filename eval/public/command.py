"""`dateline eval realtimeqa`, `reader`, `abstention`, `retrieval`: public sets from a data folder of the user's.

Runs set by set: the articles it needs go into an index below `--home`, once; each answered case goes into a ledger
beside the report, so that a run that was stopped goes on; tables on stdout, notes and progress on stderr.
"""

import argparse
import sys
from dataclasses import dataclass, field
from pathlib import Path

from ...index.errors import BadInput
from .case import Outcome, PublicSet, sample
from .plot import MAX_CURVES, Curve, risk_coverage_svg
from .published import published_curve
from .quiz import YEARS
from .report import PublicReport, make_report, to_json, to_markdown, to_terminal
from .scores import PRECISION, curve, score_all
from .suites import SETS, SUITES, SuiteOptions, sets_of

# Options by the name argparse keeps them under, and the suites that take them.
_TAKEN_BY = {
    "data": SUITES,
    "n": SUITES,
    "anew": SUITES,
    "sets": ("reader", "abstention", "retrieval"),
    "whole": ("reader",),
    "year": ("realtimeqa",),
    "given": ("realtimeqa",),
    "pool": ("realtimeqa",),
    "questions": ("realtimeqa",),
    "as_of_day": ("realtimeqa", "retrieval"),
    "plot": ("realtimeqa", "reader", "abstention"),
}
_FLAGS = {"sets": "--set", "whole": "--all", "n": "-n", "as_of_day": "--as-of-day"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicOptions:
    """What the command was given."""

    data: Path
    home: Path
    out: Path | None = None
    plot: Path | None = None
    n: int | None = None
    anew: bool = False
    reader: str = "extractive"
    suite: SuiteOptions = field(default_factory=SuiteOptions)
    watched: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the public sets."""
    public = parser.add_argument_group("public sets (realtimeqa, reader, abstention, retrieval)")
    public.add_argument("--data", type=Path, metavar="DIR", help="the folder that holds the public sets")
    public.add_argument(
        "-n", "--n", type=_positive, metavar="N", help="ask a sample of N questions, drawn the same each time"
    )
    public.add_argument(
        "--set", dest="sets", action="append", metavar="NAME", help=f"only this set, again for more: {_sets()}"
    )
    public.add_argument("--all", dest="whole", action="store_true", help="reader: what readers are trained on as well")
    public.add_argument("--year", type=int, choices=YEARS, help=f"realtimeqa: the year (default {max(YEARS)})")
    public.add_argument(
        "--given", type=_positive, metavar="N", help="realtimeqa: read the first N articles found (default 5)"
    )
    public.add_argument("--pool", choices=("given", "year"), help="realtimeqa: read those, or search the whole year")
    public.add_argument(
        "--questions", choices=("answerable", "all"), help="realtimeqa: those with the answer among the first N, or all"
    )
    public.add_argument("--as-of-day", action="store_true", help="realtimeqa, retrieval: ask as of the day of the quiz")
    public.add_argument("--plot", type=Path, metavar="FILE", help="draw the risk-coverage curves into this SVG file")
    public.add_argument("--anew", action="store_true", help="ask everything again, also what is answered already")


def refuse_foreign(given: argparse.Namespace) -> None:
    """Raises BadInput for an option that the named set does not take."""
    for name, suites in _TAKEN_BY.items():
        if getattr(given, name, None) and given.set not in suites:
            flag = _FLAGS.get(name, f"--{name}")
            raise BadInput(f"{flag} belongs to {', '.join(suites)}, not to {given.set!r}")
    if given.set in SUITES and (given.baseline or given.update_baseline):
        raise BadInput(f"{given.set} has no baseline; --baseline and --update-baseline belong to sets of your own")


def run(given: argparse.Namespace) -> int:
    """Runs a suite from parsed arguments and gives the exit code. Raises DatelineError."""
    home = getattr(given, "home", None)
    if given.data is None:
        raise BadInput(
            f"{given.set} needs the folder of the public sets: --data DIR (docs/evaluation.md says what it holds)"
        )
    if home is None:
        raise BadInput(
            f"{given.set} needs a folder for its index: --home DIR, kept for later runs, not your own articles'"
        )
    suite = SuiteOptions(
        sets=tuple(given.sets or ()),
        whole=given.whole,
        year=given.year,
        n_given=given.given,
        pool=given.pool,
        questions=given.questions,
        as_of_day=given.as_of_day,
    )
    options = PublicOptions(
        data=given.data,
        home=Path(home),
        out=given.out,
        plot=given.plot,
        n=given.n,
        anew=given.anew,
        reader=given.reader or "extractive",
        suite=suite,
        watched=sys.stderr.isatty(),
    )
    evaluate(given.set, options)
    return 0


def evaluate(suite: str, options: PublicOptions) -> list[PublicReport]:
    """Runs a suite set by set, printing and writing each report as soon as it is there. Raises DatelineError."""
    sets = sets_of(suite, options.data, options.suite)
    if options.plot and len(sets) > MAX_CURVES:
        raise BadInput(f"A plot takes at most {MAX_CURVES} sets, not {len(sets)}; name them with --set")
    if options.out is None:
        _say("Without --out nothing is kept of this run; with it, a run that is stopped goes on where it stopped.")
    reports = []
    for whole in sets:
        report = measure(whole, options)
        print(to_terminal(report), flush=True)
        _write(report, options.out)
        reports.append(report)
    if options.plot:
        _write_text(options.plot, _plot(suite, reports))
    return reports


def measure(whole: PublicSet, options: PublicOptions) -> PublicReport:
    """Takes the articles in, asks what is not answered yet, and sums up. Raises DatelineError."""
    from ...app.api import Dateline  # models and databases only once the data are known to be good
    from ...app.settings import load_settings
    from .ask import ingest, run_cases, without_threshold
    from .ledger import Ledger, read_kept
    from .progress import progress

    asked = sample(whole, options.n)
    name = whole.name if options.n is None else f"{whole.name}-n{options.n}"
    path = options.out / f"{whole.name}.cases.jsonl" if options.out else None
    with Dateline.open(options.home / whole.corpus, load_settings({"reader": options.reader})) as news:
        with progress(f"{whole.corpus}: articles", watched=options.watched) as moved:
            ingest(news, asked, progress=moved)
        fingerprint = news.fingerprint
        kept = read_kept(path, name=whole.name, fingerprint=fingerprint, cases=whole.cases, anew=options.anew)
        _tell_kept(asked, kept.outcomes, note=kept.note, path=path)
        with (
            Ledger(path, name=whole.name, fingerprint=fingerprint, kept=kept.outcomes.values()) as ledger,
            progress(f"{name}: cases", watched=options.watched) as moved,
        ):
            outcomes = run_cases(
                news, asked, never_refusing=without_threshold(news), ledger=ledger, kept=kept.outcomes, progress=moved
            )
    return make_report(asked, score_all(asked, outcomes), name=name, fingerprint=fingerprint)


def _tell_kept(asked: PublicSet, kept: dict[str, Outcome], *, note: str, path: Path | None) -> None:
    if note:
        _say(note)
    n_kept = sum(case.id in kept for case in asked.cases)
    if n_kept:
        _say(f"{n_kept} of {len(asked.cases)} cases were answered before, in {path}; --anew asks them again.")


def _plot(suite: str, reports: list[PublicReport]) -> str:
    curves = [Curve(report.name.removeprefix(f"{suite}-"), *curve(report.asked, report.rows)) for report in reports]
    if len(reports) == 1:
        asked = reports[0].asked
        curves = [Curve("Dateline", curves[0].coverage, curves[0].risk)]
        for system in asked.compared:
            if (theirs := published_curve(asked, system)) is not None:
                curves.append(Curve(system, *theirs))
    title = reports[0].name if len(reports) == 1 else suite
    return risk_coverage_svg(curves, title=title, precision=PRECISION)


def _write(report: PublicReport, folder: Path | None) -> None:
    if folder is not None:
        _write_text(folder / f"{report.name}.json", to_json(report))
        _write_text(folder / f"{report.name}.md", to_markdown(report))


def _write_text(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error}; give another place") from None


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number of at least 1 is needed, not {text!r}")
    return int(text)


def _sets() -> str:
    return "; ".join(f"{suite}: {', '.join(names)}" for suite, names in SETS.items())


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
