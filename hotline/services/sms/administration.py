"""What administrators see and do of text messages: what was sent, a test, the numbers that are sent none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.errors import NotFound
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.sms.message import DoNotSend, SmsMessage
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.sms.reports import bar, numbers_of
from hotline.services.sms.sms import send_sms, sms_offered
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.sms.store import DoNotSendStore, SmsStore
from hotline.storage.transaction import Storage

MOST = 200


@dataclass(frozen=True, slots=True)
class SeenMessages:
    messages: Sequence[SmsMessage]
    barred: Sequence[DoNotSend]


def see_messages(storage: Storage, settings: Settings, actor: Actor, now: datetime) -> SeenMessages:
    """The latest. Raises Forbidden, NotFound without a gateway."""
    _require(settings, actor)
    with storage.reading() as tx:
        seen = SeenMessages(SmsStore(tx).latest(MOST), DoNotSendStore(tx).all(MOST))
    note_look(storage, actor, now, "sms.view", "sms", f"{len(seen.messages)} messages")
    return seen


def send_test(
    storage: Storage,
    settings: Settings,
    number: str,
    template: str,
    parameters: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> SmsMessage:
    """Each a message of its own. Raises as `send_sms`, Forbidden, NotFound."""
    _require(settings, actor)
    [to] = numbers_of(settings, [number])
    with storage.writing() as tx:
        made = send_sms(tx, settings, to, template, parameters, "test", f"test:{now.timestamp():.0f}", now)
        AuditLog(tx).add(now, actor.name, "sms.test", f"number:{numbers.mask(to)}", template)
        return made


def bar_number(storage: Storage, settings: Settings, number: str, actor: Actor, now: datetime) -> None:
    """Raises Forbidden, NotFound, Refused for no number."""
    _require(settings, actor)
    [whose] = numbers_of(settings, [number])
    with storage.writing() as tx:
        bar(tx, whose, "staff", actor.name, now)


def unbar_number(storage: Storage, settings: Settings, number: str, actor: Actor, now: datetime) -> None:
    """They have changed their mind. Raises Forbidden, NotFound, Refused for no number."""
    _require(settings, actor)
    [whose] = numbers_of(settings, [number])
    with storage.writing() as tx:
        if not DoNotSendStore(tx).remove(whose):
            raise NotFound("sms.not_barred")
        AuditLog(tx).add(now, actor.name, "sms.unbar", f"number:{numbers.mask(whose)}")


def _require(settings: Settings, actor: Actor) -> None:
    require_right(Act.MANAGE_TEXT_MESSAGES, actor)
    if not sms_offered(settings):
        raise NotFound("sms.not_offered")
