"""The calls that the simulated operator dials: who answers, who is busy, and what is left for a newcomer to do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from hotline.bootstrap import Hotline
from hotline.domain.callbacks.owed import Callback, CallbackOutcome
from hotline.domain.dialling.dial import Dial, DialOutcome
from hotline.domain.errors import Conflict, Forbidden, NotFound, PbxError, Refused
from hotline.domain.numbers import Number, normalise
from hotline.domain.people import Actor, Role
from hotline.services.accounts.demo import USERNAME
from hotline.services.callbacks.by_hand import add_callback
from hotline.services.callbacks.callbacks import close_callback, take_callback
from hotline.services.dialling.dialling import dial_for
from hotline.services.operators.presence import finish_wrap_up
from hotline.simulate import site
from hotline.simulate.cast import SCENARIOS, TAKEN, Kind
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.dialling.store import DialStore

_OPERATOR = Actor(USERNAME, (Role.OPERATOR,), "赵敏", extension=site.OPERATOR)
_SUPERVISOR = Actor("simulation", (Role.SUPERVISOR,), "simulation")
_NOTE = "请尽快回电"

#: Waits until it is so; False when it is over before.
Until = Callable[[Callable[[], bool]], bool]


class Callbacks:
    """`until` waits."""

    def __init__(self, hotline: Hotline, until: Until) -> None:
        self._hotline, self._until = hotline, until

    def play(self) -> bool:
        """All that are dialled, one after the other; False when it is over before."""
        self._taken(normalise(TAKEN))
        return all(self._dial(normalise(one.number)) for one in SCENARIOS if one.kind is Kind.DIALLED)

    def ready(self) -> None:
        """The operator writes nothing up: the next call may come. Raises PbxError."""
        finish_wrap_up(self._hotline.storage, self._hotline.pbx, site.OPERATOR)

    def _dial(self, number: Number) -> bool:
        callback = self._taken(number)
        begun: list[Dial] = []

        def begins() -> bool:
            """The phone may not be free yet."""
            try:
                parts = (self._hotline.storage, self._hotline.settings, self._hotline.pbx, _OPERATOR)
                begun.append(dial_for(*parts, "callback", callback.id or 0, self._now()))
            except (Conflict, Refused, PbxError):
                return False
            return True

        if not self._until(begins) or not self._until(lambda: self._outcome(begun[0]) is not None):
            return False
        if self._outcome(begun[0]) is DialOutcome.REACHED:
            self._close(callback)
        return True

    def _outcome(self, dial: Dial) -> DialOutcome | None:
        with self._hotline.storage.reading() as tx:
            found = DialStore(tx).by_id(dial.id or 0)
        return found.outcome if found and found.ended_at else None

    def _taken(self, number: Number) -> Callback:
        """The one that is owed to this number, theirs."""
        storage, settings = self._hotline.storage, self._hotline.settings
        line = next(iter(settings.lines))
        callback_id = add_callback(storage, settings, number, line, None, _NOTE, _SUPERVISOR, self._now())
        with suppress(Conflict, Forbidden):  # whoever looks at the simulation has taken it
            take_callback(storage, callback_id, _OPERATOR, self._now())
        with storage.reading() as tx:
            found = CallbackStore(tx).by_id(callback_id)
        assert found is not None
        return found

    def _close(self, callback: Callback) -> None:
        storage, done = self._hotline.storage, CallbackOutcome.DONE
        with suppress(Conflict, Forbidden, NotFound):  # closed by who looks
            close_callback(storage, callback.id or 0, _OPERATOR, "已回电", self._now(), done)

    def _now(self) -> datetime:
        return self._hotline.clock()
