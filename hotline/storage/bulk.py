"""Many rows written in one statement, each by its id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, cast, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY


def update_rows(connection: Connection, table: Table, ids: Sequence[int], columns: Mapping[str, Sequence[Any]]) -> None:
    """Write the values of these columns into the rows with these ids, value by value in the order of the ids."""
    if not ids:
        return
    if connection.dialect.name == "sqlite":
        statement = update(table).where(table.c.id == bindparam("row_id"))
        names = tuple(columns)
        rows = [dict(zip(("row_id", *names), row, strict=True)) for row in zip(ids, *columns.values(), strict=True)]
        connection.execute(statement.values({name: bindparam(name) for name in names}), rows)
        return
    # One statement a row would take a hundred times as long over a socket.
    lists = {"id": ids, **columns}
    unnested = (
        func.unnest(cast(bindparam(name, list(values), type_=(kind := ARRAY(table.c[name].type))), kind)).label(name)
        for name, values in lists.items()
    )
    fresh = select(*unnested).subquery("fresh")
    connection.execute(update(table).where(table.c.id == fresh.c.id).values({name: fresh.c[name] for name in columns}))
