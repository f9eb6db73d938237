"""What the gateway reports: what became of messages, and what people answered. It is signed as our own requests are."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from hotline.domain import numbers
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.numbers import Number
from hotline.domain.sms.message import DoNotSend, SmsState, means_stop
from hotline.services.sms.gateways import signature
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.sms.store import DoNotSendStore, SmsStore
from hotline.storage.transaction import Storage, Transaction

#: Clocks differ, and a report that somebody recorded is worth nothing later.
_FRESH = timedelta(minutes=5)

_AT_ONCE = 500

_STATES = {"delivered": SmsState.DELIVERED, "undelivered": SmsState.UNDELIVERED}


def take_reports(
    storage: Storage, settings: Settings, key: str, moment: str, signed: str, body: bytes, now: datetime
) -> int:
    """How many told something new: a report that comes twice changes nothing. Raises NotFound without the HTTP gateway,
    Forbidden for a wrong or old signature, Refused for what cannot be read."""
    if settings.sms.gateway != "http":
        raise NotFound("sms.not_offered")
    _require_signature(settings, key, moment, signed, body, now)
    reports, replies = _read(body)
    with storage.writing() as tx:
        told = sum(_report(tx, each, now) for each in reports)
        return told + sum(_reply(tx, settings, each, now) for each in replies)


def _require_signature(settings: Settings, key: str, moment: str, signed: str, body: bytes, now: datetime) -> None:
    right = signature(settings.sms.secret, moment, body).encode()
    same = hmac.compare_digest(right, signed.encode("utf-8", "replace"))
    same &= hmac.compare_digest(settings.sms.key.encode(), key.encode("utf-8", "replace"))
    fresh = moment.isascii() and moment.isdigit() and len(moment) <= 12
    if not same or not fresh or abs(now.timestamp() - int(moment)) > _FRESH.total_seconds():
        raise Forbidden("sms.signature")


def _read(body: bytes) -> tuple[list[Mapping[str, object]], list[Mapping[str, object]]]:
    try:
        said = json.loads(body)
        lists = [said.get(name, []) for name in ("reports", "replies")]
    except (ValueError, AttributeError, RecursionError):
        raise Refused("sms.report") from None
    if not all(isinstance(some, list) and len(some) <= _AT_ONCE and all(map(_is_object, some)) for some in lists):
        raise Refused("sms.report")
    return lists[0], lists[1]


def _is_object(each: object) -> bool:
    return isinstance(each, dict)


def _report(tx: Transaction, each: Mapping[str, object], now: datetime) -> bool:
    state = _STATES.get(str(each.get("state")))
    message_id = each.get("id")
    if state is None or not isinstance(message_id, str):
        return False
    code = each.get("code")
    why = "".join(filter(str.isprintable, code))[:64] if isinstance(code, str) else ""
    return SmsStore(tx).report(message_id[:36], state, why, now)


def _reply(tx: Transaction, settings: Settings, each: Mapping[str, object], now: datetime) -> bool:
    number, text = each.get("number"), each.get("text")
    if not isinstance(number, str) or not isinstance(text, str) or not means_stop(text[:40]):
        return False
    whose = numbers.normalise(number[:40], settings.numbers.outside_prefixes)
    return whose.startswith("+") and bar(tx, whose, "reply", "", now)


def bar(tx: Transaction, number: Number, how: str, by: str, now: datetime) -> bool:
    """From now on the number is sent nothing; False when it was on the list already."""
    if DoNotSendStore(tx).has(number):
        return False
    DoNotSendStore(tx).add(DoNotSend(number, now, how, by))
    AuditLog(tx).add(now, by or "gateway", "sms.bar", f"number:{numbers.mask(number)}", how)
    return True


def numbers_of(settings: Settings, written: Iterable[str]) -> list[Number]:
    """As people write them. Raises Refused for what is no number that can be called."""
    found = [numbers.normalise(each, settings.numbers.outside_prefixes) for each in written]
    if not all(each.startswith("+") for each in found):
        raise Refused("sms.number", field="number")
    return found
