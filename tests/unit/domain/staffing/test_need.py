"""People needed by half hour against those planned, volumes typed in, and what stands against any plan."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from hotline.domain.errors import Refused
from hotline.domain.interval import Interval
from hotline.domain.shifts.faults import WorkLimits
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.staffing.days import SLOTS, LikeDay
from hotline.domain.staffing.need import Aim, people_there, staffing_of
from hotline.domain.staffing.proposal import Planner, ShiftChoice, generated, go_together, problem_of, why_none
from hotline.domain.staffing.typed import read_volumes, write_volumes
from hotline.domain.time import midnight

DAY = date(2026, 11, 23)
AIM = Aim(80, 20, 180, 30, 60, 0)
HOUR = timedelta(hours=1)


def at(hour: float) -> datetime:
    return midnight(DAY) + hour * HOUR


def shift(person: int, start: float, end: float, **more: object) -> PlannedShift:
    return PlannedShift(f"p{person}", at(start), at(end), person, **more)  # type: ignore[arg-type]


def test_missing_people_by_half_hour() -> None:
    calls = tuple(50.0 if 18 <= slot < 24 else 0.0 for slot in range(SLOTS))
    shifts = [shift(1, 9, 12), shift(2, 9.25, 12), shift(3, 9, 12, duty=True)]
    found = staffing_of(DAY, LikeDay.MON, calls, AIM, [Interval(at(9), at(12))], shifts)
    first, second = found.slots[18], found.slots[19]
    assert (first.planned, second.planned) == (1, 2), "who comes at a quarter past is not there all of the half hour"
    assert first.needed == second.needed == AIM.people(50) > 2
    assert first.missing == first.needed - 1
    assert found.missing == sum(each.missing for each in found.slots[18:24])
    assert not found.slots[24].open and found.slots[24].needed == 0


def test_nobody_is_needed_while_the_line_is_closed() -> None:
    calls = (20.0,) * SLOTS
    found = staffing_of(DAY, LikeDay.MON, calls, AIM, [Interval(at(9), at(10))], [])
    assert [slot for slot, each in enumerate(found.slots) if each.needed] == [18, 19]


def test_one_who_has_two_shifts_is_one_person() -> None:
    assert people_there([shift(1, 9, 12), shift(1, 9, 11)], at(9), at(9.5)) == 1


def test_volumes_are_read_as_they_are_copied() -> None:
    found = read_volumes("09:00\t12\t10\t10\t9\t8\t3\t2\n\n9:30-10:00, 1.5,0,0,0,0,0,0,4\n")
    assert found[LikeDay.MON][18] == 12 and found[LikeDay.MON][19] == 1.5
    assert found[LikeDay.HOLIDAY][19] == 4 and LikeDay.HOLIDAY in found
    assert read_volumes(write_volumes(found, [18, 19, 20])) == found


@pytest.mark.parametrize(
    "written", ["09:15 1 2 3 4 5 6 7", "09:00 1 2 3", "24:00 1 1 1 1 1 1 1", "09:00 1 2 3 4 5 6 x", "9 1 1 1 1 1 1 1"]
)
def test_what_is_no_volume_is_refused_by_line(written: str) -> None:
    with pytest.raises(Refused) as refused:
        read_volumes("09:30 1 1 1 1 1 1 1\n" + written)
    assert refused.value.code == "staffing.volumes" and refused.value.values["line"] == 2


LIMITS = WorkLimits(11 * HOUR, 44 * HOUR)


def test_two_shifts_need_a_rest_between_them() -> None:
    late, early = (ShiftChoice(Interval(at(a), at(b)), 8 * HOUR) for a, b in ((15, 23), (31, 39)))
    noon = ShiftChoice(Interval(at(34), at(42)), 8 * HOUR)
    assert not go_together(late, early, LIMITS.rest) and not go_together(early, late, LIMITS.rest)
    assert go_together(late, noon, LIMITS.rest)
    assert not go_together(early, noon, LIMITS.rest), "one shift a day"


def test_why_there_is_no_plan_is_said() -> None:
    calls = tuple(30.0 if slot == 18 else 0.0 for slot in range(SLOTS))
    days = [staffing_of(DAY, LikeDay.MON, calls, AIM, [Interval(at(9), at(17))], [])]
    choices = generated(days, 8 * HOUR)
    nobody = why_none(problem_of([], choices, days, LIMITS))
    assert nobody is not None and nobody.code == "staffing.why_nobody"
    away = Planner(1, "a", away=(Interval(at(0), at(24)),))
    few = why_none(problem_of([away, Planner(2, "b")], choices, days, LIMITS))
    assert few is not None and few.code == "staffing.why_slot"
    assert few.values == {"at": at(9), "needed": AIM.people(30), "able": 1}
    enough = [Planner(each, str(each)) for each in range(AIM.people(30))]
    assert why_none(problem_of(enough, choices, days, LIMITS)) is None
    tired = [Planner(each, str(each), planned=(Interval(at(-3), at(-1)),)) for each in range(20)]
    rest = why_none(problem_of(tired, choices, days, LIMITS))
    assert rest is not None and rest.code == "staffing.why_slot"
    assert datetime(2026, 11, 23, 1, tzinfo=UTC) == at(9)
