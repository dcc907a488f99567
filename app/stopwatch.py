"""Milliseconds by step, on a clock that is given."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Stopwatch:
    """Times named steps; the clock gives seconds (`time.perf_counter`, or a scripted one in tests)."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._start = clock()
        self._steps: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Times a block; a name used twice adds up."""
        begin = self._clock()
        try:
            yield
        finally:
            self._steps[name] = self._steps.get(name, 0.0) + (self._clock() - begin) * 1000

    def timings_ms(self) -> dict[str, float]:
        """Milliseconds of each step and of the whole so far, rounded to 0.1."""
        total = (self._clock() - self._start) * 1000
        return {name: round(spent, 1) for name, spent in (*self._steps.items(), ("total", total))}
