"""`dateline doctor`: what state everything is in, and how to mend it."""

import argparse


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    doctor = commands.add_parser("doctor", help="say what state everything is in, and mend it")
    doctor.set_defaults(run=_doctor)


def _doctor(args: argparse.Namespace) -> int:
    from .cli_open import open_to_read

    with open_to_read(args) as news:
        print(f"{len(news.articles())} articles in {news.settings.home}")
    return 0
