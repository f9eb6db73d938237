"""A visit after each complaint that was told, and after each closed case (E7, D1, E5)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.errors import Forbidden
from hotline.domain.people import Actor
from hotline.domain.visits.record import VisitRecord, WrongAnswers
from hotline.domain.visits.visit import Ending, Origin, Satisfaction, Visit, VisitState
from hotline.services.visits.again import ask_again
from hotline.services.visits.asking import end_in_vain, record_answers
from hotline.services.visits.assigning import assign_waiting
from hotline.settings import Settings
from hotline.storage.cases.store import CaseStore
from hotline.storage.visits.store import VisitStore
from tests.support.cases import BOSS, LI, SALES, TECH, ZHOU, Desk, shanghai

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


def again_after(desk: Desk, days: int) -> Settings:
    return desk.settings.model_copy(update={"visits": desk.settings.visits.model_copy(update={"again_days": days})})


def test_e9_the_customer_of_a_closed_complaint_is_asked_once_more(desk: Desk) -> None:
    case = told_complaint(desk)
    (visit,) = visits_of(desk, case)
    asked, settings = shanghai(2026, 3, 18, 10), again_after(desk, 14)
    record(desk, visit, {"satisfied": "satisfied"}, ZHOU, asked)
    due = asked + timedelta(days=14, seconds=1)
    assert ask_again(desk.storage, settings, due) == 0  # it is not closed
    desk.acts(case, asked, "sum_up", "archive")
    assert ask_again(desk.storage, settings, due - timedelta(seconds=2)) == 0
    assert ask_again(desk.storage, desk.settings, due) == 0  # as shipped nobody is asked again
    assert (ask_again(desk.storage, settings, due), ask_again(desk.storage, settings, due)) == (1, 0)
    _first, second = visits_of(desk, case)
    assert (second.is_open, second.purpose, second.number) == (True, visit.purpose, visit.number)
    with pytest.raises(Forbidden, match=r"visits\.interested"):  # E5: LI handled it
        record(desk, second, {"satisfied": "satisfied"}, LI, due)
    # Whoever says so by then has it begun anew; nobody is asked a third time.
    record(desk, second, {"satisfied": "not_satisfied", "with_what": "又漏了"}, SALES, due)
    assert case_now(desk, case).state is CaseState.OPEN
    assert ask_again(desk.storage, settings, due + timedelta(days=14)) == 0


@pytest.mark.parametrize("result", ["satisfied", "so_so"])
def test_e9_who_was_asked_twice_is_not_asked_a_third_time(desk: Desk, result: str) -> None:
    case = told_complaint(desk)
    (visit,) = visits_of(desk, case)
    asked, settings = shanghai(2026, 3, 18, 10), again_after(desk, 14)
    said = {"satisfied": result, **({"with_what": "慢"} if result == "so_so" else {})}
    record(desk, visit, said, ZHOU, asked)
    desk.acts(case, asked, "sum_up", "archive")
    later = asked + timedelta(days=15)
    assert ask_again(desk.storage, settings, later) == 1
    _first, second = visits_of(desk, case)
    record(desk, second, said, SALES, later)
    assert case_now(desk, case).state is CaseState.CLOSED
    assert ask_again(desk.storage, settings, later + timedelta(days=15)) == 0


def closed_and_asked_once_more(desk: Desk) -> tuple[ServiceCase, datetime]:
    """A case whose customer was satisfied, and the moment at which they are to be asked once more."""
    case = told_complaint(desk)
    (visit,) = visits_of(desk, case)
    asked = shanghai(2026, 3, 18, 10)
    record(desk, visit, {"satisfied": "satisfied"}, ZHOU, asked)
    desk.acts(case, asked, "sum_up", "archive")
    later = asked + timedelta(days=15)
    assert ask_again(desk.storage, again_after(desk, 14), later) == 1
    return case, later


def test_e9_a_case_that_is_begun_anew_asks_nobody_again(desk: Desk) -> None:
    case, later = closed_and_asked_once_more(desk)
    desk.act(case, "reopen", later, LI, reason="客户补充")
    assert visits_of(desk, case)[-1].ending is Ending.NOT_OWED


@pytest.mark.parametrize("act", ["remark", "attach_call", "customer_asks"])
def test_e9_a_word_added_to_a_closed_case_leaves_it_that_they_are_asked_once_more(desk: Desk, act: str) -> None:
    case, later = closed_and_asked_once_more(desk)
    given = {"remark": {"note": "已寄发票"}, "attach_call": {"call": desk.call}, "customer_asks": {"note": "问发票"}}
    desk.act(case, act, later, LI, **given[act])
    assert visits_of(desk, case)[-1].is_open


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
