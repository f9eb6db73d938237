"""A year of visits of one project, and what comes after it, on a fake clock (E8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.numbers import normalise
from hotline.domain.people import Actor, Role
from hotline.domain.projects.project import Project, Round, RoundKind, RoundState
from hotline.domain.time import SHANGHAI
from hotline.domain.visits.visit import Origin, Visit
from hotline.services.calendar import work_calendar
from hotline.services.customers import customers
from hotline.services.projects.projects import add_project, change_project
from hotline.services.projects.rounds import plan_rounds
from hotline.settings import Settings
from hotline.storage.projects.store import RoundStore
from hotline.storage.transaction import Storage
from hotline.storage.visits.store import VisitStore

BOSS = Actor("boss", (Role.SUPERVISOR,), "班长")
DELIVERED = date(2025, 10, 31)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def a_customer(storage: Storage) -> int:
    new = Customer(name="王芳", company="示例公司", numbers=(CustomerNumber(normalise("13800138000")),))
    return customers.create(storage, new, BOSS, at(DELIVERED)).id or 0


def a_project(storage: Storage, settings: Settings, **more: object) -> Project:
    new = replace(Project("水泵改造", a_customer(storage), DELIVERED), **more)  # type: ignore[arg-type]
    return add_project(storage, settings, new, BOSS, at(DELIVERED))


def rounds(storage: Storage, project: Project, kind: RoundKind = RoundKind.VISIT) -> list[Round]:
    """The first due first."""
    with storage.reading() as tx:
        found = RoundStore(tx).of(project.id or 0)
    return sorted((each for each in found if each.kind is kind), key=lambda each: each.n)


def visits(storage: Storage, project: Project) -> list[Visit]:
    with storage.reading() as tx:
        return VisitStore(tx).of_subject(Origin.PROJECT, project.id or 0)


def every_day(storage: Storage, settings: Settings, since: date, until: date) -> None:
    """The job runs every day, as it would run every ten minutes."""
    day = since
    while day <= until:
        plan_rounds(storage, settings, at(day))
        day += timedelta(days=1)


def test_a_year_of_visits_and_the_quarters_after_it(storage: Storage, settings: Settings) -> None:
    project = a_project(storage, settings)
    every_day(storage, settings, DELIVERED, date(2027, 5, 15))
    found = rounds(storage, project)
    assert [f"{each.due_on}" for each in found] == [
        *("2025-11-30", "2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"),
        *("2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31"),
        *("2027-01-31", "2027-04-30"),
    ]
    planned = visits(storage, project)
    assert [each.visit_id for each in found] == [each.id for each in planned]
    assert {each.number for each in planned} == {normalise("13800138000")}
    for round, visit in zip(found, planned, strict=True):
        assert local_day(visit.planned_at) == round.due_on - timedelta(days=settings.projects.plan_days_ahead)
        last = local_day(visit.due_at - timedelta(seconds=1))
        calendar = work_calendar(settings)
        assert calendar.is_working_day(last) and last >= round.due_on
        assert visit.moved == (last != round.due_on)
    # The 30th of November 2025 and the 31st of January 2027 are Sundays, the 28th of February 2026 is a make-up day.
    assert [visit.moved for visit in planned][:4] == [True, False, True, False]


def test_twice_at_once_plans_once(storage: Storage, settings: Settings) -> None:
    project = a_project(storage, settings)
    assert plan_rounds(storage, settings, at(date(2025, 11, 24))) == 1
    assert plan_rounds(storage, settings, at(date(2025, 11, 24))) == 0
    assert len(visits(storage, project)) == 1


def test_after_standing_still_only_the_latest_is_made_up_for(storage: Storage, settings: Settings) -> None:
    project = a_project(storage, settings)
    plan_rounds(storage, settings, at(date(2026, 3, 10)))
    assert [each.state for each in rounds(storage, project)] == [*[RoundState.MISSED] * 3, RoundState.OPEN]
    (visit,) = visits(storage, project)
    assert local_day(visit.due_at - timedelta(seconds=1)) == date(2026, 3, 11)


def test_days_of_standing_still_lose_nothing(storage: Storage, settings: Settings) -> None:
    project = a_project(storage, settings)
    for day in (date(2025, 12, 4), date(2026, 1, 6), date(2026, 2, 9)):
        plan_rounds(storage, settings, at(day))
    assert [(each.n, each.state) for each in rounds(storage, project)] == [(n, RoundState.OPEN) for n in (1, 2, 3)]


def test_nothing_is_due_after_its_end(storage: Storage, settings: Settings) -> None:
    project = a_project(storage, settings, ends_on=date(2026, 1, 15))
    every_day(storage, settings, DELIVERED, date(2026, 4, 1))
    assert [each.n for each in rounds(storage, project)] == [1, 2]


def test_what_is_due_after_an_earlier_end_is_called_off(storage: Storage, settings: Settings) -> None:
    project = a_project(storage, settings)
    plan_rounds(storage, settings, at(date(2025, 11, 25)))
    change_project(storage, settings, project.id or 0, 1, {"ends_on": date(2025, 11, 28)}, BOSS, at(date(2025, 11, 26)))
    (round,), (visit,) = rounds(storage, project), visits(storage, project)
    assert (round.state, visit.is_open) == (RoundState.CALLED_OFF, False)


def test_inspections_and_surveys_come_as_the_project_says(storage: Storage, settings: Settings) -> None:
    project = a_project(storage, settings, inspected_every=3, surveyed_every=6)
    every_day(storage, settings, DELIVERED, date(2026, 10, 31))
    assert [f"{each.due_on}" for each in rounds(storage, project, RoundKind.INSPECTION)] == [
        *("2026-01-31", "2026-04-30", "2026-07-31", "2026-10-31")
    ]
    assert [f"{each.due_on}" for each in rounds(storage, project, RoundKind.SURVEY)] == ["2026-04-30", "2026-10-31"]
