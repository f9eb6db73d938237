"""Asterisk's events about operators: who is in which queue, who is paused, whose phone can be rung.

Asterisk sends lists as events too, each entry one, with an end: a list is a whole picture, and stands in the stream
where it was asked for, so that no later change is undone by an older picture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

_PHONE = "PJSIP/"
_GONE = ("Removed", "Unreachable")
_IN_USE = frozenset({"inuse", "busy", "ringing", "ringinuse", "onhold"})
_AWAY = frozenset({"unavailable", "invalid", ""})


@dataclass(frozen=True, slots=True)
class MemberChanged:
    """`present`: in the queue, else no longer. `listed`: part of a whole picture."""

    queue: str
    extension: str
    present: bool
    paused: bool
    reason: str
    listed: bool = False


@dataclass(frozen=True, slots=True)
class MembersListed:
    """The picture of all queues is complete."""


@dataclass(frozen=True, slots=True)
class PhoneListed:
    extension: str
    reachable: bool
    in_use: bool = False


@dataclass(frozen=True, slots=True)
class PhonesListed:
    """The picture of all phones is complete."""


@dataclass(frozen=True, slots=True)
class PhoneChanged:
    """A phone came or went: the picture of all phones is to be asked for. `gone`: it cannot be rung any more, or not
    where it was rung until now."""

    extension: str
    gone: bool


@dataclass(frozen=True, slots=True)
class PhoneUsed:
    """Whether the phone rings or is in a call now, and whether it can be rung at all."""

    extension: str
    in_use: bool
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class QueuesReloaded:
    """Asterisk has read anew whom its file keeps in which queue. It tells of none of them: the picture of all queues is
    to be asked for."""


OperatorNotice = MemberChanged | MembersListed | PhoneListed | PhonesListed | PhoneChanged | PhoneUsed | QueuesReloaded


class UnreadablePresenceEvent(ValueError):
    """The named header is not there."""


def _changed(present: bool, header: str = "Interface", listed: bool = False) -> Callable[..., MemberChanged]:
    def read(found: Mapping[str, str]) -> MemberChanged:
        interface, queue = found.get(header, ""), found.get("Queue", "")
        if not queue or not interface:
            raise UnreadablePresenceEvent("Queue" if interface else header)
        extension = interface.removeprefix(_PHONE)
        return MemberChanged(
            queue, extension, present, found.get("Paused") == "1", found.get("PausedReason", ""), listed
        )

    return read


def _phone(found: Mapping[str, str]) -> PhoneListed:
    if not found.get("ObjectName"):
        raise UnreadablePresenceEvent("ObjectName")
    state = _plain(found.get("DeviceState", ""))
    return PhoneListed(found["ObjectName"], state not in _AWAY, state in _IN_USE)


def _used(found: Mapping[str, str]) -> PhoneUsed:
    for header in ("Device", "State"):
        if not found.get(header):
            raise UnreadablePresenceEvent(header)
    state = _plain(found["State"])
    return PhoneUsed(found["Device"].removeprefix(_PHONE), state in _IN_USE, state not in _AWAY)


def _plain(state: str) -> str:
    """A device state, as events ("NOT_INUSE") or lists ("Not in use") spell it, in one spelling."""
    return state.lower().replace("_", "").replace(" ", "")


READERS: Mapping[str, Callable[[Mapping[str, str]], OperatorNotice]] = {
    "QueueMemberAdded": _changed(True),
    "QueueMemberRemoved": _changed(False),
    "QueueMemberPause": _changed(True),
    "QueueMember": _changed(True, "Location", listed=True),
    "QueueStatusComplete": lambda _found: MembersListed(),
    "Reload": lambda _found: QueuesReloaded(),
    "EndpointList": _phone,
    "EndpointListComplete": lambda _found: PhonesListed(),
    "DeviceStateChange": _used,
    "ContactStatus": lambda found: PhoneChanged(found.get("AOR", ""), found.get("ContactStatus", "") in _GONE),
}

#: Actions whose answers are these pictures.
ASK_MEMBERS = "QueueStatus"
ASK_PHONES = "PJSIPShowEndpoints"
