"""Where a call goes: one pure decision (A1, A2, A5, A15, B7). A caller always gets to a person or to voicemail.

Blocklist → override → working time → the line's menu, or the queue chosen there; all other time → the duty mobiles
in order; nobody on duty → voicemail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hotline.domain.calendar import DayKind, WorkCalendar, local_day
from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.line.override import Override
from hotline.domain.line.roster import DutyNumber, Shift, duty_numbers
from hotline.domain.numbers import NO_NUMBER, Number

#: The mode of an override that leaves a line to the calendar, whatever was declared for all.
BY_CALENDAR = "calendar"

#: The choice of a caller who wants to leave a message.
VOICEMAIL = "voicemail"


class RouteKind(StrEnum):
    BLOCKED = "blocked"
    MENU = "menu"
    QUEUE = "queue"
    DUTY = "duty"
    VOICEMAIL = "voicemail"


class Reason(StrEnum):
    """Why the call goes where it goes; stands in the ledger with the step."""

    BLOCKED = "blocked"
    WORKING_TIME = "working_time"
    DECLARED_OPEN = "declared_open"
    DECLARED_CLOSED = "declared_closed"
    BREAK = "break"  # between two periods of a working day: lunch
    AFTER_HOURS = "after_hours"  # before the first or after the last period of a working day
    DAY_OFF = "day_off"  # a weekend, or a day that the site has closed
    PUBLIC_HOLIDAY = "public_holiday"
    CALLER_CHOICE = "caller_choice"
    NOBODY_ON_DUTY = "nobody_on_duty"
    NO_QUEUE = "no_queue"  # working time, but nothing is set up to wait in


@dataclass(frozen=True, slots=True)
class Arrival:
    """A call at the point of decision. `caller_number`: what the network tells, though it be withheld. `choice`: None
    before the menu, then a queue's id or VOICEMAIL."""

    line: str
    caller_number: Number = NO_NUMBER
    withheld: bool = False
    choice: str | None = None


@dataclass(frozen=True, slots=True)
class LinePlan:
    """A line's menu, and the queue behind its "operator"."""

    menu: str
    operator_queue: str


@dataclass(frozen=True, slots=True)
class QueuePlan:
    """`no_operator`: duty or voicemail, where a full, slow or empty queue leads."""

    no_operator: str = "duty"


@dataclass(frozen=True, slots=True)
class RouteBook:
    """All that the decision looks at. `calendar`, `shifts` and `always` are those of the line that was called;
    `overrides` what was declared for it or for all lines, the latest first. `blocked` is the caller's entry in the
    blocklist; `preferred` the extension of the operator who had them within the days of B7, or "". `priority`
    and `own_queue` are those of the customer's level."""

    calendar: WorkCalendar
    lines: Mapping[str, LinePlan] = field(default_factory=dict)
    queues: Mapping[str, QueuePlan] = field(default_factory=dict)
    shifts: tuple[Shift, ...] = ()
    always: tuple[DutyNumber, ...] = ()
    overrides: tuple[Override, ...] = ()
    blocked: BlockedNumber | None = None
    preferred: str = ""
    priority: int = 0
    own_queue: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """The decision. `duty` goes with a queue too: whom to ring when no operator is there and `no_operator` says so."""

    kind: RouteKind
    reason: Reason
    menu: str = ""
    queue: str = ""
    preferred: str = ""
    duty: tuple[DutyNumber, ...] = ()
    no_operator: str = VOICEMAIL
    priority: int = 0


@dataclass(frozen=True, slots=True)
class LineState:
    """Whether the line is open now, until when (None: no change in sight), what it is then, and who is on duty."""

    open: bool
    reason: Reason
    until: datetime | None
    then_open: bool
    duty: tuple[DutyNumber, ...]


def route(arrival: Arrival, now: datetime, book: RouteBook) -> Route:
    """Where this call goes now. Defined for every arrival and every book; `now` is aware."""
    if is_blocked(book.blocked, now):
        return Route(RouteKind.BLOCKED, Reason.BLOCKED)
    duty = duty_numbers(book.shifts, book.always, now)
    if arrival.choice == VOICEMAIL:
        return Route(RouteKind.VOICEMAIL, Reason.CALLER_CHOICE, duty=duty)
    is_open, reason = open_state(now, book)
    if not is_open:
        return _to_duty(reason, duty)
    plan = _line_plan(arrival.line, book)
    if arrival.choice is None and plan:
        return Route(RouteKind.MENU, reason, menu=plan.menu, duty=duty, no_operator=_no_operator(duty))
    return _to_queue(arrival, reason, plan, duty, book)


def open_state(now: datetime, book: RouteBook) -> tuple[bool, Reason]:
    """Whether the line is open at `now`, and why: an override that covers it, else the calendar (A1)."""
    override = declared(now, book)
    if override:
        is_open = override.mode == "open"
        return is_open, Reason.DECLARED_OPEN if is_open else Reason.DECLARED_CLOSED
    if book.calendar.is_open(now):
        return True, Reason.WORKING_TIME
    return False, closed_reason(book.calendar, now)


def declared(now: datetime, book: RouteBook) -> Override | None:
    """What was declared for the line at `now`; None where it goes by the calendar."""
    latest = next((override for override in book.overrides if override.covers(now)), None)
    return None if latest and latest.mode == BY_CALENDAR else latest


def closed_reason(calendar: WorkCalendar, moment: datetime) -> Reason:
    """Why the calendar is closed at `moment`."""
    day = local_day(moment)
    periods = calendar.periods_of(day)
    if not periods:
        return Reason.PUBLIC_HOLIDAY if calendar.day(day).kind is DayKind.HOLIDAY else Reason.DAY_OFF
    in_between = periods[0].ends_at <= moment < periods[-1].starts_at
    return Reason.BREAK if in_between else Reason.AFTER_HOURS


def line_state(now: datetime, book: RouteBook) -> LineState:
    """The state that Asterisk keeps for the time when nobody answers its questions.

    `until` is the next moment at which open turns closed or back, by the calendar or an override's start or end.
    """
    is_open, reason = open_state(now, book)
    duty = duty_numbers(book.shifts, book.always, now)
    until = _next_turn(now, is_open, book)
    return LineState(is_open, reason, until, is_open if until is None else not is_open, duty)


def is_blocked(blocked: BlockedNumber | None, now: datetime) -> bool:
    """Whether this entry of the blocklist still counts (A15)."""
    return blocked is not None and (blocked.expires_at is None or now < blocked.expires_at)


def _to_duty(reason: Reason, duty: tuple[DutyNumber, ...]) -> Route:
    if not duty:
        return Route(RouteKind.VOICEMAIL, Reason.NOBODY_ON_DUTY)
    return Route(RouteKind.DUTY, reason, duty=duty)


def _to_queue(
    arrival: Arrival, reason: Reason, plan: LinePlan | None, duty: tuple[DutyNumber, ...], book: RouteBook
) -> Route:
    """The chosen queue; a queue that does not exist yields to the line's operators, then to any."""
    wanted = (book.own_queue, arrival.choice or "", plan.operator_queue if plan else "", *book.queues)
    queue = next((queue_id for queue_id in wanted if queue_id in book.queues), "")
    if not queue:
        return _to_duty(Reason.NO_QUEUE, duty)
    return Route(
        RouteKind.QUEUE,
        reason,
        queue=queue,
        preferred="" if arrival.withheld else book.preferred,
        duty=duty,
        no_operator=_no_operator(duty, book.queues[queue].no_operator),
        priority=book.priority,
    )


def _no_operator(duty: tuple[DutyNumber, ...], wanted: str = "duty") -> str:
    return wanted if duty else VOICEMAIL


def _line_plan(line: str, book: RouteBook) -> LinePlan | None:
    """The line's plan; a number that no line has is treated as the first line's."""
    return book.lines.get(line) or next(iter(book.lines.values()), None)


def _next_turn(now: datetime, is_open: bool, book: RouteBook) -> datetime | None:
    """The first moment after `now` at which the state is no longer `is_open`.

    Only the calendar's changes and the overrides' edges can turn it; while something is declared only edges do.
    """
    moment: datetime | None = now
    while moment is not None:
        moment = _next_edge(moment, book)
        if moment and open_state(moment, book)[0] is not is_open:
            return moment
    return None


def _next_edge(moment: datetime, book: RouteBook) -> datetime | None:
    edges = [
        edge
        for override in book.overrides
        if override.starts_at < override.ends_at
        for edge in (override.starts_at, override.ends_at)
        if edge > moment
    ]
    change = None if declared(moment, book) else book.calendar.next_change(moment)
    return min([*edges, *([change.at] if change else [])], default=None)
