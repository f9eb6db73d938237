"""What stands against a swap (F6): each by the name of its rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.errors import Refused
from hotline.domain.months import month_span
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.shifts.skill import missing
from hotline.domain.shifts.swap import SwapProblem, exchanged, problems_of_time
from hotline.domain.staff.records import Person
from hotline.services.shifts.kinds import limits, pause_of
from hotline.services.shifts.skills import known_queues
from hotline.services.shifts.working import absences
from hotline.settings import Settings
from hotline.storage.shifts.requests import SwapStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.transaction import Transaction

#: So far around a swap its rests and weeks reach.
_AROUND = timedelta(days=9)


@dataclass(frozen=True, slots=True)
class Exchange:
    """`given` goes from the one who asks to the taker, `got` the other way."""

    given: PlannedShift
    got: PlannedShift | None
    asker: Person
    taker: Person

    @property
    def both(self) -> list[PlannedShift]:
        return [self.given] if self.got is None else [self.given, self.got]


def problems(
    tx: Transaction, settings: Settings, exchange: Exchange, swap_id: int | None, now: datetime
) -> list[SwapProblem]:
    """All that stands against it, the plainest first."""
    plain = [
        (SwapProblem.UNPUBLISHED, not all(each.is_published for each in exchange.both)),
        (SwapProblem.PAST, any(each.starts_at <= now for each in exchange.both)),
        (SwapProblem.PENDING, _is_pending(tx, exchange, swap_id)),
        (SwapProblem.MONTH, _too_many(tx, settings, exchange, swap_id)),
        (SwapProblem.NUMBER, _without_number(exchange)),
        (SwapProblem.QUEUE, _lacks_a_queue(tx, settings, exchange)),
        (SwapProblem.LEAVE, _is_away(tx, exchange)),
    ]
    found = [problem for problem, holds in plain if holds]
    people = (exchange.asker.id or 0, exchange.taker.id or 0)
    since = min(each.starts_at for each in exchange.both) - _AROUND
    until = max(each.ends_at for each in exchange.both) + _AROUND
    before = ShiftStore(tx).between(since, until, people=people)
    changed = after(exchange)
    ids = {each.id for each in changed}
    then = [*(each for each in before if each.id not in ids), *changed]
    return [*found, *problems_of_time(before, then, limits(settings), pause_of(settings))]


class SwapRefused(Refused):
    """`most`: how many swaps a month there may be."""

    def __init__(self, problem: SwapProblem, most: int = 0) -> None:
        super().__init__(problem.code, field="swap", got=str(most))
        self.problem = problem


def after(exchange: Exchange) -> list[PlannedShift]:
    """The shifts as they are once it is done."""
    return exchanged(exchange.given, exchange.got, (exchange.taker.id or 0, exchange.taker.name))


def _is_pending(tx: Transaction, exchange: Exchange, swap_id: int | None) -> bool:
    open_ones = (each for shift in exchange.both for each in SwapStore(tx).open_of_shift(shift.id or 0))
    return any(each.id != swap_id for each in open_ones)


def _too_many(tx: Transaction, settings: Settings, exchange: Exchange, swap_id: int | None) -> bool:
    """In the month of the shift that is given; the swap itself, once it is written down, is counted already."""
    since, until = month_span(local_day(exchange.given.starts_at).replace(day=1))
    most = settings.shifts.swaps_a_month - (swap_id is None)
    people = (exchange.asker.id or 0, exchange.taker.id or 0)
    return any(SwapStore(tx).counted(person_id, since, until) > most for person_id in people)


def _without_number(exchange: Exchange) -> bool:
    """Whoever has the duty mobile has one (A2)."""
    gets = ((exchange.given, exchange.taker), (exchange.got, exchange.asker))
    return any(shift is not None and shift.duty and not person.mobile for shift, person in gets)


def _lacks_a_queue(tx: Transaction, settings: Settings, exchange: Exchange) -> bool:
    known = known_queues(tx, settings)
    gets = ((exchange.given, exchange.taker), (exchange.got, exchange.asker))
    return any(
        shift is not None and bool(missing(shift.queues, known.get(person.id or 0, {}))) for shift, person in gets
    )


def _is_away(tx: Transaction, exchange: Exchange) -> bool:
    away = absences(tx)
    gets = ((exchange.given, exchange.taker), (exchange.got, exchange.asker))
    return any(
        shift is not None and any(shift.meets(each.starts_at, each.ends_at) for each in away.get(person.id or 0, ()))
        for shift, person in gets
    )
