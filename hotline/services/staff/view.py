"""Our own people as screens and programs are shown them: whole addresses to who manages, to others none (A14)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.staff.deputies import absence_at, acting_leader, deputy_at
from hotline.domain.staff.records import Absence, Department, Membership, Person, Team, Tenure
from hotline.domain.staff.spans import at_moment
from hotline.services.shown import number_shown
from hotline.storage.staff.spans import AbsenceStore, MemberStore, TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


class StaffPart(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Named(StaffPart):
    id: int
    name: str


class PersonView(StaffPart):
    """One of us, as it is at this moment."""

    id: int
    name: str
    has_account: bool
    active: bool
    extension: str = Field(description="empty: none")
    email: str | None = Field(description="for supervisors and administrators")
    mobile_shown: str = Field(description="whole for supervisors and administrators, else masked (A14)")
    language: str
    away_until: datetime | None
    deputy: Named | None = Field(description="who acts for them now; null: they are not away, or nobody does")
    teams: list[Named]
    department: Named | None
    version: int


class UnitView(StaffPart):
    """A team or a department. `acting`: who leads it at this moment."""

    id: int
    name: str
    active: bool
    leader: Named | None
    deputy: Named | None
    acting: Named | None
    leader_gone: bool = Field(description="the leader is not with us any more")
    members: list[Named]
    version: int


class DepartmentView(UnitView):
    email: str
    phone: str = Field(description="E.164")
    parent: Named | None


@dataclass(frozen=True, slots=True)
class Everybody:
    """All of us and where they belong: a few hundred rows, read once for a page. `gone`: who is not with us any
    more."""

    people: dict[int, Person]
    units: dict[int, Team]
    tenures: Sequence[Tenure]
    absences: Sequence[Absence]
    memberships: Sequence[Membership]
    gone: Collection[int]

    def named(self, person_id: int | None) -> Named | None:
        person = self.people.get(person_id) if person_id is not None else None
        return Named(id=person.id or 0, name=person.name) if person else None

    def units_of(self, person_id: int | None, now: datetime) -> list[Team]:
        """By name."""
        theirs = (each for each in at_moment(self.memberships, now) if each.person_id == person_id)
        return sorted((self.units[each.unit_id] for each in theirs if each.unit_id in self.units), key=lambda u: u.name)

    def extension_of(self, person_id: int | None, now: datetime) -> str:
        holding = (each.extension for each in at_moment(self.tenures, now) if each.person_id == person_id)
        return next(holding, "")


def everybody(tx: Transaction, now: datetime) -> Everybody:
    staff = StaffStore(tx)
    units: Iterable[Team] = (*staff.teams(active_only=False), *staff.departments(active_only=False))
    return Everybody(
        {each.id: each for each in staff.all(active_only=False) if each.id is not None},
        {each.id: each for each in units if each.id is not None},
        TenureStore(tx).search(),
        AbsenceStore(tx).search(),
        MemberStore(tx).search(),
        staff.gone(now),
    )


def person_view(known: Everybody, person: Person, actor: Actor, now: datetime, own: bool = False) -> PersonView:
    """`own`: whoever looks is this person, and sees their addresses."""
    assert person.id is not None
    whole = own or may(Act.SEE_STAFF, actor.roles)
    absence = absence_at(known.absences, person.id, now)
    units = known.units_of(person.id, now)
    return PersonView(
        id=person.id,
        name=person.name,
        has_account=person.user_id is not None,
        active=person.active,
        extension=known.extension_of(person.id, now),
        email=person.email if whole else None,
        mobile_shown=number_shown(person.mobile, whole) if person.mobile else "",
        language=person.language,
        away_until=absence.until if absence else None,
        deputy=known.named(deputy_at(known.absences, person.id, now)),
        teams=[Named(id=each.id or 0, name=each.name) for each in units if not isinstance(each, Department)],
        department=next(
            (Named(id=each.id or 0, name=each.name) for each in units if isinstance(each, Department)), None
        ),
        version=person.version,
    )


def leader_now(known: Everybody, unit: Team, now: datetime) -> Named | None:
    """Who leads it at this moment (see `acting_leader`)."""
    return known.named(acting_leader(unit, known.absences, now, known.gone))


def unit_view(known: Everybody, unit: Team, now: datetime) -> UnitView | DepartmentView:
    assert unit.id is not None
    members = {each.person_id for each in at_moment(known.memberships, now) if each.unit_id == unit.id}
    shown = UnitView(
        id=unit.id,
        name=unit.name,
        active=unit.active,
        leader=known.named(unit.leader_id),
        deputy=known.named(unit.deputy_id),
        acting=leader_now(known, unit, now),
        leader_gone=unit.leader_id in known.gone,
        members=[
            Named(id=each.id or 0, name=each.name)
            for each in sorted(known.people.values(), key=lambda person: person.name)
            if each.id in members
        ],
        version=unit.version,
    )
    if not isinstance(unit, Department):
        return shown
    parent = known.units.get(unit.parent_id) if unit.parent_id is not None else None
    return DepartmentView(
        **shown.model_dump(),
        email=unit.email,
        phone=unit.phone,
        parent=Named(id=parent.id or 0, name=parent.name) if parent else None,
    )
