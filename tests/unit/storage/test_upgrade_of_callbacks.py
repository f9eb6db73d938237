"""Each callback becomes one of its call; of several open ones of a number the one that is due first has all calls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.domain.callbacks.owed import CALLBACK_CLOCK, CallbackOutcome
from hotline.domain.deadlines.stored import term_text
from hotline.domain.deadlines.term import Count, Within
from hotline.storage import migrate
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from tests.support.databases import fill_at, filled
from tests.support.rows import MORNING

MINUTE = timedelta(minutes=1)
MOMENTS = {name: MORNING + place * MINUTE for place, name in enumerate(("t0", "t1", "t2", "t3"))}

_CALLBACK = (
    "INSERT INTO callback (id, node, linkedid, line, number, reason, queued_at, due_at, closed_at, by_hand, opened_by, "
    "note, taken_by, taken_at) VALUES "
)
_DEADLINE = (
    "INSERT INTO deadline (clock, object_id, rule, line, term, by_setting, started_at, gaps, due_at, counted_by) "
    "VALUES "
)
_ROWS = (
    _CALLBACK + "(1, 'n', 'late', 'main', '+8613900000007', 'missed', :t1, :t3, NULL, false, '', '', 'zhao', :t2)",
    _CALLBACK + "(2, 'n', 'early', 'main', '+8613900000007', 'abandoned', :t0, :t2, NULL, false, '', '', '', NULL)",
    _CALLBACK + "(3, 'n', 'said', 'main', '+8613900000007', 'promised', :t2, :t3, NULL, true, 'li', '报价', '', NULL)",
    _CALLBACK + "(4, 'n', 'spare', 'spare', '+8613900000007', 'missed', :t0, :t2, NULL, false, '', '', '', NULL)",
    _CALLBACK + "(5, 'n', 'done', 'main', '+8613900000007', 'missed', :t0, :t2, :t3, false, '', '', '', NULL)",
    _CALLBACK + "(6, 'n', 'w1', 'main', '', 'requested', :t0, :t2, NULL, false, '', '8888', '', NULL)",
    _CALLBACK + "(7, 'n', 'w2', 'main', '', 'requested', :t0, :t2, NULL, false, '', '9999', '', NULL)",
    _DEADLINE + "('callback', 1, 'A9', 'main', :term, true, :t2, '[]', :t3, '')",
    _DEADLINE + "('callback', 2, 'A9', 'main', :term, true, :t1, '[]', :t2, '')",
    _DEADLINE + "('callback', 3, 'A9', 'main', :term, false, :t2, '[]', :t3, '')",
)


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    fill_at(url, "0022", _ROWS, MOMENTS, term=term_text(Within(30 * MINUTE, Count.WORKING)))


def test_a9_open_ones_of_one_number_become_one_and_lose_nothing(before: str) -> None:
    migrate.upgrade(before)
    migrate.require_current(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        rows = {each.id: each for each in CallbackStore(tx).list(include_closed=True)}
        calls = {
            callback_id: [(each.linkedid, each.opened_by, each.note, each.owed_from, each.agreed_at) for each in found]
            for callback_id, found in OwedCallStore(tx).of(range(1, 9)).items()
        }
        clocks = DeadlineStore(tx).of(CALLBACK_CLOCK, range(1, 9))
    storage.close()
    t0, t1, t2, t3 = MOMENTS.values()
    one = rows[2]
    assert (one.calls, one.linkedid, one.taken_by, one.taken_at, one.due_at) == (3, "early", "zhao", t2, t2)
    assert (one.queued_at, one.owed_from, one.agreed_at, one.closed_at) == (t0, t1, t3, None)
    assert calls[2] == [("early", "", "", t1, None), ("late", "", "", t2, None), ("said", "li", "报价", t2, t3)]
    joined = [each for each in rows.values() if each.outcome is CallbackOutcome.JOINED]
    assert {each.id for each in joined} == {1, 3} and all(each.closed_at and each.calls == 0 for each in joined)
    assert set(clocks) == {2}
    assert [calls[other][0][0] for other in (4, 5, 6, 7)] == ["spare", "done", "w1", "w2"]
    assert [rows[other].closed_at for other in (4, 5, 6, 7)] == [None, t3, None, None]
