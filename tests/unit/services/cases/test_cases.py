"""Cases and requests to block as people look at them: whole or masked, page by page, and noted (F8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.calendar import local_day
from hotline.domain.cases.block_request import BlockRequest
from hotline.domain.cases.case import CaseKind, ServiceCase
from hotline.domain.errors import NotFound
from hotline.domain.numbers import normalise
from hotline.domain.people import Actor, Role
from hotline.services.calls.ledger import record
from hotline.services.cases.block_requests import find_requests
from hotline.services.cases.listing import AskedCases, CaseOrder, list_cases
from hotline.services.cases.seeing import see_case
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.cases.block_requests import BlockRequestStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Storage
from tests.support.sample_calls import MONDAY_TEN as NOW
from tests.support.sample_calls import answered_call

LI = Actor("li", (Role.OPERATOR,), "李", 1, "1001")
BOSS = Actor("boss", (Role.SUPERVISOR,), "Boss", 2)
NUMBER = normalise("13800138000")


def opened(storage: Storage, title: str, hours: int = 0) -> ServiceCase:
    at = NOW + timedelta(hours=hours)
    draft = ServiceCase("", CaseKind.REQUEST, title, "", "li", "li", at, caller_number=NUMBER)
    with storage.writing() as tx:
        return CaseStore(tx).add(draft, local_day(at))


def noted(storage: Storage) -> list[tuple[str, str, str]]:
    with storage.reading() as tx:
        return [(each.action, each.object, each.detail) for each in AuditLog(tx).search(AuditFilter(), 100)]


def test_f8_a_page_is_noted_with_what_it_shows_and_says_whether_more_follow(storage: Storage) -> None:
    for hours, title in enumerate("甲乙丙"):
        opened(storage, title, hours)
    asked = AskedCases(order=CaseOrder.NEWEST)
    first, last = (list_cases(storage, asked, 2, offset, LI, NOW) for offset in (0, 2))
    assert [case.title for case in (*first.cases, *last.cases)] == ["丙", "乙", "甲"]
    assert (first.more, last.more) == (True, False)
    assert noted(storage) == [("cases.view", "cases", "1 cases"), ("cases.view", "cases", "2 cases")]


def test_a14_a_number_is_whole_for_who_oversees_or_has_it_shown(storage: Storage, settings: Settings) -> None:
    case = opened(storage, "甲")
    masked, shown = (see_case(storage, settings, case.id or 0, LI, NOW, revealed=each) for each in (False, True))
    assert "0013" not in masked.case.number_shown and masked.may_reveal
    assert "0013" in shown.case.number_shown.replace(" ", "") and not shown.may_reveal
    assert see_case(storage, settings, case.id or 0, BOSS, NOW).case.number_shown == shown.case.number_shown
    assert noted(storage) == [("case.view", f"case:{case.number}", "")] * 3


def test_only_who_is_responsible_closes_and_nobody_twice(storage: Storage, settings: Settings) -> None:
    case = opened(storage, "甲")
    other = replace(LI, name="qian")
    assert see_case(storage, settings, case.id or 0, LI, NOW).may_close
    assert not see_case(storage, settings, case.id or 0, other, NOW).may_close
    with storage.writing() as tx:
        CaseStore(tx).close(case.id or 0, "li", "已退款", NOW)
    assert not see_case(storage, settings, case.id or 0, BOSS, NOW).may_close


def test_f8_nobody_has_looked_at_a_case_that_is_not_there(storage: Storage, settings: Settings) -> None:
    with pytest.raises(NotFound):
        see_case(storage, settings, 7, BOSS, NOW)
    assert noted(storage) == []


def test_a_request_to_block_leads_to_its_call_as_long_as_the_ledger_has_it(storage: Storage) -> None:
    call = answered_call()
    record(storage, call.node, [call], [], lambda _call: None, NOW)
    asked = BlockRequest(NUMBER, "骚扰", "li", NOW, node=call.node, linkedid=call.linkedid)
    gone = BlockRequest(normalise("13900139000"), "骚扰", "li", NOW, node="node1", linkedid="gone")
    with storage.writing() as tx:
        ids = [request.id for each in (asked, gone) if (request := BlockRequestStore(tx).add(each))]
    seen = find_requests(storage, True, 10, BOSS, NOW)
    assert {each.id for each in seen.requests} == set(ids)
    assert [seen.call_ids[id or 0] is not None for id in ids] == [True, False]
    assert noted(storage) == [("block_requests.view", "block_requests", "2 requests")]
