"""Which report something is about."""

from __future__ import annotations

from hotline.domain.scheduled_reports.report import MadeReport
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.transaction import Transaction


def report_of(tx: Transaction, object: str) -> MadeReport | None:
    """Of "report:12"; None for what is no report, or none any more."""
    kind, _colon, number = object.partition(":")
    is_id = kind == "report" and number.isascii() and number.isdigit() and len(number) < 10
    return ScheduledReportStore(tx).by_id(int(number)) if is_id else None
