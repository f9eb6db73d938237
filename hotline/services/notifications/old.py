"""Deletes what is older than the settings keep it: notifications, and the log of what was sent of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.settings import Settings
from hotline.storage.notifications.deliveries import DeliveryStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.transaction import Storage


def forget_old(storage: Storage, settings: Settings, now: datetime) -> int:
    """How many notifications there were."""
    before = now - timedelta(days=settings.notices.kept_days)
    with storage.writing() as tx:
        DeliveryStore(tx).forget(before)
        return NotificationStore(tx).forget(before)
