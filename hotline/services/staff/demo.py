"""Some departments and a team, so that there is somebody to hand things to."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.staff.records import Department, Membership, Team
from hotline.services.demo import Demo, Stage
from hotline.services.staff.sync import sync_operators
from hotline.storage.staff.spans import MemberStore
from hotline.storage.staff.store import StaffStore

_SERVICE = "客服部"
_OTHERS = (
    Department("技术部", email="tech@example.com"),
    Department("质量部", email="quality@example.com"),
    Department("市场部", email="market@example.com"),
)
_TEAM = "一组"


def _write(stage: Stage, now: datetime) -> None:
    with stage.storage.writing() as tx:
        sync_operators(tx, stage.settings.operators, now)
        staff = StaffStore(tx)
        if staff.departments(active_only=False):
            return
        people = [person.id for person in staff.all() if person.id is not None]
        leader = people[0] if people else None
        service = staff.add_unit(Department(_SERVICE, leader_id=leader, email="service@example.com"))
        for department in _OTHERS:
            staff.add_unit(department)
        there = next((each for each in staff.teams(active_only=False) if each.name == _TEAM), None)
        team = there or staff.add_unit(Team(_TEAM, leader_id=leader))
        for unit in (service, team):
            for person_id in people:
                assert unit.id is not None
                MemberStore(tx).add(Membership(unit.id, person_id, now))


DEMO = Demo(_write)
