"""Whoever is granted leave loses their shifts of that time: seen, told, given to somebody else; never a silent gap."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hotline.domain.errors import Conflict, Forbidden, NotFound, Outdated, Refused
from hotline.domain.people import Actor, Role
from hotline.domain.shifts.leave import Leave, LeaveWish
from hotline.domain.shifts.shift import PlannedShift
from hotline.services.accounts.accounts import add_user
from hotline.services.line.roster import find_gaps
from hotline.services.shifts import leave, plan
from hotline.services.shifts.open_shifts import give_shift, list_open
from hotline.services.shifts.own_view import see_requests
from hotline.services.shifts.plan_view import PlanQuery, see_plan
from hotline.services.waiting import waiting_of
from hotline.settings.load import default_settings
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.rows import MORNING
from tests.support.shift_team import Team

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONDAY = MORNING + 7 * DAY
OTHER = Actor("other", (Role.SUPERVISOR,), "另一主管")


@pytest.fixture
def team(storage: Storage) -> Team:
    return Team(storage, default_settings())


@pytest.fixture
def boss(team: Team) -> Actor:
    user, _password = add_user(team.storage, "boss", "周主管", (Role.SUPERVISOR,), MORNING, "test")
    add_user(team.storage, "other", "另一主管", (Role.SUPERVISOR,), MORNING, "test")
    return Actor("boss", user.roles, "周主管", user.id)


def granted(team: Team, boss: Actor, since: datetime, until: datetime, now: datetime = MORNING) -> Leave:
    return leave.enter_leave(team.storage, team.settings, team.wang_id, LeaveWish(since, until, "生病"), boss, now)


def shifts(team: Team) -> list[PlannedShift]:
    with team.storage.reading() as tx:
        return ShiftStore(tx).between(MORNING - 60 * DAY, MORNING + 60 * DAY, drafts=True)


def told(team: Team, username: str, kind: str) -> int:
    with team.storage.reading() as tx:
        person = next(each for each in StaffStore(tx).all() if each.name == username)
        found = NotificationStore(tx).of_person(person.id or 0)
    return sum(each.kind == kind for each in found)


def test_a_shift_of_these_days_is_nobodys_and_who_plans_is_told(team: Team, boss: Actor) -> None:
    kept, lost = team.put(team.wang_id, MONDAY), team.put(team.wang_id, MONDAY + DAY)
    draft = team.put(team.wang_id, MONDAY + DAY + 9 * HOUR, 2, published_at=None)
    granted(team, boss, MONDAY + DAY, MONDAY + 2 * DAY)
    [opened] = list_open(team.storage, boss, MORNING)
    assert (opened.id, opened.span, opened.person) == (lost.id, lost.span, "")
    assert {each.id for each in shifts(team) if each.person_id == team.wang_id} == {kept.id, draft.id}
    assert told(team, "另一主管", "shifts_open") == 1 and told(team, "周主管", "shifts_open") == 0
    assert waiting_of(team.storage, boss, ["shift_requests"], MORNING) == {"shift_requests": 1}


def test_the_duty_mobile_of_a_month_is_lost_for_these_days_alone_and_the_gap_is_found(team: Team, boss: Actor) -> None:
    """A16."""
    team.put(team.wang_id, MORNING, 20 * 24, duty=True, kind="duty")
    before = find_gaps(team.storage, team.settings, MONDAY, MONDAY + 3 * DAY)
    granted(team, boss, MONDAY, MONDAY + 2 * DAY)
    spans = [(each.is_open, each.starts_at, each.ends_at) for each in shifts(team)]
    assert spans == [
        (False, MORNING, MONDAY),
        (True, MONDAY, MONDAY + 2 * DAY),
        (False, MONDAY + 2 * DAY, MORNING + 20 * DAY),
    ]
    after = find_gaps(team.storage, team.settings, MONDAY, MONDAY + 3 * DAY)
    assert not before and after and all(MONDAY <= each.starts_at < MONDAY + 2 * DAY for each in after)


def test_whoever_falls_ill_in_mid_shift_loses_the_rest_of_it(team: Team, boss: Actor) -> None:
    team.put(team.wang_id, MORNING)
    granted(team, boss, MORNING - HOUR, MORNING + DAY, now=MORNING + 3 * HOUR)
    assert [(each.person, each.ends_at - each.starts_at) for each in shifts(team)] == [
        ("王五", 3 * HOUR),
        ("", 5 * HOUR),
    ]


def test_what_is_over_stays_theirs(team: Team, boss: Actor) -> None:
    over = team.put(team.wang_id, MORNING - DAY)
    granted(team, boss, MORNING - 2 * DAY, MORNING + DAY)
    assert [(each.id, each.person_id) for each in shifts(team)] == [(over.id, team.wang_id)]


def test_an_open_shift_covers_no_desk_and_no_publishing_hides_it(team: Team, boss: Actor) -> None:
    team.put(team.wang_id, MONDAY)
    team.put(team.li_id, MONDAY + DAY)
    day = (MONDAY + 8 * HOUR).date()
    granted(team, boss, MONDAY, MONDAY + DAY)
    published = plan.publish(team.storage, team.settings, day, day + DAY, boss, MORNING)
    assert published.shifts == 0
    seen = see_plan(team.storage, team.settings, PlanQuery(day, day), boss, MORNING)
    assert seen.rows[0].person_id == 0 and len(seen.rows[0].cells[0]) == 1 and seen.drafts == 0 and seen.gaps


def test_it_is_given_to_somebody_who_is_told_at_once(team: Team, boss: Actor) -> None:
    team.put(team.wang_id, MONDAY)
    granted(team, boss, MONDAY, MONDAY + DAY)
    [opened] = list_open(team.storage, boss, MORNING)
    free = see_requests(team.storage, boss, MORNING).free[opened.id or 0]
    assert {"李四", "陶然"} <= {each.name for each in free} and "王五" not in {each.name for each in free}
    given = give_shift(team.storage, opened.id or 0, opened.version, team.li_id, boss, MORNING)
    assert given.is_published and given.person_id == team.li_id and told(team, "李四", "shift_added") == 1
    assert list_open(team.storage, boss, MORNING) == []
    with pytest.raises(Conflict):
        give_shift(team.storage, opened.id or 0, given.version, team.tao_id, boss, MORNING)


def test_who_cannot_have_it_is_refused(team: Team, boss: Actor) -> None:
    team.put(team.wang_id, MONDAY)
    team.put(team.li_id, MONDAY + HOUR)
    granted(team, boss, MONDAY, MONDAY + DAY)
    [opened] = list_open(team.storage, boss, MORNING)
    shift_id = opened.id or 0
    for person_id, code in (
        (team.wang_id, "shifts.away_then"),
        (team.li_id, "shifts.overlap"),
        (999, "shifts.no_person"),
    ):
        with pytest.raises(Refused) as refused:
            give_shift(team.storage, shift_id, opened.version, person_id, boss, MORNING)
        assert refused.value.code == code
    with pytest.raises(Outdated):
        give_shift(team.storage, shift_id, opened.version - 1, team.tao_id, boss, MORNING)
    with pytest.raises(NotFound):
        give_shift(team.storage, 10**6, 1, team.tao_id, boss, MORNING)
    with pytest.raises(Forbidden):
        give_shift(team.storage, shift_id, opened.version, team.tao_id, team.tao, MORNING)
    with pytest.raises(Refused, match=r"shifts\.over"):
        give_shift(team.storage, shift_id, opened.version, team.tao_id, boss, MONDAY + DAY)
