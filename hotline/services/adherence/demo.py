"""Late starts of the simulation: one explained, one still open."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.adherence.adherence import Missed, MissedStart
from hotline.services.accounts import demo as account_demo
from hotline.services.demo import Demo, Stage
from hotline.storage.adherence.store import MissedStartStore
from hotline.storage.staff.store import StaffStore

_HOUR = timedelta(hours=1)


def _write(stage: Stage, now: datetime) -> None:
    account_demo.DEMO.write(stage, now)
    with stage.storage.writing() as tx:
        store = MissedStartStore(tx)
        people = [each.id for each in StaffStore(tx).all() if each.id is not None]
        if not people or store.between(now - timedelta(days=30), now):
            return
        began = now.replace(minute=0, second=0, microsecond=0) - 6 * _HOUR
        came, why = began + timedelta(minutes=17), "地铁故障，有证明"
        store.add(MissedStart(people[0], began, began + 8 * _HOUR, Missed.LATE, began, came, why, now))
        empty = began - 24 * _HOUR
        store.add(MissedStart(people[-1], empty, empty + 4 * _HOUR, Missed.EMPTY, empty))


DEMO = Demo(_write)
