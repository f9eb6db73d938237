"""What is open when deadlines come gets its clock, due when it was due; the job then counts it by the settings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.domain.callbacks.owed import CALLBACK_CLOCK
from hotline.domain.deadlines.term import Agreed, CalendarDays, Count, NextWorkingDay, Within, WorkingDays
from hotline.domain.examination.records import CORRECTION_CLOCK
from hotline.domain.forms.form import ANSWER_CLOCK, PROMISE_CLOCK, RECORD_CLOCK
from hotline.domain.retention.privacy import PRIVACY_CLOCK
from hotline.services.deadlines.recompute import recompute
from hotline.settings import Home, load_settings
from hotline.storage import migrate
from hotline.storage.deadlines.moves import DeadlineMoveStore
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from tests.support.databases import fill_at, filled
from tests.support.rows import MORNING

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
#: MORNING is a Wednesday, 10:00.
MOMENTS = {
    "ended": MORNING,
    "due": MORNING + 30 * MINUTE,
    "agreed": MORNING + 5 * HOUR,
    "noon": MORNING + 26 * HOUR,
    "asked": MORNING - 3 * HOUR,
    "privacy": MORNING + timedelta(days=15, hours=14),
}


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    fill_at(url, "0009", _ROWS, MOMENTS)


_CALLBACK = (
    "INSERT INTO callback (id, node, linkedid, line, number, reason, queued_at, due_at, closed_at, by_hand) VALUES "
)
_FORM = (
    "INSERT INTO call_form (id, node, linkedid, line, number, called_at, origin, owner, owner_name, state, version, "
    "fields, created_at, updated_at, updated_by, due_at, promise_due_at, promise_kept_at, solved) VALUES "
)
_OF_FORM = "'{}', :ended, :ended, 'ledger'"
_ORDER = (
    "INSERT INTO rectification (id, extension, text, due_at, issued_by, issued_at, state, done_note, checked_by, "
    "check_note) VALUES "
)
_REQUEST = (
    "INSERT INTO privacy_request (id, kind, number, asked_by, asked_at, taken_by, text, due_at, state, answer, "
    "closed_by) VALUES "
)
_ROWS = (
    _CALLBACK + "(1, 'n', 'a', 'main', '', 'missed', :ended, :due, NULL, false)",
    _CALLBACK + "(2, 'n', 'b', 'main', '', 'promised', :ended, :agreed, NULL, true)",
    _CALLBACK + "(3, 'n', 'c', 'main', '', 'missed', :ended, :due, :agreed, false)",
    _FORM + f"(1, 'n', 'a', 'main', '', :ended, 'duty', '138', '李', 'open', 1, {_OF_FORM}, :noon, NULL, NULL, NULL)",
    _FORM
    + f"(2, 'n', 'b', 'main', '', :ended, 'operator', '1', '', 'done', 1, {_OF_FORM}, NULL, :agreed, NULL, false)",
    _FORM
    + f"(3, 'n', 'c', 'main', '', :ended, 'operator', '1', '', 'open', 1, {_OF_FORM}, NULL, :agreed, :due, false)",
    _FORM + f"(4, 'n', 'd', 'main', '', :ended, 'duty', '138', '', 'done', 1, {_OF_FORM}, :noon, NULL, NULL, true)",
    _ORDER + "(1, '1001', '慢一点', :agreed, 'sun', :ended, 'issued', '', '', '')",
    _ORDER + "(2, '1001', '慢一点', :agreed, 'sun', :ended, 'confirmed', '', '', '')",
    _REQUEST + "(1, 'copy', '', '王', :asked, 'zhou', '', :privacy, 'open', '', '')",
    _REQUEST + "(2, 'copy', '', '王', :asked, 'zhou', '', :privacy, 'done', '', '')",
)


def test_what_is_open_keeps_its_deadline_and_comes_under_the_terms_of_the_settings(before: str, tmp_path: Path) -> None:
    settings = load_settings(Home(tmp_path / "none"), environment={})
    migrate.upgrade(before)
    migrate.require_current(before)
    storage = Storage(make_engine(before))
    ids = range(1, 9)
    with storage.reading() as tx:
        assert {
            (clock, object_id): (kept.due_at, kept.deadline.started_at)
            for clock in (CALLBACK_CLOCK, RECORD_CLOCK, PROMISE_CLOCK, ANSWER_CLOCK, CORRECTION_CLOCK, PRIVACY_CLOCK)
            for object_id, kept in DeadlineStore(tx).of(clock, ids).items()
        } == {
            (CALLBACK_CLOCK, 1): (MOMENTS["due"], MORNING),
            (CALLBACK_CLOCK, 2): (MOMENTS["agreed"], MORNING),
            (RECORD_CLOCK, 1): (MOMENTS["noon"], MORNING),
            (PROMISE_CLOCK, 2): (MOMENTS["agreed"], MORNING),
            (ANSWER_CLOCK, 3): (None, MORNING),
            (CORRECTION_CLOCK, 1): (MOMENTS["agreed"], MORNING),
            (PRIVACY_CLOCK, 1): (MOMENTS["privacy"], MOMENTS["asked"]),
        }
    done = recompute(storage, settings, MORNING)
    assert (done.counted, done.moved) == (7, []), "the settings say what was written before"
    with storage.reading() as tx:
        store = DeadlineStore(tx)
        terms = {
            clock: kept.deadline.term
            for clock, object_id in (
                (CALLBACK_CLOCK, 1),
                (RECORD_CLOCK, 1),
                (PROMISE_CLOCK, 2),
                (ANSWER_CLOCK, 3),
                (CORRECTION_CLOCK, 1),
                (PRIVACY_CLOCK, 1),
            )
            for kept in store.of(clock, [object_id]).values()
        }
        assert terms == {
            CALLBACK_CLOCK: Within(30 * MINUTE, Count.WORKING),
            RECORD_CLOCK: NextWorkingDay(settings.form.duty_due),
            PROMISE_CLOCK: Agreed(MOMENTS["agreed"]),
            ANSWER_CLOCK: WorkingDays(3),
            CORRECTION_CLOCK: Agreed(MOMENTS["agreed"]),
            PRIVACY_CLOCK: CalendarDays(15),
        }
        assert store.of(CALLBACK_CLOCK, [2])[2].deadline.term == Agreed(MOMENTS["agreed"])
        assert store.of(ANSWER_CLOCK, [3])[3].due_at == MORNING + timedelta(days=5, hours=7.5)
        assert DeadlineMoveStore(tx).count() == 0
    storage.close()
