"""Whether the carriers can be reached: by what they answer when they are asked, and by our registrations with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hotline.domain.reasons import Reason, because
from hotline.services.pbx import Pbx
from hotline.settings import Settings
from hotline.settings.sip import Carrier

#: As Asterisk's configuration calls them.
TRUNK, CALLBACK_TRUNK = "trunk", "callback_trunk"

_REGISTERED = "Registered"


class TrunkWatch:
    """One a process: what Asterisk has only just begun to register is no trouble yet."""

    def __init__(self) -> None:
        self._before: frozenset[str] = frozenset()

    def look(self, settings: Settings, pbx: Pbx) -> dict[str, Reason | None]:
        """By trunk, what is wrong with it. Raises PbxError."""
        carriers: dict[str, Carrier] = {TRUNK: settings.trunk}
        if settings.callback_trunk.is_there:
            carriers[CALLBACK_TRUNK] = settings.callback_trunk
        phones = pbx.phones() if any(each.qualify_seconds for each in carriers.values()) else ()
        registering = any(each.kind == "registration" for each in carriers.values())
        registrations = pbx.registrations() if registering else ()
        lost = {name: _unregistered(name, each, registrations) for name, each in carriers.items()}
        lasting = {name: reason if name in self._before else None for name, reason in lost.items()}
        self._before = frozenset(name for name, reason in lost.items() if reason)
        silent = {name: _unanswered(name, each, phones) for name, each in carriers.items()}
        return {CALLBACK_TRUNK: None} | {name: lasting[name] or silent[name] for name in carriers}


def _unregistered(name: str, carrier: Carrier, found: Sequence[Mapping[str, str]]) -> Reason | None:
    if carrier.kind != "registration":
        return None
    status = next((each.get("Status", "") for each in found if each.get("ObjectName") == name), "")
    if status.startswith(_REGISTERED):
        return None
    return because("line.trunk_unregistered", host=carrier.host, status=status or "–")


def _unanswered(name: str, carrier: Carrier, phones: Sequence[Mapping[str, str]]) -> Reason | None:
    """Known where the carrier is asked (its qualify_seconds)."""
    states = [each.get("DeviceState", "") for each in phones if each.get("ObjectName") == name]
    if not carrier.qualify_seconds or states != ["Unavailable"]:
        return None
    if name == CALLBACK_TRUNK:
        return because("dialling.trunk_unreachable", host=carrier.host)
    return because("line.trunk_unreachable", host=carrier.host)
