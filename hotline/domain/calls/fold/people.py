"""Who is behind a channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from hotline.domain.calls.call import Party, PartyKind
from hotline.domain.calls.caller_phone import CALLER
from hotline.domain.calls.dialled_id import CALLBACK_TRUNK
from hotline.domain.staff.records import Tenure
from hotline.domain.staff.spans import holder_at


@dataclass(frozen=True, slots=True)
class Directory:
    """Names and numbers that the fold needs: `lines` by every writing of a number in digits, `operators` by extension,
    `mobiles` by number as dialled; a ring cycle in seconds (A8). `tenures`: by extension, who else had it when, by
    `people`'s names. `moment`: whose names of then are asked for."""

    trunk: str = "trunk"
    callback_trunk: str = CALLBACK_TRUNK
    lines: Mapping[str, str] = field(default_factory=dict)
    operators: Mapping[str, str] = field(default_factory=dict)
    mobiles: Mapping[str, str] = field(default_factory=dict)
    ring_cycle_seconds: int = 5
    tenures: Mapping[str, Sequence[Tenure]] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)
    moment: datetime | None = None

    def is_carrier(self, channel: str) -> bool:
        """Whether the channel is a call over one of the trunks."""
        return endpoint(channel) in (self.trunk, self.callback_trunk)

    def at(self, moment: datetime) -> Directory:
        """With the operators' names as they were then."""
        return replace(self, moment=moment)

    def name(self, extension: str) -> str:
        """Of the operator with this extension: looked up when it is asked for, since a call has few of hundreds."""
        otherwise = self.operators[extension]
        if self.moment is None:
            return otherwise
        holder = holder_at(self.tenures.get(extension, ()), extension, self.moment)
        return otherwise if holder is None else self.people.get(holder, otherwise)


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
        return Party(PartyKind.OPERATOR, extension, directory.name(extension))
    return Party(PartyKind.UNKNOWN, extension)
