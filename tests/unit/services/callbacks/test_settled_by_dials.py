"""A9: what our own dials do to what is owed: a talk settles it, a machine does not, and each dial is a try once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.callbacks.callback import callback_owed
from hotline.domain.callbacks.owed import CALLBACK_CLOCK, Callback, CallbackOutcome, CallbackTry
from hotline.domain.calls.call import Call, DialEnd
from hotline.domain.dialling.dial import Dial, DialOutcome
from hotline.domain.dialling.next_try import TRIED_IN_VAIN
from hotline.domain.people import Actor, Role
from hotline.services.calendar import work_calendar
from hotline.services.calls.ledger import record
from hotline.services.consequences import consequences
from hotline.services.dialling.own_dials import say_what_answered
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.transaction import Storage
from hotline.web.callbacks.labels import TRIED
from hotline.web.callbacks.schemas import TryBody
from tests.support import sample_calls as sample
from tests.support.instance import an_instance, at

TEN = at("2026-11-16 10:00:00")
NOW = at("2026-11-16 10:50:00")
MINUTE = timedelta(minutes=1)
NUMBER, OTHER = "+8613912345678", "+8613800138000"
QIAN = Actor("qian", (Role.OPERATOR,), "钱伟", extension="1002")


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    hotline = an_instance(tmp_path, NOW, storage=storage)
    fold(hotline, sample.abandoned_call("missed", TEN, NUMBER))
    return hotline


def fold(hotline: Hotline, *calls: Call) -> None:
    def owed(call: Call) -> Callback | None:
        return callback_owed(call, work_calendar(hotline.settings), hotline.settings.callbacks.due_minutes)

    record(hotline.storage, "node1", calls, [], owed, NOW, also=consequences(hotline.settings))


def the_callback(hotline: Hotline) -> Callback:
    with hotline.storage.reading() as tx:
        [found] = CallbackStore(tx).list(True)
    return found


def tries(hotline: Hotline) -> list[CallbackTry]:
    with hotline.storage.reading() as tx:
        return CallbackTryStore(tx).of([the_callback(hotline).id or 0]).get(the_callback(hotline).id or 0, [])


def reach(
    hotline: Hotline, minutes: float = 20, kind: str = "", number: str = NUMBER, line: str = "main", end: str = "ANSWER"
) -> Dial:
    """1002 dials, for the callback or for nothing."""
    call = sample.dialled_call(start=TEN + minutes * MINUTE, number=number)
    if end != "ANSWER":
        call = sample.unanswered_dial(call.linkedid, call.started_at, number)
    wanted = the_callback(hotline).id or 0 if kind else 0
    begun = Dial("node1", call.linkedid, "qian", "1002", call.caller.number, line, kind, wanted, "", call.started_at)
    with hotline.storage.writing() as tx:
        dial = DialStore(tx).add(begun)
    for _ in range(2):
        fold(hotline, replace(call, line=line, dial_end=DialEnd(end)))
    return dial


def fold_again(hotline: Hotline, dial: Dial) -> None:
    """As when its channel events are read once more."""
    call = sample.dialled_call(dial.linkedid, dial.asked_at, dial.number)
    fold(hotline, replace(call, dial_end=DialEnd("ANSWER")))


def say(hotline: Hotline, dial: Dial, outcome: DialOutcome) -> None:
    say_what_answered(hotline.storage, hotline.settings, dial.id or 0, outcome, QIAN, NOW)


def test_a9_who_was_talked_with_on_another_call_of_ours_is_owed_no_more(hotline: Hotline) -> None:
    reach(hotline)
    done = the_callback(hotline)
    assert (done.outcome, done.closed_by) == (CallbackOutcome.TALKED, "system")
    with hotline.storage.reading() as tx:
        [clock] = DeadlineStore(tx).of(CALLBACK_CLOCK, [done.id or 0]).values()
    assert clock.deadline.stopped_at == NOW


@pytest.mark.parametrize(
    "dialled",
    [{"number": OTHER}, {"line": "spare"}, {"end": "NOANSWER"}, {"minutes": -20}, {"kind": "callback"}],
    ids=["another number", "another line", "not reached", "before they called", "for this very callback"],
)
def test_a9_no_other_dial_settles_what_is_owed(hotline: Hotline, dialled: dict[str, object]) -> None:
    reach(hotline, **dialled)  # type: ignore[arg-type]
    assert the_callback(hotline).closed_at is None


def test_a9_what_a_machine_answered_is_owed_again(hotline: Hotline) -> None:
    before = the_callback(hotline)
    dial = reach(hotline)
    say(hotline, dial, DialOutcome.MACHINE)
    assert the_callback(hotline) == before
    fold_again(hotline, dial)
    assert the_callback(hotline) == before, "that word holds, however often the call is folded"
    with hotline.storage.reading() as tx:
        [clock] = DeadlineStore(tx).of(CALLBACK_CLOCK, [before.id or 0]).values()
    assert clock.deadline.is_open


def test_a9_what_is_owed_anew_meanwhile_is_not_owed_twice(hotline: Hotline) -> None:
    dial = reach(hotline)
    fold(hotline, sample.abandoned_call("again", TEN + 40 * MINUTE, NUMBER))
    say(hotline, dial, DialOutcome.WRONG_NUMBER)
    with hotline.storage.reading() as tx:
        found = CallbackStore(tx).list(True)
    assert sorted(each.closed_at is None for each in found) == [False, True]


def test_a9_what_somebody_has_closed_stays_closed(hotline: Hotline) -> None:
    with hotline.storage.writing() as tx:
        CallbackStore(tx).close(the_callback(hotline).id or 0, "li", "", NOW, CallbackOutcome.DONE)
    say(hotline, reach(hotline), DialOutcome.MACHINE)
    assert the_callback(hotline).outcome is CallbackOutcome.DONE


def test_a9_a_dial_is_one_try_whatever_is_said_of_it(hotline: Hotline) -> None:
    """Reached, it waits for a word; a machine that answered is a try in vain, and the next one is set."""
    dial = reach(hotline, kind="callback")
    assert [(each.outcome, each.next_try_at) for each in tries(hotline)] == [("reached", None)]
    say(hotline, dial, DialOutcome.MACHINE)
    [made] = tries(hotline)
    owed = the_callback(hotline)
    assert (made.outcome, owed.tries, owed.closed_at) == ("machine", 1, None)
    assert made.next_try_at is not None and made.next_try_at > NOW
    assert owed.next_try_at == owed.due_at == made.next_try_at


def test_a9_a_wrong_number_is_not_tried_again(hotline: Hotline) -> None:
    say(hotline, reach(hotline, kind="callback"), DialOutcome.WRONG_NUMBER)
    assert [(each.outcome, each.next_try_at) for each in tries(hotline)] == [("wrong_number", None)]


def test_a9_what_is_not_tried_over_the_network_is_no_try(hotline: Hotline) -> None:
    reach(hotline, kind="callback", end="CHANNELS")
    assert tries(hotline) == [] and the_callback(hotline).next_try_at is None


def test_a9_by_hand_and_dialled_here_a_try_has_the_same_words() -> None:
    assert set(TRIED) == TRIED_IN_VAIN
    assert {DialOutcome(word) for word in TryBody.model_json_schema()["properties"]["outcome"]["enum"]} == TRIED_IN_VAIN
