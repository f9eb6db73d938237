"""Teams and departments: their leaders, deputies and members."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.errors import Conflict, NotFound, Outdated, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.staff.records import Department, Membership, Person, Team
from hotline.domain.staff.spans import overlap, require_forward
from hotline.services.looks import note_look
from hotline.services.staff.fields import Unit, checked_unit
from hotline.services.staff.people import person_of
from hotline.services.staff.rights import require_to_change, require_to_read
from hotline.services.staff.view import DepartmentView, Named, UnitView, everybody, unit_view
from hotline.storage.audit import AuditLog
from hotline.storage.staff.directory import DirectoryLinkStore
from hotline.storage.staff.spans import MemberStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class SeenUnits:
    """By name."""

    teams: Sequence[UnitView]
    departments: Sequence[DepartmentView]


@dataclass(frozen=True, slots=True)
class SeenUnit:
    """`memberships`: all that ever were, the first first; `people`: who could lead or belong; `others`: the other
    departments; `directory`: names of the directory's people whose department it is."""

    view: UnitView | DepartmentView
    unit: Team
    memberships: Sequence[Membership]
    names: Mapping[int, str]
    people: Sequence[Named]
    others: Sequence[Named]
    directory: Sequence[str]


def find_units(storage: Storage, actor: Actor, now: datetime) -> SeenUnits:
    """Those that are not in use any more are for who manages."""
    with storage.reading() as tx:
        known = everybody(tx, now)
    shown = [unit_view(known, each, now) for each in known.units.values() if each.active or _manages(actor)]
    shown.sort(key=lambda each: (not each.active, each.name))
    departments = [each for each in shown if isinstance(each, DepartmentView)]
    return SeenUnits([each for each in shown if not isinstance(each, DepartmentView)], departments)


def see_unit(storage: Storage, unit_id: int, actor: Actor, now: datetime) -> SeenUnit:
    """Raises Forbidden, NotFound."""
    require_to_read(actor)
    with storage.reading() as tx:
        unit, known = unit_of(tx, unit_id), everybody(tx, now)
        directory = DirectoryLinkStore(tx).names(unit_id)
    note_look(storage, actor, now, "unit.view", f"unit:{unit_id}")
    return SeenUnit(
        view=unit_view(known, unit, now),
        unit=unit,
        memberships=[each for each in known.memberships if each.unit_id == unit_id],
        names={person_id: each.name for person_id, each in known.people.items()},
        people=_named(each for each in known.people.values() if each.active),
        others=_named(each for each in known.units.values() if isinstance(each, Department) and each.id != unit_id),
        directory=directory,
    )


def choices(storage: Storage, actor: Actor) -> tuple[Sequence[Named], Sequence[Named]]:
    """Who could lead a new team or department, and of which department one could be a part. Raises Forbidden."""
    require_to_read(actor)
    with storage.reading() as tx:
        staff = StaffStore(tx)
        return _named(staff.all()), _named(staff.departments())


def add_unit(storage: Storage, new: Unit, actor: Actor, now: datetime) -> Unit:
    """A team or a department. People of the directory whose department is called so are linked with it. Raises
    Forbidden, Refused, Conflict for a name that another one of its kind has."""
    require_to_change(actor)
    with storage.writing() as tx:
        fit = _fit(tx, dataclasses.replace(new, id=None, version=1), None, now)
        added = StaffStore(tx).add_unit(dataclasses.replace(fit, updated_at=now, updated_by=actor.name))
        DirectoryLinkStore(tx).link(added)
        AuditLog(tx).add(now, actor.name, "unit.add", f"unit:{added.id}", added.name)
    return added


def change_unit(storage: Storage, changed: Unit, version: int, actor: Actor, now: datetime) -> Unit:
    """Raises Forbidden, NotFound, Refused, Conflict for a taken name, Outdated if somebody was faster."""
    require_to_change(actor)
    assert changed.id is not None
    with storage.writing() as tx:
        old = unit_of(tx, changed.id)
        if old.version != version:
            raise Outdated("staff.changed_meanwhile")
        new = dataclasses.replace(
            _fit(tx, changed, old, now), version=version + 1, updated_at=now, updated_by=actor.name
        )
        if not StaffStore(tx).update_unit(new, version):
            raise Outdated("staff.changed_meanwhile")
        DirectoryLinkStore(tx).link(new)
        AuditLog(tx).add(now, actor.name, "unit.change", f"unit:{new.id}", _difference(old, new))
    return new


def add_member(storage: Storage, new: Membership, actor: Actor, now: datetime) -> Membership:
    """Raises Forbidden, NotFound, Refused: nobody belongs twice to one at a time, nor to two departments."""
    require_to_change(actor)
    with storage.writing() as tx:
        unit, person = unit_of(tx, new.unit_id), person_of(tx, new.person_id)
        require_forward(new)
        for each in MemberStore(tx).search(person_id=new.person_id):
            if overlap(each, new):
                _require_apart(tx, unit, unit_of(tx, each.unit_id))
        made = MemberStore(tx).add(new)
        AuditLog(tx).add(now, actor.name, "member.add", f"unit:{unit.id}", f"{person.id} {person.name}")
    return made


def end_membership(storage: Storage, membership_id: int, actor: Actor, now: datetime) -> Membership:
    """From now on they belong to it no more; what was to begin later never does. Raises Forbidden, NotFound, Refused
    for one that is over."""
    require_to_change(actor)
    with storage.writing() as tx:
        found = next((each for each in MemberStore(tx).search() if each.id == membership_id), None)
        if found is None:
            raise NotFound("staff.no_membership", id=membership_id)
        if found.until is not None and found.until <= now:
            raise Refused("staff.over_already")
        end_now(tx, found, actor, now)
    return found


def end_now(tx: Transaction, membership: Membership, actor: Actor, now: datetime) -> None:
    """What was to begin later never does."""
    assert membership.id is not None
    if membership.since is not None and membership.since >= now:
        MemberStore(tx).remove(membership.id)
    else:
        MemberStore(tx).end(membership.id, now)
    AuditLog(tx).add(now, actor.name, "member.end", f"unit:{membership.unit_id}", str(membership.person_id))


def unit_of(tx: Transaction, unit_id: int) -> Team:
    """Raises NotFound."""
    found = StaffStore(tx).unit(unit_id) if is_id(unit_id) else None
    if found is None:
        raise NotFound("staff.no_unit", id=unit_id)
    return found


def _manages(actor: Actor) -> bool:
    return may(Act.SEE_STAFF, actor.roles)


def _fit(tx: Transaction, unit: Unit, before: Team | None, now: datetime) -> Unit:
    fit, gone = checked_unit(unit), StaffStore(tx).gone(now)
    known = (before.leader_id, before.deputy_id) if before is not None else (None, None)
    for field, person_id, was in (("leader", fit.leader_id, known[0]), ("deputy", fit.deputy_id, known[1])):
        if person_id is not None and StaffStore(tx).person(person_id) is None:
            raise Refused("staff.unknown_person", field=field)
        if person_id in gone and person_id != was:
            raise Refused("staff.has_left", field=field)
    if isinstance(fit, Department):
        _require_no_ring(tx, fit)
    same = StaffStore(tx).departments(False) if isinstance(fit, Department) else StaffStore(tx).teams(False)
    if any(each.name == fit.name and each.id != fit.id for each in same):
        raise Conflict("staff.name_taken", name=fit.name, field="name")
    return fit


def _require_no_ring(tx: Transaction, department: Department) -> None:
    """A department is no part of itself, by whatever way."""
    parents = {each.id: each.parent_id for each in StaffStore(tx).departments(active_only=False)}
    at, seen = department.parent_id, set[int | None]()
    while at is not None:
        if at not in parents:
            raise Refused("staff.unknown_department", field="parent")
        if at == department.id or at in seen:
            raise Refused("staff.own_parent", field="parent")
        seen.add(at)
        at = parents[at]


def _require_apart(tx: Transaction, unit: Team, other: Team) -> None:
    if unit.id == other.id:
        raise Refused("staff.member_already", field="person", name=unit.name)
    if isinstance(unit, Department) and isinstance(other, Department):
        raise Refused("staff.in_department", field="person", name=other.name)


def _difference(old: Team, new: Team) -> str:
    own = {"version", "updated_at", "updated_by"}
    names = (each.name for each in dataclasses.fields(new) if each.name not in own)
    return ", ".join(name for name in names if getattr(old, name) != getattr(new, name))


def _named(found: Iterable[Person | Team]) -> list[Named]:
    return sorted((Named(id=each.id or 0, name=each.name) for each in found), key=lambda each: each.name)
