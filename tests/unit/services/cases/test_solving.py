"""How long a case took by working time: over a holiday with a make-up Sunday, reopened, and of old ones (F1)."""

from __future__ import annotations

from sqlalchemy import select, update

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.services.cases.solving import count_solved
from hotline.storage.cases.tables import service_case
from tests.support.cases import BOSS, Desk, shanghai

#: 1.5 h before the holiday are left on Wednesday; Sunday the 4th is worked from 9.
CALLED, CLOSED = shanghai(2025, 12, 31, 16), shanghai(2026, 1, 4, 10)
HOUR = 3_600_000


def _took(desk: Desk, case: ServiceCase) -> int | None:
    with desk.storage.reading() as tx:
        wanted = select(service_case.c.solved_in_ms).where(service_case.c.id == case.id)
        found: int | None = tx.connection.scalar(wanted)
    return found


def _closed(desk: Desk) -> ServiceCase:
    case = desk.act(desk.open(CALLED, "request"), "close", CLOSED)
    assert case.state is CaseState.CLOSED
    return case


def test_f1_holidays_nights_and_lunch_are_no_time_of_ours(desk: Desk) -> None:
    assert _took(desk, _closed(desk)) == 2.5 * HOUR


def test_f1_a_case_that_is_open_or_reopened_has_none_and_closed_again_the_whole(desk: Desk) -> None:
    case = desk.open(CALLED, "request")
    assert _took(desk, case) is None
    case = desk.act(desk.act(case, "close", CLOSED), "reopen", CLOSED, BOSS, reason="又坏了")
    assert (case.state, _took(desk, case)) == (CaseState.OPEN, None)
    assert _took(desk, desk.act(case, "close", shanghai(2026, 1, 4, 14))) == 5.5 * HOUR


def test_f1_those_that_were_closed_before_it_was_kept_are_counted_once(desk: Desk) -> None:
    case = _closed(desk)
    still_open = desk.open(CALLED, "request", title="换货")
    with desk.storage.writing() as tx:
        tx.connection.execute(update(service_case).values(solved_in_ms=None))
    assert count_solved(desk.storage, desk.settings) == 1
    assert (_took(desk, case), _took(desk, still_open)) == (2.5 * HOUR, None)
    assert count_solved(desk.storage, desk.settings) == 0
