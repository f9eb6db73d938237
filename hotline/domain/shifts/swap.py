"""A swap of shifts (F6): asked for, accepted by the other, approved if so set; and what it is refused for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from hotline.domain.shifts.faults import FaultKind, Pause, WorkLimits, faults
from hotline.domain.shifts.shift import PlannedShift


class SwapState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"  # by the other; waits for approval
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # the shift began, changed or went before everybody had said yes


#: Nothing more comes of these.
OVER = frozenset({SwapState.DONE, SwapState.REFUSED, SwapState.WITHDRAWN, SwapState.LAPSED})


class SwapProblem(StrEnum):
    """Why one is refused (F6)."""

    ONESELF = "oneself"
    PAST = "past"
    UNPUBLISHED = "unpublished"
    OVERLAP = "overlap"
    REST = "rest"
    WEEK = "week"
    LEAVE = "leave"
    QUEUE = "queue"
    MONTH = "month"
    GONE = "gone"
    PENDING = "pending"
    NUMBER = "number"

    @property
    def code(self) -> str:
        return f"shifts.swap_{self}"


@dataclass(frozen=True, slots=True)
class Swap:
    """`asker_id` gives `shift_id` to `taker_id`, and gets `other_id` for it (None: nothing)."""

    shift_id: int
    asker_id: int
    taker_id: int
    asked_at: datetime
    starts_at: datetime
    ends_at: datetime
    other_id: int | None = None
    other_starts_at: datetime | None = None
    other_ends_at: datetime | None = None
    words: str = ""
    state: SwapState = SwapState.ASKED
    answered_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
    answer: str = ""
    id: int | None = None

    def is_of(self, person_id: int) -> bool:
        return person_id in (self.asker_id, self.taker_id)


def exchanged(given: PlannedShift, got: PlannedShift | None, taker: tuple[int, str]) -> list[PlannedShift]:
    """The shifts as they are after it; a number of one's own stays with whoever it is of."""
    own = {"numbers": (), "backups": given.backups}
    changed = [replace(given, person_id=taker[0], person=taker[1], **own)]  # type: ignore[arg-type]
    if got is not None:
        back = {"person_id": given.person_id, "person": given.person, "numbers": ()}
        changed.append(replace(got, **back))  # type: ignore[arg-type]
    return changed


def problems_of_time(
    before: Sequence[PlannedShift], after: Sequence[PlannedShift], limits: WorkLimits, pause: Pause
) -> list[SwapProblem]:
    """What would be wrong after it and was not before; `before` and `after`: all shifts of both around then."""
    known = {(each.kind, each.shift.id, each.shift.person_id) for each in faults(before, limits, pause)}
    new = {
        each.kind
        for each in faults(after, limits, pause)
        if (each.kind, each.shift.id, each.shift.person_id) not in known
    }
    order = (
        (FaultKind.OVERLAP, SwapProblem.OVERLAP),
        (FaultKind.REST, SwapProblem.REST),
        (FaultKind.WEEK, SwapProblem.WEEK),
    )
    return [problem for kind, problem in order if kind in new]
