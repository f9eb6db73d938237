"""Supervisors in a talk, and what happens to it meanwhile: each of the others still sees and does what is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from hotline.domain.calls.call import Call
from hotline.domain.calls.having import talk_now
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.floor.floor import MonitoringMode
from hotline.domain.operators.presence import Activity, TransferState
from hotline.domain.people import Actor, Role
from hotline.domain.time import system_clock
from hotline.services.alerts import open_alerts
from hotline.services.floor import monitoring
from hotline.services.operators import call_control, transfers
from hotline.services.operators.transfers import TransferTarget
from hotline.services.recordings import pause as recording_pause
from hotline.storage.calls.live_calls import LiveCallStore
from hotline.storage.calls.store import CallStore
from hotline.storage.operators.store import PresenceStore, TransferStore
from tests.support.console_rig import ALWAYS_OPEN
from tests.support.ears import Ear, tones_in
from tests.support.rig import CARRIER, PHONES, Rig, wait_until
from tests.support.tones import RATE, Samples, read

pytestmark = pytest.mark.e2e

TONES = {"caller": 440.0, "1001": 660.0, "1002": 550.0, "1008": 990.0, "1009": 880.0}
PORTS = {"1001": 81, "1002": 82, "1008": 84, "1009": 83}
NUMBER = "13800138000"
CHEN = Actor("chen", (Role.SUPERVISOR,), "陈主管", 1, "1009")
LIN = Actor("lin", (Role.SUPERVISOR,), "林主管", 2, "1008")

SETTINGS = """
[operators.1009]
name = "何主管"
contact = "sip:1009@{phones}:{he}"
[operators.1008]
name = "林主管"
contact = "sip:1008@{phones}:{lin}"
"""


def _named(sound: Samples) -> set[str]:
    try:
        heard = tones_in(sound, *TONES.values())
    except AssertionError:
        return {"?"}
    return {name for name, hertz in TONES.items() if hertz in heard}


@dataclass
class Desk:
    """A caller, two operators and two supervisors, each with a tone of their own."""

    rig: Rig
    began_at: datetime = field(default_factory=system_clock)
    ears: dict[str, Ear] = field(default_factory=dict)

    def phone(self, extension: str, *steps: str) -> None:
        ear = self.ears[extension] = Ear(PHONES, TONES[extension])
        self.rig.phone(extension, {"": steps}, self.rig.base + PORTS[extension], ear=ear)

    def caller(self, *steps: str) -> None:
        ear = self.ears["caller"] = Ear(CARRIER, TONES["caller"])
        self.rig.caller(["call", *(steps or ("expect hangup",))], NUMBER, ear=ear)

    def talk(self, *steps: str, theirs: tuple[str, ...] = (), busy: str = "") -> int:
        """1001 talks with the caller, whose phone then does `theirs`; the call's id. `busy`: whose phone is."""
        for extension in PORTS:
            own = theirs if theirs and extension == "1001" else ("expect hangup",)
            then = ("busy",) if extension == busy else ("answer", *own)
            self.phone(extension, "ring 0.1", *then)
        self.rig.sign_in(["1001"])
        self.caller(*steps)
        self.until_heard("caller", "1001")
        return wait_until(lambda: self.live() and self.live()[0].id, "the call to be known")  # type: ignore[return-value]

    def hears(self, who: str) -> set[str]:
        """Whom, and "?" while it changes."""
        return _named(self.ears[who].listen(0.6))

    def until_heard(self, who: str, *others: str) -> None:
        """A phone that did not answer Asterisk's first question in time is rung after the next one."""
        wait_until(lambda: self.hears(who) == set(others), f"{who} to hear {others}", 40)

    def recorded(self) -> set[str]:
        """What the recording holds of this moment, of either side."""
        file = max(self.rig.home.incoming.glob("*.raw"), key=lambda each: each.stat().st_mtime)
        last = read(file)[:, -RATE // 2 :]
        return _named(last[0]) | _named(last[1])

    def live(self) -> list[StoredCall]:
        with self.rig.hotline.storage.reading() as tx:
            return [each for each in LiveCallStore(tx).in_progress() if each.call.started_at >= self.began_at]

    def call(self, call_id: int) -> Call:
        with self.rig.hotline.storage.reading() as tx:
            found = CallStore(tx).by_id(call_id)
        assert found is not None
        return found.call

    def has(self, call_id: int) -> str:
        talk = talk_now(self.call(call_id))
        return talk.party.id if talk else ""

    def activity(self, extension: str) -> Activity:
        with self.rig.hotline.storage.reading() as tx:
            found = PresenceStore(tx).get(extension)
        return found.activity if found else Activity.IDLE

    def do(self, act: object, *words: object, by: Actor = CHEN) -> None:
        hotline = self.rig.hotline
        act(hotline.storage, hotline.settings, self.rig.pbx, *words, by, system_clock())  # type: ignore[operator]

    def barge_in(self, by: Actor = CHEN) -> None:
        self.do(monitoring.monitor, "1001", MonitoringMode.BARGE, by=by)
        wait_until(lambda: by.extension in self.hears("caller"), "the caller to hear who barged in")

    def pass_on(self, call_id: int, kind: str, to: str) -> int:
        hotline = self.rig.hotline
        stored = next(each for each in self.live() if each.id == call_id)
        target = TransferTarget("operator", to)
        return transfers.transfer(
            hotline.storage,
            hotline.settings,
            self.rig.pbx,
            stored,
            "1001",
            kind,  # type: ignore[arg-type]
            target,
            True,
            "技术问题",
            "zhao",
            system_clock(),
        )

    def channels_of(self, extension: str) -> list[str]:
        return [c["Channel"] for c in self.rig.pbx.channels() if c["Channel"].startswith(f"PJSIP/{extension}-")]


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    running = Rig(tmp_path_factory.mktemp("beside"), ALWAYS_OPEN)
    more = SETTINGS.format(phones=PHONES, he=running.base + PORTS["1009"], lin=running.base + PORTS["1008"])
    running.home.settings_file.write_text(running.home.settings_file.read_text("utf-8") + more, "utf-8")
    running.prepare()
    try:
        running.start("pbx", "ivr", "listener")
        yield running
    finally:
        running.stop()


@pytest.fixture
def desk(rig: Rig) -> Iterator[Desk]:
    made = Desk(rig)
    try:
        yield made
    finally:
        rig.clear()
        for ear in made.ears.values():
            ear.close()


def test_with_two_supervisors_in_it_a_talk_is_taken_over_by_one_of_them(desk: Desk) -> None:
    call_id = desk.talk()
    desk.barge_in(CHEN)
    desk.barge_in(LIN)
    wait_until(lambda: desk.activity("1009") is Activity.BUSY, "who barged in to be busy, with nothing to write up")
    assert desk.has(call_id) == "1001" and desk.activity("1001") is Activity.TALKING
    desk.do(monitoring.take_over, call_id)
    desk.until_heard("caller", "1009")
    wait_until(lambda: desk.has(call_id) == "1009", "the ledger to have the supervisor")
    assert desk.channels_of("1008") == desk.channels_of("1001") == []
    assert any(transfer.kind == "blind" for transfer in desk.call(call_id).transfers)


@pytest.mark.parametrize("kind", ["blind", "attended"])
def test_a12_a_caller_is_passed_on_from_a_talk_with_a_supervisor_in_it(desk: Desk, kind: str) -> None:
    call_id = desk.talk()
    desk.barge_in()
    order_id = desk.pass_on(call_id, kind, "1002")
    if kind == "attended":
        desk.until_heard("1001", "1002")
        transfers.complete(desk.rig.hotline.storage, desk.rig.pbx, order_id, "1001")
    desk.until_heard("caller", "1002")
    wait_until(lambda: desk.has(call_id) == "1002", "the ledger to have the colleague")

    def state() -> TransferState:
        with desk.rig.hotline.storage.reading() as tx:
            order = TransferStore(tx).by_id(order_id)
        assert order is not None
        return order.state

    wait_until(lambda: state() is TransferState.DONE, "the order to be done")
    assert desk.channels_of("1009") == [] and len(desk.rig.pbx.channels()) == 2


def test_a_caller_who_waits_for_a_consultation_is_taken_over(desk: Desk) -> None:
    call_id = desk.talk()
    order_id = desk.pass_on(call_id, "attended", "1002")
    desk.until_heard("1001", "1002")
    desk.do(monitoring.take_over, call_id)
    desk.until_heard("caller", "1009")
    wait_until(lambda: desk.has(call_id) == "1009", "the ledger to have the supervisor")
    wait_until(lambda: desk.channels_of("1001") == desk.channels_of("1002") == [], "the two to be free", 5)
    with desk.rig.hotline.storage.reading() as tx:
        order = TransferStore(tx).by_id(order_id)
    assert order is not None and order.state is TransferState.CANCELLED


def test_the_caller_goes_and_nobody_stays_with_the_supervisor(desk: Desk) -> None:
    call_id = desk.talk("wait 12", "hang up")
    desk.barge_in()
    wait_until(lambda: desk.call(call_id).ended_at, "the caller to be gone")
    wait_until(lambda: not desk.rig.pbx.channels(), "the two to be free", 4)
    assert [each.kind for each in open_alerts(desk.rig.hotline.storage)] == []


def test_b7_a_caller_is_offered_first_to_whom_they_had_while_that_one_is_signed_in(desk: Desk) -> None:
    call_id = desk.talk("wait 12", "hang up")
    wait_until(lambda: desk.call(call_id).ended_at, "the caller to be gone")
    desk.rig.sign_in(["1002"])
    desk.caller("wait 12", "hang up")
    desk.until_heard("caller", "1002")
    [other] = [each for each in desk.live() if each.id != call_id]
    assert {ring.party.id for ring in other.call.rings} == {"1002"}
    wait_until(lambda: desk.call(other.id).ended_at, "the caller to be gone")
    desk.rig.sign_in(["1001", "1002"])
    desk.caller()
    desk.until_heard("caller", "1002")
    [last] = desk.live()
    assert {ring.party.id for ring in last.call.rings} == {"1002"}


def test_g2_a_paused_recording_stays_paused_whoever_comes_on(desk: Desk) -> None:
    call_id = desk.talk()
    wait_until(lambda: desk.recorded() == {"caller", "1001"}, "both to be recorded")
    call = desk.call(call_id)
    storage, pbx = desk.rig.hotline.storage, desk.rig.pbx
    recording_pause.pause(storage, pbx, call.node, call.linkedid, system_clock)
    wait_until(lambda: desk.recorded() == set(), "the recording to be paused")
    call_control.rejoin(pbx, call.linkedid, "1001")
    wait_until(lambda: len(desk.call(call_id).talks) == 2, "the page to be loaded anew")
    desk.until_heard("caller", "1001")
    for _ in range(4):
        assert desk.hears("caller") == {"1001"} and desk.recorded() == set()
    desk.pass_on(call_id, "blind", "1002")
    desk.until_heard("caller", "1002")
    for _ in range(4):
        assert desk.hears("caller") == {"1002"} and desk.recorded() == set()
    recording_pause.resume(storage, pbx, call.node, call.linkedid, system_clock)
    wait_until(lambda: desk.recorded() == {"caller", "1002"}, "both to be recorded again")


@pytest.mark.parametrize("target", ["takes it", "is busy"])
def test_a12_a_desk_phone_s_own_key_leads_the_caller_on_out_of_a_talk_with_a_supervisor_in_it(
    desk: Desk, target: str
) -> None:
    """Asterisk dials the target into the bridge of three: nobody would go on with the caller where it takes nothing."""
    call_id = desk.talk(theirs=("wait 12", "refer 1002"), busy="1002" if target == "is busy" else "")
    desk.barge_in()
    wait_until(lambda: not desk.channels_of("1001"), "1001 to have passed the caller on", 30)
    wait_until(lambda: not desk.channels_of("1009"), "who was beside to have gone", 5)
    if target == "takes it":
        desk.until_heard("caller", "1002")
        wait_until(lambda: desk.has(call_id) == "1002", "the ledger to have the colleague")
        assert len(desk.rig.pbx.channels()) == 2
    else:
        wait_until(lambda: desk.call(call_id).routes[-1].reason == "transfer_returned", "the caller to be back")
        [left] = desk.rig.pbx.channels()
        assert left["Channel"].startswith("PJSIP/trunk-")
    call = desk.call(call_id)
    assert [(each.kind, each.from_party.id, each.to_party.id) for each in call.transfers] == [("blind", "1001", "1002")]
