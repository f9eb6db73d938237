"""Supervisors steer the floor: it is written down before Asterisk is asked (F8, E4), and refused in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.calls.call import Consultation, Party, PartyKind, Talk
from hotline.domain.errors import Forbidden, NotFound, PbxError, Refused
from hotline.domain.floor.floor import MonitoringMode, SupervisorActionKind
from hotline.domain.operators.presence import (
    PAUSED_BY_SUPERVISOR,
    WRAP_UP,
    Activity,
    OperatorPresence,
    ShownState,
    StateChange,
    TransferOrder,
    TransferState,
)
from hotline.domain.people import Actor, Role
from hotline.services.calls.ledger import record
from hotline.services.floor import monitoring
from hotline.services.operators.presence import OperatorView, operator_view
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.operators.store import PresenceStore, TransferStore
from tests.support.instance import an_instance, at
from tests.support.pbx import RememberingPbx
from tests.support.sample_calls import answered_call, bare_call, talking_call

NOW = at("2026-11-16 10:30")
SITE = """
[operators.1001]
name = "赵敏"
[operators.1009]
name = '何"主管\\'
"""
CHEN = Actor("chen", (Role.SUPERVISOR,), "陈主管", 1, "1009")


class Floor:
    """An instance with Zhao at work, and a supervisor with a phone."""

    def __init__(self, folder: Path, more: str = "") -> None:
        self.hotline: Hotline = an_instance(folder, NOW, SITE + more)
        self.pbx = RememberingPbx()
        self.pbx.handsets = {"1001": "In use", "1009": "Not in use"}
        self.pbx.members = {("service", "1001"): (False, "")}

    def presence(self, **changes: Any) -> None:
        known = OperatorPresence("1001", NOW, NOW, ("service",), reachable=True)
        with self.hotline.storage.writing() as tx:
            PresenceStore(tx).save([replace(known, **changes)])

    def do(self, act: Callable, *words: object, by: Actor = CHEN) -> None:
        act(self.hotline.storage, self.hotline.settings, self.pbx, *words, by, NOW)

    def view(self) -> OperatorView:
        with self.hotline.storage.reading() as tx:
            return operator_view(tx, self.hotline.settings, "1001")

    def audit(self) -> list[tuple[object, ...]]:
        with self.hotline.storage.reading() as tx:
            entries = AuditLog(tx).latest(50)
        return [(e["who"], e["action"], e["object"], e["detail"]) for e in reversed(entries)]

    def talk(self, and_then: str = "") -> int:
        """Zhao talks with a caller, on whom this extension barges in; the call's id."""
        talks = [Talk(Party(PartyKind.OPERATOR, "1001", "赵敏"), NOW, None)]
        if and_then:
            talks.append(Talk(Party(PartyKind.OPERATOR, and_then, "何主管"), NOW + timedelta(seconds=9), None))
        call = replace(talking_call("c-1"), talks=tuple(talks))
        record(self.hotline.storage, "node1", [call], [], lambda c: None, NOW)
        self.presence(activity=Activity.TALKING, node="node1", linkedid="c-1", paused=True, reason=WRAP_UP)
        self.pbx.live = [
            {"Channel": "PJSIP/trunk-1", "Uniqueid": "c-1", "Linkedid": "c-1", "BridgeId": "b"},
            {"Channel": "PJSIP/10011-9", "Uniqueid": "c-8", "Linkedid": "c-8", "BridgeId": "other"},
            {"Channel": "PJSIP/1001-7", "Uniqueid": "c-2", "Linkedid": "c-1", "BridgeId": "b"},
        ]
        with self.hotline.storage.reading() as tx:
            return CallStore(tx).id_of("node1", "c-1") or 0


@pytest.fixture
def floor(tmp_path: Path) -> Floor:
    made = Floor(tmp_path)
    made.presence()
    return made


def test_f8_a_pause_is_written_down_and_shown_with_who_and_why(floor: Floor) -> None:
    floor.do(monitoring.pause, "1001", "  请到会议室\r\n<b>  ")
    assert floor.pbx.members[("service", "1001")] == (True, PAUSED_BY_SUPERVISOR)
    assert ("chen", "operator.pause", "operator:1001", "请到会议室 <b>") in floor.audit()
    assert floor.view().steered is None
    floor.presence(paused=True, reason=PAUSED_BY_SUPERVISOR)
    shown = floor.view()
    assert shown.steered is not None
    assert (shown.steered.what, shown.steered.by, shown.steered.reason) == (
        SupervisorActionKind.PAUSE,
        "陈主管",
        "请到会议室 <b>",
    )
    assert shown.reason_shown == "请到会议室 <b>"


def test_a_pause_of_ones_own_is_nobody_elses(floor: Floor) -> None:
    floor.do(monitoring.pause, "1001", "x")
    floor.presence(paused=True, reason="meal")
    assert floor.view().steered is None
    assert floor.view().reason_shown == "用餐"


def test_a_resumed_operator_is_ready_again(floor: Floor) -> None:
    floor.do(monitoring.pause, "1001", "x")
    floor.presence(paused=True, reason=PAUSED_BY_SUPERVISOR)
    floor.do(monitoring.resume, "1001")
    assert floor.pbx.members[("service", "1001")] == (False, "")
    assert floor.view().steered is None


def test_resuming_in_a_talk_keeps_the_pause_that_the_wrap_up_needs(floor: Floor) -> None:
    floor.talk()
    floor.do(monitoring.resume, "1001")
    assert floor.pbx.members[("service", "1001")] == (True, WRAP_UP)


def test_a_signed_out_operator_sees_it_until_they_come_back(floor: Floor) -> None:
    floor.do(monitoring.sign_out, "1001", "下班忘记签出")
    assert floor.pbx.members == {}
    assert ("chen", "operator.sign_out", "operator:1001", "下班忘记签出") in floor.audit()
    floor.presence(queues=())
    assert floor.view().steered is not None
    with floor.hotline.storage.writing() as tx:
        PresenceStore(tx).note([StateChange("1001", NOW, ShownState.READY)])
    floor.presence(queues=(), updated_at=NOW.replace(hour=NOW.hour + 1))
    assert floor.view().steered is None


@pytest.mark.parametrize("act", [monitoring.pause, monitoring.sign_out])
@pytest.mark.parametrize("reason", ["", "   ", "\r\n\t\0"])
def test_nobody_is_paused_or_signed_out_without_a_reason(floor: Floor, act: Callable, reason: str) -> None:
    with pytest.raises(Refused):
        floor.do(act, "1001", reason)
    assert floor.pbx.members[("service", "1001")] == (False, "")
    assert floor.audit() == []


def test_a_reason_of_any_length_and_kind_is_kept_short(floor: Floor) -> None:
    floor.do(monitoring.pause, "1001", "\u202e👩‍👩‍👧 <script>" + "长" * 10_000)
    (entry,) = floor.audit()
    assert len(str(entry[3])) == 200
    assert "\u202e" not in str(entry[3])


def test_who_is_not_signed_in_is_not_paused(floor: Floor) -> None:
    floor.presence(queues=())
    for act, words in ((monitoring.pause, ("x",)), (monitoring.resume, ()), (monitoring.sign_out, ("x",))):
        with pytest.raises(monitoring.NotSignedIn):
            floor.do(act, "1001", *words)
    with pytest.raises(NotFound):
        floor.do(monitoring.pause, "4711", "x")


@pytest.mark.parametrize("mode", MonitoringMode)
def test_e4_listening_in_is_written_down_with_the_call_before_the_phone_rings(
    floor: Floor, mode: MonitoringMode
) -> None:
    call_id = floor.talk()
    floor.do(monitoring.monitor, "1001", mode)
    assert floor.audit() == [("chen", f"call.{mode}", "operator:1001", f"call:{call_id}")]
    ((channel, context, exten, caller_id, variables, _seconds),) = floor.pbx.dialled
    assert (channel, context, exten, caller_id) == ("PJSIP/1009", "hl-spy", mode, '"赵敏" <1001>')
    assert variables["HL_SPY"] == "PJSIP/1001-7"


def test_e4_it_stands_in_the_log_even_when_asterisk_then_refuses(floor: Floor) -> None:
    floor.talk()
    channels = floor.pbx.channels

    def once() -> list:
        floor.pbx.away = "gone"
        return channels()

    floor.pbx.channels = once  # type: ignore[method-assign]
    with pytest.raises(PbxError):
        floor.do(monitoring.monitor, "1001", MonitoringMode.LISTEN)
    assert len(floor.audit()) == 1


def test_what_cannot_be_listened_to_is_refused_in_words(floor: Floor, tmp_path: Path) -> None:
    with pytest.raises(monitoring.NotInCall):
        floor.do(monitoring.monitor, "1001", MonitoringMode.LISTEN)
    floor.talk()
    with pytest.raises(NotFound):
        floor.do(monitoring.monitor, "4711", MonitoringMode.LISTEN)
    with pytest.raises(Refused):
        floor.do(monitoring.monitor, "1009", MonitoringMode.LISTEN)
    with pytest.raises(monitoring.NoPhone):
        floor.do(monitoring.monitor, "1001", MonitoringMode.LISTEN, by=replace(CHEN, extension=None))
    for state in ("Unavailable", "Invalid", ""):
        floor.pbx.handsets["1009"] = state
        with pytest.raises(monitoring.PhoneAway):
            floor.do(monitoring.monitor, "1001", MonitoringMode.LISTEN)
    assert (floor.pbx.dialled, floor.audit()) == ([], [])


def test_listening_can_be_switched_off(tmp_path: Path) -> None:
    floor = Floor(tmp_path, "[floor]\nlisten_to_calls = false\n")
    floor.talk()
    with pytest.raises(Forbidden):
        floor.do(monitoring.monitor, "1001", MonitoringMode.LISTEN)
    assert floor.pbx.dialled == []


def test_a_talk_is_taken_over_by_transfer_and_whoever_listened_stops_listening(floor: Floor) -> None:
    call_id = floor.talk()
    floor.pbx.live.append({"Channel": "PJSIP/1009-3", "Uniqueid": "s-1", "Context": "hl-spy"})
    floor.do(monitoring.take_over, call_id)
    assert floor.pbx.acts == [("hang_up", "PJSIP/1009-3"), ("blind_transfer", "PJSIP/1001-7", "1009", "hl-transfer")]
    assert floor.audit() == [("chen", "call.take_over", f"call:{call_id}", "")]


@pytest.mark.parametrize("barged_in", ["1009", "1008"])
def test_who_barges_in_has_not_got_the_caller(floor: Floor, barged_in: str) -> None:
    call_id = floor.talk(and_then=barged_in)
    barging = {"Channel": f"PJSIP/{barged_in}-3", "Uniqueid": "s-1", "Linkedid": "c-1", "Context": "hl-spy"}
    listening = {"Channel": "PJSIP/1008-4", "Uniqueid": "s-4", "Linkedid": "s-4", "Context": "hl-spy"}
    floor.pbx.live += [{**barging, "BridgeId": "b"}, listening]
    floor.do(monitoring.take_over, call_id)
    assert floor.pbx.acts[-1] == ("blind_transfer", "PJSIP/1001-7", "1009", "hl-transfer")
    assert ("hang_up", barging["Channel"]) in floor.pbx.acts, "of three in a bridge Asterisk leads nobody elsewhere"
    assert ("hang_up", "PJSIP/1008-4") not in floor.pbx.acts, "who only listens is not cut off"


def test_a_caller_who_waits_for_a_consultation_is_taken_over_and_the_two_do_not_stay_with_each_other(
    floor: Floor,
) -> None:
    """A12: nor does the order that is not carried out keep the supervisor from passing the caller on."""
    call_id = floor.talk()
    floor.pbx.live = [
        {"Channel": "PJSIP/trunk-1", "Uniqueid": "c-1", "Linkedid": "c-1", "BridgeId": "b"},
        {"Channel": "PJSIP/1001-7", "Uniqueid": "c-2", "Linkedid": "c-1", "BridgeId": "consulting"},
        {"Channel": "PJSIP/1002-5", "Uniqueid": "c-3", "Linkedid": "c-1", "BridgeId": "consulting"},
    ]
    asked = TransferOrder("node1", "c-1", NOW, "attended", "1001", "operator", "1002", "钱伟", True, "x")
    with floor.hotline.storage.writing() as tx:
        order_id = TransferStore(tx).add(asked)
    floor.do(monitoring.take_over, call_id)
    assert floor.pbx.acts == [
        ("redirect", "PJSIP/trunk-1", "1009", "hl-transfer"),
        ("hang_up", "PJSIP/1001-7"),
        ("hang_up", "PJSIP/1002-5"),
    ]
    with floor.hotline.storage.reading() as tx:
        order = TransferStore(tx).by_id(order_id)
    assert order is not None and order.state is TransferState.CANCELLED


def test_nobody_barges_in_on_a_consultation(floor: Floor) -> None:
    """Its bridge is not the caller's: whoever came into it would be left there with the colleague."""
    floor.talk()
    by, asked = (Party(PartyKind.OPERATOR, extension) for extension in ("1001", "1002"))
    talks = (Talk(by, NOW, None),)
    consults = replace(talking_call("c-1"), talks=talks, consultations=(Consultation(by, asked, NOW, NOW, None),))
    record(floor.hotline.storage, "node1", [consults], [], lambda c: None, NOW)
    with pytest.raises(Refused, match=r"floor\.consults"):
        floor.do(monitoring.monitor, "1001", MonitoringMode.BARGE)
    assert (floor.pbx.dialled, floor.audit()) == ([], [])
    floor.do(monitoring.monitor, "1001", MonitoringMode.LISTEN)
    assert len(floor.pbx.dialled) == 1


def test_who_is_in_another_call_neither_listens_nor_takes_over(floor: Floor) -> None:
    """Their phone would not be picked up: the caller would be taken away from who has them, and be back in the
    queue."""
    call_id = floor.talk()
    floor.pbx.live.append({"Channel": "PJSIP/1009-3", "Uniqueid": "c-9", "Linkedid": "c-9", "Context": "hl-route"})
    with pytest.raises(monitoring.PhoneBusy):
        floor.do(monitoring.take_over, call_id)
    with pytest.raises(monitoring.PhoneBusy):
        floor.do(monitoring.monitor, "1001", MonitoringMode.LISTEN)
    assert (floor.pbx.acts, floor.pbx.dialled, floor.audit()) == ([], [], [])


def test_who_listens_and_then_whispers_stops_listening_first(floor: Floor) -> None:
    """A phone in the browser takes no call beside another."""
    floor.talk()
    floor.pbx.live.append({"Channel": "PJSIP/1009-3", "Uniqueid": "s-1", "Linkedid": "s-1", "Context": "hl-spy"})
    floor.do(monitoring.monitor, "1001", MonitoringMode.WHISPER)
    assert floor.pbx.acts == [("hang_up", "PJSIP/1009-3")] and len(floor.pbx.dialled) == 1


def test_a5_whose_the_caller_is_asterisk_says_and_the_ledger_a_moment_later(floor: Floor) -> None:
    record(floor.hotline.storage, "node1", [bare_call("c-1")], [], lambda c: None, NOW)
    caller = {"Channel": "PJSIP/trunk-1", "Uniqueid": "c-1", "BridgeId": "b"}
    operator = {"Channel": "PJSIP/1001-7", "Uniqueid": "c-2", "BridgeId": "b"}
    floor.pbx.live = [caller, operator]
    floor.do(monitoring.take_over, 1)
    assert floor.pbx.acts == [("blind_transfer", "PJSIP/1001-7", "1009", "hl-transfer")]
    call_id = floor.talk()
    for over_or_consulting in ([caller], [caller, {**operator, "BridgeId": "consultation"}]):
        floor.pbx.live, floor.pbx.acts = list(over_or_consulting), []
        floor.do(monitoring.take_over, call_id)
        assert floor.pbx.acts == [("redirect", "PJSIP/trunk-1", "1009", "hl-transfer")]


def test_a_waiting_caller_is_taken_out_of_the_queue(floor: Floor) -> None:
    record(floor.hotline.storage, "node1", [bare_call("c-5")], [], lambda c: None, NOW)
    floor.pbx.live = [{"Channel": "PJSIP/trunk-5", "Uniqueid": "c-5"}]
    floor.do(monitoring.take_over, 1)
    assert floor.pbx.acts == [("redirect", "PJSIP/trunk-5", "1009", "hl-transfer")]


def test_what_is_over_is_not_taken_over(floor: Floor) -> None:
    record(floor.hotline.storage, "node1", [answered_call("c-6"), bare_call("c-7")], [], lambda c: None, NOW)
    with pytest.raises(Refused):
        floor.do(monitoring.take_over, 1)
    with pytest.raises(Refused):
        floor.do(monitoring.take_over, 2)  # its channel is gone, the ledger does not know yet
    with pytest.raises(NotFound):
        floor.do(monitoring.take_over, 99)
    call_id = floor.talk()
    with pytest.raises(Refused):
        floor.do(monitoring.take_over, call_id, by=replace(CHEN, extension="1001"))
    assert (floor.pbx.acts, floor.audit()) == ([], [])
