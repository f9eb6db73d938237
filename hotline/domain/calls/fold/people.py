"""Who is behind a channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from hotline.domain.calls.call import Party, PartyKind
from hotline.domain.calls.caller_phone import CALLER
from hotline.domain.calls.dialled_id import CALLBACK_TRUNK
from hotline.domain.staff.records import Tenure
from hotline.domain.staff.spans import at_moment

NOBODY = 0


@dataclass(frozen=True, slots=True)
class Directory:
    """Names and numbers that the fold needs: `lines` by every writing of a number in digits, `operators` by extension,
    `mobiles` by number as dialled; a ring cycle in seconds (A8). `tenures`: who else had one of these extensions when,
    by `people`'s names."""

    trunk: str = "trunk"
    callback_trunk: str = CALLBACK_TRUNK
    lines: Mapping[str, str] = field(default_factory=dict)
    operators: Mapping[str, str] = field(default_factory=dict)
    mobiles: Mapping[str, str] = field(default_factory=dict)
    ring_cycle_seconds: int = 5
    tenures: tuple[Tenure, ...] = ()
    people: Mapping[int, str] = field(default_factory=dict)

    def is_carrier(self, channel: str) -> bool:
        """Whether the channel is a call over one of the trunks."""
        return endpoint(channel) in (self.trunk, self.callback_trunk)

    def at(self, moment: datetime) -> Directory:
        """With the operators' names as they were then."""
        held = {each.extension: each.person_id for each in at_moment(self.tenures, moment)}
        names = {
            extension: self.people.get(held.get(extension, NOBODY), name) for extension, name in self.operators.items()
        }
        return replace(self, operators=names, tenures=(), people={})


def endpoint(channel: str) -> str:
    """`1001` of `PJSIP/1001-0000002a`."""
    return channel.rpartition("-")[0].partition("/")[2]


def is_local(channel: str) -> bool:
    """Whether it is half of a pair inside of Asterisk: no phone, and no party of a call."""
    return channel.startswith("Local/")


def party(channel: str, first_channel: str, dialled_mobile: str, directory: Directory) -> Party:
    """Whose channel it is. Our side on the trunk is a mobile: `dialled_mobile` is the number it was dialled by."""
    if channel == first_channel and endpoint(channel) == CALLER:
        return Party(PartyKind.CALLER)
    if not directory.is_carrier(channel):
        return operator(endpoint(channel), directory)
    if channel == first_channel:
        return Party(PartyKind.CALLER)
    return Party(PartyKind.MOBILE, dialled_mobile, directory.mobiles.get(dialled_mobile, ""))


def operator(extension: str, directory: Directory) -> Party:
    """The operator of this extension; of unknown kind when no operator has it."""
    if extension in directory.operators:
        return Party(PartyKind.OPERATOR, extension, directory.operators[extension])
    return Party(PartyKind.UNKNOWN, extension)
