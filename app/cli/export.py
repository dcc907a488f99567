"""`dateline export`: the evidence pack of an answer, and the check of one against the articles."""

import argparse
from pathlib import Path

from ...index.errors import BadInput
from .open import note, open_to_read


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    export = commands.add_parser("export", help="write an answer's evidence pack, or check one")
    export.add_argument("question", nargs="*", metavar="QUESTION")
    export.add_argument("-o", "--out", metavar="DIR", default="evidence-pack", help="folder for the pack (%(default)s)")
    export.add_argument("--check", metavar="FILE", help="check every quote of a pack against the articles")
    export.set_defaults(run=_export)


def _export(args: argparse.Namespace) -> int:
    if bool(args.question) == bool(args.check):
        raise BadInput("Give a question to write a pack for, or --check FILE, one of the two.")
    return _check(args) if args.check else _write(args)


def _write(args: argparse.Namespace) -> int:
    from ..export import cited_ids, write_pack
    from .text import result_text

    with open_to_read(args) as news:
        result = news.ask(" ".join(args.question))
        articles = {article_id: news.article(article_id) for article_id in cited_ids(result)}
    files = write_pack(Path(args.out), result, articles=articles)
    note(result_text(result))
    for file in files:
        print(file)
    return 0


def _check(args: argparse.Namespace) -> int:
    from ..export import check_pack, read_packs
    from .text import safe

    packs = read_packs(Path(args.check))
    with open_to_read(args) as news:
        findings = [finding for pack in packs for finding in check_pack(pack, news.article)]
    for finding in findings:
        where = f"[{finding.number}] {finding.article_id}" if finding.number else "the answer"
        print(safe(f"{where}: {finding.fault or 'holds'}"))
    quotes = [finding for finding in findings if finding.number]
    print(f"{sum(finding.fault is None for finding in quotes)} of {len(quotes)} quotes hold.")
    return 1 if any(finding.fault for finding in findings) else 0
