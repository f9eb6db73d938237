"""The listener: writes AMI events to the ledger and the outbox, and survives the failure of either side.

The session's thread fills the inbox; the thread of `run` takes all that has come since the last time, folds
each call of it once, and commits once: the busier the line, the larger the batch. What comes waits a moment for what
comes with it, since Asterisk tells each step of a call by several events; a phone that begins to ring ends that.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from threading import Event
from time import monotonic
from typing import Protocol

from hotline.asterisk.ami.inbox import Connected, Inbox, Item, Lost
from hotline.asterisk.ami.session import EventSession
from hotline.asterisk.books import Books
from hotline.asterisk.cel_database import CelDatabaseError
from hotline.asterisk.gatekeeper import Gatekeeper
from hotline.asterisk.intake import Intake
from hotline.asterisk.presence import PresenceTracker
from hotline.asterisk.presence_events import ASK_MEMBERS, ASK_PHONES
from hotline.asterisk.reconcile import PbxState, pbx_state, reconcile
from hotline.asterisk.translate import Booted
from hotline.asterisk.writer import LedgerWriter
from hotline.domain.errors import PbxError, StorageError

logger = logging.getLogger(__name__)

#: Frames a transaction: some 1,000 calls, for which writers of other processes wait less than 0.1 s.
BATCH = 20_000

#: Seconds that an event waits for others: what a call's events bring in close succession then costs one fold and one
#: commit, not one each. What came last is in the ledger this much later at most; what must be sooner is urgent
#: (`translate.hurries`), above all a phone that rings.
GATHER = 0.1

#: Seconds from one batch's beginning to the next one's, if that is longer and nothing is urgent: on a busy line the
#: steps of several calls share a batch, and none is in the ledger later than this. What comes alone waits for GATHER.
BUSY_PACE = 0.2

#: Seconds from one batch's beginning to the next one's, however urgent: phones of one call ring within a moment.
RINGING_PACE = 0.005

#: Seconds between two looks at whether the process is to end.
LONGEST_WAIT = 0.5

#: Seconds. A reconciliation that failed is tried again soon; beside those that a gap asks for, one now and
#: then mends what the CEL database was late with.
RECONCILE_RETRY = 2.0
RECONCILE_EVERY = 300.0

#: Seconds between two pictures of all phones, which many may ask for at once by registering again.
PHONES_EVERY = 0.3


class Helper(Protocol):
    """A thread that acts upon Asterisk by what the listener writes down."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


class Listener:
    """`run` works until `stop`; it raises what it or the session's thread dies of."""

    def __init__(
        self,
        books: Books,
        inbox: Inbox,
        session: EventSession,
        channels: Callable[[], list[Mapping[str, str]]],
        stopping: Event,
        tracker: PresenceTracker,
        helpers: Sequence[Helper] = (),
        gatekeeper: Gatekeeper | None = None,
        at_boot: Callable[[], None] = lambda: None,
    ) -> None:
        self._books, self._inbox, self._session, self._channels = books, inbox, session, channels
        self._stopping = stopping
        self._tracker, self._gatekeeper, self._at_boot = tracker, gatekeeper, at_boot
        self._helpers = (*helpers, gatekeeper) if gatekeeper else tuple(helpers)
        self.intake = Intake()
        self._writer = LedgerWriter(books, self.intake.open)
        self._booted_at: datetime | None = None
        self._reconcile_at = 0.0
        self._batch_began = 0.0
        self._phones_at = 0.0

    def run(self) -> None:
        self._session.start()
        for helper in self._helpers:
            helper.start()
        try:
            while not self._stopping.is_set():
                self._step()
        except StorageError:
            if not self._stopping.is_set():
                raise
        finally:
            for helper in self._helpers:
                helper.stop()
            self._session.stop()

    def stop(self) -> None:
        """May be called from a signal handler or another thread; `run` returns within half a second or so."""
        self._stopping.set()

    def _step(self) -> None:
        if monotonic() >= self._reconcile_at:
            self._reconcile()
        self._stopping.wait(self._batch_began + RINGING_PACE - monotonic())
        items = self._inbox.drain(self._wait(), GATHER, self._batch_began + BUSY_PACE)
        self._batch_began = monotonic()
        self._take(items)

    def _wait(self) -> float:
        due = self._writer.seconds_until_due()
        return LONGEST_WAIT if due is None else min(due, LONGEST_WAIT)

    def _take(self, items: list[Item]) -> None:
        frames: list[bytes] = []
        for item in items:
            if isinstance(item, bytes):
                frames.append(item)
                if len(frames) < BATCH:
                    continue
            self._write(frames)
            frames = []
            if isinstance(item, Connected | Lost):
                self._begin_again(item)
        self._write(frames)

    def _begin_again(self, mark: Connected | Lost) -> None:
        self._writer.begin_again()
        self._booted_at = None
        if isinstance(mark, Connected):
            self._reconcile_at = 0.0

    def _write(self, frames: list[bytes]) -> None:
        told = self.intake.read(frames)
        self._tracker.hear(told.of_operators)
        self._writer.take(told.of_calls)
        if self._gatekeeper and told.of_strangers:
            self._gatekeeper.hear(told.of_strangers)
        self._books.patiently(self._tracker.flush)
        if self._tracker.phones_wanted and monotonic() >= self._phones_at:
            self._ask_for_phones()
        if self._tracker.members_wanted:
            self._ask_for_members()
        for each in told.of_asterisk:
            if isinstance(each, Booted):
                self._booted(self._books.clock() - timedelta(seconds=each.uptime_seconds))
            else:
                logger.warning("Asterisk is shutting down or restarting")

    def _booted(self, at: datetime) -> None:
        """Whole pictures of queues and phones are asked for in the stream itself; the calls are reconciled."""
        self._books.patiently(lambda: self._tracker.booted(at))
        self._booted_at = at
        self._reconcile_at = 0.0
        self._at_boot()
        self._ask_for_members()
        self._ask_for_phones()

    def _ask_for_members(self) -> None:
        self._tracker.members_wanted = False
        self._session.ask(ASK_MEMBERS)

    def _ask_for_phones(self) -> None:
        self._tracker.phones_wanted = False
        self._phones_at = monotonic() + PHONES_EVERY
        self._session.ask(ASK_PHONES)

    def _reconcile(self) -> None:
        """With what Asterisk says of itself once it is booted; without, calls are mended but none is
        ended."""
        self._reconcile_at = monotonic() + RECONCILE_EVERY
        try:
            reconcile(self._books, self._writer.live, self._pbx())
        except CelDatabaseError as error:
            logger.error("%s; trying again", error)
            self._reconcile_at = monotonic() + RECONCILE_RETRY
        else:
            self._writer.made_whole()

    def _pbx(self) -> PbxState | None:
        if self._booted_at is None:
            return None
        try:
            return pbx_state(self._booted_at, self._channels)
        except PbxError as error:
            logger.warning("calls that Asterisk does not have any more are not ended yet: %s", error)
            self._reconcile_at = monotonic() + RECONCILE_RETRY
            return None
