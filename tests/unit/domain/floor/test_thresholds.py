"""When the floor is in trouble, and for how long it must be before somebody is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hotline.domain.floor.thresholds import FloorLook, Lasting, QueueLook, Thresholds, Trouble, troubles

NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
LIMITS = Thresholds(3, 60, 80, 20, 10, 20)
CALM = QueueLook("service", "客服", 0, None, 2)
FLOOR = FloorLook((CALM,), True, 95.0, 100)
LONG = replace(CALM, waiting=4)
SLOW = replace(CALM, waiting=1, longest_wait_since=NOW - timedelta(seconds=61))
EMPTY = replace(CALM, ready=0)


@pytest.mark.parametrize(
    ("look", "found"),
    [
        (FLOOR, set()),
        (replace(FLOOR, queues=(LONG,)), {(Trouble.QUEUE_LONG, "service")}),
        (replace(FLOOR, queues=(replace(CALM, waiting=3),)), set()),
        (replace(FLOOR, queues=(SLOW,)), {(Trouble.WAIT_LONG, "service")}),
        (replace(FLOOR, queues=(replace(SLOW, longest_wait_since=NOW - timedelta(seconds=60)),)), set()),
        (replace(FLOOR, queues=(EMPTY,)), {(Trouble.NOBODY_READY, "service")}),
        (replace(FLOOR, queues=(EMPTY,), open=False), set()),
        (replace(FLOOR, service_level_percent=79.9), {(Trouble.SERVICE_LEVEL_LOW, "")}),
        (replace(FLOOR, service_level_percent=80.0), set()),
        (replace(FLOOR, service_level_percent=0.0, answerable=19), set()),
        (replace(FLOOR, service_level_percent=None), set()),
    ],
)
def test_what_is_beyond_its_threshold(look: FloorLook, found: set[tuple[Trouble, str]]) -> None:
    assert set(troubles(look, LIMITS, NOW)) == found


def test_with_no_threshold_nobody_is_told() -> None:
    worst = replace(SLOW, waiting=500, ready=0)
    none = Thresholds(0, 0, 0, 1, 0, 0)
    assert troubles(FloorLook((worst,), True, 0.0, 100), none, NOW) == {}


def test_what_comes_and_goes_tells_nobody() -> None:
    lasting, place = Lasting(), (Trouble.QUEUE_LONG, "service")
    there = troubles(replace(FLOOR, queues=(LONG,)), LIMITS, NOW)
    assert lasting.told(there, (), LIMITS, NOW) == ({}, [])
    assert lasting.told({}, (), LIMITS, NOW + timedelta(seconds=19)) == ({}, [])
    assert lasting.told(there, (), LIMITS, NOW + timedelta(seconds=25)) == ({}, [])
    told, _over = lasting.told(there, (), LIMITS, NOW + timedelta(seconds=45))
    assert set(told) == {place}


def test_it_is_over_once_it_has_been_gone_for_long_enough() -> None:
    lasting, place = Lasting(), (Trouble.QUEUE_LONG, "service")
    there = troubles(replace(FLOOR, queues=(LONG,)), LIMITS, NOW)
    assert lasting.told({}, [place], LIMITS, NOW) == ({}, [])
    told, over = lasting.told(there, [place], LIMITS, NOW + timedelta(seconds=10))  # back again: told at once
    assert set(told) == {place} and over == []
    assert lasting.told({}, [place], LIMITS, NOW + timedelta(seconds=15)) == ({}, [])
    assert lasting.told({}, [place], LIMITS, NOW + timedelta(seconds=35)) == ({}, [place])


def test_nobody_is_ready_for_minutes_before_it_is_told() -> None:
    lasting = Lasting()
    there = troubles(replace(FLOOR, queues=(EMPTY,)), LIMITS, NOW)
    for seconds in (0, 300, 599):
        assert lasting.told(there, (), LIMITS, NOW + timedelta(seconds=seconds)) == ({}, [])
    told, _over = lasting.told(there, (), LIMITS, NOW + timedelta(seconds=600))
    assert set(told) == {(Trouble.NOBODY_READY, "service")}
