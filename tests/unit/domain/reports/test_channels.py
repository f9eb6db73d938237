"""Channels of the trunk: who takes one, and for how long all are taken (figure 37, A1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.calls.call import Direction, Party, Ring, Talk
from hotline.domain.reports.channels import channels_of, time_with, within
from hotline.domain.reports.states import most_at_once
from tests.support.instance import at
from tests.support.sample_calls import DUTY, ZHAO, bare_call

_NOON = at("2026-11-16 12:00")


def seconds(number: int) -> datetime:
    return _NOON + timedelta(seconds=number)


_CALL = replace(bare_call(), started_at=seconds(0), ended_at=seconds(100), rings=(), talks=())


def rung(party: Party, start: int, end: int, result: str) -> Ring:
    return Ring(party, seconds(start), seconds(end), float(end - start), 1, result)


def test_a1_a_caller_takes_one_and_each_mobile_another_until_its_talk_is_over() -> None:
    """A phone of ours takes none."""
    call = replace(
        _CALL,
        rings=(rung(ZHAO, 5, 25, "no_answer"), rung(DUTY, 30, 50, "no_answer"), rung(DUTY, 55, 60, "answered")),
        talks=(Talk(DUTY, seconds(63), seconds(90)),),
    )
    assert list(channels_of(call, (), seconds(500))) == [
        (seconds(0), seconds(100)),
        (seconds(30), seconds(50)),
        (seconds(55), seconds(90)),
    ]


def test_a1_whoever_comes_over_another_trunk_takes_none_of_this_one() -> None:
    other = replace(_CALL, dialled="+861088886666")
    assert list(channels_of(other, {"861088886666"}, seconds(500))) == []
    assert list(channels_of(replace(_CALL, direction=Direction.DIALLED), (), seconds(500))) == []


def test_a1_what_has_no_end_yet_goes_up_to_now() -> None:
    call = replace(_CALL, ended_at=None, rings=(replace(rung(DUTY, 5, 9, ""), ended_at=None),))
    assert list(channels_of(call, (), seconds(50))) == [(seconds(0), seconds(50)), (seconds(5), seconds(50))]


_SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (seconds(min(pair)), seconds(max(pair)))),
    max_size=12,
)


@given(_SPANS, st.integers(1, 6))
def test_time_with_so_many_is_what_each_second_says(spans: list[tuple[datetime, datetime]], count: int) -> None:
    counted = sum(sum(start <= seconds(n) < end for start, end in spans) >= count for n in range(60))
    assert time_with(spans, count) == timedelta(seconds=counted)
    assert (time_with(spans, count) > timedelta()) == (most_at_once(spans) >= count)


@pytest.mark.parametrize(("since", "until", "left"), [(0, 100, 40), (20, 30, 10), (60, 90, 0), (35, 90, 15)])
def test_a_day_holds_its_own_part_of_a_call_over_midnight(since: int, until: int, left: int) -> None:
    found = within([(seconds(10), seconds(50))], seconds(since), seconds(until))
    assert sum((end - start for start, end in found), timedelta()) == timedelta(seconds=left)
