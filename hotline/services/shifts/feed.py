"""A calendar feed of somebody's own shifts (iCal, RFC 5545): busy times behind a secret address, until it is revoked or
they leave."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from hotline.domain.errors import NotFound
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.shifts.shift import PlannedShift
from hotline.services.access import require_right
from hotline.services.links.links import require_offered
from hotline.services.shifts.kinds import shift_kinds
from hotline.services.shifts.leave import require_own
from hotline.services.staff.concerned import is_with_us
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.shifts.skills import FeedStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage

_BEHIND, _AHEAD = timedelta(days=31), timedelta(days=120)
#: Longer than any secret of ours.
LONGEST = 100


def make_feed(storage: Storage, settings: Settings, actor: Actor, now: datetime) -> str:
    """The secret of a new address, told once; the one of before shows nothing any more. Raises Forbidden, Refused, and
    LinksError where no address outside is set."""
    require_right(Act.USE_OWN_SHIFTS, actor)
    require_offered(storage, settings, now)
    secret = secrets.token_urlsafe(32)
    with storage.writing() as tx:
        person = require_own(tx, actor)
        FeedStore(tx).put(person.id or 0, _digest(secret), now)
        AuditLog(tx).add(now, actor.name, "shift_feed.make", f"person:{person.id}")
    return secret


def revoke_feed(storage: Storage, actor: Actor, now: datetime) -> None:
    """Raises Forbidden, Refused."""
    require_right(Act.USE_OWN_SHIFTS, actor)
    with storage.writing() as tx:
        person = require_own(tx, actor)
        if FeedStore(tx).revoke(person.id or 0):
            AuditLog(tx).add(now, actor.name, "shift_feed.revoke", f"person:{person.id}")


def read_feed(storage: Storage, settings: Settings, secret: str, now: datetime) -> bytes:
    """The calendar. Raises NotFound for a secret that is none, or of somebody who has left."""
    with storage.reading() as tx:
        person_id = FeedStore(tx).person_of(_digest(secret[:LONGEST]))
        person = StaffStore(tx).person(person_id) if person_id is not None else None
        if person is None or person.id is None or not is_with_us(tx, person, now):
            raise NotFound("shifts.no_feed")
        shifts = ShiftStore(tx).between(now - _BEHIND, now + _AHEAD, people=(person.id,))
    names = {kind.id: kind.name for kind in shift_kinds(settings).values()}
    return calendar_of(shifts, names, settings.site.company, now)


def calendar_of(shifts: list[PlannedShift], names: dict[str, str], company: str, now: datetime) -> bytes:
    """Each shift is an event without more than its kind: who else works, and for whom, is nobody's outside."""
    calendar = Calendar()
    calendar.add("prodid", "-//hotline//shifts//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", company)
    for shift in shifts:
        event = Event()
        event.add("uid", f"shift-{shift.id}@hotline")
        event.add("dtstamp", now)
        event.add("dtstart", shift.starts_at)
        event.add("dtend", shift.ends_at)
        event.add("sequence", shift.version)
        event.add("summary", names.get(shift.kind, "") or ("值班手机" if shift.duty else "班"))
        event.add("class", "PRIVATE")
        event.add("transp", "OPAQUE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
