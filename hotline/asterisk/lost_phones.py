"""Ends the talk of a desk phone that has lost power or network, so that its caller is passed on to others.

Neither sign alone will do: a phone that is silent may only listen, one that does not answer OPTIONS may only be slow. A
phone that does neither for a while is gone. Browsers are left to their own time-out: they have that long to be back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from threading import Condition, Thread
from time import monotonic

from hotline.asterisk.presence_events import PhoneChanged
from hotline.domain.errors import HotlineError
from hotline.services.operators import call_control
from hotline.services.pbx import Pbx

logger = logging.getLogger(__name__)

#: Seconds: long enough for the next two of the questions that Asterisk asks every ten (qualify_frequency).
SILENT_FOR = 24.0
LOOK_EVERY = 1.0

#: Received packets by channel.
Heard = Mapping[str, int]


@dataclass(slots=True)
class _Watched:
    """Since when the phone does not answer, and what had been heard of it by then (None: not looked yet)."""

    since: float
    heard: Heard | None = None


class LostPhones:
    """`desk_phones`: the extensions that have one now. `phone` comes on the listener's thread and never waits; Asterisk
    is asked on a thread of its own."""

    def __init__(
        self, pbx: Pbx, desk_phones: Callable[[], Collection[str]], clock: Callable[[], float] = monotonic
    ) -> None:
        self._pbx, self._desk_phones, self._clock = pbx, desk_phones, clock
        self._watched: dict[str, _Watched] = {}
        self._changed = Condition()
        Thread(target=self._run, name="lost-phones", daemon=True).start()

    def phone(self, notice: PhoneChanged) -> None:
        """A phone does not answer, or does so again."""
        if notice.extension not in self._desk_phones():
            return
        with self._changed:
            if notice.gone:
                self._watched.setdefault(notice.extension, _Watched(self._clock()))
            else:
                self._watched.pop(notice.extension, None)
            self._changed.notify()

    def look(self) -> None:
        """At each phone that does not answer."""
        with self._changed:
            watched = dict(self._watched)
        for extension, each in watched.items():
            try:
                self._look(extension, each)
            except HotlineError as error:
                logger.warning("operator %s: whether the phone is gone cannot be told: %s", extension, error)

    def _look(self, extension: str, watched: _Watched) -> None:
        if watched.heard is None:
            watched.heard = call_control.heard_of(self._pbx, extension)
        elif self._clock() - watched.since >= SILENT_FOR:
            now = call_control.heard_of(self._pbx, extension)
            for channel in [each for each in now if watched.heard.get(each) == now[each]]:
                logger.warning("operator %s: the phone is gone without a goodbye; the call goes on", extension)
                self._pbx.hang_up_lost(channel)
            with self._changed:
                if self._watched.get(extension) is watched:
                    self._watched[extension] = _Watched(self._clock())

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._watched))
            self.look()
            with self._changed:
                self._changed.wait(LOOK_EVERY)
