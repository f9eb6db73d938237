"""A database from before callbacks were taken and callers in examples had a reason comes up with all that is in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.domain.search.search import SearchFilter, words_of
from hotline.storage import migrate
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.engine import make_engine
from hotline.storage.examination.corrective_actions import ExampleStore
from hotline.storage.search.store import SearchStore
from hotline.storage.transaction import Storage
from tests.support.databases import at_revision, filled
from tests.support.rows import MORNING


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before, with a callback, an example in which the caller is heard, and a
    record whose number is indexed as text."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    at_revision(url, "0003")
    engine = make_engine(url)
    with engine.begin() as connection:
        at = MORNING if connection.dialect.name == "postgresql" else f"{MORNING:%Y-%m-%d %H:%M:%S}.000000"
        for statement in _ROWS:
            connection.execute(text(statement), {"at": at, "yes": True, "no": False})
    engine.dispose()


_ROWS = (
    (
        "INSERT INTO callback (node, linkedid, line, number, reason, queued_at, due_at, by_hand) "
        "VALUES ('node1', '1', 'main', '+8613800138000', 'abandoned', :at, :at, :no)"
    ),
    (
        "INSERT INTO example_call (node, linkedid, title, lesson, caller_silenced, marked_by, marked_at) "
        "VALUES ('node1', '1', '道别', '要点', :no, 'zhou', :at)"
    ),
    (
        "INSERT INTO call_form (node, linkedid, line, number, called_at, origin, owner, owner_name, created_at, "
        "updated_at, updated_by, state, version, fields, caller_name, callback_number, address, category, content, "
        "handling, promise, follow_up_person) VALUES ('node1', '1', 'main', '+8613800138000', :at, 'operator', '1001', "
        "'赵敏', :at, :at, 'z', 'open', 1, '{}', '', '', '', '', '退款', '', '', '')"
    ),
)


def test_what_stood_there_stands_there_still(before: str) -> None:
    """A14: parts of numbers find nothing in the index that is made anew."""
    migrate.upgrade(before)
    migrate.require_current(before)
    storage = Storage(make_engine(before))
    with storage.writing() as tx:
        [callback] = CallbackStore(tx).list()
        assert (callback.number, callback.taken_by, callback.taken_at) == ("+8613800138000", "", None)
        [example] = ExampleStore(tx).shown(5)
        assert (example.title, example.caller_silenced, example.caller_allowed) == ("道别", False, False)
        found = {
            asked: len(SearchStore(tx).find(SearchFilter(words_of(asked)), 5))
            for asked in ("退款", "13800138000", "8000", "0013800", "13800")
        }
        assert found == {"退款": 1, "13800138000": 1, "8000": 1, "0013800": 0, "13800": 0}
        assert CallbackStore(tx).take(callback.id or 0, "zhao", "", MORNING)
    storage.close()
