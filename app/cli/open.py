"""Opens the data folder for a command, and says on stderr what a person should know of its state."""

import argparse
import sys
from typing import TYPE_CHECKING

from ...index.errors import BadInput, CorpusLocked, StorageError

if TYPE_CHECKING:
    from ..api import Dateline
    from ..settings import Settings


def note(text: str) -> None:
    """One line on stderr: stdout is for results alone."""
    print(text, file=sys.stderr, flush=True)


def settings_of(args: argparse.Namespace) -> "Settings":
    """The settings of the environment, with the command's `--home` over it. Raises SettingsError."""
    from ..settings import load_settings  # pydantic: not for `dateline --help`

    return load_settings({"home": args.home})


def open_to_write(args: argparse.Namespace) -> "Dateline":
    """Opens as the one writer. Raises CorpusLocked when another process is."""
    from ..api import Dateline

    news = Dateline.open(settings=settings_of(args))
    _tell(news)
    return news


def open_to_read(args: argparse.Namespace) -> "Dateline":
    """Opens to read: beside a writer where there is one, and where the folder may not be written.

    Raises BadInput where no corpus is, and makes none.
    """
    from ...index.record.database import has_record
    from ..api import Dateline

    settings = settings_of(args)
    if settings.home.is_file():
        raise BadInput(f"{settings.home} is a file; the data folder must be a folder.")
    if settings.database_url is None and not has_record(settings.home):
        raise BadInput(f"{settings.home} holds no articles yet. Add some: dateline ingest FOLDER")
    try:
        news = Dateline.open(settings=settings)
    except (CorpusLocked, StorageError):
        news = Dateline.open(settings=settings, read_only=True)
    _tell(news)
    return news


def _tell(news: "Dateline") -> None:
    for line in news.notes:
        note(f"Note: {line}")
