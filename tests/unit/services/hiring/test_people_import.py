"""People come in as a table (业务电话 12): rehearsed, checked cell by cell, all of it or nothing."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.bootstrap import Hotline
from hotline.domain.accounts.user import User
from hotline.domain.errors import Forbidden, Outdated, Refused
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Department, Person, Team
from hotline.services import xlsx_table
from hotline.services.accounts import users
from hotline.services.accounts.accounts import add_user
from hotline.services.accounts.passwords import hash_generated, verify_password
from hotline.services.csv_table import as_it_was
from hotline.services.exchange import Exchange
from hotline.services.hiring.people_export import export_people
from hotline.services.hiring.people_import import ImportedPeople, import_people, rehearse
from hotline.services.hiring.people_plan import Plan, differences
from hotline.services.hiring.people_table import SHAPE, RowProblem
from hotline.services.tables.faults import Faults
from hotline.services.tables.table import OpenedTable, open_table
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.staff.spans import MemberStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING
from tests.support.tables import separated, typed, workbook

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
SITE = """
[operators.1001]
name = "赵敏"
phone = "sip"
queues = ["sales"]
[queues.service]
name = "客户服务"
[queues.sales]
name = "销售"
"""
HEADINGS = ("用户名", "姓名", "角色", "分机", "话机类型", "队列", "班组", "部门", "邮箱", "手机", "有效期")
SUN = ("sunli", "孙丽", "客服", "1002", "浏览器", "客户服务", "早班", "售后", "sunli@example.com", "13812345678", "")
ZHOU = ("zhoutao", "周涛", "主管、管理员", "", "", "", "", "售后", "", "", "")


class Site:
    def __init__(self, hotline: Hotline) -> None:
        self.hotline, self.pbx = hotline, RememberingPbx()
        self.exchange = Exchange(hotline.in_force, hotline.secrets, self.pbx, hotline.pbx_files)
        with hotline.storage.writing() as tx:
            self.morning = StaffStore(tx).add_unit(Team("早班")).id or 0
            self.evening = StaffStore(tx).add_unit(Team("晚班")).id or 0
            self.care = StaffStore(tx).add_unit(Department("售后")).id or 0
        add_user(hotline.storage, "admin", "管理员", (Role.ADMINISTRATOR,), MORNING, "test")

    def opened(self, *rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> OpenedTable:
        return open_table(separated([headings, *rows], ",").encode(), SHAPE)

    def plan(self, *rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> Plan:
        return rehearse(self.exchange, self.opened(*rows, headings=headings), ADMIN, MORNING).plan

    def take(self, *rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> ImportedPeople:
        seen = self.plan(*rows, headings=headings).mark
        return import_people(self.exchange, self.opened(*rows, headings=headings), seen, ADMIN, MORNING)

    def user(self, username: str) -> User:
        with self.hotline.storage.reading() as tx:
            found = UserStore(tx).by_username(username)
        assert found is not None
        return found

    def person(self, username: str) -> Person:
        with self.hotline.storage.reading() as tx:
            found = StaffStore(tx).person_of_user(self.user(username).id or 0)
        assert found is not None
        return found

    def units(self, username: str) -> set[int]:
        with self.hotline.storage.reading() as tx:
            return {
                each.unit_id for each in MemberStore(tx).search(person_id=self.person(username).id) if not each.until
            }

    def pjsip(self) -> str:
        return (self.hotline.home.asterisk / "etc" / "pjsip.conf").read_text("utf-8")

    def everything(self) -> tuple[object, ...]:
        with self.hotline.storage.reading() as tx:
            people, tenures = StaffStore(tx).all(active_only=False), StaffStore(tx).tenures()
            users, members, audit = UserStore(tx).all(), MemberStore(tx).search(), AuditLog(tx).latest(500)
        file = self.hotline.secrets.file
        return users, people, tenures, members, audit, self.hotline.settings.operators, file and file.read()


@pytest.fixture
def site(tmp_path: Path, storage: Storage) -> Site:
    return Site(an_instance(tmp_path, MORNING, SITE, storage))


def problems(faults: Faults) -> list[tuple[int, str, str]]:
    return [(each.line, each.column, str(each.problem)) for each in faults.faults]


def test_account_person_extension_phone_queues_and_units_are_there_at_once(site: Site) -> None:
    done = site.take(SUN, ZHOU)
    assert (done.added, done.changed, done.known) == (2, 0, 0)
    sun, person = site.user("sunli"), site.person("sunli")
    assert (sun.display_name, sun.roles, sun.extension, sun.must_change_password) == (
        *("孙丽", (Role.OPERATOR,), "1002", True),
    )
    assert (person.name, person.email, str(person.mobile)) == ("孙丽", "sunli@example.com", "+8613812345678")
    assert site.units("sunli") == {site.morning, site.care} and site.units("zhoutao") == {site.care}
    operator = site.hotline.settings.operators["1002"]
    assert (operator.name, operator.phone, operator.queues) == ("孙丽", "webrtc", ("service",))
    assert site.user("zhoutao").roles == (Role.SUPERVISOR, Role.ADMINISTRATOR)
    assert done.applied is not None and "username = 1002" in site.pjsip()


def test_first_passwords_let_in_and_stand_in_no_log(site: Site) -> None:
    done = site.take(SUN, ZHOU)
    sun, zhou = done.passwords
    assert verify_password(site.user("sunli").password_hash, sun.password)
    assert sun.phone_password == site.hotline.secrets.phone_password("1002") and zhou.phone_password == ""
    with site.hotline.storage.reading() as tx:
        told = str(AuditLog(tx).latest(500))
    assert sun.password not in told and sun.phone_password not in told
    assert "people.import" in told and "2 added, 0 changed" in told


def test_the_same_table_again_changes_nothing(site: Site) -> None:
    site.take(SUN, ZHOU)
    before = site.everything()
    again = site.take(SUN, ZHOU)
    assert (again.added, again.changed, again.known, again.passwords) == (0, 0, 2, ())
    after = site.everything()
    assert after[:4] == before[:4] and after[5:] == before[5:]


def test_only_what_a_cell_says_is_changed_and_a_dash_takes_away(site: Site) -> None:
    site.take(SUN)
    done = site.take(("sunli", "晚班", "-"), headings=("用户名", "班组", "邮箱"))
    assert (done.added, done.changed) == (0, 1) and done.passwords == ()
    person, user = site.person("sunli"), site.user("sunli")
    assert (person.email, str(person.mobile), user.extension) == ("", "+8613812345678", "1002")
    assert site.units("sunli") == {site.evening, site.care}
    empty = site.take(("sunli", "", ""), headings=("用户名", "班组", "邮箱"))
    assert empty.changed == 0


def test_the_rehearsal_tells_what_would_be_another_and_changes_nothing(site: Site) -> None:
    site.take(SUN)
    before = site.everything()
    new = ("new", "新人", "", "质检")
    plan = site.plan(("sunli", "孙莉", "话机", ""), new, headings=("用户名", "姓名", "话机类型", "角色"))
    [changed] = plan.changed
    assert list(differences(changed)) == [("name", "孙丽", "孙莉"), ("phone", "webrtc", "sip")]
    assert site.everything() == before


def test_who_stands_in_the_settings_gets_the_account_and_keeps_phone_and_queues(site: Site) -> None:
    done = site.take(("zhaomin", "赵敏", "1001"), headings=("用户名", "姓名", "分机"))
    operator = site.hotline.settings.operators["1001"]
    assert (operator.phone, operator.queues, site.user("zhaomin").extension) == ("sip", ("sales",), "1001")
    assert done.applied is None and done.passwords[0].phone_password == ""


def test_a_name_in_the_settings_is_not_taken_by_somebody_else(site: Site) -> None:
    with pytest.raises(Faults) as refused:
        site.plan(("other", "别人", "1001"), headings=("用户名", "姓名", "分机"))
    [fault] = refused.value.faults
    assert (fault.line, fault.column, fault.problem, fault.got) == (2, "分机", RowProblem.EXTENSION_TAKEN, "赵敏")


LEVELS = ("用户名", "姓名", "分机", "队列", "级别")


@pytest.mark.parametrize(
    ("queues", "cell", "levels"),
    [
        ("客户服务、销售", "2", {"service": 2, "sales": 2}),
        ("全部", "3", {"service": 3, "sales": 3}),
        ("客户服务", "第 2 级", {"service": 2}),
        ("客户服务、销售", "销售:4", {"sales": 4}),
        ("", "sales：2、客户服务=1", {"sales": 2}),
        ("", "", {}),
        ("", "-", {}),
        ("", "2.0", {"service": 2, "sales": 2}),
    ],
)
def test_levels_are_one_for_all_their_queues_or_one_behind_each(
    site: Site, queues: str, cell: str, levels: dict[str, int]
) -> None:
    site.take(("sunli", "孙丽", "1002", queues, cell), headings=LEVELS)
    assert site.hotline.settings.operators["1002"].levels == levels
    again = site.take(("sunli", "孙丽", "1002", queues, cell), headings=LEVELS)
    assert (again.changed, again.known) == (0, 1)


def test_levels_stay_where_no_cell_says_another_and_go_with_their_queue(site: Site) -> None:
    site.take(("sunli", "孙丽", "1002", "全部", "客户服务:2、销售:3"), headings=LEVELS)
    site.take(("sunli", "孙莉"), headings=("用户名", "姓名"))
    assert site.hotline.settings.operators["1002"].levels == {"service": 2, "sales": 3}
    plan = site.plan(("sunli", "销售"), headings=("用户名", "队列"))
    assert list(differences(plan.people[0])) == [
        ("queues", (), ("sales",)),
        ("levels", (("service", 2), ("sales", 3)), (("sales", 3),)),
    ]
    site.take(("sunli", "销售"), headings=("用户名", "队列"))
    assert site.hotline.settings.operators["1002"].levels == {"sales": 3}
    site.take(("sunli", "-"), headings=("用户名", "级别"))
    assert site.hotline.settings.operators["1002"].levels == {}


@pytest.mark.parametrize(
    ("queues", "cell", "problem", "got"),
    [
        ("全部", "6", RowProblem.LEVEL, "6"),
        ("全部", "0", RowProblem.LEVEL, "0"),
        ("全部", "-1", RowProblem.LEVEL, "-1"),
        ("全部", "1、2", RowProblem.LEVEL, "1"),
        ("全部", "销售:9", RowProblem.LEVEL, "销售:9"),
        ("全部", "销售:2、sales:3", RowProblem.LEVEL, "sales:3"),
        ("全部", "夜班:2", RowProblem.QUEUE, "夜班"),
        ("全部", "=2", RowProblem.MARK, "=2"),
        ("全部", "99999999999999999999", RowProblem.LEVEL, "99999999999999999999"),
        ("客户服务", "销售:2", RowProblem.LEVEL_QUEUE, "销售"),
    ],
)
def test_a_level_that_there_is_not_is_told_by_row_and_column(
    site: Site, queues: str, cell: str, problem: RowProblem, got: str
) -> None:
    with pytest.raises(Faults) as refused:
        site.plan(("sunli", "孙丽", "1002", queues, cell), headings=LEVELS)
    [fault] = refused.value.faults
    assert (fault.line, fault.column, fault.problem, fault.got) == (2, "级别", problem, got)


def test_only_who_has_an_extension_has_a_level(site: Site) -> None:
    with pytest.raises(Faults) as refused:
        site.plan(("zhoutao", "周涛", "主管", "2"), headings=("用户名", "姓名", "角色", "级别"))
    assert problems(refused.value) == [(2, "级别", "no_extension")]


HOSTILE = [
    ({"用户名": "Sun Li"}, "用户名", RowProblem.USERNAME),
    ({"用户名": "=cmd|' /C calc'!A0"}, "用户名", RowProblem.MARK),
    ({"用户名": "sun\u200bli"}, "用户名", RowProblem.MARK),
    ({"姓名": "=HYPERLINK(1)"}, "姓名", RowProblem.MARK),
    ({"姓名": "＝1+1"}, "姓名", RowProblem.MARK),
    ({"姓名": "孙\x07丽"}, "姓名", RowProblem.MARK),
    ({"姓名": "孙" * 41}, "姓名", RowProblem.NAME),
    ({"角色": "皇帝"}, "角色", RowProblem.ROLE),
    ({"角色": "质检"}, "角色", RowProblem.PHONE_ROLES),
    ({"角色": "质检、客服"}, "角色", RowProblem.EXAMINES),
    ({"角色": "审计", "有效期": "2027-03-01"}, "角色", RowProblem.PHONE_ROLES),
    ({"角色": "部门人员"}, "角色", RowProblem.PHONE_ROLES),
    ({"分机": "119"}, "分机", RowProblem.EXTENSION_KEPT),
    ({"分机": "1"}, "分机", RowProblem.EXTENSION),
    ({"分机": "13812345678"}, "分机", RowProblem.EXTENSION),
    ({"分机": "１００３"}, "分机", RowProblem.EXTENSION),
    ({"话机类型": "鸽子"}, "话机类型", RowProblem.PHONE_KIND),
    ({"队列": "夜班"}, "队列", RowProblem.QUEUE),
    ({"班组": "售后"}, "班组", RowProblem.TEAM),
    ({"部门": "早班"}, "部门", RowProblem.DEPARTMENT),
    ({"邮箱": "13812345678"}, "邮箱", "mail"),
    ({"手机": "sunli@example.com"}, "手机", RowProblem.MOBILE),
    ({"手机": "02188886666"}, "手机", RowProblem.MOBILE),
    ({"手机": "1.38001E+10"}, "手机", "digits_lost"),
    ({"有效期": "2020-01-01"}, "有效期", RowProblem.ENDS_AHEAD),
    ({"有效期": "1/2/2027"}, "有效期", "time_day_first"),
    ({"姓名": "#N/A"}, "姓名", "error_cell"),
]


@pytest.mark.parametrize(("changed", "column", "problem"), HOSTILE)
def test_what_a_cell_must_not_say_is_told_by_row_and_column(
    site: Site, changed: dict[str, str], column: str, problem: str
) -> None:
    row = tuple(changed.get(heading, cell) for heading, cell in zip(HEADINGS, SUN, strict=True))
    before = site.everything()
    with pytest.raises(Faults) as refused:
        site.plan(ZHOU, row)
    found = problems(refused.value)
    assert [each[:2] for each in found] == [(3, column)], found
    assert found[0][2] == problem
    assert site.everything() == before


def test_all_faults_are_told_at_once(site: Site) -> None:
    with pytest.raises(Faults) as refused:
        site.plan(SUN[:4], ("sunli", "孙二", "客服", "1002"), ("x y", "", "王", "0"), headings=HEADINGS[:4])
    assert problems(refused.value) == [
        (3, "用户名", "username_twice"),
        (3, "分机", "extension_twice"),
        (4, "用户名", "username"),
        (4, "角色", "role"),
        (4, "分机", "extension"),
    ]


def test_swapped_columns_are_told_and_nothing_is_taken(site: Site) -> None:
    swapped = ("孙丽", "sunli", "1002", "客服", *SUN[4:8], SUN[9], SUN[8], "")
    with pytest.raises(Faults) as refused:
        site.plan(swapped)
    assert {each.column for each in refused.value.faults} == {"用户名", "角色", "分机", "邮箱", "手机"}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_of_excel_is_read_in_its_encoding(site: Site, encoding: str) -> None:
    opened = open_table(separated([HEADINGS, SUN], ",").encode(encoding), SHAPE)
    assert rehearse(site.exchange, opened, ADMIN, MORNING).plan.new[0].after.name == "孙丽"


def test_a_workbook_is_read_as_it_was_typed(site: Site) -> None:
    opened = open_table(workbook(typed([HEADINGS, (*SUN[:10], "2027-03-01 00:00")])), SHAPE)
    [new] = rehearse(site.exchange, opened, ADMIN, MORNING).plan.new
    assert (new.after.extension, str(new.after.mobile)) == ("1002", "+8613812345678")
    assert new.after.expires_at is not None and new.after.expires_at.isoformat().startswith("2027-03-01T16:00")


def test_what_changed_since_it_was_looked_at_is_told(site: Site) -> None:
    opened, seen = site.opened(SUN), site.plan(SUN).mark
    site.take(ZHOU)
    site.take(("sunli", "孙立", "客服"), headings=("用户名", "姓名", "角色"))
    before = site.everything()
    with pytest.raises(Outdated):
        import_people(site.exchange, opened, seen, ADMIN, MORNING)
    with pytest.raises(Outdated):
        import_people(site.exchange, opened, "", ADMIN, MORNING)
    assert site.everything() == before


def test_an_extension_is_changed_by_no_table(site: Site) -> None:
    site.take(SUN)
    with pytest.raises(Faults) as refused:
        site.plan(("sunli", "1005"), headings=("用户名", "分机"))
    assert problems(refused.value) == [(2, "分机", "extension_change")]


def test_the_deactivated_do_not_come_back_by_a_table(site: Site) -> None:
    site.take(ZHOU)
    users.set_active(site.hotline.storage, "zhoutao", False, MORNING, "admin")
    with pytest.raises(Faults) as refused:
        site.plan(ZHOU)
    assert problems(refused.value) == [(2, "用户名", "inactive")]


def test_somebody_is_left_to_administer(site: Site) -> None:
    only = ("用户名", "角色")
    with pytest.raises(Faults) as refused:
        site.plan(("admin", "主管"), headings=only)
    assert problems(refused.value) == [(0, "", "last_administrator")]
    done = site.take(("admin", "管理员", "主管"), ("zhoutao", "周涛", "管理员"), headings=("用户名", "姓名", "角色"))
    assert (done.added, done.changed) == (1, 1) and site.user("admin").roles == (Role.SUPERVISOR,)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.OPERATOR, Role.EXAMINER])
def test_only_administrators_bring_people_in(site: Site, role: Role) -> None:
    somebody = Actor("x", (role,), "某")
    with pytest.raises(Forbidden):
        rehearse(site.exchange, site.opened(SUN), somebody, MORNING)
    with pytest.raises(Forbidden):
        import_people(site.exchange, site.opened(SUN), "", somebody, MORNING)


def test_a_quick_hash_lets_in_by_its_password_alone() -> None:
    assert verify_password(hash_generated("abcd-efgh-jkmn-pqrs"), "abcd-efgh-jkmn-pqrs")
    assert not verify_password(hash_generated("abcd-efgh-jkmn-pqrs"), "abcd-efgh-jkmn-pqrt")


@pytest.mark.parametrize("chinese", [True, False])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_given_out_can_be_brought_in_again_and_changes_nothing(site: Site, chinese: bool, ending: str) -> None:
    """Whoever changes many at once does it in a spreadsheet."""
    site.take(SUN, ZHOU, ("lu", "陆", "审计", *("",) * 7, "2027-03-01"))
    site.take(("sunli", "全部", "客户服务:2"), headings=("用户名", "队列", "级别"))
    lines = list(export_people(site.exchange, ADMIN, chinese, MORNING))
    rows = [[as_it_was(cell) for cell in row] for row in csv.reader([lines[0].removeprefix("\ufeff"), *lines[1:]])]
    sent = "".join(lines).encode() if ending == "csv" else xlsx_table.write(("people", rows[0], rows[1:]))
    plan = rehearse(site.exchange, open_table(sent, SHAPE), ADMIN, MORNING).plan
    assert [each.username for each in plan.people] == ["admin", "lu", "sunli", "zhoutao"]
    assert not plan.new and not plan.changed
    sun = dict(zip(SHAPE.fields, rows[3], strict=True))
    assert (sun["levels"], sun["mobile"]) == ("客户服务:2", "13812345678")
    assert (sun["roles"], sun["phone_kind"], sun["queues"]) == (
        ("客服", "浏览器", "全部") if chinese else ("operator", "browser", "all")
    )
    with site.hotline.storage.reading() as tx:
        assert "people.export" in [each["action"] for each in AuditLog(tx).latest(5)]
    with pytest.raises(Forbidden):
        export_people(site.exchange, Actor("x", (Role.SUPERVISOR,), "某"), chinese, MORNING)


def test_a_queue_that_no_cell_could_name_is_named_by_its_key(tmp_path: Path, storage: Storage) -> None:
    names = SITE.replace("客户服务", "售前/售后").replace("销售", "甲:2")
    site = Site(an_instance(tmp_path, MORNING, names, storage))
    site.take(("sunli", "孙丽", "1002", "service", "service:2"), headings=LEVELS)
    lines = list(export_people(site.exchange, ADMIN, True, MORNING))
    assert "service,service:2" in lines[-1]


def test_two_thousand_rows_are_taken_whole(site: Site) -> None:
    rows = [(f"u{n}", f"员工{n}", "客服", str(20000 + n), "早班") for n in range(2000)]
    done = site.take(*rows, headings=("用户名", "姓名", "角色", "分机", "班组"))
    assert done.added == 2000 and len({each.password for each in done.passwords}) == 2000
    assert site.user("u1999").extension == "21999" and "21999" in site.hotline.settings.operators
    again = site.take(*rows, headings=("用户名", "姓名", "角色", "分机", "班组"))
    assert (again.added, again.known) == (0, 2000)


CELL = st.one_of(
    st.sampled_from([*SUN, *ZHOU, "-", "全部", "1001", "admin", "=1", "\u202e", "119", "管理员", "2030-01-01"]),
    st.text(max_size=12),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(*[CELL] * len(HEADINGS)), min_size=1, max_size=4))
def test_whatever_stands_in_the_cells_it_is_planned_or_refused_and_nothing_else(
    site: Site, rows: list[tuple[str, ...]]
) -> None:
    """Looking changes nothing, and what is planned keeps the rules of accounts."""
    try:
        plan = site.plan(*rows)
    except Refused:
        return
    names = [each.username for each in plan.people]
    extensions = [each.after.extension for each in plan.people if each.after.extension]
    assert len(set(names)) == len(names) and len(set(extensions)) == len(extensions)
    for each in plan.people:
        assert each.after.roles and each.after.name
        assert each.after.expires_at is None or each.after.expires_at > MORNING - timedelta(days=1)
