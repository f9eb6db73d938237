"""What happened, and what of it is on its way to which web hook."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from hotline.domain.batches import batches
from hotline.domain.reasons import Reason
from hotline.domain.webhooks.webhook import Delivery, DeliveryState, Event
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into
from hotline.storage.webhooks.tables import webhook, webhook_delivery, webhook_event

_d, _e = webhook_delivery.c, webhook_event.c
_OVER = (DeliveryState.DELIVERED.value, DeliveryState.FAILED.value, DeliveryState.GONE.value)


_NOW: BindParameter[datetime] = bindparam("now")
#: Waiting until now, or with somebody who is not heard of any more.
_IS_DUE = or_(
    and_(_d.state == DeliveryState.WAITING.value, _d.due_at <= _NOW),
    and_(_d.state == DeliveryState.SENDING.value, _d.claimed_until <= _NOW),
)
#: Asked every few seconds: made once, since making it costs as much as asking.
_DUE = (
    select(webhook.c.id)
    .where(
        webhook.c.active,
        or_(webhook.c.paused_until.is_(None), webhook.c.paused_until <= _NOW),
        select(_d.id).where(_d.webhook_id == webhook.c.id, _IS_DUE).exists(),
    )
    .order_by(webhook.c.id)
)


def _event(row: Row[Any]) -> Event:
    return Event(row.key, row.kind, row.object_id, row.at, row.event_id)


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        row.id,
        row.webhook_id,
        _event(row),
        DeliveryState(row.state),
        row.attempts,
        row.due_at,
        row.status,
        row.problem,
        row.done_at,
    )


class WebhookEventStore(TableStore):
    def known(self, onces: Collection[str]) -> set[str]:
        """Those of these that have happened already."""
        found: set[str] = set()
        for some in batches(sorted(onces)):
            found.update(self._connection.scalars(select(_e.once).where(_e.once.in_(some))))
        return found

    def add(self, event: Event, once: str) -> int | None:
        """Its id; None when somebody else has told of it meanwhile."""
        values = {"key": event.key, "kind": event.kind, "object_id": event.object_id, "at": event.at, "once": once}
        new = insert_into(self._connection, webhook_event).on_conflict_do_nothing(index_elements=["once"])
        return self._connection.execute(new.values(values).returning(_e.id)).scalar()

    def forget(self, before: datetime) -> int:
        """Delete what happened before then, with what became of it; how many."""
        old = select(_e.id).where(_e.at < before)
        self._connection.execute(delete(webhook_delivery).where(_d.event_id.in_(old)))
        return self._connection.execute(delete(webhook_event).where(_e.at < before)).rowcount


class WebhookDeliveryStore(TableStore):
    def add(self, webhook_id: int, event_id: int, due_at: datetime) -> int:
        values = {"webhook_id": webhook_id, "event_id": event_id, "state": "waiting", "due_at": due_at}
        return new_id(self._connection.execute(insert(webhook_delivery).values(values)))

    def due(self, now: datetime) -> Sequence[int]:
        """The hooks to which something is to go now."""
        return list(self._connection.scalars(_DUE, {"now": now}))

    def claim(self, webhook_id: int, now: datetime, until: datetime) -> Delivery | None:
        """What is to go there next, in the order in which it happened. Two processes never get the same."""
        wanted = _shown().where(_d.webhook_id == webhook_id, _IS_DUE).order_by(_d.event_id).limit(1)
        row = self._connection.execute(wanted, {"now": now}).first()
        if row is None:
            return None
        taken = (
            update(webhook_delivery)
            .where(_d.id == row.id, _IS_DUE)
            .values(state=DeliveryState.SENDING.value, claimed_until=until, attempts=_d.attempts + 1)
        )
        if self._connection.execute(taken, {"now": now}).rowcount != 1:
            return None
        return self.by_id(row.id)

    def by_id(self, delivery_id: int) -> Delivery | None:
        row = self._connection.execute(_shown().where(_d.id == delivery_id)).first()
        return _delivery(row) if row else None

    def settle(
        self, delivery_id: int, state: DeliveryState, now: datetime, status: int = 0, problem: Reason | None = None
    ) -> None:
        """It is over, unless it is so already."""
        values = {"state": state.value, "status": status, "problem": problem, "done_at": now, "claimed_until": None}
        self._connection.execute(
            update(webhook_delivery).where(_d.id == delivery_id, _d.state.not_in(_OVER)).values(values)
        )

    def put_off(self, delivery_id: int, due_at: datetime, status: int, problem: Reason) -> None:
        """It failed, and goes again then."""
        values = {"state": "waiting", "status": status, "problem": problem, "due_at": due_at, "claimed_until": None}
        self._connection.execute(
            update(webhook_delivery).where(_d.id == delivery_id, _d.state.not_in(_OVER)).values(values)
        )

    def again(
        self, webhook_id: int, now: datetime, delivery_id: int | None = None, since: datetime | None = None
    ) -> int:
        """Let this one, or all of what happened since then, go once more whatever became of it; how many."""
        chosen: list[ColumnElement[bool]] = [_d.webhook_id == webhook_id, _d.state.in_(_OVER)]
        if delivery_id is not None:
            chosen.append(_d.id == delivery_id)
        if since is not None:
            chosen.append(_d.event_id.in_(select(_e.id).where(_e.at >= since)))
        values = {"state": "waiting", "attempts": 0, "due_at": now, "status": 0, "problem": None, "done_at": None}
        return self._connection.execute(update(webhook_delivery).where(*chosen).values(values)).rowcount

    def latest(self, webhook_id: int, limit: int, before: int | None = None) -> list[Delivery]:
        """The latest first; `before`: only those with a lower id."""
        wanted = _shown().where(_d.webhook_id == webhook_id).order_by(_d.id.desc()).limit(limit)
        rows = self._connection.execute(wanted if before is None else wanted.where(_d.id < before))
        return [_delivery(row) for row in rows]

    def counts(self) -> Mapping[int, Mapping[DeliveryState, int]]:
        """By hook and state."""
        counted: dict[int, dict[DeliveryState, int]] = {}
        wanted = select(_d.webhook_id, _d.state, func.count()).group_by(_d.webhook_id, _d.state)
        for webhook_id, state, count in self._connection.execute(wanted):
            counted.setdefault(webhook_id, {})[DeliveryState(state)] = count
        return counted


def _shown() -> Select[Any]:
    columns = (_d.id, _d.webhook_id, _d.state, _d.attempts, _d.due_at, _d.status, _d.problem, _d.done_at, _d.event_id)
    wanted = select(*columns, _e.key, _e.kind, _e.object_id, _e.at)
    return wanted.join(webhook_event, _e.id == _d.event_id)
