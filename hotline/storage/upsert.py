"""`INSERT … ON CONFLICT`, which SQLite and PostgreSQL have alike and SQLAlchemy keeps in each dialect."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert: TypeAlias = postgresql.Insert | sqlite.Insert


def insert_into(connection: Connection, table: Table) -> Insert:
    """An insert that knows ON CONFLICT, for the database at the other end."""
    return _insert(connection.dialect.name, table)


def rewriting(connection: Connection, table: Table, *keys: str, keep: frozenset[str] = frozenset()) -> Insert:
    """An insert that rewrites all other columns of the row that has these keys already, but those to be kept."""
    return _rewriting(connection.dialect.name, table, keys, keep)


@lru_cache
def _insert(dialect: str, table: Table) -> Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@lru_cache
def _rewriting(dialect: str, table: Table, keys: tuple[str, ...], keep: frozenset[str]) -> Insert:
    statement = _insert(dialect, table)
    fixed = {*keys, *keep, *table.primary_key.columns.keys()}
    fresh = {column.name: column for column in statement.excluded if column.name not in fixed}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=fresh)
