"""Who signed in before there were second factors signs in as before, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.storage import migrate
from hotline.storage.accounts.users import UserStore
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from tests.support.databases import at_revision, filled
from tests.support.rows import MORNING


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    at_revision(url, "0046")
    engine = make_engine(url)
    with engine.begin() as connection:
        native = connection.dialect.name == "postgresql"
        connection.execute(
            text(
                "INSERT INTO user_account (username, display_name, password_hash, roles, must_change_password, active, "
                "created_at) VALUES ('zhao', '赵敏', 'kept', '[\"operator\"]', false, true, :at)"
            ),
            {"at": MORNING if native else f"{MORNING:%Y-%m-%d %H:%M:%S}.000000"},
        )
    engine.dispose()


def test_f8_accounts_stay_and_have_no_second_factor(before: str) -> None:
    migrate.upgrade(before)
    assert migrate.upgrade(before) == []
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        [zhao] = UserStore(tx).all()
    storage.close()
    assert (zhao.username, zhao.password_hash, zhao.created_at) == ("zhao", "kept", MORNING)
    assert zhao.second_factor_at is None
