"""What goes out: claimed before anything is sent, and noted afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BindParameter, Row, and_, bindparam, delete, func, insert, select, update

from hotline.domain.notifications.notification import Delivery, DeliveryState, Gateway
from hotline.domain.reasons import Reason
from hotline.storage.notifications.tables import notification, notification_delivery, notification_gateway
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import rewriting

_d = notification_delivery.c
_WAITING = _d.state == DeliveryState.WAITING.value
_NOW: BindParameter[dt.datetime] = bindparam("now")
_LOST = and_(_d.state == DeliveryState.SENDING.value, _d.claimed_until <= _NOW)

#: Asked every few seconds: made once, since making it costs as much as asking.
_PAUSED = select(notification_gateway.c.name).where(notification_gateway.c.paused_until > _NOW)
_DUE = select(_d.gateway).where(_WAITING, _d.due_at <= _NOW, _d.gateway.not_in(_PAUSED)).distinct().order_by(_d.gateway)
_ANY_LOST = select(_d.id).where(_LOST).limit(1)


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        notification_id=row.notification_id,
        person_id=row.person_id,
        address_group=row.address_group,
        kind=row.kind,
        way=row.way,
        target=row.target,
        gateway=row.gateway,
        due_at=row.due_at,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        claim=row.claim,
        claimed_until=row.claimed_until,
        done_at=row.done_at,
        problem=row.problem,
        id=row.id,
    )


class DeliveryStore(TableStore):
    def add(self, each: Delivery) -> None:
        values = {
            "notification_id": each.notification_id,
            "person_id": each.person_id,
            "address_group": each.address_group,
            "kind": each.kind,
            "way": each.way,
            "target": each.target,
            "gateway": each.gateway,
            "state": each.state.value,
            "due_at": each.due_at,
            "done_at": each.done_at,
            "problem": each.problem,
        }
        self._connection.execute(insert(notification_delivery).values(values))

    def by_id(self, delivery_id: int) -> Delivery | None:
        row = self._connection.execute(select(notification_delivery).where(_d.id == delivery_id)).first()
        return _delivery(row) if row else None

    def last_out(self, person_id: int, address_group: str, kind: str, target: str) -> dt.datetime | None:
        """When the last one of this kind went out there, or may have."""
        done = (DeliveryState.SENT.value, DeliveryState.UNSURE.value)
        wanted = (
            select(func.max(_d.done_at))
            .where(_d.person_id == person_id, _d.address_group == address_group)
            .where(_d.kind == kind, _d.target == target, _d.state.in_(done))
        )
        last: dt.datetime | None = self._connection.scalar(wanted)
        return last

    def due(self, now: dt.datetime) -> Sequence[str]:
        """The gateways through which something is to go now."""
        return list(self._connection.scalars(_DUE, {"now": now}))

    def claim(self, gateway: str, claim: str, now: dt.datetime, until: dt.datetime, most: int) -> Sequence[Delivery]:
        """Take what is to go through this gateway next, and what waits of the same kind for the same address; nothing
        when there is none. Two processes never get the same."""
        first = self._connection.execute(
            select(notification_delivery)
            .where(_WAITING, _d.gateway == gateway, _d.due_at <= now)
            .order_by(_d.due_at, _d.id)
            .limit(1)
        ).first()
        if first is None:
            return []
        same = (_d.person_id == first.person_id) & (_d.address_group == first.address_group)
        alike = select(_d.id).where(_WAITING, same, _d.kind == first.kind, _d.target == first.target)
        ids = list(self._connection.scalars(alike.order_by(_d.id).limit(most)))
        taken = (
            update(notification_delivery)
            .where(_d.id.in_(ids), _WAITING)
            .values(
                state=DeliveryState.SENDING.value,
                claim=claim,
                claimed_until=until,
                attempts=_d.attempts + 1,
                problem=None,
            )
        )
        self._connection.execute(taken)
        rows = self._connection.execute(select(notification_delivery).where(_d.claim == claim).order_by(_d.id))
        return [_delivery(row) for row in rows]

    def note(
        self,
        claim: str,
        state: DeliveryState,
        problem: Reason | None,
        now: dt.datetime,
        due_at: dt.datetime | None = None,
    ) -> int:
        """What became of what was claimed so. With `due_at` it waits until then. Also for what was thought lost
        meanwhile: whoever has sent it knows better. How many were noted."""
        open_states = (DeliveryState.SENDING.value, DeliveryState.UNSURE.value)
        values: dict[str, Any] = {"state": state.value, "problem": problem, "claimed_until": None}
        if due_at is None:
            values["done_at"] = now
        else:
            values |= {"due_at": due_at, "claim": "", "done_at": None}
        done = update(notification_delivery).where(_d.claim == claim, _d.state.in_(open_states)).values(values)
        return self._connection.execute(done).rowcount

    def has_lost(self, now: dt.datetime) -> bool:
        """Whether there is something for `give_up_lost`."""
        return self._connection.execute(_ANY_LOST, {"now": now}).first() is not None

    def give_up_lost(self, now: dt.datetime, problem: Reason) -> int:
        """What was claimed by somebody who is not heard of any more may have been sent or not; how many."""
        values = {"state": DeliveryState.UNSURE.value, "problem": problem, "done_at": now, "claimed_until": None}
        lost = update(notification_delivery).where(_LOST).values(values)
        return self._connection.execute(lost, {"now": now}).rowcount

    def again(self, delivery_id: int, now: dt.datetime) -> bool:
        """Let one that failed, or of which nobody knows, wait anew; False when it is neither."""
        ended = (DeliveryState.FAILED.value, DeliveryState.UNSURE.value)
        values = {"state": DeliveryState.WAITING.value, "due_at": now, "attempts": 0, "claim": "", "done_at": None}
        again = update(notification_delivery).where(_d.id == delivery_id, _d.state.in_(ended)).values(values)
        return self._connection.execute(again).rowcount == 1

    def listed(
        self, states: Collection[str] = (), person_id: int | None = None, limit: int = 50, offset: int = 0
    ) -> Sequence[Delivery]:
        """Newest first."""
        wanted = select(notification_delivery)
        if states:
            wanted = wanted.where(_d.state.in_(list(states)))
        if person_id is not None:
            wanted = wanted.where(_d.person_id == person_id)
        rows = self._connection.execute(wanted.order_by(_d.id.desc()).limit(limit).offset(offset))
        return [_delivery(row) for row in rows]

    def forget(self, before: dt.datetime) -> int:
        """Delete what belongs to notifications from before then."""
        old = select(notification.c.id).where(notification.c.at < before)
        return self._connection.execute(delete(notification_delivery).where(_d.notification_id.in_(old))).rowcount


class GatewayStore(TableStore):
    def get(self, name: str) -> Gateway:
        row = self._connection.execute(select(notification_gateway).where(notification_gateway.c.name == name)).first()
        return Gateway(row.name, row.failures, row.paused_until, row.problem) if row else Gateway(name)

    def all(self) -> Sequence[Gateway]:
        """Those that fail."""
        rows = self._connection.execute(select(notification_gateway).order_by(notification_gateway.c.name))
        return [Gateway(row.name, row.failures, row.paused_until, row.problem) for row in rows]

    def keep(self, gateway: Gateway) -> None:
        values = {
            "name": gateway.name,
            "failures": gateway.failures,
            "paused_until": gateway.paused_until,
            "problem": gateway.problem,
        }
        self._connection.execute(rewriting(self._connection, notification_gateway, "name"), values)

    def forget(self, name: str) -> None:
        self._connection.execute(delete(notification_gateway).where(notification_gateway.c.name == name))
