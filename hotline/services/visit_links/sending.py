"""Links to a visit's questions are sent by SMS or mail (E3), at most once each; who does not answer was not reached.

A link is made when it goes: no row ever has more of it than its hash."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.errors import HotlineError
from hotline.domain.links.link import Holder, HolderKind
from hotline.domain.notifications.notification import Text, Verdict
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason, because
from hotline.domain.rights.given import JOBS
from hotline.domain.sms.message import SmsMessage
from hotline.domain.visits.visit import VISIT, WRITTEN_WAYS, Ending, Visit, VisitTry, VisitWay
from hotline.services.gateways import Gateways
from hotline.services.links import links
from hotline.services.links.links import NewLink, make_link, revoke_to
from hotline.services.sms.made import LATER, MadeParameters
from hotline.services.sms.sms import send_sms, sms_offered
from hotline.services.visit_links.answering import PURPOSE
from hotline.services.visits.asking import end_in_vain, write
from hotline.services.visits.planning import note, people_of
from hotline.settings import Settings
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.visit_links.store import LinkedVisitStore
from hotline.storage.visits.store import VisitStore, VisitTryStore

log = logging.getLogger(__name__)

#: How a try is called that has sent a link, and one that could not.
SENT, NOT_SENT = "sent", DialOutcome.UNREACHABLE.value
#: What could not be sent is tried so often, and so long after.
_MOST_TRIES, _AGAIN_AFTER = 3, timedelta(hours=1)
#: Of one run: a mail server may take its time.
_AT_ONCE = 20
#: Kind of the text message.
SMS_KIND = "visit_link"
#: Who sends.
JOB = Actor("visit_links", JOBS, "visit_links")


@dataclass(frozen=True, slots=True)
class _Mail:
    """What is still to be handed to the mail server once its try stands in the database."""

    visit_id: int
    made: VisitTry
    address: str
    text: Text


def send_links(storage: Storage, settings: Settings, gateways: Gateways | None, now: datetime) -> int:
    """All that wait; how many went. What can't be sent as things are waits."""
    with storage.reading() as tx:
        waiting = LinkedVisitStore(tx).to_send(now, now - _AGAIN_AFTER, _MOST_TRIES, SENT, _AT_ONCE)
    went = 0
    for each in waiting:
        if missing(settings, each.way, gateways is not None) is None:
            went += _send(storage, settings, gateways, each, now)
    return went


def missing(settings: Settings, way: VisitWay, mails: bool = True) -> Reason | None:
    """What is missing for links by this way; None: they can be sent."""
    if not links.links_offered(settings):
        return because("links.no_public_url")
    if way is VisitWay.SMS:
        if not sms_offered(settings):
            return because("sms.not_offered")
        if settings.campaigns.sms_template not in settings.sms.templates:
            return because("visit_links.no_template")
    if way is VisitWay.MAIL and not (mails and settings.mail.host):
        return because("visit_links.no_mail")
    return None


def what_is_missing(storage: Storage, settings: Settings, now: datetime) -> Reason | None:
    """Of links that wait to be sent; None where none waits or nothing is missing."""
    with storage.reading() as tx:
        waiting = LinkedVisitStore(tx).to_send(now, now - _AGAIN_AFTER, _MOST_TRIES, SENT, _AT_ONCE)
    reasons = (missing(settings, each.way) for each in waiting)
    return next((each for each in reasons if each is not None), None)


def end_unanswered(storage: Storage, settings: Settings, now: datetime) -> int:
    """Whose link is over without an answer, or whose text message never went, was not reached; how many."""
    with storage.reading() as tx:
        over = LinkedVisitStore(tx).run_out(PURPOSE, SMS_KIND, tuple(WRITTEN_WAYS), now, _AT_ONCE)
    for each in over:
        with storage.writing() as tx:
            visit = VisitStore(tx).by_id(each.id or 0)
            if visit is not None and visit.is_open:
                end_in_vain(tx, settings, visit, Ending.NOT_REACHED, "", JOB, now)
    return len(over)


def make_answer_link(tx: Transaction, settings: Settings, visit: Visit, by: str, now: datetime) -> NewLink:
    """A new one; earlier ones let nobody in any more. Raises Refused without web.public_url."""
    object = f"{VISIT}:{visit.id}"
    revoke_to(tx, object, by, now, PURPOSE)
    holder = Holder(HolderKind.CUSTOMER, visit.customer_id)
    until = max(visit.due_at, now + timedelta(days=settings.campaigns.link_days))
    return make_link(tx, settings, PURPOSE, object, holder, by=by, expires_at=until, now=now)


def _send(storage: Storage, settings: Settings, gateways: Gateways | None, waiting: Visit, now: datetime) -> int:
    with storage.writing() as tx:
        visit = VisitStore(tx).by_id(waiting.id or 0)
        if visit is None or not visit.is_open or visit.way is not waiting.way:
            return 0
        try:
            mail = _written(tx, settings, visit, now)
        except HotlineError as error:
            log.warning("a link of a visit can't be sent: %s", error)
            revoke_to(tx, f"{VISIT}:{visit.id}", JOB.name, now, PURPOSE)
            _tried(tx, visit, NOT_SENT, now)
            return 0
    if mail is None:
        return 1
    assert gateways is not None
    return _mailed(storage, gateways, mail, now)


def _written(tx: Transaction, settings: Settings, visit: Visit, now: datetime) -> _Mail | None:
    """Before it goes, the try stands as sent: whoever dies then leaves it so, and it is not sent twice."""
    address = ""
    if visit.way is VisitWay.MAIL:
        address = next((each.mail for each in people_of(tx, visit) if each.mail), "")
        if not address:
            _tried(tx, visit, NOT_SENT, now)
            return None
    if visit.way is VisitWay.SMS:
        template = settings.campaigns.sms_template
        send_sms(tx, settings, visit.number, template, {"token": LATER}, SMS_KIND, f"{VISIT}:{visit.id}", now)
        _tried(tx, visit, SENT, now)
        return None
    made = make_answer_link(tx, settings, visit, JOB.name, now)
    text = _text(settings, made, f"visit-{visit.id}-{visit.tries}")
    return _Mail(visit.id or 0, _tried(tx, visit, SENT, now), address, text)


def _tried(tx: Transaction, visit: Visit, outcome: str, now: datetime) -> VisitTry:
    made = VisitTry(visit.id or 0, now, JOB.name, visit.way, outcome)
    made = replace(made, id=VisitTryStore(tx).add(made))
    tried = replace(visit, tries=visit.tries + 1, last_tried_at=now)
    write(tx, tried)
    note(tx, tried, "send_link", visit.state, JOB.name, now, {"way": visit.way.value})
    return made


def _mailed(storage: Storage, gateways: Gateways, mail: _Mail, now: datetime) -> int:
    outcome = gateways.mail(mail.address, mail.text)
    if outcome.verdict in (Verdict.TAKEN, Verdict.UNSURE):
        return 1
    log.warning("the link of visit %s was not mailed: %s", mail.visit_id, outcome.why)
    with storage.writing() as tx:
        VisitTryStore(tx).correct(replace(mail.made, outcome=NOT_SENT))
        revoke_to(tx, f"{VISIT}:{mail.visit_id}", JOB.name, now, PURPOSE)
    return 0


def _text(settings: Settings, made: NewLink, key: str) -> Text:
    """Both languages: nobody knows which one a customer reads."""
    company = settings.site.company
    until = f"{made.link.expires_at:%Y-%m-%d}"
    body = (
        f"您好！{company}想了解您对我们服务的满意程度，请点击下面的链接回答几个问题（{until}前有效，只能使用一次）。\n"
        f"{made.url}\n\n"
        f"{company} would like to know how satisfied you are with our service. Please answer a few questions by the "
        f"link above; it works once, until {until}.\n"
    )
    return Text(f"{company} 回访 / How satisfied are you?", body, key)


def _made(tx: Transaction, settings: Settings, message: SmsMessage, now: datetime) -> Mapping[str, str] | None:
    """None where the visit was made, or is asked another way by now."""
    visit = VisitStore(tx).by_id(message.object_id)
    if visit is None or not visit.is_open or visit.way is not VisitWay.SMS or not links.links_offered(settings):
        return None
    return {"token": make_answer_link(tx, settings, visit, JOB.name, now).token}


MADE = MadeParameters({SMS_KIND: _made})
