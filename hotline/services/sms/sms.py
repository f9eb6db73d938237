"""Text messages: written in the transaction of what they tell of, sent by a job.

None is sent twice. Before the gateway is asked, the row says that it is being handed over; if nobody comes back to say
what became of it, whether it went stays unclear, and it is not sent again. Logs have masked numbers alone.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from hotline.domain import numbers
from hotline.domain.calendar import local_day
from hotline.domain.errors import HotlineError, Refused
from hotline.domain.numbers import Number
from hotline.domain.sms.message import SmsMessage, SmsState, is_night, next_try, once_key, wrong_parameters
from hotline.domain.time import midnight
from hotline.services.sms.gateways import GatewayAway, GatewayRefused, GatewayUnclear, OutgoingSms, SmsGateway
from hotline.services.sms.made import made_parameters
from hotline.settings import Settings
from hotline.settings.sms import SmsSettings
from hotline.storage.audit import AuditLog
from hotline.storage.sms.store import DoNotSendStore, SmsStore
from hotline.storage.transaction import Storage, Transaction

log = logging.getLogger(__name__)

#: No gateway takes longer to answer.
ABANDONED_AFTER = timedelta(minutes=5)

#: In one run: were each answered at the last moment, the moment that the run began at would not be too old yet.
_AT_ONCE = 15


def sms_offered(settings: Settings) -> bool:
    """Whether text messages can be sent; without it no page speaks of them."""
    return bool(settings.sms.gateway)


def send_sms(
    tx: Transaction,
    settings: Settings,
    number: Number,
    template: str,
    parameters: Mapping[str, str],
    kind: str,
    object: str,
    now: datetime,
) -> SmsMessage:
    """To be sent as soon as it may, once: asked for again with the same words about the same object it is the same
    one. A number that wants none is written down as held back. Raises Refused without a gateway, for an unknown
    template, for parameters that do not fit it, and for what is no number that can be called."""
    if not sms_offered(settings):
        raise Refused("sms.not_offered")
    declared = settings.sms.templates.get(template)
    if declared is None:
        raise Refused("sms.no_template", template=template)
    wrong = wrong_parameters(declared.parameters, parameters)
    if wrong:
        raise Refused("sms.parameters", template=template, wrong=wrong)
    if not number.startswith("+"):
        raise Refused("sms.number")
    barred = DoNotSendStore(tx).has(number)
    new = SmsMessage(
        str(uuid.uuid4()),
        once_key(number, template, parameters, kind, object),
        number,
        template,
        parameters,
        kind,
        object,
        SmsState.HELD_BACK if barred else SmsState.WAITING,
        now,
        now,
        why="do_not_send" if barred else "",
    )
    return SmsStore(tx).add(new)


def send_due(storage: Storage, settings: Settings, gateway: SmsGateway, now: datetime) -> int:
    """Hand over what waits; how many went. At night nothing does."""
    _note_abandoned(storage, now - ABANDONED_AFTER)
    if is_night(now, settings.sms.night_from, settings.sms.night_until):
        return 0
    with storage.reading() as tx:
        due = SmsStore(tx).due(now, _AT_ONCE)
    return sum(_handed_over(storage, settings, gateway, each, now) for each in due)


def _note_abandoned(storage: Storage, before: datetime) -> None:
    with storage.reading() as tx:
        if not SmsStore(tx).has_abandoned(before):
            return
    with storage.writing() as tx:
        SmsStore(tx).abandoned(before)


def _handed_over(storage: Storage, settings: Settings, gateway: SmsGateway, each: SmsMessage, now: datetime) -> bool:
    with storage.writing() as tx:
        held = _held_back(tx, settings.sms, each, now)
        if held:
            SmsStore(tx).hold_back(each.id, *held)
            return False
        if not SmsStore(tx).claim(each.id, now):
            return False
        parameters = made_parameters(tx, settings, each, now)
        if parameters is None:
            SmsStore(tx).settle(each.id, SmsState.FAILED, "no_link")
            return False
    state, why, changes = _sent(settings.sms, gateway, each, parameters, now)
    with storage.writing() as tx:
        SmsStore(tx).settle(each.id, state, why, **changes)
        if state is not SmsState.WAITING:
            AuditLog(tx).add(now, "jobs", "sms.send", each.object, f"{each.kind} {each.template} {state}")
    log.info("text message %s to %s: %s %s", each.message_id, numbers.mask(each.number), state, why)
    return state is SmsState.SENT


def _why(error: HotlineError) -> str:
    """The gateway's code, or ours."""
    return str(error.reason.values["why"])


def _held_back(tx: Transaction, settings: SmsSettings, each: SmsMessage, now: datetime) -> tuple[SmsState, str] | None:
    if DoNotSendStore(tx).has(each.number):
        return SmsState.HELD_BACK, "do_not_send"
    if each.template not in settings.templates:
        return SmsState.FAILED, "no_template"
    if SmsStore(tx).sent_since(each.number, midnight(local_day(now))) >= settings.most_a_day:
        return SmsState.HELD_BACK, "enough_today"
    return None


def _sent(
    settings: SmsSettings, gateway: SmsGateway, each: SmsMessage, parameters: Mapping[str, str], now: datetime
) -> tuple[SmsState, str, dict[str, object]]:
    try:
        taken = gateway.send(OutgoingSms(each.message_id, each.number, each.template, parameters), now)
    except GatewayRefused as error:
        return SmsState.FAILED, _why(error), {}
    except GatewayUnclear as error:
        return SmsState.UNCLEAR, _why(error), {}
    except GatewayAway as error:
        again = next_try(each.attempts + 1, settings.attempts, each.created_at, now)
        return (SmsState.WAITING, _why(error), {"due_at": again}) if again else (SmsState.FAILED, _why(error), {})
    return SmsState.SENT, "", {"gateway_id": taken}
