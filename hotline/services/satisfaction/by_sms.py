"""Who hung up first heard no question: they get a link by text message, where that is set (E9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from hotline.domain.calls.call import Call, Direction, PartyKind
from hotline.domain.calls.having import last_talk
from hotline.domain.customers.customer import PreferredWay
from hotline.domain.links.link import Holder, HolderKind
from hotline.domain.satisfaction.rating import Rating, RatingWay
from hotline.domain.sms.message import SmsMessage
from hotline.services.dialling.permission import people_at, will_of
from hotline.services.links.links import links_offered, make_link, revoke_to
from hotline.services.satisfaction.notes import tell
from hotline.services.sms.made import LATER, MadeParameters
from hotline.services.sms.sms import send_sms, sms_offered
from hotline.settings import Settings
from hotline.settings.satisfaction import PARAMETERS
from hotline.storage.satisfaction.store import RatingStore
from hotline.storage.sms.store import DoNotSendStore
from hotline.storage.transaction import Transaction

#: What a link to it is for, and who is said to have made it.
PURPOSE, MADE_BY = "rating", "listener"

#: Calls that come into the ledger later than this ask nobody any more: it would not be known what about.
FRESH = timedelta(hours=2)

#: Who wants to be asked by one of these ways is asked by no text message.
_NOT_BY_SMS = (PreferredWay.MAIL, PreferredWay.NONE)

#: Text messages reach mobiles alone.
_MOBILE = re.compile(r"\+861[3-9][0-9]{9}")


def ask_by_sms(tx: Transaction, settings: Settings, call: Call, now: datetime) -> Rating | None:
    """The rating that waits for their answer; None where nobody is asked. The same call asks once."""
    if not (_hung_up_first(call) and _offered(settings, call, now)):
        return None
    number = call.caller.number
    if RatingStore(tx).of_call(call.node, call.linkedid) is not None or not _wanted(tx, settings, call, now):
        return None
    chosen, talk = settings.satisfaction_of(call.line), last_talk(call.talks)
    assert talk is not None
    asked = RatingStore(tx).add(Rating(call.node, call.linkedid, call.line, talk.party.id, number, now, RatingWay.SMS))
    parameters = dict.fromkeys(PARAMETERS, LATER)
    send_sms(tx, settings, number, chosen.sms_template, parameters, PURPOSE, f"rating:{asked.id}", now)
    tell(tx, asked.id, "offered", now)
    return asked


def _hung_up_first(call: Call) -> bool:
    """The caller ended a talk with an operator."""
    talk = last_talk(call.talks)
    with_operator = talk is not None and talk.party.kind is PartyKind.OPERATOR
    return with_operator and call.hang_up is not None and call.hang_up.by.kind is PartyKind.CALLER


def _offered(settings: Settings, call: Call, now: datetime) -> bool:
    chosen = settings.satisfaction_of(call.line)
    ways = chosen.sms and sms_offered(settings) and links_offered(settings)
    template = settings.sms.templates.get(chosen.sms_template)
    if not ways or template is None or template.parameters != PARAMETERS:
        return False
    asks = call.direction is Direction.INBOUND or (call.direction is Direction.DIALLED and chosen.dialled)
    fresh = call.ended_at is not None and now - call.ended_at <= FRESH
    return asks and fresh and bool(_MOBILE.fullmatch(call.caller.number))


def _wanted(tx: Transaction, settings: Settings, call: Call, now: datetime) -> bool:
    """Nobody who wants no text messages or no calls of ours (E10), or to be asked by mail or not at all (E3), and not
    so soon again."""
    number, days = call.caller.number, settings.satisfaction_of(call.line).sms_again_days
    if DoNotSendStore(tx).has(number):
        return False
    will = will_of(people_at(tx, number))
    if will.do_not_call or will.way in _NOT_BY_SMS:
        return False
    return not days or RatingStore(tx).last_offer(number, now - timedelta(days=days)) is None


def _made(tx: Transaction, settings: Settings, message: SmsMessage, now: datetime) -> Mapping[str, str] | None:
    """The link, from now on as long as is set; None where they have answered or the call is kept no more."""
    found = RatingStore(tx).by_id(message.object_id)
    if found is None or found.answer is not None or not links_offered(settings):
        return None
    revoke_to(tx, message.object, MADE_BY, now, PURPOSE)
    until = now + timedelta(hours=settings.satisfaction_of(found.line).link_hours)
    holder = Holder(HolderKind.CUSTOMER)
    made = make_link(tx, settings, PURPOSE, message.object, holder, by=MADE_BY, expires_at=until, now=now)
    return dict.fromkeys(PARAMETERS, made.token)


MADE = MadeParameters({PURPOSE: _made})
