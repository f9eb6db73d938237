"""The directory in the store and in Asterisk's database (A6, A14), and the messages left for its people."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hotline.domain.directory.directory import DirectoryPerson
from hotline.domain.errors import NotFound, Outdated, PbxError, Refused
from hotline.domain.people import Actor, Role
from hotline.services.directory import directory as people
from hotline.services.directory import messages
from hotline.services.directory.astdb import RENEW, DirectoryInAstdb
from hotline.services.directory.messages import NewMessage
from hotline.storage.calls.store import CallStore
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
        people.person_to_call(tx, person.id or 0)
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
