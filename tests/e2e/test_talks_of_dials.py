"""What operators and supervisors do on a call that we dialled, on the real Asterisk: ask a colleague, hold, listen in;
and what becomes of it when a process dies or nobody answers but a machine."""

from __future__ import annotations

import pytest

from hotline.domain.callbacks.owed import CallbackReason
from hotline.domain.calls.call import Call
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.errors import Conflict, Forbidden
from hotline.domain.floor.floor import MonitoringMode
from hotline.domain.operators.presence import ShownState
from hotline.domain.people import Actor, Role
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.time import system_clock
from hotline.services.callbacks.by_hand import add_callback
from hotline.services.callbacks.callbacks import take_callback
from hotline.services.dialling.dialling import dial_for
from hotline.services.dialling.own_dials import say_what_answered
from hotline.services.floor import monitoring
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.recordings.store import RecordingStore
from tests.support.consulting import Consulting
from tests.support.dialling_rig import CUSTOMER, QIAN, ZHAO, DiallingRig
from tests.support.expect import tone_differences
from tests.support.rig import wait_until
from tests.support.told_of_dials import require_as_told

pytestmark = pytest.mark.e2e

ANSWERS = ("ring 0.2", "answer", "tone 1000 60", "expect hangup")
COLLEAGUE = ("ring 0.2", "answer", "tone 1500 60", "expect hangup")
TALKS = ("ring 0.2", "answer", "tone 440 60", "wait 7", "hang up")
SUPERVISOR = Actor("li", (Role.SUPERVISOR,), "李主管", extension="1002")


def talking(dials: DiallingRig) -> None:
    wait_until(lambda: dials.state("1001") is ShownState.TALKING, "the operator to talk")


def owed(dials: DiallingRig, number: str = CUSTOMER) -> int:
    """The id of a callback that somebody asked for."""
    storage, settings = dials.hotline.storage, dials.hotline.settings
    return add_callback(storage, settings, number, "main", None, "", SUPERVISOR, system_clock())


def dial_callback(dials: DiallingRig, callback_id: int, actor: Actor = ZHAO):  # type: ignore[no-untyped-def]
    hotline = dials.hotline
    now = system_clock()
    args = (hotline.storage, hotline.settings, dials.pbx, actor, "callback", callback_id, now)
    return dial_for(*args, customer_named_time=True)


def outcomes(dials: DiallingRig, callback_id: int) -> list[str]:
    with dials.hotline.storage.reading() as tx:
        return [each.outcome for each in CallbackTryStore(tx).of([callback_id]).get(callback_id, [])]


def test_a12_a_colleague_who_was_asked_takes_the_customer_over(dials: DiallingRig) -> None:
    """The customer is left in the recording from first to last."""
    dials.ready("1001", "1002")
    dials.operator(ANSWERS)
    dials.operator(COLLEAGUE, "1002")
    dials.customer(("ring 0.2", "answer", "tone 440 60", "wait 14", "hang up"))
    begun = dials.dial()
    talking(dials)
    consulting = Consulting(dials)
    for step in ("1001 asks 1002", "1002 talks", "1001 waits 1.5", "1001 completes", "1001 is_free"):
        consulting.do(step)
    over, _call = dials.ended(begun, 60)
    assert over.outcome is DialOutcome.REACHED
    wait_until(lambda: (now := dials.call_of(begun)) and now.ended_at, "the customer to have gone", 60)
    require_as_told(dials, "dialled_consulted", dials.call_of(begun))
    assert (
        tone_differences(dials.sound(begun), {"left": ["440 >5.0", "1000 0", "1500 0"], "right": ["1500 >2.0"]}) == []
    )


def test_a13_the_customer_is_put_on_hold_and_fetched_back(dials: DiallingRig) -> None:
    """C6"""
    dials.ready("1001")
    dials.operator(("ring 0.2", "answer", "tone 1000 60", "wait 4", "hold", "wait 3", "unhold", "expect hangup"))
    dials.customer(("ring 0.2", "answer", "tone 440 60", "wait 11", "hang up"))
    begun = dials.dial()
    over, call = dials.ended(begun, 60)
    assert over.outcome is DialOutcome.REACHED
    require_as_told(dials, "dialled_held", call)


@pytest.mark.parametrize(
    ("mode", "right"),
    [(MonitoringMode.LISTEN, "1500 0"), (MonitoringMode.WHISPER, "1500 0"), (MonitoringMode.BARGE, "1500 >1.0")],
)
def test_e4_a_supervisor_listens_in(dials: DiallingRig, mode: MonitoringMode, right: str) -> None:
    """Nobody but the operator hears a whisper; who barges in is recorded on our side."""
    dials.ready("1001")
    # Whoever barges in speaks alone: of two pitches at once the louder one is found.
    dials.operator(("ring 0.2", "answer", "tone 1000 4", "expect hangup"))
    dials.operator(COLLEAGUE, "1002")
    dials.customer(("ring 0.2", "answer", "tone 440 60", "wait 10", "hang up"))
    begun = dials.dial()
    talking(dials)
    hotline = dials.hotline
    monitoring.monitor(hotline.storage, hotline.settings, dials.pbx, "1001", mode, SUPERVISOR, system_clock())
    over, call = dials.ended(begun, 60)
    assert over.outcome is DialOutcome.REACHED and isinstance(call, Call)
    assert call.answered_by is not None and call.answered_by.id == "1001"
    assert tone_differences(dials.sound(begun), {"left": ["440 >4.0", "1500 0"], "right": [right]}) == []
    wait_until(lambda: dials.channels() == 0, "the supervisor's phone to be free")


def test_a9_a_machine_that_answered_is_said_to_be_one_and_tried_again(dials: DiallingRig) -> None:
    callback_id = owed(dials, "13912340001")
    take_callback(dials.hotline.storage, callback_id, ZHAO, system_clock())
    dials.ready("1001")
    dials.operator(("ring 0.2", "answer", "tone 1000 60", "wait 6", "hang up"))
    dials.customer(("ring 0.2", "answer", "tone 850 60", "expect hangup"), "13912340001")
    over, _call = dials.ended(dial_callback(dials, callback_id))
    assert over.outcome is DialOutcome.REACHED and outcomes(dials, callback_id) == ["reached"]
    hotline = dials.hotline
    say_what_answered(hotline.storage, hotline.settings, over.id or 0, DialOutcome.MACHINE, ZHAO, system_clock())
    assert outcomes(dials, callback_id) == ["machine"]
    with hotline.storage.reading() as tx:
        [callback] = CallbackStore(tx).by_ids([callback_id])
    assert callback.closed_at is None and callback.next_try_at is not None


def test_a9_two_operators_do_not_dial_one_callback(dials: DiallingRig) -> None:
    callback_id = owed(dials, "13912340002")
    take_callback(dials.hotline.storage, callback_id, ZHAO, system_clock())
    dials.ready("1001", "1002")
    dials.operator(ANSWERS)
    dials.customer(TALKS, "13912340002")
    begun = dial_callback(dials, callback_id)
    with pytest.raises(Forbidden):
        dial_callback(dials, callback_id, QIAN)
    with pytest.raises(Conflict) as told:
        dials.dial(QIAN, "13912340002")
    assert told.value.code == "dialling.dialled_already"
    assert dials.ended(begun)[0].outcome is DialOutcome.REACHED
    assert outcomes(dials, callback_id) == ["reached"]


def test_toll_fraud_more_than_max_channels_are_not_dialled(dials: DiallingRig) -> None:
    """[callback_trunk] max_channels: in the dialplan, whatever our processes count."""
    dials.ready("1001", "1002")
    dials.operator(ANSWERS)
    dials.operator(COLLEAGUE, "1002")
    dials.phone(
        "customer", {CUSTOMER: TALKS, "13912340003": TALKS}, dials.base + 75, dials.hotline.settings.callback_trunk.host
    )
    first = dials.dial()
    talking(dials)
    over, call = dials.ended(dials.dial(QIAN, "13912340003"))
    assert over.outcome is DialOutcome.CONGESTED and over.ringing_at is None
    assert call is not None and call.talks == ()
    assert dials.ended(first)[0].outcome is DialOutcome.REACHED


def test_the_worker_is_killed_in_mid_dial(dials: DiallingRig) -> None:
    """E2: the recording is brought in by the next one, once."""
    dials.start("worker")
    dials.ready("1001")
    dials.operator(ANSWERS)
    dials.customer(TALKS)
    begun = dials.dial()
    talking(dials)
    dials.kill("worker")
    over, call = dials.ended(begun)
    assert over.outcome is DialOutcome.REACHED and call is not None
    dials.restart("worker")

    def brought_in() -> list[RecordingState]:
        with dials.hotline.storage.reading() as tx:
            found = RecordingStore(tx).of_sources(begun.node, [each.file for each in call.recordings])
        return [each.state for each in found if each.state is RecordingState.READY]

    assert wait_until(brought_in, "the recording to be brought in", 60) == [RecordingState.READY]
    dials.processes["worker"].terminate()
    dials.processes.pop("worker").wait(20)


def test_the_operators_phone_is_gone_between_click_and_ring(dials: DiallingRig) -> None:
    """It is lost with its power: no customer is dialled, and nothing is counted as a try."""
    callback_id = owed(dials, "13912340004")
    take_callback(dials.hotline.storage, callback_id, ZHAO, system_clock())
    dials.ready("1001")
    dials.customer(ANSWERS, "13912340004")
    over, _call = dials.ended(dial_callback(dials, callback_id))
    assert over.outcome is DialOutcome.OPERATOR_GONE and over.ringing_at is None
    assert outcomes(dials, callback_id) == []


def test_a9_the_customer_calls_while_we_dial_them(dials: DiallingRig) -> None:
    """A colleague answers them: what is owed is settled, and our dial, for which they are busy, is no try at it."""
    number = "13912340005"
    callback_id = owed(dials, number)
    take_callback(dials.hotline.storage, callback_id, ZHAO, system_clock())
    dials.ready("1001", "1002")
    dials.operator(("ring 0.2", "answer", "tone 1000 60", "wait 20", "hang up"))
    dials.operator(COLLEAGUE, "1002")
    dials.customer(("ring until cancel",), number)
    begun = dial_callback(dials, callback_id)
    wait_until(lambda: dials.state("1001") is ShownState.CALLING, "the operator to be calling")
    caller = dials.caller(("call", "wait 0.8", "press 1", "tone 440 30", "wait 3", "hang up"), number)
    assert caller.wait(60) == 0, caller.errors

    def closed() -> str:
        with dials.hotline.storage.reading() as tx:
            [callback] = CallbackStore(tx).by_ids([callback_id])
        return callback.outcome.value if callback.outcome else ""

    assert wait_until(closed, "what is owed to be settled") == "called_again"
    over, _call = dials.ended(begun, 60)
    assert over.outcome is DialOutcome.NO_ANSWER
    assert outcomes(dials, callback_id) == [] and closed() == "called_again"


def test_a9_what_is_owed_is_settled_by_a_dial_for_something_else(dials: DiallingRig) -> None:
    number = "13912340006"
    callback_id = owed(dials, number)
    dials.ready("1001")
    dials.operator(ANSWERS)
    dials.customer(TALKS, number)
    assert dials.ended(dials.dial(number=number))[0].outcome is DialOutcome.REACHED
    with dials.hotline.storage.reading() as tx:
        [callback] = CallbackStore(tx).by_ids([callback_id])
    assert (callback.reason, callback.outcome) == (CallbackReason.PROMISED, "talked")
