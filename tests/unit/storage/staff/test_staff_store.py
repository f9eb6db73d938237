"""Our own people in the database: at a moment each extension, deputy, leader and member is who it was then."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.domain.errors import Conflict
from hotline.domain.numbers import Number
from hotline.domain.staff.records import Absence, Department, Membership, Person, Team, Tenure
from hotline.storage.engine import make_engine
from hotline.storage.staff.spans import AbsenceStore, MemberStore, TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction
from tests.support.rows import MORNING

NOON = MORNING + timedelta(hours=3)
ANNA = Person("安娜", user_id=4, email="a@example.com", mobile=Number("+8613800138001"))


def _add(tx: Transaction, person: Person) -> int:
    added = StaffStore(tx).add_person(person)
    assert added.id is not None
    return added.id


def test_persons_are_found_by_id_and_account(database: str) -> None:
    storage = Storage(make_engine(database))
    with storage.writing() as tx:
        anna, ben = _add(tx, ANNA), _add(tx, Person("Ben", active=False))
        staff = StaffStore(tx)
        assert staff.person(anna) == staff.person_of_user(4)
        found = staff.person(anna)
        assert found is not None and (found.name, found.email, found.mobile) == (ANNA.name, ANNA.email, ANNA.mobile)
        assert [each.id for each in staff.all()] == [anna]
        assert {each.id for each in staff.all(active_only=False)} == {anna, ben}
        assert not staff.update_person(found, version=2)
        assert staff.update_person(found, version=1)
    storage.close()


def test_an_extension_is_who_had_it_then(database: str) -> None:
    storage = Storage(make_engine(database))
    with storage.writing() as tx:
        anna, ben = _add(tx, ANNA), _add(tx, Person("Ben"))
        first = TenureStore(tx).add(Tenure(anna, "1001"))
        assert first.id is not None
        TenureStore(tx).end(first.id, NOON)
        TenureStore(tx).add(Tenure(ben, "1001", NOON))
        staff = StaffStore(tx)
        found = [staff.holder("1001", at) for at in (MORNING, NOON)]
        assert [each.id for each in found if each] == [anna, ben]
        assert staff.holder("1002", NOON) is None
        assert [staff.extension_of(anna, at) for at in (MORNING, NOON)] == ["1001", None]
        assert [each.person_id for each in staff.tenures(extension="1001")] == [anna, ben]
    with pytest.raises(Conflict), storage.writing() as tx:
        TenureStore(tx).add(Tenure(anna, "1001", NOON))
    storage.close()


def test_leaders_deputies_and_members_of_a_moment(database: str) -> None:
    storage = Storage(make_engine(database))
    with storage.writing() as tx:
        anna, ben = _add(tx, ANNA), _add(tx, Person("Ben"))
        staff = StaffStore(tx)
        team = staff.add_unit(Team("一组", leader_id=anna)).id
        department = staff.add_unit(Department("客服部", email="kf@example.com", leader_id=anna)).id
        assert team is not None and department is not None
        MemberStore(tx).add(Membership(team, ben, NOON))
        MemberStore(tx).add(Membership(department, ben, None, NOON))
        AbsenceStore(tx).add(Absence(anna, NOON, NOON + timedelta(days=1), ben))
        assert [[each.id for each in staff.members_of(team, at)] for at in (MORNING, NOON)] == [[], [ben]]
        assert [each.id for each in staff.members_of(department, MORNING)] == [ben]
        assert [(leader := staff.leader_of(team, at)) and leader.id for at in (MORNING, NOON)] == [anna, ben]
        assert staff.deputy_of(anna, MORNING) is None
        assert (deputy := staff.deputy_of(anna, NOON)) and deputy.id == ben
        assert staff.team_of(ben, NOON) == staff.team(team) and staff.team_of(ben, MORNING) is None
        assert staff.department_of(ben, MORNING) == staff.department(department)
        assert staff.department_of(ben, NOON) is None
        assert staff.team(department) is None and staff.department(team) is None
        assert [unit.name for unit in staff.teams()] == ["一组"]
        assert [(unit.name, unit.email) for unit in staff.departments()] == [("客服部", "kf@example.com")]
    with pytest.raises(Conflict), storage.writing() as tx:
        StaffStore(tx).add_unit(Team("一组"))
    storage.close()
