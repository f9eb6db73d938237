"""Filters of the lists: each person's own by a name, some shared by who supervises."""

from __future__ import annotations

import pytest

from hotline.domain.cases.kept_filter import LONGEST_NAME, MOST
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.people import Actor, Role
from hotline.services.cases.kept_filters import drop_filter, keep_filter, see_filters
from hotline.storage.transaction import Storage
from tests.support.cases import BOSS, CHIEF, LI, ZHOU, shanghai

NOW = shanghai(2026, 11, 16, 9)
SHEN = Actor("shen", (Role.AUDITOR,), "沈审计", 9)


def names(storage: Storage, actor: Actor) -> list[tuple[str, bool]]:
    return [(each.kept.name, each.may_drop) for each in see_filters(storage, actor).filters]


def test_each_has_their_own_and_all_have_what_is_shared(storage: Storage) -> None:
    keep_filter(storage, " 济南  漏水 ", {"q": "漏水", "which": "mine"}, False, LI, NOW)
    keep_filter(storage, "急件", {"severity": "severe"}, True, BOSS, NOW)
    assert names(storage, LI) == [("济南 漏水", True), ("急件", False)]
    assert names(storage, ZHOU) == [("急件", False)]
    assert names(storage, CHIEF) == [("急件", True)]
    [mine, _shared] = see_filters(storage, LI).filters
    assert mine.kept.asked == {"q": "漏水", "which": "mine"}
    assert (see_filters(storage, LI).may_share, see_filters(storage, BOSS).may_share) == (False, True)


def test_the_same_name_again_takes_the_place_of_ones_own_alone(storage: Storage) -> None:
    first = keep_filter(storage, "今天", {"which": "due_today"}, False, LI, NOW)
    keep_filter(storage, "今天", {"which": "overdue"}, False, ZHOU, NOW)
    again = keep_filter(storage, "今天", {"which": "waiting"}, False, LI, NOW)
    assert again.id == first.id
    assert [each.kept.asked for each in see_filters(storage, LI).filters] == [{"which": "waiting"}]
    assert [each.kept.asked for each in see_filters(storage, ZHOU).filters] == [{"which": "overdue"}]


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
    seen = see_filters(storage, SHEN)
    assert (names(storage, SHEN), seen.may_keep, seen.may_share) == ([("急件", False)], False, False)
    assert see_filters(storage, LI).may_keep
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
