"""A9: the ledger's callbacks have their clocks, and what is taken back takes its clock along."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.callbacks.callback import callback_owed
from hotline.domain.callbacks.listing import CallbackFilter
from hotline.domain.callbacks.owed import CALLBACK_CLOCK, Callback
from hotline.domain.calls.call import Call
from hotline.domain.deadlines.kept import KeptDeadline
from hotline.domain.people import Actor, Role
from hotline.services.calendar import work_calendar
from hotline.services.callbacks.callbacks import close_callback, take_callback
from hotline.services.callbacks.listing import see_callbacks
from hotline.services.calls.ledger import record
from hotline.services.consequences import consequences
from hotline.services.deadlines.keeping import Wanted, keep
from hotline.services.deadlines.recompute import recompute
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.deadlines.store import DeadlineStore
from tests.support import sample_calls as sample
from tests.support.deadlines import usual_settings
from tests.support.instance import an_instance, at

CALLED = at("2026-11-16 11:40:00")
NOW = at("2026-11-16 11:50:00")
MINUTE = timedelta(minutes=1)
LI = Actor("li", (Role.SUPERVISOR,), "李主管")


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, NOW)


def fold(hotline: Hotline, *calls: Call) -> None:
    def owed(call: Call) -> Callback | None:
        return callback_owed(call, work_calendar(hotline.settings), hotline.settings.callbacks.due_minutes)

    record(hotline.storage, "node1", calls, [], owed, NOW, also=consequences(hotline.settings))


def clocks(hotline: Hotline) -> list[KeptDeadline]:
    with hotline.storage.reading() as tx:
        return list(DeadlineStore(tx).of(CALLBACK_CLOCK, range(1, 20)).values())


def callbacks(hotline: Hotline) -> list[Callback]:
    with hotline.storage.reading() as tx:
        return CallbackStore(tx).list(False, 9)


def test_a9_each_callback_has_a_clock_from_the_end_of_its_call(hotline: Hotline) -> None:
    call = sample.abandoned_call("a", CALLED)
    for _ in range(2):
        fold(hotline, call)
    [kept], [owed] = clocks(hotline), callbacks(hotline)
    assert kept.deadline.started_at == call.ended_at
    assert kept.due_at == owed.due_at and kept.line == "main" and kept.by_setting
    [shown] = see_callbacks(hotline.storage, hotline.settings, LI, CallbackFilter(), NOW).deadlines.values()
    assert shown.due_at == owed.due_at and shown.by_hours


def test_a9_an_end_that_is_known_later_moves_the_clock(hotline: Hotline) -> None:
    call = sample.abandoned_call("a", CALLED)
    fold(hotline, call)
    assert call.ended_at is not None
    fold(hotline, replace(call, ended_at=call.ended_at + MINUTE))
    [kept], [owed] = clocks(hotline), callbacks(hotline)
    assert kept.deadline.started_at == call.ended_at + MINUTE and kept.due_at == owed.due_at


def test_a9_what_a_newer_fold_takes_back_leaves_no_clock(hotline: Hotline) -> None:
    fold(hotline, sample.abandoned_call("a", CALLED))
    fold(hotline, sample.answered_call("a", CALLED))
    assert (callbacks(hotline), clocks(hotline)) == ([], [])


def test_a9_the_clock_ends_when_the_callback_is_closed(hotline: Hotline) -> None:
    fold(hotline, sample.abandoned_call("a", CALLED))
    [owed] = callbacks(hotline)
    take_callback(hotline.storage, owed.id or 0, LI, NOW)
    close_callback(hotline.storage, owed.id or 0, LI, "已回电", NOW + MINUTE)
    [kept] = clocks(hotline)
    assert kept.deadline.stopped_at == NOW + MINUTE and kept.breached_at is None


def test_a9_another_term_moves_the_callback_itself_too(hotline: Hotline, tmp_path: Path) -> None:
    fold(hotline, sample.abandoned_call("a", CALLED))
    [before] = callbacks(hotline)
    shorter = usual_settings(tmp_path, CALLBACKS__DUE_MINUTES="10")
    [move] = recompute(hotline.storage, shorter, NOW).moved
    [after] = callbacks(hotline)
    assert (move.was_due_at, move.due_at) == (before.due_at, after.due_at) and after.due_at < before.due_at


def test_a9_what_a_change_of_its_own_finds_moved_already_moves_the_callback_too(
    hotline: Hotline, tmp_path: Path
) -> None:
    """Before the job has counted it anew."""
    call = sample.abandoned_call("a", CALLED)
    fold(hotline, call)
    [owed] = callbacks(hotline)
    shorter = usual_settings(tmp_path, CALLBACKS__DUE_MINUTES="10")
    assert call.ended_at is not None
    with hotline.storage.writing() as tx:
        keep(tx, shorter, CALLBACK_CLOCK, {owed.id or 0: Wanted(call.ended_at, "main")}, NOW)
    [after], [kept] = callbacks(hotline), clocks(hotline)
    assert owed.due_at > after.due_at == kept.due_at == call.ended_at + 10 * MINUTE
