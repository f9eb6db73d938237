"""Whom a posting is for at this moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.bulletins.bulletin import Bulletin
from hotline.domain.staff.records import Person
from hotline.domain.staff.spans import at_moment
from hotline.storage.accounts.users import UserStore
from hotline.storage.bulletins.store import BulletinStore
from hotline.storage.staff.spans import MemberStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Readers:
    """All who can read here: with an account that lets them in, by name; and where they belong. Read once for what is
    looked at together."""

    people: Sequence[Person]
    units: Mapping[int, set[int]]

    def of(self, bulletin: Bulletin) -> list[Person]:
        """By name. Who has no account cannot read it here, and is not waited for."""
        return [each for each in self.people if bulletin.is_for(each.id or 0, self.units.get(each.id or 0, set()))]


def readers(tx: Transaction, now: datetime) -> Readers:
    entering = {user.id for user in UserStore(tx).all() if user.may_enter(now)}
    units: dict[int, set[int]] = defaultdict(set)
    for each in at_moment(MemberStore(tx).search(), now):
        units[each.person_id].add(each.unit_id)
    return Readers([each for each in StaffStore(tx).all() if each.user_id in entering], units)


def units_of(tx: Transaction, person_id: int, now: datetime) -> set[int]:
    """Where this person belongs."""
    return {each.unit_id for each in at_moment(MemberStore(tx).search(person_id=person_id), now)}


def unread_by(tx: Transaction, known: Readers, bulletin: Bulletin) -> list[int]:
    """Persons who have it still to read."""
    read = BulletinStore(tx).readings([bulletin.id or 0]).get(bulletin.id or 0, {})
    return [each.id for each in known.of(bulletin) if each.id is not None and each.id not in read]
