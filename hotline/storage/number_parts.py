"""Finding rows by a part of a telephone number: an index of every three neighbouring characters, which the database
keeps itself, so that it holds at every moment what the rows hold, and nothing that was erased from them.

SQLite: an FTS5 table without content, kept by triggers. PostgreSQL: a GIN index on a function of ours. Neither needs an
extension (docs/decisions/0076-parts-of-numbers-by-an-index.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import DDL, ColumnElement, Connection, Table, Text, column, event, literal_column, select, text
from sqlalchemy import table as table_named
from sqlalchemy.dialects.postgresql import ARRAY

from hotline.storage.search.tables import is_sqlite

#: Shorter parts stand in nearly every number: whoever goes through the rows in their order soon has a page of them.
SHORTEST = 3
#: Of a long part so many threes are asked for, the last ones: the first are every mobile's.
_MOST_GRAMS = 4

#: Threes of a text.
POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION number_grams(text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS"
    " $$ SELECT array_agg(DISTINCT substr($1, place, 3)) FROM generate_series(1, length($1) - 2) AS place $$"
)


def sqlite_index(table: str, columns: Sequence[str]) -> list[str]:
    options = "content='', detail='none', columnsize=0, tokenize='trigram'"
    return [f"CREATE VIRTUAL TABLE {_name(table)} USING fts5(numbers, {options})", *sqlite_triggers(table, columns)]


def sqlite_triggers(table: str, columns: Sequence[str]) -> list[str]:
    """A migration of Alembic's that copies the table loses them: `keep_triggers` makes them again."""
    name = _name(table)
    add = f"INSERT INTO {name}(rowid, numbers) VALUES (NEW.id, {_all('NEW', columns)})"
    take = f"INSERT INTO {name}({name}, rowid, numbers) VALUES ('delete', OLD.id, {_all('OLD', columns)})"
    changed = " OR ".join(f"OLD.{each} IS NOT NEW.{each}" for each in columns)
    make = "CREATE TRIGGER IF NOT EXISTS"
    return [
        f"{make} {name}_added AFTER INSERT ON {table} BEGIN {add}; END",
        f"{make} {name}_changed AFTER UPDATE ON {table} WHEN {changed} BEGIN {take}; {add}; END",
        f"{make} {name}_removed AFTER DELETE ON {table} BEGIN {take}; END",
    ]


def sqlite_filling(table: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO {_name(table)}(rowid, numbers) SELECT id, {_all(table, columns)} FROM {table}"


def postgresql_index(table: str, columns: Sequence[str]) -> str:
    return f"CREATE INDEX {_name(table)} ON {table} USING gin ({_grams_of(columns)})"


@dataclass(frozen=True, slots=True)
class NumberParts:
    """The index of these columns, none of which may be NULL, of one table."""

    table: Table
    columns: tuple[str, ...]

    def ids(self, connection: Connection, part: str, most: int) -> list[int] | None:
        """Of rows that have the part in these columns, and some that have its pieces alone: look again. At most so
        many. None: the index does not know such a part."""
        if len(part) < SHORTEST or not part.isascii() or not part.isprintable():
            return None
        lowered = part.lower()
        starts = range(len(lowered) - SHORTEST, -SHORTEST, -SHORTEST)[:_MOST_GRAMS]
        grams = {lowered[max(at, 0) : max(at, 0) + SHORTEST] for at in starts}
        return list(connection.scalars(self._asked(connection, sorted(grams)).limit(most)))

    def make(self, connection: Connection) -> None:
        """For a table that was filled without it."""
        if is_sqlite(connection):
            statements = [*sqlite_index(self.table.name, self.columns), sqlite_filling(self.table.name, self.columns)]
        else:
            statements = [postgresql_index(self.table.name, self.columns)]
        for each in statements:
            connection.exec_driver_sql(each)

    def drop(self, connection: Connection) -> None:
        name = _name(self.table.name)
        if is_sqlite(connection):
            for what in ("added", "changed", "removed"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}_{what}")
        kind = "TABLE" if is_sqlite(connection) else "INDEX"
        connection.exec_driver_sql(f"DROP {kind} IF EXISTS {name}")

    def _asked(self, connection: Connection, grams: Sequence[str]) -> Any:
        if not is_sqlite(connection):
            # Left to itself, the planner takes a part for more frequent than it is, and reads every row.
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            held: ColumnElement[Any] = literal_column(_grams_of(self.columns), ARRAY(Text))
            return select(self.table.c.id).where(held.contains(list(grams)))
        name = _name(self.table.name)
        asked = " AND ".join('"' + gram.replace('"', '""') + '"' for gram in grams)
        matches = text(f"{name} MATCH :asked").bindparams(asked=asked)
        return select(column("rowid")).select_from(table_named(name)).where(matches)


_KEPT: list[NumberParts] = []


def number_parts(table: Table, *columns: str) -> NumberParts:
    """Have the index made with the table by `metadata.create_all`; migrations make their own."""
    for statement in sqlite_index(table.name, columns):
        event.listen(table, "after_create", DDL(statement).execute_if(dialect="sqlite"))
    for statement in (POSTGRESQL_FUNCTION, postgresql_index(table.name, columns)):
        event.listen(table, "after_create", DDL(statement).execute_if(dialect="postgresql"))
    kept = NumberParts(table, columns)
    _KEPT.append(kept)
    return kept


def all_number_parts() -> Iterator[NumberParts]:
    """Of every table that has been loaded."""
    yield from _KEPT


def keep_triggers(connection: Connection) -> None:
    """After an upgrade: a revision that had a table copied has lost its triggers."""
    if is_sqlite(connection):
        for kept in _KEPT:
            for statement in sqlite_triggers(kept.table.name, kept.columns):
                connection.exec_driver_sql(statement)


def rebuild(connection: Connection) -> None:
    """All of them anew, from what the tables hold."""
    for kept in _KEPT:
        kept.drop(connection)
        kept.make(connection)


def _name(table: str) -> str:
    return f"{table}_number_part"


def _all(row: str, columns: Sequence[str]) -> str:
    return " || char(10) || ".join(f"{row}.{each}" for each in columns)


def _grams_of(columns: Sequence[str]) -> str:
    """As the index says it: PostgreSQL takes it only where the question says the same."""
    return f"number_grams(lower({' || chr(10) || '.join(columns)}))"
