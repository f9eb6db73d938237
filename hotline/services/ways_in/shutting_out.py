"""Addresses that are blocked for a time because names or passwords were guessed from there.

They stand in Asterisk's own database as the ACLs that it looks at with each message (config/asterisk/sorcery.conf.j2):
what is listed is what is enforced. The key says the address and until when; the value is the ACL.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from hotline.domain.errors import NotFound, Refused
from hotline.services.pbx import Pbx
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage

#: Asterisk's sorcery looks below its prefix for objects of the type acl.
SHUT_OUT_FAMILY = "hotline-shut-out/acl"


@dataclass(frozen=True, slots=True)
class ShutOutAddress:
    address: str
    until: datetime

    @property
    def key(self) -> str:
        return f"{self.address}_{int(self.until.timestamp())}"


def shut_out(pbx: Pbx, address: str, until: datetime) -> None:
    """From now on. Raises PbxError, ValueError when it is no address."""
    network = ipaddress.ip_network(address)
    entry = ShutOutAddress(str(network.network_address), until)
    pbx.database_put(SHUT_OUT_FAMILY, entry.key, json.dumps({"deny": str(network)}))


def shut_out_addresses(pbx: Pbx) -> list[ShutOutAddress]:
    """By address. Raises PbxError."""
    found = [_entry(key) for key in pbx.database_of(SHUT_OUT_FAMILY)]
    return sorted((entry for entry in found if entry is not None), key=lambda entry: (entry.address, entry.until))


def let_in_again(pbx: Pbx, now: datetime) -> list[str]:
    """Those whose time is over. Raises PbxError."""
    over = [entry for entry in shut_out_addresses(pbx) if entry.until <= now]
    for entry in over:
        pbx.database_delete(SHUT_OUT_FAMILY, entry.key)
    return [entry.address for entry in over]


def lift(storage: Storage, pbx: Pbx, address: str, by: str, now: datetime) -> Sequence[ShutOutAddress]:
    """Somebody lets this address in again. Raises NotFound, Refused, PbxError."""
    try:
        wanted = str(ipaddress.ip_address(address))
    except ValueError:
        raise Refused("line.address", got=address[:60]) from None
    found = [entry for entry in shut_out_addresses(pbx) if entry.address == wanted]
    if not found:
        raise NotFound("line.not_shut_out", address=wanted)
    for entry in found:
        pbx.database_delete(SHUT_OUT_FAMILY, entry.key)
    with storage.writing() as tx:
        AuditLog(tx).add(now, by, "strangers.lift", wanted)
    return found


def _entry(key: str) -> ShutOutAddress | None:
    address, _, until = key.rpartition("_")
    return ShutOutAddress(address, datetime.fromtimestamp(int(until), UTC)) if address and until.isdigit() else None
