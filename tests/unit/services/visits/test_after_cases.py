"""A visit after each complaint that was told, and after each closed case (E7, D1, E5)."""

from __future__ import annotations

from datetime import datetime

import pytest

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.errors import Forbidden
from hotline.domain.people import Actor
from hotline.domain.visits.record import VisitRecord, WrongAnswers
from hotline.domain.visits.visit import Ending, Origin, Satisfaction, Visit, VisitState
from hotline.services.visits.asking import end_in_vain, record_answers
from hotline.services.visits.assigning import assign_waiting
from hotline.storage.cases.store import CaseStore
from hotline.storage.visits.store import VisitStore
from tests.support.cases import BOSS, LI, TECH, ZHOU, Desk, shanghai

TOLD = shanghai(2026, 3, 17, 11)  # a Tuesday
UNTIL_TOLD = ("judge", "assign", "check", "propose", "approve", "accept", "carry_out", "tell")


def visits_of(desk: Desk, case: ServiceCase) -> list[Visit]:
    with desk.storage.reading() as tx:
        return VisitStore(tx).of_subject(Origin.CASE, case.id or 0)


def case_now(desk: Desk, case: ServiceCase) -> ServiceCase:
    with desk.storage.reading() as tx:
        return CaseStore(tx).by_ids([case.id or 0])[case.id or 0]


def record(desk: Desk, visit: Visit, answers: dict[str, str], actor: Actor, at: datetime) -> Visit:
    with desk.storage.writing() as tx:
        return record_answers(tx, desk.settings, visit, VisitRecord(answers), actor, at)


def told_complaint(desk: Desk, at: datetime = TOLD) -> ServiceCase:
    return desk.acts(desk.open(at), at, *UNTIL_TOLD)


def test_a_complaint_is_visited_within_three_days_by_somebody_else(desk: Desk) -> None:
    case = told_complaint(desk)
    (visit,) = visits_of(desk, case)
    assert (visit.begins_at, visit.due_at, visit.visitor) == (TOLD, shanghai(2026, 3, 21), "")
    assert assign_waiting(desk.storage, desk.settings, TOLD) == 1
    (visit,) = visits_of(desk, case)
    assert visit.visitor == "zhou"  # Li handled it
    assert visit.call_at == TOLD


def test_its_result_ends_the_step_of_the_case(desk: Desk) -> None:
    case = told_complaint(desk)
    assign_waiting(desk.storage, desk.settings, TOLD)
    (visit,) = visits_of(desk, case)
    done = record(desk, visit, {"satisfied": "satisfied", "advice": "再快一点"}, ZHOU, shanghai(2026, 3, 18, 10))
    assert (done.state, done.ending, done.result, done.asked) == (
        VisitState.DONE,
        Ending.ANSWERED,
        Satisfaction.SATISFIED,
        2,
    )
    case = case_now(desk, case)
    assert (case.stage, case.values["visit_result"]) == ("visited", "satisfied")
    assert "再快一点" in case.values["visit_content"]


def test_who_is_not_satisfied_sends_it_one_step_back_with_double_weight(desk: Desk) -> None:
    case = told_complaint(desk)
    assign_waiting(desk.storage, desk.settings, TOLD)
    (visit,) = visits_of(desk, case)
    at = shanghai(2026, 3, 18, 10)
    record(desk, visit, {"satisfied": "not_satisfied", "with_what": "又漏了"}, ZHOU, at)
    case = case_now(desk, case)
    assert (case.stage, case.repeats) == ("checked", 1)
    again = desk.acts(case, shanghai(2026, 3, 19, 10), "propose", "approve", "accept", "carry_out", "tell")
    _first, second = visits_of(desk, again)
    assert (second.is_open, second.weight) == (True, 2)


def test_whoever_had_to_do_with_it_is_refused(desk: Desk) -> None:
    case = told_complaint(desk)
    (visit,) = visits_of(desk, case)
    for actor in (LI, BOSS, TECH):  # opened it; approved it; its department had to answer
        with pytest.raises(Forbidden, match=r"visits\.interested"):
            record(desk, visit, {"satisfied": "satisfied"}, actor, TOLD)
    with pytest.raises(WrongAnswers) as wrong:
        record(desk, visit, {"satisfied": "not_satisfied"}, ZHOU, TOLD)
    assert wrong.value.problems == {"with_what": "required"}


def test_a_closed_enquiry_is_visited_and_begun_again_when_it_was_no_good(desk: Desk) -> None:
    case = desk.acts(desk.open(TOLD, "request"), TOLD, "close")
    (visit,) = visits_of(desk, case)
    assert case_now(desk, case).state is CaseState.CLOSED
    record(desk, visit, {"satisfied": "not_satisfied", "with_what": "没解决"}, ZHOU, TOLD)
    assert case_now(desk, case).state is CaseState.OPEN


def test_begun_anew_before_it_was_visited_it_is_owed_no_more(desk: Desk) -> None:
    case = told_complaint(desk)
    desk.act(case, "reopen", TOLD, LI, reason="客户补充")
    (visit,) = visits_of(desk, case)
    assert (visit.state, visit.ending) == (VisitState.DROPPED, Ending.NOT_OWED)


def test_written_into_the_case_it_is_the_visits_record(desk: Desk) -> None:
    case = told_complaint(desk)
    desk.act(case, "visit", shanghai(2026, 3, 18, 10), ZHOU)
    (visit,) = visits_of(desk, case)
    assert (visit.state, visit.result, visit.closed_by) == (VisitState.DONE, Satisfaction.SATISFIED, "zhou")


def test_whoever_is_not_reached_holds_up_no_case(desk: Desk) -> None:
    case = told_complaint(desk)
    (visit,) = visits_of(desk, case)
    with desk.storage.writing() as tx:
        end_in_vain(tx, desk.settings, visit, Ending.NOT_REACHED, "五次未接", ZHOU, TOLD)
    case = case_now(desk, case)
    assert (case.stage, case.values["visit_result"]) == ("visited", "not_reached")
