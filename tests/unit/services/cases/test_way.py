"""D1: a complaint goes its whole way, and nothing can be skipped."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.errors import Conflict, Forbidden, Outdated, WrongFields
from hotline.domain.numbers import normalise
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Department
from hotline.services.calls.ledger import record
from hotline.services.cases.acting import do_act
from hotline.services.cases.opening import NewCase, open_case
from hotline.services.cases.seeing import see_case
from hotline.settings import Settings
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.sample_calls import MONDAY_TEN as NOW
from tests.support.sample_calls import answered_call

LI = Actor("li", (Role.OPERATOR,), "李", 1, "1001")
ZHOU = Actor("zhou", (Role.OPERATOR,), "周", 3, "1003")
BOSS = Actor("boss", (Role.SUPERVISOR,), "Boss", 2)
CHIEF = Actor("chief", (Role.ADMINISTRATOR,), "Chief", 4)
NUMBER = normalise("13800138000")


def a_complaint(storage: Storage, settings: Settings, at: datetime = NOW) -> ServiceCase:
    return open_case(storage, settings, NewCase("complaint", "漏水", "两次", number=NUMBER), LI, at)


def a_department(storage: Storage, name: str = "技术部") -> str:
    with storage.writing() as tx:
        return str(StaffStore(tx).add_unit(Department(name)).id)


def a_call(storage: Storage) -> str:
    call = answered_call()
    record(storage, call.node, [call], [], lambda _call: None, NOW)
    return f"{call.node}/{call.linkedid}"


def way(department: str, call: str) -> list[tuple[str, dict[str, str], Actor, str]]:
    """Act, what is given, by whom, and the stage after it."""
    judged = {"demand": "2", "loss": "2", "spread": "1"}
    visited = {"visit_way": "phone", "visit_content": "回访", "visit_result": "satisfied"}
    return [
        ("judge", judged, LI, "judged"),
        ("assign", {"department": department, "contact_person": "王建国", "address": "泉城路1号"}, LI, "assigned"),
        ("check", {"cause": "密封圈老化", "responsible": "装配组"}, LI, "checked"),
        ("propose", {"solution": "更换密封圈"}, LI, "proposed"),
        ("propose", {"solution": "换新机"}, LI, "proposed"),
        ("approve", {"chosen": "2"}, BOSS, "approved"),
        ("accept", {"way": "phone", "call": call}, LI, "accepted"),
        ("carry_out", {"carried_out_how": "已换新机"}, LI, "carried_out"),
        ("tell", {"note": "已告知"}, LI, "told"),
        ("visit", visited, ZHOU, "visited"),
        ("sum_up", {"lesson": "改进装配"}, LI, "summed_up"),
        ("archive", {"result": "已换新机，客户满意"}, LI, "archived"),
    ]


def test_d1_a_complaint_goes_its_whole_way(storage: Storage, settings: Settings) -> None:
    case = a_complaint(storage, settings)
    steps = way(a_department(storage), a_call(storage))
    for place, (act, given, who, stage) in enumerate(steps, 1):
        case = do_act(storage, settings, case.id or 0, act, given, who, NOW + timedelta(minutes=place))
        assert case.stage == stage
    assert (case.state, case.closed_by, case.result) == (CaseState.CLOSED, "li", "已换新机，客户满意")
    seen = see_case(storage, settings, case.id or 0, BOSS, NOW + timedelta(hours=1))
    assert [each.step.act for each in seen.steps] == ["open", *(act for act, *_ in steps)]
    assert all(each.stopped_at is not None for each in seen.clocks) and len(seen.calls) == 1
    assert [each.given["solution"] for each in seen.solutions] == ["更换密封圈", "换新机"]


def test_nothing_can_be_skipped(storage: Storage, settings: Settings) -> None:
    """Each act of the way is refused in every stage but its own."""
    case = a_complaint(storage, settings)
    steps = way(a_department(storage), a_call(storage))
    del steps[3]  # a second solution may be proposed where a first one was
    steps[4] = ("approve", {"chosen": "1"}, BOSS, "approved")
    for place, (act, given, who, _stage) in enumerate(steps):
        for later, words, actor, _after in steps[place + 1 :]:
            with pytest.raises(Conflict, match=r"^cases.not_now"):
                do_act(storage, settings, case.id or 0, later, words, actor, NOW)
        case = do_act(storage, settings, case.id or 0, act, given, who, NOW)


def test_whoever_proposed_does_not_approve_and_whoever_handled_does_not_visit(
    storage: Storage, settings: Settings
) -> None:
    case = a_complaint(storage, settings)
    steps = way(a_department(storage), a_call(storage))
    for act, given, who, _stage in steps[:5]:
        by = BOSS if act == "propose" else who
        case = do_act(storage, settings, case.id or 0, act, given, by, NOW)
    with pytest.raises(Forbidden, match=r"^cases.proposed_by_you$"):
        do_act(storage, settings, case.id or 0, "approve", {"chosen": "1"}, BOSS, NOW)
    do_act(storage, settings, case.id or 0, "approve", {"chosen": "1"}, CHIEF, NOW)
    for act, given, who, _stage in steps[6:9]:
        do_act(storage, settings, case.id or 0, act, given, who, NOW)
    for handler in (LI, BOSS, CHIEF):
        with pytest.raises(Forbidden):
            do_act(storage, settings, case.id or 0, "visit", steps[9][1], handler, NOW)
    assert do_act(storage, settings, case.id or 0, "visit", steps[9][1], ZHOU, NOW).stage == "visited"


def test_of_two_people_at_once_one_is_refused(storage: Storage, settings: Settings) -> None:
    case = a_complaint(storage, settings)
    do_act(storage, settings, case.id or 0, "remark", {"note": "甲"}, LI, NOW, case.revision)
    with pytest.raises(Outdated, match=r"^cases.changed"):
        do_act(storage, settings, case.id or 0, "remark", {"note": "乙"}, BOSS, NOW, case.revision)


def test_all_that_is_missing_is_named_at_once(storage: Storage, settings: Settings) -> None:
    case = a_complaint(storage, settings)
    with pytest.raises(WrongFields) as wrong:
        do_act(storage, settings, case.id or 0, "judge", {"demand": "9", "moon": "x"}, LI, NOW)
    assert wrong.value.problems == {
        "demand": "not_a_choice",
        "loss": "required",
        "spread": "required",
        "moon": "unknown_field",
    }
