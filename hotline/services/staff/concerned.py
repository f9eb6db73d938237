"""Whom something concerns: who did it, and who leads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.domain.numbers import same_number
from hotline.domain.staff.records import Person
from hotline.storage.accounts.users import UserStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


def person_of_account(tx: Transaction, username: str) -> Person | None:
    user = UserStore(tx).by_username(username) if username else None
    return StaffStore(tx).person_of_user(user.id) if user is not None and user.id is not None else None


def named(people: Sequence[Person], name: str) -> Person | None:
    """The only one of these who is called so."""
    found = [each for each in people if each.name == name]
    return found[0] if len(found) == 1 else None


def is_with_us(tx: Transaction, person: Person, now: datetime) -> bool:
    """They work here, and their account, if they have one, lets them in: something may be given to them."""
    user = UserStore(tx).by_id(person.user_id) if person.active and person.user_id is not None else None
    return person.active and (user is None or user.may_enter(now))


def person_at(tx: Transaction, place: str, then: datetime, now: datetime) -> Person | None:
    """Whoever had this extension then, or has it now where nobody had; of a duty mobile whoever has that number."""
    staff = StaffStore(tx)
    had = staff.holder(place, then) or staff.holder(place, now)
    return had or next((each for each in staff.all() if each.mobile and same_number(each.mobile, place)), None)


def leaders_of(tx: Transaction, person_id: int, now: datetime) -> list[int]:
    """Who leads their team and department now, each once; never themselves, nor who is not with us any more."""
    staff = StaffStore(tx)
    units = [*staff.teams_of(person_id, now), staff.department_of(person_id, now)]
    leading = [staff.leader_of(unit.id, now) for unit in units if unit is not None and unit.id is not None]
    there = (each for each in leading if each is not None and is_with_us(tx, each, now))
    found = dict.fromkeys(each.id for each in there if each.id is not None)
    return [each for each in found if each != person_id]
