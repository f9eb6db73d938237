"""Decisions on settings, as they are stored: added, never changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, func, insert, select

from hotline.domain.settings.change import Act, SettingChange
from hotline.storage.inserted import new_id
from hotline.storage.one_at_a_time import hold_alone
from hotline.storage.settings.tables import setting_change
from hotline.storage.transaction import TableStore

_CHANGE = setting_change.c

#: Of the PostgreSQL advisory lock under which settings are decided; any constant that nothing else uses.
_LOCK = 400_011

#: Asked by every process every few seconds: made once.
_NEWEST = select(func.max(_CHANGE.id))


class SettingChangeStore(TableStore):
    def newest(self) -> int:
        """The id of what was written last; 0 for nothing."""
        return self._connection.scalar(_NEWEST) or 0

    def all(self) -> list[SettingChange]:
        """In the order in which they were written."""
        return [_change(row) for row in self._connection.execute(select(setting_change).order_by(_CHANGE.id))]

    def lock(self) -> None:
        """Others who decide wait until this transaction is over: two decisions that fit alone may not fit together.
        SQLite has one writer anyway."""
        hold_alone(self._connection, _LOCK)

    def add(self, changes: Iterable[SettingChange]) -> list[SettingChange]:
        """With the ids that they were given."""
        return [self._add(change) for change in changes]

    def _add(self, change: SettingChange) -> SettingChange:
        given = {name: getattr(change, name) for name in _CHANGE.keys() if name != "id"}  # noqa: SIM118
        result = self._connection.execute(insert(setting_change).values(given | {"act": change.act.value}))
        return dataclasses.replace(change, id=new_id(result))


def _change(row: Row[Any]) -> SettingChange:
    return SettingChange(
        row.key, Act(row.act), row.value, row.from_at, row.decided_by, row.decided_at, row.reason, row.id
    )
