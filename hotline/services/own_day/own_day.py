"""Somebody's own day: what they did, what is theirs to do, when they work. It is asked for between any two calls, so
each figure is one question by an index; nothing of customers is in it, and no look is noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.interval import Interval
from hotline.domain.own_day.day import OwnCount, OwnFigure, OwnShift
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may, may_ever
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.staff.records import Person
from hotline.domain.time import midnight
from hotline.domain.trainings.training import lacking
from hotline.services.access import require_right
from hotline.services.bulletins.readers import units_of
from hotline.services.staff.people import own_person
from hotline.services.trainings.needed import queues_of
from hotline.services.waiting import counted
from hotline.settings import Settings
from hotline.storage.bulletins.store import BulletinStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.own_day.store import OwnDayStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.trainings.store import TrainingResultStore, TrainingStore
from hotline.storage.transaction import Storage, Transaction

#: The next shift is looked for so far ahead.
AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class OwnDay:
    """`figures`: those that concern whoever asks. `shift`: that goes on; `next_shift`: that comes. `since`: ratings and
    scores are counted from then on, the first of the month."""

    day: date
    since: date
    figures: Mapping[OwnFigure, OwnCount]
    shift: OwnShift | None
    next_shift: OwnShift | None


@dataclass(frozen=True, slots=True)
class _Asked:
    tx: Transaction
    settings: Settings
    actor: Actor
    person: Person | None
    now: datetime

    @property
    def store(self) -> OwnDayStore:
        return OwnDayStore(self.tx)

    @property
    def person_id(self) -> int | None:
        return self.person.id if self.person is not None else None


def see_own_day(storage: Storage, settings: Settings, actor: Actor, now: datetime) -> OwnDay:
    """Raises Forbidden."""
    require_right(Act.SEE_OWN_DAY, actor)
    with storage.reading() as tx:
        asked = _Asked(tx, settings, actor, own_person(tx, actor), now)
        found = {figure: count for figure, read in _FIGURES.items() if (count := read(asked)) is not None}
        shifts = _shifts(asked)
    current = next((each for each in shifts if each.covers(now)), None)
    coming = next((each for each in shifts if each.starts_at > now), None)
    return OwnDay(
        local_day(now),
        _month(now),
        {figure: found[figure] for figure in OwnFigure if figure in found},
        _shown(current),
        _shown(coming),
    )


def _calls(asked: _Asked) -> OwnCount | None:
    return asked.store.calls(asked.actor.had, midnight(local_day(asked.now))) if asked.actor.extension else None


def _records(asked: _Asked) -> OwnCount | None:
    return asked.store.records(asked.actor.had, asked.now) if asked.actor.extension else None


def _promises(asked: _Asked) -> OwnCount | None:
    return asked.store.promises(asked.actor.had, asked.now) if asked.actor.extension else None


def _callbacks(asked: _Asked) -> OwnCount | None:
    able = may_ever(Act.TAKE_CALLBACK, asked.actor.roles)
    return asked.store.callbacks(asked.actor.name, asked.now) if able else None


def _cases(asked: _Asked) -> OwnCount | None:
    able = may(Act.WORK_ON_CASE, asked.actor.roles, {Tie.OWNS})
    return asked.store.cases(asked.actor.name, asked.now) if able else None


def _visits(asked: _Asked) -> OwnCount | None:
    able = may(Act.MAKE_VISIT, asked.actor.roles, {Tie.OWNS})
    return asked.store.visits(asked.actor.name, asked.now) if able else None


def _ratings(asked: _Asked) -> OwnCount | None:
    able = asked.actor.extension and may(Act.SEE_RATINGS, asked.actor.roles, {Tie.OWNS})
    return asked.store.ratings(asked.actor.had, midnight(_month(asked.now))) if able else None


def _scores(asked: _Asked) -> OwnCount | None:
    return asked.store.scores(asked.actor.had, midnight(_month(asked.now))) if _sees_results(asked) else None


def _sees_results(asked: _Asked) -> bool:
    return bool(asked.actor.extension) and may(Act.SEE_OWN_RESULTS, asked.actor.roles, {Tie.OWNS})


def _results(asked: _Asked) -> OwnCount | None:
    """That they have not looked at, and what they have to mend."""
    if not _sees_results(asked):
        return None
    name = "own_results"
    return OwnCount(counted()[name].of(asked.tx, asked.actor, name, asked.now))


def _notices(asked: _Asked) -> OwnCount | None:
    return OwnCount(NotificationStore(asked.tx).unread(asked.person_id)) if asked.person_id is not None else None


def _bulletins(asked: _Asked) -> OwnCount | None:
    if asked.person_id is None or not may_ever(Act.READ_BULLETINS, asked.actor.roles):
        return None
    units = units_of(asked.tx, asked.person_id, asked.now)
    return OwnCount(BulletinStore(asked.tx).count_unread(asked.person_id, units))


def _trainings(asked: _Asked) -> OwnCount | None:
    """That their queues need and they lack (F11)."""
    if asked.person_id is None or not (asked.actor.extension and may_ever(Act.SEE_TRAININGS, asked.actor.roles)):
        return None
    queues = queues_of(asked.settings, asked.actor.extension)
    needed = [each for each in TrainingStore(asked.tx).all(active_only=True) if each.needed_by(queues)]
    results = TrainingResultStore(asked.tx).of_person(asked.person_id) if needed else []
    return OwnCount(len(lacking(needed, results, queues, asked.now)))


_FIGURES: Mapping[OwnFigure, Callable[[_Asked], OwnCount | None]] = {
    OwnFigure.CALLS: _calls,
    OwnFigure.RECORDS: _records,
    OwnFigure.CALLBACKS: _callbacks,
    OwnFigure.CASES: _cases,
    OwnFigure.VISITS: _visits,
    OwnFigure.PROMISES: _promises,
    OwnFigure.RATINGS: _ratings,
    OwnFigure.SCORES: _scores,
    OwnFigure.RESULTS: _results,
    OwnFigure.NOTICES: _notices,
    OwnFigure.BULLETINS: _bulletins,
    OwnFigure.TRAININGS: _trainings,
}


def _shifts(asked: _Asked) -> list[PlannedShift]:
    if asked.person_id is None or not may(Act.USE_OWN_SHIFTS, asked.actor.roles, {Tie.OWNS}):
        return []
    return ShiftStore(asked.tx).between(asked.now, asked.now + AHEAD, people=(asked.person_id,))


def _shown(shift: PlannedShift | None) -> OwnShift | None:
    return OwnShift(Interval(shift.starts_at, shift.ends_at), shift.kind, shift.duty) if shift is not None else None


def _month(now: datetime) -> date:
    return local_day(now).replace(day=1)
