"""The floor and the reports count the same day alike, whichever way it is counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.domain.calls.call import Call
from hotline.domain.floor.figures import Figures, counted, figures
from hotline.domain.reports.scope import Axis, Scope, Value
from hotline.services.calls.ledger import record
from hotline.services.floor.floor import marks
from hotline.services.reports.facts import follow, rebuild
from hotline.services.reports.figures import split, values
from hotline.settings import Settings
from hotline.storage.transaction import Storage
from tests.support.busy_floor import day_of_calls
from tests.support.instance import an_instance, at

NOON = at("2026-11-16 12:00")
DAY = Scope(at("2026-11-16 00:00"), at("2026-11-17 00:00"))

#: What the floor calls a figure, and what reports do.
COUNTS = {
    "incoming": "incoming",
    "offered": "put_through",
    "answered": "answered",
    "answered_by_mobile": "answered_by_mobile",
    "short_abandoned": "short_abandons",
    "unanswered": "lost_unanswered",
    "callbacks": "callbacks_wanted",
    "voicemails": "voicemails",
    "self_served": "served_in_menu",
    "failed": "broken_off",
}
SHARES = {
    "service_level_percent": "service_level",
    "abandoned_percent": "abandonment",
    "connected_percent": "connection_rate",
    "answered_in_time_percent": "answered_in_time",
    "answered_quickly_percent": "answered_quickly",
    "answered_in_rings_percent": "in_three_rings",
    "average_answer_seconds": "average_answer",
}
STAGES = {"ivr": "lost_in_menu", "queue": "lost_in_queue", "ringing": "lost_ringing"}
NAMES = [*COUNTS.values(), *SHARES.values(), *STAGES.values(), "wait_all_longest"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return an_instance(tmp_path, NOON).settings


def keep(storage: Storage, calls: list[Call], now: datetime = NOON) -> None:
    record(storage, "node1", calls, [], lambda call: None, now)


def reported(storage: Storage, settings: Settings, scope: Scope = DAY) -> dict[str, Value]:
    with storage.reading() as tx:
        return values(tx, scope, NAMES, settings)


def assert_alike(floor: Figures, found: dict[str, Value]) -> None:
    for theirs, ours in COUNTS.items():
        assert found[ours].value == getattr(floor, theirs), ours
    for theirs, ours in STAGES.items():
        assert found[ours].value == getattr(floor.abandoned, theirs), ours
    for theirs, ours in SHARES.items():
        value = found[ours].value
        assert (None if value is None else round(value, 1)) == pytest.approx(getattr(floor, theirs), abs=0.1001), ours
    longest = floor.longest_wait_seconds
    if longest is not None:
        assert found["wait_all_longest"].value == -(-round(longest * 1000) // 1000)


def test_a_busy_day(storage: Storage, settings: Settings) -> None:
    """A8, A11, G4, G5: from the facts while the day lasts, and from its sums once it is over."""
    calls = day_of_calls(NOON)
    floor = figures([each for each in map(counted, calls) if each is not None], marks(settings))
    keep(storage, calls)
    rebuild(storage, settings, NOON)
    assert_alike(floor, reported(storage, settings))
    rebuild(storage, settings, NOON + timedelta(days=1))
    assert_alike(floor, reported(storage, settings))
    with storage.reading() as tx:
        halves = split(tx, DAY, ["incoming"], Axis.HALF_HOUR, settings)
    assert sum(each.values["incoming"].value or 0 for each in halves) == floor.incoming


def test_what_the_outbox_tells_is_followed(storage: Storage, settings: Settings) -> None:
    follow(storage, settings, NOON)
    keep(storage, day_of_calls(NOON))
    follow(storage, settings, NOON)
    assert reported(storage, settings)["incoming"].value == len(day_of_calls(NOON))
