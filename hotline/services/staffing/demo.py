"""What the simulation's site expects: its ledger has no 8 weeks."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.staffing.days import SLOTS, LikeDay
from hotline.services.demo import Demo, Stage
from hotline.storage.staffing.store import VolumeStore

#: Calls in half an hour, from 09:00 on.
_COURSE = (6, 9, 12, 14, 11, 8, 5, 5, 9, 12, 11, 10, 8, 7, 5, 4, 3)


def _write(stage: Stage, now: datetime) -> None:
    with stage.storage.writing() as tx:
        if VolumeStore(tx).typed(""):
            return
        course = [0.0] * 18 + [float(each) for each in _COURSE] + [0.0] * (SLOTS - 18 - len(_COURSE))
        VolumeStore(tx).type_in("", {like: course for like in LikeDay if like <= LikeDay.FRI})


DEMO = Demo(_write)
