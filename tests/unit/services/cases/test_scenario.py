"""A complaint from the first call to the archive over New Year, with the Sunday that is worked for it: each clock at
each step.

Wednesday 31 December 2025 is ordinary; Thursday to Saturday are holiday; Sunday 4 January is worked, and so are the
days after. Hours are 9:00-12:00 and 13:00-17:30.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.cases.case import CaseState
from hotline.domain.deadlines.deadline import Standing
from hotline.services.cases.escalating import escalate_cases
from hotline.services.deadlines.sweep import sweep
from tests.support.cases import BOSS, TECH, ZHOU, Desk, shanghai

CALLED = shanghai(2025, 12, 31, 16)
RUNNING, WARNED, BREACHED, KEPT, PAUSED = (
    Standing.RUNNING,
    Standing.WARNED,
    Standing.BREACHED,
    Standing.KEPT,
    Standing.PAUSED,
)


def due(desk: Desk, case: object, at: datetime) -> dict[str, datetime | None]:
    return {name: each.due_at for name, each in desk.clocks(case, at).items()}  # type: ignore[arg-type]


def test_from_the_first_call_to_the_archive_over_a_holiday_with_a_make_up_sunday(desk: Desk) -> None:
    case = desk.open(CALLED)
    assert due(desk, case, CALLED) == {
        "first_answer": CALLED + timedelta(hours=24),  # any time: on the holiday
        "solution": CALLED + timedelta(hours=48),
        "formal_answer": shanghai(2026, 1, 8, 17, 30),  # Sunday the 4th is the first of five
        "next_word": shanghai(2026, 1, 5, 17, 30),
    }
    assert set(desk.standing(case, CALLED).values()) == {RUNNING}

    at = CALLED + timedelta(minutes=20)
    case = desk.act(case, "contact", at, call=desk.call)
    assert desk.standing(case, at)["first_answer"] is KEPT
    assert desk.clocks(case, at)["next_word"].started_at == at

    at = CALLED + timedelta(minutes=30)
    case = desk.act(case, "judge", at, demand="2", loss="2", spread="1")
    assert (case.stage, case.severity) == ("judged", "light")
    case = desk.act(case, "assign", at)
    # Eight working hours: one left on Wednesday, seven on the worked Sunday, of which lunch is none.
    assert desk.clocks(case, at)["department"].due_at == shanghai(2026, 1, 4, 17)

    holiday = shanghai(2026, 1, 2, 15)
    assert desk.standing(case, holiday)["solution"] is WARNED
    sweep(desk.storage, desk.settings, holiday)
    assert desk.told("li") == ["deadline_near"]  # on the holiday, since no working hour is left before it is over

    sunday = shanghai(2026, 1, 4, 10)
    sweep(desk.storage, desk.settings, sunday)
    assert desk.standing(case, sunday)["solution"] is BREACHED
    assert desk.told("li").count("deadline_over") == 1
    assert escalate_cases(desk.storage, desk.settings, sunday) == 0  # 16 working hours for a light one

    at = shanghai(2026, 1, 4, 11)
    case = desk.act(case, "wait", at)
    assert desk.standing(case, at)["department"] is PAUSED
    assert desk.standing(case, at)["solution"] is BREACHED  # what was over before stays so
    at = shanghai(2026, 1, 4, 15)
    case = desk.act(case, "customer_asks", at)
    assert (case.waiting, case.asked_first) == ("", 0)  # we waited for them
    # Three hours of working time stood, lunch not counted: 17:00 and three are 17:30 and 2:30 of the next morning.
    assert desk.clocks(case, at)["department"].due_at == shanghai(2026, 1, 5, 11, 30)
    # Days are counted by when they end: what stood is added to the end of the fifth.
    assert desk.clocks(case, at)["formal_answer"].due_at == shanghai(2026, 1, 9, 12)

    at = shanghai(2026, 1, 5, 9, 30)
    case = desk.act(case, "check", at, TECH)
    assert desk.standing(case, at)["department"] is KEPT
    case = desk.act(case, "propose", at, TECH)
    assert desk.standing(case, at)["solution"] is Standing.LATE
    case = desk.act(case, "approve", at + timedelta(hours=1), BOSS)
    case = desk.act(case, "accept", at + timedelta(hours=2), call=desk.call)
    case = desk.act(case, "carry_out", shanghai(2026, 1, 6, 10), TECH)
    case = desk.act(case, "tell", shanghai(2026, 1, 6, 11), call=desk.call)
    told = desk.standing(case, shanghai(2026, 1, 6, 11))
    assert (told["formal_answer"], told["next_word"]) == (KEPT, RUNNING)
    case = desk.act(case, "visit", shanghai(2026, 1, 7, 10), ZHOU)
    case = desk.act(case, "sum_up", shanghai(2026, 1, 7, 11))
    case = desk.act(case, "archive", shanghai(2026, 1, 7, 14))
    end = shanghai(2026, 1, 20, 9)
    assert (case.state, case.closed_at, case.due_at) == (CaseState.CLOSED, shanghai(2026, 1, 7, 14), None)
    assert desk.standing(case, end) == {
        "first_answer": KEPT,
        "solution": Standing.LATE,
        "formal_answer": KEPT,
        "department": KEPT,
        "next_word": KEPT,
    }
    seen = desk.see(case, end)
    assert len(seen.calls) == 1 and not [each for each in seen.clocks if each.stopped_at is None]
