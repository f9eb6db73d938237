"""Kinds of shift, patterns and limits, as the settings have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from hotline.domain.shifts.faults import Pause, WorkLimits
from hotline.domain.shifts.pattern import Pattern, ShiftHours
from hotline.domain.shifts.shift import PlannedShift
from hotline.settings import Settings


@dataclass(frozen=True, slots=True)
class ShiftKind:
    """`duty`: whoever has it has the duty mobile, and is not at the desk."""

    id: str
    name: str
    hours: ShiftHours
    pause: timedelta
    duty: bool


def shift_kinds(settings: Settings) -> Mapping[str, ShiftKind]:
    """In the order of the settings."""
    return {
        kind_id: ShiftKind(
            kind_id, kind.name, ShiftHours(*kind.clocks), timedelta(minutes=kind.break_minutes), kind.duty
        )
        for kind_id, kind in settings.shifts.kinds.items()
    }


def patterns(settings: Settings) -> Mapping[str, Pattern]:
    return {
        pattern_id: Pattern(
            kept.cycle, kept.offset, frozenset(day - 1 for day in kept.weekdays), kept.by_week, kept.in_turn
        )
        for pattern_id, kept in settings.shifts.patterns.items()
    }


def limits(settings: Settings) -> WorkLimits:
    ours = settings.shifts
    return WorkLimits(timedelta(hours=ours.rest_hours), timedelta(hours=ours.week_hours))


def pause_of(settings: Settings) -> Pause:
    """What of a shift is a pause: its kind's, never more than the shift."""
    pauses = {kind.id: kind.pause for kind in shift_kinds(settings).values()}

    def pause(shift: PlannedShift) -> timedelta:
        return min(pauses.get(shift.kind, timedelta()), shift.length)

    return pause
