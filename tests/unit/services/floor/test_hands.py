"""An operator in a call asks for help: the floor sees it, a supervisor comes, and it goes down with the talk
(003 企业400 五.4c)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hotline.domain.calls.call import DROPPED_RING, Call, Ring
from hotline.domain.errors import Refused
from hotline.domain.floor.floor import MonitoringMode
from hotline.domain.operators.presence import Activity, OperatorPresence
from hotline.domain.people import Actor, Role
from hotline.services.calls.ledger import record
from hotline.services.floor import monitoring
from hotline.services.operators.consequences import CONSEQUENCES
from hotline.services.operators.hands import lower_hand, raise_hand
from hotline.services.operators.presence import HandView, operator_view
from hotline.storage.audit import AuditLog
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.live_calls import ended, talking, waiting
from tests.support.pbx import RememberingPbx

NOW = at("2026-11-16 10:30")
SITE = '[operators.1001]\nname = "赵敏"\n[operators.1009]\nname = "何主管"\n'
ZHAO = Actor("zhao", (Role.OPERATOR,), "赵敏", 2, "1001")
HE = Actor("he", (Role.SUPERVISOR,), "何主管", 3, "1009")


class Desk:
    def __init__(self, folder: Path, storage: Storage) -> None:
        self.hotline, self.storage = an_instance(folder, NOW, SITE, storage), storage
        self.pbx = RememberingPbx()
        self.pbx.handsets = {"1001": "In use", "1009": "Not in use"}
        self.pbx.live = [{"Channel": "PJSIP/1001-7", "Uniqueid": "c-2", "BridgeId": "b"}]

    def talks(self, linkedid: str = "node1-1.1") -> Call:
        call = talking(waiting(linkedid), "1001")
        self.happens(call)
        known = OperatorPresence("1001", NOW, NOW, ("service",), reachable=True)
        with self.storage.writing() as tx:
            PresenceStore(tx).save([replace(known, activity=Activity.TALKING, node="node1", linkedid=linkedid)])
        return call

    def happens(self, call: Call) -> None:
        also = list(CONSEQUENCES.make(self.hotline.settings))
        record(self.storage, "node1", [call], [], lambda c: None, NOW, also=also)

    def raises(self) -> None:
        raise_hand(self.storage, self.hotline.settings, self.pbx, "1001", ZHAO, NOW)

    @property
    def hand(self) -> HandView | None:
        with self.storage.reading() as tx:
            return operator_view(tx, self.hotline.settings, "1001").hand

    def audit(self) -> list[str]:
        with self.storage.reading() as tx:
            return [str(entry["action"]) for entry in reversed(AuditLog(tx).latest(50))]


@pytest.fixture
def desk(tmp_path: Path, storage: Storage) -> Desk:
    return Desk(tmp_path, storage)


def test_a_hand_is_raised_once_seen_and_gone_with_the_talk(desk: Desk) -> None:
    call = desk.talks()
    desk.raises()
    desk.raises()
    assert desk.hand == HandView(since=NOW, seen_by="") and desk.audit().count("hand.raise") == 1
    monitoring.monitor(desk.storage, desk.hotline.settings, desk.pbx, "1001", MonitoringMode.WHISPER, HE, NOW)
    assert desk.hand == HandView(since=NOW, seen_by="何主管")
    desk.happens(call)  # the call goes on
    assert desk.hand is not None
    desk.happens(ended(call))
    assert desk.hand is None


def test_a_call_that_was_passed_on_takes_the_hand_with_it(desk: Desk) -> None:
    call = desk.talks()
    desk.raises()
    desk.happens(talking(replace(call, talks=tuple(replace(t, ended_at=NOW) for t in call.talks)), "1002", 60))
    assert desk.hand is None


def test_the_operator_needs_nobody_any_more(desk: Desk) -> None:
    desk.talks()
    desk.raises()
    lower_hand(desk.storage, "1001", ZHAO, NOW)
    lower_hand(desk.storage, "1001", ZHAO, NOW)
    assert desk.hand is None and desk.audit().count("hand.lower") == 1


def test_who_turns_out_to_have_dropped_the_call_at_once_has_put_the_hand_down(desk: Desk) -> None:
    """Picking up counted as a talk until the dialplan offered the caller on."""
    call = desk.talks()
    desk.raises()
    rung = Ring(call.talks[0].party, NOW, NOW, 0.0, 1, DROPPED_RING)
    desk.happens(replace(call, talks=(), rings=(rung,)))
    assert desk.hand is None


def test_without_a_talk_there_is_nothing_to_help_with(desk: Desk) -> None:
    with pytest.raises(Refused, match=r"operators\.hand_without_call"):
        desk.raises()
    desk.happens(ended(desk.talks()))
    with pytest.raises(Refused, match=r"operators\.hand_without_call"):
        desk.raises()
    assert desk.hand is None


def test_a_hand_that_is_raised_before_the_ledger_knows_of_the_talk_is_raised(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told of a talk up to a third of a second later than the phones (decision 80); whoever talks with nobody is
    refused at once."""
    waited: list[float] = []
    over = ended(desk.talks("node1-1.1"))
    desk.happens(over)

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            desk.talks("node1-1.2")

    monkeypatch.setattr("hotline.services.operators.told_late.sleep", sleep)
    desk.raises()
    assert desk.hand is not None and len(waited) == 2
    desk.happens(ended(talking(waiting("node1-1.2"), "1001")))
    desk.pbx.live = []
    with pytest.raises(Refused):
        desk.raises()
    assert len(waited) == 2
