"""Writes the README's transcript from a real session on the five seed articles.

`python scripts/readme.py` rewrites the block; `--check` exits 1 when it is stale. A test runs the check.
"""

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = (
    'dateline ask "When did Tokayev and Putin meet in the Kremlin?"',
    'dateline ask "Along which route would the gas pipeline be built?"',
    'dateline ask "How much will the pipeline cost?"',
)
_BLOCK = re.compile(r"(<!-- transcript -->\n).*?(<!-- /transcript -->)", re.DOTALL)


def transcript(home: Path) -> str:
    """The session as a console shows it, in a fenced block."""
    _run(["--home", str(home), "ingest", str(ROOT / "seeds")])
    shown = [f"$ {line}\n{_run(['--home', str(home), *shlex.split(line)[1:]]).rstrip()}" for line in QUESTIONS]
    return "```\n" + "\n\n".join(shown) + "\n```\n"


def _run(argv: list[str]) -> str:
    from dateline.app.main import main

    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        main(argv)
    return out.getvalue()


def main(argv: list[str]) -> int:
    """0, or 1 when `--check` finds the README stale."""
    for name in [name for name in os.environ if name.startswith(("OPENAI_", "DATELINE_"))]:
        del os.environ[name]
    readme = ROOT / "README.md"
    old = readme.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        fresh = transcript(Path(folder))
    new = _BLOCK.sub(lambda match: match[1] + fresh + match[2], old)
    if "--check" in argv:
        return int(new != old)
    readme.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
