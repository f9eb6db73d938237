"""Verdicts of scheduled reports: whether those of a month reached somebody (B4, F1, F2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.domain.verdicts.judged import at_least, not_applicable
from hotline.domain.verdicts.verdict import Subject, Verdict, WhyJudged
from hotline.services.verdicts.days import Months, month_at
from hotline.services.verdicts.maker import Ground
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.transaction import Transaction

_KINDS = {
    "B4": (ReportKind.DAILY,),
    "F1": (ReportKind.WEEKLY, ReportKind.PERSON_WEEK, ReportKind.MONTHLY),
    "F2": (ReportKind.CALL_DETAILS,),
}


class ReportedMonths(Months):
    """Of the reports that end in the month, all must have been told to somebody: one that goes to nobody is an alert
    besides."""

    name, subject, rules = "reported_months", Subject.MONTH, tuple(_KINDS)

    def of_month(
        self, tx: Transaction, month: str, start: datetime, end: datetime, ground: Ground
    ) -> Iterable[Verdict]:
        store = ScheduledReportStore(tx)
        for rule, kinds in _KINDS.items():
            reached, made = store.reached(kinds, start, end)
            judged = at_least(reached, made, "") if made else not_applicable(WhyJudged.NOTHING_TO_COUNT)
            yield ground.verdict(rule, judged, Subject.MONTH, month, month_at(end))


VERDICTS = (ReportedMonths(),)
