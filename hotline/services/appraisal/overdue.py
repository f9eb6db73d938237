"""Objections that nobody has decided on in time, and months that were signed and stand open for long, are alerts until
somebody sees to them (F3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from hotline.domain.reasons import because
from hotline.services.alerts import AlertKind, Stands, keep_alerts
from hotline.services.appraisal.alert_kinds import MONTH_NOT_CLOSED, OBJECTION_OVERDUE
from hotline.settings import Settings
from hotline.storage.alerts import AlertStore
from hotline.storage.appraisal.store import AppraisalStore
from hotline.storage.transaction import Storage, Transaction


def watch(storage: Storage, settings: Settings, now: datetime) -> None:
    """Set the alerts to the present state. A month is to be closed as soon after its signature as an objection is to be
    decided."""
    signed_before = now - timedelta(days=settings.appraisal.decision_days)
    keep_alerts(storage, lambda tx: _stands(tx, signed_before, now), now)


def _stands(tx: Transaction, signed_before: datetime, now: datetime) -> Iterator[Stands]:
    overdue: dict[str, int] = {}
    for each in AppraisalStore(tx).objections_overdue(now):
        key = f"{each.month}.{each.person_id}"
        overdue[key] = overdue.get(key, 0) + 1
    for key in sorted(overdue.keys() | _raised(tx, OBJECTION_OVERDUE)):
        count = overdue.get(key)
        yield OBJECTION_OVERDUE, key, because("appraisal.objections_overdue", count=count) if count else None
    signed = {
        f"{each.month}.{each.team_id}": each.signed_at for each in AppraisalStore(tx).signed_and_open(signed_before)
    }
    for key in sorted(signed.keys() | _raised(tx, MONTH_NOT_CLOSED)):
        at = signed.get(key)
        yield MONTH_NOT_CLOSED, key, because("appraisal.stands_open", at=at) if at else None


def _raised(tx: Transaction, kind: AlertKind) -> set[str]:
    return {each.object for each in AlertStore(tx).open() if each.kind == kind}
