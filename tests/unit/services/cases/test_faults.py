"""D9: a grave fault is told at once to a list of people; then impact, cause, correction, prevention, told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.deadlines.deadline import Standing
from hotline.domain.errors import Conflict, WrongFields
from hotline.storage.notifications.tables import notification
from tests.support.cases import BOSS, LI, TECH, Desk, shanghai

NOW = shanghai(2026, 11, 16, 2)  # in the night
MINUTE = timedelta(minutes=1)
KNOWN = {"happened_at": NOW.isoformat(), "place": "济南", "seen": "全部打不进来"}


def a_fault(desk: Desk) -> ServiceCase:
    return desk.open(NOW, "fault", values=KNOWN)


def test_d9_time_place_and_what_is_seen_are_known_from_the_first_moment(desk: Desk) -> None:
    with pytest.raises(WrongFields) as wrong:
        desk.open(NOW, "fault")
    assert wrong.value.problems == dict.fromkeys(KNOWN, "required")


def test_d9_leaders_supervisors_and_the_list_are_told_at_once_and_once(desk: Desk) -> None:
    case = a_fault(desk)
    for who in ("boss", "boss2", "chief"):
        assert desk.told(who).count("case_grave") == 1
    assert "case_grave" not in desk.told("zhou")
    with desk.storage.reading() as tx:
        groups = list(tx.connection.scalars(select(notification.c.address_group).where(notification.c.person_id == 0)))
    assert groups == ["faults"]
    desk.act(case, "weigh", NOW + MINUTE, BOSS, demand="3", loss="3", spread="3")
    assert desk.told("chief").count("case_grave") == 1


def test_d9_whoever_reports_it_knows_it(desk: Desk) -> None:
    desk.open(NOW, "fault", BOSS, values=KNOWN)
    assert "case_grave" not in desk.told("boss") and "case_grave" in desk.told("boss2")


def test_d9_impact_cause_correction_and_prevention_come_before_the_customer_is_told(desk: Desk) -> None:
    case = desk.act(a_fault(desk), "assign", NOW)
    way = (
        ("assess", {"impact": "全部客户", "plan": "切换线路"}),
        ("correct", {"cause": "中继断开", "correction": "已切换"}),
        ("prevent", {"prevention": "双中继"}),
        ("tell", {"note": "已恢复"}),
    )
    for place, (act, given) in enumerate(way):
        for later, words in way[place + 1 :]:
            with pytest.raises(Conflict, match=r"^cases.not_now"):
                desk.act(case, later, NOW, LI, **words)
        with pytest.raises(WrongFields):
            desk.act(case, act, NOW, LI, **dict.fromkeys(given, ""))
        case = desk.act(case, act, NOW + (place + 1) * MINUTE, TECH if act != "tell" else LI, **given)
    assert desk.standing(case, NOW + 5 * MINUTE)["first_contact"] is Standing.KEPT
    assert desk.act(case, "close", NOW + 9 * MINUTE).state is CaseState.CLOSED
