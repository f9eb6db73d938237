"""A deadline as it is kept: what happened to it, and copies of what follows from that, by which it is found.

Named tuples, since a hundred thousand are made at once: a frozen dataclass takes five times as long to make.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, NewType

from hotline.domain.calendar import WorkCalendar
from hotline.domain.deadlines.deadline import Deadline

#: Which clock of a thing it is: "promise" and "record" are two clocks of one log form. A name is one feature's own, and
#: tells the kind of thing too. It is stored: one that is renamed is another one.
ClockName = NewType("ClockName", str)


class PauseReason(StrEnum):
    """Why a clock stands. One of a few: free text could tell of a person (G3)."""

    CUSTOMER = "customer"  # they asked us to wait, or cannot be reached
    OUTSIDE = "outside"  # somebody who is not ours has to do something first
    ORDERED = "ordered"  # a supervisor ordered it


class KeptDeadline(NamedTuple):
    """The clock `clock` of the thing `object_id`, by the calendar of `line` ("" the site's; a line's id,
    or a department's key: hotline.domain.calendar_key). `by_setting`: its term is
    what the settings say, and another setting gives it another one; else its term was agreed for it alone.

    Copies, made by `recounted` alone: `due_at` None while it is paused in time; `warned_at`: the moment to warn;
    `breached_at` when it was broken, as far as is known; `counted_by`: which calendar and which settings.
    `warning_told_at`, `breach_told_at`: when the feature was told of it as it is due now.
    """

    clock: ClockName
    object_id: int
    line: str
    deadline: Deadline
    by_setting: bool
    due_at: datetime | None = None
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    warning_told_at: datetime | None = None
    breach_told_at: datetime | None = None
    counted_by: str = ""
    id: int | None = None

    def recounted(
        self, deadline: Deadline, calendar: WorkCalendar, warn_before: timedelta, counted_by: str, now: datetime
    ) -> KeptDeadline:
        """With what happened as in `deadline`, and all copies made anew. What was told stays told, unless the moment
        that it was told of has moved ahead of `now`: then it will be told again."""
        due = deadline.due_at(calendar)
        warned = deadline.warned_before(due, calendar, warn_before)
        until = deadline.stopped_at or now
        broken = due is not None and due <= until
        return KeptDeadline(
            self.clock,
            self.object_id,
            self.line,
            deadline,
            self.by_setting,
            due,
            warned,
            due if broken else None,
            self.warning_told_at if warned is not None and warned <= until else None,
            self.breach_told_at if broken else None,
            counted_by,
            self.id,
        )


class DeadlineMove(NamedTuple):
    """An open deadline is due at another moment than before, because the calendar or a setting became another. None: it
    was paused in time, and is not any more; or the other way round."""

    clock: ClockName
    object_id: int
    was_due_at: datetime | None
    due_at: datetime | None
    calendar_changed: bool
    term_changed: bool
    at: datetime | None = None
    by: str = ""
