"""The floor now: calls in progress, queues, operators, and the figures of today."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.calendar import local_day
from hotline.domain.calls.call import Call
from hotline.domain.floor.figures import Counted, Figures, Marks, figures
from hotline.domain.operators.presence import ShownState
from hotline.domain.time import midnight
from hotline.services.accounts.names import account_name
from hotline.services.calls.live_calls import LiveCall, live_call
from hotline.services.levels import levels_of
from hotline.services.line.routing import LineShown, read_lines
from hotline.services.operators.presence import OperatorView
from hotline.services.outbox_topics import CALL
from hotline.services.shown import line_number
from hotline.settings import Settings
from hotline.storage.callbacks.figures import OwedFigureStore
from hotline.storage.calls.dialled_figures import DialledFigureStore
from hotline.storage.calls.live_calls import LiveCallStore
from hotline.storage.floor.store import CountedCallStore
from hotline.storage.outbox import Outbox
from hotline.storage.satisfaction.figures import RatingFigureStore, RatingFilter
from hotline.storage.transaction import Transaction

#: More calls at once are no hotline of ours.
_MOST_CALLS = 500
#: Entries of the outbox read at a time; after ten times as many the day is read anew instead.
_ENTRIES_AT_ONCE = 1000
_READ_ANEW_AFTER = timedelta(minutes=5)


class _View(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Targets(_View):
    """What the figures are measured by and are to reach."""

    service_level_seconds: int = Field(description="G5")
    service_level_percent: int = Field(description="G5")
    answer_seconds: int = Field(description="A8")
    answer_rings: int = Field(description="A8")
    abandoned_percent: int = Field(description="A11: no more than")
    short_abandon_seconds: int
    quick_seconds: int = Field(description="G4")
    connected_percent: int = Field(description="G4")


class DialledToday(_View):
    """The calls that we dialled since midnight; they are in no other figure."""

    calls: int
    reached: int = Field(description="with whom somebody of ours talked")
    reached_percent: float | None = Field(description="of those that are over")
    talk_seconds: float


class CallbacksToday(_View):
    """A9: what became owed since midnight, and what is overdue now, whenever it became owed."""

    owed: int
    closed: int
    closed_percent: float | None
    overdue: int


class SatisfactionToday(_View):
    """E9: the callers who were asked since midnight how their call was."""

    asked: int
    answered: int
    mean: float | None = Field(description="of 5; null: nobody has answered")
    target: float


class Today(_View):
    """The figures of the calls that came in since midnight, and what they are to reach (docs/figures.md)."""

    day: date
    figures: Figures
    dialled: DialledToday
    callbacks: CallbacksToday
    satisfaction: SatisfactionToday
    targets: Targets


class QueueNow(_View):
    """Who waits in a queue: the callers in it, whether a phone rings for them or not."""

    id: str
    name: str
    waiting: int
    important: int = Field(description="of them those of customers with a level")
    longest_wait_since: datetime | None
    operators_ready: int
    operators_signed_in: int


class Declared(_View):
    """What somebody declared the line to be, whatever the calendar says."""

    mode: str
    by: str = Field(description="the name of who did")
    reason: str
    until: datetime
    for_all: bool = Field(description="every line was declared so, not this one alone")


class LineNow(_View):
    """`until`: when it opens or closes next; null when no change is in sight. `duty`: who keeps the mobile."""

    id: str
    name: str = Field(description="the number that callers dial")
    open: bool
    reason: str
    until: datetime | None
    duty: list[str]
    declared: Declared | None


class Floor(_View):
    """Everything a supervisor sees at a glance. Later changes come by the push (/events?floor=1)."""

    now: datetime
    line: LineNow = Field(description="the first of the lines")
    lines: list[LineNow] = Field(description="in the order of the settings")
    calls: list[LiveCall]
    queues: list[QueueNow]
    operators: list[OperatorView]
    today: Today


class DayBook:
    """The day's calls as they count, kept in memory and moved on by the outbox: the whole day is read once, then only
    the calls that something happened to. One a process; threads may share it."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        self._settings = settings
        self._marks: Marks | None = None
        self._lock = threading.Lock()
        self._calls: dict[int, Counted] = {}
        self._day: date | None = None
        self._read_at: datetime | None = None
        self._seen = 0
        self._figures: Figures | None = None

    def today(self, tx: Transaction, now: datetime) -> Today:
        """The figures as this transaction sees the calls. Raises StorageError."""
        settings = self._settings()
        return Today(
            day=local_day(now),
            figures=self.figures(tx, now),
            dialled=_dialled(tx, now),
            callbacks=_callbacks(tx, now),
            satisfaction=_satisfaction(tx, settings, now),
            targets=targets(settings),
        )

    def figures(self, tx: Transaction, now: datetime) -> Figures:
        """Those of the calls that came in alone."""
        with self._lock:
            if self._is_stale(now) or not self._move_on(tx, now):
                self._read(tx, now)
            wanted = marks(self._settings())
            if self._figures is None or self._marks != wanted:
                self._marks, self._figures = wanted, figures(self._calls.values(), wanted)
            return self._figures

    def _is_stale(self, now: datetime) -> bool:
        # Read anew now and then: what the outbox no longer holds, or what was changed by hand, heals by itself.
        return (
            self._day != local_day(now)
            or self._read_at is None
            or not timedelta() <= now - self._read_at < _READ_ANEW_AFTER
        )

    def _read(self, tx: Transaction, now: datetime) -> None:
        self._seen = Outbox(tx).last_id()
        self._calls = CountedCallStore(tx).begun(*_bounds(now))
        self._day, self._read_at, self._figures = local_day(now), now, None

    def _move_on(self, tx: Transaction, now: datetime) -> bool:
        """False when too much has happened to be followed one by one."""
        for _ in range(10):
            entries = Outbox(tx).after(self._seen, _ENTRIES_AT_ONCE)
            changed = {int(str(entry.payload["id"])) for entry in entries if entry.topic == CALL}
            if changed:
                self._take(tx, sorted(changed), now)
            self._seen = max([self._seen, *(entry.id or 0 for entry in entries)])
            if len(entries) < _ENTRIES_AT_ONCE:
                return True
        return False

    def _take(self, tx: Transaction, changed: Sequence[int], now: datetime) -> None:
        for call_id in changed:
            self._calls.pop(call_id, None)
        self._calls |= CountedCallStore(tx).of(changed, *_bounds(now))
        self._figures = None


def _dialled(tx: Transaction, now: datetime) -> DialledToday:
    found = DialledFigureStore(tx).between(*_bounds(now))
    return DialledToday(
        calls=found.calls, reached=found.reached, reached_percent=found.reached_percent, talk_seconds=found.talk_seconds
    )


def _callbacks(tx: Transaction, now: datetime) -> CallbacksToday:
    store = OwedFigureStore(tx)
    found = store.between(*_bounds(now), now)
    return CallbacksToday(
        owed=found.owed, closed=found.closed, closed_percent=found.closed_percent, overdue=store.overdue(now)
    )


def _satisfaction(tx: Transaction, settings: Settings, now: datetime) -> SatisfactionToday:
    chosen = settings.satisfaction
    found = RatingFigureStore(tx).total(RatingFilter(*_bounds(now), chosen.satisfied_from))
    return SatisfactionToday(asked=found.offered, answered=found.answered, mean=found.mean, target=chosen.target)


def calls_now(
    tx: Transaction,
    settings: Settings,
    now: datetime,
    whole_numbers: bool,
    wanted: Callable[[Call], bool] = lambda call: True,
) -> list[LiveCall]:
    """Every caller who is on the line, the longest first; of those the `wanted`."""
    live = (stored for stored in LiveCallStore(tx).in_progress() if stored.call.is_with_customer)
    found = [stored for stored in live if wanted(stored.call)][:_MOST_CALLS]
    levels = levels_of(tx, settings, [stored.call.caller.number for stored in found])
    return [
        live_call(stored, settings, now, whole_numbers, levels.get(stored.call.caller.number, "")) for stored in found
    ]


def queues_now(settings: Settings, calls: Sequence[LiveCall], operators: Sequence[OperatorView]) -> list[QueueNow]:
    """Every queue of the settings."""
    return [_queue(queue_id, queue.name, calls, operators) for queue_id, queue in settings.queues.items()]


def lines_now(tx: Transaction, settings: Settings, now: datetime) -> list[LineNow]:
    """Every line, in the order of the settings."""
    return [_line(tx, settings, shown) for shown in read_lines(tx, settings, now)]


def _line(tx: Transaction, settings: Settings, shown: LineShown) -> LineNow:
    state, override = shown.state, shown.declared
    declared = None
    if override:
        declared = Declared(
            mode=override.mode,
            by=account_name(tx, override.declared_by),
            reason=override.reason,
            until=override.ends_at,
            for_all=not override.line,
        )
    return LineNow(
        id=shown.line,
        name=line_number(settings, shown.line),
        open=state.open,
        reason=state.reason,
        until=state.until,
        declared=declared,
        duty=list(dict.fromkeys(duty.person for duty in state.duty)),
    )


def marks(settings: Settings) -> Marks:
    """What the figures are measured by."""
    floor_, answered = settings.floor, settings.rules.rules().answered
    return Marks(
        floor_.service_level_seconds,
        answered.most_seconds,
        answered.most_rings,
        floor_.quick_seconds,
        floor_.short_abandon_seconds,
    )


def targets(settings: Settings) -> Targets:
    floor_, answered = settings.floor, settings.rules.rules().answered
    return Targets(
        service_level_seconds=floor_.service_level_seconds,
        service_level_percent=floor_.service_level_percent,
        answer_seconds=answered.most_seconds,
        answer_rings=answered.most_rings,
        abandoned_percent=floor_.abandoned_percent,
        short_abandon_seconds=floor_.short_abandon_seconds,
        quick_seconds=floor_.quick_seconds,
        connected_percent=floor_.connected_percent,
    )


def _queue(queue_id: str, name: str, calls: Sequence[LiveCall], operators: Sequence[OperatorView]) -> QueueNow:
    waiting = [call for call in calls if call.waiting_since and call.queue and call.queue.id == queue_id]
    waits = [call.waiting_since for call in waiting if call.waiting_since]
    signed_in = [o for o in operators if o.state is not ShownState.OFFLINE and any(q.id == queue_id for q in o.queues)]
    return QueueNow(
        id=queue_id,
        name=name,
        waiting=len(waits),
        important=sum(bool(call.level) for call in waiting),
        longest_wait_since=min(waits, default=None),
        operators_ready=sum(operator.state is ShownState.READY for operator in signed_in),
        operators_signed_in=len(signed_in),
    )


def _bounds(now: datetime) -> tuple[datetime, datetime]:
    day = local_day(now)
    return midnight(day), midnight(day + timedelta(days=1))
