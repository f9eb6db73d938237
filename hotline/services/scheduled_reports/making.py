"""Reports are made when they are due, each once (B4, F1, F2, F10): whoever moves the schedule makes what is due, in the
same transaction. What was due while nothing ran is made afterwards, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from hotline.domain.errors import Refused
from hotline.domain.reasons import because
from hotline.domain.scheduled_reports.report import NOBODY, MadeReport
from hotline.domain.scheduled_reports.schedule import OF_PERSONS, SHAPES, Covers, Due, ReportKind, due_after
from hotline.services.alerts import set_alert
from hotline.services.reports.facts import follow
from hotline.services.scheduled_reports.alert_kinds import REPORT_NOBODY
from hotline.services.scheduled_reports.contents import with_content
from hotline.services.scheduled_reports.schedules import chosen, schedule_of
from hotline.services.scheduled_reports.telling import Told, tell
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: So many of one kind are made in one run; the next goes on.
_AT_ONCE = 10

#: Who makes what nobody asked for.
BY_ITSELF = "jobs"


def make_due(storage: Storage, settings: Settings, now: datetime) -> int:
    """All that is due; how many were made."""
    return sum(_make_due(storage, settings, kind, now) for kind in ReportKind)


def _make_due(storage: Storage, settings: Settings, kind: ReportKind, now: datetime) -> int:
    with storage.reading() as tx:
        last = ScheduledReportStore(tx).last_due(kind)
    if not chosen(settings, kind).enabled:
        return _stop(storage, kind) if last is not None else 0
    if last is None:
        _begin(storage, kind, now)
        return 0
    made = 0
    for due in islice(due_after(schedule_of(settings, kind), last, now), _AT_ONCE):
        if not _make(storage, settings, kind, last, due, now):
            break
        made, last = made + 1, due.due_at
    return made


def _begin(storage: Storage, kind: ReportKind, now: datetime) -> None:
    """The first covers what comes from now on; a ledger that was stopped goes on where it ended, without a gap."""
    with storage.writing() as tx:
        before = ScheduledReportStore(tx).last_of(kind) if SHAPES[kind][1] is Covers.SINCE_LAST else None
        ScheduledReportStore(tx).begin(kind, min(before.ends_at, now) if before is not None else now)


def _stop(storage: Storage, kind: ReportKind) -> int:
    with storage.writing() as tx:
        ScheduledReportStore(tx).forget(kind)
    return 0


def _make(storage: Storage, settings: Settings, kind: ReportKind, last: datetime, due: Due, now: datetime) -> bool:
    """False when somebody else was quicker. The figures are taken before anything is locked."""
    follow(storage, settings, now)
    with storage.reading() as tx:
        reports = [_filled(tx, settings, each) for each in _wanted(tx, kind, due, now)]
    with storage.writing() as tx:
        if not ScheduledReportStore(tx).move(kind, last, due.due_at):
            return False
        told = _added(tx, settings, reports, now)
        keep_reached(tx, kind, told, now)
        AuditLog(tx).add(now, BY_ITSELF, "report.make", f"report_kind:{kind.value}", f"{len(reports)}")
    return True


def make_by_hand(
    storage: Storage,
    settings: Settings,
    kind: ReportKind,
    starts_at: datetime,
    ends_at: datetime,
    by: str,
    now: datetime,
) -> list[MadeReport]:
    """Of this time, whatever is due; those that are made already stay as they are, and are told to nobody again. Those
    that were made. Raises Refused for a time that ends before it begins, or later than now."""
    if not starts_at < ends_at <= now:
        raise Refused("scheduled_reports.span", field="since")
    follow(storage, settings, now)
    with storage.reading() as tx:
        due = Due(now, starts_at, ends_at)
        reports = [replace(_filled(tx, settings, each), made_by=by) for each in _wanted(tx, kind, due, now)]
    with storage.writing() as tx:
        made = [added for each in reports if (added := ScheduledReportStore(tx).add(each)) is not None]
        for each in made:
            tell(tx, settings, each, now)
            AuditLog(tx).add(now, by, "report.make", each.object, kind.value)
        return made


def _wanted(tx: Transaction, kind: ReportKind, due: Due, now: datetime) -> Iterator[MadeReport]:
    """One, or one for each person who had an extension in that time."""
    for person_id in _persons(tx, due) if kind in OF_PERSONS else [NOBODY]:
        yield MadeReport(kind, person_id, due.starts_at, due.ends_at, now, {})


def _persons(tx: Transaction, due: Due) -> Sequence[int]:
    known = {each.id for each in StaffStore(tx).all(active_only=False)}
    had = {
        each.person_id
        for each in TenureStore(tx).search()
        if (each.since is None or each.since < due.ends_at) and (each.until is None or each.until > due.starts_at)
    }
    return sorted(each for each in had if each in known)


def _filled(tx: Transaction, settings: Settings, report: MadeReport) -> MadeReport:
    content, digest = with_content(tx, settings, report)
    return replace(report, content=content, sha256=digest)


def _added(tx: Transaction, settings: Settings, reports: Iterable[MadeReport], now: datetime) -> list[Told]:
    added = (ScheduledReportStore(tx).add(each) for each in reports)
    return [tell(tx, settings, each, now) for each in added if each is not None]


def keep_reached(tx: Transaction, kind: ReportKind, told: Sequence[Told], now: datetime) -> None:
    """The alert while a report goes to nobody, or somebody's mail domain is not allowed."""
    nobody, foreign = sum(not each.reached for each in told), sum(each.foreign for each in told)
    reason = None
    if nobody:
        reason = because("scheduled_reports.nobody", count=nobody)
    elif foreign:
        reason = because("scheduled_reports.foreign", count=foreign)
    set_alert(tx, REPORT_NOBODY, kind.value, reason, now)
