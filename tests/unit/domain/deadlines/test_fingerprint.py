"""By what a deadline was counted: whatever moves one gives another fingerprint."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from hotline.domain.calendar import Hours, WorkCalendar
from hotline.domain.deadlines.fingerprint import counted_by, what_changed

WORKDAY = (Hours(time(9), time(17)),)
USUAL = WorkCalendar((WORKDAY,) * 5 + ((), ()), WORKDAY)
DAY = frozenset({date(2026, 3, 16)})


@pytest.mark.parametrize(
    "other",
    [
        replace(USUAL, week=(WORKDAY,) * 7),
        replace(USUAL, makeup_day=()),
        replace(USUAL, closed=DAY),
        replace(USUAL, open=DAY),
        replace(USUAL, makeup=DAY),
        replace(USUAL, covered_years=frozenset({2031})),
    ],
)
def test_each_part_of_a_calendar_counts(other: WorkCalendar) -> None:
    assert what_changed(counted_by(USUAL, "30"), counted_by(other, "30")) == (True, False)


def test_the_settings_are_told_apart_from_the_calendar() -> None:
    assert what_changed(counted_by(USUAL, "30"), counted_by(USUAL, "60")) == (False, True)
