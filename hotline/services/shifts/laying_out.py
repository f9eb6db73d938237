"""Many shifts at once: a pattern laid out for some people, a week copied. What does not fit is left out and counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hotline.domain.errors import Refused
from hotline.domain.interval import Interval
from hotline.domain.months import monday_of
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.shifts.pattern import laid_out, moved
from hotline.domain.shifts.shift import PlannedShift, ShiftOrigin
from hotline.domain.time import midnight
from hotline.services.access import require_right
from hotline.services.shifts.kinds import patterns, shift_kinds
from hotline.services.shifts.plan import FARTHEST, person_here, require_known_lines
from hotline.services.shifts.working import absences
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.transaction import Storage, Transaction

#: More at once is a slip of the pen: a month of 200 people has 6,200.
MOST = 8000
MOST_DAYS = 92
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Drafts that were added; what was left out since the person has another shift then, is away, or it is over."""

    added: int
    left_out: int


def lay_out(
    storage: Storage,
    settings: Settings,
    pattern_id: str,
    people: Sequence[int],
    first: date,
    last: date,
    lines: tuple[str, ...],
    actor: Actor,
    now: datetime,
) -> LaidOut:
    """The pattern for these people, in their order, from the first day to the last. Raises Forbidden, Refused."""
    require_right(Act.PLAN_SHIFTS, actor)
    pattern = patterns(settings).get(pattern_id)
    if pattern is None:
        raise Refused("shifts.no_pattern", field="pattern", got=pattern_id[:40])
    require_days(first, last, now)
    require_known_lines(settings, lines)
    kinds, chosen = shift_kinds(settings), list(dict.fromkeys(people))
    if not chosen:
        raise Refused("shifts.nobody", field="people")
    with storage.writing() as tx:
        named = [person_here(tx, person_id, now) for person_id in chosen]
        wanted = []
        for each in laid_out(pattern, len(named), first, last):
            kind, person = kinds[each.kind], named[each.place]
            span = kind.hours.on(each.day)
            wanted.append(
                PlannedShift(
                    person=person.name,
                    starts_at=span.starts_at,
                    ends_at=span.ends_at,
                    person_id=person.id,
                    kind=kind.id,
                    duty=kind.duty,
                    lines=lines,
                    origin=ShiftOrigin.PATTERN,
                )
            )
        done = add_fitting(tx, wanted, now)
        told = f"{pattern_id}, {len(chosen)} people, {first} to {last}: {done.added} added, {done.left_out} left out"
        AuditLog(tx).add(now, actor.name, "shifts.lay_out", f"shifts:{first.isoformat()}", told)
    return done


def copy_week(storage: Storage, source: date, target: date, actor: Actor, now: datetime) -> LaidOut:
    """The shifts that begin in the week of `source` again in the week of `target`, as drafts. Raises Forbidden,
    Refused."""
    require_right(Act.PLAN_SHIFTS, actor)
    source, target = monday_of(source), monday_of(target)
    if source == target:
        raise Refused("shifts.same_week", field="target")
    require_days(target, target, now)
    with storage.writing() as tx:
        since = midnight(source)
        found = ShiftStore(tx).between(since, since + _WEEK, drafts=True)
        wanted = [_again(each, (target - source).days) for each in found if each.starts_at >= since]
        here = {each.person_id: None for each in wanted if each.person_id is not None}
        known = {person_id for person_id in here if _is_here(tx, person_id, now)}
        fitting = [each for each in wanted if each.person_id in known]
        done = add_fitting(tx, fitting, now)
        done = LaidOut(done.added, done.left_out + len(wanted) - len(fitting))
        told = f"week of {source} to {target}: {done.added} added, {done.left_out} left out"
        AuditLog(tx).add(now, actor.name, "shifts.copy", f"shifts:{target.isoformat()}", told)
    return done


def add_fitting(tx: Transaction, wanted: Sequence[PlannedShift], now: datetime, keep: bool = True) -> LaidOut:
    """Those that are not over, whose person is there, and that overlap no other of theirs; a duty that is there already
    is not added twice. Without `keep` nothing is written. Raises Refused for too many."""
    if len(wanted) > MOST:
        raise Refused("shifts.too_many", most=MOST)
    if not wanted:
        return LaidOut(0, 0)
    since, until = min(each.starts_at for each in wanted), max(each.ends_at for each in wanted)
    people = sorted({each.person_id for each in wanted if each.person_id is not None})
    for person_id in people:
        ShiftStore(tx).hold_person(person_id)
    taken: defaultdict[tuple[int | None, bool], list[Interval]] = defaultdict(list)
    for each in ShiftStore(tx).between(since, until, drafts=True, people=people):
        taken[each.person_id, each.duty].append(each.span)
    away, new = absences(tx), []
    for each in sorted(wanted, key=lambda one: one.starts_at):
        beside = taken[each.person_id, each.duty]
        if each.ends_at <= now or _meets(each, beside) or _meets(each, away.get(each.person_id or 0, ())):
            continue
        beside.append(each.span)
        new.append(each)
    added = ShiftStore(tx).add_all(new) if keep else len(new)
    return LaidOut(added, len(wanted) - len(new))


def require_days(first: date, last: date, now: datetime) -> None:
    """Raises Refused for days that are turned round, too many or too far away."""
    if last < first:
        raise Refused("shifts.ends_before", field="last")
    if (last - first).days >= MOST_DAYS:
        raise Refused("shifts.too_many_days", field="last", days=MOST_DAYS)
    if midnight(last) - now > FARTHEST:
        raise Refused("shifts.too_far", field="last", days=FARTHEST.days)


def _again(shift: PlannedShift, days: int) -> PlannedShift:
    span = moved(shift.span, days)
    return replace(
        shift,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        origin=ShiftOrigin.COPY,
        published_at=None,
        version=1,
        id=None,
    )


def _is_here(tx: Transaction, person_id: int, now: datetime) -> bool:
    try:
        person_here(tx, person_id, now)
    except Refused:
        return False
    return True


def _meets(shift: PlannedShift, spans: Iterable[Interval]) -> bool:
    return any(shift.meets(each.starts_at, each.ends_at) for each in spans)
