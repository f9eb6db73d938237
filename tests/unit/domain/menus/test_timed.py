"""Where a key leads at some times of the week."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.menus.timed import TimedTarget, next_turn, target_at, timed_target
from hotline.domain.time import SHANGHAI

SATURDAY = datetime(2026, 11, 14, 9, 0, tzinfo=SHANGHAI)
TIMES = ("sat,sun 09:00-12:00 voicemail", "mon-fri 17:00-24:00 queue:late")


@pytest.mark.parametrize(
    ("moment", "to"),
    [
        (SATURDAY, "voicemail"),
        (SATURDAY.astimezone(UTC), "voicemail"),
        (SATURDAY - timedelta(seconds=1), "operator"),
        (SATURDAY.replace(hour=12), "operator"),
        (SATURDAY + timedelta(days=2, hours=8), "queue:late"),
        (SATURDAY + timedelta(days=2, hours=14, minutes=59, seconds=59), "queue:late"),
        (SATURDAY + timedelta(days=2, hours=15), "operator"),
    ],
)
def test_a1_a_key_leads_by_the_week_in_shanghai(moment: datetime, to: str) -> None:
    assert target_at("operator", TIMES, moment) == to


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sat",
        "sat 09:00 voicemail",
        "sat 12:00-09:00 voicemail",
        "sat 09:00-09:00 voicemail",
        "sat 25:00-26:00 voicemail",
        "fri-mon 09:00-12:00 voicemail",
        "sat,,sun 09:00-12:00 voicemail",
        "someday 09:00-12:00 voicemail",
        "sat 09:00-12:00 nowhere",
        "sat 09:00-12:00 queue:",
        "sat 09:00-12:00 voicemail operator",
        "sat\n09:00-12:00 voicemail",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(LookupError):
        timed_target(text)


_MINUTES = st.integers(0, 24 * 60)
_TIMED = st.builds(
    lambda days, edges: TimedTarget(days, _clock(min(edges)), _clock(max(edges)), "voicemail"),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.lists(_MINUTES, min_size=2, max_size=2, unique=True),
)


def _clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


@given(_TIMED, _TIMED)
def test_two_overlap_when_some_minute_of_the_week_is_in_both(one: TimedTarget, other: TimedTarget) -> None:
    both = any(
        one.holds(day, _clock(minute)) and other.holds(day, _clock(minute))
        for day in range(7)
        for minute in range(1440)
    )
    assert one.overlaps(other) == other.overlaps(one) == both


@given(_TIMED, st.integers(0, 366 * 1440).map(lambda minutes: SATURDAY + timedelta(minutes=minutes)))
def test_the_next_turn_is_when_it_begins_to_hold(each: TimedTarget, moment: datetime) -> None:
    turn = next_turn([each], moment)[0]
    assert each.holds(turn.weekday(), turn.time())
    assert timedelta(0) <= turn - moment <= timedelta(days=8)
