"""AMI frames into typed events, once, at the edge.

A `CEL` event becomes a CelNotice, which tells of which call it is; the ChannelEvent in it is read when it is
needed (sources: cel_manager.c; the CEL specification in Asterisk's documentation). `Hold`, `Unhold` and `DialEnd` of a
phone that forwards become Facts. A header that is needed and not there raises MissingHeader: an empty string never
stands in for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from hotline.asterisk import presence_events, security_events
from hotline.asterisk.ami.parser import headers
from hotline.asterisk.presence_events import OperatorNotice
from hotline.domain.calls.events import CelType, ChannelEvent, Fact, FactKind
from hotline.domain.ways_in.strangers import Stranger

CEL_TYPES: Mapping[str, CelType] = {str(member): member for member in CelType}
_CEL_TYPES_SENT: Mapping[bytes, CelType] = {member.encode(): member for member in CelType}

_NOTHING: Mapping[str, object] = {}


class MissingHeader(ValueError):
    """A frame lacks a header that its event always has, or the header cannot be read."""

    def __init__(self, event: str, header: str) -> None:
        self.event, self.header = event, header
        super().__init__(f"{event} event with no readable {header} header")


@dataclass(frozen=True, slots=True)
class Booted:
    """Asterisk is fully booted, `uptime_seconds` ago (whole seconds, rounded down)."""

    uptime_seconds: int


@dataclass(frozen=True, slots=True)
class ShuttingDown:
    """Asterisk says that it goes down, or starts again."""


class CelNotice(NamedTuple):
    """A channel event that is not read yet: reading is most of the work, and for a call that begins and ends
    within one batch it is not needed, since such a call is folded from the CEL database.

    `begins`: it is the start of the channel that gave the call its Linkedid. `ended_at`: the call is over."""

    linkedid: str
    begins: bool
    ended_at: datetime | None
    frame: bytes

    def read(self) -> ChannelEvent:
        """Raises MissingHeader."""
        return channel_event(headers(self.frame))


Translated = CelNotice | Fact | Booted | ShuttingDown | OperatorNotice | Stranger


def translate(frame: bytes) -> Translated | None:
    """What the frame tells; None for what is of no use to us (an unknown event or CEL type).

    Raises MissingHeader.
    """
    if frame.startswith(b"Event: CEL\n"):
        return _cel_notice(frame)
    found = headers(frame)
    reader = _READERS.get(found.get("Event", ""))
    if reader is not None:
        return reader(found)
    return _tolerant_notice(found, frame) if found.get("Event") == "CEL" else None


def rings(frame: bytes) -> bool:
    """Whether the frame tells that a phone begins to ring: another channel of a call that there is already, but none
    between two parts of Asterisk itself. Quick, and in doubt no: it decides only how soon the frame is read."""
    if not frame.startswith(b"Event: CEL\n") or _value(frame, b"\nEventName: ") != b"CHAN_START":
        return False
    of_another = _value(frame, b"\nUniqueID: ") != _value(frame, b"\nLinkedID: ")
    return of_another and not _value(frame, b"\nChannel: ").startswith(b"Local/")


def hurries(frame: bytes) -> bool:
    """Whether the frame must be in the ledger at once: a phone begins to ring, or the recording has to be begun anew,
    which loses our side until then (after an attended transfer, or when a hold ends). In doubt no."""
    if not frame.startswith(b"Event: CEL\n"):
        return frame.startswith(b"Event: Unhold\n")
    named = _value(frame, b"\nEventName: ")
    return named == b"ATTENDEDTRANSFER" or (named == b"CHAN_START" and rings(frame))


def _cel_notice(frame: bytes) -> CelNotice | None:
    named = _value(frame, b"\nEventName: ")
    cel_type = _CEL_TYPES_SENT.get(named)
    if named and cel_type is None:
        return None
    linkedid = _value(frame, b"\nLinkedID: ")
    if cel_type is None or not linkedid or named == b"LINKEDID_END":
        return _tolerant_notice(headers(frame), frame)
    begins = named == b"CHAN_START" and _value(frame, b"\nUniqueID: ") == linkedid
    return CelNotice(linkedid.decode("utf-8", "replace"), begins, None, frame)


def _tolerant_notice(found: Mapping[str, str], frame: bytes) -> CelNotice | None:
    cel_type = CEL_TYPES.get(_filled(found, "EventName"))
    if cel_type is None:
        return None
    linkedid = _filled(found, "LinkedID")
    begins = cel_type is CelType.CHAN_START and found.get("UniqueID") == linkedid
    return CelNotice(linkedid, begins, _timestamp(found) if cel_type is CelType.LINKEDID_END else None, frame)


def _value(frame: bytes, header: bytes) -> bytes:
    """The first value of a header in its usual spelling; b"" if there is none."""
    start = frame.find(header)
    if start < 0:
        return b""
    start += len(header)
    end = frame.find(b"\n", start)
    return frame[start:end] if end >= 0 else frame[start:]


def channel_event(found: Mapping[str, str]) -> ChannelEvent:
    """A CEL frame, of a type that the ledger uses. The time is the `Timestamp` header (microseconds;
    `timestampevents = yes` in manager.conf), which is when the event was sent, a few milliseconds after it
    happened; `EventTime` has whole seconds only and no zone."""
    try:
        cel_type = CEL_TYPES[found["EventName"]]
        return ChannelEvent(
            _timestamp(found),
            cel_type,
            _filled(found, "LinkedID"),
            _filled(found, "UniqueID"),
            _filled(found, "Channel"),
            found["CallerIDnum"],
            found["CallerIDname"],
            found["Exten"],
            found["Context"],
            found["Application"],
            found["AppData"],
            found["Peer"],
            extra_of(found["Extra"]),
            user_event_of(found.get("UserDefType", ""), found["AppData"]) if cel_type is _USER else "",
        )
    except KeyError as error:
        raise MissingHeader("CEL", str(error.args[0])) from None


def extra_of(text: str) -> Mapping[str, object]:
    """CEL's `extra`: a JSON object, or "" for none. What is no JSON object is kept as {"extra": text}."""
    if not text:
        return _NOTHING
    try:
        found = json.loads(text)
    except ValueError:
        return {"extra": text}
    return found if isinstance(found, dict) else {"extra": text}


def user_event_of(declared: str, app_data: str) -> str:
    """The name given to CELGenUserEvent(): `UserDefType` is sent only with `show_user_defined = yes` in
    cel.conf; without it the application's data still begins with the name."""
    return declared or app_data.partition(",")[0]


def _timestamp(found: Mapping[str, str]) -> datetime:
    try:
        return datetime.fromtimestamp(float(found["Timestamp"]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        raise MissingHeader(found["Event"], "Timestamp") from None


def _filled(found: Mapping[str, str], header: str) -> str:
    value = found.get(header)
    if not value:
        raise MissingHeader(found["Event"], header)
    return value


def _fact(kind: FactKind) -> Callable[[Mapping[str, str]], Fact]:
    def read(found: Mapping[str, str]) -> Fact:
        return Fact(_timestamp(found), kind, _filled(found, "Linkedid"), _filled(found, "Channel"))

    return read


def _booted(found: Mapping[str, str]) -> Booted:
    uptime = _filled(found, "Uptime")
    if not uptime.isascii() or not uptime.isdigit():
        raise MissingHeader("FullyBooted", "Uptime")
    return Booted(int(uptime))


def _shutting_down(_found: Mapping[str, str]) -> ShuttingDown:
    return ShuttingDown()


def _of_operators(read: Callable[[Mapping[str, str]], OperatorNotice]) -> Callable[[Mapping[str, str]], OperatorNotice]:
    def checked(found: Mapping[str, str]) -> OperatorNotice:
        try:
            return read(found)
        except presence_events.UnreadablePresenceEvent as error:
            raise MissingHeader(found["Event"], str(error)) from None

    return checked


def _forwards(found: Mapping[str, str]) -> Fact | None:
    """A dial ended by a phone that names another number (302 Moved)."""
    if not found.get("Forward"):
        return None
    return Fact(_timestamp(found), FactKind.FORWARDS, _filled(found, "DestLinkedid"), _filled(found, "DestChannel"))


def _stranger(found: Mapping[str, str]) -> Stranger | None:
    try:
        return security_events.stranger(found, _timestamp(found))
    except security_events.UnreadableSecurityEvent as error:
        raise MissingHeader(found["Event"], str(error)) from None


_USER = CelType.USER_DEFINED

_READERS: Mapping[str, Callable[[Mapping[str, str]], Translated | None]] = {
    "Hold": _fact(FactKind.HOLD),
    "Unhold": _fact(FactKind.UNHOLD),
    "DialEnd": _forwards,
    "FullyBooted": _booted,
    "Shutdown": _shutting_down,
    **dict.fromkeys(security_events.EVENTS, _stranger),
    **{name: _of_operators(read) for name, read in presence_events.READERS.items()},
}

#: Names of the events that `translate` makes use of; all others need not be read.
USED_EVENTS = frozenset(name.encode() for name in ("CEL", *_READERS))
