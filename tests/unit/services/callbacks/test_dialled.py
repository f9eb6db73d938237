"""A callback that is dialled here (A9, A3): what whoever dials sees of it, what they say, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.callbacks.owed import Callback, CallbackReason, CallbackTry
from hotline.domain.calls.call import Call, DialEnd
from hotline.domain.dialling.dial import Dial, DialOutcome
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.forms.form import CallForm
from hotline.domain.people import Actor, Role
from hotline.services.callbacks.callbacks import close_callback
from hotline.services.callbacks.clock import keep_clocks
from hotline.services.dialling.consequences import follow_dials
from hotline.services.dialling.own_dials import (
    DialState,
    DialView,
    own_dial,
    own_last_dial,
    say_what_answered,
    see_dial,
)
from hotline.services.forms.forms import ensure_forms
from hotline.services.forms.view import form_view
from hotline.services.outbox_topics import DIAL
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.callbacks.tries import CallbackTryStore
from hotline.storage.calls.store import CallStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.forms.store import FormStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance
from tests.support.sample_calls import MONDAY_TEN, answered_call, dialled_call, unanswered_dial
from tests.support.sample_forms import open_form

QIAN = Actor("qian", (Role.OPERATOR,), "钱伟", extension="1002")
ZHAO = Actor("zhao", (Role.OPERATOR,), "赵敏", extension="1001")
ANSWERED, NO_ANSWER = DialEnd("ANSWER", 16, 200), DialEnd("NOANSWER", 19, 180)
CALL = replace(dialled_call(), dial_end=ANSWERED)
AFTER = MONDAY_TEN + timedelta(minutes=5)


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, MONDAY_TEN, storage=storage)


def begin(hotline: Hotline, call: Call = CALL, note: str = "") -> int:
    """The id of the dial, for a callback of this number that 1002 has taken."""
    with hotline.storage.writing() as tx:
        owed = Callback(
            "node1", "missed-1", "main", call.caller.number, CallbackReason.MISSED, MONDAY_TEN, MONDAY_TEN, note=note
        )
        callback_id = CallbackStore(tx).open(owed) or 0
        CallbackStore(tx).take(callback_id, "qian", "", MONDAY_TEN)
        keep_clocks(tx, hotline.settings, [callback_id], MONDAY_TEN)
        made = Dial(
            call.node,
            call.linkedid,
            "qian",
            "1002",
            call.caller.number,
            "main",
            "callback",
            callback_id,
            "您上午的来电",
            call.started_at,
        )
        return DialStore(tx).add(made).id or 0


def happens(hotline: Hotline, call: Call, now: datetime = AFTER) -> None:
    """The ledger hears of it."""
    with hotline.storage.writing() as tx:
        CallStore(tx).save([call], now)
        follow_dials(tx, hotline.settings, [call], now)


def far(call: Call, stage: DialState) -> Call:
    """The call when it had come so far."""
    rings = {
        DialState.PHONE_RINGS: call.rings[:1],
        DialState.CUSTOMER_RINGS: (call.rings[0], replace(call.rings[1], ended_at=None, result="")),
    }.get(stage, call.rings)
    answered = stage in (DialState.NOTICE, DialState.TALKING)
    talks = tuple(replace(talk, ended_at=None) for talk in call.talks) if stage is DialState.TALKING else ()
    return replace(
        call,
        ended_at=None,
        outcome=None,
        hang_up=None,
        rings=rings,
        answered_at=call.answered_at if answered else None,
        talks=talks,
        talk_started_at=call.talk_started_at if talks else None,
    )


def say(hotline: Hotline, dial_id: int, what: DialOutcome, actor: Actor = QIAN, now: datetime = AFTER) -> None:
    say_what_answered(hotline.storage, hotline.settings, dial_id, what, actor, now)


def seen(hotline: Hotline, dial_id: int) -> DialView:
    return see_dial(hotline.storage, dial_id, QIAN)


def tries(hotline: Hotline) -> Sequence[CallbackTry]:
    with hotline.storage.reading() as tx:
        return CallbackTryStore(tx).of([1])[1]


def told(hotline: Hotline) -> int:
    with hotline.storage.reading() as tx:
        return sum(entry.topic == DIAL for entry in Outbox(tx).after(0, 1000))


def test_a3_whoever_dials_sees_how_far_it_has_come(hotline: Hotline) -> None:
    """G1: the notice is a state of its own; each step is told."""
    dial_id = begin(hotline)
    stages = [DialState.PHONE_RINGS, DialState.CUSTOMER_RINGS, DialState.NOTICE, DialState.TALKING]
    states, news = [], []
    for stage in stages:
        happens(hotline, far(CALL, stage))
        states.append(seen(hotline, dial_id).state)
        news.append(told(hotline))
    assert states == stages
    assert news == sorted(news) and len(set(news)) == 4
    now = own_dial(hotline.storage, QIAN)
    assert now is not None and now.talking_since == CALL.talk_started_at
    happens(hotline, CALL)
    ended = seen(hotline, dial_id)
    assert (ended.state, ended.outcome, ended.seconds) == (DialState.ENDED, DialOutcome.REACHED, 60.0)
    assert ended.object_open and ended.next_try_at is None and own_dial(hotline.storage, QIAN) is None


def test_a9_who_was_not_reached_is_shown_with_the_next_try(hotline: Hotline) -> None:
    call = unanswered_dial()
    dial_id = begin(hotline, call)
    happens(hotline, replace(call, dial_end=NO_ANSWER))
    [made] = tries(hotline)
    ended = seen(hotline, dial_id)
    assert ended.outcome is DialOutcome.NO_ANSWER and made.next_try_at is not None
    assert ended.next_try_at == made.next_try_at > AFTER


def test_a9_a_machine_is_said_while_it_speaks(hotline: Hotline) -> None:
    dial_id = begin(hotline)
    with pytest.raises(Refused):
        say(hotline, dial_id, DialOutcome.MACHINE)
    happens(hotline, far(CALL, DialState.TALKING))
    say(hotline, dial_id, DialOutcome.MACHINE)
    assert (seen(hotline, dial_id).state, seen(hotline, dial_id).outcome) == (DialState.TALKING, DialOutcome.MACHINE)
    happens(hotline, CALL)
    [made] = tries(hotline)
    assert made.outcome == "machine" and made.next_try_at is not None
    assert seen(hotline, dial_id).outcome is DialOutcome.MACHINE


def test_a9_a_machine_is_said_afterwards(hotline: Hotline) -> None:
    """The try is corrected, and the callback falls due again."""
    dial_id = begin(hotline)
    happens(hotline, CALL)
    [before] = tries(hotline)
    assert (before.outcome, before.next_try_at) == ("reached", None)
    say(hotline, dial_id, DialOutcome.MACHINE)
    [made] = tries(hotline)
    assert made.outcome == "machine" and made.next_try_at is not None
    with hotline.storage.reading() as tx:
        callback = CallbackStore(tx).by_id(1)
    assert callback is not None and callback.next_try_at == callback.due_at == made.next_try_at
    say(hotline, dial_id, DialOutcome.WRONG_NUMBER)
    [made] = tries(hotline)
    assert (made.outcome, made.next_try_at) == ("wrong_number", None)


def test_a9_what_nobody_answered_reached_no_machine(hotline: Hotline) -> None:
    call = unanswered_dial()
    dial_id = begin(hotline, call)
    happens(hotline, replace(call, dial_end=NO_ANSWER))
    with pytest.raises(Refused):
        say(hotline, dial_id, DialOutcome.MACHINE)
    with pytest.raises(NotFound):
        say(hotline, dial_id, DialOutcome.MACHINE, ZHAO)
    with pytest.raises(Forbidden):
        say(hotline, dial_id, DialOutcome.MACHINE, replace(QIAN, extension=None))


def test_whoever_dialled_is_reminded_until_the_callback_is_closed(hotline: Hotline) -> None:
    begin(hotline)
    happens(hotline, CALL)

    def last(actor: Actor = QIAN, now: datetime = AFTER) -> DialView | None:
        return own_last_dial(hotline.storage, actor, now)

    assert last() is not None and last(ZHAO) is None and last(now=AFTER + timedelta(hours=2)) is None
    close_callback(hotline.storage, 1, QIAN, "已说明", AFTER)
    assert last() is None


def record_of(hotline: Hotline, call: Call) -> CallForm:
    with hotline.storage.writing() as tx:
        ensure_forms(tx, hotline.settings, [call], AFTER)
        [form] = FormStore(tx).of_calls(call.node, [call.linkedid]).values()
    return form


def test_b1_the_record_of_a_dialled_call_begins_with_what_it_is_for(hotline: Hotline) -> None:
    earlier = replace(answered_call("missed-1", MONDAY_TEN), caller=CALL.caller)
    written = open_form(earlier, MONDAY_TEN, category="complaint", content="机器不转", caller_name="王芳")
    with hotline.storage.writing() as tx:
        FormStore(tx).add([written])
    begin(hotline, note="下午有人")
    form = record_of(hotline, CALL)
    assert (form.category, form.content, form.caller_name) == ("complaint", "机器不转\n下午有人", "王芳")
    with hotline.storage.reading() as tx:
        view = form_view(tx, hotline.settings, form, QIAN, AFTER)
        other = form_view(tx, hotline.settings, FormStore(tx).of_calls("node1", ["missed-1"])["missed-1"], QIAN, AFTER)
    assert view.dialled_for is not None and (view.dialled_for.kind, view.dialled_for.id) == ("callback", 1)
    assert other.dialled_for is None


def test_b1_what_nobody_wrote_is_left_to_be_written(hotline: Hotline) -> None:
    begin(hotline)
    assert (record_of(hotline, CALL).category, record_of(hotline, CALL).content) == ("", "")
