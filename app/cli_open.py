"""Opens the data folder for a command, and says on stderr what a person should know of its state."""

import argparse
import sys
from typing import TYPE_CHECKING

from ..index.errors import CorpusLocked

if TYPE_CHECKING:
    from .api import Dateline
    from .settings import Settings


def note(text: str) -> None:
    """One line on stderr: stdout is for results alone."""
    print(text, file=sys.stderr, flush=True)


def settings_of(args: argparse.Namespace) -> "Settings":
    """The settings of the environment, with the command's `--home` over it. Raises SettingsError."""
    from .settings import load_settings  # pydantic: not for `dateline --help`

    return load_settings({"home": args.home})


def open_to_write(args: argparse.Namespace) -> "Dateline":
    """Opens as the one writer. Raises CorpusLocked when another process is."""
    from .api import Dateline

    news = Dateline.open(settings=settings_of(args))
    _tell(news)
    return news


def open_to_read(args: argparse.Namespace) -> "Dateline":
    """Opens to read, beside a writer where there is one."""
    from .api import Dateline

    settings = settings_of(args)
    try:
        news = Dateline.open(settings=settings)
    except CorpusLocked:
        news = Dateline.open(settings=settings, read_only=True)
    _tell(news)
    return news


def _tell(news: "Dateline") -> None:
    for line in news.notes:
        note(f"Note: {line}")
