"""What becomes of a shift whose person is away for some of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hotline.domain.interval import Interval, subtract
from hotline.domain.shifts.shift import PlannedShift


@dataclass(frozen=True, slots=True)
class Parted:
    """`kept`: what stays theirs, by start; `open`: what nobody has any more, and is to be given to somebody."""

    kept: Sequence[PlannedShift]
    open: PlannedShift


def parted(shift: PlannedShift, away: Interval) -> Parted | None:
    """None where they do not meet. All parts together are the whole shift; none has the row's id."""
    if not shift.meets(away.starts_at, away.ends_at):
        return None
    gone = Interval(max(shift.starts_at, away.starts_at), min(shift.ends_at, away.ends_at))
    kept = [_part(shift, each) for each in subtract(shift.span, [gone]) if each.starts_at < each.ends_at]
    nobodys = replace(_part(shift, gone), person="", person_id=None, numbers=(), published_at=None)
    return Parted(kept, nobodys)


def _part(shift: PlannedShift, span: Interval) -> PlannedShift:
    return replace(shift, starts_at=span.starts_at, ends_at=span.ends_at, version=1, id=None)
