"""Many rows at once as a table within a statement: one statement a row would take most of the time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Subquery, Table, bindparam, cast, func, select, type_coerce, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from hotline.domain.time import require_aware
from hotline.storage.types import UtcDateTime

#: A column's values, one a row, and their type.
Values = tuple[TypeEngine[Any], Sequence[Any]]

#: Rows of a long answer that are read at a time (`yield_per`).
AT_ONCE = 1000

_NAIVE = len("2026-03-16 00:00:00.000000")


def rows_of(connection: Connection, columns: Mapping[str, Values]) -> Subquery:
    """These rows, to be selected from. Values are numbers, texts, truths, moments or None."""
    if connection.dialect.name == "sqlite":
        lists = zip(*(_plain(kind, values) for kind, values in columns.values()), strict=True)
        rows = func.json_each(bindparam("rows", json.dumps(list(lists)), unique=True)).table_valued("value")
        fields = (
            type_coerce(func.json_extract(rows.c.value, f"$[{place}]"), kind).label(name)
            for place, (name, (kind, _values)) in enumerate(columns.items())
        )
        return select(*fields).subquery("fresh")
    unnested = (
        func.unnest(cast(bindparam(name, list(values), type_=ARRAY(kind), unique=True), ARRAY(kind))).label(name)
        for name, (kind, values) in columns.items()
    )
    return select(*unnested).subquery("fresh")


def update_rows(
    connection: Connection,
    table: Table,
    ids: Sequence[int],
    columns: Mapping[str, Sequence[Any]],
    alike: Mapping[str, object] | None = None,
) -> None:
    """Write the values of these columns into the rows with these ids, value by value in the order of the ids, and
    those of `alike` into all of them."""
    if not ids:
        return
    lists = {"id": ids, **columns}
    fresh = rows_of(connection, {name: (table.c[name].type, values) for name, values in lists.items()})
    written = {name: fresh.c[name] for name in columns}
    connection.execute(update(table).where(table.c.id == fresh.c.id).values({**written, **(alike or {})}))


def keep_pages(connection: Connection) -> None:
    """SQLite keeps 2 MB of pages a connection: where as much is written in no order, it would read the same ones again
    and again. What is kept stays with the connection."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA cache_size=-16000")


def _plain(kind: TypeEngine[Any], values: Sequence[Any]) -> Sequence[Any]:
    """As SQLite keeps moments: text in UTC, with microseconds."""
    return [_moment(value) for value in values] if isinstance(kind, UtcDateTime) else values


def _moment(value: datetime | None) -> str | None:
    if value is None:
        return None
    utc = value if value.tzinfo is UTC else require_aware(value)
    return utc.isoformat(" ", "microseconds")[:_NAIVE]
