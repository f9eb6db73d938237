"""A2: a lost mobile is rung in no shift while it is out, and in each as before when it is back."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.line.lost_mobile import LostMobile, reachable, without
from hotline.domain.line.roster import DutyNumber, Shift, duty_numbers
from tests.support.instance import at

NOON = at("2026-09-16T12:00")
ZHANG, LI, WANG = "13800000001", "13800000002", "13800000003"

_moments = st.integers(-50, 50).map(lambda hours: NOON + timedelta(hours=hours))
_numbers = st.sampled_from((ZHANG, LI, WANG))


@st.composite
def _shifts(draw: st.DrawFn) -> Shift:
    start = draw(_moments)
    end = start + timedelta(hours=draw(st.integers(1, 40)))
    backups = tuple(DutyNumber("b", each) for each in draw(st.lists(_numbers, max_size=2)))
    return Shift("p", tuple(draw(st.lists(_numbers, min_size=1, max_size=2))), backups, start, end)


@st.composite
def _lost(draw: st.DrawFn) -> LostMobile:
    out = draw(_moments)
    back = draw(st.none() | st.integers(1, 60).map(lambda hours: out + timedelta(hours=hours)))
    return LostMobile(draw(_numbers), "p", "", "chen", out, put_back_at=back)


@given(st.lists(_shifts(), max_size=4), st.lists(_lost(), max_size=3), _moments)
def test_a2_what_rings_is_what_is_planned_without_what_is_lost_then(
    shifts: list[Shift], lost: list[LostMobile], moment: datetime
) -> None:
    out = {each.number for each in lost if each.is_out(moment)}
    planned = {each.number for each in duty_numbers(shifts, (), moment)}
    assert {each.number for each in duty_numbers(reachable(shifts, lost), (), moment)} == planned - out


def test_a2_a_number_is_out_however_it_is_spelt() -> None:
    lost = [LostMobile("+86 138 0000 0001", "张三", "", "chen", NOON)]
    assert without([DutyNumber("张三", ZHANG), DutyNumber("李四", LI)], lost, NOON) == (DutyNumber("李四", LI),)
    assert without([DutyNumber("张三", ZHANG)], lost, NOON - timedelta(seconds=1)) == (DutyNumber("张三", ZHANG),)


def test_a16_time_in_which_nobody_is_left_is_in_no_shift() -> None:
    shift = Shift("张三", (ZHANG,), (), NOON, NOON + timedelta(hours=8))
    lost = [LostMobile(ZHANG, "张三", "", "chen", NOON + timedelta(hours=2), put_back_at=NOON + timedelta(hours=3))]
    spans = [(each.starts_at, each.ends_at) for each in reachable([shift], lost)]
    hours = [NOON + timedelta(hours=each) for each in (0, 2, 3, 8)]
    assert spans == [(hours[0], hours[1]), (hours[2], hours[3])]
