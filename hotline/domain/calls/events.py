"""What happened on a channel, as Asterisk's Channel Event Log (CEL) tells it, translated once at the edge.

The same type comes over AMI (live) and from the CEL database (the record of channel events); `fold` reads nothing else
but these and `Fact`s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class CelType(StrEnum):
    """CEL event types that the ledger uses (docs: Asterisk CEL specification)."""

    CHAN_START = "CHAN_START"
    CHAN_END = "CHAN_END"
    ANSWER = "ANSWER"
    HANGUP = "HANGUP"
    APP_START = "APP_START"
    APP_END = "APP_END"
    BRIDGE_ENTER = "BRIDGE_ENTER"
    BRIDGE_EXIT = "BRIDGE_EXIT"
    BLINDTRANSFER = "BLINDTRANSFER"
    ATTENDEDTRANSFER = "ATTENDEDTRANSFER"
    PICKUP = "PICKUP"
    LINKEDID_END = "LINKEDID_END"
    USER_DEFINED = "USER_DEFINED"


@dataclass(frozen=True, slots=True)
class ChannelEvent:
    """One CEL record. `user_event` is the name given to CELGenUserEvent() when `type` is USER_DEFINED."""

    at: datetime
    type: CelType
    linkedid: str
    uniqueid: str
    channel: str
    number: str = ""
    name: str = ""
    exten: str = ""
    context: str = ""
    app: str = ""
    app_data: str = ""
    peer: str = ""
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)
    user_event: str = ""


class FactKind(StrEnum):
    """What CEL does not hold and is therefore kept by us, beside the CEL database."""

    HOLD = "hold"
    UNHOLD = "unhold"
    RECORDING_PAUSED = "recording_paused"
    RECORDING_RESUMED = "recording_resumed"
    PBX_RESTARTED = "pbx_restarted"
    FORWARDS = "forwards"  # the phone rung on this channel named another number instead


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of a call from elsewhere than CEL; `channel` is the channel it happened on, if any."""

    at: datetime
    kind: FactKind
    linkedid: str
    channel: str = ""
