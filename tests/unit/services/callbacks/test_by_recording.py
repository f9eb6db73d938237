"""What is heard in a recording opens a callback: one side that was not heard (Q3), a talk without a goodbye (A9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.callbacks.owed import CALLBACK_CLOCK, Callback, CallbackReason
from hotline.domain.calls.call import Call, Direction, HangUp
from hotline.domain.customers.customer import Customer, read_number
from hotline.domain.quality import Levels
from hotline.domain.recordings.transcript import Side, TranscriptState, Urgency
from hotline.services.calls.ledger import record
from hotline.services.quality.measuring import measure_call, talk_recording
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance
from tests.support.sample_calls import answered_call, dialled_call
from tests.support.speech import levels, say

CALL = answered_call()
assert CALL.ended_at is not None and CALL.hang_up is not None
ENDED = CALL.ended_at
MINUTE = timedelta(minutes=1)
NOW = ENDED + 10 * MINUTE
#: From the begin of its recording.
END = (ENDED - CALL.recordings[0].at).total_seconds()


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, NOW, storage=storage)


def measure(
    hotline: Hotline,
    call: Call = CALL,
    ours: str = "",
    caller: str = "",
    loud: Levels | None = None,
    minutes: float = 0,
) -> None:
    """Each side's words end where the call does."""
    now = NOW + minutes * MINUTE
    record(hotline.storage, call.node, [call], [], lambda _call: None, now)
    with hotline.storage.writing() as tx:
        stored = CallStore(tx).by_id(CallStore(tx).id_of(call.node, call.linkedid) or 0)
        assert stored is not None
        entry = talk_recording(stored)
        assert entry is not None and entry.id is not None
        TranscriptStore(tx).ask([entry.id], list(Side), Urgency.USUAL, now)
        for each in TranscriptStore(tx).due(now, 10):
            text = caller if each.side is Side.CALLER else ours
            words = say(text, END - 0.4 * len(text.replace(" ", "")))
            done = replace(each, state=TranscriptState.DONE, words=words, finished_at=now)
            TranscriptStore(tx).update(done)
        measure_call(tx, hotline.settings, stored, loud, now)


def callbacks(hotline: Hotline) -> list[Callback]:
    with hotline.storage.reading() as tx:
        return CallbackStore(tx).list(True)


def silent_line() -> Levels:
    """Of the customer nothing is heard, not even noise."""
    heard = levels(END, [], [(5, END)])
    return replace(heard, caller=[-96.0] * len(heard.caller))


def test_q3_whoever_was_not_heard_is_called_back_once(hotline: Hotline) -> None:
    for _ in range(2):
        measure(hotline, ours="您好 再见", loud=silent_line())
    [owed] = callbacks(hotline)
    assert (owed.reason, owed.number, owed.owed_from) == (CallbackReason.ONE_WAY, CALL.caller.number, NOW)
    with hotline.storage.reading() as tx:
        [clock] = DeadlineStore(tx).of(CALLBACK_CLOCK, [owed.id or 0]).values()
    assert clock.due_at == owed.due_at and owed.due_at > NOW


def test_q3_a_line_that_carries_noise_is_left_to_a_person(hotline: Hotline) -> None:
    measure(hotline, ours="您好 再见", loud=levels(END, [], [(5, END)]))
    assert callbacks(hotline) == []


def test_q3_a_new_fold_of_the_call_does_not_take_it_back(hotline: Hotline) -> None:
    measure(hotline, ours="您好 再见", loud=silent_line())
    record(hotline.storage, CALL.node, [CALL], [], lambda _call: None, NOW)
    assert [each.closed_at for each in callbacks(hotline)] == [None]


def test_q3_who_was_talked_with_since_is_not_called_back(hotline: Hotline) -> None:
    later = answered_call("later", ENDED + MINUTE, CALL.caller.number)
    record(hotline.storage, CALL.node, [later], [], lambda _call: None, NOW)
    measure(hotline, ours="您好 再见", loud=silent_line())
    assert callbacks(hotline) == []


def test_a9_who_was_cut_off_without_a_goodbye_is_called_back_once(hotline: Hotline) -> None:
    for _ in range(2):
        measure(hotline, ours="我 帮 您 查", caller="那 我 的 订单")
    [owed] = callbacks(hotline)
    assert (owed.reason, owed.owed_from) == (CallbackReason.NO_GOODBYE, NOW)


def test_a9_who_was_cut_off_is_waited_for_five_minutes(hotline: Hotline) -> None:
    measure(hotline, ours="我 帮 您 查", minutes=-8)
    [owed] = callbacks(hotline)
    assert owed.owed_from == ENDED + 5 * MINUTE and owed.due_at == ENDED + 35 * MINUTE


def test_a9_an_important_customer_who_was_cut_off_is_not_waited_for(hotline: Hotline) -> None:
    with hotline.storage.writing() as tx:
        numbers = (read_number(CALL.caller.number),)
        CustomerStore(tx).add(Customer(name="王丽", level="important", numbers=numbers, created_at=NOW, updated_at=NOW))
    measure(hotline, ours="我 帮 您 查", minutes=-8)
    assert [each.owed_from for each in callbacks(hotline)] == [NOW - 8 * MINUTE]


@pytest.mark.parametrize(
    ("call", "ours", "caller", "minutes"),
    [
        (CALL, "好的 再见", "好", 0),
        (CALL, "我 帮 您 查", "谢谢", 0),
        (replace(CALL, hang_up=HangUp(CALL.talks[-1].party, ENDED, 16)), "我 帮 您 查", "", 0),
        (CALL, "我 帮 您 查", "", 25 * 60),
        (dialled_call(), "我 帮 您 查", "", 0),
    ],
    ids=["we said goodbye", "they thanked", "we hung up", "long ago", "we had dialled"],
)
def test_a9_who_was_not_cut_off_is_not_called_back(
    hotline: Hotline, call: Call, ours: str, caller: str, minutes: float
) -> None:
    measure(hotline, call, ours, caller, minutes=minutes)
    assert call.direction is not Direction.INTERNAL and callbacks(hotline) == []


def test_a9_it_can_be_switched_off(tmp_path: Path, storage: Storage) -> None:
    off = an_instance(tmp_path, NOW, "[callbacks]\nbroke_off_seconds = 0\n", storage)
    measure(off, ours="我 帮 您 查")
    assert callbacks(off) == []
