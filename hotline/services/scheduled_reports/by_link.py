"""Reports for recipients who have no account: by a link of their own, bound to one browser, for a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.errors import Forbidden
from hotline.domain.links.link import Holder, HolderKind, Link
from hotline.domain.notifications.notification import Notification
from hotline.domain.scheduled_reports.report import MadeReport
from hotline.services.links import links
from hotline.services.scheduled_reports.report_of import report_of
from hotline.services.scheduled_reports.schedules import chosen
from hotline.services.scheduled_reports.seeing import ON_PAGE
from hotline.services.scheduled_reports.tables import ReportTable, book_of, tables_of
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: As the links have it.
PURPOSE = "report"

_BY = "notifications"


def link_of_notification(tx: Transaction, settings: Settings, told: Notification, now: datetime) -> str:
    """For a person without an account; "" for all others."""
    person, report = StaffStore(tx).person(told.person_id), report_of(tx, told.object)
    if person is None or person.user_id is not None or report is None:
        return ""
    holder = Holder(HolderKind.PERSON, person.id, person.name)
    links.revoke_to(tx, report.object, _BY, now, PURPOSE, holder)
    until = now + timedelta(hours=settings.reports.link_hours)
    made = links.make_link(
        tx, settings, PURPOSE, report.object, holder, by=_BY, expires_at=until, now=now, one_use=False
    )
    return made.url


def report_by_link(
    storage: Storage, settings: Settings, link: Link, language: str, now: datetime
) -> tuple[MadeReport, list[ReportTable]]:
    """For the page behind a link that lets its browser in. Raises Forbidden."""
    with storage.reading() as tx:
        report = _report(tx, link)
        tables = tables_of(tx, settings, report, language, chosen(settings, report.kind).masked, ON_PAGE)
    _note(storage, report, link, "report.view", now)
    return report, tables


def book_by_link(
    storage: Storage, settings: Settings, token: str, browser: str, language: str, now: datetime
) -> tuple[MadeReport, bytes]:
    """Raises Forbidden for a link that does not let this browser in."""
    with storage.reading() as tx:
        link = links.require_open(tx, PURPOSE, token, browser, now)
        report = _report(tx, link)
        tables = tables_of(tx, settings, report, language, chosen(settings, report.kind).masked)
    _note(storage, report, link, "report.download", now)
    return report, book_of(tables, report.made_at)


def _report(tx: Transaction, link: Link) -> MadeReport:
    """Only while they are a recipient. Raises Forbidden."""
    report = report_of(tx, link.object)
    told = ScheduledReportStore(tx).recipients([link.object_id])[link.object_id]
    if report is None or link.holder.id not in {each.person_id for each in told}:
        raise Forbidden("links.over")
    return report


def _note(storage: Storage, report: MadeReport, link: Link, action: str, now: datetime) -> None:
    with storage.writing() as tx:
        if link.holder.id is not None:
            ScheduledReportStore(tx).open(report.id or 0, link.holder.id, now)
        AuditLog(tx).add(now, links.who(link), action, report.object, report.kind.value)
