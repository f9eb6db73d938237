"""Who may do what to a case, tested whole; and what is hidden from whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.domain.cases.case import CaseState, Channel
from hotline.domain.deadlines.deadline import Standing
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.numbers import NO_NUMBER
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Absence
from hotline.services.cases.listing import AskedCases, Which, list_cases
from hotline.services.cases.searched import FOUND
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.staff.store import StaffStore
from tests.support.cases import (
    AUDITOR,
    BOSS,
    CHIEF,
    EVERYBODY,
    EXAMINER,
    LI,
    OTHER_BOSS,
    SALES,
    TECH,
    ZHOU,
    Desk,
    shanghai,
)

NOW = shanghai(2026, 11, 16, 10)
HOUR = timedelta(hours=1)

#: Who may do it to a case that LI owns and the technical department has, as it stands then. All others may not.
_MANAGERS = "boss boss2 chief"
TABLE = {
    ("registered", "judge"): f"li {_MANAGERS}",
    ("registered", "remark"): f"li zhou tech {_MANAGERS}",
    ("registered", "customer_asks"): f"li zhou tech {_MANAGERS}",
    ("registered", "contact"): f"li {_MANAGERS}",
    ("registered", "weigh"): f"li {_MANAGERS}",
    ("registered", "urge"): f"li zhou {_MANAGERS}",
    ("registered", "supervise"): _MANAGERS,
    ("registered", "offer"): f"li {_MANAGERS}",
    ("registered", "give"): _MANAGERS,
    ("registered", "ask_extension"): f"li tech {_MANAGERS}",
    ("registered", "merge"): f"li {_MANAGERS}",
    ("judged", "assign"): f"li {_MANAGERS}",
    ("assigned", "reassign"): f"li {_MANAGERS}",
    ("assigned", "return"): f"li tech {_MANAGERS}",
    ("assigned", "check"): f"li tech {_MANAGERS}",
    ("checked", "propose"): f"li tech {_MANAGERS}",
    ("proposed", "approve"): _MANAGERS,
    ("proposed", "refuse_approval"): _MANAGERS,
    ("approved", "accept"): f"li {_MANAGERS}",
    ("accepted", "carry_out"): f"li tech {_MANAGERS}",
    ("carried_out", "tell"): f"li {_MANAGERS}",
    ("told", "visit"): "zhou boss2 chief sun",  # nobody who handled it: LI did, BOSS approved
    ("told", "reopen"): f"li {_MANAGERS}",
    ("visited", "sum_up"): f"li {_MANAGERS}",
    ("summed_up", "archive"): f"li {_MANAGERS}",
    ("archived", "reopen"): f"li {_MANAGERS}",
}
WAY = ("judge", "assign", "check", "propose", "approve", "accept", "carry_out", "tell", "visit", "sum_up", "archive")


def test_who_may_do_what_in_each_stage(desk: Desk) -> None:
    case = desk.open(NOW)
    with desk.storage.writing() as tx:  # it is with the department from the beginning, so that each row says the same
        from hotline.storage.cases.tables import service_case

        tx.connection.execute(service_case.update().values(department_id=int(desk.tech)))
    seen: set[tuple[str, str]] = set()
    for act in (*WAY, None):
        for actor in EVERYBODY:
            if actor.name == SALES.name:
                continue
            may = {each.act.id for each in desk.see(case, NOW, actor).acts}
            for (stage, asked), who in TABLE.items():
                if stage == case.stage:
                    seen.add((stage, asked))
                    assert (asked in may) == (actor.name in who.split()), (stage, asked, actor.name)
        if act is not None:
            case = desk.acts(case, NOW, act)
    assert seen == set(TABLE)


@pytest.mark.parametrize("actor", [EXAMINER, AUDITOR], ids=lambda each: each.name)
def test_who_examines_or_audits_sees_and_changes_nothing(desk: Desk, actor: Actor) -> None:
    case = desk.open(NOW)
    assert desk.see(case, NOW, actor).case.number == case.number
    for act in ("judge", "remark", "urge", "give", "merge"):
        with pytest.raises(Forbidden):
            desk.act(case, act, NOW, actor, note="x", to="li", reason="x", case="1")


def test_a_department_sees_its_own_cases_alone(desk: Desk) -> None:
    case = desk.acts(desk.open(NOW), NOW, "judge", "assign")
    desk.open(NOW)
    found = {
        actor.name: [each.number for each in list_cases(desk.storage, AskedCases(), 9, 0, actor, NOW).cases]
        for actor in (TECH, SALES)
    }
    assert found == {"tech": [case.number], "sales": []}
    with pytest.raises(Forbidden):
        desk.see(case, NOW, SALES)
    with pytest.raises(Forbidden):
        desk.act(case, "check", NOW, SALES)


def test_a_complaint_about_a_person_is_nowhere_for_them_and_goes_to_who_is_next_up(desk: Desk) -> None:
    case = desk.open(NOW, about="li")
    assert case.owner not in ("li", "")
    assert desk.see(case, NOW, BOSS).case.number == case.number
    with pytest.raises(NotFound):
        desk.see(case, NOW, LI)
    with pytest.raises(NotFound):
        desk.act(case, "remark", NOW, LI, note="x")
    for which in Which:
        assert list(list_cases(desk.storage, AskedCases(which), 9, 0, LI, NOW).cases) == []
    with desk.storage.reading() as tx:
        assert FOUND.hidden(tx, [case.id or 0], LI) == {case.id}
        assert FOUND.read(tx, [case.id or 0], ["漏水"], LI) == {}
        assert set(FOUND.read(tx, [case.id or 0], ["漏水"], ZHOU)) == {case.id}
    with pytest.raises(Refused, match=r"^cases.about_them"):
        desk.act(case, "give", NOW, BOSS, to="li")
    assert "li" not in {each.split(":")[0] for each in desk.told()}


def test_a_complaint_about_a_supervisor_goes_to_the_leaders(desk: Desk) -> None:
    assert desk.open(NOW, about="boss").owner == "chief"


def test_d7_a_grave_one_is_approved_by_the_leader_and_by_who_acts_for_them(desk: Desk) -> None:
    desk.settings = desk.settings.model_copy(
        update={"cases": desk.settings.cases.model_copy(update={"leaders": ("boss2",)})}
    )
    case = desk.act(desk.open(NOW, channel=Channel.MEDIA), "judge", NOW, demand="3", loss="3", spread="3")
    assert case.severity == "severe"
    case = desk.acts(case, NOW, "assign", "check", "propose")
    with pytest.raises(Forbidden, match=r"^cases.grave_by_leader$"):
        desk.act(case, "approve", NOW, BOSS)
    with desk.storage.writing() as tx:
        away, deputy = (StaffStore(tx).person_of_user(each.user_id or 0) for each in (OTHER_BOSS, BOSS))
        assert away is not None and deputy is not None and away.id is not None
        AbsenceStore(tx).add(Absence(away.id, NOW + HOUR, NOW + 9 * HOUR, deputy.id))
    assert desk.act(case, "approve", NOW + 2 * HOUR, BOSS).stage == "approved"


def test_b7_who_has_it_stays_responsible_until_the_other_accepts(desk: Desk) -> None:
    case = desk.act(desk.open(NOW), "offer", NOW, to="zhou", reason="下班")
    assert (case.owner, case.offered_to) == ("li", "zhou")
    assert desk.told("zhou") == ["case_offered"]
    with pytest.raises(Forbidden):
        desk.act(case, "accept_offer", NOW, LI)
    case = desk.act(case, "accept_offer", NOW, ZHOU)
    assert (case.owner, case.offered_to) == ("zhou", "")
    case = desk.act(desk.act(case, "offer", NOW, ZHOU, to="li", reason="x"), "decline_offer", NOW, LI, reason="忙")
    assert (case.owner, case.offered_to) == ("zhou", "")


def test_an_absent_owners_case_is_their_deputys(desk: Desk) -> None:
    case = desk.open(NOW)
    with pytest.raises(Forbidden):
        desk.act(case, "judge", NOW, ZHOU)
    with desk.storage.writing() as tx:
        away, deputy = (StaffStore(tx).person_of_user(each.user_id or 0) for each in (LI, ZHOU))
        assert away is not None and deputy is not None and away.id is not None
        AbsenceStore(tx).add(Absence(away.id, NOW, NOW + 9 * HOUR, deputy.id))
    assert desk.act(case, "judge", NOW + HOUR, ZHOU).stage == "judged"


def test_an_extension_is_asked_before_the_time_is_over_and_granted_by_another(desk: Desk) -> None:
    case = desk.acts(desk.open(NOW), NOW, "judge", "assign")
    due = desk.clocks(case, NOW)["department"].due_at
    case = desk.act(case, "ask_extension", NOW + HOUR, TECH, clock="department", more="8", reason="等配件")
    with pytest.raises(Conflict, match=r"^cases.extension_asked"):
        desk.act(case, "ask_extension", NOW + HOUR, LI, clock="solution", more="8", reason="x")
    case = desk.act(case, "grant_extension", NOW + 2 * HOUR, BOSS)
    later = desk.clocks(case, NOW + 2 * HOUR)["department"].due_at
    assert due is not None and later == shanghai(2026, 11, 18, 11)
    with pytest.raises(Conflict, match=r"^cases.no_extension"):
        desk.act(case, "grant_extension", NOW + 2 * HOUR, BOSS)
    over = shanghai(2026, 11, 19, 10)
    assert desk.standing(case, over)["department"] is Standing.BREACHED
    with pytest.raises(Refused, match=r"^cases.asked_too_late"):
        desk.act(case, "ask_extension", over, TECH, clock="department", more="8", reason="x")


def test_whoever_asked_for_an_extension_does_not_grant_it(desk: Desk) -> None:
    case = desk.acts(desk.open(NOW), NOW, "judge", "assign")
    case = desk.act(case, "ask_extension", NOW, BOSS, clock="department", more="1", reason="x")
    with pytest.raises(Forbidden, match=r"^cases.own_extension"):
        desk.act(case, "grant_extension", NOW, BOSS)
    assert desk.act(case, "refuse_extension", NOW, CHIEF, reason="不同意").stage == "assigned"


def test_a_dispute_is_ruled_by_the_arbiter_and_that_binds(desk: Desk) -> None:
    desk.settings = desk.settings.model_copy(
        update={"cases": desk.settings.cases.model_copy(update={"arbiter": "boss2"})}
    )
    case = desk.acts(desk.open(NOW), NOW, "judge", "assign")
    case = desk.act(case, "dispute", NOW, TECH, reason="不归我们")
    assert desk.told("boss2") == ["case_dispute"]
    assert desk.clocks(case, NOW)["ruling"].due_at == shanghai(2026, 11, 17, 10, 30)
    with pytest.raises(Forbidden):
        desk.act(case, "rule", NOW, BOSS, department=desk.sales, reason="x")
    case = desk.act(case, "rule", NOW + HOUR, OTHER_BOSS, department=desk.sales, reason="归市场部")
    assert (case.stage, str(case.department_id)) == ("assigned", desk.sales)
    assert desk.standing(case, NOW + HOUR)["ruling"] is Standing.KEPT
    assert "case_assigned" in desk.told("sales")


def test_d6_the_same_again_weighs_double(desk: Desk) -> None:
    first = desk.open(NOW)
    again = desk.open(NOW + HOUR)
    assert (first.repeats, again.repeats) == (0, 1)
    assert [each.number for each in desk.see(again, NOW + HOUR).duplicates] == [first.number]
    given = {"demand": "3", "loss": "1", "spread": "1"}
    assert desk.act(first, "judge", NOW + HOUR, **given).severity == "light"
    assert desk.act(again, "judge", NOW + HOUR, **given).severity == "medium"


def test_a_case_of_nobody_is_closed_without_telling_with_a_reason(desk: Desk) -> None:

    case = desk.open(NOW, number=NO_NUMBER, channel=Channel.LETTER)
    case = desk.act(case, "dismiss", NOW, reason="匿名", polite_answer="无法核实")
    case = desk.act(case, "not_told", NOW, reason="匿名来信")
    case = desk.act(case, "not_visited", NOW, reason="匿名来信")
    assert desk.acts(case, NOW, "sum_up", "archive").state is CaseState.CLOSED
    known = desk.act(desk.open(NOW), "dismiss", NOW, reason="x", polite_answer="x")
    with pytest.raises(Refused, match=r"^cases.can_be_told"):
        desk.act(known, "not_told", NOW, reason="x")


def test_everybody_but_who_audits_hands_in_a_customers_word(desk: Desk) -> None:
    for actor in EVERYBODY:
        if Role.AUDITOR in actor.roles:
            with pytest.raises(Forbidden):
                desk.open(NOW, actor=actor)
        else:
            assert desk.open(NOW, actor=actor, channel=Channel.EMPLOYEE).owner == actor.name
