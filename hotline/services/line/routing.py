"""Where calls go: reads all that counts in one transaction; hotline.domain.line.routing decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.line import routing
from hotline.domain.line.override import Override
from hotline.domain.line.routing import Arrival, LinePlan, LineState, QueuePlan, Route, RouteBook
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.operators.pop import last_operator
from hotline.services.calendar import work_calendar
from hotline.services.line.roster import always_on_duty, known_shifts
from hotline.services.staff.whose import extension_now
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.line.overrides import OverrideStore
from hotline.storage.transaction import Storage, Transaction

#: Shifts that begin or end exactly now are read too; which of them count is the domain's decision.
_MOMENT = timedelta(seconds=1)


def decide(storage: Storage, settings: Settings, arrival: Arrival, now: datetime) -> Route:
    """Where this call goes now. Raises StorageError when the database is away."""
    with storage.reading() as tx:
        book = load_book(tx, settings, now, arrival)
    return routing.route(arrival, now, book)


def current_line_state(storage: Storage, settings: Settings, now: datetime) -> LineState:
    """What Asterisk is told to go by while nobody answers its questions. Raises StorageError."""
    return line_shown(storage, settings, now).state


@dataclass(frozen=True, slots=True)
class LineShown:
    """`declared`: what a supervisor declared for now, whatever the calendar says."""

    state: LineState
    declared: Override | None


def line_shown(storage: Storage, settings: Settings, now: datetime) -> LineShown:
    """The line as people are shown it. Raises StorageError."""
    with storage.reading() as tx:
        book = load_book(tx, settings, now)
    return LineShown(routing.line_state(now, book), book.override)


def load_book(tx: Transaction, settings: Settings, now: datetime, arrival: Arrival | None = None) -> RouteBook:
    """All that counts for this arrival now; without one, all that counts for the line. Who is blocked is so too when
    they withhold the number that the network tells (A15)."""
    number = arrival.caller_number if arrival else NO_NUMBER
    return RouteBook(
        calendar=work_calendar(settings),
        lines={
            line_id: LinePlan(line.menu, settings.menus[line.menu].operator_queue)
            for line_id, line in settings.lines.items()
        },
        queues={queue_id: QueuePlan(queue.no_operator) for queue_id, queue in settings.queues.items()},
        shifts=tuple(known_shifts(tx, settings, now - _MOMENT, now + _MOMENT)),
        always=always_on_duty(settings),
        override=OverrideStore(tx).covering(now),
        blocked=BlocklistStore(tx).active(number, now) if number else None,
        preferred=_preferred(tx, settings, number, now) if arrival and number and not arrival.withheld else "",
    )


def _preferred(tx: Transaction, settings: Settings, number: Number, now: datetime) -> str:
    """The extension, as it is now, of the operator who had this caller within the days of B7, if they are still one of
    ours."""
    if not settings.returning_caller.enabled:
        return ""
    call = CallStore(tx).last_talk(number, now - timedelta(days=settings.returning_caller.days))
    had = last_operator(call) if call else ""
    extension = extension_now(tx, had, call.started_at, now) if call and had else ""
    return extension if extension in settings.operators else ""
