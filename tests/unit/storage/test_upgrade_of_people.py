"""Every account becomes a person with its extension, and every department of the directory a department."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.domain.staff.records import Department, Person, Tenure
from hotline.storage import migrate
from hotline.storage.directory.store import DirectoryStore
from hotline.storage.engine import make_engine
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.databases import at_revision, filled
from tests.support.rows import MORNING


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before."""
    yield from filled(request, tmp_path, _fill)


_ACCOUNT = (
    "INSERT INTO user_account (username, display_name, password_hash, roles, must_change_password, active, created_at, "
    "extension) VALUES "
)
_DIRECTORY = (
    "INSERT INTO directory_person (name, department, number, subjects, regions, active, version, updated_at, "
    "updated_by) VALUES "
)
_ROWS = (
    _ACCOUNT + "('zhao', '赵敏', '', '[\"operator\"]', false, true, :at, '1001')",
    _ACCOUNT + "('sun', '孙静', '', '[\"supervisor\"]', false, true, :at, NULL)",
    _ACCOUNT + "('li', '李四', '', '[\"operator\"]', false, false, :at, '1002')",
    _DIRECTORY + "('王工', '技术部', '+8613800138001', '[]', '[]', true, 1, :at, 'sun')",
    _DIRECTORY + "('周工', ' 技术部', '+8613800138002', '[]', '[]', true, 1, :at, 'sun')",
    _DIRECTORY + "('吴姐', '', '+8613800138003', '[]', '[]', true, 1, :at, 'sun')",
)


def _fill(url: str) -> None:
    at_revision(url, "0009")
    engine = make_engine(url)
    with engine.begin() as connection:
        native = connection.dialect.name == "postgresql"
        for statement in _ROWS:
            connection.execute(text(statement), {"at": MORNING if native else f"{MORNING:%Y-%m-%d %H:%M:%S}.000000"})
    engine.dispose()


def test_accounts_become_persons_who_always_had_their_extension(before: str) -> None:
    migrate.upgrade(before)
    assert migrate.upgrade(before) == []
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        staff = StaffStore(tx)
        people = {person.name: person for person in staff.all(active_only=False)}
        assert people == {
            "赵敏": Person("赵敏", user_id=1, id=people["赵敏"].id),
            "孙静": Person("孙静", user_id=2, id=people["孙静"].id),
            "李四": Person("李四", user_id=3, active=False, id=people["李四"].id),
        }
        zhao = people["赵敏"].id
        assert zhao is not None
        assert staff.tenures(person_id=zhao) == [Tenure(zhao, "1001", id=1)]
        assert staff.holder("1001", MORNING - timedelta(days=3000)) == people["赵敏"]
        assert staff.holder("1002", MORNING) == people["李四"]
        assert len(staff.tenures()) == 2
    storage.close()


def test_departments_are_those_of_the_directory_whose_text_stays(before: str) -> None:
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        (department,) = StaffStore(tx).departments()
        assert department == Department("技术部", id=department.id)
        linked = {each.name: (each.department, each.department_id) for each in DirectoryStore(tx).all()}
    storage.close()
    assert linked == {"王工": ("技术部", department.id), "周工": (" 技术部", department.id), "吴姐": ("", None)}
