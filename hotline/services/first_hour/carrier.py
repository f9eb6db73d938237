"""The carrier as it is now: whether it answers, and a call of ours to try it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain import numbers
from hotline.domain.errors import PbxError, Refused
from hotline.services.line.trunks import CALLBACK_TRUNK, TRUNK
from hotline.services.pbx import Pbx
from hotline.settings import Settings
from hotline.settings.sip import Carrier
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage

#: Where the call goes on that we begin: whoever takes it hears the greeting.
CONTEXT = "hl-test-out"

_RING_SECONDS = 40


class CarrierState(StrEnum):
    REGISTERED = "registered"
    NOT_REGISTERED = "not_registered"
    ANSWERS = "answers"
    SILENT = "silent"
    #: It is not asked: `qualify_seconds` is 0.
    NOT_ASKED = "not_asked"
    #: Asterisk itself cannot be asked.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CarrierNow:
    """`name`: as Asterisk's files have it. `channels`: its calls now, both ways; None where that is unknown."""

    name: str
    host: str
    state: CarrierState
    channels: int | None

    @property
    def works(self) -> bool:
        return self.state in (CarrierState.REGISTERED, CarrierState.ANSWERS, CarrierState.NOT_ASKED)


def carriers_now(settings: Settings, pbx: Pbx) -> list[CarrierNow]:
    """Each of the site's carriers, as Asterisk sees it at this moment."""
    carriers: dict[str, Carrier] = {TRUNK: settings.trunk}
    if settings.callback_trunk.is_there:
        carriers[CALLBACK_TRUNK] = settings.callback_trunk
    try:
        registrations, phones, channels = pbx.registrations(), pbx.phones(), pbx.channels()
    except PbxError:
        return [CarrierNow(name, each.host, CarrierState.UNKNOWN, None) for name, each in carriers.items()]
    return [
        CarrierNow(name, each.host, _state(name, each, registrations, phones), _used(name, channels))
        for name, each in carriers.items()
    ]


def call_out(storage: Storage, settings: Settings, pbx: Pbx, number: str, by: str, now: datetime) -> None:
    """Dial this mobile over the line's carrier; who takes it hears the greeting. Raises Refused for what is no mobile
    of mainland China, PbxError when Asterisk cannot be reached."""
    whole = numbers.normalise(number)
    if not numbers.is_mobile(whole):
        raise Refused("first_hour.mobile_wanted", field="number")
    dialled, line = numbers.as_dialled(whole), next(iter(settings.lines))
    with storage.writing() as tx:
        AuditLog(tx).add(now, by, "first_hour.call_out", "trunk:trunk", numbers.mask(whole))
    own = settings.lines[line].number
    pbx.originate(f"PJSIP/{dialled}@trunk", CONTEXT, "s", own, {"__HL_LINE": line}, _RING_SECONDS)


def _state(
    name: str, carrier: Carrier, registrations: Sequence[Mapping[str, str]], phones: Sequence[Mapping[str, str]]
) -> CarrierState:
    if carrier.kind == "registration":
        status = next((each.get("Status", "") for each in registrations if each.get("ObjectName") == name), "")
        return CarrierState.REGISTERED if status.startswith("Registered") else CarrierState.NOT_REGISTERED
    if not carrier.qualify_seconds:
        return CarrierState.NOT_ASKED
    state = next((each.get("DeviceState", "") for each in phones if each.get("ObjectName") == name), "Unavailable")
    return CarrierState.SILENT if state == "Unavailable" else CarrierState.ANSWERS


def _used(name: str, channels: Sequence[Mapping[str, str]]) -> int:
    return sum(each.get("Channel", "").startswith(f"PJSIP/{name}-") for each in channels)
