"""`INSERT … ON CONFLICT`, which SQLite and PostgreSQL have alike and SQLAlchemy keeps in each dialect."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert: TypeAlias = postgresql.Insert | sqlite.Insert


def insert_into(connection: Connection, table: Table) -> Insert:
    """An insert that knows ON CONFLICT, for the database at the other end."""
    return _insert(connection.dialect.name, table)


def rewriting(connection: Connection, table: Table, *keys: str, keep: frozenset[str] = frozenset()) -> Insert:
    """An insert that rewrites all other columns of the row that has these keys already, but those to be kept."""
    return _rewriting(connection.dialect.name, table, keys, keep)


def leaving(connection: Connection, table: Table, *keys: str, told: tuple[str, ...] = ()) -> Executable:
    """An insert that leaves the row that has these keys already as it is (none: any that it would collide with).
    `told`: the columns that it returns of what is new. Made once: making it costs as much as asking."""
    return _leaving(connection.dialect.name, table, keys, told)


@lru_cache
def _insert(dialect: str, table: Table) -> Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@lru_cache
def _rewriting(dialect: str, table: Table, keys: tuple[str, ...], keep: frozenset[str]) -> Insert:
    statement = _insert(dialect, table)
    fixed = {*keys, *keep, *table.primary_key.columns.keys()}
    fresh = {column.name: column for column in statement.excluded if column.name not in fixed}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=fresh)


@lru_cache
def _leaving(dialect: str, table: Table, keys: tuple[str, ...], told: tuple[str, ...]) -> Executable:
    statement = _insert(dialect, table).on_conflict_do_nothing(index_elements=list(keys) or None)
    return statement.returning(*(table.c[name] for name in told)) if told else statement
