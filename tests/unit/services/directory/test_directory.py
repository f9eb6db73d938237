"""The directory in the store and in Asterisk's database (A6, A14), and the messages left for its people."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hotline.domain.accounts.user import User
from hotline.domain.directory.directory import DirectoryPerson
from hotline.domain.errors import NotFound, Outdated, PbxError, Refused
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Absence, Person
from hotline.services.directory import directory as people
from hotline.services.directory import messages
from hotline.services.directory.acting import Away
from hotline.services.directory.astdb import RENEW, DirectoryInAstdb
from hotline.services.directory.messages import NewMessage
from hotline.storage.accounts.users import UserStore
from hotline.storage.calls.store import CallStore
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING, a_call

BOSS = Actor("boss", (Role.SUPERVISOR,), "Boss")
# As a person types it.
ZHAO = DirectoryPerson("赵敏", "138 0000 0001", subjects=("销售",), regions=("广东",))  # type: ignore[arg-type]


@pytest.fixture
def pbx() -> RememberingPbx:
    return RememberingPbx()


def added(storage: Storage, pbx: RememberingPbx, **fields: Any) -> DirectoryPerson:
    return people.add_person(storage, pbx, replace(ZHAO, **fields), BOSS, MORNING)


def change(storage: Storage, pbx: RememberingPbx, person: DirectoryPerson, **fields: Any) -> DirectoryPerson:
    return people.change_person(storage, pbx, person.id or 0, person.version, fields, BOSS, MORNING)


def test_a_changed_number_is_told_to_asterisk_at_once(storage: Storage, pbx: RememberingPbx) -> None:
    person = added(storage, pbx)
    assert pbx.database == {f"hotline-directory/{person.id}": "13800000001"}
    change(storage, pbx, person, number="0755-83765566")
    assert pbx.database == {f"hotline-directory/{person.id}": "075583765566"}


def test_who_is_inactive_or_gone_cannot_be_dialled(storage: Storage, pbx: RememberingPbx) -> None:
    person = added(storage, pbx)
    resting = change(storage, pbx, person, active=False)
    assert pbx.database == {f"hotline-directory/{person.id}": ""}
    with storage.reading() as tx, pytest.raises(Refused):
        people.person_to_call(tx, person.id or 0, MORNING)
    back = change(storage, pbx, resting, active=True)
    people.remove_person(storage, pbx, back.id or 0, BOSS, MORNING)
    assert pbx.database == {f"hotline-directory/{person.id}": ""}
    with storage.reading() as tx, pytest.raises(NotFound):
        people.person_of(tx, person.id or 0)


def test_asterisk_away_stops_no_change_and_the_job_tells_it_later(storage: Storage, pbx: RememberingPbx) -> None:
    astdb = DirectoryInAstdb(storage, pbx)
    pbx.away = "away"
    person = added(storage, pbx)
    with pytest.raises(PbxError):
        astdb.write(MORNING)
    pbx.away = ""
    assert astdb.write(MORNING) == 1
    assert pbx.database == {f"hotline-directory/{person.id}": "13800000001"}


def test_the_job_writes_what_changed_and_all_of_it_now_and_then(storage: Storage, pbx: RememberingPbx) -> None:
    astdb = DirectoryInAstdb(storage, pbx)
    first, second = added(storage, pbx), added(storage, pbx, number="13800000002")
    assert astdb.write(MORNING) == 2
    assert astdb.write(MORNING) == 0
    people.remove_person(storage, pbx, second.id or 0, BOSS, MORNING)
    pbx.database.clear()  # the database's file is lost
    assert astdb.write(MORNING + timedelta(seconds=30)) == 1, "who is gone is dialled no more"
    assert astdb.write(MORNING + RENEW) == 1
    assert pbx.database == {f"hotline-directory/{first.id}": "13800000001", f"hotline-directory/{second.id}": ""}


def test_while_somebody_is_away_their_calls_go_to_who_acts_for_them(storage: Storage, pbx: RememberingPbx) -> None:
    """客户服务管理制度（第三篇）二.4, 办公电话管理规定 12: an absence moves the dial, and moves it back."""
    person, other = added(storage, pbx), added(storage, pbx, name="别人", number="13800000009")
    with storage.writing() as tx:
        zhao = StaffStore(tx).add_person(Person("赵敏", mobile=person.number)).id or 0
        qian = StaffStore(tx).add_person(Person("钱伟", mobile=Number("+8613900000002"))).id or 0
        AbsenceStore(tx).add(Absence(zhao, MORNING, MORNING + timedelta(hours=8), qian))
    astdb, until = DirectoryInAstdb(storage, pbx), MORNING + timedelta(hours=8)
    key, others = f"hotline-directory/{person.id}", f"hotline-directory/{other.id}"
    for minutes, dialled in ((-1, "13800000001"), (0, "13900000002"), (479, "13900000002"), (480, "13800000001")):
        now = MORNING + timedelta(minutes=minutes)
        astdb.write(now)
        assert (pbx.database[key], pbx.database[others]) == (dialled, "13800000009"), minutes
        away, is_away = people.find_people(storage, "", "", "", now).away, 0 <= minutes < 480
        assert away == ({person.id: Away(until, "钱伟", Number("+8613900000002"))} if is_away else {})
    changed = change(storage, pbx, person, note="出差")
    assert pbx.database[key] == "13900000002", "a change of the entry meanwhile moves it not back"
    change(storage, pbx, changed, active=False)
    assert pbx.database[key] == "", "who takes no calls has none taken"


@pytest.mark.parametrize("why", ["nobody acts", "no mobile", "two of one mobile"])
def test_where_nobody_is_reached_in_their_place_they_are_rung_themselves(
    storage: Storage, pbx: RememberingPbx, why: str
) -> None:
    person = added(storage, pbx)
    with storage.writing() as tx:
        zhao = StaffStore(tx).add_person(Person("赵敏", mobile=person.number)).id or 0
        mobile = NO_NUMBER if why == "no mobile" else Number("+8613900000002")
        qian = StaffStore(tx).add_person(Person("钱伟", mobile=mobile)).id
        if why == "two of one mobile":
            StaffStore(tx).add_person(Person("赵二", mobile=person.number))
        until = MORNING + timedelta(hours=8)
        AbsenceStore(tx).add(Absence(zhao, MORNING, until, None if why == "nobody acts" else qian))
    DirectoryInAstdb(storage, pbx).write(MORNING)
    assert pbx.database == {f"hotline-directory/{person.id}": "13800000001"}
    away = people.find_people(storage, "", "", "", MORNING).away
    assert away == ({} if why == "two of one mobile" else {person.id: Away(until)})


@pytest.mark.parametrize("how", ["not working here", "deactivated"])
def test_f12_nobody_is_put_through_to_whoever_has_left(storage: Storage, pbx: RememberingPbx, how: str) -> None:
    """业务电话 12; by their mobile, unless somebody else has it now. Their deputy they are no more either."""
    person, boss = added(storage, pbx), added(storage, pbx, name="王经理", number="138 0000 0009")
    astdb = DirectoryInAstdb(storage, pbx)
    with storage.writing() as tx:
        zhao = StaffStore(tx).add_person(Person("赵敏", mobile=person.number))
        wang = StaffStore(tx).add_person(Person("王经理", mobile=boss.number))
        AbsenceStore(tx).add(Absence(wang.id or 0, MORNING, MORNING + timedelta(hours=8), zhao.id))
        if how == "deactivated":
            user = UserStore(tx).add(User("zhao", "赵敏", "-", (Role.OPERATOR,), False, False, MORNING))
            StaffStore(tx).update_person(replace(zhao, user_id=user.id, version=2), 1)
        else:
            StaffStore(tx).update_person(replace(zhao, active=False, version=2, updated_at=MORNING), 1)
    astdb.write(MORNING)
    keys = [f"hotline-directory/{each.id}" for each in (person, boss)]
    assert [pbx.database[key] for key in keys] == ["", "13800000009"]
    with storage.reading() as tx, pytest.raises(Refused) as refused:
        people.person_to_call(tx, person.id or 0, MORNING)
    assert refused.value.code == "directory.has_left"
    found = people.find_people(storage, "", "", "", MORNING)
    assert [each.person.name for each in found.matches] == ["王经理"] and found.gone == {person.id}
    kept = people.find_people(storage, "", "", "", MORNING, inactive_too=True)
    assert {each.person.name for each in kept.matches} == {"赵敏", "王经理"}
    with storage.writing() as tx:
        StaffStore(tx).add_person(Person("钱伟", mobile=person.number))
    astdb.write(MORNING)
    assert pbx.database[keys[0]] == "13800000001", "the mobile is another one's now"


def test_who_saves_on_top_of_a_newer_one_is_told(storage: Storage, pbx: RememberingPbx) -> None:
    person = added(storage, pbx)
    change(storage, pbx, person, name="赵敏敏")
    with pytest.raises(Outdated):
        change(storage, pbx, person, name="赵")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "长" * 41}, "name"),
        ({"number": "8001"}, "number"),
        ({"mail": "x"}, "mail"),
        ({"subjects": ("a",) * 3 + tuple(map(str, range(60)))}, "subjects"),
        ({"regions": ("长" * 41,)}, "regions"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_field(
    storage: Storage, pbx: RememberingPbx, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        added(storage, pbx, **fields)
    assert refused.value.field == field


def test_a_message_knows_its_call_and_waits_until_passed_on(storage: Storage, pbx: RememberingPbx) -> None:
    """A14."""
    person = added(storage, pbx)
    with storage.writing() as tx:
        CallStore(tx).save([a_call("1")], MORNING)
        call_id = CallStore(tx).id_of("node1", "1")
    first = messages.leave(storage, person.id or 0, NewMessage("请回电\n谢谢", "王师傅", "", call_id), BOSS, MORNING)
    later = MORNING + timedelta(minutes=5)
    second = messages.leave(storage, person.id or 0, NewMessage("2", "", "0755 8376 5566"), BOSS, later)
    assert (first.caller_number, second.caller_number) == ("+8613800138000", "+8675583765566")
    with pytest.raises(Refused):
        people.remove_person(storage, pbx, person.id or 0, BOSS, later)
    messages.pass_on(storage, first.id or 0, "微信", BOSS, later)
    with pytest.raises(NotFound):
        messages.pass_on(storage, first.id or 0, "again", BOSS, later)
    shown = messages.listed(storage, BOSS, later)
    assert [each.message.id for each in shown] == [second.id, first.id]
    assert [each.call_id for each in shown] == [None, call_id]
    assert shown[1].message.passed_on_note == "微信"
    assert [each.message.id for each in messages.listed(storage, BOSS, later, open_only=True)] == [second.id]


@pytest.mark.parametrize(
    "new",
    [
        NewMessage(""),
        NewMessage(" \n\x00"),
        NewMessage("长" * 10_000),
        NewMessage("x", caller_number="8001"),
        NewMessage("x", caller_name="长" * 41),
        NewMessage("x", call_id=7),
        NewMessage("x", call_id=2**40),
    ],
)
def test_what_makes_no_message_is_refused(storage: Storage, pbx: RememberingPbx, new: NewMessage) -> None:
    with pytest.raises(Refused):
        messages.leave(storage, added(storage, pbx).id or 0, new, BOSS, MORNING)


def test_nothing_is_left_for_nobody(storage: Storage) -> None:
    for person_id in (1, 2**40):
        with pytest.raises(NotFound):
            messages.leave(storage, person_id, NewMessage("x"), BOSS, MORNING)
