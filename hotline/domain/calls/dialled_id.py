"""What a call that we dial is known by: made before it begins, so that whatever dies meanwhile, it is found again."""

from __future__ import annotations

import re
from datetime import datetime

#: Asterisk's endpoint of the callback trunk: the customer's channel of a call that we dial is one of it.
CALLBACK_TRUNK = "callback_trunk"

#: Asterisk's own are <node>-<epoch>.<n>, digits alone behind the dot.
_DIALLED = re.compile(r"-[0-9]+\.d[0-9a-f]{12}$")


def dialled_id(node: str, at: datetime, token: str) -> str:
    """`token`: 12 hexadecimal digits that no other dial of this second has."""
    return f"{node}-{int(at.timestamp())}.d{token}"


def is_customers(channel: str) -> bool:
    """Whether this channel came or went over the callback trunk."""
    return channel.startswith(f"PJSIP/{CALLBACK_TRUNK}-")


def is_dialled(linkedid: str) -> bool:
    """Whether a call of this Linkedid is one that we dialled: nobody but `dialled_id` makes such a one."""
    return _DIALLED.search(linkedid) is not None
