"""What administrators see and do of web hooks."""

from __future__ import annotations

import ipaddress
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from hotline.domain.errors import NotFound, Outdated, Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.text import one_line
from hotline.domain.webhooks import signing
from hotline.domain.webhooks.address import require_address
from hotline.domain.webhooks.webhook import PING, Delivery, DeliveryState, Event, Webhook
from hotline.services.access import require_right
from hotline.services.alerts import set_alert
from hotline.services.looks import note_look
from hotline.services.outgoing_http import may_reach
from hotline.services.webhooks.alert_kinds import WEBHOOK_OFF
from hotline.services.webhooks.events import by_kind
from hotline.services.webhooks.gathering import begin_here
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.webhooks.deliveries import WebhookDeliveryStore, WebhookEventStore
from hotline.storage.webhooks.store import WebhookStore

#: Each is asked for at every event.
MOST = 20

PAGE = 50

#: The secret before goes on signing beside the new one.
OVERLAP = timedelta(hours=24)

_LONGEST_DESCRIPTION = 200


@dataclass(frozen=True, slots=True)
class WantedHook:
    url: str
    events: Sequence[str]
    description: str
    whole_numbers: bool


@dataclass(frozen=True, slots=True)
class SeenHooks:
    """`counts`: deliveries by hook and state."""

    hooks: Sequence[Webhook]
    counts: Mapping[int, Mapping[DeliveryState, int]]


@dataclass(frozen=True, slots=True)
class SeenHook:
    """`older`: the id before which the next page begins; None on the last."""

    hook: Webhook
    deliveries: Sequence[Delivery]
    older: int | None


def see_hooks(storage: Storage, actor: Actor, now: datetime) -> SeenHooks:
    """Raises Forbidden."""
    require_right(Act.MANAGE_WEBHOOKS, actor)
    with storage.reading() as tx:
        seen = SeenHooks(WebhookStore(tx).all(), WebhookDeliveryStore(tx).counts())
    note_look(storage, actor, now, "webhook.view", "webhooks", f"{len(seen.hooks)}")
    return seen


def see_hook(storage: Storage, webhook_id: int, before: int | None, actor: Actor, now: datetime) -> SeenHook:
    """With a page of what was sent there, the latest first. Raises Forbidden, NotFound."""
    require_right(Act.MANAGE_WEBHOOKS, actor)
    with storage.reading() as tx:
        hook = _hook(tx, webhook_id)
        found = WebhookDeliveryStore(tx).latest(webhook_id, PAGE + 1, before)
    note_look(storage, actor, now, "webhook.view", f"webhook:{webhook_id}")
    return SeenHook(hook, found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def add_hook(
    storage: Storage, settings: Settings, root: str, wanted: WantedHook, actor: Actor, now: datetime
) -> tuple[Webhook, str]:
    """The hook, and its secret, which is shown this once. Raises Forbidden, Refused."""
    require_right(Act.MANAGE_WEBHOOKS, actor)
    checked = _checked(settings, wanted)
    with storage.writing() as tx:
        if len(WebhookStore(tx).all()) >= MOST:
            raise Refused("webhooks.too_many", most=MOST)
        begin_here(tx)
        new = Webhook(
            uuid.uuid4().hex,
            checked.url,
            tuple(checked.events),
            checked.description,
            checked.whole_numbers,
            True,
            now,
            actor.name,
        )
        made = WebhookStore(tx).add(new)
        AuditLog(tx).add(now, actor.name, "webhook.add", f"webhook:{made.id}", _told(checked))
    return made, _secret(root, made)


def change_hook(
    storage: Storage, settings: Settings, webhook_id: int, wanted: WantedHook, seen: str, actor: Actor, now: datetime
) -> None:
    """What is sent from now on. `seen`: the mark of the hook as it was shown. Raises Forbidden, NotFound, Refused,
    Outdated when somebody else has changed it since."""
    require_right(Act.MANAGE_WEBHOOKS, actor)
    checked = _checked(settings, wanted)
    with storage.writing() as tx:
        WebhookStore(tx).lock(webhook_id)
        if mark(_hook(tx, webhook_id)) != seen:
            raise Outdated("webhooks.changed_meanwhile")
        WebhookStore(tx).change(
            webhook_id,
            url=checked.url,
            events=list(checked.events),
            description=checked.description,
            whole_numbers=checked.whole_numbers,
        )
        AuditLog(tx).add(now, actor.name, "webhook.change", f"webhook:{webhook_id}", _told(checked))


def mark(hook: Webhook) -> str:
    """Two hooks that are told alike have the same."""
    told = (hook.url, sorted(hook.events), hook.description, hook.whole_numbers)
    return sha256(repr(told).encode()).hexdigest()[:16]


def switch_hook(storage: Storage, webhook_id: int, on: bool, actor: Actor, now: datetime) -> None:
    """Off: what happens is not noted for it; what waits stays. On: what waits goes. Raises Forbidden, NotFound."""
    require_right(Act.MANAGE_WEBHOOKS, actor)
    with storage.writing() as tx:
        if _hook(tx, webhook_id).active == on:
            return
        if on:
            begin_here(tx)
        WebhookStore(tx).change(webhook_id, active=on, off_why=None, failures=0, failing_since=None, paused_until=None)
        set_alert(tx, WEBHOOK_OFF, str(webhook_id), None, now)
        AuditLog(tx).add(now, actor.name, "webhook.on" if on else "webhook.off", f"webhook:{webhook_id}")


def renew_secret(storage: Storage, root: str, webhook_id: int, actor: Actor, now: datetime) -> str:
    """A new secret, shown this once; the one before signs too for a day. Raises Forbidden, NotFound."""
    require_right(Act.MANAGE_WEBHOOKS, actor)
    with storage.writing() as tx:
        version = _hook(tx, webhook_id).secret_version + 1
        WebhookStore(tx).change(webhook_id, secret_version=version, secret_before_until=now + OVERLAP)
        AuditLog(tx).add(now, actor.name, "webhook.secret", f"webhook:{webhook_id}")
        return _secret(root, _hook(tx, webhook_id))


def send_ping(storage: Storage, webhook_id: int, actor: Actor, now: datetime) -> None:
    """A message without content, to try whether it arrives. Raises Forbidden, NotFound, Refused when it is off."""
    require_right(Act.MANAGE_WEBHOOKS, actor)
    with storage.writing() as tx:
        if not _hook(tx, webhook_id).active:
            raise Refused("webhooks.is_off")
        key = uuid.uuid4().hex
        event_id = WebhookEventStore(tx).add(Event(key, PING, webhook_id, now), f"{PING}:{key}")
        assert event_id is not None
        WebhookDeliveryStore(tx).add(webhook_id, event_id, now)
        WebhookStore(tx).change(webhook_id, paused_until=None)
        AuditLog(tx).add(now, actor.name, "webhook.test", f"webhook:{webhook_id}")


def send_again(
    storage: Storage, webhook_id: int, delivery_id: int | None, since: datetime | None, actor: Actor, now: datetime
) -> int:
    """This delivery, or all that happened since then, whatever became of them; how many. They keep their ids, by which
    the receiver knows them. Raises Forbidden, NotFound."""
    require_right(Act.MANAGE_WEBHOOKS, actor)
    with storage.writing() as tx:
        _hook(tx, webhook_id)
        sent = WebhookDeliveryStore(tx).again(webhook_id, now, delivery_id, since)
        WebhookStore(tx).change(webhook_id, paused_until=None)
        AuditLog(tx).add(now, actor.name, "webhook.again", f"webhook:{webhook_id}", f"{sent} deliveries")
    return sent


def remove_hook(storage: Storage, webhook_id: int, actor: Actor, now: datetime) -> None:
    """With all that waits for it. Raises Forbidden, NotFound."""
    require_right(Act.MANAGE_WEBHOOKS, actor)
    with storage.writing() as tx:
        url = _hook(tx, webhook_id).url
        WebhookStore(tx).remove(webhook_id)
        set_alert(tx, WEBHOOK_OFF, str(webhook_id), None, now)
        AuditLog(tx).add(now, actor.name, "webhook.remove", f"webhook:{webhook_id}", url)


def _hook(tx: Transaction, webhook_id: int) -> Webhook:
    found = WebhookStore(tx).by_id(webhook_id)
    if found is None:
        raise NotFound("webhooks.no_hook", id=webhook_id)
    return found


def _checked(settings: Settings, wanted: WantedHook) -> WantedHook:
    """A name is asked for when something is sent: what it leads to then is checked there."""
    networks = settings.webhooks.private_networks
    url = require_address(wanted.url, bool(networks))
    with suppress(ValueError):
        if not may_reach(ipaddress.ip_address(urlsplit(url).hostname or ""), networks):
            raise Refused("webhooks.private_address", field="url")
    events = tuple(kind for kind in by_kind() if kind in wanted.events)
    if not events or len(events) != len(set(wanted.events)):
        raise Refused("webhooks.no_events", field="events")
    description = one_line(wanted.description)[:_LONGEST_DESCRIPTION]
    return WantedHook(url, events, description, wanted.whole_numbers)


def _secret(root: str, hook: Webhook) -> str:
    return signing.shown(signing.secret_of(root, hook.key, hook.secret_version))


def _told(wanted: WantedHook) -> str:
    numbers = "whole numbers" if wanted.whole_numbers else "masked numbers"
    return f"{wanted.url} {' '.join(wanted.events)} {numbers}"[:500]
