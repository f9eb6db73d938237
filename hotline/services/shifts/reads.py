"""Single shifts and lists of them, for programs and the plan's script."""

from __future__ import annotations

from datetime import date, datetime

from hotline.domain.errors import NotFound
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.time import end_of_day, midnight
from hotline.services.access import require_right
from hotline.services.line.names import require_line
from hotline.services.shifts.leave import require_own
from hotline.services.shifts.working import shifts_of_settings
from hotline.settings import Settings
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.transaction import Storage


def list_shifts(
    storage: Storage, settings: Settings, first: date, last: date, line: str, actor: Actor
) -> list[PlannedShift]:
    """Those that meet these days, by start; who plans has drafts too. Raises Forbidden, NotFound for a line."""
    require_right(Act.READ_SHIFTS, actor)
    require_line(settings, line)
    since, until = midnight(first), end_of_day(last)
    with storage.reading() as tx:
        found = ShiftStore(tx).between(since, until, drafts=may(Act.PLAN_SHIFTS, actor.roles))
        found = [*found, *shifts_of_settings(tx, settings, since, until)]
    return sorted((each for each in found if each.is_for(line)), key=lambda each: each.starts_at)


def own_shifts(storage: Storage, first: date, last: date, actor: Actor) -> list[PlannedShift]:
    """One's own published ones. Raises Forbidden, Refused for a program."""
    require_right(Act.USE_OWN_SHIFTS, actor)
    with storage.reading() as tx:
        person = require_own(tx, actor)
        return ShiftStore(tx).between(midnight(first), end_of_day(last), people=(person.id or 0,))


def see_shift(storage: Storage, shift_id: int, actor: Actor, now: datetime) -> PlannedShift:
    """Raises Forbidden, NotFound, also for a draft of which whoever asks may not know."""
    require_right(Act.READ_SHIFTS, actor)
    with storage.reading() as tx:
        found = ShiftStore(tx).get(shift_id)
    if found is None or not (found.is_published or may(Act.PLAN_SHIFTS, actor.roles)):
        raise NotFound("shifts.no_shift", id=shift_id)
    return found
