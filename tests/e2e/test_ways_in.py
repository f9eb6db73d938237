"""Who can get in by SIP, and as whom (A3): requests written byte by byte to the real Asterisk, from the carrier's
address, from a phone's and from a stranger's, by every transport that is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from hotline.domain.calls.call import Call, Direction
from hotline.domain.calls.ledger import CallFilter
from hotline.jobs import asterisk_log
from hotline.services.alerts import reason_of
from hotline.services.ways_in.shutting_out import SHUT_OUT_FAMILY
from hotline.storage.alerts import AlertStore
from hotline.storage.calls.store import CallStore
from tests.support.rig import CARRIER, PHONES, Rig, wait_until
from tests.support.sip_packets import Answer, Visitor

pytestmark = pytest.mark.e2e

STRANGER = "127.0.0.9"
LINE = "4001234567"
NAMES = ("trunk", "1001", "1003", "artificial", "anonymous", "trunk-inbound", "nobody", "")

#: A browser's phone. So many refusals are allowed that only who is meant to be is shut out.
MORE = """
[shut_out]
failures = 400
[operators.1003]
name = "孙芳"
phone = "webrtc"
"""


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """A hotline of its own: what is done here to its ways in must disturb no other test."""
    running = Rig(tmp_path_factory.mktemp("gate"), MORE)
    running.prepare()
    try:
        running.start("pbx", "ivr", "listener")
        yield running
    finally:
        running.stop()


def visitor(rig: Rig, source: str, transport: str) -> Visitor:
    port = rig.base + {"udp": 60, "tcp": 60, "ws": 88}[transport]
    path = f"/{rig.hotline.secrets.asterisk_http_prefix}/ws"
    return Visitor(("127.0.0.1", port), source, transport, path=path)


def status(answer: Answer | None) -> int:
    return 0 if answer is None else answer.status


def test_a_stranger_is_nobody_whatever_name_they_give(gate: Rig) -> None:
    """Not the carrier, not a phone: challenged, whatever the transport, method and name, with any wrong password."""
    got = {}
    for transport in ("udp", "ws"):
        for source in (STRANGER, PHONES):
            for name in NAMES:
                for method, to in (
                    ("INVITE", LINE),
                    ("REGISTER", name or "1001"),
                    ("OPTIONS", LINE),
                    ("SUBSCRIBE", "1001"),
                    ("MESSAGE", "1001"),
                ):
                    who = visitor(gate, source, transport)
                    answer = who.ask(
                        method,
                        name,
                        to,
                        password="guess",
                        headers={
                            "P-Asserted-Identity": "<sip:13900000001@carrier>",
                            "Expires": "60",
                            "Event": "presence",
                        },
                    )
                    got[transport, source, name, method] = status(answer)
    assert set(got.values()) <= {401, 489}, {key: value for key, value in got.items() if value != 401}


def contacts(rig: Rig) -> list[str]:
    shown = rig.console("pjsip show contacts").splitlines()
    return [line.split()[1] for line in shown if line.startswith("  Contact:  ") and "<" not in line]


def rows(rig: Rig, number: str) -> list[Call]:
    """What the ledger has of calls by this caller."""
    with rig.hotline.storage.reading() as tx:
        stored = CallStore(tx).search(CallFilter(directions=(Direction.INBOUND, Direction.OUTBOUND)), limit=200).calls
    return [each.call for each in stored if each.call.caller.original.endswith(number)]


def test_from_the_carriers_address_only_the_carrier_calls(gate: Rig) -> None:
    """With a phone's name too: it becomes a caller from outside, with the identity that the carrier asserts."""
    before = contacts(gate)
    for name in ("1001", "trunk", "13900000002"):
        carrier = visitor(gate, CARRIER, "udp")
        with carrier.call(name, LINE, {"P-Asserted-Identity": f"<sip:1390000{name[-4:]}@carrier>"}):
            pass
        found = wait_until(lambda number=f"1390000{name[-4:]}": rows(gate, number), f"{name} to stand in the ledger")  # type: ignore[misc]
        assert [call.direction for call in found] == [Direction.INBOUND]
    for name in ("1001", "trunk"):
        assert status(visitor(gate, CARRIER, "udp").ask("REGISTER", name, name, headers={"Expires": "60"})) >= 400
    assert contacts(gate) == before


@pytest.mark.parametrize("transport", ["udp", "ws"])
def test_a_phone_is_known_by_its_name_and_its_own_password_alone(gate: Rig, transport: str) -> None:
    """A3: and it never gets further than our phones do, whatever it says of itself."""
    passwords = {name: gate.hotline.secrets.phone_password(name) for name in ("1001", "1003")}
    who = visitor(gate, PHONES, transport)
    assert status(who.ask("INVITE", "trunk", LINE, password=passwords["1001"], account="1001")) == 401
    assert status(who.ask("INVITE", "1003", LINE, password=passwords["1001"])) == 401
    assert status(who.ask("INVITE", "1003", LINE, password=passwords["1001"], account="1001")) == 401
    told = {
        "P-Asserted-Identity": "<sip:13900000003@x>",
        "Remote-Party-ID": "<sip:13900000003@x>",
        "Diversion": "<sip:13900000003@x>;reason=unconditional",
    }
    assert (
        status(
            who.ask(
                "INVITE", "1001", f"139{transport.encode().hex()[:8]:0>8}", password=passwords["1001"], headers=told
            )
        )
        == 200
    )
    wait_until(lambda: rows(gate, "1001"), "the refused call to stand in the ledger")
    assert not rows(gate, "13900000003")


def test_a_caller_transfers_nothing(gate: Rig) -> None:
    """A3: neither the call (REFER) nor themselves into another (INVITE with Replaces)."""
    with visitor(gate, CARRIER, "udp").call("13900000004", LINE) as call:
        for target in (f"sip:1001@127.0.0.1:{gate.base + 60}", "sip:13800000001@127.0.0.1"):
            assert status(call.ask("REFER", {"Refer-To": f"<{target}>", "Contact": "<sip:x@127.0.0.2>"})) == 603
        call_id = call.answer.header("Call-ID")
        tags = [call.answer.header(name).partition(";tag=")[2] for name in ("To", "From")]
        replaces = {"Replaces": f"{call_id};to-tag={tags[0]};from-tag={tags[1]}", "Require": "replaces"}
        for source, name in ((CARRIER, "13900000005"), (PHONES, "1001"), (STRANGER, "trunk")):
            password = gate.hotline.secrets.phone_password(name)
            assert (
                status(visitor(gate, source, "udp").ask("INVITE", name, LINE, password=password, headers=replaces))
                >= 400
            )
        assert gate.channels() == 1 and status(call.ask("OPTIONS")) == 200


def test_who_tries_too_often_is_shut_out_for_a_time_and_told_of(gate: Rig) -> None:
    """And nobody else: not the carrier, not whoever is at another address. An administrator lets them in again."""
    guesser = visitor(gate, "127.0.0.10", "udp")

    def refused() -> bool:
        """Whether the last of some hundred tries was not even asked for another password."""
        return [status(guesser.ask("REGISTER", "1001", "1001", password="guess")) for _ in range(300)][-1] == 403

    wait_until(refused, "who guesses to be shut out")
    assert status(visitor(gate, "127.0.0.11", "udp").ask("OPTIONS", "1001", LINE)) == 401
    with visitor(gate, CARRIER, "udp").call("13900000006", LINE):
        pass

    def told() -> dict[str, Mapping[str, object]]:
        with gate.hotline.storage.reading() as tx:
            return {alert.kind: reason_of(alert).values for alert in AlertStore(tx).open()}

    wait_until(lambda: told().get("shut_out", {}).get("address") == "127.0.0.10", "the alert of who was shut out")
    assert int(str(told()["strangers"]["count"])) >= 400
    assert "127.0.0.10" in gate.cli("strangers", "list")
    gate.cli("strangers", "lift", "127.0.0.10")
    assert status(guesser.ask("OPTIONS", "1001", LINE)) == 401


def test_the_carrier_and_registered_phones_are_never_shut_out(gate: Rig) -> None:
    password = gate.hotline.secrets.phone_password("1003")
    office = visitor(gate, "127.0.0.12", "udp")
    assert status(office.ask("REGISTER", "1003", "1003", password=password, headers={"Expires": "600"})) == 200
    assert gate.pbx.phone_addresses() >= {"127.0.0.12", "127.0.0.2"}
    for source in (CARRIER, "127.0.0.12"):
        for _ in range(500):
            visitor(gate, source, "udp").ask("OPTIONS", "x", LINE, headers={"Replaces": "a;to-tag=b;from-tag=c"})
    wait_until(lambda: gate.pbx.database_of(SHUT_OUT_FAMILY) == {}, "nobody to be shut out")
    assert status(visitor(gate, CARRIER, "udp").ask("OPTIONS", "x", LINE)) == 200


def test_calls_for_numbers_that_no_line_has_are_told_once(gate: Rig) -> None:
    """A1: a number is answered by the first line; what is none is refused, and stands in the ledger all the same."""
    carrier = visitor(gate, CARRIER, "udp")
    for _ in range(2):
        with carrier.call("13900000007", "4007654321"):
            pass
    assert status(visitor(gate, CARRIER, "udp").ask("INVITE", "13900000008", "hello")) == 404

    def told() -> dict[str, object]:
        with gate.hotline.storage.reading() as tx:
            return {
                alert.object: reason_of(alert).values["count"]
                for alert in AlertStore(tx).open()
                if alert.kind == "unknown_number"
            }

    wait_until(lambda: told() == {"4007654321": 2, "hello": 1}, "what is told to be right")
    assert [call.line for call in rows(gate, "13900000007")] == ["main", "main"]
    wait_until(lambda: [str(call.outcome) for call in rows(gate, "13900000008")] == ["failed"], "the row to be ended")


def test_the_carriers_calls_that_are_refused_before_they_begin_are_told_of(gate: Rig) -> None:
    """No channel, no row: counted by what is wrong, once a call however often its answer is repeated. Of strangers and
    phones, and of calls that the dialplan refused, nothing is told here."""
    carrier = visitor(gate, CARRIER, "udp")
    assert status(visitor(gate, STRANGER, "udp").ask("INVITE", "nobody", LINE, formats="18")) == 401
    password = gate.hotline.secrets.phone_password("1001")
    assert status(visitor(gate, PHONES, "udp").ask("INVITE", "1001", "1003", password=password, formats="18")) == 488
    assert status(visitor(gate, CARRIER, "udp").ask("INVITE", "13900000009", "hello")) == 404
    assert status(visitor(gate, CARRIER, "udp").ask("INVITE", "13900000009", "")) == 484
    assert status(carrier.ask("INVITE", "13900000009", LINE, formats="18")) == 488
    assert status(visitor(gate, CARRIER, "udp").ask("INVITE", "13900000009", LINE, formats="18 4")) == 488

    def told() -> dict[tuple[str, str], Mapping[str, object]]:
        with gate.hotline.storage.reading() as tx:
            return {
                (alert.kind, alert.object): reason_of(alert).values
                for alert in AlertStore(tx).open()
                if alert.kind in ("offer_refused", "invite_refused")
            }

    wait_until(lambda: [each["count"] for each in told().values()] == [1, 2], "what is told to be right")
    offer, number = told()["offer_refused", ""], told()["invite_refused", "484"]
    assert (offer["offered"], offer["ours"]) == ("G729, G723", ["alaw", "ulaw"])
    assert (offer["address"], offer["status"]) == (CARRIER, 488)
    assert number["address"] == CARRIER and "13900000009" not in f"{told()}{gate.cli('alerts', 'list')}"


def test_the_log_of_what_is_refused_is_put_aside_and_bounded(gate: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asterisk_log, "LOG_BYTES", 100)
    monkeypatch.setattr(asterisk_log, "LOG_FILES", 2)
    log = gate.home.asterisk / "log" / "messages"
    for n in range(4):
        who = f"127.0.0.2{n}"
        assert status(visitor(gate, who, "udp").ask("OPTIONS", "nobody", LINE)) == 401
        wait_until(lambda who=who: who in log.read_text(), "the refused request to be in the log")  # type: ignore[misc]
        assert "rotated" in str(asterisk_log.keep_within_bounds(log, gate.pbx.rotate_log))
        wait_until(lambda who=who: who in log.with_name("messages.0").read_text(), "it to be put aside")  # type: ignore[misc]
    assert [file.name for file in sorted(log.parent.glob("messages*"))] == ["messages", "messages.0", "messages.1"]
    assert "127.0.0.22" in log.with_name("messages.1").read_text()
