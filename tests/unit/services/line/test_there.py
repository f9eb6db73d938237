"""A2, A16: who is away without leave, suspended or gone gets no callers; the deputy does, and a gap is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.line.roster import DutyNumber
from hotline.domain.line.routing import Arrival, RouteKind
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Absence
from hotline.services.line.astdb import LinesInAstdb
from hotline.services.line.duty import duty_shifts
from hotline.services.line.roster import find_gaps, unwatched
from hotline.services.line.routing import decide
from hotline.services.shifts.plan_view import PlanQuery, see_plan
from hotline.services.staff.absences import come_back, go_away
from hotline.storage.accounts.users import UserStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.pbx import RememberingPbx
from tests.support.shift_team import Team

NIGHT = at("2026-09-16T20:00")
HOUR = timedelta(hours=1)
WANG, LI, TAO = "13900000001", "13900000002", "13900000003"
BOSS = Actor("boss", (Role.SUPERVISOR,), "周主管")


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, NIGHT, "")


@pytest.fixture
def team(hotline: Hotline) -> Team:
    return Team(hotline.storage, hotline.settings)


def rung(team: Team) -> list[str]:
    return [each.number for each in decide(team.storage, team.settings, Arrival("main"), NIGHT).duty]


def away(team: Team, actor: Actor, person_id: int, deputy: int | None = None) -> Absence:
    return go_away(team.storage, Absence(person_id, NIGHT - HOUR, NIGHT + 2 * HOUR, deputy), actor, NIGHT - HOUR)


def closed(storage: Storage, username: str) -> None:
    with storage.writing() as tx:
        user = UserStore(tx).by_username(username)
        assert user is not None
        UserStore(tx).update(replace(user, active=False))


def test_a2_the_turn_is_the_deputys_and_theirs_again_when_they_are_back(team: Team) -> None:
    team.put(team.wang_id, NIGHT - 2 * HOUR, 12, duty=True)
    gone = away(team, team.wang, team.wang_id, team.li_id)
    assert rung(team) == [LI]
    chained = away(team, team.li, team.li_id, team.tao_id)
    assert rung(team) == [TAO]
    come_back(team.storage, chained.id or 0, team.li, NIGHT)
    come_back(team.storage, gone.id or 0, team.wang, NIGHT)
    assert rung(team) == [WANG]


def test_a2_asterisk_is_told_whom_to_ring_while_our_ivr_is_away(team: Team) -> None:
    team.put(team.wang_id, NIGHT - 2 * HOUR, 12, duty=True)
    away(team, team.wang, team.wang_id, team.li_id)
    pbx = RememberingPbx()
    LinesInAstdb(team.storage, pbx, lambda: team.settings).write(NIGHT)
    assert pbx.database["hotline/main/duty"] == LI


def test_a2_without_a_deputy_it_is_the_next_ones_turn(team: Team) -> None:
    team.put(team.wang_id, NIGHT - 2 * HOUR, 12, duty=True, backups=(DutyNumber("李四", LI), DutyNumber("陶然", TAO)))
    away(team, team.wang, team.wang_id)
    assert rung(team) == [LI, TAO]
    away(team, team.li, team.li_id)
    assert rung(team) == [TAO]


def test_a16_where_nobody_is_left_it_is_a_gap_and_voicemail(team: Team) -> None:
    team.put(team.wang_id, NIGHT - 2 * HOUR, 12, duty=True)
    until = NIGHT + 10 * HOUR
    assert find_gaps(team.storage, team.settings, NIGHT, until) == []
    away(team, team.wang, team.wang_id)
    assert decide(team.storage, team.settings, Arrival("main"), NIGHT).kind is RouteKind.VOICEMAIL
    [gap] = find_gaps(team.storage, team.settings, NIGHT, until)
    assert (gap.starts_at, gap.ends_at) == (NIGHT, NIGHT + 2 * HOUR)
    assert unwatched(team.storage, team.settings, NIGHT)[0] == gap
    day = NIGHT.date()
    page = see_plan(team.storage, team.settings, PlanQuery(day, day), BOSS, NIGHT)
    assert any(each.starts_at == NIGHT and each.ends_at == NIGHT + 2 * HOUR for each in page.duty_gaps)


@pytest.mark.parametrize("how", ["suspended", "expired", "gone"])
def test_a2_whoever_is_suspended_expired_or_gone_is_rung_no_more(team: Team, how: str) -> None:
    """Though the shift names a number of its own."""
    team.put(team.wang_id, NIGHT - 2 * HOUR, 12, duty=True, numbers=(WANG,), backups=(DutyNumber("李四", LI),))
    assert rung(team) == [WANG, LI]
    with team.storage.writing() as tx:
        person, user = StaffStore(tx).person(team.wang_id), UserStore(tx).by_username("wang")
        assert person is not None and user is not None
        if how == "gone":
            assert StaffStore(tx).update_person(replace(person, active=False, updated_at=NIGHT), person.version)
        else:
            UserStore(tx).update(
                replace(user, active=how != "suspended", expires_at=NIGHT if how == "expired" else None)
            )
    assert rung(team) == [LI]


def test_a16_an_account_that_will_end_leaves_a_gap_from_then_on_and_no_day_before_it(team: Team) -> None:
    team.put(team.wang_id, NIGHT - 2 * HOUR, 12, duty=True)
    with team.storage.writing() as tx:
        user = UserStore(tx).by_username("wang")
        assert user is not None
        UserStore(tx).update(replace(user, expires_at=NIGHT + HOUR))
    [gap] = find_gaps(team.storage, team.settings, NIGHT, NIGHT + 9 * HOUR)
    assert gap.starts_at == NIGHT + HOUR
    assert rung(team) == [WANG]


def test_a2_a_deputy_who_has_left_or_has_no_mobile_is_not_rung(team: Team) -> None:
    team.put(team.wang_id, NIGHT - 2 * HOUR, 12, duty=True, backups=(DutyNumber("陶然", TAO),))
    away(team, team.wang, team.wang_id, team.li_id)
    closed(team.storage, "li")
    assert rung(team) == [TAO]


def test_a16_a_day_that_is_over_stays_as_it_was_when_an_account_is_closed(team: Team) -> None:
    team.put(team.wang_id, NIGHT - 2 * HOUR, 12, duty=True)
    closed(team.storage, "wang")
    with team.storage.reading() as tx:
        assert len(duty_shifts(tx, team.settings, NIGHT - HOUR, NIGHT, now=NIGHT)) == 1
        assert duty_shifts(tx, team.settings, NIGHT, NIGHT + HOUR, now=NIGHT) == []
