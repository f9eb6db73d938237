"""The customer's link goes out by text message or by mail. It is made when it goes: only its hash is ever kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.link_mail import LinkMail
from hotline.domain.errors import Conflict, Refused
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.sms.message import SmsMessage
from hotline.services.cases.by_link import case_object
from hotline.services.cases.customer_link import link_of_case
from hotline.services.cases.facts import facts_of, read_theirs
from hotline.services.cases.merging import survivor_of
from hotline.services.links import links
from hotline.services.record_rights import require
from hotline.services.sms.made import MadeParameters
from hotline.services.sms.sms import send_sms, sms_offered
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.cases.link_mails import LinkMailStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.transaction import Storage, Transaction

#: Kind of the text message.
SMS_KIND = "case_link"


class Way(StrEnum):
    SMS = "sms"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class WaysOut:
    """By which ways the link can go out now."""

    sms: bool
    mail: bool


def ways_out(tx: Transaction, settings: Settings, case: ServiceCase) -> WaysOut:
    """As far as a gateway is set, and we know where the customer is reached."""
    texts = sms_offered(settings) and bool(settings.case_links.sms_template)
    return WaysOut(
        texts and bool(_number(tx, case)), bool(settings.mail.host and settings.mail.sender and mail_of(tx, case))
    )


def send_customer_link(
    storage: Storage, settings: Settings, case_id: int, way: Way, actor: Actor, now: datetime
) -> None:
    """To be sent as soon as it may; twice within a minute it is one. The link before lets nobody in once it goes.
    Raises NotFound, Forbidden, Conflict for a closed case, Refused without web.public_url, a gateway or an address."""
    links.require_offered(storage, settings, now)
    with storage.writing() as tx:
        case = survivor_of(tx, read_theirs(tx, case_id, actor))
        require(Act.TELL_CUSTOMER, actor, facts_of(tx, settings, case, actor, now).ties)
        if case.state is CaseState.CLOSED:
            raise Conflict("cases.closed", case=case.number)
        ways = ways_out(tx, settings, case)
        if not (ways.sms if way is Way.SMS else ways.mail):
            raise Refused("cases.no_way_out")
        if way is Way.SMS:
            _text(tx, settings, case, now)
        else:
            LinkMailStore(tx).add(LinkMail(case.id or 0, actor.name, now, now))
        AuditLog(tx).add(now, actor.name, "case.link_sent", f"case:{case.number}", way.value)


def mail_of(tx: Transaction, case: ServiceCase) -> str:
    """The customer's address, "" for none."""
    customer = CustomerStore(tx).by_id(case.customer_id) if case.customer_id is not None else None
    return customer.mail.strip() if customer is not None else ""


def kept_parameters(settings: Settings, template: str, case: ServiceCase, now: datetime) -> dict[str, str]:
    """What stands in the message's row, in place of the link the minute: asked for again, it is another message."""
    kept = {"number": case.number, **dict.fromkeys(("link", "token"), f"{now:%Y-%m-%d %H:%M}")}
    return {name: kept[name] for name in settings.sms.templates[template].parameters if name in kept}


def _text(tx: Transaction, settings: Settings, case: ServiceCase, now: datetime) -> None:
    template = settings.case_links.sms_template
    words = kept_parameters(settings, template, case, now)
    send_sms(tx, settings, _number(tx, case), template, words, SMS_KIND, case_object(case.id or 0), now)


def _number(tx: Transaction, case: ServiceCase) -> Number:
    if case.caller_number.startswith("+"):
        return case.caller_number
    customer = CustomerStore(tx).by_id(case.customer_id) if case.customer_id is not None else None
    numbers = [each.number for each in customer.numbers if not each.extension] if customer is not None else []
    return next((each for each in numbers if each.startswith("+")), NO_NUMBER)


def _made(tx: Transaction, settings: Settings, message: SmsMessage, now: datetime) -> Mapping[str, str] | None:
    """None where the case is closed by now, or no link can be made any more."""
    case = CaseStore(tx).by_id(message.object_id)
    made = link_of_case(tx, settings, case, SMS_KIND, now) if case is not None else None
    return None if made is None else {"link": made.url, "token": made.token}


MADE = MadeParameters({SMS_KIND: _made})
