"""The operator's phone in a real Chromium, on the real Asterisk, with SIPp as the caller: what is said at either end
is in the recording, and a call outlives reloads, other tabs and failures of the network."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Route

from hotline.domain.calls.ledger import CallFilter, StoredCall
from hotline.storage.calls.store import CallStore
from tests.support.browser_phone import START, BrowserPhone
from tests.support.console_rig import OTHER_HOST, PITCH, ConsoleRig, Desk
from tests.support.rig import wait_until
from tests.support.sipp import Phone
from tests.support.tones import length, seconds_of_silence, seconds_of_tone

pytestmark = pytest.mark.e2e

#: The caller's tone; the operator's is PITCH.
CALLER_PITCH = 440
OPERATOR_PITCH = PITCH["1001"]

_numbers = (f"138{number:08d}" for number in itertools.count(1))


@pytest.fixture(scope="module")
def desk(console_rig: ConsoleRig) -> Iterator[Desk]:
    desk = console_rig.desk("1001")
    desk.sign_in().goto("about:blank")  # else the console that opens is the phone
    yield desk
    desk.close()


@pytest.fixture
def phone(console_rig: ConsoleRig, desk: Desk, request: pytest.FixtureRequest) -> Iterator[BrowserPhone]:
    """A registered phone whose operator is signed in to the queue."""
    console_rig.test = request.node.name
    desk.problems.clear()
    phone = BrowserPhone(desk, desk.another_tab())
    phone.start()
    console_rig.sign_in(["1001"])
    yield phone
    desk.connect()
    phone.page.close()
    console_rig.clear()
    assert desk.problems == []


def calls(rig: ConsoleRig, *steps: str, number: str = "") -> Phone:
    """Somebody calls, chooses the queue, and lets their tone be heard; then the steps."""
    begun = ("call", "wait 0.8", "press 1", f"tone {CALLER_PITCH} 90")
    return rig.caller([*begun, *steps], number or next(_numbers))


def recorded(rig: ConsoleRig, linkedid: str) -> tuple[StoredCall, Path]:
    """The finished call and its recording in the store."""

    def found() -> tuple[StoredCall, Path] | None:
        wanted = CallFilter(since=datetime.now(UTC) - timedelta(minutes=5))
        with rig.hotline.storage.reading() as tx:
            page = CallStore(tx).search(wanted, limit=50)
        for stored in page.calls:
            ready = [entry for entry in stored.recordings if entry.kept_at is not None]
            if stored.call.linkedid == linkedid and ready:
                return stored, rig.home.recordings / ready[0].path
        return None

    return wait_until(found, f"the recording of {linkedid}")  # type: ignore[return-value]


def answered(phone: BrowserPhone) -> dict[str, object]:
    """Answer the call that rings; the call."""
    phone.until_call("ringing")
    assert phone.do("phone.answer()") is True
    return phone.until_call("talking")


def test_what_both_say_is_recorded_and_the_caller_is_held_with_music(
    console_rig: ConsoleRig, phone: BrowserPhone
) -> None:
    caller = calls(console_rig, "expect hangup")
    call = phone.until_call("ringing")
    assert call["direction"] == "in" and not call["muted"] and not call["rejoin"]
    assert phone.do("phone.answer()") is True
    phone.until_call("talking")
    phone.until("levels.some(({mic, speaker}) => mic > 0.2 && speaker > 0.2)")
    phone.page.wait_for_timeout(2500)
    console_rig.console("logger add channel keys dtmf")
    phone.do("phone.press('5')")
    keys = console_rig.home.asterisk / "log" / "keys"
    wait_until(lambda: "DTMF end '5' received on PJSIP/1001" in keys.read_text("utf-8"), "Asterisk to hear the key")
    assert phone.do("phone.hold()") is True
    assert phone.do("phone.call.state") == "held"
    phone.page.wait_for_timeout(2500)
    assert phone.do("phone.unhold()") is True
    phone.page.wait_for_timeout(1500)
    phone.do("phone.hangUp()")
    assert caller.wait(20) == 0, caller.errors
    phone.until("phone.call === null")
    assert [(e["cause"], e["by"]) for e in phone.told("ended")] == [("hung_up", "me")]
    stored, sound = recorded(console_rig, str(call["linkedid"]))
    talk = seconds_of_tone(sound, 1, OPERATOR_PITCH)
    held = sum((hold.ended_at - hold.started_at).total_seconds() for hold in stored.call.holds if hold.ended_at)
    assert seconds_of_tone(sound, 0, CALLER_PITCH) > length(sound) - 1
    assert 3.5 < talk < length(sound) - 2 and held == pytest.approx(2.6, abs=0.6)
    assert seconds_of_silence(sound, 1) < 1, "music while on hold"


def test_a_caller_who_leaves_stops_the_ringing_and_ends_a_talk(console_rig: ConsoleRig, phone: BrowserPhone) -> None:
    left = calls(console_rig, "wait 2.5", "hang up")
    phone.until_call("ringing")
    assert left.wait(20) == 0
    phone.until("phone.call === null")
    console_rig.stop_phones()
    caller = calls(console_rig, "wait 4", "hang up")
    answered(phone)
    assert caller.wait(20) == 0
    phone.until("phone.call === null")
    assert [(e["cause"], e["by"]) for e in phone.told("ended")] == [("left", "caller"), ("hung_up", "caller")]


def test_a_refused_call_rings_again_and_a_second_call_finds_the_phone_busy(
    console_rig: ConsoleRig, phone: BrowserPhone
) -> None:
    caller = calls(console_rig, "expect hangup")
    phone.until_call("ringing")
    phone.do("phone.hangUp()")
    phone.until("phone.call === null")
    assert [(e["cause"], e["by"]) for e in phone.told("ended")] == [("refused", "me")]
    call = answered(phone)
    console_rig.pbx.originate("PJSIP/1001", "from-phone", "1002", '"colleague" <1002>', {}, 5)
    wait_until(lambda: console_rig.channels() == 2, "the second call to be turned away")
    assert phone.do("phone.call.linkedid") == call["linkedid"]
    assert len(phone.told("ended")) == 1
    phone.do("phone.mute(true)")
    phone.until("phone.call.muted && levels.at(-1)?.mic === 0")
    phone.page.wait_for_timeout(3500)
    assert phone.troubles() == [], "a muted microphone is silent by will"
    phone.do("phone.mute(false)")
    phone.until("!phone.call.muted && levels.at(-1).mic > 0.2")
    phone.do("phone.hangUp()")
    assert caller.wait(20) == 0


def test_a_call_lives_through_ten_seconds_without_network(
    console_rig: ConsoleRig, desk: Desk, phone: BrowserPhone
) -> None:
    caller = calls(console_rig, "expect hangup")
    call = answered(phone)
    phone.until("levels.some(({speaker}) => speaker > 0.2)")
    desk.cut_off()
    phone.page.wait_for_timeout(10_000)
    kinds = [kind for kind, _reason, _over in phone.troubles()]
    assert "network_lost" in kinds and "no_sound_from_caller" in kinds
    assert phone.do("levels.at(-1).speaker") == 0 and phone.do("phone.call.state") == "talking"
    desk.connect()
    phone.until("phone.registered && levels.at(-1).speaker > 0.2 && phone.troubles.length === 0", 6)
    assert ("network_back", "", False) in phone.troubles()
    # What Asterisk and the phone say to each other goes over another WebSocket now, both ways.
    assert phone.do("phone.hold()") is True
    assert phone.do("phone.unhold()") is True
    phone.page.wait_for_timeout(2000)
    phone.do("phone.hangUp()")
    assert caller.wait(20) == 0, caller.errors
    _stored, sound = recorded(console_rig, str(call["linkedid"]))
    assert 3 < seconds_of_tone(sound, 1, OPERATOR_PITCH) < length(sound) - 9


def test_a_call_outlives_its_websocket_and_its_end_is_heard_over_the_next_one(
    console_rig: ConsoleRig, phone: BrowserPhone
) -> None:
    caller = calls(console_rig, "wait 8", "hang up")
    answered(phone)
    console_rig.ws.cut()
    phone.until("phone.troubles.some(({kind}) => kind === 'network_lost')")
    console_rig.ws.mend()
    phone.until("phone.registered && phone.troubles.length === 0")
    assert phone.do("phone.call.state") == "talking"
    assert caller.wait(20) == 0
    phone.until("phone.call === null", 3)
    assert [(e["cause"], e["by"]) for e in phone.told("ended")] == [("hung_up", "caller")]


def test_a_broken_way_of_the_sound_is_found_anew(console_rig: ConsoleRig, phone: BrowserPhone) -> None:
    """ICE restarts. Chromium takes half a minute to call a way failed; here it does at once, until there is another."""
    phone.do("""() => {
      const Real = window.RTCPeerConnection;
      window.way = (connection) => connection.localDescription?.sdp.match(/ice-ufrag:(.*)/)[1];
      window.RTCPeerConnection = class extends Real {
        constructor(...given) { super(...given); window.connection = this; }
        get iceConnectionState() { return way(this) === window.failed ? 'failed' : super.iceConnectionState; }
      };
    }""")
    caller = calls(console_rig, "wait 12", "hang up")
    answered(phone)
    before = phone.do("way(connection)")
    phone.do(
        "() => { window.failed = way(connection); connection.dispatchEvent(new Event('iceconnectionstatechange')); }"
    )
    assert phone.troubles()[0] == ("network_lost", "", False)
    phone.until("connection.signalingState === 'stable' && phone.troubles.length === 0")
    assert phone.do("way(connection)") != before
    heard = phone.do("levels.length")
    phone.until(f"levels.length > {heard + 20} && levels.at(-1).speaker > 0.2 && phone.call.state === 'talking'")
    assert phone.do("phone.hold()") is True and phone.do("phone.unhold()") is True
    assert caller.wait(20) == 0, caller.errors


def test_a_reload_in_mid_call_brings_the_call_back_within_two_seconds(
    console_rig: ConsoleRig, phone: BrowserPhone
) -> None:
    caller = calls(console_rig, "expect hangup")
    call = answered(phone)
    phone.page.wait_for_timeout(2000)
    begun = datetime.now(UTC)
    in_call = phone.start()
    assert in_call["linkedid"] == call["linkedid"]
    assert phone.page.evaluate("(call) => phone.rejoin(call)", in_call) is True
    took = datetime.now(UTC) - begun
    assert phone.do("phone.call.rejoin") is True
    phone.page.wait_for_timeout(2000)
    phone.do("phone.hangUp()")
    assert caller.wait(20) == 0, caller.errors
    _stored, sound = recorded(console_rig, str(call["linkedid"]))
    without_us = length(sound) - seconds_of_tone(sound, 1, OPERATOR_PITCH)
    print(f"back after {took.total_seconds():.2f} s; {without_us:.1f} s of the recording without the operator")
    assert seconds_of_tone(sound, 1, OPERATOR_PITCH) > 3


def test_one_tab_is_the_phone_and_another_takes_it_over_with_its_call(
    console_rig: ConsoleRig, desk: Desk, phone: BrowserPhone
) -> None:
    other = BrowserPhone(desk, desk.another_tab())
    other.start(registered=False)
    other.until("told.some(([name, detail]) => name === 'registration' && detail.reason === 'other_tab')")
    caller = calls(console_rig, "expect hangup")
    call = answered(phone)
    phone.until("levels.some(({speaker}) => speaker > 0.2)")
    assert other.do("phone.call") is None
    other.do("phone.takeOver()")
    assert other.until_call("talking")["linkedid"] == call["linkedid"]
    assert phone.do("phone.call") is None
    assert phone.told("registration")[-1] == {"state": "refused", "reason": "other_tab"}
    first_answers = iter([None])

    def not_known_yet(route: Route) -> None:
        """The server does not know at once what the other tab has only just begun."""
        response = route.fetch()
        told = response.json()
        told["operator"]["call"] = next(first_answers, told["operator"]["call"])
        route.fulfill(response=response, json=told)

    phone.page.route("**/api/v1/console/me", not_known_yet)
    other.page.close()
    # The tab that was left is the phone again, and the call comes back to it.
    assert phone.until_call("talking")["linkedid"] == call["linkedid"]
    # At once: the talk began before, so this is no call that was picked up and dropped.
    phone.do("phone.hangUp()")
    assert caller.wait(20) == 0, caller.errors


def test_the_phone_is_back_after_a_restart_of_asterisk(console_rig: ConsoleRig, phone: BrowserPhone) -> None:
    console_rig.console("core restart now")
    phone.until("!phone.registered")
    phone.until("phone.registered")
    console_rig.wait_ready("pbx")
    console_rig.wait_ready("listener")


def test_the_phone_is_back_after_a_restart_of_the_pages_and_the_call_goes_on(
    console_rig: ConsoleRig, phone: BrowserPhone
) -> None:
    caller = calls(console_rig, "expect hangup")
    answered(phone)
    console_rig.kill("web")
    phone.until("!phone.registered")
    console_rig.launch("web")
    console_rig.wait_ready("web")
    phone.until("phone.registered && phone.troubles.length === 0")
    assert phone.do("phone.call.state") == "talking"
    phone.do("phone.hangUp()")
    assert caller.wait(20) == 0, caller.errors
    # The page behind the phone asks for what is new, too, and says that nobody answered.
    phone.desk.problems[:] = [each for each in phone.desk.problems if "htmx:" not in each]


def test_a_page_of_another_site_finds_no_socket(console_rig: ConsoleRig, phone: BrowserPhone) -> None:
    """Asterisk asks nobody for their Origin."""
    script = """port => new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, 'sip');
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    })"""
    elsewhere = phone.desk.another_tab()
    elsewhere.goto("about:blank")
    for port in (console_rig.base + 88, console_rig.base + 40):  # Asterisk's own, and the pages'
        assert elsewhere.evaluate(script, port) == "refused"
    elsewhere.close()


def test_a_wrong_password_is_told(phone: BrowserPhone) -> None:
    phone.page.reload()
    phone.do("() => { window.account = { password: 'wrong' }; }")
    phone.page.evaluate(START)
    phone.until("told.some(([name, detail]) => name === 'registration' && detail.reason === 'password')")


def test_devices_are_chosen_and_remembered_in_this_browser(phone: BrowserPhone) -> None:
    devices = phone.do("phone.devices()")
    assert devices["inputs"] and devices["outputs"] and devices["chosen"] == {"input": "", "output": "", "ringer": ""}
    chosen = devices["inputs"][-1]["id"]
    phone.page.evaluate("(id) => phone.choose({ input: id, ringer: id })", chosen)
    assert phone.do("phone.tryMicrophone()") == ""
    assert phone.do("phone.testSound()") is True
    phone.start()
    assert phone.do("phone.devices()")["chosen"] == {"input": chosen, "output": "", "ringer": chosen}
    phone.do("localStorage.clear()")


@pytest.fixture(scope="module")
def quiet_desk(console_rig: ConsoleRig) -> Iterator[Desk]:
    """1002, whose microphone is dead."""
    desk = console_rig.desk("1002", microphone="silent", flags=[f"--host-resolver-rules=MAP {OTHER_HOST} 127.0.0.1"])
    desk.sign_in().goto("about:blank")
    yield desk
    desk.close()


def test_a_dead_microphone_is_told_within_seconds(console_rig: ConsoleRig, quiet_desk: Desk) -> None:
    phone = BrowserPhone(quiet_desk, quiet_desk.another_tab())
    phone.start()
    console_rig.sign_in(["1002"])
    caller = calls(console_rig, "expect hangup")
    answered(phone)
    phone.until("phone.troubles.some(({kind}) => kind === 'mic_silent')", 8)
    phone.do("phone.hangUp()")
    assert caller.wait(20) == 0
    phone.until("phone.troubles.length === 0")
    assert phone.troubles() == [("mic_silent", "", False), ("mic_silent", "", True)]
    phone.page.close()


def test_without_leave_for_the_microphone_the_call_rings_on_for_others(
    console_rig: ConsoleRig, quiet_desk: Desk
) -> None:
    context = console_rig.visitor(quiet_desk.browser, allowed=False)
    phone = BrowserPhone(quiet_desk, quiet_desk.sign_in(context.new_page()))
    phone.start()
    console_rig.sign_in(["1002"])
    caller = calls(console_rig, "wait 5", "hang up")
    phone.until_call("ringing")
    assert phone.do("phone.answer()") is False
    assert phone.do("phone.call.state") == "ringing"
    assert ("mic_denied", "denied", False) in phone.troubles()
    assert caller.wait(20) == 0
    context.close()


def test_without_https_the_page_says_why_there_is_no_phone(console_rig: ConsoleRig, quiet_desk: Desk) -> None:
    context = console_rig.visitor(quiet_desk.browser)
    page = context.new_page()
    address = console_rig.url.replace("127.0.0.1", OTHER_HOST)
    page.goto(f"{address}/sign-in")
    page.fill("[name=username]", "op1002")
    page.fill("[name=password]", "correct horse battery")
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.evaluate(START)
    phone = BrowserPhone(quiet_desk, page)
    phone.until("told.some(([name, detail]) => name === 'registration' && detail.reason === 'insecure')")
    assert ("mic_denied", "insecure", False) in phone.troubles()
    context.close()
