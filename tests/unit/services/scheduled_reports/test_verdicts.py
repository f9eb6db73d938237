"""B4, F1, F2: a month's reports are kept once each was told to somebody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hotline.domain.scheduled_reports.report import MadeReport, Recipient, RecipientState
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.domain.verdicts.verdict import Judgement
from hotline.services.scheduled_reports.verdicts import ReportedMonths
from hotline.services.verdicts.maker import ground
from hotline.settings import Settings
from hotline.settings.load import default_settings
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.transaction import Storage

#: 2026-10-01 00:00 in Shanghai.
OCTOBER = datetime(2026, 9, 30, 16, tzinfo=UTC)
END = datetime(2026, 10, 31, 16, tzinfo=UTC)


def judgements(storage: Storage) -> dict[str, Judgement]:
    with storage.reading() as tx:
        basis = ground(tx, _Figures(), END + timedelta(days=3))
        return {each.rule: each.judgement for each in ReportedMonths().judge(tx, ["2026-10"], basis)["2026-10"]}


class _Figures:
    def at(self, moment: datetime) -> Settings:
        return default_settings()


def made(storage: Storage, kind: ReportKind, ends_at: datetime, *states: RecipientState) -> None:
    with storage.writing() as tx:
        report = ScheduledReportStore(tx).add(
            MadeReport(kind, 0, ends_at - timedelta(days=1), ends_at, ends_at, {}, "")
        )
        assert report is not None
        told = [Recipient(report.id or 0, person, None, ends_at, state) for person, state in enumerate(states, 1)]
        ScheduledReportStore(tx).tell(told)


def test_b4_f1_f2_each_report_of_the_month_was_told_to_somebody(storage: Storage) -> None:
    made(storage, ReportKind.DAILY, OCTOBER + timedelta(days=1), RecipientState.TOLD, RecipientState.FOREIGN)
    made(storage, ReportKind.DAILY, OCTOBER, RecipientState.FOREIGN)  # September's last
    made(storage, ReportKind.MONTHLY, END, RecipientState.TOLD)
    made(storage, ReportKind.MONTHLY, END + timedelta(seconds=1))  # November's
    assert judgements(storage) == {"B4": Judgement.KEPT, "F1": Judgement.KEPT, "F2": Judgement.NOT_APPLICABLE}


def test_b4_f2_a_report_that_reached_nobody_breaks_the_rule(storage: Storage) -> None:
    made(storage, ReportKind.DAILY, OCTOBER + timedelta(days=1), RecipientState.TOLD)
    made(storage, ReportKind.DAILY, OCTOBER + timedelta(days=2))
    made(storage, ReportKind.CALL_DETAILS, END, RecipientState.FOREIGN)
    found = judgements(storage)
    assert (found["B4"], found["F2"]) == (Judgement.BROKEN, Judgement.BROKEN)
