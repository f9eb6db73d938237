"""Leaders of teams, and who belongs to them."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.staff.records import Absence, Membership, Person, Team, Tenure
from hotline.storage.accounts.users import UserStore
from hotline.storage.staff.spans import AbsenceStore, MemberStore, TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


def person_of(storage: Storage, username: str) -> int:
    """The person of this account, made where there is none, who has had its extension from the first."""
    with storage.writing() as tx:
        user = UserStore(tx).by_username(username)
        assert user is not None and user.id is not None
        known = StaffStore(tx).person_of_user(user.id)
        if known is not None and known.id is not None:
            return known.id
        person_id = StaffStore(tx).add_person(Person(user.display_name, user.id)).id
        assert person_id is not None
        if user.extension:
            _sits_at(tx, person_id, user.extension)
        return person_id


def _sits_at(tx: Transaction, person_id: int, extension: str) -> None:
    if not StaffStore(tx).tenures(extension=extension):
        TenureStore(tx).add(Tenure(person_id, extension))


def team(
    storage: Storage,
    name: str,
    leader: str,
    *members: str,
    deputy: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """Led by this account's person; the members belong to it from `since` to `until`."""
    leader_id, ids = person_of(storage, leader), [person_of(storage, each) for each in members]
    deputy_id = person_of(storage, deputy) if deputy else None
    with storage.writing() as tx:
        made = StaffStore(tx).add_unit(Team(name, leader_id, deputy_id))
        assert made.id is not None
        for each in ids:
            MemberStore(tx).add(Membership(made.id, each, since, until))


def away(storage: Storage, username: str, since: datetime, until: datetime, deputy: str = "") -> None:
    person_id, deputy_id = person_of(storage, username), person_of(storage, deputy) if deputy else None
    with storage.writing() as tx:
        AbsenceStore(tx).add(Absence(person_id, since, until, deputy_id))
