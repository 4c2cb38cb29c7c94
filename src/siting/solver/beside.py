"""A program solved beside the caller, on another core, until its answer is needed."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

from siting.solver.answer import Answer
from siting.solver.highs import wake_s


class Beside:
    """A search that runs in a thread of its own while others are solved.

    Used as a context: leaving it ends the search.
    """

    def __init__(self, search: Callable[[Event], Answer]) -> None:
        """Begin.

        Parameters
        ----------
        search
            Solves a program and ends when the event that it is given is set.
        """
        self._stop = Event()
        self._threads = ThreadPoolExecutor(max_workers=1)
        self._answer: Future[Answer] = self._threads.submit(search, self._stop)

    def __enter__(self) -> "Beside":
        """Return it."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the search and wait until it has ended."""
        self._stop.set()
        self._threads.shutdown()

    def answer(self) -> Answer:
        """Wait for the answer; Ctrl-C ends the search, which then gives what it has."""
        while True:
            try:
                return self._answer.result(timeout=wake_s)
            except TimeoutError:
                continue
            except KeyboardInterrupt:
                self._stop.set()
