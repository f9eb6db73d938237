"""Late starts and empty shifts are found from signing in (F6), and told at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.adherence.adherence import Missed, MissedStart, missed_start
from hotline.domain.adherence.presence_spans import PresenceSpan, spans_of
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.staff.records import Tenure
from hotline.domain.staff.spans import overlap
from hotline.services.adherence.notification_kinds import MISSED_START, SHIFT_IS_EMPTY
from hotline.services.notifications.notify import notify
from hotline.services.overseers import overseers_of
from hotline.services.shifts.working import working_between
from hotline.settings import Settings
from hotline.storage.adherence.store import MissedStartStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: A shift may be as long; what began before is settled.
_BACK = timedelta(hours=24)


def find_missed_starts(storage: Storage, settings: Settings, now: datetime) -> int:
    """How many are new. Who has no extension is nobody's to see at a desk."""
    grace = timedelta(minutes=settings.adherence.grace_minutes)
    with storage.reading() as tx:
        shifts = desk_shifts(tx, settings, now - _BACK, now)
        spans = spans_by_person(tx, now - _BACK, now)
        found = [missed_start(each, spans.get(each.person_id or 0, ()), grace, now) for each in shifts]
        known = {(each.person_id, each.starts_at): each for each in MissedStartStore(tx).between(now - _BACK, now)}
    having = {each.person_id for each in shifts if each.person_id in spans}
    new = [each for each in found if each is not None and each.person_id in having]
    changed = [each for each in new if _differs(known.get((each.person_id, each.starts_at)), each)]
    if not changed:
        return 0
    with storage.writing() as tx:
        return sum(_keep(tx, settings, known.get((each.person_id, each.starts_at)), each, now) for each in changed)


def desk_shifts(tx: Transaction, settings: Settings, since: datetime, until: datetime) -> list[PlannedShift]:
    """Published, of somebody, that begin in [since, until)."""
    found = working_between(tx, settings, since, until)
    return [each for each in found if not each.duty and each.person_id is not None and since <= each.starts_at < until]


def spans_by_person(tx: Transaction, since: datetime, until: datetime) -> Mapping[int, Sequence[PresenceSpan]]:
    """What everybody who had an extension was in this time; whoever had one and never signed in has an empty list."""
    changes = [*PresenceStore(tx).before(since), *PresenceStore(tx).changes(since, until)]
    by_extension: dict[str, list[PresenceSpan]] = defaultdict(list)
    for span in spans_of(changes, since, until):
        by_extension[span.extension].append(span)
    found: dict[int, list[PresenceSpan]] = defaultdict(list)
    time = Tenure(0, "", since, until)
    for tenure in TenureStore(tx).search():
        if overlap(tenure, time):
            found[tenure.person_id] += (_cut(each, tenure) for each in by_extension[tenure.extension])
    return found


def _cut(span: PresenceSpan, tenure: Tenure) -> PresenceSpan:
    """As far as the extension was theirs; what ends before it begins covers nothing."""
    starts = max(span.starts_at, tenure.since) if tenure.since is not None else span.starts_at
    ends = min(span.ends_at, tenure.until) if tenure.until is not None else span.ends_at
    return replace(span, starts_at=starts, ends_at=ends)


def _differs(known: MissedStart | None, found: MissedStart) -> bool:
    return known is None or (known.kind, known.came_at) != (found.kind, found.came_at)


def _keep(tx: Transaction, settings: Settings, known: MissedStart | None, found: MissedStart, now: datetime) -> int:
    if known is not None:
        MissedStartStore(tx).came(known.id or 0, found.kind, found.came_at)
        return 0
    added = MissedStartStore(tx).add(found)
    about = f"missed_start:{added.id}"
    notify(tx, [found.person_id], MISSED_START, about, now, once=about, starts_at=found.starts_at)
    if found.kind is Missed.EMPTY:
        people = overseers_of(tx, settings, found.person_id, now)
        _tell_empty(tx, people, added, now)
    return 1


def _tell_empty(tx: Transaction, people: Sequence[int], missed: MissedStart, now: datetime) -> None:
    person = StaffStore(tx).person(missed.person_id)
    about = f"missed_start:{missed.id}"
    for each in people:
        notify(
            tx,
            [each],
            SHIFT_IS_EMPTY,
            about,
            now,
            once=f"{about}:empty:{each}",
            who=person.name if person else "",
            starts_at=missed.starts_at,
        )
