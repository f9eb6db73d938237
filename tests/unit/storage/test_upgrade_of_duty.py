"""Shifts, hand-overs and what was declared before lines had their own are of all lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.line.overrides import OverrideStore
from hotline.storage.line.roster import RosterStore
from hotline.storage.transaction import Storage
from tests.support.databases import filled
from tests.support.rows import MORNING

LATER = MORNING + timedelta(hours=8)


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    engine = make_engine(url)
    with engine.begin() as connection:
        command.upgrade(migrate._config(connection), "0009")
        postgres = connection.dialect.name == "postgresql"
        since, until = (at if postgres else f"{at:%Y-%m-%d %H:%M:%S}.000000" for at in (MORNING, LATER))
        for statement in _ROWS:
            connection.execute(text(statement), {"since": since, "until": until})
    engine.dispose()


_ROWS = (
    (
        "INSERT INTO duty_shift (person, numbers, backups, starts_at, ends_at) "
        """VALUES ('李四', '["13800000001"]', '[]', :since, :until)"""
    ),
    "INSERT INTO duty_handover (at, from_person, to_person, recorded_by) VALUES (:since, '李四', '王五', 'zhou')",
    (
        "INSERT INTO line_override (mode, starts_at, ends_at, declared_by, reason) "
        "VALUES ('closed', :since, :until, 'zhou', '停电')"
    ),
)


def test_what_stood_there_is_for_every_line(before: str) -> None:
    migrate.upgrade(before)
    migrate.require_current(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        [shift] = RosterStore(tx).shifts(MORNING, LATER)
        assert (shift.person, shift.numbers, shift.lines) == ("李四", ("13800000001",), ())
        assert shift.is_for("main") and shift.is_for("repairs")
        [handover] = RosterStore(tx).handovers(5)
        assert (handover.to_person, handover.line) == ("王五", "")
        override = OverrideStore(tx).covering(MORNING, "repairs")
        assert override and (override.mode, override.reason, override.line) == ("closed", "停电", "")
    storage.close()
