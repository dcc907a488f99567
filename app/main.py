"""The command line: `dateline COMMAND …`. Text on stdout, notes and progress on stderr, exit code 0, 1 or 2.

Here are the options that all commands share, and what becomes of an error; each command lives in a `cli_` module that
has `register(commands)`. Commands of other packages (the evaluation) come through the entry points of the group
`dateline.commands`, which name such a function. Nothing heavy is imported before a command runs.
"""

import argparse
import importlib.metadata
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn, TextIO

from ..index.errors import BadInput, DatelineError
from .cli import articles as cli_articles
from .cli import ask as cli_ask
from .cli import doctor as cli_doctor
from .cli import export as cli_export
from .cli import verify as cli_verify
from .cli import web as cli_web
from .cli.open import note

COMMANDS_GROUP = "dateline.commands"
_OWN = ("ingest", "ask", "search", "verify", "chat", "serve", "articles", "doctor", "export")
_INTERRUPTED = 130


class _Parser(argparse.ArgumentParser):
    """Says what is wrong on one line, where argparse would print the whole usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit code: 0 done, 2 the user's input is wrong, 1 something else failed.

    An answer and a refusal both end with 0: a refusal is a result. Ctrl-C ends with 130, a closed pipe quietly with 1.
    """
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        args = _parser(words).parse_args(words)
    except SystemExit as end:  # argparse ends the process after --help, --version and errors; a function must not
        return end.code if isinstance(end.code, int) else 1
    return _run(args)


def _run(args: argparse.Namespace) -> int:
    try:
        code = int(args.run(args))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _silence_stdout()
        return 1
    except DatelineError as error:
        note(f"dateline {args.command}: {error}")
        return 2 if isinstance(error, BadInput) else 1
    except Exception as error:
        if args.debug:
            traceback.print_exc()
        note(f"dateline {args.command}: failed inside Dateline, {type(error).__name__}: {error} (--debug shows where)")
        return 1
    return code


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(prog="dateline", description="Ask the news: answers pinned to the exact words of an article.")
    parser.add_argument("--version", action="version", version=f"dateline {importlib.metadata.version('dateline')}")
    parser.add_argument("--home", metavar="DIR", help="the data folder (or DATELINE_HOME; default: one per user)")
    parser.add_argument("--debug", action="store_true", help="on a failure inside Dateline, show where")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for module in (cli_articles, cli_ask, cli_verify, cli_web, cli_export, cli_doctor):
        module.register(commands)
    if _names_other_command(words):
        _register_others(commands)
    for command in commands.choices.values():
        _accept_home(command)
    return parser


def _names_other_command(words: Sequence[str]) -> bool:
    """Whether the command may be one from an entry point; loading those is only worth its time then."""
    rest = iter(words)
    for word in rest:
        if word == "--home":
            next(rest, None)
        elif not word.startswith("-"):
            return word not in _OWN
    return True


def _register_others(commands: "argparse._SubParsersAction[_Parser]") -> None:
    for entry in sorted(importlib.metadata.entry_points(group=COMMANDS_GROUP), key=lambda entry: entry.name):
        try:
            entry.load()(commands)
        except Exception as error:
            note(f"Note: the command {entry.name} is left out, {entry.value} failed: {type(error).__name__}: {error}")


def _accept_home(command: argparse.ArgumentParser) -> None:
    """`--home` after the command as well as before it; not given, it leaves the first one standing."""
    known = {option for action in command._actions for option in action.option_strings}
    if "--home" not in known:
        command.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _speak_utf8(stream: TextIO) -> None:
    # Article texts hold letters that a terminal's old code page has not; half a character must not end a batch.
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None and stream.encoding.lower().replace("-", "") != "utf8":
        reconfigure(encoding="utf-8")
    if reconfigure is not None and stream.errors == "strict":
        reconfigure(errors="backslashreplace")


def _silence_stdout() -> None:
    # The reader of our pipe has gone; without this Python would complain once more while it closes stdout.
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


if __name__ == "__main__":
    sys.exit(main())
