"""The workbook that goes along with the mail of a report, unless the settings or the address forbid it."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.notifications.notification import MailFile, Notification
from hotline.domain.scheduled_reports.recipients import goes_to
from hotline.services.notifications.mailed import MailedFiles
from hotline.services.scheduled_reports.notification_kinds import REPORT_READY
from hotline.services.scheduled_reports.report_of import report_of
from hotline.services.scheduled_reports.schedules import chosen
from hotline.services.scheduled_reports.tables import book_of, file_name, tables_of
from hotline.settings import Settings
from hotline.storage.transaction import Storage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _workbook(
    storage: Storage, settings: Settings, told: Notification, address: str, language: str
) -> Sequence[MailFile]:
    """The address is looked at again: it may have changed since they were told."""
    reports = settings.reports
    if not reports.attach or not goes_to(address, reports.mail_domains, settings.mail.sender):
        return ()
    with storage.reading() as tx:
        report = report_of(tx, told.object)
        if report is None:
            return ()
        tables = tables_of(tx, settings, report, language, chosen(settings, report.kind).masked)
    return [MailFile(file_name(report), XLSX, book_of(tables, report.made_at))]


FILES = MailedFiles({REPORT_READY.name: _workbook})
