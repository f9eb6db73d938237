"""Ends legs that belong to no call any more (hotline.domain.calls.legs), on our own Asterisk.

Of a call that ends with somebody still consulted the listener tells, and what is left goes within a second. Beside that
everything is looked through now and then: what is found so was left for no reason that we know, and is told of.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from hotline.asterisk.beside_listener import BesideListener
from hotline.domain.calls.call import Call, Direction
from hotline.domain.calls.legs import TWO_LOOKS_APART, LeftOver, left_over, may_leave_legs, to_be_ended
from hotline.domain.errors import HotlineError
from hotline.domain.reasons import because
from hotline.domain.time import Clock
from hotline.services.alerts import set_alert
from hotline.services.calls.alert_kinds import LEGS_LEFT_OVER
from hotline.services.pbx import Pbx
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Storage

logger = logging.getLogger(__name__)

#: Seconds between two looks: while something is left over, and else.
LOOK_AGAIN = TWO_LOOKS_APART.total_seconds() + 0.02
SWEEP_EVERY = 5.0

#: For so long after a call's end its legs may still be on their way out.
JUST_OVER = timedelta(seconds=2)


class LegSweeper(BesideListener):
    """`told` comes on the listener's thread.
    `private`: this Asterisk has no calls but ours; in a site's own only legs of calls that were told of are ended."""

    def __init__(
        self, storage: Storage, pbx: Pbx, node: str, private: bool, clock: Clock, died: Callable[[BaseException], None]
    ) -> None:
        super().__init__("leg-sweeper", died)
        self._storage, self._pbx, self._node, self._private = storage, pbx, node, private
        self._clock = clock
        self._found: dict[str, LeftOver] = {}
        self._just_over: dict[str, datetime] = {}
        self._leave: set[str] = set()
        self._news = False

    def told(self, calls: Sequence[Call]) -> None:
        """Of calls as they were written down: those that Asterisk may have left legs of by its own rules."""
        over = {call.linkedid for call in calls if call.ended_at is not None and may_leave_legs(call)}
        if over:
            with self._changed:
                self._just_over |= dict.fromkeys(over, self._clock())
                self._news = True
                self._changed.notify()

    def _until_next(self) -> None:
        soon = self._just_over or self._found.keys() - self._leave
        self._changed.wait_for(lambda: self._news or self._stopping, LOOK_AGAIN if soon else SWEEP_EVERY)
        self._news = False

    def step(self) -> None:
        try:
            now = self._clock()
            self._found = left_over(self._pbx.channels(), self._found, now)
            self._leave &= {each.linkedid for each in self._found.values() if len(each.channels) > 1}
            for each in to_be_ended(self._found, now):
                if each.linkedid not in self._leave and (self._private or each.linkedid in self._just_over):
                    self._end(each)
            with self._changed:
                self._just_over = {each: at for each, at in self._just_over.items() if now - at < JUST_OVER}
        except HotlineError as error:
            logger.warning("legs that are left over cannot be looked for: %s", error)

    def _end(self, found: LeftOver) -> None:
        """Hang up. A talk between colleagues is theirs, though whoever began it has gone."""
        with self._storage.reading() as tx:
            call = CallStore(tx).get(self._node, found.linkedid)
        if call is not None and call.direction is Direction.INTERNAL and len(found.channels) > 1:
            self._leave.add(found.linkedid)
            return
        for channel in found.channels:
            self._pbx.hang_up(channel)
        named = ", ".join(found.channels)
        logger.info("call %s is over; its last legs were ended: %s", found.linkedid, named)
        if found.linkedid not in self._just_over:
            reason = because("calls.legs_left_over", legs=found.channels, linkedid=found.linkedid)
            with self._storage.writing() as tx:
                set_alert(tx, LEGS_LEFT_OVER, self._node, reason, self._clock())
