"""The notice board as it is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.bulletins.bulletin import Bulletin
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may, may_ever
from hotline.services.access import require_right
from hotline.services.attachments.attachments import Attachments, attachments_of
from hotline.services.bulletins.bulletins import bulletin_of, led_units, manages, require_to_see
from hotline.services.bulletins.readers import Readers, readers, units_of
from hotline.services.looks import note_look
from hotline.services.staff.people import own_person
from hotline.storage.bulletins.store import BulletinStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class ShownBulletin:
    """`for_me`: whoever looks is to read it; `read_at`: when they did. `readers`, `read_by`: how many it is for, and
    how many of them have read it; None for whom that is not told."""

    bulletin: Bulletin
    for_me: bool
    read_at: datetime | None
    readers: int | None = None
    read_by: int | None = None


@dataclass(frozen=True, slots=True)
class SeenBulletin:
    """`who`: (name, when they read it), who has not first; None for whom that is not told. `whom`: whom it is for, in
    words; () everybody."""

    shown: ShownBulletin
    who: Sequence[tuple[str, datetime | None]] | None
    whom: Sequence[str]
    attachments: Attachments
    manages: bool


@dataclass(frozen=True, slots=True)
class PostingChoices:
    """Whom one may post to. `to_all`: to everybody."""

    people: Sequence[tuple[int, str]]
    units: Sequence[tuple[int, str]]
    to_all: bool


def see_board(storage: Storage, actor: Actor, now: datetime, limit: int, offset: int = 0) -> list[ShownBulletin]:
    """What hangs there for whoever looks, the latest first; all that ever hung there for who manages. Raises
    Forbidden."""
    require_right(Act.READ_BULLETINS, actor)
    with storage.reading() as tx:
        person = own_person(tx, actor)
        person_id = person.id if person is not None and person.id is not None else 0
        units = units_of(tx, person_id, now)
        if may(Act.READ_BULLETINS, actor.roles):
            found = BulletinStore(tx).all(limit, offset)
        else:
            found = BulletinStore(tx).of_person(person_id, units, limit, offset)
        readings = BulletinStore(tx).readings(each.id or 0 for each in found)
        known = readers(tx, now) if may_ever(Act.POST_BULLETINS, actor.roles) else None
        shown = [_shown(known, each, readings.get(each.id or 0, {}), person_id, units, actor) for each in found]
    note_look(storage, actor, now, "bulletins.view", "bulletins")
    return shown


def see_bulletin(storage: Storage, bulletin_id: int, actor: Actor, now: datetime) -> SeenBulletin:
    """Raises Forbidden, NotFound."""
    require_right(Act.READ_BULLETINS, actor)
    with storage.reading() as tx:
        bulletin = bulletin_of(tx, bulletin_id)
        require_to_see(tx, bulletin, actor, now)
        person = own_person(tx, actor)
        person_id = person.id if person is not None and person.id is not None else 0
        readings = BulletinStore(tx).readings([bulletin_id]).get(bulletin_id, {})
        known = readers(tx, now) if manages(bulletin, actor) else None
        shown = _shown(known, bulletin, readings, person_id, units_of(tx, person_id, now), actor)
        who = None
        if known is not None:
            named = [(each.name, readings.get(each.id or 0)) for each in known.of(bulletin)]
            who = sorted(named, key=lambda each: (each[1] is not None, each[0]))
        seen = SeenBulletin(
            shown, who, _whom(tx, bulletin), attachments_of(tx, "bulletin", bulletin_id, actor, now), known is not None
        )
    note_look(storage, actor, now, "bulletin.view", f"bulletin:{bulletin_id}")
    return seen


def posting_choices(storage: Storage, actor: Actor, now: datetime) -> PostingChoices:
    """Raises Forbidden."""
    require_right(Act.POST_BULLETINS, actor)
    with storage.reading() as tx:
        staff, to_all = StaffStore(tx), may(Act.POST_BULLETINS, actor.roles)
        units = [(each.id or 0, each.name) for each in (*staff.teams(), *staff.departments())]
        people = [(each.id or 0, each.name) for each in staff.all() if each.user_id is not None]
        if not to_all:
            led = led_units(tx, actor, now)
            units = [each for each in units if each[0] in led]
            members = {each.id for unit in led for each in staff.members_of(unit, now)}
            people = [each for each in people if each[0] in members]
    return PostingChoices(people, units, to_all)


def unread_of(storage: Storage, actor: Actor, now: datetime) -> list[Bulletin]:
    """What they have still to read, the oldest first; for the console and for who has just signed in."""
    if not may_ever(Act.READ_BULLETINS, actor.roles):
        return []
    with storage.reading() as tx:
        person = own_person(tx, actor)
        if person is None or person.id is None:
            return []
        return BulletinStore(tx).unread(person.id, units_of(tx, person.id, now))


def _shown(
    known: Readers | None,
    bulletin: Bulletin,
    readings: Mapping[int, datetime],
    person_id: int,
    units: set[int],
    actor: Actor,
) -> ShownBulletin:
    theirs = bool(person_id) and not bulletin.withdrawn and bulletin.is_for(person_id, units)
    shown = ShownBulletin(bulletin, theirs, readings.get(person_id))
    if known is None or not manages(bulletin, actor):
        return shown
    people = {each.id for each in known.of(bulletin)}
    return replace(shown, readers=len(people), read_by=len(people & set(readings)))


def _whom(tx: Transaction, bulletin: Bulletin) -> list[str]:
    if bulletin.for_all:
        return []
    staff = StaffStore(tx)
    units = [staff.unit(each) for each in sorted(bulletin.units)]
    people = [staff.person(each) for each in sorted(bulletin.persons)]
    return [each.name for each in (*units, *people) if each is not None]
