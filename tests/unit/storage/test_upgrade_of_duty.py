"""Shifts, hand-overs and what was declared before lines had their own are of all lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.domain.line.roster import DutyNumber
from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.line.overrides import OverrideStore
from hotline.storage.line.roster import RosterStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.transaction import Storage
from tests.support.databases import at_revision, filled
from tests.support.rows import MORNING

LATER = MORNING + timedelta(hours=8)


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    at_revision(url, "0009")
    engine = make_engine(url)
    with engine.begin() as connection:
        postgres = connection.dialect.name == "postgresql"
        moments = (MORNING, LATER, LATER + timedelta(hours=8))
        since, until, later = (at if postgres else f"{at:%Y-%m-%d %H:%M:%S}.000000" for at in moments)
        for statement in _ROWS:
            connection.execute(text(statement), {"since": since, "until": until, "later": later})
    engine.dispose()


_ROWS = (
    (
        "INSERT INTO duty_shift (person, numbers, backups, starts_at, ends_at) "
        """VALUES ('李四', '["13800000001"]', '[]', :since, :until)"""
    ),
    (
        "INSERT INTO duty_shift (person, numbers, backups, starts_at, ends_at) VALUES ('周全', "
        """'["13800000005"]', '[{"person": "王五", "number": "13800000006"}]', :until, :later)"""
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
        [shift, next_one] = RosterStore(tx).shifts(MORNING, LATER + timedelta(hours=1))
        assert (next_one.person, next_one.numbers) == ("周全", ("13800000005",))
        assert next_one.backups == (DutyNumber("王五", "13800000006"),)
        assert (shift.person, shift.numbers, shift.lines) == ("李四", ("13800000001",), ())
        assert shift.is_for("main") and shift.is_for("repairs")
        [handover] = RosterStore(tx).handovers(5)
        assert (handover.to_person, handover.line) == ("王五", "")
        override = OverrideStore(tx).covering(MORNING, "repairs")
        assert override and (override.mode, override.reason, override.line) == ("closed", "停电", "")
    storage.close()


def test_whoever_has_the_duty_mobile_is_known_as_one_of_us_where_the_name_is_one_person_s(at_0031: str) -> None:
    migrate.upgrade(at_0031)
    storage = Storage(make_engine(at_0031))
    with storage.reading() as tx:
        shifts = ShiftStore(tx).between(MORNING, LATER, duty=True)
        assert {each.person: (each.person_id, each.is_published, each.numbers) for each in shifts} == {
            "李四": (7, True, ("13800000001",)),
            "同名": (None, True, ("13800000002",)),  # two of us are called so
            "外人": (None, True, ("13800000003",)),
        }
    storage.close()


@pytest.fixture(params=["sqlite", "postgres"])
def at_0031(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield from filled(request, tmp_path, _fill_0031)


def _fill_0031(url: str) -> None:
    at_revision(url, "0031")
    engine = make_engine(url)
    with engine.begin() as connection:
        postgres = connection.dialect.name == "postgresql"
        since, until = (at if postgres else f"{at:%Y-%m-%d %H:%M:%S}.000000" for at in (MORNING, LATER))
        for person_id, name, active in ((7, "李四", True), (8, "同名", True), (9, "同名", True), (10, "外人", False)):
            person = "INSERT INTO person (id, name, active, version) VALUES (:id, :name, :active, 1)"
            connection.execute(text(person), {"id": person_id, "name": name, "active": active})
        for place, name in enumerate(("李四", "同名", "外人"), 1):
            shift = (
                "INSERT INTO duty_shift (person, numbers, backups, starts_at, ends_at) "
                "VALUES (:name, :numbers, '[]', :since, :until)"
            )
            numbers = f'["1380000000{place}"]'
            connection.execute(text(shift), {"name": name, "numbers": numbers, "since": since, "until": until})
    engine.dispose()
