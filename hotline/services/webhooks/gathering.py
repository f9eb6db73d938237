"""Reads the outbox for web hooks: what has happened is written down once, with a delivery for each hook that wants it.

How far it has been read moves in the same transaction: whoever dies in between has written nothing, and the next one
reads the same again.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from hotline.domain.outbox import OutboxEntry
from hotline.domain.webhooks.webhook import Event, Webhook
from hotline.services.webhook_event import Happening, Snapshot
from hotline.services.webhooks.events import by_kind, by_topic
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.webhooks.deliveries import WebhookDeliveryStore, WebhookEventStore
from hotline.storage.webhooks.store import WebhookStore

#: Entries in one transaction, and transactions in one run: what is more waits for the next.
_AT_ONCE = 500
_BATCHES = 20


def gather(storage: Storage, now: datetime) -> int:
    """How many deliveries were written. Raises StorageError."""
    written = 0
    for _ in range(_BATCHES):
        some, more = _gather_some(storage, now)
        written += some
        if not more:
            break
    return written


def begin_here(tx: Transaction) -> None:
    """A hook becomes the first one that is on: nothing from before is told."""
    if not WebhookStore(tx).all(active_only=True):
        WebhookStore(tx).begin(Outbox(tx).last_id())


def _gather_some(storage: Storage, now: datetime) -> tuple[int, bool]:
    """How many were written, and whether more may wait."""
    with storage.reading() as tx:
        hooks = WebhookStore(tx).all(active_only=True)
        if not hooks:
            return 0, False
        before = WebhookStore(tx).progress()
        # A database that was put back has numbered its entries anew.
        entries = Outbox(tx).after(min(before, Outbox(tx).last_id()), _AT_ONCE)
        fresh = _fresh(tx, entries, hooks)
    if not entries:
        return 0, False
    with storage.writing() as tx:
        if not WebhookStore(tx).advance(before, entries[-1].id or 0):
            return 0, False  # somebody else does this
        return sum(_write(tx, at, each, wanting, now) for at, each, wanting in fresh), len(entries) == _AT_ONCE


def _fresh(
    tx: Transaction, entries: Sequence[OutboxEntry], hooks: Sequence[Webhook]
) -> list[tuple[datetime, Happening, list[Webhook]]]:
    """What has not been told of yet, when it happened, and the hooks that want it."""
    wanted = {kind for hook in hooks for kind in hook.events}
    found: dict[str, tuple[datetime, Happening]] = {}
    for entry in entries:
        told = by_topic().get(entry.topic)
        for each in told.happened(entry.payload) if told else ():
            if each.kind in wanted:
                found.setdefault(each.once, (entry.at, each))
    for once in WebhookEventStore(tx).known(found):
        del found[once]
    began = _began(tx, [each for _at, each in found.values()])
    fresh = []
    for at, each in found.values():
        snapshot = began[each.kind].get(each.object_id)
        wanting = [h for h in hooks if each.kind in h.events and snapshot and snapshot.since >= h.created_at]
        if wanting:
            fresh.append((at, each, wanting))
    return fresh


def _began(tx: Transaction, happenings: Sequence[Happening]) -> Mapping[str, Mapping[int, Snapshot]]:
    """By kind, since objects of two kinds may have the same id."""
    ids: dict[str, set[int]] = {}
    for each in happenings:
        ids.setdefault(each.kind, set()).add(each.object_id)
    return {kind: by_kind()[kind].read(tx, some, str) for kind, some in ids.items()}


def _write(tx: Transaction, at: datetime, each: Happening, wanting: Sequence[Webhook], now: datetime) -> int:
    event_id = WebhookEventStore(tx).add(Event(uuid.uuid4().hex, each.kind, each.object_id, at), each.once)
    if event_id is None:
        return 0
    for hook in wanting:
        WebhookDeliveryStore(tx).add(hook.id, event_id, now)
    return len(wanting)
