"""A9: bugs that others' ticket systems had with deadlines, by the group of reports, tried on callbacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.callbacks.callback import callback_owed
from hotline.domain.callbacks.owed import CALLBACK_CLOCK, Callback, CallbackReason
from hotline.domain.calls.call import Call
from hotline.domain.deadlines.kept import KeptDeadline
from hotline.domain.deadlines.term import Agreed
from hotline.domain.dialling.dial import Dial, DialOutcome
from hotline.domain.forms.form import PROMISE_CLOCK
from hotline.domain.people import Actor, Role
from hotline.services.alerts import set_alert
from hotline.services.calendar import work_calendar
from hotline.services.callbacks.by_hand import add_callback, open_callback
from hotline.services.callbacks.by_recording import owe_for_no_goodbye, owe_for_silence
from hotline.services.callbacks.callbacks import close_callback, take_callback
from hotline.services.callbacks.called_again import owe_again
from hotline.services.callbacks.deadlines import overdue_alert
from hotline.services.calls.ledger import record
from hotline.services.consequences import consequences
from hotline.services.deadlines.keeping import Wanted, keep
from hotline.services.deadlines.sweep import overdue, sweep
from hotline.storage.alerts import AlertStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.sample_calls import abandoned_call, answered_call, dialled_call
from tests.support.sample_forms import open_form

TEN = at("2026-11-16 10:00:00")
NOW = at("2026-11-16 10:10:00")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NUMBER = "+8613912345678"
LI = Actor("li", (Role.SUPERVISOR,), "李主管")


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, NOW, storage=storage)


def fold(hotline: Hotline, *calls: Call, now: datetime = NOW) -> None:
    def owed(call: Call) -> Callback | None:
        return callback_owed(call, work_calendar(hotline.settings, call.line), hotline.settings.callbacks.due_minutes)

    record(hotline.storage, "node1", calls, [], owed, now, also=consequences(hotline.settings))


def open_one(hotline: Hotline) -> Callback:
    with hotline.storage.reading() as tx:
        [found] = CallbackStore(tx).list()
    return found


def clock(hotline: Hotline, callback: Callback) -> KeptDeadline:
    with hotline.storage.reading() as tx:
        return DeadlineStore(tx).of(CALLBACK_CLOCK, [callback.id or 0])[callback.id or 0]


def alerted(hotline: Hotline, now: datetime) -> bool:
    with hotline.storage.writing() as tx:
        set_alert(tx, *overdue_alert(tx, now), now)
        return any(each.kind == "callbacks" for each in AlertStore(tx).open())


def test_7_the_overdue_mark_stays_after_it_is_open_again_or_is_lost_by_it(hotline: Hotline) -> None:
    """Overdue, settled by a dial and owed again since a machine had answered: overdue still, until it is closed."""
    fold(hotline, abandoned_call("a", TEN, NUMBER))
    late = NOW + 60 * MINUTE
    assert alerted(hotline, late)
    call = dialled_call(start=late, number=NUMBER)
    fold(hotline, call, now=late + 5 * MINUTE)
    assert not alerted(hotline, late + 5 * MINUTE)
    dial = Dial("node1", call.linkedid, "zhao", "1002", call.caller.number, "main", "", 0, "", late, answered_at=late)
    with hotline.storage.writing() as tx:
        owe_again(tx, hotline.settings, replace(dial, outcome=DialOutcome.MACHINE), late + 6 * MINUTE)
    assert alerted(hotline, late + 6 * MINUTE)
    owed = open_one(hotline)
    take_callback(hotline.storage, owed.id or 0, LI, late)
    close_callback(hotline.storage, owed.id or 0, LI, "好", late + 7 * MINUTE)
    assert not alerted(hotline, late + 7 * MINUTE)


def test_10_the_clock_runs_on_after_it_was_closed(hotline: Hotline) -> None:
    fold(hotline, abandoned_call("a", TEN, NUMBER))
    owed = open_one(hotline)
    take_callback(hotline.storage, owed.id or 0, LI, NOW)
    close_callback(hotline.storage, owed.id or 0, LI, "好", NOW)
    frozen = clock(hotline, owed)
    fold(hotline, abandoned_call("a", TEN, NUMBER), now=NOW + DAY)
    assert sweep(hotline.storage, hotline.settings, NOW + DAY).breached == 0
    assert clock(hotline, owed) == frozen and frozen.breached_at is None


def test_11_a_second_clock_overrules_the_first(hotline: Hotline) -> None:
    """The callback is closed; the promise of the same call (B6) is not kept by that."""
    with hotline.storage.writing() as tx:
        [form] = FormStore(tx).add([open_form(answered_call("a", TEN), TEN, "1001")])
        due = Agreed(NOW + MINUTE)
        keep(tx, hotline.settings, PROMISE_CLOCK, {form.id or 0: Wanted(TEN, "main", due)}, NOW)
    args = (form.id or 0, NUMBER, None, "", CallbackReason.PROMISED, LI, NOW)
    open_callback(hotline.storage, hotline.settings, *args)
    owed = open_one(hotline)
    take_callback(hotline.storage, owed.id or 0, LI, NOW)
    close_callback(hotline.storage, owed.id or 0, LI, "好", NOW)
    with hotline.storage.reading() as tx:
        assert overdue(tx, CALLBACK_CLOCK, NOW + DAY)[0] == 0 and overdue(tx, PROMISE_CLOCK, NOW + DAY)[0] == 1


def test_12_the_clock_of_the_old_line_stays(hotline: Hotline) -> None:
    """A newer fold knows that it was another line: one callback, one clock, which goes by that line."""
    call = abandoned_call("a", TEN, NUMBER)
    fold(hotline, call)
    fold(hotline, replace(call, line="spare"))
    owed = open_one(hotline)
    assert (owed.line, clock(hotline, owed).line) == ("spare", "spare")
    with hotline.storage.reading() as tx:
        assert len(DeadlineStore(tx).of(CALLBACK_CLOCK, range(1, 20))) == 1


def test_15_the_customers_word_by_another_channel_starts_nothing(hotline: Hotline) -> None:
    """Who writes elsewhere that they want to be called is owed it sooner, as what they are owed already."""
    fold(hotline, abandoned_call("a", TEN, NUMBER))
    before = open_one(hotline)
    add_callback(hotline.storage, hotline.settings, NUMBER, "main", NOW + 5 * MINUTE, "官网留言", LI, NOW)
    owed = open_one(hotline)
    assert (owed.id, owed.calls, owed.due_at) == (before.id, 2, NOW + 5 * MINUTE) and owed.due_at < before.due_at


def _silence(hotline: Hotline, call: Call) -> None:
    with hotline.storage.writing() as tx:
        owe_for_silence(tx, hotline.settings, call, NOW)


def _no_goodbye(hotline: Hotline, call: Call) -> None:
    with hotline.storage.writing() as tx:
        owe_for_no_goodbye(tx, hotline.settings, call, NOW)


def _from_the_record(hotline: Hotline, call: Call) -> None:
    with hotline.storage.writing() as tx:
        [form] = FormStore(tx).add([open_form(call, TEN, "1001")])
    args = (form.id or 0, NUMBER, None, "", CallbackReason.LONG_CALL, LI, NOW)
    open_callback(hotline.storage, hotline.settings, *args)


DOORS: dict[str, Callable[[Hotline, Call], object]] = {
    "fold": lambda hotline, call: fold(hotline, abandoned_call(call.linkedid, TEN, NUMBER)),
    "API": lambda hotline, _call: add_callback(hotline.storage, hotline.settings, NUMBER, "main", None, "", LI, NOW),
    "record": _from_the_record,
    "Q3": _silence,
    "no goodbye": _no_goodbye,
}


@pytest.mark.parametrize("door", DOORS)
def test_21_opened_by_another_door_the_clock_never_starts(hotline: Hotline, door: str) -> None:
    DOORS[door](hotline, answered_call("a", TEN, NUMBER))
    owed = open_one(hotline)
    assert clock(hotline, owed).due_at == owed.due_at
    assert sweep(hotline.storage, hotline.settings, owed.due_at).breached == 1
