"""Who calls again and again (A15)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hotline.domain.line.frequent import Often, frequent
from hotline.domain.numbers import Number

BEGAN = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
MANY, WITHIN = 20, timedelta(minutes=10)
OFTEN = Often(MANY, WITHIN)
ONE, OTHER = Number("+8613800138000"), Number("+8613900139000")


@pytest.mark.parametrize(
    ("count", "step", "told"),
    [
        (MANY, WITHIN / (MANY - 1), True),
        (MANY, (WITHIN + timedelta(seconds=19)) / (MANY - 1), False),
        (MANY - 1, timedelta(seconds=1), False),
        (5 * MANY, timedelta(minutes=1), False),
    ],
)
def test_so_many_within_so_long(count: int, step: timedelta, told: bool) -> None:
    assert bool(frequent({ONE: [BEGAN + n * step for n in range(count)]}, OFTEN)) == told


def test_a_burst_among_ordinary_calls_counts_alone_and_the_latest_stands_first() -> None:
    burst = [BEGAN + timedelta(hours=3, seconds=n) for n in range(MANY + 4)]
    day = [BEGAN + timedelta(hours=n) for n in range(12)]
    other = [BEGAN + timedelta(hours=20, seconds=n) for n in range(MANY)]
    found = frequent({ONE: [*day, *burst], OTHER: other}, OFTEN)
    assert [each.number for each in found] == [OTHER, ONE]
    assert found[1].calls == MANY + 5 and found[1].last_at == BEGAN + timedelta(hours=11)
