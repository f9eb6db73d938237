"""How long operators were paused on a day."""

from __future__ import annotations

from datetime import timedelta

from hotline.domain.operators.pauses import Pause, pauses_within
from hotline.domain.operators.presence import ShownState, StateChange
from tests.support.instance import at

BEGAN = at("2026-11-16 00:00:00")
NOW = at("2026-11-16 12:00:00")


def change(hour: float, state: ShownState, reason: str = "", extension: str = "1001") -> StateChange:
    return StateChange(extension, BEGAN + timedelta(hours=hour), state, reason)


def test_pauses_are_cut_at_the_ends_of_the_day_and_parted_by_calls() -> None:
    changes = [
        change(-2, ShownState.PAUSED, "training"),
        change(1, ShownState.READY),
        change(9, ShownState.PAUSED, "rest"),
        change(9.5, ShownState.TALKING),
        change(10, ShownState.PAUSED, "rest"),
        change(10.5, ShownState.PAUSED, "meal"),
    ]
    found = list(pauses_within(changes, BEGAN, NOW))
    assert [(each.reason, each.seconds / 3600) for each in found] == [
        ("training", 1.0),
        ("rest", 0.5),
        ("rest", 0.5),
        ("meal", 1.5),
    ]


def test_operators_are_told_apart_and_who_never_changed_has_none() -> None:
    changes = [change(8, ShownState.PAUSED, "rest", "1002"), change(7, ShownState.READY), change(9, ShownState.OFFLINE)]
    assert list(pauses_within(changes, BEGAN, NOW)) == [Pause("1002", "rest", BEGAN + timedelta(hours=8), NOW)]
    assert list(pauses_within([], BEGAN, NOW)) == []
