"""Who makes a visit when those who visit may not: a supervisor, an administrator, else an alert; deputies; the will of
the customer; tries (E3, E5, E7, E10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hotline.domain.customers.customer import Customer, CustomerNumber, PreferredWay
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.errors import Conflict, Forbidden, Refused, WrongFields
from hotline.domain.staff.records import Absence
from hotline.domain.visits.listing import VisitFilter, VisitTab
from hotline.domain.visits.planned import NewVisit
from hotline.domain.visits.visit import Ending, Origin, Visit, VisitState, VisitWay
from hotline.services.alerts import open_alerts
from hotline.services.deadlines.sweep import sweep
from hotline.services.dialling.dialling import wish_for
from hotline.services.visits import doing, trying
from hotline.services.visits.alert_kinds import VISITS, VISITS_NOBODY
from hotline.services.visits.assigning import assign_waiting
from hotline.services.visits.cases_opened import open_case_of
from hotline.services.visits.listing import see_visits
from hotline.services.visits.missing import plan_missing
from hotline.services.visits.planning import plan
from hotline.storage.customers.store import CustomerStore
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.visits.store import VisitStore
from hotline.storage.visits.tables import visit as visit_table
from tests.support.cases import AUDITOR, BOSS, CHIEF, EXAMINER, LI, NUMBER, OTHER_BOSS, ZHOU, Desk, shanghai

NOW = shanghai(2026, 3, 17, 10)  # a Tuesday


def planned(desk: Desk, *barred: str, at: datetime = NOW, **more: object) -> Visit:
    new = NewVisit(Origin.BY_HAND, at, purpose="安装", number=NUMBER, barred=barred)
    with desk.storage.writing() as tx:
        made = plan(tx, desk.settings, replace(new, **more), "boss", at)  # type: ignore[arg-type]
    assert made is not None
    return made


def now_is(desk: Desk, visit: Visit) -> Visit:
    with desk.storage.reading() as tx:
        found = VisitStore(tx).by_id(visit.id or 0)
    assert found is not None
    return found


def alerts(desk: Desk) -> set[str]:
    return {each.kind for each in open_alerts(desk.storage)}


def customer(desk: Desk, **will: object) -> None:
    person = Customer("吴女士", numbers=(CustomerNumber(NUMBER),), created_at=NOW, updated_at=NOW)
    with desk.storage.writing() as tx:
        CustomerStore(tx).add(replace(person, **will))  # type: ignore[arg-type]


def away(desk: Desk, name: str, since: datetime, until: datetime, deputy: str = "") -> None:
    with desk.storage.writing() as tx:
        ids = {each.name: each.id for each in StaffStore(tx).all()}
        AbsenceStore(tx).add(Absence(ids[name] or 0, since, until, ids.get(deputy)))


@pytest.mark.parametrize(
    ("barred", "visitor", "escalated"),
    [((), "li", 0), (("li",), "zhou", 0), (("li", "zhou"), "boss", 1), (("li", "zhou", "boss", "boss2"), "chief", 2)],
)
def test_e5_it_goes_up_until_somebody_is_left(
    desk: Desk, barred: tuple[str, ...], visitor: str, escalated: int
) -> None:
    visit = planned(desk, *barred)
    assign_waiting(desk.storage, desk.settings, NOW)
    found = now_is(desk, visit)
    assert (found.visitor, found.escalated) == (visitor, escalated)
    assert VISITS_NOBODY not in alerts(desk)


def test_e5_where_nobody_is_left_an_alert_tells_until_somebody_is(desk: Desk) -> None:
    visit = planned(desk, "li", "zhou", "boss", "boss2", "chief")
    assert assign_waiting(desk.storage, desk.settings, NOW) == 0
    assert now_is(desk, visit).visitor == "" and VISITS_NOBODY in alerts(desk)
    with desk.storage.writing() as tx:
        VisitStore(tx).save(replace(now_is(desk, visit), barred=("li",)))
    assert assign_waiting(desk.storage, desk.settings, NOW) == 1
    assert VISITS_NOBODY not in alerts(desk)


def test_e7_what_is_late_is_told_of(desk: Desk) -> None:
    visit = planned(desk)
    assign_waiting(desk.storage, desk.settings, NOW)
    late = now_is(desk, visit).due_at + timedelta(minutes=1)
    sweep(desk.storage, desk.settings, late)
    assert VISITS in alerts(desk)
    assert "deadline_over" in desk.told("li")


def test_b7_who_is_away_until_it_is_due_is_acted_for(desk: Desk) -> None:
    visit = planned(desk, visitor="li")
    away(desk, "李", NOW, NOW + timedelta(days=14), "副班长")
    assign_waiting(desk.storage, desk.settings, NOW + timedelta(minutes=1))
    assert now_is(desk, visit).visitor == "boss2"


def test_who_is_back_in_time_keeps_it(desk: Desk) -> None:
    visit = planned(desk, visitor="li")
    away(desk, "李", NOW, NOW + timedelta(hours=3))
    assert assign_waiting(desk.storage, desk.settings, NOW + timedelta(minutes=1)) == 0
    assert now_is(desk, visit).visitor == "li"


def test_e5_nobody_takes_or_is_given_what_they_had_to_do_with(desk: Desk) -> None:
    visit = planned(desk, "li")
    with pytest.raises(Forbidden, match=r"visits\.interested"):
        doing.take_visit(desk.storage, desk.settings, visit.id or 0, LI, NOW)
    with pytest.raises(Refused, match=r"visits\.given_to_interested"):
        doing.give_visit(desk.storage, desk.settings, visit.id or 0, "li", BOSS, NOW)
    with pytest.raises(Refused, match=r"visits\.makes_none"):
        doing.give_visit(desk.storage, desk.settings, visit.id or 0, "audit", BOSS, NOW)
    with pytest.raises(Forbidden):
        doing.give_visit(desk.storage, desk.settings, visit.id or 0, "zhou", LI, NOW)
    doing.take_visit(desk.storage, desk.settings, visit.id or 0, ZHOU, NOW)
    with pytest.raises(Forbidden, match=r"visits\.taken_already"):
        doing.take_visit(desk.storage, desk.settings, visit.id or 0, LI, NOW)


@pytest.mark.parametrize("way", [PreferredWay.SMS, PreferredWay.MAIL])
def test_e3_who_wants_to_be_written_to_is(desk: Desk, way: PreferredWay) -> None:
    customer(desk, preferred_way=way, mail="wu@example.com")
    visit = planned(desk)
    assert visit.way.value == way.value
    with pytest.raises(Forbidden):
        wish_for(desk.storage, LI, "visit", visit.id or 0, NOW)


def test_e3_who_wants_nothing_is_not_visited_and_their_complaint_goes_on(desk: Desk) -> None:
    customer(desk, preferred_way=PreferredWay.NONE)
    case = desk.acts(
        desk.open(NOW), NOW, "judge", "assign", "check", "propose", "approve", "accept", "carry_out", "tell"
    )
    seen = desk.see(case, NOW).case
    assert (seen.stage, seen.values["visit_result"]) == ("visited", "refused")
    with desk.storage.reading() as tx:
        [visit] = VisitStore(tx).of_subject(Origin.CASE, case.id or 0)
    assert (visit.state, visit.ending) == (VisitState.DROPPED, Ending.NOT_WANTED)


def test_e10_who_says_no_afterwards_is_not_dialled_though_a_case_is_open(desk: Desk) -> None:
    desk.open(NOW)
    visit = planned(desk, visitor="zhou")
    assert wish_for(desk.storage, ZHOU, "visit", visit.id or 0, NOW).number == NUMBER
    customer(desk, do_not_call=True)
    with pytest.raises(Refused, match=r"dialling\.do_not_call"):
        wish_for(desk.storage, ZHOU, "visit", visit.id or 0, NOW)


def test_tries_follow_one_another_and_after_the_last_a_supervisor_decides(desk: Desk) -> None:
    visit = planned(desk, visitor="zhou")
    at: datetime | None = NOW
    for _turn in range(desk.settings.dialling.next_try.most):
        assert at is not None
        at = trying.note_try(
            desk.storage, desk.settings, visit.id or 0, DialOutcome.NO_ANSWER, None, "无人接", ZHOU, at
        )
    assert at is None
    assert now_is(desk, visit).tries == desk.settings.dialling.next_try.most
    assert "visit_tried_out" in desk.told("boss")
    doing.end_visit(desk.storage, desk.settings, visit.id or 0, Ending.NOT_REACHED, "多次无人接", ZHOU, NOW)
    with pytest.raises(Conflict, match=r"visits\.closed"):
        doing.end_visit(desk.storage, desk.settings, visit.id or 0, Ending.NOT_REACHED, "", ZHOU, NOW)


def test_e7_an_agreed_time_is_when_it_is_due(desk: Desk) -> None:
    visit = planned(desk, visitor="zhou")
    evening = shanghai(2026, 3, 18, 20, 30)
    doing.agree_time(desk.storage, desk.settings, visit.id or 0, evening, ZHOU, NOW)
    found = now_is(desk, visit)
    assert (found.call_at, found.due_at) == (evening, evening + timedelta(minutes=30))
    assert wish_for(desk.storage, ZHOU, "visit", visit.id or 0, NOW).named_at == evening
    with pytest.raises(WrongFields):
        doing.agree_time(desk.storage, desk.settings, visit.id or 0, NOW - timedelta(minutes=1), ZHOU, NOW)


def test_e3_another_way_is_what_the_customer_wants(desk: Desk) -> None:
    visit = planned(desk, visitor="zhou")
    doing.change_way(desk.storage, desk.settings, visit.id or 0, VisitWay.MAIL, ZHOU, NOW)
    assert now_is(desk, visit).way is VisitWay.MAIL
    with pytest.raises(Refused, match=r"visits\.not_by_phone"):
        wish_for(desk.storage, ZHOU, "visit", visit.id or 0, NOW)


def test_each_sees_what_is_theirs(desk: Desk) -> None:
    mine, theirs, free = (planned(desk, visitor="zhou"), planned(desk, visitor="li"), planned(desk))
    about = planned(desk, visitor="li", about="boss2")

    def seen(actor: object, tab: VisitTab = VisitTab.ALL) -> set[int]:
        wanted = VisitFilter(tab)
        return {each.id for each in see_visits(desk.storage, desk.settings, wanted, actor, NOW).visits}  # type: ignore[arg-type]

    assert seen(ZHOU) == {mine.id, free.id} and seen(ZHOU, VisitTab.MINE) == {mine.id}
    assert seen(BOSS) == seen(EXAMINER) == seen(AUDITOR) == seen(CHIEF) == {mine.id, theirs.id, free.id, about.id}
    assert about.id not in seen(OTHER_BOSS)


def test_a_complaint_that_was_told_before_is_owed_one_and_a_closed_case_none(desk: Desk) -> None:
    told = desk.acts(
        desk.open(NOW), NOW, "judge", "assign", "check", "propose", "approve", "accept", "carry_out", "tell"
    )
    desk.acts(desk.open(NOW, "request"), NOW, "close")
    with desk.storage.writing() as tx:  # as a database of the version before has them
        tx.connection.execute(visit_table.delete())
    assert plan_missing(desk.storage, desk.settings, NOW + timedelta(days=9)) == 1
    with desk.storage.reading() as tx:
        [visit] = VisitStore(tx).of_subject(Origin.CASE, told.id or 0)
        assert tx.connection.execute(visit_table.select()).all() != []
    assert visit.begins_at == NOW and plan_missing(desk.storage, desk.settings, NOW + timedelta(days=9)) == 0


def test_a14_nobody_opens_a_case_of_a_visit_that_nobody_has_taken_but_who_sees_all_numbers(desk: Desk) -> None:
    """Whoever opens a case is responsible for it, and so sees the number."""
    visit = planned(desk)
    with desk.storage.writing() as tx:
        assert VisitStore(tx).save(replace(VisitStore(tx).by_id(visit.id or 0) or visit, visitor="", assigned_at=None))
    with pytest.raises(Forbidden):
        open_case_of(desk.storage, desk.settings, visit.id or 0, "", LI, NOW)
    assert now_is(desk, visit).opened_case_id is None
    assert open_case_of(desk.storage, desk.settings, visit.id or 0, "", BOSS, NOW).caller_number == NUMBER
