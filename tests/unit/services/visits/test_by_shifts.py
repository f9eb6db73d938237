"""A visit is dialled where its visitor's shift meets the hours in which customers are called (E7)."""

from __future__ import annotations

from datetime import datetime

import pytest

from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.visits.planned import NewVisit
from hotline.domain.visits.visit import Origin, Visit
from hotline.services.visits.assigning import assign_waiting
from hotline.services.visits.planning import plan
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.visits.store import VisitStore
from tests.support.cases import NUMBER, Desk, shanghai

NOW = shanghai(2026, 3, 17, 10)  # a Tuesday


def shift(desk: Desk, name: str, since: datetime, until: datetime) -> None:
    with desk.storage.writing() as tx:
        ids = {each.name: each.id for each in StaffStore(tx).all()}
        ShiftStore(tx).add(PlannedShift(name, since, until, ids[name], published_at=NOW))


def shared_out(desk: Desk, *barred: str) -> Visit:
    with desk.storage.writing() as tx:
        new = NewVisit(Origin.BY_HAND, NOW, purpose="安装", number=NUMBER, barred=barred)
        made = plan(tx, desk.settings, new, "boss", NOW)
    assert made is not None
    assign_waiting(desk.storage, desk.settings, NOW)
    with desk.storage.reading() as tx:
        return VisitStore(tx).by_ids([made.id or 0])[made.id or 0]


@pytest.mark.parametrize(
    ("since", "until", "call_at"),
    [
        (shanghai(2026, 3, 17, 18, 30), shanghai(2026, 3, 17, 23), shanghai(2026, 3, 17, 18, 30)),
        (shanghai(2026, 3, 18, 11), shanghai(2026, 3, 18, 15), shanghai(2026, 3, 18, 11)),
        (shanghai(2026, 3, 18, 12, 15), shanghai(2026, 3, 18, 18), shanghai(2026, 3, 18, 14)),
    ],
)
def test_the_visitors_shift_meets_the_hours_of_calling(
    desk: Desk, since: datetime, until: datetime, call_at: datetime
) -> None:
    shift(desk, "周", since, until)
    visit = shared_out(desk, "li")
    assert (visit.visitor, visit.call_at) == ("zhou", call_at)


def test_whose_shift_lies_in_rest_time_alone_does_not_make_it(desk: Desk) -> None:
    shift(desk, "周", shanghai(2026, 3, 17, 20), shanghai(2026, 3, 18, 8))
    shift(desk, "李", shanghai(2026, 3, 18, 9), shanghai(2026, 3, 18, 12))
    assert shared_out(desk).visitor == "li"
    assert shared_out(desk, "li").visitor == "boss"  # of whom the plan knows nothing
