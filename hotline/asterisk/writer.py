"""The listener's writer: turns events and facts into rows of the ledger.

A call that lasts is folded from what came over AMI, or from the CEL database when the stream did not have all of
it; a call that has ended is folded from the CEL database, once that has its end too. Never from both at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from hotline.asterisk.books import Books
from hotline.asterisk.cel_database import CelDatabaseError
from hotline.asterisk.gone import has_end
from hotline.asterisk.live import Touched, TrackedCalls
from hotline.asterisk.translate import CelNotice
from hotline.domain.calls.call import Call
from hotline.domain.calls.events import ChannelEvent, Fact
from hotline.services.calls.known import KnownCalls

logger = logging.getLogger(__name__)

#: Seconds for which a call's end is looked for in the CEL database. Asterisk writes it in the same breath as it
#: tells it over AMI; what is not there after so long waits for the next reconciliation.
END_WAIT = 3.0
FIRST_LOOK_AGAIN = 0.1


@dataclass(frozen=True, slots=True)
class PendingEnd:
    """A call that has ended by the stream's account but not yet by the CEL database's. `at` is when it ended;
    the others are the stopwatch's: when to look again, the wait after that, when to leave it."""

    at: datetime
    look_at: float
    wait: float
    leave_at: float


class LedgerWriter:
    """For one thread. `whole` says whether the ledger holds all that happened before the stream began: only
    then may the checkpoint be moved on. `opened` reads a channel event, or counts it as unreadable."""

    def __init__(
        self,
        books: Books,
        opened: Callable[[CelNotice], ChannelEvent | None],
        stopwatch: Callable[[], float] = monotonic,
    ) -> None:
        self._books, self._opened, self._stopwatch = books, opened, stopwatch
        self._live = TrackedCalls()
        self._endings: dict[str, PendingEnd] = {}
        self._behind: datetime | None = None
        self._latest_end: datetime | None = None
        self._checkpoint: datetime | None = None
        self._known = KnownCalls()
        self.whole = False

    @property
    def live(self) -> TrackedCalls:
        return self._live

    def begin_again(self) -> None:
        """The stream has a gap: what it told of calls in progress is worth nothing any more, and the ledger
        is not whole until it has been reconciled."""
        self._live.forget_all()
        self._endings.clear()
        self._behind = self._latest_end = self._checkpoint = None
        self._known = KnownCalls()
        self.whole = False

    def made_whole(self) -> None:
        """The ledger has been reconciled with the CEL database."""
        self._behind = None
        self._known = KnownCalls()
        self.whole = True

    def take(self, items: Iterable[CelNotice | Fact]) -> None:
        """Fold every call that these tell of, and those whose end was awaited and is due; write them down."""
        touched = self._live.take(items)
        now = self._stopwatch()
        due = [linkedid for linkedid, ending in self._endings.items() if ending.look_at <= now]
        if not touched.linkedids and not due:
            return
        for linkedid, at in touched.ended.items():
            self._endings.setdefault(linkedid, PendingEnd(at, now, FIRST_LOOK_AGAIN, now + END_WAIT))
        calls = self._fold(touched, [*touched.linkedids, *(each for each in due if each not in touched.linkedids)])
        checkpoint = self._whole_until(touched)
        moved = checkpoint if checkpoint != self._checkpoint else None
        self._books.record(calls, touched.facts, moved, self._known)
        self._checkpoint = checkpoint

    def seconds_until_due(self) -> float | None:
        """When `take` should be called again at the latest, if a call's end is awaited."""
        soonest = min((ending.look_at for ending in self._endings.values()), default=None)
        return None if soonest is None else max(0.0, soonest - self._stopwatch())

    def _fold(self, touched: Touched, linkedids: list[str]) -> list[Call]:
        from_box = [each for each in linkedids if each in self._endings or each not in self._live]
        rows = self._rows(from_box)
        # The stream does not tell of facts that others wrote down, such as a recording that was paused (G2).
        stored = self._books.facts_of(from_box)
        for fact in touched.facts:
            if fact.linkedid not in self._live:
                stored.setdefault(fact.linkedid, []).append(fact)
        calls = (self._fold_one(each, rows.get(each, []), stored.get(each, [])) for each in linkedids)
        return [call for call in calls if call is not None]

    def _fold_one(self, linkedid: str, rows: list[ChannelEvent], stored: Iterable[Fact]) -> Call | None:
        live = self._live.get(linkedid)
        facts = [*(live.facts if live else ()), *stored]
        if has_end(rows):
            self._endings.pop(linkedid, None)
            self._live.forget(linkedid)
            return self._books.fold(linkedid, rows, facts)
        call = self._books.fold(linkedid, live.events(self._opened) if live else rows, facts)
        if linkedid in self._endings:
            self._look_again(linkedid, self._endings[linkedid])
        elif live and call and call.ended_at:
            # The caller has hung up, and a batch ended there: what follows from the end goes by this fold.
            others = self._books.facts_of([linkedid]).get(linkedid, [])
            return self._books.fold(linkedid, live.events(self._opened), [*facts, *others])
        return call

    def _look_again(self, linkedid: str, ending: PendingEnd) -> None:
        now = self._stopwatch()
        if now < ending.leave_at:
            self._endings[linkedid] = PendingEnd(ending.at, now + ending.wait, ending.wait * 2, ending.leave_at)
            return
        logger.warning("the CEL database does not show the end of call %s; it is left to be reconciled", linkedid)
        self._behind = ending.at if self._behind is None else min(self._behind, ending.at)
        del self._endings[linkedid]
        self._live.forget(linkedid)

    def _whole_until(self, touched: Touched) -> datetime | None:
        """Up to when the ledger has every call as the CEL database has it, calls in progress aside, which are
        known by being open: it moves on with each end that is settled, since all before it has been told."""
        ends = [*touched.ended.values(), *([self._latest_end] if self._latest_end else [])]
        self._latest_end = max(ends, default=None)
        if not self.whole or self._latest_end is None:
            return None
        unsettled = [ending.at for ending in self._endings.values()]
        return min([self._latest_end, *unsettled, *([self._behind] if self._behind else [])])

    def _rows(self, linkedids: list[str]) -> dict[str, list[ChannelEvent]]:
        """What the CEL database has of these calls; nothing if it cannot be read, which is not final: each call
        is looked at again with its next event, or after its end, or when the ledger is reconciled."""
        if not linkedids:
            return {}
        try:
            return self._books.cel_database.rows_of_all(linkedids)
        except CelDatabaseError as error:
            logger.error("%s", error)
            return {}
