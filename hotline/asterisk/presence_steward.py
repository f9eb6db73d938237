"""What the system itself changes in operators' state in Asterisk's queues: it pauses for the wrap-up and ends the
pause, signs out consoles that are gone, stops ringing phones that are gone, and restores pauses that a crash of
Asterisk has lost."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from time import monotonic

from hotline.asterisk.beside_listener import BesideListener
from hotline.domain.errors import HotlineError
from hotline.domain.operators.presence import OperatorPresence, is_calling
from hotline.domain.operators.presence_projection import OrderKind, PresenceOrder, order_for, order_of_calling
from hotline.domain.time import Clock
from hotline.services.operators import call_control, presence
from hotline.services.pbx import Pbx
from hotline.settings import Settings
from hotline.storage.dialling.store import DialStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage

logger = logging.getLogger(__name__)

#: Seconds. Whom time alone may bring something is looked after so often, and those at once of whom there is news; an
#: order that has not shown effect is given again after a while.
LOOK_EVERY = 0.5
AGAIN_AFTER = 2.0


class PresenceSteward(BesideListener):
    def __init__(
        self,
        storage: Storage,
        pbx: Pbx,
        settings: Callable[[], Settings],
        clock: Clock,
        with_callers: Callable[[], frozenset[str]],
        died: Callable[[BaseException], None],
    ) -> None:
        super().__init__("presence-steward", died)
        self._storage, self._pbx, self._settings, self._clock = storage, pbx, settings, clock
        self._with_callers = with_callers
        self._given: dict[PresenceOrder, float] = {}
        self._extra: list[PresenceOrder] = []
        self._news: dict[str, OperatorPresence] = {}
        self._all_at = 0.0

    def look(self, rows: Mapping[str, OperatorPresence]) -> None:
        """Something has changed about these operators: by extension, their rows as they were just written."""
        with self._changed:
            self._news.update(rows)
            self._changed.notify()

    def order(self, orders: Sequence[PresenceOrder]) -> None:
        """To be carried out beside what the rows ask for."""
        with self._changed:
            self._extra += orders
            self._changed.notify()

    def booted(self) -> None:
        """Asterisk has just started. What it asked phones before it was all there is lost on a busy machine, and it
        would ask them again only after a while, in which they are not rung."""
        registering = [each for each, operator in self._settings().operators.items() if not operator.contact]
        self.order([PresenceOrder(extension, OrderKind.ASK_PHONE) for extension in registering])

    def _until_next(self) -> None:
        due = self._all_at - monotonic()
        self._changed.wait_for(lambda: self._news or self._extra or self._stopping, max(0.0, due))

    def step(self) -> None:
        """One look: at the rows of which there is news, at all when that is due or there is none. What fails is tried
        again at a later one. News is younger than LOOK_EVERY, since else all are due."""
        with self._changed:
            extra, self._extra = self._extra, []
            news, self._news = self._news, {}
        looked_at = news if (news or extra) and monotonic() < self._all_at else None
        if looked_at is None:
            self._all_at = monotonic() + LOOK_EVERY
        try:
            wanted = [*extra, *self._by_the_rows(looked_at)]
        except HotlineError as error:
            logger.error("operators cannot be looked after: %s", error)
            return
        now = monotonic()
        self._given = {
            order: at
            for order, at in self._given.items()
            if now - at < AGAIN_AFTER
            and (order in wanted or (looked_at is not None and order.extension not in looked_at))
        }
        for order in wanted:
            if order not in self._given:
                self._given[order] = now
                self._carry_out(order)

    def _by_the_rows(self, told: Mapping[str, OperatorPresence] | None) -> list[PresenceOrder]:
        """What these rows ask for; None: those in the database of all operators."""
        settings = self._settings()
        console = settings.console
        grace, wrap_up = timedelta(seconds=console.grace_seconds), timedelta(seconds=console.wrap_up_seconds)
        now = self._clock()
        rows = self._all(now, grace) if told is None else list(told.values())
        dialling = self._dialling() if any(map(is_calling, rows)) else frozenset()
        with_customers = self._with_callers()
        found = (
            order_of_calling(row, row.extension in dialling, wrap_up)
            if is_calling(row)
            else order_for(row, row.extension in with_customers, grace, wrap_up, now)
            for row in rows
            if row.extension in settings.operators
        )
        orders = [order for order in found if order is not None]
        # Consoles tell of themselves at any moment, so that who is gone is looked up.
        return orders if told is None else [order for order in orders if order.kind is not OrderKind.SIGN_OUT]

    def _all(self, now: datetime, grace: timedelta) -> list[OperatorPresence]:
        with self._storage.reading() as tx:
            return PresenceStore(tx).to_look_after(now, now - grace)

    def _dialling(self) -> frozenset[str]:
        with self._storage.reading() as tx:
            return frozenset(each.extension for each in DialStore(tx).open_ones())

    def _change_pause(self, order: PresenceOrder) -> None:
        """Rows are behind Asterisk by some tenths of a second: whoever has paused in between is not made ready."""
        self._pbx.replace_pause(order.extension, order.over, order.kind is OrderKind.PAUSE, order.reason)

    def _carry_out(self, order: PresenceOrder) -> None:
        try:
            match order.kind:
                case OrderKind.PAUSE | OrderKind.UNPAUSE:
                    self._change_pause(order)
                case OrderKind.SIGN_OUT:
                    logger.info("operator %s: the console is gone; signed out", order.extension)
                    presence.go_offline(self._storage, self._settings(), self._pbx, order.extension)
                case OrderKind.ASK_PHONE:
                    self._pbx.ask_phone(order.extension)
                case OrderKind.STOP_RINGING:
                    call_control.stop_ringing(self._pbx, order.extension)
        except HotlineError as error:
            logger.warning("operator %s: %s was not done: %s", order.extension, order.kind, error)
