"""A table whose rows stay as they were written: triggers refuse every change, deletion and replacement."""

from __future__ import annotations

from sqlalchemy import DDL, Table, event


def sqlite_triggers(table: str) -> list[str]:
    """REPLACE deletes without firing the deletion's trigger, so it is refused as an insertion."""
    refuse = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} stay as they are'); END"
    taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} {taken} {refuse}",
    ]


def postgresql_triggers(table: str) -> list[str]:
    refuse = f"EXECUTE FUNCTION {table}_stays()"
    return [
        (
            f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'rows of {table} stay as they are'; END $$"
        ),
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    ]


def make_immutable(table: Table) -> None:
    """Have the triggers made with the table by `metadata.create_all`; migrations make their own."""
    for dialect, statements in (("sqlite", sqlite_triggers), ("postgresql", postgresql_triggers)):
        for statement in statements(table.name):
            event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))
