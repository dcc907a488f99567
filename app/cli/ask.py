"""`dateline ask` and `dateline search`: thin commands over the Python API."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ...index.errors import BadInput
from .open import note, open_to_read

if TYPE_CHECKING:
    from ..api import Dateline


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds both commands."""
    _register_ask(commands)
    _register_search(commands)


def _register_ask(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    ask = commands.add_parser("ask", help="answer a question with citations, or refuse with a reason")
    ask.add_argument("question", nargs="*", metavar="QUESTION")
    ask.add_argument("--batch", metavar="FILE", help="one question a JSON line; - reads stdin")
    ask.add_argument("--json", action="store_true", help="the answer as JSON, schema 1")
    ask.add_argument("--as-of", type=a_date, metavar="DATE", help="hide articles published after this day")
    ask.add_argument(
        "--article", action="append", metavar="ID", help="answer from this article alone (id or URL; may be repeated)"
    )
    ask.set_defaults(run=_ask)


def _register_search(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    search = commands.add_parser("search", help="find the passages nearest to a query")
    search.add_argument("query", nargs="*", metavar="QUERY")
    search.add_argument("--batch", metavar="FILE", help="one query a JSON line; - reads stdin")
    search.add_argument("-k", type=int, default=8, metavar="N", help="how many passages (default 8)")
    search.add_argument("--json", action="store_true", help="the results as JSON")
    search.set_defaults(run=_search)


def a_date(text: str) -> date:
    """A day as YYYY-MM-DD; raises what argparse turns into one clear line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2023-03-24") from None


def _ask(args: argparse.Namespace) -> int:
    question = _words(args.question, batch=args.batch, what="question")
    if args.batch and (args.as_of or args.article):
        raise BadInput(
            'With --batch, dates and articles stand in the lines themselves: {"question", "as_of", "articles"}.'
        )
    if args.batch:
        from ..batch import ask_batch  # here and below: what a command needs is loaded when it runs

        return _run_batch(args, ask_batch)
    with open_to_read(args) as news:
        result = news.ask(question, as_of=args.as_of, articles=args.article)
    from .text import result_text, safe

    print(to_json(result.to_dict()) if args.json else result_text(result))
    for line in () if args.json else result.notes:
        note(safe(f"Note: {line}"))
    return 0


def _search(args: argparse.Namespace) -> int:
    query = _words(args.query, batch=args.batch, what="query")
    from ..batch import result_row, search_batch
    from .text import results_text

    if args.batch:
        return _run_batch(args, search_batch)
    with open_to_read(args) as news:
        found = news.search(query, k=args.k)
    rows = [result_row(item) for item in found]
    print(to_json({"schema": 1, "query": query, "results": rows}) if args.json else results_text(found))
    return 0


def _words(given: list[str], *, batch: str | None, what: str) -> str:
    """The words of the command line as one text; either they or a batch file must be there."""
    if bool(given) == bool(batch):
        raise BadInput(f"Give a {what} or --batch FILE, one of the two.")
    return " ".join(given)


def _run_batch(
    args: argparse.Namespace, answers: "Callable[[Dateline, Iterable[bytes]], Iterator[dict[str, Any]]]"
) -> int:
    with batch_lines(args.batch) as lines, open_to_read(args) as news:
        return print_batch(answers(news, lines))


def print_batch(results: Iterable[dict[str, Any]]) -> int:
    """Prints a JSON line for each result as it comes; the exit code is 1 where every one of them failed."""
    n_lines = n_failed = 0
    for result in results:
        print(to_json(result), flush=True)
        n_lines, n_failed = n_lines + 1, n_failed + ("error" in result)
    if n_failed:
        note(f"{n_failed} of {n_lines} lines could not be answered; their errors stand in their places.")
    return 1 if n_failed and n_failed == n_lines else 0


@contextmanager
def batch_lines(name: str) -> Iterator[BinaryIO]:
    """The open batch file, stdin for -. Raises BadInput where there is none."""
    if name == "-":
        yield sys.stdin.buffer
        return
    path = Path(name)
    if not path.is_file():
        raise BadInput(f"{name} is no file that can be read.")
    with path.open("rb") as file:
        yield file


def to_json(value: dict[str, Any]) -> str:
    """One line of JSON; letters of all scripts stay as they are."""
    return json.dumps(value, ensure_ascii=False)
