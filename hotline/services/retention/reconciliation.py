"""The daily reconciliation, the ledger's side: what is expected, what was found, and the alerts (E2, E4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.people import Actor
from hotline.domain.reasons import because
from hotline.domain.retention.reconciliation import (
    TREND_DAYS,
    Difference,
    Discrepancy,
    StoreCheck,
    Trend,
    kinds_found,
    trend,
)
from hotline.domain.rights.acts import Act
from hotline.domain.time import SHANGHAI
from hotline.services.access import require_right
from hotline.services.alerts import set_alert
from hotline.services.looks import note_look
from hotline.services.retention.alert_kinds import DISK_FULL, STORE_CHECK
from hotline.settings.store import Reconciliation
from hotline.storage.audit import AuditLog
from hotline.storage.retention.store_checks import StoreCheckStore
from hotline.storage.transaction import Storage, Transaction

#: A call that has just ended is still being folded and taken in.
GRACE = timedelta(hours=2)
#: Calls without a recording are looked for so far back: later nobody can mend it, and the list would never be empty.
CALLS_BACK = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page shows: the latest check, those of the last weeks, and where the disk goes."""

    latest: StoreCheck | None
    checks: tuple[StoreCheck, ...]
    trend: Trend | None


def is_due(storage: Storage, node: str, settings: Reconciliation, now: datetime) -> bool:
    """Once a Shanghai day, from the hour that is set on; at once where none was ever made."""
    if not settings.enabled:
        return False
    with storage.reading() as tx:
        latest = StoreCheckStore(tx).latest(node)
    return latest is None or (local_day(latest.at) < local_day(now) and now.astimezone(SHANGHAI).hour >= settings.hour)


def ledger_differences(
    storage: Storage, node: str, settings: Reconciliation, recording_enabled: bool, now: datetime
) -> list[tuple[Difference, int, list[Discrepancy]]]:
    """What calls of this node and entries alone show. Recordings that are being taken in, or were deleted by retention,
    are none."""
    with storage.reading() as tx:
        since = now - CALLS_BACK if recording_enabled else now
        return [
            (Difference.NO_RECORDING, *StoreCheckStore(tx).calls_without_recording(node, since, now - GRACE)),
            (Difference.NO_CALL, *StoreCheckStore(tx).recordings_without_call(now - GRACE)),
            (Difference.NOT_KEPT, *StoreCheckStore(tx).not_kept_since(now - timedelta(hours=settings.keep_hours))),
        ]


def keep(storage: Storage, check: StoreCheck, settings: Reconciliation, who: str = "") -> None:
    """Write down what was found, and bring the alerts to it; `who` asked for it by hand."""
    with storage.writing() as tx:
        StoreCheckStore(tx).add(check)
        if who:
            told = f"{check.differences} differences"
            AuditLog(tx).add(check.at, who, "reconciliation.run", f"node:{check.node}", told)
        _tell(tx, check, settings)


def look_at_overview(storage: Storage, node: str, kind: Difference | None, actor: Actor, now: datetime) -> Overview:
    """`kind`: the difference whose list is looked at. The view is written down (F8). Raises Forbidden."""
    require_right(Act.READ_RETENTION, actor)
    with storage.reading() as tx:
        checks = StoreCheckStore(tx).since(now - timedelta(days=TREND_DAYS), node)
        latest = StoreCheckStore(tx).latest(node)
    note_look(storage, actor, now, "reconciliation.view", "reconciliation", kind or "")
    return Overview(latest, tuple(checks), trend(checks, local_day(now)))


def _tell(tx: Transaction, check: StoreCheck, settings: Reconciliation) -> None:
    differ = because("retention.store_differs", count=check.differences, kinds=kinds_found(check))
    set_alert(tx, STORE_CHECK, check.node, differ if check.differences else None, check.at)
    coming = _trend_with(tx, check)
    soon = coming.full_on if coming else None
    full = None
    if soon is not None and (soon - local_day(check.at)).days <= settings.full_days:
        full = because("retention.disk_full", day=soon)
    set_alert(tx, DISK_FULL, check.node, full, check.at)


def _trend_with(tx: Transaction, check: StoreCheck) -> Trend | None:
    checks: Sequence[StoreCheck] = StoreCheckStore(tx).since(check.at - timedelta(days=TREND_DAYS), check.node)
    return trend(checks, local_day(check.at))
