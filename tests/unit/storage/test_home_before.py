"""A filled home of the version before persons, deadlines and notifications comes up with every row and every figure as
it was: what its API said then, it says now (tests/fixtures/home_0009, made by make.py there in that version's tree)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Connection, DateTime, MetaData, Table, insert, select, text
from sqlalchemy.dialects.postgresql import JSONB

from hotline.domain.people import Role
from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from tests.support.databases import at_revision, filled
from tests.support.web import a_web

BEFORE = Path(__file__).parents[2] / "fixtures/home_0009"
ROWS: Mapping[str, list[dict[str, Any]]] = json.loads((BEFORE / "rows.json").read_text("utf-8"))
SAID: Mapping[str, Any] = json.loads((BEFORE / "said.json").read_text("utf-8"))


@pytest.fixture(params=["sqlite", "postgres"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of its database."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    at_revision(url, "0009")
    engine = make_engine(url)
    with engine.begin() as connection:
        known = MetaData()
        known.reflect(connection, only=list(ROWS))
        for table in known.sorted_tables:
            _put(connection, table)
    engine.dispose()


def _put(connection: Connection, table: Table) -> None:
    """As SQLite had them; another database takes them by their types."""
    if connection.dialect.name == "sqlite":
        names = ", ".join(f'"{name}"' for name in ROWS[table.name][0])
        values = ", ".join(f":{name}" for name in ROWS[table.name][0])
        connection.execute(text(f'INSERT INTO "{table.name}" ({names}) VALUES ({values})'), ROWS[table.name])
        return
    connection.execute(
        insert(table), [{name: _typed(table, name, row[name]) for name in row} for row in ROWS[table.name]]
    )
    if "id" in table.c and table.c.id.autoincrement:
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), (SELECT max(id) FROM {table.name}))")
        )


def _typed(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return f"{value}+00:00"
    if isinstance(kind, Boolean):
        return bool(value)
    return json.loads(value) if isinstance(kind, JSONB) else value


def _differences(before: Any, now: Any, path: str = "") -> Iterator[str]:
    """Where what is said now is not what was said; more may be said now."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key, value in before.items():
            if key in now:
                yield from _differences(value, now[key], f"{path}.{key}")
            else:
                yield f"{path}.{key}: is gone"
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now := _known_then(now)):
        for place, (old, new) in enumerate(zip(before, now, strict=True)):
            yield from _differences(old, new, f"{path}[{place}]")
    elif before != now:
        yield f"{path}: {before!r} -> {now!r}"


def _known_then(now: list[Any]) -> list[Any]:
    """Without the cases that a search finds since."""
    return [each for each in now if not (isinstance(each, dict) and each.get("kind") == "case" and "source_id" in each)]


def test_every_figure_is_as_it_was(home: str, tmp_path: Path) -> None:
    migrate.upgrade(home)
    migrate.reindex(home)
    storage = Storage(make_engine(home))
    web = a_web(tmp_path, storage=storage)
    reader = web.signed_in(Role.SUPERVISOR, username="looker")
    found: list[str] = []
    for path, before in SAID.items():
        answer = reader.get(path)
        assert answer.status_code == 200, (path, answer.text)
        now = answer.get_json() if "json" in (answer.mimetype or "") else answer.get_data(as_text=True)
        found += [f"{path} {each}" for each in _differences(before, now)]
    storage.close()
    assert found == []


#: Tables whose rows stand in another one now.
_BECAME = {"duty_shift": "shift"}


def test_every_row_is_there(home: str) -> None:
    migrate.upgrade(home)
    engine = make_engine(home)
    with engine.connect() as connection:
        known = MetaData()
        known.reflect(connection, only=[_BECAME.get(name, name) for name in ROWS])
        for name, rows in ROWS.items():
            table = known.tables[_BECAME.get(name, name)]
            assert len(connection.execute(select(table)).all()) >= len(rows), name
    engine.dispose()
