"""1,000 closed cases around National Day 2025: eight days of holiday, with a Sunday and a Saturday worked for it. Each
customer is visited once, in time, by somebody else, when they may be called and somebody works (E5, E7)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from hotline.domain.accounts.user import User
from hotline.domain.calendar import local_day
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.time import SHANGHAI
from hotline.domain.visits.visit import Visit
from hotline.services.calendar import work_calendar
from hotline.services.calling_hours import calling_hours
from hotline.services.cases.acting import do_act
from hotline.services.cases.opening import NewCase, open_case
from hotline.services.visits.assigning import assign_waiting
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Storage
from hotline.storage.visits.store import visit_of
from hotline.storage.visits.tables import visit
from tests.support.cases import shanghai

CASES = 1_000
#: The same way is gone on the other database with fewer: what is proven of it is that it counts and orders alike.
FEWER = 200
#: Monday 22 September to Sunday 12 October: all that lies around the holiday.
BEGIN, MINUTES = shanghai(2025, 9, 22), 21 * 24 * 60
HOLIDAY = {date(2025, 10, day) for day in range(1, 9)}
WORKED_SUNDAY, WORKED_SATURDAY = date(2025, 9, 28), date(2025, 10, 11)
NAMES = ("an", "bai", "cao", "deng", "feng")


def people(storage: Storage) -> list[Actor]:
    with storage.writing() as tx:
        for name in NAMES:
            UserStore(tx).add(User(name, name, "x", (Role.OPERATOR,), False, True, BEGIN))
        UserStore(tx).add(User("boss", "boss", "x", (Role.SUPERVISOR,), False, True, BEGIN))
    return [Actor(name, (Role.OPERATOR,), name) for name in NAMES]


def all_visits(storage: Storage) -> list[Visit]:
    with storage.reading() as tx:
        return [visit_of(row) for row in tx.connection.execute(select(visit).order_by(visit.c.id))]


def cases_on(storage: Storage) -> int:
    return CASES if storage.engine.dialect.name == "sqlite" else FEWER


def close_them(storage: Storage, settings: Settings) -> dict[int, str]:
    """Evenly over these days, at any hour; who handled each, by its id. The job runs whenever a day is over."""
    actors, handled, cases = people(storage), {}, cases_on(storage)
    day = local_day(BEGIN)
    for place in range(cases):
        at = (BEGIN + timedelta(minutes=MINUTES * place / cases)).astimezone(UTC)
        if local_day(at) != day:
            assign_waiting(storage, settings, at)
            day = local_day(at)
        actor = actors[place % len(actors)]
        new = NewCase("request", "调试", number=Number(f"+8613{place:09}"))
        case = open_case(storage, settings, new, actor, at)
        do_act(storage, settings, case.id or 0, "close", {"result": "已办"}, actor, at)
        handled[case.id or 0] = actor.name
    assign_waiting(storage, settings, BEGIN + timedelta(minutes=MINUTES))
    return handled


def test_each_of_a_thousand_customers_is_visited_once_in_time_by_somebody_else(
    storage: Storage, settings: Settings
) -> None:
    handled = close_them(storage, settings)
    visits = all_visits(storage)
    assert len(visits) == len(handled) and {each.subject_id for each in visits} == handled.keys()
    assert [each.id for each in visits if each.visitor == handled[each.subject_id or 0]] == []
    assert {each.visitor for each in visits} == set(NAMES)  # nobody had to go up

    calendar, hours = work_calendar(settings), calling_hours(settings, "")
    called = {each.id: each.call_at.astimezone(SHANGHAI) for each in visits if each.call_at is not None}
    assert len(called) == len(visits) == cases_on(storage)
    outside = [at for at in called.values() if not hours.allows(at, calendar) or not calendar.is_open(at)]
    assert outside == []
    assert {at.date() for at in called.values()} & HOLIDAY == set()
    # Between the morning's end and two o'clock, and after half past five when nobody works, nobody is called.
    assert [at for at in called.values() if not (9 <= at.hour < 12 or 14 <= at.hour < 18)] == []

    due = {each.id: local_day(each.due_at - timedelta(seconds=1)) for each in visits}
    assert {day for day in due.values() if not calendar.is_working_day(day)} == set()
    for each in visits:
        third = local_day(each.begins_at) + timedelta(days=3)
        moved_to = third if calendar.is_working_day(third) else calendar.working_day_after(third)
        assert due[each.id] == moved_to
        assert each.moved == (third != moved_to)
    assert WORKED_SUNDAY in due.values() and WORKED_SATURDAY in due.values()
    assert any(at.date() == WORKED_SUNDAY for at in called.values())

    counts = Counter(each.visitor for each in visits)
    assert max(counts.values()) - min(counts.values()) <= 10  # five people, about 200 each


def test_doing_all_of_it_again_plans_none_twice(storage: Storage, settings: Settings) -> None:
    actor, *_others = people(storage)
    at = datetime(2025, 9, 25, 2, tzinfo=UTC)
    case = open_case(storage, settings, NewCase("request", "调试", number=Number("+8613800138000")), actor, at)
    do_act(storage, settings, case.id or 0, "close", {"result": "已办"}, actor, at)
    do_act(storage, settings, case.id or 0, "remark", {"note": "补充"}, actor, at + timedelta(hours=1))
    assert len(all_visits(storage)) == 1
    do_act(storage, settings, case.id or 0, "reopen", {"reason": "又来电"}, actor, at + timedelta(hours=2))
    do_act(storage, settings, case.id or 0, "close", {"result": "已办"}, actor, at + timedelta(hours=3))
    assert [each.state.value for each in all_visits(storage)] == ["dropped", "open"]
    with storage.reading() as tx:
        found = CaseStore(tx).by_id(case.id or 0)
    assert found is not None and found.closed_at == at + timedelta(hours=3)
