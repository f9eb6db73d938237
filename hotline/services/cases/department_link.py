"""Links by which people of a department answer a case without signing in."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.errors import Conflict, NotFound
from hotline.domain.links.link import Holder, HolderKind, Link
from hotline.domain.notifications.notification import Notification
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.staff.records import Person
from hotline.services.cases.by_link import DEPARTMENT, case_object
from hotline.services.cases.department_people import answers
from hotline.services.cases.facts import facts_of, read_case, read_theirs
from hotline.services.links import links
from hotline.services.links.links import NewLink
from hotline.services.record_rights import require
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: Who makes the links that notifications carry, as the audit log has it.
BY_NOTIFICATION = "notifications"


def make_department_link(
    storage: Storage, settings: Settings, case_id: int, person_id: int, actor: Actor, now: datetime
) -> NewLink:
    """For a person of the department that has the case, to be handed to them; earlier ones of theirs let nobody in any
    more. Raises NotFound, Forbidden, Conflict for a case that is with no department of theirs, Refused without
    web.public_url, which becomes an alert."""
    links.require_offered(storage, settings, now)
    with storage.writing() as tx:
        case, person = to_answer(tx, settings, case_id, person_id, actor, now)
        return link_for_person(tx, settings, case, person, actor.name, now)


def to_answer(
    tx: Transaction, settings: Settings, case_id: int, person_id: int, actor: Actor, now: datetime
) -> tuple[ServiceCase, Person]:
    """A case, and who is to answer it. Raises NotFound, Forbidden for who assigns no cases, Conflict for a case that is
    with no department of theirs."""
    case = read_theirs(tx, case_id, actor)
    require(Act.ASSIGN_CASE, actor, facts_of(tx, settings, case, actor, now).ties)
    person = StaffStore(tx).person(person_id)
    if person is None:
        raise NotFound("staff.no_person", id=person_id)
    if not is_with(tx, case, person_id, now):
        raise Conflict("cases.not_with_department")
    return case, person


def link_of_notification(tx: Transaction, settings: Settings, told: Notification, now: datetime) -> str:
    """What the notification carries; "" where the case is no longer with whoever it goes to."""
    number = told.object.partition(":")[2]
    case = CaseStore(tx).by_id(int(number)) if number.isascii() and number.isdigit() else None
    person = StaffStore(tx).person(told.person_id)
    if case is None or person is None or not is_with(tx, case, told.person_id, now):
        return ""
    return link_for_person(tx, settings, case, person, BY_NOTIFICATION, now).url


def link_for_person(
    tx: Transaction, settings: Settings, case: ServiceCase, person: Person, by: str, now: datetime
) -> NewLink:
    """Earlier ones of theirs to this case let nobody in any more."""
    object, holder = case_object(case.id or 0), Holder(HolderKind.PERSON, person.id, person.name)
    links.revoke_to(tx, object, by, now, DEPARTMENT, holder)
    expires_at = now + timedelta(days=settings.case_links.department_days)
    return links.make_link(tx, settings, DEPARTMENT, object, holder, by=by, expires_at=expires_at, now=now)


def is_with(tx: Transaction, case: ServiceCase, person_id: int, now: datetime) -> bool:
    """Whether an open case is for this person's department to answer."""
    there = case.state is CaseState.OPEN and case.department_id is not None
    return there and answers(tx, person_id, case.department_id or 0, now)


def case_of_link(tx: Transaction, link: Link, now: datetime) -> ServiceCase:
    """Raises NotFound, Conflict when the case is no longer with whoever the link is for."""
    case = read_case(tx, link.object_id)
    if link.holder.id is None or not is_with(tx, case, link.holder.id, now):
        raise Conflict("cases.not_with_you")
    return case


def who_answers(tx: Transaction, link: Link) -> str:
    """The user name of whoever the link is for, where they have an account: so that nobody approves by it what they
    proposed by a link."""
    person = StaffStore(tx).person(link.holder.id) if link.holder.id is not None else None
    user = UserStore(tx).by_id(person.user_id) if person is not None and person.user_id is not None else None
    return user.username if user is not None else links.who(link)
