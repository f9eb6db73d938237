"""Who acts for somebody who is away."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import datetime

from hotline.domain.errors import Refused
from hotline.domain.staff.records import Absence, Team
from hotline.domain.staff.spans import holds_at, overlap, require_forward


def absence_at(absences: Iterable[Absence], person_id: int, at: datetime) -> Absence | None:
    return next((each for each in absences if each.person_id == person_id and holds_at(each, at)), None)


def deputy_at(absences: Sequence[Absence], person_id: int, at: datetime) -> int | None:
    """Who acts for them: their deputy, or the deputy's where that one is away too. None: they are not away, or all
    whom one comes to are away or have named nobody."""
    asked = {person_id}
    absence = absence_at(absences, person_id, at)
    while absence is not None:
        deputy = absence.deputy_id
        if deputy is None or deputy in asked:
            return None
        asked.add(deputy)
        absence = absence_at(absences, deputy, at)
        if absence is None:
            return deputy
    return None


def acting_leader(unit: Team, absences: Sequence[Absence], at: datetime, gone: Container[int] = ()) -> int | None:
    """Who leads it at that moment: the leader; who acts for them; the unit's deputy, or who acts for that one. Nobody
    of `gone`, who are not with us any more."""
    for leader in (unit.leader_id, unit.deputy_id):
        if leader is None or leader in gone:
            continue
        away = absence_at(absences, leader, at) is not None
        there = deputy_at(absences, leader, at) if away else leader
        if there is not None and there not in gone:
            return there
    return None


def require_fit_absence(absences: Iterable[Absence], new: Absence) -> None:
    """It ends after it begins, somebody else stands in, and they are not away already. Raises Refused."""
    require_forward(new)
    if new.deputy_id == new.person_id:
        raise Refused("staff.own_deputy", field="deputy")
    for each in absences:
        if each.person_id == new.person_id and (each.id is None or each.id != new.id) and overlap(each, new):
            raise Refused("staff.away_already", field="since", since_at=each.since, until_at=each.until)
