"""How many calls come in the weeks to come, how many people they need, and where the plan has too few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from hotline.domain.calendar import local_day
from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.interval import Interval
from hotline.domain.months import monday_of
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.staffing.days import SLOTS, PastDay, like_day
from hotline.domain.staffing.forecast import Measured, Volumes, filled, fit, measure, weeks_of
from hotline.domain.staffing.left_out import LeftOutDay
from hotline.domain.staffing.need import Aim, StaffingDay, staffing_of
from hotline.domain.staffing.typed import read_volumes
from hotline.domain.time import end_of_day, midnight
from hotline.services.access import require_right
from hotline.services.calendar import work_calendar
from hotline.services.looks import note_look
from hotline.services.shifts.working import working_between
from hotline.services.staffing.history import past_days
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staffing.store import Lasting, LeftOutDayStore, VolumeStore
from hotline.storage.transaction import Storage, Transaction

#: Talks and patience of so long are looked at: they stand in the rows of the ledger, not in its index.
_LASTING = timedelta(weeks=4)
#: Where neither the settings nor any call says it (ours).
TALK_SECONDS, PATIENCE_SECONDS = 180.0, 90.0
MAX_WHY = 80
#: So many weeks ahead, and back, may be looked at.
_WEEKS_AWAY = 60


class Source(StrEnum):
    """What the forecast is from."""

    HISTORY = "history"
    TYPED = "typed"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class SeenStaffing:
    """A week from `first`, a Monday. `weeks`: of history that counts. `measured`: None without enough history.
    `left_out`: days that do not count, the latest first; `by_hand`: those of them that supervisors named. `typed`: what
    was typed in for this line; `open_slots`: half hours in which it is open on some day.
    `in_the_way`: how many shifts at the desk begin in the week already."""

    line: str
    first: date
    days: Sequence[StaffingDay]
    source: Source
    weeks: int
    measured: Measured | None
    aim: Aim
    lasting: Lasting
    left_out: Sequence[PastDay]
    by_hand: Sequence[LeftOutDay]
    typed: Volumes
    open_slots: Sequence[int]
    in_the_way: int

    @property
    def missing(self) -> int:
        """Half hours of people."""
        return sum(each.missing for each in self.days)


def desk_shifts(tx: Transaction, since: datetime, until: datetime) -> list[PlannedShift]:
    """Those at the desk, drafts too, that begin in this time."""
    found = ShiftStore(tx).between(since, until, drafts=True, duty=False)
    return [each for each in found if each.starts_at >= since]


def see_staffing(
    storage: Storage, settings: Settings, line: str, day: date, actor: Actor, now: datetime
) -> SeenStaffing:
    """The week in which `day` lies; `line` "": all lines together. Raises Forbidden, NotFound for a line that there is
    not, Refused for a week too far away."""
    require_right(Act.SEE_STAFFING, actor)
    _require_line(settings, line)
    today, first = local_day(now), monday_of(day)
    if abs((first - today).days) > _WEEKS_AWAY * 7:
        raise Refused("staffing.too_far", field="day")
    with storage.reading() as tx:
        seen = staffing_week(tx, settings, line, first, today, now)
    note_look(storage, actor, now, "staffing.view", "staffing", line)
    return seen


def type_volumes(storage: Storage, settings: Settings, line: str, written: str, actor: Actor, now: datetime) -> None:
    """As `keep_volumes`, of a spreadsheet's text. Raises Refused for a line of it that can't be read too."""
    require_right(Act.PLAN_STAFFING, actor)
    keep_volumes(storage, settings, line, read_volumes(written), actor, now)


def keep_volumes(
    storage: Storage, settings: Settings, line: str, volumes: Volumes, actor: Actor, now: datetime
) -> None:
    """What a site without history expects, in place of what was said before. Raises Forbidden, NotFound."""
    require_right(Act.PLAN_STAFFING, actor)
    _require_line(settings, line)
    with storage.writing() as tx:
        VolumeStore(tx).type_in(line, volumes)
        AuditLog(tx).add(now, actor.name, "staffing.volumes", "staffing", line)


def leave_day_out(
    storage: Storage, settings: Settings, line: str, day: date, why: str, actor: Actor, now: datetime
) -> LeftOutDay:
    """It says nothing of days to come. Raises Forbidden, NotFound, Refused, Conflict when it is left out already."""
    require_right(Act.PLAN_STAFFING, actor)
    _require_line(settings, line)
    reason = " ".join(why.split())
    if not reason or len(reason) > MAX_WHY:
        raise Refused("staffing.why", field="why", most=MAX_WHY)
    if day >= local_day(now):
        raise Refused("staffing.not_past", field="day")
    with storage.writing() as tx:
        if any(each.day == day and each.line == line for each in LeftOutDayStore(tx).of(line)):
            raise Conflict("staffing.left_out_already", field="day")
        made = LeftOutDayStore(tx).add(LeftOutDay(line, day, reason, actor.name, now))
        AuditLog(tx).add(now, actor.name, "staffing.leave_out", "staffing", f"{line} {day.isoformat()}".strip())
    return made


def left_out_days(storage: Storage, settings: Settings, line: str, actor: Actor) -> Sequence[LeftOutDay]:
    """Those of this line and of all that supervisors named, the latest first. Raises Forbidden, NotFound."""
    require_right(Act.SEE_STAFFING, actor)
    _require_line(settings, line)
    with storage.reading() as tx:
        return LeftOutDayStore(tx).of(line)


def count_day_again(storage: Storage, row_id: int, actor: Actor, now: datetime) -> None:
    """Raises Forbidden, NotFound."""
    require_right(Act.PLAN_STAFFING, actor)
    with storage.writing() as tx:
        gone = LeftOutDayStore(tx).remove(row_id) if is_id(row_id) else None
        if gone is None:
            raise NotFound("staffing.no_day")
        AuditLog(tx).add(now, actor.name, "staffing.count_again", "staffing", f"{gone.line} {gone.day}".strip())


def _require_line(settings: Settings, line: str) -> None:
    if line and line not in settings.lines:
        raise NotFound("staffing.no_line")


def staffing_week(
    tx: Transaction, settings: Settings, line: str, first: date, today: date, now: datetime
) -> SeenStaffing:
    """As `see_staffing`, of the week from this Monday."""
    past, store = past_days(tx, settings, line, today), VolumeStore(tx)
    days = [first + timedelta(days=each) for each in range(7)]
    typed, lasting = store.typed(line), store.lasting(line, now - _LASTING, now)
    calls, source = _forecast(past, typed, days, settings, line, today)
    aim = aim_of(settings, lasting)
    shifts = working_between(tx, settings, midnight(days[0]), end_of_day(days[-1]), line)
    calendar = work_calendar(settings, line)
    open_spans = {day: _open_spans(settings, line, day) for day in days}
    found = [
        staffing_of(day, like_day(calendar, day), course, aim, open_spans[day], shifts)
        for day, course in zip(days, calls, strict=True)
    ]
    return SeenStaffing(
        line,
        first,
        found,
        source,
        weeks_of(past),
        measure(past, today),
        aim,
        lasting,
        [each for each in reversed(past) if each.left_out],
        LeftOutDayStore(tx).of(line),
        typed,
        [slot for slot in range(SLOTS) if any(each.slots[slot].open for each in found)],
        len(desk_shifts(tx, midnight(days[0]), end_of_day(days[-1]))),
    )


def _forecast(
    past: Sequence[PastDay], typed: Volumes, days: Sequence[date], settings: Settings, line: str, today: date
) -> tuple[list[Sequence[float]], Source]:
    calendar = work_calendar(settings, line)
    model = fit(past, today)
    if model is not None:
        return [model.day(day, like_day(calendar, day)) for day in days], Source.HISTORY
    expected = filled(typed)
    source = Source.TYPED if typed else Source.NOTHING
    return [expected[like_day(calendar, day)] for day in days], source


def aim_of(settings: Settings, lasting: Lasting) -> Aim:
    """What staffing goes by: the settings, else what the last weeks say, else ours."""
    ours, floor = settings.staffing, settings.floor
    return Aim(
        floor.service_level_percent,
        floor.service_level_seconds,
        ours.talk_seconds or lasting.talk_seconds or TALK_SECONDS,
        ours.wrap_up_seconds,
        ours.patience_seconds or lasting.patience_seconds or PATIENCE_SECONDS,
        ours.shrinkage_percent,
    )


def _open_spans(settings: Settings, line: str, day: date) -> list[Interval]:
    """When the line, or one of all, is open."""
    lines = (line,) if line else tuple(settings.lines)
    since, until = midnight(day), end_of_day(day)
    return [span for each in lines for span in work_calendar(settings, each).open_spans(since, until)]
