"""Filters of the lists: each person's own by a name, some shared by who supervises."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hotline.domain.cases.kept_filter import LONGEST_NAME, MOST
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Membership
from hotline.services.cases.kept_filters import drop_filter, keep_filter, see_filters
from hotline.settings.load import default_settings
from hotline.storage.staff.spans import MemberStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.cases import BOSS, CHIEF, LI, SALES, TECH, ZHOU, Desk, a_desk, shanghai

NOW = shanghai(2026, 11, 16, 9)
SHEN = Actor("shen", (Role.AUDITOR,), "沈审计", 9)


def names(storage: Storage, actor: Actor) -> list[tuple[str, bool]]:
    return [(each.kept.name, each.may_drop) for each in see_filters(storage, actor, NOW).filters]


def test_each_has_their_own_and_all_have_what_is_shared(storage: Storage) -> None:
    keep_filter(storage, " 济南  漏水 ", {"q": "漏水", "which": "mine"}, False, LI, NOW)
    keep_filter(storage, "急件", {"severity": "severe"}, True, BOSS, NOW)
    assert names(storage, LI) == [("济南 漏水", True), ("急件", False)]
    assert names(storage, ZHOU) == [("急件", False)]
    assert names(storage, CHIEF) == [("急件", True)]
    [mine, _shared] = see_filters(storage, LI, NOW).filters
    assert mine.kept.asked == {"q": "漏水", "which": "mine"}
    assert (see_filters(storage, LI, NOW).may_share, see_filters(storage, BOSS, NOW).may_share) == (False, True)


@pytest.fixture
def desk(storage: Storage) -> Desk:
    return a_desk(storage, default_settings(), NOW)


def test_one_is_shared_with_ones_own_team_or_department(desk: Desk) -> None:
    storage, tech, sales = desk.storage, int(desk.tech), int(desk.sales)
    kept = keep_filter(storage, "待答复", {"which": "department"}, False, TECH, NOW, tech)
    assert kept.unit_id == tech and names(storage, TECH) == [("待答复", True)]
    assert names(storage, LI) == names(storage, SALES) == []
    with desk.storage.writing() as tx:
        person = StaffStore(tx).person_of_user(LI.user_id or 0)
        assert person is not None and person.id is not None
        MemberStore(tx).add(Membership(tech, person.id))
    assert names(storage, LI) == [("待答复", False)]
    with pytest.raises(Forbidden, match=r"^cases.filter_not_yours"):
        drop_filter(storage, kept.id or 0, LI, NOW)
    with pytest.raises(NotFound):
        drop_filter(storage, kept.id or 0, SALES, NOW)
    for theirs, whose in ((sales, TECH), (10**6, BOSS)):
        with pytest.raises(Forbidden, match=r"^cases.filter_not_shared"):
            keep_filter(storage, "别人的", {}, False, whose, NOW, theirs)


def test_who_supervises_shares_one_with_any_and_whoever_leads_a_department_has_it(desk: Desk) -> None:
    storage, sales = desk.storage, int(desk.sales)
    with storage.writing() as tx:
        unit, person = StaffStore(tx).department(sales), StaffStore(tx).person_of_user(ZHOU.user_id or 0)
        assert unit is not None and person is not None
        assert StaffStore(tx).update_unit(replace(unit, leader_id=person.id), unit.version)
    assert set(see_filters(storage, BOSS, NOW).units.values()) == {"技术部", "市场部"}
    keep_filter(storage, "退货", {"kind": "return_goods"}, False, BOSS, NOW, sales)
    assert names(storage, SALES) == names(storage, ZHOU) == [("退货", False)] and names(storage, TECH) == []
    seen = see_filters(storage, SALES, NOW)
    assert [seen.shared_with(each.kept) for each in seen.filters] == ["市场部"]
    everybody = keep_filter(storage, "退货", {}, True, BOSS, NOW, sales)
    assert (everybody.shared, everybody.unit_id) == (True, None) and names(storage, TECH) == [("退货", False)]


def test_the_same_name_again_takes_the_place_of_ones_own_alone(storage: Storage) -> None:
    first = keep_filter(storage, "今天", {"which": "due_today"}, False, LI, NOW)
    keep_filter(storage, "今天", {"which": "overdue"}, False, ZHOU, NOW)
    again = keep_filter(storage, "今天", {"which": "waiting"}, False, LI, NOW)
    assert again.id == first.id
    assert [each.kept.asked for each in see_filters(storage, LI, NOW).filters] == [{"which": "waiting"}]
    assert [each.kept.asked for each in see_filters(storage, ZHOU, NOW).filters] == [{"which": "overdue"}]


def test_who_takes_which_away(storage: Storage) -> None:
    mine = keep_filter(storage, "我的", {}, False, LI, NOW)
    shared = keep_filter(storage, "急件", {}, True, BOSS, NOW)
    with pytest.raises(NotFound):
        drop_filter(storage, mine.id or 0, BOSS, NOW)
    with pytest.raises(Forbidden):
        drop_filter(storage, shared.id or 0, LI, NOW)
    drop_filter(storage, mine.id or 0, LI, NOW)
    drop_filter(storage, shared.id or 0, CHIEF, NOW)
    assert names(storage, LI) == []
    with pytest.raises(NotFound):
        drop_filter(storage, 2**40, LI, NOW)


def test_an_auditor_uses_what_is_shared_and_changes_none(storage: Storage) -> None:
    shared = keep_filter(storage, "急件", {}, True, BOSS, NOW)
    seen = see_filters(storage, SHEN, NOW)
    assert (names(storage, SHEN), seen.may_keep, seen.may_share) == ([("急件", False)], False, False)
    assert see_filters(storage, LI, NOW).may_keep
    with pytest.raises(Forbidden):
        keep_filter(storage, "我的", {}, False, SHEN, NOW)
    with pytest.raises(Forbidden):
        drop_filter(storage, shared.id or 0, SHEN, NOW)


def test_what_is_refused(storage: Storage) -> None:
    for name in (" ", "名" * (LONGEST_NAME + 1), "13800138000"):
        with pytest.raises(Refused):
            keep_filter(storage, name, {}, False, LI, NOW)
    with pytest.raises(Refused):
        keep_filter(storage, "客户", {"q": "139 0000 1111"}, False, LI, NOW)
    with pytest.raises(Forbidden):
        keep_filter(storage, "全组", {}, True, LI, NOW)
    for place in range(MOST):
        keep_filter(storage, f"第{place}", {}, False, LI, NOW)
    with pytest.raises(Refused, match=r"^cases.too_many_filters"):
        keep_filter(storage, "多", {}, False, LI, NOW)
    keep_filter(storage, "第0", {"which": "mine"}, False, LI, NOW)
