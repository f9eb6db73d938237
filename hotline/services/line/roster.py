"""The duty roster (A2, A16): shifts added, imported and removed, gaps and overlaps reported, hand-overs recorded."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from hotline.domain import numbers
from hotline.domain.errors import NotFound, Refused
from hotline.domain.interval import Interval
from hotline.domain.line import roster
from hotline.domain.line.handover import Handover
from hotline.domain.line.roster import DutyNumber, Gap, Overlap, Shift
from hotline.domain.line.roster_month import month_bounds
from hotline.domain.number_text import visible
from hotline.domain.people import Actor
from hotline.domain.time import minute_text
from hotline.services.calendar import work_calendar
from hotline.services.line.duty import always_rung, duty_shifts, known_shifts
from hotline.services.line.names import NO_LINES, line_part, plain_line, require_line
from hotline.services.looks import note_look
from hotline.services.staff.concerned import named
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.line.roster import RosterStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: A longer shift is a slip of the pen, and would hide every gap behind it.
LONGEST = timedelta(days=366)


class ShiftProblem(StrEnum):
    """What is wrong with a shift as it was entered."""

    PERSON = "person"
    NUMBER = "number"
    NO_NUMBER = "no_number"
    BACKUP = "backup"
    LINE = "line"
    TIME = "time"
    ORDER = "order"
    OVER = "over"
    TOO_LONG = "too_long"
    KNOWN = "known"

    @property
    def code(self) -> str:
        return f"line.shift_{self}"


class BadShift(Refused):
    """`got`: what was entered. `others`: what else is wrong with the same shift."""

    def __init__(self, problem: ShiftProblem, got: str = "") -> None:
        super().__init__(problem.code, got=got)
        self.problem, self.got = problem, got
        self.others: tuple[BadShift, ...] = ()


def all_of(*attempts: Callable[[], Any]) -> list[Any]:
    """What each attempt gives. Raises BadShift with all that is wrong, so that a shift's faults are told at once."""
    made: list[Any] = []
    wrong: list[BadShift] = []
    for attempt in attempts:
        try:
            made.append(attempt())
        except BadShift as error:
            wrong += (error, *error.others)
    if wrong:
        wrong[0].others = tuple(wrong[1:])
        raise wrong[0]
    return made


@dataclass(frozen=True, slots=True)
class NewShift:
    """A shift as somebody entered it, not yet checked. `lines`: as they were written; none is every line."""

    person: str
    numbers: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    backups: tuple[DutyNumber, ...] = ()
    note: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedShifts:
    """`known` were there already, same person, time and lines, and were left as they are."""

    added: tuple[Shift, ...]
    known: int


def list_shifts(storage: Storage, settings: Settings, since: datetime, until: datetime, line: str = "") -> list[Shift]:
    """See `known_shifts`. Raises NotFound for a line that there is not."""
    require_line(settings, line)
    with storage.reading() as tx:
        return known_shifts(tx, settings, since, until, line)


def export_shifts(storage: Storage, settings: Settings, month: date, actor: Actor, now: datetime) -> list[Shift]:
    """All shifts that overlap the month that begins on this day, with whole numbers, so it is noted (F8)."""
    shifts = list_shifts(storage, settings, *month_bounds(month))
    note_look(storage, actor, now, "roster.export", f"roster:{month:%Y-%m}", f"{len(shifts)} shifts")
    return shifts


def add_shift(storage: Storage, shift: NewShift, by: str, now: datetime, lines: Mapping[str, str] = NO_LINES) -> Shift:
    """Keep one more shift. `lines`: see `line_names`. Raises BadShift when it makes no sense or is there already."""
    checked = check_shift(shift, now, lines)
    with storage.writing() as tx:
        if _is_known(tx, checked):
            raise BadShift(ShiftProblem.KNOWN)
        return _add(tx, checked, by, now)


def import_shifts(
    storage: Storage,
    shifts: Sequence[NewShift],
    by: str,
    now: datetime,
    dry_run: bool = False,
    lines: Mapping[str, str] = NO_LINES,
) -> ImportedShifts:
    """Keep all of these or, when one is refused, none; with `dry_run` only say what would be added. `lines`: see
    `line_names`. Raises BadShift."""
    checked = [check_shift(shift, now, lines) for shift in shifts]
    # A shift that stands twice in the list is known the second time.
    once = list({_identity(shift): shift for shift in reversed(checked)}.values())[::-1]
    with storage.reading() if dry_run else storage.writing() as tx:
        new = [shift for shift in once if not _is_known(tx, shift)]
        added = new if dry_run else [_add(tx, shift, by, now) for shift in new]
    return ImportedShifts(tuple(added), len(checked) - len(added))


def remove_shift(storage: Storage, shift_id: int, by: str, now: datetime) -> None:
    """Forget a shift. Raises NotFound; shifts of the settings file are removed there."""
    with storage.writing() as tx:
        if not RosterStore(tx).remove(shift_id):
            raise NotFound("line.no_shift", id=shift_id)
        AuditLog(tx).add(now, by, "roster.remove", f"shift:{shift_id}")


def find_gaps(
    storage: Storage, settings: Settings, since: datetime, until: datetime, whole_time: bool = False, line: str = ""
) -> list[Gap]:
    """When nobody is on duty for a line although it is closed (A16); with `whole_time` in its working hours too. With
    "" every line's. Raises NotFound for a line that there is not."""
    require_line(settings, line)
    with storage.reading() as tx:
        shifts = duty_shifts(tx, settings, since, until, line, now=since)
    return roster.by_line(
        {
            one: roster.gaps(
                roster.of_line(shifts, one), None if whole_time else work_calendar(settings, one), since, until
            )
            for one in ((line,) if line else settings.lines)
        }
    )


def unwatched(storage: Storage, settings: Settings, now: datetime) -> list[Gap]:
    """The gaps that are to be warned of (A16): within each line's days of warning, of those lines for which nobody is
    always on duty."""
    with storage.reading() as tx:
        return read_unwatched(tx, settings, now)


def read_unwatched(tx: Transaction, settings: Settings, now: datetime) -> list[Gap]:
    """See `unwatched`."""
    found: dict[str, list[Interval]] = {}
    for line in settings.lines:
        until = now + timedelta(days=settings.duty_of(line).gap_warn_days)
        if not always_rung(tx, settings, now, line):
            shifts = duty_shifts(tx, settings, now, until, line, now=now)
            found[line] = roster.gaps(shifts, work_calendar(settings, line), now, until)
    return roster.by_line(found)


def find_overlaps(
    storage: Storage, settings: Settings, since: datetime, until: datetime, line: str = ""
) -> list[Overlap]:
    """Times for which more than one person has a shift for one line."""
    return roster.overlaps(list_shifts(storage, settings, since, until, line))


def record_handover(
    storage: Storage,
    from_person: str,
    to_person: str,
    by: str,
    now: datetime,
    note: str = "",
    line: str = "",
    lines: Mapping[str, str] = NO_LINES,
) -> Handover:
    """The duty mobile passed from one person to another (A2), of one line or, with "", of all. `lines`: see
    `line_names`. Raises Refused without two different names, BadShift for a line that there is not."""
    mobile_of = _lines((line,) if line else (), lines)
    giver, taker = _person(from_person), _person(to_person)
    if giver == taker:
        raise Refused("line.handover_to_oneself", person=giver)
    handover = Handover(now, giver, taker, by, note.strip(), *mobile_of)
    with storage.writing() as tx:
        RosterStore(tx).record_handover(handover)
        of_line = f"{line_part(*mobile_of)}{note.strip()}" if mobile_of else note.strip()
        AuditLog(tx).add(now, by, "roster.handover", f"{giver} > {taker}", of_line)
    return handover


def handovers(storage: Storage, limit: int = 50) -> list[Handover]:
    """Newest first."""
    with storage.reading() as tx:
        return RosterStore(tx).handovers(limit)


def check_shift(shift: NewShift, now: datetime, lines: Mapping[str, str] = NO_LINES) -> Shift:
    """The shift with its numbers cleaned and its lines by their ids. Raises BadShift saying all that is wrong, and what
    was expected."""
    person, _, numbers, backups, line_ids = all_of(
        lambda: _person(shift.person),
        lambda: _require_span(shift, now),
        lambda: _numbers(shift.numbers),
        lambda: tuple(DutyNumber(_person(b.person), _number(b.number)) for b in shift.backups),
        lambda: _lines(shift.lines, lines),
    )
    note = shift.note.strip()
    return Shift(person, numbers, backups, shift.starts_at, shift.ends_at, note=note, lines=line_ids)


def _require_span(shift: NewShift, now: datetime) -> None:
    span = f"{minute_text(shift.starts_at)} to {minute_text(shift.ends_at)}"
    if shift.ends_at <= shift.starts_at:
        raise BadShift(ShiftProblem.ORDER, span)
    if shift.ends_at <= now:
        raise BadShift(ShiftProblem.OVER, span)
    if shift.ends_at - shift.starts_at > LONGEST:
        raise BadShift(ShiftProblem.TOO_LONG, str(LONGEST.days))


def _numbers(typed: Sequence[str]) -> tuple[str, ...]:
    if not typed:
        raise BadShift(ShiftProblem.NO_NUMBER)
    return tuple(_number(each) for each in typed)


def _lines(written: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """Their ids, in the order of the settings."""
    chosen = set()
    for name in written:
        if plain_line(name) not in known:
            raise BadShift(ShiftProblem.LINE, name[:60])
        chosen.add(known[plain_line(name)])
    return tuple(line for line in dict.fromkeys(known.values()) if line in chosen)


def _add(tx: Transaction, shift: Shift, by: str, now: datetime) -> Shift:
    person = named(StaffStore(tx).all(), shift.person)
    added = RosterStore(tx).add(shift, person.id if person else None)
    AuditLog(tx).add(now, by, "roster.add", f"shift:{added.id}", f"{added.person} {_span(added)}{_for_lines(added)}")
    return added


def _is_known(tx: Transaction, shift: Shift) -> bool:
    same_time = RosterStore(tx).shifts(shift.starts_at, shift.ends_at)
    return any(_identity(known) == _identity(shift) for known in same_time)


def _identity(shift: Shift) -> tuple[object, ...]:
    return shift.person, shift.starts_at, shift.ends_at, shift.lines


def _for_lines(shift: Shift) -> str:
    return f", lines {', '.join(shift.lines)}" if shift.lines else ""


def _person(name: str) -> str:
    plain = " ".join(name.split())
    if not 1 <= len(plain) <= 40 or not plain.isprintable():
        raise BadShift(ShiftProblem.PERSON, name[:60])
    return plain


def _number(number: str) -> str:
    whole = numbers.normalise(number)
    if not whole:
        raise BadShift(ShiftProblem.NUMBER, number[:60])
    # A number abroad stays as it is dialled here; which digits lead there, the carrier knows.
    return numbers.as_dialled(whole) if whole.startswith("+86") else re.sub(r"[^0-9+]", "", visible(number))


def _span(shift: Shift) -> str:
    return f"{minute_text(shift.starts_at)} to {minute_text(shift.ends_at)}"
