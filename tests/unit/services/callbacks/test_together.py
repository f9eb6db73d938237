"""A9: what belongs together is owed one callback; a later talk settles it; a talk that broke off opens one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.callbacks.callback import callback_owed
from hotline.domain.callbacks.owed import CALLBACK_CLOCK, Callback, CallbackOutcome, CallbackReason
from hotline.domain.calls.call import Call, HangUp, Outcome
from hotline.domain.deadlines.kept import KeptDeadline
from hotline.domain.people import Actor, Role
from hotline.services.calendar import work_calendar
from hotline.services.callbacks.callbacks import take_callback
from hotline.services.calls.ledger import record
from hotline.services.consequences import consequences
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.transaction import Storage
from tests.support import sample_calls as sample
from tests.support.instance import an_instance, at

TEN = at("2026-11-16 10:00:00")
NOW = at("2026-11-16 11:50:00")
MINUTE = timedelta(minutes=1)
NUMBER, OTHER = "+8613912345678", "+8613800138000"
LI = Actor("li", (Role.SUPERVISOR,), "李主管")


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, NOW, storage=storage)


def fold(hotline: Hotline, *calls: Call) -> None:
    def owed(call: Call) -> Callback | None:
        return callback_owed(call, work_calendar(hotline.settings), hotline.settings.callbacks.due_minutes)

    record(hotline.storage, "node1", calls, [], owed, NOW, also=consequences(hotline.settings))


def missed(linkedid: str, minutes: float, number: str = NUMBER) -> Call:
    return sample.abandoned_call(linkedid, TEN + minutes * MINUTE, number)


def talked(linkedid: str, minutes: float, number: str = NUMBER) -> Call:
    return sample.answered_call(linkedid, TEN + minutes * MINUTE, number)


def callbacks(hotline: Hotline, closed: bool = False) -> list[Callback]:
    with hotline.storage.reading() as tx:
        return [each for each in CallbackStore(tx).list(True) if closed is (each.closed_at is not None)]


def calls_of(hotline: Hotline, callback: Callback) -> list[str]:
    with hotline.storage.reading() as tx:
        return [each.linkedid for each in OwedCallStore(tx).of([callback.id or 0])[callback.id or 0]]


def clock(hotline: Hotline, callback: Callback) -> KeptDeadline:
    with hotline.storage.reading() as tx:
        return DeadlineStore(tx).of(CALLBACK_CLOCK, [callback.id or 0])[callback.id or 0]


def test_a9_calls_of_one_number_and_line_are_owed_one_callback_that_the_first_makes_due(hotline: Hotline) -> None:
    for _ in range(2):
        fold(hotline, missed("b", 10), missed("a", 0), missed("c", 20, OTHER), replace(missed("d", 5), line="spare"))
    owed = {(each.line, each.number): each for each in callbacks(hotline)}
    one = owed["main", NUMBER]
    assert set(owed) == {("main", NUMBER), ("main", OTHER), ("spare", NUMBER)}
    assert (one.calls, calls_of(hotline, one), one.linkedid) == (2, ["a", "b"], "a")
    first_end = missed("a", 0).ended_at
    assert first_end is not None and one.due_at == first_end + 30 * MINUTE == clock(hotline, one).due_at


def test_a9_a_new_fold_takes_back_only_its_own_call(hotline: Hotline) -> None:
    first, second = missed("a", 0), missed("b", 10)
    fold(hotline, first, second)
    fold(hotline, replace(first, outcome=Outcome.BLOCKED))
    [left] = callbacks(hotline)
    assert (calls_of(hotline, left), left.calls, left.linkedid) == (["b"], 1, "b")
    assert second.ended_at is not None
    assert left.due_at == clock(hotline, left).due_at == second.ended_at + 30 * MINUTE, "the clock is the other's"
    fold(hotline, replace(second, outcome=Outcome.BLOCKED))
    assert callbacks(hotline) == []


def test_a9_a_callback_that_somebody_works_on_does_not_go_with_its_last_call(hotline: Hotline) -> None:
    fold(hotline, missed("a", 0))
    [owed] = callbacks(hotline)
    take_callback(hotline.storage, owed.id or 0, LI, NOW)
    fold(hotline, replace(missed("a", 0), outcome=Outcome.BLOCKED))
    [left] = callbacks(hotline)
    assert (left.id, left.taken_by) == (owed.id, "li")


def test_a9_the_place_is_whose_first_call_waited(hotline: Hotline) -> None:
    """Who pressed 1 keeps the place."""
    asked = replace(missed("a", 0), outcome=Outcome.CALLBACK_REQUESTED)
    fold(hotline, missed("b", 0.1, OTHER), asked)
    assert [each.number for each in callbacks(hotline)] == [NUMBER, OTHER]
    assert callbacks(hotline)[0].queued_at == asked.queues[0].joined_at


def test_a9_withheld_numbers_are_nobodys_and_stay_apart(hotline: Hotline) -> None:
    def unreadable(linkedid: str) -> Call:
        call = replace(missed(linkedid, 0), outcome=Outcome.CALLBACK_REQUESTED)
        return replace(call, caller=replace(call.caller, number="", original="8888"))  # type: ignore[arg-type]

    fold(hotline, unreadable("a"), unreadable("b"))
    assert [each.calls for each in callbacks(hotline)] == [1, 1]


@pytest.mark.parametrize("late", [False, True], ids=["in order", "the talk was folded first"])
def test_a9_who_called_again_and_was_talked_with_is_owed_no_callback(hotline: Hotline, late: bool) -> None:
    calls = [missed("a", 0), missed("b", 5), talked("c", 10)]
    for call in reversed(calls) if late else calls:
        fold(hotline, call)
    assert callbacks(hotline) == []
    closed = callbacks(hotline, closed=True)
    assert {(each.outcome, each.closed_by) for each in closed} == {(CallbackOutcome.CALLED_AGAIN, "system")}
    with hotline.storage.reading() as tx:
        clocks = DeadlineStore(tx).of(CALLBACK_CLOCK, [each.id or 0 for each in closed]).values()
    assert all(each.deadline.stopped_at == NOW for each in clocks) and len(clocks) == (0 if late else 1)
    fold(hotline, *calls)
    assert callbacks(hotline) == [], "folded again they open none anew"


def test_a9_a_talk_before_the_missed_call_settles_nothing_and_another_number_neither(hotline: Hotline) -> None:
    fold(hotline, talked("a", 0), missed("b", 10), talked("c", 20, OTHER))
    [owed] = callbacks(hotline)
    assert owed.linkedid == "b"
    fold(hotline, talked("a", 0))
    assert [each.id for each in callbacks(hotline)] == [owed.id]


def lost(call: Call) -> Call:
    return replace(call, hang_up=HangUp(sample.CALLER, call.ended_at, 44))  # type: ignore[arg-type]


def test_a9_a_talk_that_broke_off_is_waited_for_five_minutes_and_owed_a_callback_then(hotline: Hotline) -> None:
    call = lost(talked("a", 0))
    fold(hotline, call)
    [owed] = callbacks(hotline)
    assert call.ended_at is not None
    assert (owed.reason, owed.owed_from) == (CallbackReason.BROKE_OFF, call.ended_at + 5 * MINUTE)
    assert owed.due_at == call.ended_at + 35 * MINUTE == clock(hotline, owed).due_at
    fold(hotline, talked("b", 6))
    assert callbacks(hotline) == [], "they called again meanwhile"


def test_a9_whose_talk_breaks_off_is_owed_the_callback_still_that_it_would_have_settled(hotline: Hotline) -> None:
    fold(hotline, missed("a", -30))
    [before] = callbacks(hotline)
    fold(hotline, lost(talked("b", 0)), lost(talked("c", 10)))
    [owed] = callbacks(hotline)
    assert (calls_of(hotline, owed), owed.due_at) == (["a", "b", "c"], before.due_at)
