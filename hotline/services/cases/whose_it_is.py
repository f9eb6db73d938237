"""Who is responsible: for a new case, for what its owner may not even know, by the directory."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.cases.case import ServiceCase
from hotline.domain.directory.directory import DirectoryMatch, search
from hotline.domain.people import Role
from hotline.domain.rights.acts import Act, may
from hotline.domain.rights.given import ESCALATED_TO
from hotline.services.notifications.audiences import persons_of
from hotline.services.staff.concerned import leaders_of, person_of_account
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.directory.store import DirectoryStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction

_SUGGESTED = 5


def first_owner(tx: Transaction, settings: Settings, case: ServiceCase, now: datetime) -> str:
    """Who opened it; where it is about them, or about somebody who supervises, who is next up: one who supervises is
    complained of to the leaders, everybody else to who leads them, else to the supervisors. "" for nobody."""
    if not case.about:
        return case.owner
    if case.owner != case.about and not supervises(tx, case.about):
        return case.owner
    return next((name for name in next_up(tx, settings, case.about, now) if name != case.about), "")


def supervises(tx: Transaction, username: str) -> bool:
    """Whether they approve others' solutions themselves."""
    user = UserStore(tx).by_username(username)
    return user is not None and may(Act.APPROVE_SOLUTION, user.roles)


def next_up(tx: Transaction, settings: Settings, username: str, now: datetime) -> list[str]:
    """User names."""
    if supervises(tx, username):
        return leaders(tx, settings, now)
    person = person_of_account(tx, username)
    led_by = leaders_of(tx, person.id, now) if person is not None and person.id is not None else []
    return usernames(tx, led_by or persons_of(tx, settings, ESCALATED_TO, now))


def leaders(tx: Transaction, settings: Settings, now: datetime) -> list[str]:
    """D7: whom the settings name; else whose role it is."""
    named = list(settings.cases.leaders)
    return named or [each.username for each in UserStore(tx).all() if each.may_enter(now) and _is_leader(each.roles)]


def usernames(tx: Transaction, person_ids: list[int]) -> list[str]:
    """Of those persons who have an account."""
    users = {each.id: each.username for each in UserStore(tx).all()}
    people = [StaffStore(tx).person(each) for each in person_ids]
    return [users[each.user_id] for each in people if each is not None and each.user_id in users]


def responsible(tx: Transaction, case: ServiceCase) -> list[DirectoryMatch]:
    """B9: who answers for its subject in its region, the best first, by the directory."""
    people = [each for each in DirectoryStore(tx).all() if each.active and each.department_id is not None]
    return search(people, subject=case.subject, region=case.region)[:_SUGGESTED]


def _is_leader(roles: tuple[Role, ...]) -> bool:
    return may(Act.APPROVE_GRAVE, roles)
