"""Browsers that are muted, that crash and that sleep (docs/decisions/0016); times are shorter than the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psutil
import pytest

from hotline.domain.calls.call import Call
from hotline.domain.calls.ledger import CallFilter
from hotline.services.operators import presence
from hotline.storage.calls.store import CallStore
from tests.support.browser_phone import BrowserPhone
from tests.support.console_rig import ConsoleRig, Desk
from tests.support.rig import wait_until
from tests.support.shortened import sip_times

#: Seconds instead of the shipped 30: without a sound for so long a browser is taken for gone.
SILENT_FOR = 6
#: Seconds instead of the page's own 120: a browser that does not register again is forgotten.
REGISTERED_FOR = 20

pytestmark = pytest.mark.e2e


@pytest.fixture
def desk(console_rig: ConsoleRig, request: pytest.FixtureRequest) -> Iterator[Desk]:
    console_rig.test = request.node.name
    console_rig.sign_in([])
    desk = console_rig.desk("1001")
    yield desk
    for process in processes_of(desk):
        process.kill()
    console_rig.desks.remove(desk)
    console_rig.clear()


def processes_of(desk: Desk) -> list[psutil.Process]:
    """Of that browser, the one that began the others first; none when it is gone."""
    try:
        main = next(iter(desk.network)).parent()
        return [main, *main.children(recursive=True)] if main is not None else []
    except psutil.NoSuchProcess:
        return []


def latest(rig: ConsoleRig) -> Call:
    with rig.hotline.storage.reading() as tx:
        return CallStore(tx).search(CallFilter(), limit=1).calls[0].call


def talks(call: Call) -> bool:
    return call.ended_at is None and any(talk.ended_at is None for talk in call.talks)


def test_a_muted_browser_keeps_its_caller_and_a_crashed_one_gives_them_back(
    console_rig: ConsoleRig, desk: Desk
) -> None:
    """A5, A9: muted, it sends silence all the time; crashed, it sends nothing, and the caller is first in the queue."""
    desk.sign_in().goto("about:blank")  # else the console that opens is the phone
    phone = BrowserPhone(desk, desk.another_tab())
    phone.start()
    console_rig.sign_in(["1001"])
    with sip_times(console_rig, "1001", "endpoint", rtp_timeout=SILENT_FOR):
        console_rig.caller(["call", "wait 0.8", "press 1", "tone 440 60", "expect hangup"], "13900000301")
        phone.until_call("ringing")
        assert phone.do("phone.answer()") is True
        phone.until_call("talking")
        phone.do("phone.mute(true)")
        until = datetime.now(UTC) + timedelta(seconds=2 * SILENT_FOR + 2)
        wait_until(lambda: datetime.now(UTC) > until, "a silence in which a browser would be taken for gone", 60)
        assert talks(latest(console_rig)), latest(console_rig)
        for process in processes_of(desk):
            process.kill()
        wait_until(lambda: "operator_lost" in latest(console_rig).remarks, "the caller to be back in the queue", 40)


def test_a_computer_that_slept_is_not_rung_until_it_is_back(console_rig: ConsoleRig, desk: Desk) -> None:
    """A1: it slept until its registration had run out. Whoever calls then, and in the moment in which it wakes, is not
    left waiting for it; soon after calls come to it again, by themselves."""
    with sip_times(console_rig, "1001", "aor", minimum_expiration=1, maximum_expiration=REGISTERED_FOR):
        page = desk.open_console()
        desk.ready()
    asleep = processes_of(desk)
    for process in asleep:
        process.suspend()

    def phone() -> dict[str, str]:
        return next(dict(each) for each in console_rig.pbx.phones() if each["ObjectName"] == "1001")

    def gone() -> bool:
        with console_rig.hotline.storage.reading() as tx:
            shown = presence.operator_view(tx, console_rig.hotline.settings, "1001")
        return not phone()["Contacts"] and not shown.phone.reachable

    try:
        wait_until(gone, "the phone to be gone, and shown so", 3 * REGISTERED_FOR)
        asleep_call = served(console_rig, "13900000302")
        assert [stay.result for stay in asleep_call.queues] == ["empty"], asleep_call
    finally:
        for process in asleep:
            process.resume()
    served(console_rig, "13900000303")
    desk.until("document.querySelector('#phone-state.tone-ok') !== null", 30)
    again = console_rig.caller(["call", "wait 0.8", "press 1", "wait 15", "hang up"], "13900000304", phone="again")
    wait_until(lambda: any(ring.party.id == "1001" for ring in latest(console_rig).rings), "the browser to ring")
    desk.until("document.querySelector('#state-button.tone-ok') === null", 15, page)
    again.stop()


def served(rig: ConsoleRig, number: str) -> Call:
    """A call in which some phone of ours rang."""
    begun = datetime.now(UTC)
    caller = rig.caller(["call", "wait 0.8", "press 1", "wait 6", "hang up"], number, phone=f"calls{number}")
    assert caller.wait(30) == 0, caller.errors
    wait_until(lambda: latest(rig).started_at >= begun and latest(rig).ended_at, "the call to be over")
    call = latest(rig)
    assert call.rings, call
    return call
