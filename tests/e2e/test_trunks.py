"""A carrier that knows us by a registration, with a real Asterisk in its place: calls go over it both ways, its loss is
told, and we are registered again by ourselves when it is back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from hotline.asterisk.locate import find_asterisk
from hotline.bootstrap.web import calls_seen
from hotline.domain.calendar import local_day
from hotline.domain.calls.call import Direction
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.people import Actor, Role
from hotline.domain.time import system_clock
from hotline.services.first_hour.carrier import CarrierState
from hotline.services.first_hour.carrier_view import CarrierView, carrier_view
from hotline.services.line.trunks import TrunkWatch
from hotline.services.pbx_files import apply
from hotline.services.settings.settings import change_settings
from hotline.storage.calls.store import CallStore
from tests.support.carrier import RegisteringCarrier
from tests.support.dialling_rig import CALLBACK_CARRIER, QIAN, SHOWN, DiallingRig
from tests.support.rig import CARRIER, wait_until

pytestmark = pytest.mark.e2e

ANSWERS = ("ring 0.2", "answer", "tone 1000 30", "expect hangup")
PASSWORD = "geheim42"
ADMIN = Actor("chef", (Role.ADMINISTRATOR,), "管理员")
REGISTERS = f'kind = "registration"\nknown_by = "registration"\nusername = "back"\npassword = "{PASSWORD}"\n'


class RegisteredRig(DiallingRig):
    """Both its trunks are the carrier's, each by a registration."""

    def prepare(self) -> None:
        text = self.home.settings_file.read_text("utf-8")
        line = REGISTERS.replace("back", "line")
        text = text.replace("[trunk]\n", f"[trunk]\nqualify_seconds = 0\n{line}")
        self.home.settings_file.write_text(
            text.replace("[callback_trunk]\n", f"[callback_trunk]\n{REGISTERS}"), "utf-8"
        )
        super().prepare()

    def status(self) -> dict[str, str]:
        return {each["ObjectName"]: each["Status"] for each in self.pbx.registrations()}


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RegisteredRig]:
    running = RegisteredRig(tmp_path_factory.mktemp("trunks"))
    running.prepare()
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def carrier(rig: RegisteredRig, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RegisteringCarrier]:
    accounts = {
        "line": (f"{CARRIER}:{rig.base + 70}", PASSWORD),
        "back": (f"{CALLBACK_CARRIER}:{rig.base + 75}", PASSWORD),
    }
    settings = rig.hotline.settings
    there = RegisteringCarrier(tmp_path_factory.mktemp("carrier"), settings, find_asterisk(settings), accounts)
    there.start()
    rig.start("pbx", "ivr", "listener")
    try:
        yield there
    finally:
        there.stop()


def registered(rig: RegisteredRig) -> bool:
    return all(rig.status().get(name, "").startswith("Registered") for name in ("trunk", "callback_trunk"))


def told(rig: RegisteredRig, watch: TrunkWatch) -> dict[str, str]:
    return {trunk: str(each.code) for trunk, each in watch.look(rig.hotline.settings, rig.pbx).items() if each}


def test_a3_a_customer_is_dialled_over_the_registered_callback_trunk(
    rig: RegisteredRig, carrier: RegisteringCarrier
) -> None:
    wait_until(lambda: registered(rig), "both trunks to be registered", 30)
    watch = TrunkWatch()
    assert told(rig, watch) == told(rig, watch) == {}
    rig.ready("1001")
    rig.operator(ANSWERS)
    over, call = rig.ended(rig.dial(), 60)
    assert over.outcome is DialOutcome.REACHED and call is not None and call.talk_seconds > 3
    rig.clear()


@pytest.mark.parametrize(("account", "number"), [("line", "4001234567"), ("back", SHOWN)])
def test_who_calls_over_a_registration_is_a_caller_of_the_line(
    rig: RegisteredRig, carrier: RegisteringCarrier, account: str, number: str
) -> None:
    """By the token of our registration alone: whatever the carrier sends it from."""
    wait_until(lambda: registered(rig), "both trunks to be registered", 30)
    begun = system_clock()
    carrier.call(account, 3)

    def arrived() -> list[tuple[str, str]]:
        with rig.hotline.storage.reading() as tx:
            found = CallStore(tx).search(CallFilter(since=begun, directions=(Direction.INBOUND,)), limit=5).calls
        return [(each.call.line, each.call.dialled) for each in found if each.call.ended_at]

    assert wait_until(arrived, "the call to stand in the ledger", 40) == [("main", number)]
    rig.clear()


def page(rig: RegisteredRig) -> CarrierView:
    """What the carrier's page shows now."""
    hotline = rig.hotline
    return carrier_view(hotline.storage, hotline.settings, hotline.pbx, partial(calls_seen, hotline), system_clock())


def states(rig: RegisteredRig) -> dict[str, CarrierState]:
    return {each.name: each.state for each in page(rig).carriers}


def channels(rig: RegisteredRig) -> dict[str, int | None]:
    return {each.name: each.channels for each in page(rig).carriers}


def test_a4_the_carriers_page_shows_channels_their_peak_and_what_found_none(
    rig: RegisteredRig, carrier: RegisteringCarrier
) -> None:
    wait_until(lambda: registered(rig), "both trunks to be registered", 30)
    assert states(rig) == dict.fromkeys(("trunk", "callback_trunk"), CarrierState.REGISTERED)
    wait_until(lambda: channels(rig) == {"trunk": 0, "callback_trunk": 0}, "every channel to be free")
    before, today = page(rig), local_day(system_clock())
    carrier.call("line", 3)
    wait_until(lambda: channels(rig)["trunk"] == 1, "the call in to have a channel")
    wait_until(lambda: page(rig).calls["trunk"][0] == before.calls["trunk"][0] + 1, "the call in to be counted", 40)
    rig.clear()
    rig.ready("1001", "1002")
    rig.operator(ANSWERS)
    rig.operator(ANSWERS, "1002")
    first = rig.dial()
    wait_until(lambda: channels(rig)["callback_trunk"] == 1, "the dial to have a channel")
    over, _call = rig.ended(rig.dial(QIAN, "13912345679"))
    assert over.outcome is DialOutcome.CONGESTED
    assert rig.ended(first, 60)[0].outcome is DialOutcome.REACHED
    shown = page(rig)
    assert shown.congested == before.congested + 1
    assert shown.peaks_in[today] >= 1 and shown.peaks_out[today] >= 1
    assert shown.without_row == 0
    rig.clear()


def test_a4_a_carrier_that_is_gone_is_told_of_and_found_again(rig: RegisteredRig, carrier: RegisteringCarrier) -> None:
    """While it is down nobody is dialled over it; back again, it needs no hand of ours."""
    wait_until(lambda: registered(rig), "both trunks to be registered", 30)
    carrier.stop()
    for trunk in ("trunk", "callback_trunk"):
        rig.console(f"pjsip send register {trunk}")  # as when the registration is due
    wait_until(lambda: not any(each.startswith("Registered") for each in rig.status().values()), "the loss", 60)
    watch = TrunkWatch()
    assert told(rig, watch) == {}, "it may just begin"
    assert told(rig, watch) == dict.fromkeys(("trunk", "callback_trunk"), "line.trunk_unregistered")
    assert states(rig) == dict.fromkeys(("trunk", "callback_trunk"), CarrierState.NOT_REGISTERED)
    rig.ready("1001")
    rig.operator(ANSWERS)
    over, _call = rig.ended(rig.dial(), 60)
    assert over.outcome is DialOutcome.TRUNK_DOWN
    rig.clear()
    carrier.start()
    wait_until(lambda: registered(rig), "both trunks to be registered again", 60)
    assert told(rig, watch) == {}


def test_f8_a_password_that_is_typed_on_a_page_registers_without_a_restart(
    rig: RegisteredRig, carrier: RegisteringCarrier
) -> None:
    """A wrong one loses the registration, the right one brings it back; the other trunk is not touched."""
    wait_until(lambda: registered(rig), "both trunks to be registered", 60)
    hotline = rig.hotline

    def type_in(password: str) -> None:
        change_settings(hotline.in_force, ADMIN, {"trunk.password": password}, system_clock(), reason="运营商来函")
        assert apply(hotline.pbx_files, hotline.pbx, hotline.in_force).waits is None

    type_in("falsch")
    wait_until(lambda: not rig.status()["trunk"].startswith("Registered"), "the refusal", 30)
    assert states(rig) == {"trunk": CarrierState.NOT_REGISTERED, "callback_trunk": CarrierState.REGISTERED}
    type_in(PASSWORD)
    wait_until(lambda: registered(rig), "the right password to register", 30)
    rig.clear()
