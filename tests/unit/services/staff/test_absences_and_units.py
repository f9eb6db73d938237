"""Who is away and who acts for them; who leads and belongs to a team or department; who may write it."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.domain.errors import Conflict, Forbidden, HotlineError, NotFound, Outdated, Refused
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Absence, Department, Membership, Person, Team
from hotline.services.accounts.accounts import add_user
from hotline.services.staff import absences, people, units
from hotline.storage.audit import AuditLog
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING, a_storage

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOBILE = Number("+8613800138001")
ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员", 99)
BOSS = Actor("boss", (Role.SUPERVISOR,), "周主管", 98)


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return a_storage(tmp_path)


def _person(storage: Storage, name: str, **fields: object) -> int:
    added = people.add_person(storage, Person(name, **fields), ADMIN, MORNING)  # type: ignore[arg-type]
    assert added.id is not None
    return added.id


def _account(storage: Storage, username: str, name: str) -> tuple[Actor, int]:
    user, _password = add_user(storage, username, name, (Role.OPERATOR,), MORNING, "test")
    actor = Actor(username, user.roles, name, user.id)
    seen = people.see_oneself(storage, actor, MORNING)
    assert seen is not None
    return actor, seen.view.id


def _code(refused: pytest.ExceptionInfo[HotlineError]) -> tuple[str, str]:
    return refused.value.code, refused.value.field


def _actions(storage: Storage) -> list[str]:
    with storage.reading() as tx:
        return [str(entry["action"]) for entry in AuditLog(tx).latest(50)]


# ---- addresses
@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"email": "nobody"}, ("staff.email", "email")),
        ({"email": "a@b.com, c@d.com"}, ("staff.email", "email")),
        ({"name": " "}, ("staff.name", "name")),
        ({"name": "长" * 41}, ("staff.name", "name")),
        ({"language": "xx"}, ("staff.language", "language")),
    ],
)
def test_what_no_message_would_reach_is_refused(
    storage: Storage, fields: dict[str, object], refused: tuple[str, str]
) -> None:
    with pytest.raises(Refused) as error:
        people.add_person(storage, Person(**{"name": "安娜", **fields}), ADMIN, MORNING)  # type: ignore[arg-type]
    assert _code(error) == refused


def test_everybody_writes_their_own_addresses_and_nothing_else_of_themselves(storage: Storage) -> None:
    zhao, person_id = _account(storage, "zhao", "赵敏")
    changes = {"email": "z@example.com", "mobile": MOBILE, "language": "en", "name": "皇帝", "active": False}
    people.change_oneself(storage, 1, changes, zhao, MORNING)
    seen = people.see_oneself(storage, zhao, MORNING)
    assert seen is not None
    assert (seen.view.name, seen.view.email, seen.view.mobile_shown, seen.view.active) == (
        "赵敏",
        "z@example.com",
        "13800138001",
        True,
    )
    with pytest.raises(Outdated):
        people.change_oneself(storage, 1, {"email": ""}, zhao, MORNING)
    for forbidden in (
        lambda: people.change_person(storage, person_id, 2, {"email": ""}, zhao, MORNING),
        lambda: people.change_person(storage, person_id, 2, {"email": ""}, BOSS, MORNING),
        lambda: people.see_person(storage, person_id, zhao, MORNING),
        lambda: people.add_person(storage, Person("x"), BOSS, MORNING),
    ):
        with pytest.raises(Forbidden):
            forbidden()
    assert people.see_person(storage, person_id, BOSS, MORNING).username == "zhao"
    assert people.see_oneself(storage, Actor("token:x", (Role.SUPERVISOR,), "x"), MORNING) is None


def test_name_and_leaving_of_who_has_an_account_are_the_accounts(storage: Storage) -> None:
    _zhao, person_id = _account(storage, "zhao", "赵敏")
    people.change_person(
        storage, person_id, 1, {"name": "x", "active": False, "email": "z@example.com"}, ADMIN, MORNING
    )
    view = people.see_person(storage, person_id, BOSS, MORNING).view
    assert (view.name, view.active, view.email) == ("赵敏", True, "z@example.com")


def test_a14_who_does_not_manage_sees_no_addresses_and_nobody_who_has_left(storage: Storage) -> None:
    _person(storage, "安娜", email="a@example.com", mobile=MOBILE)
    _person(storage, "Ben", active=False)
    zhao, _own = _account(storage, "zhao", "赵敏")
    found = {
        each.name: (each.email, each.mobile_shown) for each in people.find_people(storage, "", zhao, MORNING, True)
    }
    assert found == {"安娜": (None, "138****8001"), "赵敏": (None, "")}
    found = {
        each.name: (each.email, each.mobile_shown) for each in people.find_people(storage, "", BOSS, MORNING, True)
    }
    assert found == {"安娜": ("a@example.com", "13800138001"), "Ben": ("", ""), "赵敏": ("", "")}
    assert [each.name for each in people.find_people(storage, "anna", BOSS, MORNING)] == ["安娜"]
    assert [each.name for each in people.find_people(storage, "敏", BOSS, MORNING)] == ["赵敏"]


# ---- away
def test_who_is_away_has_a_deputy_until_they_are_back(storage: Storage) -> None:
    zhao, own = _account(storage, "zhao", "赵敏")
    anna, ben = _person(storage, "安娜"), _person(storage, "Ben")
    away = absences.go_away(storage, Absence(own, MORNING, MORNING + DAY, anna), zhao, MORNING)
    absences.go_away(storage, Absence(anna, MORNING, MORNING + DAY, ben), ADMIN, MORNING)
    seen = people.see_oneself(storage, zhao, MORNING + HOUR)
    assert seen is not None and seen.view.deputy is not None
    assert (seen.view.deputy.name, seen.view.away_until) == ("Ben", MORNING + DAY)
    assert away.id is not None
    absences.come_back(storage, away.id, zhao, MORNING + HOUR)
    seen = people.see_oneself(storage, zhao, MORNING + HOUR)
    assert seen is not None and (seen.view.deputy, seen.view.away_until) == (None, None)
    with pytest.raises(Refused, match="over_already"):
        absences.come_back(storage, away.id, zhao, MORNING + 2 * HOUR)
    assert _actions(storage).count("absence.add") == 2 and _actions(storage).count("absence.end") == 1


def test_what_has_not_begun_is_taken_back(storage: Storage) -> None:
    zhao, own = _account(storage, "zhao", "赵敏")
    later = absences.go_away(storage, Absence(own, MORNING + DAY, MORNING + 2 * DAY), zhao, MORNING)
    assert later.id is not None
    absences.come_back(storage, later.id, zhao, MORNING)
    seen = people.see_oneself(storage, zhao, MORNING)
    assert seen is not None and list(seen.absences) == []


def test_absences_that_make_no_sense_are_refused(storage: Storage) -> None:
    zhao, own = _account(storage, "zhao", "赵敏")
    anna, gone = _person(storage, "安娜"), _person(storage, "Ben", active=False)
    absences.go_away(storage, Absence(own, MORNING, MORNING + DAY), zhao, MORNING)
    codes = []
    for new in (
        Absence(own, MORNING + HOUR, MORNING + 2 * HOUR),
        Absence(own, MORNING + 2 * DAY, MORNING + 2 * DAY),
        Absence(own, MORNING - 2 * DAY, MORNING - DAY),
        Absence(own, MORNING + 2 * DAY, MORNING + 3 * DAY, own),
        Absence(own, MORNING + 2 * DAY, MORNING + 3 * DAY, gone),
        Absence(own, MORNING + 2 * DAY, MORNING + 3 * DAY, 4711),
    ):
        with pytest.raises(Refused) as error:
            absences.go_away(storage, new, zhao, MORNING)
        codes.append(_code(error))
    assert codes == [
        ("staff.away_already", "since"),
        ("staff.ends_before", "until"),
        ("staff.over_already", "until"),
        ("staff.own_deputy", "deputy"),
        ("staff.unknown_deputy", "deputy"),
        ("staff.unknown_deputy", "deputy"),
    ]
    with pytest.raises(Forbidden):
        absences.go_away(storage, Absence(anna, MORNING, MORNING + DAY), zhao, MORNING)
    with pytest.raises(NotFound):
        absences.come_back(storage, 4711, zhao, MORNING)


# ---- teams and departments
def test_departments_have_leaders_members_and_a_place(storage: Storage) -> None:
    anna, ben = _person(storage, "安娜"), _person(storage, "Ben")
    service = units.add_unit(storage, Department("客服部", leader_id=anna, email="kf@example.com"), ADMIN, MORNING)
    quality = units.add_unit(storage, Department("质检部", parent_id=service.id), ADMIN, MORNING)
    team = units.add_unit(storage, Team("一组", leader_id=ben), ADMIN, MORNING)
    assert service.id is not None and quality.id is not None and team.id is not None
    member = units.add_member(storage, Membership(service.id, ben, MORNING), ADMIN, MORNING)
    units.add_member(storage, Membership(team.id, ben, MORNING), ADMIN, MORNING)
    with pytest.raises(Refused) as error:
        units.add_member(storage, Membership(quality.id, ben, MORNING + HOUR), ADMIN, MORNING)
    assert _code(error) == ("staff.in_department", "person")
    with pytest.raises(Refused) as error:
        units.add_member(storage, Membership(team.id, ben, MORNING + HOUR), ADMIN, MORNING)
    assert _code(error) == ("staff.member_already", "person")
    found = units.find_units(storage, BOSS, MORNING + HOUR)
    assert [(each.name, [m.name for m in each.members]) for each in found.departments] == [
        ("客服部", ["Ben"]),
        ("质检部", []),
    ]
    assert [each.name for each in found.teams] == ["一组"]
    assert member.id is not None
    units.end_membership(storage, member.id, ADMIN, MORNING + HOUR)
    units.add_member(storage, Membership(quality.id, ben, MORNING + HOUR), ADMIN, MORNING + HOUR)
    with storage.reading() as tx:
        staff = StaffStore(tx)
        names = [(theirs := staff.department_of(ben, at)) and theirs.name for at in (MORNING, MORNING + HOUR)]
    assert names == ["客服部", "质检部"]
    with pytest.raises(Refused, match="own_parent"):
        units.change_unit(storage, dataclasses.replace(service, parent_id=quality.id), service.version, ADMIN, MORNING)
    with pytest.raises(Conflict, match="name_taken"):
        units.change_unit(storage, dataclasses.replace(service, name="质检部"), service.version, ADMIN, MORNING)
    with pytest.raises(Refused, match="own_deputy"):
        units.add_unit(storage, Team("二组", leader_id=ben, deputy_id=ben), ADMIN, MORNING)
    with pytest.raises(Refused, match="unknown_person"):
        units.add_unit(storage, Team("二组", leader_id=4711), ADMIN, MORNING)
    with pytest.raises(Forbidden):
        units.add_unit(storage, Team("二组"), BOSS, MORNING)


def test_a_unit_changed_meanwhile_is_not_written_over(storage: Storage) -> None:
    team = units.add_unit(storage, Team("一组"), ADMIN, MORNING)
    changed = units.change_unit(storage, dataclasses.replace(team, name="甲组"), team.version, ADMIN, MORNING)
    with pytest.raises(Outdated):
        units.change_unit(storage, dataclasses.replace(team, name="乙组"), team.version, ADMIN, MORNING)
    assert changed.version == team.version + 1
