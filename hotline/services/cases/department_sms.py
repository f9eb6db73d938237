"""A department's person is sent their link by text message. It is made when it goes, as that in a notification is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.cases.case import ServiceCase
from hotline.domain.errors import Refused
from hotline.domain.people import Actor
from hotline.domain.sms.message import SmsMessage
from hotline.domain.staff.records import Person
from hotline.services.cases.by_link import case_object
from hotline.services.cases.department_link import is_with, link_for_person, to_answer
from hotline.services.cases.department_people import answering
from hotline.services.cases.link_sending import kept_parameters
from hotline.services.links import links
from hotline.services.sms.made import MadeParameters
from hotline.services.sms.sms import send_sms, sms_offered
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.cases.store import CaseStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: Kind of the text message.
SMS_KIND = "case_department"


def may_be_texted(settings: Settings, person: Person) -> bool:
    """Whether a gateway and its words are set, and they have a mobile."""
    set_up = sms_offered(settings) and bool(settings.case_links.department_sms_template)
    return set_up and numbers.is_mobile(person.mobile)


def send_department_link(
    storage: Storage, settings: Settings, case_id: int, person_id: int, actor: Actor, now: datetime
) -> None:
    """To be sent as soon as it may; twice within a minute it is one. Their link before lets nobody in once it goes.
    Raises as `to_answer`, Refused without web.public_url, a gateway or their mobile."""
    links.require_offered(storage, settings, now)
    with storage.writing() as tx:
        case, person = to_answer(tx, settings, case_id, person_id, actor, now)
        if not may_be_texted(settings, person):
            raise Refused("cases.no_way_to_department", person=person.name)
        template = settings.case_links.department_sms_template
        words = kept_parameters(settings, template, case, now)
        send_sms(tx, settings, person.mobile, template, words, SMS_KIND, case_object(case.id or 0), now)
        AuditLog(tx).add(now, actor.name, "case.link_texted", f"case:{case.number}", person.name)


def _made(tx: Transaction, settings: Settings, message: SmsMessage, now: datetime) -> Mapping[str, str] | None:
    """None where the case is no longer with whoever has this number."""
    case = CaseStore(tx).by_id(message.object_id)
    person = _with_number(tx, case, message, now) if case is not None else None
    if case is None or person is None or not links.links_offered(settings):
        return None
    made = link_for_person(tx, settings, case, person, SMS_KIND, now)
    return {"link": made.url, "token": made.token}


def _with_number(tx: Transaction, case: ServiceCase, message: SmsMessage, now: datetime) -> Person | None:
    staff = StaffStore(tx)
    there = answering(tx, case.department_id or 0, now)
    deputies = (staff.deputy_of(each, now) for each in there)
    people = [*(staff.person(each) for each in there), *deputies]
    found = (each for each in people if each is not None and each.mobile == message.number)
    return next((each for each in found if is_with(tx, case, each.id or 0, now)), None)


MADE = MadeParameters({SMS_KIND: _made})
