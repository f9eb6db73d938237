"""A report as tables: the same on the page, in the workbook, and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.calls.call import Direction
from hotline.domain.rights.seeing import without_numbers
from hotline.domain.rules.rule import Text
from hotline.domain.scheduled_reports import words
from hotline.domain.scheduled_reports.report import MadeReport
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.domain.scheduled_reports.summary import SummarySpan
from hotline.domain.scheduled_reports.words import said
from hotline.domain.time import SHANGHAI, minute_text, second_text
from hotline.services import xlsx_table
from hotline.services.scheduled_reports.contents import LISTS_CALLS, ledger_of
from hotline.services.scheduled_reports.open_matters_listed import open_rows
from hotline.services.scheduled_reports.report_figures import figure_rows
from hotline.services.shown import number_shown
from hotline.services.staff.names import holders
from hotline.services.xlsx_table import Cell
from hotline.settings import Settings
from hotline.storage.scheduled_reports.ledger import LedgerRow, ReportedStore
from hotline.storage.scheduled_reports.summaries import SummaryStore
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ReportTable:
    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def tables_of(
    tx: Transaction, settings: Settings, report: MadeReport, language: str, masked: bool, most: int | None = None
) -> list[ReportTable]:
    """In this language; with `most` no more rows of a table than that: a page shows some, the workbook all."""
    found = [_table(words.FIGURES, words.FIGURE_HEADER, figure_rows(report, language), language)]
    if "open" in report.content:
        rows = open_rows(tx, settings, report, language, masked)
        found.append(_table(words.OPEN, words.OPEN_HEADER, rows, language, most))
    if report.kind is ReportKind.PERSON_WEEK:
        found.append(_table(words.OWN_WORDS, words.OWN_HEADER, _own_words(tx, report, language), language))
    if report.kind is ReportKind.PROBLEMS:
        found.append(_table(words.PROBLEMS, words.PROBLEM_HEADER, _problems(tx, settings, report), language, most))
    if report.kind in LISTS_CALLS:
        whole = report.kind is ReportKind.DAILY
        header = words.CALL_HEADER if whole else words.DETAIL_HEADER
        line = _Line(tx, settings, language, masked)
        rows = map(line.whole if whole else line.detail, ledger_of(tx, report))
        found.append(_table(words.CALLS, header, rows, language, most))
    return found


def book_of(tables: Sequence[ReportTable], made_at: datetime) -> bytes:
    """As a workbook; the same tables are always the same bytes."""
    return xlsx_table.write(*((each.name, each.header, each.rows) for each in tables), made_at=made_at)


def file_name(report: MadeReport) -> str:
    """report-daily-20261123.xlsx; of a person with their id."""
    whose = f"-{report.person_id}" if report.person_id else ""
    return f"report-{report.kind.value}{whose}-{report.ends_at.astimezone(SHANGHAI):%Y%m%d}.xlsx"


class _Line:
    """How a call stands in a report."""

    def __init__(self, tx: Transaction, settings: Settings, language: str, masked: bool) -> None:
        self._holders, self._language = holders(tx, settings), language
        self._categories = {code: each.name for code, each in settings.categories.items()}
        self._whole = not masked
        self._text: Callable[[str], str] = without_numbers if masked else str

    def whole(self, row: LedgerRow) -> Sequence[Cell]:
        took = self._holders.name(row.answered_by, row.started_at) or self._text(row.answered_by)
        solved = {True: words.YES, False: words.NO, None: None}[row.solved]
        return (
            *self._begin(row),
            took,
            round(row.talk_seconds),
            self._categories.get(row.category, row.category),
            *map(self._text, (row.caller_name, row.content, row.handling, row.promise)),
            said(solved, self._language) if solved else "",
        )

    def detail(self, row: LedgerRow) -> Sequence[Cell]:
        return (*self._begin(row), round(row.wait_seconds), round(row.talk_seconds))

    def _begin(self, row: LedgerRow) -> Sequence[Cell]:
        dialled = row.direction == Direction.DIALLED
        outcome = words.REACHED if dialled and row.talk_seconds else words.OUTCOMES[row.counts_as]
        return (
            second_text(row.started_at),
            said(words.DIALLED if dialled else words.INCOMING, self._language),
            number_shown(row.number, self._whole) if row.number else "",
            said(outcome, self._language),
        )


def _problems(tx: Transaction, settings: Settings, report: MadeReport) -> Iterator[Sequence[Cell]]:
    """The most frequent first."""
    found = ReportedStore(tx).problems(report.starts_at, report.ends_at, settings.reports.product_field)
    pairs = {(product, category) for product, category, _complaint in found}
    counts = {pair: (found[*pair, True] + found[*pair, False], found[*pair, True]) for pair in pairs}
    for (product, category), (records, complaints) in sorted(counts.items(), key=lambda each: (-each[1][0], each[0])):
        known = settings.categories.get(category)
        yield product or "–", known.name if known else category, records, complaints


def _own_words(tx: Transaction, report: MadeReport, language: str) -> Iterator[Sequence[Cell]]:
    """What they wrote of the week themselves (F1)."""
    first = report.starts_at.astimezone(SHANGHAI).date()
    found = SummaryStore(tx).of(report.person_id, SummarySpan.WEEK, first)
    for part, text in words.OWN_PARTS.items():
        yield said(text, language), getattr(found, part) if found is not None else "–"
    if found is not None:
        yield minute_text(found.written_at), found.reply


def _table(
    name: Text,
    header: Sequence[Text],
    rows: Iterator[Sequence[Cell]] | Sequence[Sequence[Cell]],
    language: str,
    most: int | None = None,
) -> ReportTable:
    kept = [row for number, row in enumerate(rows) if most is None or number < most]
    return ReportTable(said(name, language), [said(each, language) for each in header], kept)
