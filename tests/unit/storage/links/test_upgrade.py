"""Links to log forms of the version before open what they opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.domain.links.link import Holder, HolderKind, LinkState, link_state
from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.links.store import LinkStore
from hotline.storage.transaction import Storage
from tests.support.databases import at_revision, filled
from tests.support.rows import MORNING

TOMORROW = MORNING.replace(day=MORNING.day + 1)


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    at_revision(url, "0009")
    engine = make_engine(url)
    with engine.begin() as connection:
        native = connection.dialect.name == "postgresql"
        made, until = (at if native else f"{at:%Y-%m-%d %H:%M:%S}.000000" for at in (MORNING, TOMORROW))
        row = text(
            "INSERT INTO duty_link (token_sha256, form_id, person, created_at, created_by, expires_at, opened_at, "
            "opened_with, used_at) VALUES (:token, 12, '李四', :made, 'boss', :until, :opened, :with, :used)"
        )
        for token, opened_with, used in (("a", "", None), ("b", "c" * 64, None), ("d", "e" * 64, made)):
            opened = made if opened_with else None
            values = {"token": token * 64, "made": made, "until": until, "opened": opened, "with": opened_with}
            connection.execute(row, values | {"used": used})
    engine.dispose()


def test_links_of_before_are_kept(before: str) -> None:
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        found = [LinkStore(tx).by_token(token * 64) for token in "abd"]
    storage.close()
    states = [link_state(each, "c" * 64, MORNING) for each in found if each]
    assert states == [LinkState.NEW, LinkState.OPEN, LinkState.USED]
    (first, *_others) = found
    assert first is not None
    assert (first.purpose, first.object, first.object_id) == ("duty", "form:12", 12)
    assert first.holder == Holder(HolderKind.OTHER, None, "李四")
    assert (first.created_at, first.created_by, first.expires_at) == (MORNING, "boss", TOMORROW)
    assert first.one_use and first.one_browser
