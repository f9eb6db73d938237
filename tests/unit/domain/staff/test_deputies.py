"""Who acts for somebody who is away, and for somebody whose deputy is away too."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.domain.errors import Refused
from hotline.domain.staff.deputies import acting_leader, deputy_at, require_fit_absence
from hotline.domain.staff.records import Absence, Team
from tests.support.rows import MORNING

DAY = timedelta(days=1)
TOMORROW = MORNING + DAY


def _away(person: int, deputy: int | None, days: int = 1) -> Absence:
    return Absence(person, MORNING, MORNING + days * DAY, deputy, id=person)


def test_nobody_acts_for_who_is_there() -> None:
    assert deputy_at([], 1, MORNING) is None
    assert deputy_at([_away(1, 2)], 1, TOMORROW) is None


def test_the_deputy_of_a_deputy_who_is_away_acts() -> None:
    absences = [_away(1, 2, days=2), _away(2, 3)]
    assert deputy_at(absences, 1, MORNING) == 3
    assert deputy_at(absences, 1, TOMORROW) == 2


def test_deputies_in_a_ring_are_nobody() -> None:
    ring = [_away(1, 2), _away(2, 3), _away(3, 1)]
    assert [deputy_at(ring, person, MORNING) for person in (1, 2, 3)] == [None, None, None]
    assert deputy_at([_away(1, 2), _away(2, 3), _away(3, 2)], 1, MORNING) is None


def test_without_a_deputy_nobody_acts() -> None:
    assert deputy_at([_away(1, None)], 1, MORNING) is None
    assert deputy_at([_away(1, 2), _away(2, None)], 1, MORNING) is None


def test_the_leaders_own_deputy_comes_before_the_units() -> None:
    unit = Team("A", leader_id=1, deputy_id=5)
    assert acting_leader(unit, [], MORNING) == 1
    assert acting_leader(unit, [_away(1, 2)], MORNING) == 2
    assert acting_leader(unit, [_away(1, None)], MORNING) == 5
    assert acting_leader(unit, [_away(1, None), _away(5, 6)], MORNING) == 6
    assert acting_leader(unit, [_away(1, None), _away(5, None)], MORNING) is None
    assert acting_leader(Team("B"), [], MORNING) is None


def test_whoever_has_left_leads_nothing_and_acts_for_nobody() -> None:
    unit = Team("A", leader_id=1, deputy_id=5)
    assert acting_leader(unit, [], MORNING, {1}) == 5
    assert acting_leader(unit, [_away(1, 2)], MORNING, {2}) == 5
    assert acting_leader(unit, [_away(5, 6)], MORNING, {1}) == 6
    assert acting_leader(unit, [], MORNING, {5}) == 1
    assert acting_leader(unit, [], MORNING, {1, 5}) is None


def test_absences_that_make_no_sense_are_refused() -> None:
    codes = []
    for absence in (
        Absence(1, MORNING, TOMORROW, 1),
        Absence(1, TOMORROW, MORNING, 2),
        Absence(1, TOMORROW - timedelta(seconds=1), TOMORROW + DAY, 2),
    ):
        with pytest.raises(Refused) as refused:
            require_fit_absence([_away(1, 2)], absence)
        codes.append(refused.value.code)
    assert codes == ["staff.own_deputy", "staff.ends_before", "staff.away_already"]
    require_fit_absence([_away(1, 2)], Absence(1, TOMORROW, TOMORROW + DAY, 2))
    require_fit_absence([_away(1, 2)], Absence(2, MORNING, TOMORROW, 1))
    require_fit_absence([_away(1, 2)], _away(1, 3))
