"""Three operators, and shifts of theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hotline.domain.numbers import normalise
from hotline.domain.people import Actor, Role
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.shifts.skill import SkillLevel
from hotline.domain.shifts.swap import Swap, SwapProblem
from hotline.services.accounts.accounts import add_user
from hotline.services.shifts import swaps
from hotline.services.shifts.swap_rules import SwapRefused
from hotline.settings import Settings
from hotline.storage.shifts.skills import SkillStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING

HOUR = timedelta(hours=1)


class Team:
    """Three operators with mobiles, and their shifts."""

    def __init__(self, storage: Storage, settings: Settings) -> None:
        self.storage, self.settings = storage, settings
        self.wang, self.wang_id = self._one("wang", "王五", "13900000001")
        self.li, self.li_id = self._one("li", "李四", "13900000002")
        self.tao, self.tao_id = self._one("tao", "陶然", "13900000003")

    def _one(self, username: str, name: str, mobile: str) -> tuple[Actor, int]:
        user, _password = add_user(self.storage, username, name, (Role.OPERATOR,), MORNING, "test")
        with self.storage.writing() as tx:
            person = StaffStore(tx).person_of_user(user.id or 0)
            assert person is not None and person.id is not None
            changed = replace(person, mobile=normalise(mobile), version=person.version + 1)
            assert StaffStore(tx).update_person(changed, person.version)
            for queue in self.settings.queues:
                SkillStore(tx).put(person.id, queue, SkillLevel.KNOWS)
        return Actor(username, user.roles, name, user.id), person.id

    def put(self, person_id: int, starts_at: datetime, hours: float = 8, **more: object) -> PlannedShift:
        with self.storage.writing() as tx:
            person = StaffStore(tx).person(person_id)
            assert person is not None
            shift = PlannedShift(person.name, starts_at, starts_at + hours * HOUR, person_id, published_at=MORNING)
            return ShiftStore(tx).add(replace(shift, **more))  # type: ignore[arg-type]

    def ask(self, shift: PlannedShift, other: PlannedShift | None = None, now: datetime = MORNING) -> Swap:
        other_id = other.id if other else None
        return swaps.ask_swap(self.storage, self.settings, shift.id or 0, self.li_id, other_id, "", self.wang, now)

    def refused(self, shift: PlannedShift, other: PlannedShift | None = None, now: datetime = MORNING) -> SwapProblem:
        with pytest.raises(SwapRefused) as error:
            self.ask(shift, other, now)
        return error.value.problem

    def owner(self, shift: PlannedShift) -> int | None:
        with self.storage.reading() as tx:
            found = ShiftStore(tx).get(shift.id or 0)
        return found.person_id if found else None
