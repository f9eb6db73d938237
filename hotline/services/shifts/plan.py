"""The plan (F6): shifts put, moved, changed, taken away, and published. What is published changes at once, and whom it
touches is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.errors import NotFound, Outdated, Refused
from hotline.domain.ids import is_id
from hotline.domain.interval import Interval
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.shifts.pattern import moved
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.staff.records import Person
from hotline.domain.text import one_line
from hotline.domain.time import end_of_day, midnight, minute_text
from hotline.services.access import require_right
from hotline.services.notifications.notify import notify
from hotline.services.shifts.kinds import ShiftKind, shift_kinds
from hotline.services.shifts.notification_kinds import SHIFTS_PUBLISHED
from hotline.services.shifts.told import tell_change
from hotline.services.staff.concerned import is_with_us
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: Longer at the desk is a slip of the pen; with the duty mobile it may be a month.
LONGEST = timedelta(hours=24)
LONGEST_DUTY = timedelta(days=366)
MAX_NOTE = 200
#: As far as a plan reaches: nobody plans years ahead.
FARTHEST = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class ShiftEntry:
    """A shift as somebody entered it. Without `span` it has the hours of its kind on `day`."""

    person_id: int
    day: date
    kind: str
    span: Interval | None = None
    lines: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """How many shifts, of how many persons, who were told."""

    shifts: int
    people: int


def put_shift(storage: Storage, settings: Settings, entry: ShiftEntry, actor: Actor, now: datetime) -> PlannedShift:
    """A draft. Raises Forbidden, Refused: for a kind, person, line or queue that there is not, a time that is over or
    too long, and for an overlap with the person's other shifts."""
    require_right(Act.PLAN_SHIFTS, actor)
    with storage.writing() as tx:
        new = _fit(tx, settings, entry, now)
        require_room(tx, new)
        added = ShiftStore(tx).add(new)
        AuditLog(tx).add(now, actor.name, "shift.add", f"shift:{added.id}", told_of(added))
    return added


def change_shift(
    storage: Storage, settings: Settings, shift_id: int, version: int, entry: ShiftEntry, actor: Actor, now: datetime
) -> PlannedShift:
    """Another time, kind or person. Raises as `put_shift`; NotFound, Outdated when somebody else was faster, Refused
    for one that is over."""
    require_right(Act.PLAN_SHIFTS, actor)
    with storage.writing() as tx:
        old = _own_of_plan(tx, shift_id, version, now)
        new = _fit(tx, settings, entry, now)
        numbers = old.numbers if new.is_of(old) else ()
        kept = replace(new, id=old.id, version=old.version, published_at=old.published_at, origin=old.origin)
        return _change(tx, old, replace(kept, numbers=numbers, backups=old.backups), actor, now)


def move_shift(
    storage: Storage, shift_id: int, version: int, person_id: int, day: date, actor: Actor, now: datetime
) -> PlannedShift:
    """The same hours on another day, or another person's. Raises as `change_shift`."""
    require_right(Act.PLAN_SHIFTS, actor)
    with storage.writing() as tx:
        old = _own_of_plan(tx, shift_id, version, now)
        person = person_here(tx, person_id, now)
        span = moved(old.span, (day - local_day(old.starts_at)).days)
        require_span(span, old.duty, now)
        numbers = old.numbers if old.person_id == person.id else ()
        new = replace(
            old,
            person_id=person.id,
            person=person.name,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            numbers=numbers,
        )
        return _change(tx, old, new, actor, now)


def remove_shift(storage: Storage, shift_id: int, version: int, actor: Actor, now: datetime) -> PlannedShift:
    """Raises Forbidden, NotFound, Outdated, Refused for one that is over."""
    require_right(Act.PLAN_SHIFTS, actor)
    with storage.writing() as tx:
        old = _own_of_plan(tx, shift_id, version, now)
        if not ShiftStore(tx).remove(shift_id, version):
            raise Outdated("shifts.changed_meanwhile")
        tell_change(tx, old, None, now)
        AuditLog(tx).add(now, actor.name, "shift.remove", f"shift:{shift_id}", told_of(old))
    return old


def publish(storage: Storage, settings: Settings, first: date, last: date, actor: Actor, now: datetime) -> Published:
    """All drafts that begin on these days: from now on everybody sees them, and the line goes by them. Whose shifts
    they are is told once; what nobody has stays open. Raises Forbidden, Refused for a duty shift in which nobody could
    be rung."""
    require_right(Act.PLAN_SHIFTS, actor)
    with storage.writing() as tx:
        found = ShiftStore(tx).between(midnight(first), end_of_day(last), drafts=True)
        whose = [each for each in found if not each.is_published and not each.is_open]
        drafts = [each for each in whose if first <= local_day(each.starts_at) <= last]
        require_reachable(tx, drafts)
        ShiftStore(tx).publish([each.id for each in drafts if each.id is not None], now)
        counted = Counter(each.person_id for each in drafts if each.person_id is not None and each.ends_at > now)
        for person_id, count in counted.items():
            days = (first.isoformat(), last.isoformat())
            its = f"own_shifts:{person_id}"
            notify(tx, [person_id], SHIFTS_PUBLISHED, its, now, since_day=days[0], until_day=days[1], count=count)
        if drafts:
            told = f"{first.isoformat()} to {last.isoformat()}, {len(drafts)} shifts"
            AuditLog(tx).add(now, actor.name, "shifts.publish", f"shifts:{first.isoformat()}", told)
    return Published(len(drafts), len(counted))


def require_reachable(tx: Transaction, shifts: Sequence[PlannedShift]) -> None:
    """Whoever has the duty mobile has a number (A2). Raises Refused."""
    people = {person.id: person for person in StaffStore(tx).all()} if any(each.duty for each in shifts) else {}
    for each in shifts:
        person = people.get(each.person_id)
        if each.duty and not each.numbers and not (person is not None and person.mobile):
            raise Refused("shifts.no_mobile", field="person", who=each.person, from_at=each.starts_at)


def require_room(tx: Transaction, new: PlannedShift) -> None:
    """Nobody is at two desks at once. Raises Refused."""
    if new.person_id is None or new.duty:
        return
    ShiftStore(tx).hold_person(new.person_id)
    beside = ShiftStore(tx).between(new.starts_at, new.ends_at, drafts=True, duty=False, people=(new.person_id,))
    met = next((each for each in beside if each.id != new.id or each.id is None), None)
    if met is not None:
        raise Refused("shifts.overlap", field="span", from_at=met.starts_at, until_at=met.ends_at)


def require_span(span: Interval, duty: bool, now: datetime) -> None:
    """Raises Refused for what ends before it begins, is over, too long or too far ahead."""
    if span.ends_at <= span.starts_at:
        raise Refused("shifts.ends_before", field="span")
    if span.ends_at <= now:
        raise Refused("shifts.over", field="span")
    longest = LONGEST_DUTY if duty else LONGEST
    if span.ends_at - span.starts_at > longest:
        raise Refused("shifts.too_long", field="span", hours=int(longest.total_seconds() // 3600))
    if span.starts_at - now > FARTHEST:
        raise Refused("shifts.too_far", field="span", days=FARTHEST.days)


def person_here(tx: Transaction, person_id: int, now: datetime) -> Person:
    """One of ours who may be given something. Raises Refused."""
    person = StaffStore(tx).person(person_id) if is_id(person_id) else None
    if person is None or not is_with_us(tx, person, now):
        raise Refused("shifts.no_person", field="person")
    return person


def kind_of(settings: Settings, kind_id: str) -> ShiftKind:
    """Raises Refused."""
    kind = shift_kinds(settings).get(kind_id)
    if kind is None:
        raise Refused("shifts.no_kind", field="kind", kind=kind_id[:40])
    return kind


def require_words(written: str, field: str = "words") -> str:
    """In one line. Raises Refused for too many."""
    plain = one_line(written)
    if len(plain) > MAX_NOTE:
        raise Refused("shifts.note_long", field=field, most=MAX_NOTE)
    return plain


def require_known_lines(settings: Settings, lines: Sequence[str]) -> None:
    """Raises Refused."""
    for each in lines:
        if each not in settings.lines:
            raise Refused("shifts.no_line", field="lines", got=each[:40])


def told_of(shift: PlannedShift) -> str:
    """As the audit log has it."""
    lines = f", lines {', '.join(shift.lines)}" if shift.lines else ""
    span = f"{minute_text(shift.starts_at)} to {minute_text(shift.ends_at)}"
    return f"{shift.person} {span}{f', {shift.kind}' if shift.kind else ''}{lines}"


def _fit(tx: Transaction, settings: Settings, entry: ShiftEntry, now: datetime) -> PlannedShift:
    kind = kind_of(settings, entry.kind)
    person = person_here(tx, entry.person_id, now)
    span = entry.span or kind.hours.on(entry.day)
    require_span(span, kind.duty, now)
    require_known_lines(settings, entry.lines)
    for each in entry.queues:
        if each not in settings.queues:
            raise Refused("shifts.no_queue", field="queues", got=each[:40])
    note = require_words(entry.note, "note")
    return PlannedShift(
        person=person.name,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        person_id=person.id,
        kind=kind.id,
        duty=kind.duty,
        lines=entry.lines,
        queues=entry.queues,
        note=note,
    )


def _own_of_plan(tx: Transaction, shift_id: int, version: int, now: datetime) -> PlannedShift:
    found = ShiftStore(tx).get(shift_id) if is_id(shift_id) else None
    if found is None:
        raise NotFound("shifts.no_shift", id=shift_id)
    if found.version != version:
        raise Outdated("shifts.changed_meanwhile")
    if found.ends_at <= now:
        raise Refused("shifts.over")
    return found


def _change(tx: Transaction, old: PlannedShift, new: PlannedShift, actor: Actor, now: datetime) -> PlannedShift:
    require_room(tx, new)
    if new.is_published:
        require_reachable(tx, [new])
    new = replace(new, version=old.version + 1)
    if not ShiftStore(tx).change(new, old.version):
        raise Outdated("shifts.changed_meanwhile")
    tell_change(tx, old, new, now)
    AuditLog(tx).add(now, actor.name, "shift.change", f"shift:{new.id}", f"{told_of(old)} > {told_of(new)}")
    return new
