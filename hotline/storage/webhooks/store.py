"""Web hooks themselves, and how far the outbox has been read for them."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from hotline.domain.webhooks.webhook import Webhook, pause_of_hook
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into
from hotline.storage.webhooks.tables import webhook, webhook_delivery, webhook_progress

#: Asked every few seconds: made once, since making it costs as much as asking.
_ALL = select(webhook).order_by(webhook.c.id)
_ACTIVE = _ALL.where(webhook.c.active)

_COLUMNS = tuple(each.name for each in dataclasses.fields(Webhook))


def _webhook(row: Row[Any]) -> Webhook:
    return Webhook(**{name: getattr(row, name) for name in _COLUMNS} | {"events": tuple(row.events)})


class WebhookStore(TableStore):
    def all(self, active_only: bool = False) -> list[Webhook]:
        return [_webhook(row) for row in self._connection.execute(_ACTIVE if active_only else _ALL)]

    def by_id(self, webhook_id: int) -> Webhook | None:
        row = self._connection.execute(select(webhook).where(webhook.c.id == webhook_id)).first()
        return _webhook(row) if row else None

    def lock(self, webhook_id: int) -> None:
        """Others who change it wait until this transaction is over. SQLite has one writer anyway."""
        self._connection.execute(select(webhook.c.id).where(webhook.c.id == webhook_id).with_for_update())

    def add(self, new: Webhook) -> Webhook:
        values = {name: getattr(new, name) for name in _COLUMNS if name != "id"} | {"events": list(new.events)}
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(webhook).values(values))))

    def change(self, webhook_id: int, **values: object) -> None:
        self._connection.execute(update(webhook).where(webhook.c.id == webhook_id).values(values))

    def remove(self, webhook_id: int) -> None:
        """With all that was on its way there."""
        self._connection.execute(delete(webhook_delivery).where(webhook_delivery.c.webhook_id == webhook_id))
        self._connection.execute(delete(webhook).where(webhook.c.id == webhook_id))

    def succeeded(self, webhook_id: int, now: datetime) -> None:
        self.change(webhook_id, failures=0, failing_since=None, paused_until=None, delivered_at=now)

    def failed(self, hook: Webhook, now: datetime) -> Webhook:
        """As it is after one more failure."""
        failures = hook.failures + 1
        after = dataclasses.replace(
            hook, failures=failures, failing_since=hook.failing_since or now, paused_until=now + pause_of_hook(failures)
        )
        self.change(hook.id, failures=failures, failing_since=after.failing_since, paused_until=after.paused_until)
        return after

    def progress(self) -> int:
        """The last entry of the outbox that was read for web hooks."""
        return self._connection.scalar(select(webhook_progress.c.outbox_id)) or 0

    def begin(self, at: int) -> None:
        """Read on from there."""
        row = insert_into(self._connection, webhook_progress).values(id=1, outbox_id=at)
        self._connection.execute(row.on_conflict_do_update(index_elements=["id"], set_={"outbox_id": at}))

    def advance(self, before: int, to: int) -> bool:
        """False when somebody else has read on from there."""
        moved = update(webhook_progress).where(webhook_progress.c.outbox_id == before).values(outbox_id=to)
        return self._connection.execute(moved).rowcount == 1
