"""Asterisk's copies of SIP, and the INVITEs in them that began no call."""

from __future__ import annotations

import socket
import struct
from datetime import UTC, datetime

import pytest

from hotline.asterisk.sip_copies import MOST_INVITES, InviteWatch, SipCopy, read_copy
from hotline.domain.ways_in.refused_invites import offered_in

#: The first copy of a call that offered G.729 alone, as Asterisk 22.10 sent it; its message shortened.
CAPTURED = (
    b"HEP3\x02\x91\x00\x00\x00\x01\x00\x07\x02\x00\x00\x00\x02\x00\x07\x11\x00\x00\x00\x07\x00\x08\xc7\x04"
    b"\x00\x00\x00\x08\x00\x08:\xd4\x00\x00\x00\t\x00\nk\x0b\xc6?\x00\x00\x00\n\x00\n\x00\x05SH\x00\x00\x00\x0b\x00\x07\x01"
    b"\x00\x00\x00\x0c\x00\n\x00\x00\x00\x01\x00\x00\x00\x03\x00\n\x7f\x00\x00\x02\x00\x00\x00\x04\x00\n\x7f\x00\x00\x01"
    b"\x00\x00\x00\x0e\x00\x0cgeheim\x00\x00\x00\x11\x00\x0c679f09\x00\x00\x00\x0f\x00\x29"
    b"INVITE sip:4001234567@127.0.0.1 SIP"
)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
US, CARRIER = "192.0.2.9", "192.0.2.1"
SDP = "v=0\r\nm=audio 4000 {profile} {payloads}\r\na=rtpmap:97 iLBC/8000\r\na=rtpmap:101 telephone-event/8000\r\n"


def copy(message: str, source: str, target: str, about: str = "abc@x") -> SipCopy:
    return SipCopy(NOW, source, target, about, message)


def invite(cseq: int = 1, to: str = "To: <sip:400@x>", call_id: str = "Call-ID: abc@x") -> SipCopy:
    body = SDP.format(profile="RTP/AVP", payloads="18 97 101")
    return copy(f"INVITE sip:400@x SIP/2.0\r\n{to}\r\n{call_id}\r\nCSeq: {cseq} INVITE\r\n\r\n{body}", CARRIER, US)


def answer(
    status: str = "488 Not Acceptable Here", cseq: str = "1 INVITE", about: str = "abc@x", target: str = CARRIER
) -> SipCopy:
    told = f"To: <sip:400@x>;tag=1\r\nCall-ID: abc@x\r\nCSeq: {cseq}\r\n\r\n"
    return copy(f"SIP/2.0 {status}\r\n{told}", US, target, about)


def test_a_copy_says_when_where_from_and_of_what() -> None:
    found = read_copy(CAPTURED, "geheim")
    assert found == SipCopy(
        datetime(2026, 11, 29, 6, 29, 19, 349_000, UTC),
        "127.0.0.2",
        "127.0.0.1",
        "679f09",
        "INVITE sip:4001234567@127.0.0.1 SIP",
    )


def test_a_copy_over_ipv6() -> None:
    ends = {3: (5, "2001:db8::1"), 4: (6, "2001:db8::2")}
    datagram = CAPTURED
    for old, (kind, address) in ends.items():
        start = datagram.index(struct.pack("!HHH", 0, old, 10))
        packed = socket.inet_pton(socket.AF_INET6, address)
        datagram = datagram[:start] + struct.pack("!HHH", 0, kind, 22) + packed + datagram[start + 10 :]
    found = read_copy(datagram, "geheim")
    assert found and (found.source, found.target) == ("2001:db8::1", "2001:db8::2")


@pytest.mark.parametrize(
    "datagram",
    [
        b"",
        b"HEP3",
        b"hello",
        CAPTURED[:40],
        CAPTURED.replace(b"\x00\x0cgeh", b"\x00\x00geh"),
        CAPTURED.replace(b"\x00\n\x7f", b"\x00\x09\x7f"),
    ],
)
def test_what_is_no_copy_is_none(datagram: bytes) -> None:
    assert read_copy(datagram, "geheim") is None


def test_only_our_own_asterisk_is_believed() -> None:
    assert read_copy(CAPTURED, "another") is None and read_copy(CAPTURED, "") is None


@pytest.mark.parametrize(
    "line", [b"ACK sip:4001234567@127.0.0.1 SIP/2.", b"SIP/2.0 180 Ringing as it comes to us", b""]
)
def test_what_concerns_no_invite_is_left_unread(line: bytes) -> None:
    """Of a call's copies that is most."""
    message = b"INVITE sip:4001234567@127.0.0.1 SIP"
    assert read_copy(CAPTURED.replace(message, line.ljust(len(message))[: len(message)]), "geheim") is None


@pytest.mark.parametrize(("status", "code"), [("488 Not Acceptable Here", 488), ("484 Address Incomplete", 484)])
def test_an_invite_without_a_channel_is_told_once(status: str, code: int) -> None:
    """However often question and answer are repeated."""
    watch = InviteWatch()
    assert [watch.note(each) for each in (invite(), answer("100 Trying"))] == [None, None]
    found = watch.note(answer(status))
    assert found and (found.status, found.address, found.offered) == (code, CARRIER, "G729, iLBC")
    assert [watch.note(each) for each in (answer(status), invite(), answer(status))] == [None, None, None]
    watch.note(invite(cseq=2))
    assert watch.note(answer(status, "2 INVITE")), "another call, or one asked for a password first"


@pytest.mark.parametrize(
    "nothing",
    [
        answer(about="PJSIP/trunk-00000001"),
        answer("401 Unauthorized"),
        answer("487 Request Terminated"),
        answer("200 OK"),
        answer(cseq="1 OPTIONS"),
        answer(cseq="2 INVITE"),
        answer(target="192.0.2.7"),
        answer("x y"),
    ],
)
def test_what_became_a_call_or_is_no_refusal_is_not_told(nothing: SipCopy) -> None:
    watch = InviteWatch()
    watch.note(invite())
    assert watch.note(nothing) is None


def test_the_channel_that_is_gone_when_the_answer_is_repeated() -> None:
    """Asterisk then gives the Call-ID, as if there had been none."""
    watch = InviteWatch()
    watch.note(invite())
    assert watch.note(answer("404 Not Found", about="PJSIP/trunk-00000001")) is None
    assert watch.note(answer("404 Not Found")) is None


def test_what_belongs_to_a_call_that_lasts_is_not_told() -> None:
    watch = InviteWatch()
    watch.note(invite(to="t: <sip:400@x>;tag=9"))
    assert watch.note(answer()) is None


def test_the_short_form_of_headers() -> None:
    watch = InviteWatch()
    watch.note(invite(call_id="i: abc@x"))
    assert watch.note(answer())


def test_a_flood_does_not_fill_the_memory() -> None:
    watch = InviteWatch()
    watch.note(invite())
    for n in range(MOST_INVITES):
        watch.note(invite(call_id=f"Call-ID: {n}"))
    assert watch.note(answer()) is None


@pytest.mark.parametrize(
    ("profile", "payloads", "offered"),
    [
        ("RTP/AVP", "18 101 13", "G729"),
        ("RTP/SAVP", "8", "PCMA, SRTP"),
        ("RTP/AVP", "98 98", "payload 98"),
        ("RTP/AVP", "1 2 3 5 6 7 8 9 10 11", "payload 1, payload 2, GSM, payload 5, payload 6, payload 7, PCMA, G722"),
    ],
)
def test_what_was_offered_by_name(profile: str, payloads: str, offered: str) -> None:
    assert offered_in(SDP.format(profile=profile, payloads=payloads)) == offered


@pytest.mark.parametrize("sdp", ["", "v=0", "m=audio", "m=video 1 RTP/AVP 8"])
def test_no_sound_is_offered(sdp: str) -> None:
    assert offered_in(sdp) == ""


def test_what_a_caller_writes_as_a_codec_is_cut_and_plain() -> None:
    assert offered_in("m=audio 1 RTP/AVP 97\r\na=rtpmap:97 <b>" + "x" * 50 + "/8000") == "b" + "x" * 19
