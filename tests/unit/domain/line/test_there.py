"""A2, A16: whoever is away has no turn with the duty mobile; who stands in has it, and else it is the next one's."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.line.roster import DutyNumber, Shift, duty_numbers, on_duty
from hotline.domain.line.there import NotThere, There
from tests.support.instance import at

NOON = at("2026-09-16T12:00")
HOUR = timedelta(hours=1)
MOBILES = {"+8613800000001": 1, "+8613800000002": 2, "+8613800000003": 3}
OWN = {1: DutyNumber("张三", "13800000001"), 2: DutyNumber("李四", "13800000002"), 3: DutyNumber("王五", "13800000003")}
NAMES = {each.person: person for person, each in OWN.items()}

_moments = st.integers(-50, 50).map(lambda hours: NOON + timedelta(hours=hours))
_people = st.sampled_from(sorted(OWN))


@st.composite
def _shifts(draw: st.DrawFn) -> Shift:
    start, person = draw(_moments), draw(_people)
    backups = tuple(OWN[each] for each in draw(st.lists(_people, max_size=2)))
    end = start + timedelta(hours=draw(st.integers(1, 40)))
    return Shift(OWN[person].person, (OWN[person].number,), backups, start, end, person_id=person)


@st.composite
def _absences(draw: st.DrawFn) -> tuple[int, NotThere]:
    start, person = draw(_moments), draw(_people)
    instead = draw(st.none() | st.just(DutyNumber("代班", "13900000009")))
    return person, NotThere(start, start + timedelta(hours=draw(st.integers(1, 60))), instead)


def there_of(*absences: tuple[int, NotThere]) -> There:
    return There({person: [each for whose, each in absences if whose == person] for person in OWN}, MOBILES, NAMES)


@given(st.lists(_shifts(), max_size=4), st.lists(_absences(), max_size=4), _moments)
def test_a2_at_each_moment_the_planned_order_rings_without_whoever_is_away(
    shifts: list[Shift], absences: list[tuple[int, NotThere]], moment: datetime
) -> None:
    expected: list[str] = []
    for duty in duty_numbers(shifts, (), moment):
        away = [each for whose, each in absences if OWN[whose] == duty and each.covers(moment)]
        if not away:
            expected.append(duty.number)
        elif away[0].instead:
            expected.append(away[0].instead.number)
    there = there_of(*absences)
    assert [each.number for each in duty_numbers(there.shifts(shifts), (), moment)] == list(dict.fromkeys(expected))
    assert [each.number for each in there.rung(duty_numbers(shifts, (), moment), moment)] == expected


def test_a16_time_in_which_nobody_is_left_is_in_no_shift() -> None:
    shift = Shift("张三", ("13800000001",), (), NOON, NOON + 8 * HOUR, person_id=1)
    parts = there_of((1, NotThere(NOON + 2 * HOUR, NOON + 3 * HOUR))).shifts([shift])
    assert [(each.starts_at, each.ends_at) for each in parts] == [
        (NOON, NOON + 2 * HOUR),
        (NOON + 3 * HOUR, NOON + 8 * HOUR),
    ]


def test_a2_a_shared_mobile_is_the_turn_of_whose_shift_it_is() -> None:
    shared = Shift("张三", ("02112345678",), (OWN[3],), NOON, NOON + HOUR, person_id=1)
    away = there_of((1, NotThere(NOON, NOON + HOUR, OWN[2])))
    assert duty_numbers(away.shifts([shared]), (), NOON) == (OWN[2], OWN[3])
    lent = Shift("张三", (OWN[2].number,), (), NOON, NOON + HOUR, person_id=1)
    assert duty_numbers(away.shifts([lent]), (), NOON)[0].number == OWN[2].number


def test_a2_a_shift_of_the_file_is_its_persons_by_name_and_a_stranger_is_always_there() -> None:
    by_name = Shift("张三", ("02112345678",), (), NOON, NOON + HOUR)
    stranger = Shift("保安", ("02187654321",), (), NOON, NOON + HOUR)
    away = there_of((1, NotThere(NOON, NOON + HOUR)))
    assert away.shifts([by_name, stranger]) == [stranger]


def test_a2_of_two_at_once_the_later_is_called_first_though_the_other_is_cut() -> None:
    month = Shift("张三", (OWN[1].number,), (), NOON - 20 * HOUR, NOON + 20 * HOUR, person_id=1)
    evening = Shift("王五", (OWN[3].number,), (), NOON, NOON + 8 * HOUR, person_id=3)
    away = there_of((1, NotThere(NOON + 2 * HOUR, NOON + 4 * HOUR, OWN[2])))
    ringing = away.shifts([month, evening])
    assert [each.person for each in on_duty(ringing, NOON + 3 * HOUR)] == ["王五", "李四"]
    assert [each.person for each in on_duty(ringing, NOON + 5 * HOUR)] == ["王五", "张三"]
