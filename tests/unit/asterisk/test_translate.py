"""AMI frames become typed events at the edge; what is missing is an error there, never an empty string."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.asterisk.ami.parser import split_frames
from hotline.asterisk.intake import Intake
from hotline.asterisk.render import LISTENER_EVENTS
from hotline.asterisk.translate import (
    USED_EVENTS,
    Booted,
    CelNotice,
    MissingHeader,
    ShuttingDown,
    hurries,
    rings,
    translate,
)
from hotline.asterisk.unread import UNREAD_EVENTS, UNREAD_MESSAGES
from hotline.domain.calls.events import CelType, Fact, FactKind
from hotline.domain.ways_in.strangers import Stranger

RECORDED = Path(__file__).parents[2] / "fixtures" / "ami" / "queue_call.txt"
FRAMES = split_frames(RECORDED.read_bytes()).frames
CHAN_START = next(frame for frame in FRAMES if b"\nEventName: CHAN_START\n" in frame)
HANGUP = next(frame for frame in FRAMES if b"\nEventName: HANGUP\n" in frame)
END = next(frame for frame in FRAMES if b"\nEventName: LINKEDID_END\n" in frame)

#: As cel_manager of Asterisk 22 sends it.
USER_EVENT = """Event: CEL
Privilege: call,all
Timestamp: 1795322317.189861
SystemName: lab
EventName: USER_DEFINED
AccountCode: 
CallerIDnum: 13900000001
CallerIDname: O"x 王
CallerIDani: 13900000001
CallerIDrdnis: 
CallerIDdnid: 
Exten: s
Context: one
Channel: PJSIP/trunk-00000001
Application: CELGenUserEvent
AppData: HL_MENU,menu=main;key=1;subject=产品 "咨询"
EventTime: 2026-11-22 04:38:37
AMAFlags: DOCUMENTATION
UniqueID: lab-1795322317.0
LinkedID: lab-1795322317.0
Userfield: 
Peer: 
PeerAccount: 
UserDefType: HL_MENU
Extra: {"extra":"menu=main;key=1;subject=产品 \\"咨询\\""}""".encode()  # noqa: W291


def notice_of(frame: bytes) -> CelNotice:
    notice = translate(frame)
    assert isinstance(notice, CelNotice)
    return notice


def without(frame: bytes, header: bytes) -> bytes:
    return b"\n".join(line for line in frame.split(b"\n") if not line.startswith(header + b":"))


def test_a_channel_event_is_read_whole_to_the_microsecond() -> None:
    event = notice_of(HANGUP).read()
    assert (event.type, event.channel) == (CelType.HANGUP, "PJSIP/carrier-00000006")
    assert event.linkedid == "lab-1795315471.9"
    assert f"{event.at.timestamp():.6f}".encode() in HANGUP
    assert event.extra["hangupcause"] == 16


def test_the_first_channels_start_begins_the_call_and_linkedid_end_ends_it() -> None:
    assert notice_of(CHAN_START).begins
    second = [frame for frame in FRAMES if b"\nEventName: CHAN_START\n" in frame][1]
    assert not notice_of(second).begins
    assert notice_of(CHAN_START).ended_at is None
    assert notice_of(END).ended_at == notice_of(END).read().at


@pytest.mark.parametrize("shown", [True, False], ids=["show_user_defined=yes", "show_user_defined=no"])
def test_a_user_event_has_its_name_and_extra_with_either_setting_of_asterisk(shown: bool) -> None:
    event = notice_of(USER_EVENT if shown else without(USER_EVENT, b"UserDefType")).read()
    assert (event.type, event.user_event) == (CelType.USER_DEFINED, "HL_MENU")
    assert event.extra == {"extra": 'menu=main;key=1;subject=产品 "咨询"'}
    assert event.name == 'O"x 王'


def test_a_phone_rings_with_another_channel_of_the_call_that_is_none_within_asterisk() -> None:
    assert [frame for frame in FRAMES if rings(frame)] == [
        frame for frame in FRAMES if b"\nEventName: CHAN_START\n" in frame and b"\nChannel: PJSIP/1001-" in frame
    ]
    ringing = next(filter(rings, FRAMES))
    assert not rings(ringing.replace(b"Channel: PJSIP/1001-", b"Channel: Local/1001@agents-"))
    assert not rings(CHAN_START), "the caller's own"


def test_an_extra_that_is_no_json_object_is_kept_as_text() -> None:
    assert notice_of(HANGUP.split(b"\nExtra: ")[0] + b"\nExtra: [1]").read().extra == {"extra": "[1]"}
    assert notice_of(HANGUP.split(b"\nExtra: ")[0] + b"\nExtra: {").read().extra == {"extra": "{"}


def test_headers_without_a_blank_after_the_colon_are_read_all_the_same() -> None:
    tight = notice_of(CHAN_START.replace(b": ", b":"))
    assert tight.begins
    assert tight.read() == notice_of(CHAN_START).read()


def test_events_and_cel_types_of_no_use_are_left_out() -> None:
    assert translate(CHAN_START.replace(b"CHAN_START", b"STREAM_BEGIN")) is None
    assert translate(b"Event: Newchannel\nChannel: PJSIP/1001-1") is None
    assert translate(b"Response: Success\nMessage: Ping") is None


@pytest.mark.parametrize("header", [b"EventName", b"LinkedID"])
def test_a_channel_event_that_names_no_call_or_type_is_refused(header: bytes) -> None:
    with pytest.raises(MissingHeader, match=f"CEL event with no readable {header.decode()} header"):
        translate(without(CHAN_START, header))


@pytest.mark.parametrize("header", [b"Timestamp", b"UniqueID", b"Channel", b"Exten", b"AppData", b"Extra"])
def test_a_channel_event_that_lacks_a_header_is_counted_and_told_once(
    header: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    intake = Intake()
    told = intake.read([without(CHAN_START, header)] * 3)
    assert [intake.open(notice) for notice in told.of_calls if isinstance(notice, CelNotice)] == [None] * 3
    assert intake.unreadable == {("CEL", header.decode()): 3}
    assert len(caplog.records) == 1


def test_hold_and_unhold_become_facts_of_the_call() -> None:
    frame = b"Event: Hold\nTimestamp: 1795315480.5\nChannel: PJSIP/1001-1\nLinkedid: lab-1.1"
    at = datetime.fromtimestamp(1795315480.5, UTC)
    assert translate(frame) == Fact(at, FactKind.HOLD, "lab-1.1", "PJSIP/1001-1")
    assert translate(frame.replace(b"Hold", b"Unhold")) == Fact(at, FactKind.UNHOLD, "lab-1.1", "PJSIP/1001-1")
    with pytest.raises(MissingHeader):
        translate(without(frame, b"Linkedid"))


def test_a_phone_that_forwards_becomes_a_fact_of_its_channel_and_any_other_end_of_a_dial_nothing() -> None:
    frame = (
        b"Event: DialEnd\nTimestamp: 1795315480.5\nChannel: PJSIP/trunk-1\nDestChannel: PJSIP/1001-1\n"
        b"DestLinkedid: lab-1.1\nForward: 13800000001\nDialStatus: CANCEL"
    )
    at = datetime.fromtimestamp(1795315480.5, UTC)
    assert translate(frame) == Fact(at, FactKind.FORWARDS, "lab-1.1", "PJSIP/1001-1")
    assert translate(without(frame, b"Forward")) is None
    with pytest.raises(MissingHeader):
        translate(without(frame, b"DestChannel"))


def test_a_refused_sip_request_tells_from_where_and_as_whom() -> None:
    frame = (
        b"Event: InvalidAccountID\nTimestamp: 1795315480.5\nService: PJSIP\nAccountID: trunk\n"
        b"RemoteAddress: IPV4/UDP/203.0.113.7/5060"
    )
    at = datetime.fromtimestamp(1795315480.5, UTC)
    assert translate(frame) == Stranger(at, "203.0.113.7", "trunk")
    assert translate(frame.replace(b"IPV4/UDP/203.0.113.7", b"IPV6/TLS/2001:db8::7")) == Stranger(
        at, "2001:db8::7", "trunk"
    )
    assert translate(frame.replace(b"PJSIP", b"AMI")) is None
    for wrong in (without(frame, b"RemoteAddress"), frame.replace(b"203.0.113.7", b"x; y")):
        with pytest.raises(MissingHeader):
            translate(wrong)


def test_what_asterisk_says_of_itself_is_told_apart() -> None:
    told = Intake().read([b"Event: FullyBooted\nUptime: 154", b"Event: Shutdown\nRestart: True"])
    assert told.of_asterisk == [Booted(154), ShuttingDown()]
    with pytest.raises(MissingHeader):
        translate(b"Event: FullyBooted\nUptime: soon")


#: Headers right and wrong in any order.
lines = st.lists(st.sampled_from([*CHAN_START.split(b"\n"), b"LinkedID:", b"Timestamp: nan", b"Timestamp: 1e400"]))


@given(lines, st.binary(max_size=20))
def test_no_frame_makes_the_intake_raise(some: list[bytes], garbage: bytes) -> None:
    intake = Intake()
    for frame in (b"\n".join([b"Event: CEL", *some]), b"\n".join(some), b"Event: CEL\n" + garbage, garbage):
        for told in intake.read([frame]).of_calls:
            if isinstance(told, CelNotice):
                intake.open(told)


def test_asterisk_is_asked_for_the_events_that_are_used_and_no_other() -> None:
    assert set(LISTENER_EVENTS) == {name.decode() for name in USED_EVENTS}


def test_what_asterisk_is_told_not_to_make_is_used_by_nobody() -> None:
    """Decision 80: nor are the messages within Asterisk that queues, transfers, CEL and the used events are made of."""
    assert not set(UNREAD_EVENTS) & set(LISTENER_EVENTS)
    needed = ("snapshot", "bridge", "transfer", "dial", "hold", "cel_generic", "device_state", "security", "pickup")
    members = {f"queue_member_{what}_type" for what in ("added", "removed", "pause")}
    assert not [name for name in UNREAD_MESSAGES if name in members or any(part in name for part in needed)]


def test_what_may_not_wait_for_other_events() -> None:
    """A13, G1: the pop is there with the ring, and our side is missing from the recording until it is begun anew."""
    ringing = [frame for frame in FRAMES if rings(frame)]
    assert ringing and all(map(hurries, ringing))
    transfer = CHAN_START.replace(b"CHAN_START", b"ATTENDEDTRANSFER")
    assert hurries(transfer) and hurries(b"Event: Unhold\nLinkedid: x") and not hurries(b"Event: Hold\nLinkedid: x")
