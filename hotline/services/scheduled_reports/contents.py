"""What a report holds: figures, and by their ids what was open when it was made. Nothing of a person outside: what is
shown of calls and records is read when somebody looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from hotline.domain.scheduled_reports.report import NOBODY, MadeReport, digest_of
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.domain.staff.records import Tenure
from hotline.services.scheduled_reports.report_figures import figures_in
from hotline.settings import Settings
from hotline.storage.scheduled_reports.ledger import LedgerRow, ReportedStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction

#: What is still open, as the content names it.
OPEN = ("records", "answers", "promises", "callbacks", "cases")

#: Those that list each call.
LISTS_CALLS = frozenset({ReportKind.DAILY, ReportKind.CALL_DETAILS})

#: Those that tell what is still open.
LISTS_OPEN = frozenset({ReportKind.DAILY, ReportKind.WEEKLY, ReportKind.MONTHLY})


def with_content(tx: Transaction, settings: Settings, report: MadeReport) -> tuple[Mapping[str, Any], str]:
    """What this report holds as things stand now, and its hash."""
    content: dict[str, Any] = {"figures": figures_in(tx, settings, report)}
    if report.kind in LISTS_OPEN:
        content["open"] = _open(tx, report.ends_at)
    return content, digest_of(content, hashed_rows(tx, settings, report))


def hashed_rows(tx: Transaction, settings: Settings, report: MadeReport) -> Sequence[Sequence[object]]:
    """The rows that the report lists: the same as long as nothing that counts has changed."""
    if report.kind in LISTS_CALLS:
        return [row.hashed for row in ledger_of(tx, report)]
    if report.kind is ReportKind.PROBLEMS:
        found = ReportedStore(tx).problems(report.starts_at, report.ends_at, settings.reports.product_field)
        return sorted((category, complaint, count) for (_product, category, complaint), count in found.items())
    return ()


def ledger_of(tx: Transaction, report: MadeReport) -> Iterator[LedgerRow]:
    """The calls of a report, of its person alone where it is somebody's."""
    theirs = tenures_of(tx, report.person_id) if report.person_id != NOBODY else None
    return ReportedStore(tx).ledger(report.starts_at, report.ends_at, theirs)


def tenures_of(tx: Transaction, person_id: int) -> Sequence[Tenure]:
    """Which extensions were theirs when."""
    return StaffStore(tx).tenures(person_id)


def _open(tx: Transaction, until: datetime) -> dict[str, list[int]]:
    store = ReportedStore(tx)
    return {
        "records": store.open_records(until),
        "answers": store.owed_answers(until),
        "promises": store.open_promises(until),
        "callbacks": store.open_callbacks(until),
        "cases": store.open_cases(until),
    }
