"""INVITEs that were refused before they became a call: no channel, no row in the ledger. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

#: The answers to an offer of sound that does not suit (RFC 3261).
OFFER_STATUSES = frozenset({415, 488, 606})

#: No refusal: asked for a password, cancelled by the caller, asked to come again.
NO_REFUSALS = frozenset({401, 407, 487, 491})

#: Names of the payload types that need no rtpmap (RFC 3551).
STATIC_PAYLOADS = {
    "0": "PCMU",
    "3": "GSM",
    "4": "G723",
    "8": "PCMA",
    "9": "G722",
    "13": "CN",
    "15": "G728",
    "18": "G729",
}

#: What goes along with a codec and is none.
NO_CODECS = frozenset({"telephone-event", "cn", "red"})

MOST_CODECS = 8
CODEC_LENGTH = 20


@dataclass(frozen=True, slots=True)
class RefusedInvite:
    """From this address, with this SIP status. `offered`: codecs by name, and how the sound would be encrypted."""

    at: datetime
    address: str
    status: int
    reason: str
    offered: str


def offered_in(sdp: str) -> str:
    """The codecs of the first offer of sound, by name; "" when there is no such offer."""
    lines = sdp.splitlines()
    offers = [line.split() for line in lines if line.startswith("m=audio ")]
    if not offers or len(offers[0]) < 4:
        return ""
    _audio, _port, profile, *payloads = offers[0]
    names = _names(lines)
    found = [names.get(each) or STATIC_PAYLOADS.get(each) or f"payload {each}" for each in payloads]
    codecs = dict.fromkeys(_plain(name) for name in found if name.lower() not in NO_CODECS)
    return ", ".join([*list(codecs)[:MOST_CODECS], *(["SRTP"] if "SAVP" in profile else [])])


def _names(lines: Sequence[str]) -> dict[str, str]:
    maps = (line.removeprefix("a=rtpmap:").split() for line in lines if line.startswith("a=rtpmap:"))
    return {each[0]: each[1].partition("/")[0] for each in maps if len(each) == 2}


def _plain(name: str) -> str:
    return "".join(each for each in name if each.isascii() and (each.isalnum() or each in " -._"))[:CODEC_LENGTH]
