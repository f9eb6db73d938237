"""Text messages, and the numbers that are sent none."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update

from hotline.domain.numbers import Number
from hotline.domain.sms.message import COUNTED, REPORTED, DoNotSend, SmsMessage, SmsState
from hotline.storage.inserted import new_id
from hotline.storage.sms.tables import do_not_send, sms_message
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into

_ROW = sms_message.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(SmsMessage))


def _message(row: Row[Any]) -> SmsMessage:
    return SmsMessage(**{name: getattr(row, name) for name in _COLUMNS} | {"state": SmsState(row.state)})


class SmsStore(TableStore):
    def add(self, new: SmsMessage) -> SmsMessage:
        """Or what was asked for before with these very words."""
        before = self._connection.execute(select(sms_message).where(_ROW.once_key == new.once_key)).first()
        if before is not None:
            return _message(before)
        values = {name: getattr(new, name) for name in _COLUMNS if name != "id"} | {"state": new.state.value}
        values["parameters"] = dict(new.parameters)
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(sms_message).values(values))))

    def by_message_id(self, message_id: str) -> SmsMessage | None:
        row = self._connection.execute(select(sms_message).where(_ROW.message_id == message_id)).first()
        return _message(row) if row else None

    def latest(self, limit: int) -> list[SmsMessage]:
        rows = self._connection.execute(select(sms_message).order_by(_ROW.id.desc()).limit(limit))
        return [_message(row) for row in rows]

    def of_numbers(self, numbers: Collection[Number]) -> list[SmsMessage]:
        rows = self._connection.execute(select(sms_message).where(_ROW.number.in_(sorted(numbers))).order_by(_ROW.id))
        return [_message(row) for row in rows]

    def due(self, now: datetime, limit: int) -> Sequence[SmsMessage]:
        """Those that wait and may go, in their order."""
        wanted = select(sms_message).where(_ROW.state == SmsState.WAITING.value, _ROW.due_at <= now)
        return [_message(row) for row in self._connection.execute(wanted.order_by(_ROW.due_at, _ROW.id).limit(limit))]

    def sent_since(self, number: Number, since: datetime) -> int:
        """How many went to this number since then, or may have."""
        states = [state.value for state in COUNTED]
        wanted = select(func.count()).where(_ROW.number == number, _ROW.state.in_(states), _ROW.sent_at >= since)
        return self._connection.scalar(wanted) or 0

    def claim(self, message_id: int, now: datetime) -> bool:
        """It is handed to the gateway now; False if somebody else does that, or it waits no more."""
        waiting = update(sms_message).where(_ROW.id == message_id, _ROW.state == SmsState.WAITING.value)
        changed = {"state": SmsState.SENDING.value, "attempts": _ROW.attempts + 1, "sent_at": now}
        return self._connection.execute(waiting.values(changed)).rowcount == 1

    def settle(self, message_id: int, state: SmsState, why: str = "", **changes: object) -> None:
        """What became of handing it over, unless a report was faster."""
        sending = update(sms_message).where(_ROW.id == message_id, _ROW.state == SmsState.SENDING.value)
        self._connection.execute(sending.values(state=state.value, why=why[:64], **changes))

    def hold_back(self, message_id: int, state: SmsState, why: str) -> None:
        waiting = update(sms_message).where(_ROW.id == message_id, _ROW.state == SmsState.WAITING.value)
        self._connection.execute(waiting.values(state=state.value, why=why))

    def report(self, message_id: str, state: SmsState, why: str, now: datetime) -> bool:
        """What the gateway says became of it; False when that is known already, or there is no such message."""
        open_ = update(sms_message).where(
            _ROW.message_id == message_id, _ROW.state.in_([each.value for each in REPORTED])
        )
        return self._connection.execute(open_.values(state=state.value, why=why[:64], reported_at=now)).rowcount == 1

    def has_abandoned(self, before: datetime) -> bool:
        """Whether `abandoned` would find any."""
        return self._connection.execute(select(_ROW.id).where(*_abandoned(before)).limit(1)).first() is not None

    def abandoned(self, before: datetime) -> int:
        """Handed over before then, and nobody came back: it is not known whether they went. How many."""
        left = update(sms_message).where(*_abandoned(before))
        return self._connection.execute(left.values(state=SmsState.UNCLEAR.value, why="abandoned")).rowcount

    def forget(self, ids: Collection[int]) -> int:
        return self._connection.execute(delete(sms_message).where(_ROW.id.in_(list(ids)))).rowcount


def _abandoned(before: datetime) -> tuple[ColumnElement[bool], ...]:
    return _ROW.state == SmsState.SENDING.value, _ROW.sent_at < before


class DoNotSendStore(TableStore):
    def all(self, limit: int) -> list[DoNotSend]:
        """The latest first."""
        rows = self._connection.execute(select(do_not_send).order_by(do_not_send.c.since.desc()).limit(limit))
        return [DoNotSend(row.number, row.since, row.how, row.by) for row in rows]

    def of_numbers(self, numbers: Collection[Number]) -> list[DoNotSend]:
        rows = self._connection.execute(select(do_not_send).where(do_not_send.c.number.in_(sorted(numbers))))
        return [DoNotSend(row.number, row.since, row.how, row.by) for row in rows]

    def has(self, number: Number) -> bool:
        return bool(self._connection.scalar(select(func.count()).where(do_not_send.c.number == number)))

    def add(self, new: DoNotSend) -> None:
        """A number that is there already stays as it was."""
        values = {"number": new.number, "since": new.since, "how": new.how, "by": new.by}
        self._connection.execute(insert_into(self._connection, do_not_send).values(values).on_conflict_do_nothing())

    def remove(self, number: Number) -> bool:
        """False when it was not there."""
        return self._connection.execute(delete(do_not_send).where(do_not_send.c.number == number)).rowcount == 1
