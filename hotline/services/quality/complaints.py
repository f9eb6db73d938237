"""C12 of calls of which it was written down later that they are complaints, or are none after all."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.services.quality.measuring import measure_apology
from hotline.services.settings.in_force import SettingsInForce
from hotline.storage.calls.store import CallStore
from hotline.storage.quality.complaints import ComplaintStore
from hotline.storage.transaction import Storage

#: Forms are corrected for a day; what stood still makes up for what it missed within this.
_WRITTEN_WITHIN = timedelta(days=3)
_AT_ONCE = 200


def measure_late(storage: Storage, in_force: SettingsInForce, now: datetime) -> int:
    """Measure what is not yet as the forms say. How many calls are found otherwise than before."""
    with storage.reading() as tx:
        wanted = ComplaintStore(tx).measured_otherwise(now - _WRITTEN_WITHIN, _AT_ONCE)
    return sum(_measured(storage, in_force, key, now) for key in wanted)


def _measured(storage: Storage, in_force: SettingsInForce, key: tuple[str, str], now: datetime) -> bool:
    with storage.writing() as tx:
        call_id = CallStore(tx).id_of(*key)
        stored = CallStore(tx).by_id(call_id) if call_id is not None else None
        # By the figures of then: a change changes no verdict of before.
        return stored is not None and measure_apology(tx, in_force.at(stored.call.started_at), stored, now)
