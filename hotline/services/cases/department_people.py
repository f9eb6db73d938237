"""Who answers for a department."""

from __future__ import annotations

from datetime import datetime

from hotline.services.staff.concerned import is_with_us
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


def answering(tx: Transaction, department_id: int, now: datetime) -> list[int]:
    """Persons who answer for a department: who belongs to it, and who leads it, as far as they are with us."""
    staff = StaffStore(tx)
    people = [staff.leader_of(department_id, now), *staff.members_of(department_id, now)]
    there = (each for each in people if each is not None and is_with_us(tx, each, now))
    return list(dict.fromkeys(each.id for each in there if each.id is not None))


def answers(tx: Transaction, person_id: int, department_id: int, now: datetime) -> bool:
    """Whether they are one of these, or act for one who is away."""
    people = answering(tx, department_id, now)
    deputies = (StaffStore(tx).deputy_of(each, now) for each in people)
    return person_id in people or any(each is not None and each.id == person_id for each in deputies)
