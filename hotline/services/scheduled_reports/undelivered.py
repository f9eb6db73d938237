"""A report whose mail did not arrive, after all tries, is an alert until it is sent again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from hotline.domain.notifications.notification import DeliveryState
from hotline.domain.reasons import because
from hotline.services.alerts import Stands, keep_alerts
from hotline.services.scheduled_reports.alert_kinds import REPORT_NOT_SENT
from hotline.services.scheduled_reports.notification_kinds import REPORT_READY
from hotline.storage.alerts import AlertStore
from hotline.storage.scheduled_reports.deliveries import ReportDeliveryStore
from hotline.storage.transaction import Storage, Transaction

#: What is older is history.
_LOOKED_BACK = timedelta(days=14)

_TROUBLE = (DeliveryState.FAILED, DeliveryState.UNSURE)


def watch(storage: Storage, now: datetime) -> None:
    """Set the alerts to the present state."""
    keep_alerts(storage, lambda tx: _stands(tx, now), now)


def _stands(tx: Transaction, now: datetime) -> Iterator[Stands]:
    store = ReportDeliveryStore(tx)
    states = store.of(store.since(REPORT_READY.name, now - _LOOKED_BACK))
    failed = Counter(object for (object, _person), state in states.items() if state in _TROUBLE)
    raised = {each.object for each in AlertStore(tx).open() if each.kind == REPORT_NOT_SENT}
    for object in sorted(failed.keys() | raised):
        count = failed[object]
        yield REPORT_NOT_SENT, object, because("scheduled_reports.not_sent", count=count) if count else None
