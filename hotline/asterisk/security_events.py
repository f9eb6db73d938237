"""Asterisk's security events: SIP requests that it refused.

`RemoteAddress` is written as IPV4/UDP/203.0.113.7/5060. A request without a password is challenged, which is no failure
and another event.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from datetime import datetime

from hotline.domain.ways_in.strangers import Stranger

#: No name that anybody has is longer; what is sent may be.
NAME_LENGTH = 40

EVENTS = ("InvalidAccountID", "ChallengeResponseFailed", "FailedACL")


class UnreadableSecurityEvent(ValueError):
    """The named header is not there, or is no address."""


def stranger(found: Mapping[str, str], at: datetime) -> Stranger | None:
    """None for other services than SIP: the manager refuses too."""
    if found.get("Service") != "PJSIP":
        return None
    parts = found.get("RemoteAddress", "").split("/")
    try:
        address = ipaddress.ip_address(parts[2])
    except (IndexError, ValueError):
        raise UnreadableSecurityEvent("RemoteAddress") from None
    name = "".join(letter for letter in found.get("AccountID", "") if letter.isprintable())
    return Stranger(at, str(address), name[:NAME_LENGTH])
