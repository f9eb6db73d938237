"""Sends what is due to web hooks: claims it, sends it, notes what became of it.

Whoever dies in between has perhaps sent it: it goes again, and receivers know it by its id. What is told is read when
it is sent: it is how things are then, and nothing of a person waits here.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain import numbers
from hotline.domain.reasons import Reason, because
from hotline.domain.time import Clock
from hotline.domain.webhooks import signing
from hotline.domain.webhooks.webhook import PING, Delivery, DeliveryState, Webhook, is_to_be_switched_off, pause_after
from hotline.services.alerts import set_alert
from hotline.services.outgoing_http import SECONDS, NotAnswered, NotReached, post
from hotline.services.webhook_event import message
from hotline.services.webhooks.alert_kinds import WEBHOOK_OFF
from hotline.services.webhooks.events import by_kind
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.webhooks.deliveries import WebhookDeliveryStore
from hotline.storage.webhooks.store import WebhookStore

log = logging.getLogger(__name__)

#: No request takes longer; whoever claimed longer ago is dead.
_CLAIMED = timedelta(seconds=4 * SECONDS)

#: The receiver says by this status that it wants nothing any more.
_NOT_WANTED = 410


@dataclass(frozen=True, slots=True)
class _Answered:
    """`status`: 0 when there was no answer; `problem`: of what was no success."""

    status: int
    problem: Reason | None = None


class Sending:
    """For any thread. `root`: the secret of this instance that all hooks' secrets are derived from."""

    def __init__(self, storage: Storage, settings: Callable[[], Settings], root: str, clock: Clock) -> None:
        self._storage, self._settings, self._root, self._clock = storage, settings, root, clock

    def due(self, now: datetime) -> list[str]:
        """The hooks to which something is to go, by id."""
        with self._storage.reading() as tx:
            return [str(each) for each in WebhookDeliveryStore(tx).due(now)]

    def send_next(self, webhook_id: str) -> bool:
        """Send what is next for this hook; False when there is nothing, or the hook is left alone for a while. Raises
        StorageError."""
        claimed = self._claim(int(webhook_id))
        if claimed is None:
            return False
        hook, delivery, body = claimed
        if body is None:
            with self._storage.writing() as tx:
                WebhookDeliveryStore(tx).settle(delivery.id, DeliveryState.GONE, self._clock())
            return True
        answered = self._post(hook, delivery, body)
        self._note(hook.id, delivery, answered)
        return answered.problem is None

    def _claim(self, webhook_id: int) -> tuple[Webhook, Delivery, bytes | None] | None:
        now = self._clock()
        with self._storage.writing() as tx:
            hook = WebhookStore(tx).by_id(webhook_id)
            if hook is None or not hook.active or (hook.paused_until and hook.paused_until > now):
                return None
            delivery = WebhookDeliveryStore(tx).claim(webhook_id, now, now + _CLAIMED)
            return (hook, delivery, body_of(tx, hook, delivery)) if delivery else None

    def _post(self, hook: Webhook, delivery: Delivery, body: bytes) -> _Answered:
        now = self._clock()
        signed = signing.headers(valid_secrets(self._root, hook, now), delivery.event.key, int(now.timestamp()), body)
        try:
            answer = post(hook.url, body, signed, self._settings().webhooks.private_networks)
        except (NotReached, NotAnswered) as error:
            return _Answered(0, error.reason)
        if 200 <= answer.status < 300:
            return _Answered(answer.status)
        return _Answered(answer.status, because("webhooks.answered_otherwise", status=answer.status))

    def _note(self, webhook_id: int, delivery: Delivery, answered: _Answered) -> None:
        now, settings = self._clock(), self._settings().webhooks
        with self._storage.writing() as tx:
            hook = WebhookStore(tx).by_id(webhook_id)
            if hook is None:
                return
            if answered.problem is None:
                WebhookDeliveryStore(tx).settle(delivery.id, DeliveryState.DELIVERED, now, answered.status)
                WebhookStore(tx).succeeded(hook.id, now)
                return
            if delivery.attempts >= settings.attempts:
                WebhookDeliveryStore(tx).settle(
                    delivery.id, DeliveryState.FAILED, now, answered.status, answered.problem
                )
            else:
                due_at = now + pause_after(delivery.attempts)
                WebhookDeliveryStore(tx).put_off(delivery.id, due_at, answered.status, answered.problem)
            after = WebhookStore(tx).failed(hook, now)
            if answered.status == _NOT_WANTED:
                _switch_off(tx, after, because("webhooks.not_wanted", address=hook.url), now)
            elif is_to_be_switched_off(after.failing_since, settings.off_after_days, now):
                days = settings.off_after_days
                _switch_off(tx, after, because("webhooks.failing", address=hook.url, days=days), now)
        log.warning("web hook %s: %s", webhook_id, answered.problem.code)


def valid_secrets(root: str, hook: Webhook, now: datetime) -> list[bytes]:
    """The newest first."""
    versions = [hook.secret_version]
    if hook.secret_before_until is not None and hook.secret_before_until > now:
        versions.append(hook.secret_version - 1)
    return [signing.secret_of(root, hook.key, each) for each in versions]


def body_of(tx: Transaction, hook: Webhook, delivery: Delivery) -> bytes | None:
    """None when what it is about is not there any more."""
    event = delivery.event
    if event.kind == PING:
        return _json(message(event, "ping", None))
    told = by_kind().get(event.kind)
    show = str if hook.whole_numbers else numbers.mask
    snapshot = told.read(tx, [event.object_id], show).get(event.object_id) if told else None
    return _json(message(event, told.part, snapshot.told)) if told and snapshot else None


def _json(said: dict[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _switch_off(tx: Transaction, hook: Webhook, why: Reason, now: datetime) -> None:
    """What waits stays, and goes when the hook is switched on again."""
    WebhookStore(tx).change(hook.id, active=False, off_why=why)
    AuditLog(tx).add(now, "jobs", "webhook.off", f"webhook:{hook.id}", why.code)
    set_alert(tx, WEBHOOK_OFF, str(hook.id), why, now)
