"""`dateline verify`: checks a draft, or a batch of statements, against the articles or against given texts."""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from ...index.errors import BadInput
from .ask import a_date, batch_lines, print_batch, to_json
from .open import open_to_read

if TYPE_CHECKING:
    from ..api import Dateline


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    verify = commands.add_parser("verify", help="check a draft sentence by sentence against the articles")
    verify.add_argument("draft", nargs="*", metavar="DRAFT", help="a text file, or the words themselves; - reads stdin")
    verify.add_argument("--batch", metavar="FILE", help='one {"id", "statement", "sources"} a JSON line; - reads stdin')
    verify.add_argument("--json", action="store_true", help="the result as JSON, schema 1")
    verify.add_argument("--as-of", type=a_date, metavar="DATE", help="hide articles published after this day")
    verify.add_argument("--article", action="append", metavar="ID", help="check against this article alone (id or URL)")
    verify.set_defaults(run=_verify)


def _verify(args: argparse.Namespace) -> int:
    if bool(args.draft) == bool(args.batch):
        raise BadInput("Give a draft or --batch FILE, one of the two.")
    if args.batch and (args.as_of or args.article):
        raise BadInput(
            'With --batch, dates and articles stand in the lines themselves: {"statement", "as_of", "articles"}.'
        )
    if args.batch:
        return _batch(args)
    text = _text_of(args.draft)
    with open_to_read(args) as news:
        checked = news.verify(text, as_of=args.as_of, articles=args.article)
    from .text import verification_text

    print(to_json(checked.to_dict()) if args.json else verification_text(checked))
    return 0


def _batch(args: argparse.Namespace) -> int:
    from ..batch import verify_batch

    with ExitStack() as stack, batch_lines(args.batch) as lines:
        opened: list[Dateline] = []

        def news() -> "Dateline":
            if not opened:
                opened.append(stack.enter_context(open_to_read(args)))
            return opened[0]

        return print_batch(verify_batch(news, lines))


def _text_of(draft: list[str]) -> str:
    """The words of a file where one of that name is, of stdin for -, else those of the command line."""
    if draft == ["-"]:
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    if len(draft) == 1 and _is_file(draft[0]):
        return Path(draft[0]).read_text(encoding="utf-8", errors="replace")
    return " ".join(draft)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # too long for a name, or NUL within: words, then
        return False
