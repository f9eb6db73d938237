"""Rows by the hundred thousand, as a driver takes them at once: what a benchmark fills its tables with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table

from hotline.storage.number_parts import all_number_parts
from hotline.storage.search.tables import is_sqlite, search_entry
from hotline.storage.search_index import Entry, first_id, number_of
from hotline.storage.transaction import Storage


@contextmanager
def without_indexes(storage: Storage, *tables: Table) -> Iterator[None]:
    """Indexes are made at the end: with them every row would write a dozen places more."""
    parts = [each for each in all_number_parts() if each.table in tables]
    indexes = [index for table in tables for index in table.indexes]
    drops: list[Callable[[Connection], None]] = [*(each.drop for each in parts), *(each.drop for each in indexes)]
    makes: list[Callable[[Connection], None]] = [*(each.create for each in indexes), *(each.make for each in parts)]
    for drop in drops:
        with storage.writing() as tx:
            drop(tx.connection)
    yield
    for make in makes:
        with storage.writing() as tx:
            make(tx.connection)


def pour(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """`rows`: all of the same columns; what they leave out is the database's default."""
    names = list(rows[0])
    to_driver = {
        name: table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect) for name in names
    }
    plain = [[each(row[name]) if (each := to_driver[name]) else row[name] for name in names] for row in rows]
    raw = connection.connection.driver_connection
    assert raw is not None
    columns = ", ".join(f'"{name}"' for name in names)
    if is_sqlite(connection):
        marks = ", ".join("?" * len(names))
        raw.executemany(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", plain)
        return
    with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
        for row in plain:
            copy.write_row(row)


def pour_entries(connection: Connection, entries: Sequence[Entry], taken: set[int]) -> None:
    """Into the index of search. `taken`: ids that there are already; these are added."""
    rows = [_row(connection, each, taken) for each in entries]
    pour(connection, search_entry, rows)
    if is_sqlite(connection):
        raw = connection.connection.driver_connection
        assert raw is not None
        grams = [(row["id"], " ".join(each.all_grams)) for row, each in zip(rows, entries, strict=True)]
        raw.executemany("INSERT INTO search_gram(rowid, grams) VALUES (?, ?)", grams)


def _row(connection: Connection, each: Entry, taken: set[int]) -> dict[str, Any]:
    place = first_id(each.at) + each.source_id % 1024
    while place in taken:
        place += 1
    taken.add(place)
    values: dict[str, Any] = {
        "id": place,
        "kind": each.kind,
        "source_id": each.source_id,
        "text": each.text,
        "marks": " ".join(each.marks),
    }
    if not is_sqlite(connection):
        values["grams"] = sorted({number_of(gram) for gram in each.all_grams})
    return values
