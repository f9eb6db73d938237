"""A shift whose person is away for some of it (F6): no minute of it is lost, none is had twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.interval import Interval
from hotline.domain.shifts.parting import parted
from hotline.domain.shifts.shift import PlannedShift

START = datetime(2026, 11, 16, tzinfo=UTC)
_HOURS = st.integers(0, 72)


def interval(first: int, second: int) -> Interval:
    return Interval(START + timedelta(hours=min(first, second)), START + timedelta(hours=max(first, second) + 1))


@given(_HOURS, _HOURS, _HOURS, _HOURS, st.booleans())
def test_all_parts_together_are_the_whole_shift(one: int, two: int, three: int, four: int, duty: bool) -> None:
    span, away = interval(one, two), interval(three, four)
    shift = PlannedShift("王五", span.starts_at, span.ends_at, 7, duty=duty, published_at=START, version=3, id=9)
    parts = parted(shift, away)
    if not shift.meets(away.starts_at, away.ends_at):
        assert parts is None
        return
    assert parts is not None
    every = sorted((*parts.kept, parts.open), key=lambda each: each.starts_at)
    assert (every[0].starts_at, every[-1].ends_at) == (shift.starts_at, shift.ends_at)
    assert all(before.ends_at == after.starts_at for before, after in pairwise(every))
    assert not any(each.meets(away.starts_at, away.ends_at) for each in parts.kept)
    assert all(each.person_id == 7 and each.is_published and each.duty is duty for each in parts.kept)
    assert parts.open.is_open and not parts.open.is_published and parts.open.duty is duty
    assert all(each.id is None for each in every)
