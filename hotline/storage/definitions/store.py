"""Definitions, as they are stored: versions are added, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select

from hotline.domain.definitions.definition import Definition
from hotline.storage.definitions.tables import definition
from hotline.storage.transaction import TableStore

_IT = definition.c


class DefinitionStore(TableStore):
    def add(self, new: Definition) -> None:
        """Raises Conflict when there is this version already: somebody else was quicker."""
        values = {name: getattr(new, name) for name in Definition.__dataclass_fields__}
        self._connection.execute(insert(definition).values(values))

    def version(self, kind: str, code: str, version: int) -> Definition | None:
        """What a thing that was made under that version goes by, for ever."""
        wanted = (_IT.kind == kind, _IT.code == code, _IT.version == version)
        row = self._connection.execute(select(definition).where(*wanted)).first()
        return _definition(row) if row is not None else None

    def versions(self, kind: str, code: str) -> list[Definition]:
        """The first one first."""
        wanted = select(definition).where(_IT.kind == kind, _IT.code == code).order_by(_IT.version)
        return [_definition(row) for row in self._connection.execute(wanted)]

    def in_force(self, kind: str, at: datetime) -> dict[str, Definition]:
        """By code: what new things are made by at that moment."""
        wanted = select(definition).where(_IT.kind == kind, _IT.from_at <= at).order_by(_IT.version)
        return {row.code: _definition(row) for row in self._connection.execute(wanted)}


def _definition(row: Row[Any]) -> Definition:
    return Definition(row.kind, row.code, row.version, row.content, row.from_at, row.by, row.decided_at)
