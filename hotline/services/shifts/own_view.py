"""One's own shifts, leave and swaps (F6); and what waits for a supervisor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.months import month_span
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.shifts.leave import Leave, LeaveState
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.shifts.swap import Swap, SwapState
from hotline.domain.staff.records import Person
from hotline.domain.time import midnight
from hotline.services.access import require_right
from hotline.services.shifts.leave import require_own
from hotline.services.shifts.working import absences, shifts_of_settings
from hotline.settings import Settings
from hotline.storage.shifts.requests import LeaveStore, SwapStore
from hotline.storage.shifts.skills import FeedStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: What is shown ahead, and behind.
AHEAD, BEHIND = timedelta(days=60), timedelta(days=14)
_SWAPS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class OwnShifts:
    """`shifts`: published ones, from today on; `past`: of the last two weeks. `others`: other people's desks and duties
    ahead, that could be had in exchange. `names` of people by id; `left`: swaps that are still free this month."""

    person: Person
    shifts: Sequence[PlannedShift]
    past: Sequence[PlannedShift]
    others: Sequence[PlannedShift]
    swaps: Sequence[Swap]
    leaves: Sequence[Leave]
    names: Mapping[int, str]
    colleagues: Sequence[Person]
    left: int
    feed_made_at: datetime | None

    @property
    def to_answer(self) -> Sequence[Swap]:
        return [each for each in self.swaps if each.taker_id == self.person.id and each.state is SwapState.ASKED]

    @property
    def other_swaps(self) -> Sequence[Swap]:
        return [each for each in self.swaps if each not in self.to_answer]


@dataclass(frozen=True, slots=True)
class Requests:
    """`leaves`, `swaps`: that wait for a decision; `decided_leaves`, `all_swaps`: the latest. `open_shifts`: that
    nobody has; `free`: by shift, who is neither away nor has another one then."""

    leaves: Sequence[Leave]
    swaps: Sequence[Swap]
    decided_leaves: Sequence[Leave]
    all_swaps: Sequence[Swap]
    names: Mapping[int, str]
    people: Sequence[Person]
    touched: Mapping[int, Sequence[PlannedShift]]
    open_shifts: Sequence[PlannedShift]
    free: Mapping[int, Sequence[Person]]


def see_own(storage: Storage, settings: Settings, actor: Actor, now: datetime) -> OwnShifts:
    """Raises Forbidden, Refused for who is none of our people."""
    require_right(Act.USE_OWN_SHIFTS, actor)
    today = midnight(local_day(now))
    month = month_span(local_day(now).replace(day=1))
    with storage.reading() as tx:
        person = require_own(tx, actor)
        person_id = person.id or 0
        found = ShiftStore(tx).between(today - BEHIND, now + AHEAD, people=(person_id,))
        ours = shifts_of_settings(tx, settings, today - BEHIND, now + AHEAD)
        found = sorted(
            [*found, *(each for each in ours if each.person_id == person_id)], key=lambda each: each.starts_at
        )
        ahead = ShiftStore(tx).between(now, now + AHEAD)
        staff = StaffStore(tx).all(active_only=False)
        swaps = SwapStore(tx).search(person_id, _SWAPS_SHOWN)
        leaves = LeaveStore(tx).search(person_id, limit=_SWAPS_SHOWN)
        counted = SwapStore(tx).counted(person_id, *month)
        made_at = FeedStore(tx).made_at(person_id)
    others = [each for each in ahead if each.person_id not in (None, person_id) and each.starts_at > now]
    return OwnShifts(
        person=person,
        shifts=[each for each in found if each.ends_at > now],
        past=[each for each in found if each.ends_at <= now],
        others=others,
        swaps=swaps,
        leaves=leaves,
        names={each.id or 0: each.name for each in staff},
        colleagues=[each for each in staff if each.active and each.id != person_id],
        left=max(settings.shifts.swaps_a_month - counted, 0),
        feed_made_at=made_at,
    )


def see_requests(storage: Storage, actor: Actor, now: datetime) -> Requests:
    """`touched`: by request of leave, the shifts that would have nobody. Raises Forbidden."""
    require_right(Act.PLAN_SHIFTS, actor)
    with storage.reading() as tx:
        leaves = LeaveStore(tx).search(states=(LeaveState.ASKED,))
        decided = LeaveStore(tx).search(states=(LeaveState.ACCEPTED, LeaveState.REFUSED), limit=_SWAPS_SHOWN)
        swaps = SwapStore(tx).search(limit=200)
        staff = StaffStore(tx).all(active_only=False)
        touched = {
            each.id or 0: ShiftStore(tx).between(each.since, each.until, people=(each.person_id,), drafts=True)
            for each in leaves
        }
        opened = ShiftStore(tx).open_ones(now)
        active = [each for each in staff if each.active]
        free = {each.id or 0: _free(tx, each, active) for each in opened}
    return Requests(
        leaves=leaves,
        swaps=[each for each in swaps if each.state is SwapState.ACCEPTED],
        decided_leaves=decided,
        all_swaps=[each for each in swaps if each.state is not SwapState.ACCEPTED][:_SWAPS_SHOWN],
        names={each.id or 0: each.name for each in staff},
        people=active,
        touched=touched,
        open_shifts=opened,
        free=free,
    )


def _free(tx: Transaction, shift: PlannedShift, people: Sequence[Person]) -> list[Person]:
    away = absences(tx)
    beside = ShiftStore(tx).between(shift.starts_at, shift.ends_at, drafts=True, duty=False)
    taken = set() if shift.duty else {each.person_id for each in beside}
    return [
        each
        for each in people
        if each.id not in taken
        and (each.mobile or not shift.duty)
        and not any(shift.meets(span.starts_at, span.ends_at) for span in away.get(each.id or 0, ()))
    ]
