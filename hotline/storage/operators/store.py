"""Operators' states, their changes, and transfers of calls."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, insert, or_, select, update

from hotline.domain.operators.presence import (
    BUSY,
    CALLING,
    Activity,
    OperatorPresence,
    ShownState,
    StateChange,
    TransferOrder,
    TransferState,
    Via,
)
from hotline.domain.reasons import Reason
from hotline.storage.calls.tables import call
from hotline.storage.inserted import new_id
from hotline.storage.operators.tables import call_transfer, operator_presence, operator_state_change
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into, rewriting

#: Kept by `seen` alone: the listener writes the rest while the web hears from the console.
_OF_THE_CONSOLE = frozenset({"via", "console_seen_at"})

#: What the listener asks and writes with every change of a call: made once, since making it costs as much as asking.
_OF = select(operator_presence).where(operator_presence.c.extension.in_(bindparam("extensions", expanding=True)))
_NOTE = insert(operator_state_change)
#: Twice a second, of all: see `PresenceStore.to_look_after`.
_TO_LOOK_AFTER = select(operator_presence).where(
    or_(
        and_(operator_presence.c.paused.is_(False), operator_presence.c.activity.in_([each.value for each in BUSY])),
        and_(operator_presence.c.paused, operator_presence.c.reason.startswith(CALLING)),
        and_(
            operator_presence.c.via == Via.CONSOLE.value,
            operator_presence.c.console_seen_at <= bindparam("unseen_since"),
        ),
        operator_presence.c.wrap_up_until <= bindparam("now"),
    )
)
_BEGUN = (
    select(call_transfer)
    .where(
        call_transfer.c.node == bindparam("node"),
        call_transfer.c.linkedid.in_(bindparam("linkedids", expanding=True)),
        call_transfer.c.state == TransferState.BEGUN.value,
    )
    .order_by(call_transfer.c.id)
)


def _presence(row: Row[Any]) -> OperatorPresence:
    return OperatorPresence(
        extension=row.extension,
        updated_at=row.updated_at,
        since=row.since,
        queues=tuple(row.queues),
        paused=row.paused,
        reason=row.reason,
        activity=Activity(row.activity),
        node=row.node,
        linkedid=row.linkedid,
        activity_since=row.activity_since,
        wrap_up_until=row.wrap_up_until,
        via=row.via,
        console_seen_at=row.console_seen_at,
        reachable=row.reachable,
    )


def _values(presence: OperatorPresence) -> dict[str, Any]:
    return {
        "extension": presence.extension,
        "updated_at": presence.updated_at,
        "since": presence.since,
        "queues": list(presence.queues),
        "paused": presence.paused,
        "reason": presence.reason,
        "activity": presence.activity.value,
        "node": presence.node,
        "linkedid": presence.linkedid,
        "activity_since": presence.activity_since,
        "wrap_up_until": presence.wrap_up_until,
        "reachable": presence.reachable,
    }


class PresenceStore(TableStore):
    def all(self) -> list[OperatorPresence]:
        """By extension."""
        rows = self._connection.execute(select(operator_presence).order_by(operator_presence.c.extension))
        return [_presence(row) for row in rows]

    def to_look_after(self, now: datetime, unseen_since: datetime) -> list[OperatorPresence]:
        """All of whom something may have to be told to Asterisk now, and few others: who is busy and not paused, who
        is kept from calls to dial, whose console was not seen since then, and whose time to write up is over."""
        rows = self._connection.execute(_TO_LOOK_AFTER, {"now": now, "unseen_since": unseen_since})
        return [_presence(row) for row in rows]

    def get(self, extension: str) -> OperatorPresence | None:
        return self.of([extension]).get(extension)

    def of(self, extensions: Collection[str]) -> dict[str, OperatorPresence]:
        rows = self._connection.execute(_OF, {"extensions": list(extensions)})
        return {row.extension: _presence(row) for row in rows}

    def save(self, presences: Sequence[OperatorPresence]) -> None:
        """Insert or rewrite each, but for what `seen` keeps (via, console_seen_at)."""
        if not presences:
            return
        statement = rewriting(self._connection, operator_presence, "extension", keep=_OF_THE_CONSOLE)
        self._connection.execute(statement, [_values(presence) for presence in presences])

    def seen(self, extension: str, via: str, at: datetime | None) -> None:
        """Where the operator signed in, and when their console was seen last. An operator of whom nothing is known yet
        gets a row, offline."""
        statement = insert_into(self._connection, operator_presence)
        now = {"via": via, "console_seen_at": at}
        row: dict[str, Any] = {"extension": extension, "queues": [], "paused": False, "reachable": False, **now}
        if at is None:  # a phone, of which there is a row already
            self._connection.execute(
                update(operator_presence).where(operator_presence.c.extension == extension).values(**now)
            )
        else:
            self._connection.execute(
                statement.on_conflict_do_update(index_elements=["extension"], set_=now),
                {**row, "since": at, "updated_at": at},
            )

    def seen_again(self, extensions: Sequence[str], at: datetime) -> None:
        """Their consoles are still there; many at once."""
        known = operator_presence.c.extension.in_(list(extensions))
        self._connection.execute(update(operator_presence).where(known).values(console_seen_at=at))

    def note(self, changes: Sequence[StateChange]) -> None:
        if changes:
            self._connection.execute(
                _NOTE,
                [
                    {
                        "extension": change.extension,
                        "at": change.at,
                        "state": change.state.value,
                        "reason": change.reason,
                        "changed_by": change.changed_by,
                    }
                    for change in changes
                ],
            )

    def changes(self, since: datetime, until: datetime, extension: str = "") -> list[StateChange]:
        """[`since`, `until`), oldest first; of one operator, if given."""
        table = operator_state_change
        wanted = select(table).where(table.c.at >= since, table.c.at < until).order_by(table.c.at, table.c.id)
        if extension:
            wanted = wanted.where(table.c.extension == extension)
        return [_change(row) for row in self._connection.execute(wanted)]

    def before(self, moment: datetime) -> list[StateChange]:
        """Of each operator, the last one before this moment."""
        table, known = operator_state_change, self._connection.scalars(select(operator_presence.c.extension))
        last = (
            select(table)
            .where(table.c.extension == bindparam("of"), table.c.at < bindparam("moment"))
            .order_by(table.c.at.desc(), table.c.id.desc())
            .limit(1)
        )
        rows = (self._connection.execute(last, {"of": each, "moment": moment}).first() for each in known.all())
        return [_change(row) for row in rows if row]


def _change(row: Row[Any]) -> StateChange:
    return StateChange(row.extension, row.at, ShownState(row.state), row.reason, row.changed_by, row.id)


def order_of(row: Row[Any]) -> TransferOrder:
    return TransferOrder(
        row.node,
        row.linkedid,
        row.at,
        row.kind,
        row.from_extension,
        row.to_kind,
        row.to_id,
        row.to_name,
        row.consent,
        row.reason,
        TransferState(row.state),
        row.problem,
        row.id,
    )


class TransferStore(TableStore):
    def add(self, order: TransferOrder) -> int:
        """Its id."""
        values = {
            "node": order.node,
            "linkedid": order.linkedid,
            "at": order.at,
            "kind": order.kind,
            "from_extension": order.from_extension,
            "to_kind": order.to_kind,
            "to_id": order.to_id,
            "to_name": order.to_name,
            "consent": order.consent,
            "reason": order.reason,
            "state": order.state.value,
            "problem": order.problem,
        }
        return new_id(self._connection.execute(insert(call_transfer).values(**values)))

    def by_id(self, transfer_id: int) -> TransferOrder | None:
        row = self._connection.execute(select(call_transfer).where(call_transfer.c.id == transfer_id)).first()
        return order_of(row) if row else None

    def of(self, node: str, linkedid: str) -> list[TransferOrder]:
        """Oldest first."""
        return self._listed(call_transfer.c.node == node, call_transfer.c.linkedid == linkedid)

    def in_turn(self, node: str, linkedid: str) -> None:
        """Whoever else orders something about this call waits until this transaction is over."""
        row = select(call.c.id).where(call.c.node == node, call.c.linkedid == linkedid)
        self._connection.execute(row.with_for_update())

    def begun(self, node: str, linkedids: Sequence[str]) -> list[TransferOrder]:
        """Those of these calls whose end is not known yet, oldest first."""
        rows = self._connection.execute(_BEGUN, {"node": node, "linkedids": list(linkedids)})
        return [order_of(row) for row in rows]

    def settle(self, transfer_id: int, state: TransferState, problem: Reason | None = None) -> bool:
        """False when it is not BEGUN any more."""
        table = call_transfer
        open_ = (table.c.id == transfer_id, table.c.state == TransferState.BEGUN.value)
        values = {"state": state.value, "problem": problem}
        return self._connection.execute(update(table).where(*open_).values(**values)).rowcount == 1

    def _listed(self, *conditions: Any) -> list[TransferOrder]:
        rows = self._connection.execute(select(call_transfer).where(*conditions).order_by(call_transfer.c.id))
        return [order_of(row) for row in rows]
