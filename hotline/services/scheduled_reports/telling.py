"""Who gets a report is told that it is there; by mail with the workbook, unless their mail domain is not allowed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.scheduled_reports.report import MadeReport, Recipient, RecipientState
from hotline.services.notifications.notify import notify
from hotline.services.scheduled_reports.notification_kinds import REPORT_READY
from hotline.services.scheduled_reports.recipients import receivers
from hotline.settings import Settings
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Told:
    """How many get the report, and how many do not because of where their mail goes."""

    reached: int
    foreign: int


def tell(tx: Transaction, settings: Settings, report: MadeReport, now: datetime, again: bool = False) -> Told:
    """All who are to get it now. `again`: those too who were told before."""
    assert report.id is not None
    found = receivers(tx, settings, report, now)
    told = [Recipient(report.id, each.person.id or 0, each.deputy_for, now, each.state) for each in found]
    ScheduledReportStore(tx).tell(told)
    ids = [each.person_id for each in told if each.state is RecipientState.TOLD]
    notify(
        tx,
        ids,
        REPORT_READY,
        report.object,
        now,
        once=f"{report.object}:{now.isoformat()}" if again else report.object,
        what=report.kind.value,
        starts_at=report.starts_at,
        ends_at=report.ends_at,
        calls=int(report.content["figures"].get("incoming", [0])[0] or 0),
        open=sum(map(len, report.content.get("open", {}).values())),
    )
    return Told(len(ids), len(told) - len(ids))
