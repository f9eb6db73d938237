"""Reads Asterisk's copies of SIP messages (its module res_hep_pjsip, HEP version 3) for INVITEs that never became a
channel.

A copy names the channel that it belongs to; where there is none, the Call-ID stands in its place (`uuid_type = channel`
in config/asterisk/hep.conf.j2).
"""

from __future__ import annotations

import hmac
import ipaddress
import re
import struct
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hotline.domain.ways_in.refused_invites import NO_REFUSALS, RefusedInvite, offered_in

_MAGIC = b"HEP3"
_SOURCE, _TARGET, _SECONDS, _MICROSECONDS, _PASSWORD, _PAYLOAD, _ABOUT = (
    (3, 5),
    (4, 6),
    (9,),
    (10,),
    (14,),
    (15,),
    (17,),
)

#: The first line of an answer that ends what was asked for.
_FINAL = re.compile(rb"SIP/2\.0 [2-6]")

#: INVITEs whose final answer is waited for, or was given of late: answers are repeated.
MOST_INVITES = 2_000

#: In the short form that SIP allows.
_SHORT = {"i": "call-id", "t": "to"}


@dataclass(frozen=True, slots=True)
class SipCopy:
    """`about`: the channel, or the Call-ID."""

    at: datetime
    source: str
    target: str
    about: str
    message: str


def read_copy(datagram: bytes, password: str) -> SipCopy | None:
    """None for what is none, was not sent by our own Asterisk, or is neither an INVITE nor a final answer: of a call's
    copies that is most."""
    try:
        chunks = _chunks(datagram)
        if not _concerns_an_invite(_one(chunks, _PAYLOAD)):
            return None
        if not hmac.compare_digest(_one(chunks, _PASSWORD), password.encode()):
            return None
        source, target = (str(ipaddress.ip_address(_one(chunks, kinds))) for kinds in (_SOURCE, _TARGET))
        about, message = (_one(chunks, kinds).decode("utf-8", "replace") for kinds in (_ABOUT, _PAYLOAD))
        return SipCopy(_moment(chunks), source, target, about, message)
    except (KeyError, ValueError, struct.error, OverflowError, OSError):
        return None


def _concerns_an_invite(message: bytes) -> bool:
    return message.startswith(b"INVITE ") or _FINAL.match(message) is not None


def _moment(chunks: dict[int, bytes]) -> datetime:
    seconds, microseconds = (int.from_bytes(_one(chunks, kinds), "big") for kinds in (_SECONDS, _MICROSECONDS))
    return datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=microseconds)


def _chunks(datagram: bytes) -> dict[int, bytes]:
    if not datagram.startswith(_MAGIC):
        raise ValueError("no HEP")
    found, place = {}, 6
    while place < len(datagram):
        _vendor, kind, length = struct.unpack_from("!HHH", datagram, place)
        if length < 6:
            raise ValueError("a chunk shorter than its head")
        found[kind] = datagram[place + 6 : place + length]
        place += length
    return found


def _one(chunks: dict[int, bytes], kinds: tuple[int, ...]) -> bytes:
    for kind in kinds:
        if kind in chunks:
            return chunks[kind]
    raise KeyError(kinds)


@dataclass(slots=True)
class _Invite:
    source: str
    offered: str
    answered: bool = False


class InviteWatch:
    """Tells each INVITE that begins no call once, by its first final answer."""

    def __init__(self) -> None:
        self._invites: OrderedDict[tuple[str, str], _Invite] = OrderedDict()

    def note(self, copy: SipCopy) -> RefusedInvite | None:
        if copy.message.startswith("INVITE "):
            self._asked(copy)
            return None
        return self._answered(copy) if copy.message.startswith("SIP/2.0 ") else None

    def _asked(self, copy: SipCopy) -> None:
        head, _, body = copy.message.partition("\r\n\r\n")
        told = _headers(head)
        if ";tag=" in told.get("to", "").lower():
            return  # within a call
        self._invites.setdefault(_key(told), _Invite(copy.source, offered_in(body)))
        if len(self._invites) > MOST_INVITES:
            self._invites.popitem(last=False)

    def _answered(self, copy: SipCopy) -> RefusedInvite | None:
        first, _, _ = copy.message.partition("\r\n")
        status, _, reason = first.removeprefix("SIP/2.0 ").partition(" ")
        if not status.isdecimal() or int(status) < 200:
            return None
        told = _headers(copy.message.partition("\r\n\r\n")[0])
        invite = self._invites.get(_key(told)) if told.get("cseq", "").upper().endswith("INVITE") else None
        if invite is None or invite.answered or invite.source != copy.target:
            return None
        invite.answered = True
        if int(status) < 300 or int(status) in NO_REFUSALS or copy.about != told.get("call-id"):
            return None
        return RefusedInvite(copy.at, copy.target, int(status), reason[:40], invite.offered)


def _headers(head: str) -> dict[str, str]:
    """The first of each name."""
    found: dict[str, str] = {}
    for line in head.split("\r\n")[1:]:
        name, _, value = line.partition(":")
        name = name.strip().lower()
        found.setdefault(_SHORT.get(name, name), value.strip())
    return found


def _key(told: dict[str, str]) -> tuple[str, str]:
    return told.get("call-id", ""), told.get("cseq", "").partition(" ")[0]
