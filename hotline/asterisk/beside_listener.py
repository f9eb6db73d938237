"""Work beside the listener, in a thread of its own: an action may wait five seconds for Asterisk."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from threading import Condition, Thread


class BesideListener(ABC):
    """Waits and steps, until it is stopped. `died` is told of what ends it otherwise: the listener raises that, which
    ends the process."""

    def __init__(self, name: str, died: Callable[[BaseException], None]) -> None:
        self._died = died
        #: Held by whoever changes what the next step goes by; notified then.
        self._changed = Condition()
        self._stopping = False
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end, and wait a second for it: it may be waiting for Asterisk."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.join(1)

    @abstractmethod
    def step(self) -> None:
        """One look at what is to be done. What fails is tried again at a later one."""

    @abstractmethod
    def _until_next(self) -> None:
        """Wait, with `_changed` held, for news, for the next look or until `_stopping`."""

    def _run(self) -> None:
        try:
            while self._goes_on():
                self.step()
        except BaseException as error:
            self._died(error)

    def _goes_on(self) -> bool:
        with self._changed:
            self._until_next()
            return not self._stopping
