"""Where calls go: reads all that counts in one transaction; hotline.domain.line.routing decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hotline.domain.line import routing
from hotline.domain.line.override import Override
from hotline.domain.line.routing import Arrival, LinePlan, LineState, QueuePlan, Route, RouteBook
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.operators.pop import last_operator
from hotline.services.calendar import work_calendar
from hotline.services.line.duty import MOMENT, known_shifts, rung_between
from hotline.services.line.names import require_line
from hotline.services.staff.whose import extension_now
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.line.overrides import OverrideStore
from hotline.storage.transaction import Storage, Transaction


def decide(storage: Storage, settings: Settings, arrival: Arrival, now: datetime) -> Route:
    """Where this call goes now. Raises StorageError when the database is away."""
    with storage.reading() as tx:
        book = load_book(tx, settings, now, arrival.line, arrival)
    return routing.route(arrival, now, book)


@dataclass(frozen=True, slots=True)
class LineShown:
    """`declared`: what a supervisor declared for now, whatever the calendar says; its `line` is "" where it was for
    all."""

    line: str
    state: LineState
    declared: Override | None


def lines_shown(storage: Storage, settings: Settings, now: datetime) -> list[LineShown]:
    """Every line, as people are shown it and Asterisk is told of it. Raises StorageError."""
    with storage.reading() as tx:
        return read_lines(tx, settings, now)


def line_shown(storage: Storage, settings: Settings, now: datetime, line: str = "") -> LineShown:
    """One of them; "" is the first. Raises StorageError, NotFound for a line that there is not."""
    require_line(settings, line)
    with storage.reading() as tx:
        return _shown(tx, settings, now, line or next(iter(settings.lines)))


def current_line_state(storage: Storage, settings: Settings, now: datetime, line: str = "") -> LineState:
    """Whether it is open, and who is on duty. Raises as `line_shown`."""
    return line_shown(storage, settings, now, line).state


def read_lines(tx: Transaction, settings: Settings, now: datetime) -> list[LineShown]:
    """See `lines_shown`."""
    return [_shown(tx, settings, now, line) for line in settings.lines]


def _shown(tx: Transaction, settings: Settings, now: datetime, line: str) -> LineShown:
    book = load_book(tx, settings, now, line)
    return LineShown(line, routing.line_state(now, book), routing.declared(now, book))


def load_book(
    tx: Transaction, settings: Settings, now: datetime, line: str, arrival: Arrival | None = None
) -> RouteBook:
    """All that counts for this arrival now; without one, all that counts for the line. A line that there is not is
    treated as the first. Who is blocked is so too when they withhold the number that the network tells (A15)."""
    number = arrival.caller_number if arrival else NO_NUMBER
    line = line if line in settings.lines else next(iter(settings.lines))
    rung = rung_between(tx, now - MOMENT, now + MOMENT, now)
    return RouteBook(
        calendar=work_calendar(settings, line),
        lines={
            line_id: LinePlan(kept.menu, settings.menus[kept.menu].operator_queue)
            for line_id, kept in settings.lines.items()
        },
        queues={queue_id: QueuePlan(queue.no_operator) for queue_id, queue in settings.queues.items()},
        shifts=tuple(rung.shifts(known_shifts(tx, settings, rung.since, rung.until, line))),
        always=rung.always(settings, line, now),
        overrides=tuple(OverrideStore(tx).ahead(now, line)),
        blocked=BlocklistStore(tx).active(number, now) if number else None,
        preferred=_preferred(tx, settings, number, now) if arrival and number and not arrival.withheld else "",
        **_by_level(tx, settings, number if arrival and not arrival.withheld else NO_NUMBER),
    )


def _by_level(tx: Transaction, settings: Settings, number: Number) -> dict[str, Any]:
    """How whoever has this number waits, and where: as the best of their levels has it."""
    if not number or not any(each.queue_priority or each.queue for each in settings.customers.levels.values()):
        return {}
    known = {person.level for person in CustomerStore(tx).of_number(number)}
    levels = [level for level_id, level in settings.customers.levels.items() if level_id in known]
    if not levels:
        return {}
    own = next((level.queue for level in levels if level.queue), "")
    return {"priority": max(level.queue_priority for level in levels), "own_queue": own}


def _preferred(tx: Transaction, settings: Settings, number: Number, now: datetime) -> str:
    """The extension, as it is now, of the operator who had this caller within the days of B7, if they are still one of
    ours."""
    if not settings.returning_caller.enabled:
        return ""
    call = CallStore(tx).last_talk(number, now - timedelta(days=settings.returning_caller.days))
    had = last_operator(call) if call else ""
    extension = extension_now(tx, had, call.started_at, now) if call and had else ""
    return extension if extension in settings.operators else ""
