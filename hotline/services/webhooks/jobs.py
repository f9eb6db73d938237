"""What is done for web hooks on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from hotline.domain.reasons import Reason, so_many
from hotline.services.job import Job, Jobs, Parts
from hotline.services.notifications.lanes import Lanes
from hotline.services.webhooks.gathering import gather
from hotline.services.webhooks.sending import Sending
from hotline.storage.transaction import Storage
from hotline.storage.webhooks.deliveries import WebhookEventStore


def _all(parts: Parts) -> Iterator[Job]:
    sending = Sending(parts.storage, lambda: parts.settings, parts.secrets.webhook_root, parts.clock)
    yield Job("webhooks", 2, partial(_send, parts, sending, Lanes(sending.send_next)))
    yield Job("old_webhook_events", 3600, partial(_forget, parts))


JOBS = Jobs(_all)


def _send(parts: Parts, sending: Sending, lanes: Lanes, now: datetime) -> None:
    """Nothing here waits for a receiver."""
    gather(parts.storage, now)
    lanes.run(sending.due(now))


def forget_old(storage: Storage, days: int, now: datetime) -> int:
    """Delete events older than so many days, with what became of them; how many."""
    with storage.writing() as tx:
        return WebhookEventStore(tx).forget(now - timedelta(days=days))


def _forget(parts: Parts, now: datetime) -> Reason | None:
    forgotten = forget_old(parts.storage, parts.settings.webhooks.kept_days, now)
    return so_many("webhooks.forgotten", forgotten)
