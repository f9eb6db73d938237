"""Reports of the simulation: yesterday's ledger, everybody's call details of the last month, and a work summary."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.months import month_span, previous_month
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.domain.scheduled_reports.summary import SummarySpan, WorkSummary, first_of
from hotline.services.accounts import demo as account_demo
from hotline.services.demo import Demo, Stage
from hotline.services.scheduled_reports.making import make_by_hand
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.scheduled_reports.summaries import SummaryStore
from hotline.storage.staff.store import StaffStore


def _write(stage: Stage, now: datetime) -> None:
    account_demo.DEMO.write(stage, now)
    with stage.storage.reading() as tx:
        if ScheduledReportStore(tx).last_of(ReportKind.DAILY) is not None:
            return
        people = [each.id for each in StaffStore(tx).all() if each.id is not None]
    day = timedelta(days=1)
    spans = {
        ReportKind.DAILY: (now - day, now),
        ReportKind.WEEKLY: (now - 7 * day, now),
        ReportKind.CALL_DETAILS: month_span(previous_month(local_day(now))),
    }
    for kind, (starts_at, ends_at) in spans.items():
        make_by_hand(stage.storage, stage.settings, kind, starts_at, ends_at, stage.by.name, now)
    first = first_of(SummarySpan.DAY, local_day(now))
    words = ("接听来电42通，回访3户，均已登记", "下午线路有杂音，两位客户听不清", "先看知识库再答复")
    with stage.storage.writing() as tx:
        for person_id in people[:1]:
            SummaryStore(tx).keep(WorkSummary(person_id, SummarySpan.DAY, first, *words, now))


DEMO = Demo(_write)
