"""Progress on stderr: a bar for a person who watches, a line now and then for a log."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOG_EVERY_S = 30.0


@contextmanager
def progress(
    what: str, *, watched: bool, clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[int, int], None]]:
    """Gives what hears (done, of how many); `watched` says that stderr is a terminal."""
    if watched:
        with _bar(what) as moved:
            yield moved
        return
    last = clock()

    def logged(done: int, of: int) -> None:
        nonlocal last
        if clock() - last >= LOG_EVERY_S:
            last = clock()
            print(f"{what}: {done} of {of}", file=sys.stderr, flush=True)

    yield logged


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
    from tqdm import tqdm

    with tqdm(desc=what, dynamic_ncols=True) as bar:

        def moved(done: int, of: int) -> None:
            bar.total = of
            bar.update(done - bar.n)

        yield moved
