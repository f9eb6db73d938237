"""A month of visits: counted by visitor, reported in sentences' figures, drawn and judged (E6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from hotline.domain.accounts.user import User
from hotline.domain.errors import Conflict, Forbidden, Refused
from hotline.domain.numbers import normalise
from hotline.domain.people import Actor, Role
from hotline.domain.time import SHANGHAI
from hotline.domain.visit_checks.checks import Fault, draw_visits
from hotline.domain.visits.visit import Ending, Origin, Satisfaction, Visit, VisitState
from hotline.services.visit_checks import draws
from hotline.services.visit_checks.months import see_visit_month, visit_report
from hotline.settings import Settings
from hotline.settings.calls import Operator
from hotline.storage.accounts.users import UserStore
from hotline.storage.examination.corrective_actions import CorrectiveActionStore
from hotline.storage.transaction import Storage
from hotline.storage.visits.store import VisitStore

LI = Actor("li", (Role.OPERATOR,), "李", 1, "1001")
BOSS = Actor("boss", (Role.SUPERVISOR,), "班长", 2)
NOW = datetime(2026, 3, 20, 12, tzinfo=SHANGHAI)
MARCH = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def people(storage: Storage) -> None:
    with storage.writing() as tx:
        for actor in (LI, BOSS):
            UserStore(tx).add(
                User(actor.name, actor.display_name, "x", actor.roles, False, True, NOW, extension=actor.extension)
            )


def a_visit(storage: Storage, day: int, **more: object) -> int:
    """Closed at noon of that day of March, due at its end."""
    at = datetime(2026, 3, day, 12, tzinfo=SHANGHAI)
    done = Visit(
        Origin.CASE,
        at,
        at,
        at + timedelta(hours=12),
        number=normalise("13800138000"),
        visitor="li",
        state=VisitState.DONE,
        ending=Ending.ANSWERED,
        result=Satisfaction.SATISFIED,
        closed_at=at,
        closed_by="li",
        seconds=60,
        asked=2,
    )
    with storage.writing() as tx:
        made = VisitStore(tx).add(replace(done, **more))  # type: ignore[arg-type]
    assert made is not None
    return made.id or 0


def still_open(storage: Storage, day: int) -> int:
    return a_visit(storage, day, state=VisitState.OPEN, ending=None, result=None, closed_at=None, seconds=0, asked=0)


def test_each_visitors_month(storage: Storage, settings: Settings) -> None:
    a_visit(storage, 2)
    a_visit(storage, 3, result=Satisfaction.NOT_SATISFIED, seconds=200, with_what="太慢", opened_case_id=7)
    a_visit(storage, 4, result=Satisfaction.SO_SO, asked=6, due_at=datetime(2026, 3, 4, tzinfo=SHANGHAI))
    a_visit(storage, 5, ending=Ending.REFUSED, result=None, seconds=0)
    a_visit(storage, 6, ending=Ending.NOT_REACHED, result=None, seconds=0, visitor="boss")
    a_visit(storage, 7, state=VisitState.DROPPED, ending=Ending.NOT_OWED, result=None)
    still_open(storage, 10)
    still_open(storage, 30)
    a_visit(storage, 2, closed_at=datetime(2026, 2, 28, 12, tzinfo=SHANGHAI))
    seen = see_visit_month(storage, settings, MARCH, BOSS, NOW)
    li = next(each.counts for each in seen.visitors if each.visitor == "li")
    assert (li.planned, li.made, li.refused, li.open, li.late) == (6, 3, 1, 2, 2)
    assert (li.satisfied, li.so_so, li.not_satisfied, li.cases) == (1, 1, 1, 1)
    assert (li.talked, li.mean_seconds, li.too_long, li.too_many) == (3, 320 / 3, 1, 1)
    assert (seen.total.not_reached, seen.total.planned) == (1, 7)
    own = see_visit_month(storage, settings, MARCH, LI, NOW)
    assert [each.visitor for each in own.visitors] == ["li"]


def test_the_report_of_a_month(storage: Storage, settings: Settings) -> None:
    a_visit(storage, 2, origin=Origin.PROJECT)
    a_visit(storage, 2, result=Satisfaction.SO_SO, with_what="态度")
    bad = a_visit(storage, 9, result=Satisfaction.NOT_SATISFIED, with_what="太慢")
    a_visit(storage, 1, closed_at=datetime(2026, 2, 10, 12, tzinfo=SHANGHAI))
    report = visit_report(storage, settings, MARCH, BOSS, NOW)
    assert {origin: counts.made for origin, counts in report.origins.items()} == {"project": 1, "case": 2}
    assert report.by_day == {date(2026, 3, 2): 2, date(2026, 3, 9): 1}
    assert (report.unhappy[0].id, report.unhappy[0].with_what) == (bad, "太慢")
    assert report.before.satisfied == 1
    with pytest.raises(Forbidden):
        visit_report(storage, settings, MARCH, LI, NOW)


def test_visits_are_drawn_once_by_a_seed_and_judged_by_somebody_else(storage: Storage, settings: Settings) -> None:
    settings = settings.model_copy(update={"operators": {"1001": Operator(name="李")}})
    made = [a_visit(storage, day) for day in range(2, 12)]
    own = a_visit(storage, 3, visitor="boss")
    first = draws.draw_checks(storage, settings, MARCH, 3, BOSS, NOW, "seed")
    assert (first.candidates, len(first.drawn)) == (11, 4)
    assert own in first.drawn and set(first.drawn) - {own} <= set(made)
    second = draws.draw_checks(storage, settings, MARCH, 100, BOSS, NOW, "seed")
    assert set(second.drawn) == set(made) - set(first.drawn)
    with pytest.raises(Refused, match=r"visit_checks\.nothing_to_draw"):
        draws.draw_checks(storage, settings, MARCH, 3, BOSS, NOW)
    seen = {each.check.visitor: each for each in draws.see_draw(storage, first.id or 0, BOSS, NOW).checks}
    assert (seen["li"].mine, seen["boss"].mine) == (True, False)
    with pytest.raises(Forbidden, match=r"visit_checks\.own"):
        draws.judge(storage, seen["boss"].check.id or 0, True, (), "", BOSS, NOW)
    check_id = seen["li"].check.id or 0
    with pytest.raises(Refused, match=r"visit_checks\.which_fault"):
        draws.judge(storage, check_id, False, (), "", BOSS, NOW)
    draws.judge(storage, check_id, False, [Fault.WORDS], "没有报公司名", BOSS, NOW)
    with pytest.raises(Conflict, match=r"visit_checks\.judged"):
        draws.judge(storage, check_id, True, (), "", BOSS, NOW)
    due = NOW + timedelta(days=3)
    order_id = draws.order_correction(storage, settings, check_id, "按规范用语", due, BOSS, NOW)
    with storage.reading() as tx:
        order = CorrectiveActionStore(tx).by_id(order_id)
    assert order is not None and (order.extension, order.due_at) == ("1001", due)
    with pytest.raises(Conflict, match=r"visit_checks\.ordered"):
        draws.order_correction(storage, settings, check_id, "再次", due, BOSS, NOW)
    month = see_visit_month(storage, settings, MARCH, BOSS, NOW)
    assert [(each.checked, each.compliant) for each in month.visitors if each.visitor == "li"] == [(1, 0)]


def test_the_same_seed_draws_the_same() -> None:
    theirs = {"li": range(1, 50), "zhou": range(50, 60)}
    drawn = draw_visits(theirs, 5, "s")
    assert drawn == draw_visits({name: reversed(found) for name, found in reversed(theirs.items())}, 5, "s")
    assert len(drawn) == 10
