"""Somebody's own day: what they have done and what is theirs to do, and nobody else's; by few questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from hotline.bootstrap import Hotline
from hotline.domain.calls.call import Call, Party, PartyKind
from hotline.domain.errors import Forbidden
from hotline.domain.own_day.day import OwnCount, OwnFigure
from hotline.domain.people import Actor, Role
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.staff.records import Tenure
from hotline.services.accounts.accounts import add_user
from hotline.services.own_day.own_day import OwnDay, see_own_day
from hotline.storage.calls.store import CallStore
from hotline.storage.examination.tables import appeal, examination
from hotline.storage.forms.store import FormStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support import report_rows
from tests.support.instance import an_instance
from tests.support.sample_calls import MONDAY_TEN, answered_call
from tests.support.sample_forms import open_form

NOW = MONDAY_TEN + timedelta(hours=3)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    more = '[operators.1001]\nname = "赵敏"\n[operators.1002]\nname = "钱伟"\n'
    return an_instance(tmp_path, MONDAY_TEN, more, storage=storage)


@pytest.fixture
def zhao(hotline: Hotline) -> Actor:
    user, _password = add_user(hotline.storage, "zhao", "赵敏", (Role.OPERATOR,), MONDAY_TEN, "test")
    return Actor("zhao", user.roles, "赵敏", user.id, extension="1001")


def day_of(hotline: Hotline, actor: Actor) -> OwnDay:
    return see_own_day(hotline.storage, hotline.settings, actor, NOW)


def taken(linkedid: str, at: datetime) -> Call:
    return replace(answered_call(linkedid, at), answered_by=Party(PartyKind.OPERATOR, "1001"))


def test_calls_of_today_are_counted_for_whoever_had_the_extension_then(hotline: Hotline, zhao: Actor) -> None:
    calls = [taken(f"c-{n}", MONDAY_TEN + n * HOUR) for n in range(3)]
    yesterday = taken("old", MONDAY_TEN - DAY)
    with hotline.storage.writing() as tx:
        CallStore(tx).save([*calls, yesterday], MONDAY_TEN)
    found = day_of(hotline, zhao).figures[OwnFigure.CALLS]
    assert found.count == 3 and (found.seconds or 0) > 0
    later = replace(zhao, tenures=(Tenure(1, "1001", MONDAY_TEN + 1.5 * HOUR),))
    assert day_of(hotline, later).figures[OwnFigure.CALLS].count == 1, "what was another's before is not theirs"
    other = Actor("qian", (Role.OPERATOR,), "钱伟", extension="1002")
    assert day_of(hotline, other).figures[OwnFigure.CALLS] == OwnCount(0)


def test_records_and_promises_that_are_late_are_told(hotline: Hotline, zhao: Actor) -> None:
    late = replace(open_form(answered_call("a"), MONDAY_TEN, "1001"), due_at=NOW - HOUR)
    later = replace(open_form(answered_call("b"), MONDAY_TEN, "1001"), due_at=NOW + HOUR, promise_due_at=NOW - HOUR)
    others = open_form(answered_call("c"), MONDAY_TEN, "1002")
    with hotline.storage.writing() as tx:
        FormStore(tx).add([late, later, others])
    figures = day_of(hotline, zhao).figures
    assert figures[OwnFigure.RECORDS] == OwnCount(2, late=1)
    assert figures[OwnFigure.PROMISES] == OwnCount(1, late=1)


def test_the_shift_that_goes_on_and_the_next_one_are_told(hotline: Hotline, zhao: Actor) -> None:
    with hotline.storage.writing() as tx:
        person = StaffStore(tx).person_of_user(zhao.user_id or 0)
        assert person is not None
        now = PlannedShift("赵敏", NOW - HOUR, NOW + HOUR, person.id, "day", published_at=MONDAY_TEN)
        for shift in (now, replace(now, starts_at=NOW + DAY, ends_at=NOW + DAY + HOUR)):
            ShiftStore(tx).add(shift)
        ShiftStore(tx).add(replace(now, starts_at=NOW + 2 * HOUR, ends_at=NOW + 3 * HOUR, published_at=None))
    day = day_of(hotline, zhao)
    assert day.shift is not None and day.shift.span.ends_at == NOW + HOUR
    assert day.next_shift is not None and day.next_shift.span.starts_at == NOW + DAY, "a draft is nobody's yet"


def test_what_does_not_concern_somebody_is_not_there(hotline: Hotline) -> None:
    auditor = day_of(hotline, Actor("audit", (Role.AUDITOR,), "审计"))
    assert not {OwnFigure.CALLS, OwnFigure.CALLBACKS, OwnFigure.VISITS} & set(auditor.figures)
    boss = day_of(hotline, Actor("boss", (Role.SUPERVISOR,), "主管"))
    assert {OwnFigure.CASES, OwnFigure.CALLBACKS, OwnFigure.VISITS} <= set(boss.figures)
    with pytest.raises(Forbidden):
        day_of(hotline, Actor("nobody", (), "谁"))


def test_it_is_few_questions_however_much_there_is(hotline: Hotline, zhao: Actor) -> None:
    asked: list[str] = []
    day_of(hotline, zhao)  # what a connection asks for once
    event.listen(hotline.storage.engine, "before_cursor_execute", lambda *given: asked.append(str(given[2]).split()[0]))
    day_of(hotline, zhao)
    first = asked.count("SELECT")
    calls = [answered_call(f"c-{n}", MONDAY_TEN) for n in range(40)]
    with hotline.storage.writing() as tx:
        CallStore(tx).save(calls, MONDAY_TEN)
        FormStore(tx).add([open_form(each, MONDAY_TEN, "1001") for each in calls])
    asked.clear()
    day_of(hotline, zhao)
    assert asked.count("SELECT") == first <= 20


def test_the_months_score_is_the_mean_of_what_was_published(hotline: Hotline, zhao: Actor) -> None:
    """With what an appeal changed, without calibrations and what is not done, and none of last month."""
    first = NOW.replace(day=1)
    with hotline.storage.writing() as tx:
        for key, called_at, state, score, calibration in (
            (1, first + DAY, "done", 80.0, None),
            (2, first + DAY, "decided", 60.0, None),
            (3, first + DAY, "assigned", None, None),
            (4, first + DAY, "done", 10.0, 5),
            (5, first - 3 * DAY, "done", 20.0, None),
        ):
            report_rows.add(
                tx.connection,
                examination,
                id=key,
                extension="1001",
                called_at=called_at,
                state=state,
                score=score,
                calibration_id=calibration,
            )
        report_rows.add(tx.connection, appeal, examination_id=2, decision="changed", score=90.0)
    found = day_of(hotline, zhao).figures[OwnFigure.SCORES]
    assert (found.count, found.mean) == (2, 85.0)
