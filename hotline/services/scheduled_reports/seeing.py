"""Reports that were made: listed, seen, taken along, sent again. Who looked is noted (F8)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.errors import Forbidden, NotFound
from hotline.domain.ids import is_id
from hotline.domain.notifications.notification import DeliveryState
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.scheduled_reports.report import AnsweredDetails, MadeReport, Recipient, digest_of
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.scheduled_reports.contents import hashed_rows
from hotline.services.scheduled_reports.making import keep_reached
from hotline.services.scheduled_reports.schedules import chosen
from hotline.services.scheduled_reports.tables import ReportTable, book_of, tables_of
from hotline.services.scheduled_reports.telling import tell
from hotline.services.scheduled_reports.whose import led_people
from hotline.services.staff.people import own_person
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.scheduled_reports.deliveries import ReportDeliveryStore
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: A page shows so many rows of a table; the workbook has all.
ON_PAGE = 50


@dataclass(frozen=True, slots=True)
class ListedReport:
    """`whose`: "" for one of all; `opened`: how many of its recipients have seen it."""

    report: MadeReport
    whose: str
    recipients: int
    opened: int
    answer: AnsweredDetails | None


@dataclass(frozen=True, slots=True)
class ShownRecipient:
    """`instead_of`: for whom they stand in. `mail`: how the last mail stands; None: none was sent."""

    recipient: Recipient
    name: str
    instead_of: str
    mail: DeliveryState | None


@dataclass(frozen=True, slots=True)
class SeenReport:
    """`changed`: what it lists is no longer as it was when it was made. `may_send`: they may send it again;
    `may_decide`: and answer its person's objection."""

    report: MadeReport
    whose: str
    tables: Sequence[ReportTable]
    recipients: Sequence[ShownRecipient]
    answer: AnsweredDetails | None
    changed: bool
    may_send: bool
    may_decide: bool


def list_reports(
    storage: Storage, actor: Actor, kinds: Collection[ReportKind], limit: int, offset: int
) -> list[ListedReport]:
    """The latest first: all, those of people whom they lead, and those that are theirs or went to them. Raises
    Forbidden."""
    require_right(Act.SEE_MADE_REPORTS, actor)
    with storage.reading() as tx:
        own = own_person(tx, actor)
        persons = _persons(tx, actor)
        own_id = own.id if own is not None else None
        found = ScheduledReportStore(tx).listed(kinds, persons, own_id, limit, offset)
        ids = [each.id or 0 for each in found]
        told, answers = ScheduledReportStore(tx).recipients(ids), ScheduledReportStore(tx).answers(ids)
        names = _names(tx)
    return [_listed(each, told[each.id or 0], names, answers.get(each.id or 0)) for each in found]


def see_report(
    storage: Storage, settings: Settings, report_id: int, actor: Actor, language: str, now: datetime
) -> SeenReport:
    """As a page shows it; its recipients have opened it then. Raises Forbidden, NotFound."""
    with storage.reading() as tx:
        report, own_id = readable(tx, report_id, actor)
        masked = is_masked(settings, report, actor)
        seen = SeenReport(
            report,
            _names(tx).get(report.person_id, ""),
            tables_of(tx, settings, report, language, masked, ON_PAGE),
            _recipients(tx, report),
            ScheduledReportStore(tx).answers([report_id]).get(report_id),
            has_changed(tx, settings, report),
            may(Act.MAKE_REPORTS, actor.roles),
            may(Act.DECIDE_DETAILS, actor.roles, {Tie.UNHANDLED} if own_id != report.person_id else ()),
        )
    _note(storage, report, own_id, actor, "report.view", now)
    return seen


def book_of_report(
    storage: Storage, settings: Settings, report_id: int, actor: Actor, language: str, now: datetime
) -> tuple[MadeReport, bytes]:
    """The workbook with all rows. Raises Forbidden, NotFound."""
    with storage.reading() as tx:
        report, own_id = readable(tx, report_id, actor)
        tables = tables_of(tx, settings, report, language, is_masked(settings, report, actor))
    _note(storage, report, own_id, actor, "report.download", now)
    return report, book_of(tables, report.made_at)


def send_again(storage: Storage, settings: Settings, report_id: int, actor: Actor, now: datetime) -> int:
    """To all who are to get it now; how many. Raises Forbidden, NotFound."""
    require_right(Act.MAKE_REPORTS, actor)
    with storage.writing() as tx:
        report, _own = readable(tx, report_id, actor)
        told = tell(tx, settings, report, now, again=True)
        keep_reached(tx, report.kind, [told], now)
        AuditLog(tx).add(now, actor.name, "report.resend", report.object, f"{told.reached}")
    return told.reached


def readable(tx: Transaction, report_id: int, actor: Actor) -> tuple[MadeReport, int | None]:
    """The report, for who may see it, and which person they are. Raises Forbidden, NotFound."""
    require_right(Act.SEE_MADE_REPORTS, actor)
    report = ScheduledReportStore(tx).by_id(report_id) if is_id(report_id) else None
    if report is None:
        raise NotFound("scheduled_reports.none")
    own = own_person(tx, actor)
    own_id = own.id if own is not None else None
    told = {each.person_id for each in ScheduledReportStore(tx).recipients([report_id])[report_id]}
    ties: set[Tie] = set()
    if own_id is not None and own_id in told | {report.person_id}:
        ties.add(Tie.OWNS)
    if report.person_id in led_people(tx, actor):
        ties.add(Tie.LED)
    if not may(Act.SEE_MADE_REPORTS, actor.roles, ties):
        raise Forbidden("scheduled_reports.not_yours")
    return report, own_id


def is_masked(settings: Settings, report: MadeReport, actor: Actor) -> bool:
    """Whether they see callers' numbers masked: as the report's setting says, and never more than their role does."""
    return chosen(settings, report.kind).masked or not may(Act.SEE_NUMBERS, actor.roles)


def has_changed(tx: Transaction, settings: Settings, report: MadeReport) -> bool:
    """Whether what the report lists is no longer what it was."""
    return digest_of(report.content, hashed_rows(tx, settings, report)) != report.sha256


def _persons(tx: Transaction, actor: Actor) -> Collection[int] | None:
    """Whose reports they may see; None: everybody's."""
    if may(Act.SEE_MADE_REPORTS, actor.roles):
        return None
    own = own_person(tx, actor)
    return led_people(tx, actor) | ({own.id} if own is not None and own.id is not None else set())


def _names(tx: Transaction) -> Mapping[int, str]:
    return {each.id or 0: each.name for each in StaffStore(tx).all(active_only=False)}


def _listed(
    report: MadeReport, told: Sequence[Recipient], names: Mapping[int, str], answer: AnsweredDetails | None
) -> ListedReport:
    opened = sum(each.opened_at is not None for each in told)
    return ListedReport(report, names.get(report.person_id, ""), len(told), opened, answer)


def _recipients(tx: Transaction, report: MadeReport) -> list[ShownRecipient]:
    names, mails = _names(tx), ReportDeliveryStore(tx).of([report.object])
    return [
        ShownRecipient(
            each,
            names.get(each.person_id, ""),
            names.get(each.deputy_for, "") if each.deputy_for is not None else "",
            mails.get((report.object, each.person_id)),
        )
        for each in ScheduledReportStore(tx).recipients([report.id or 0])[report.id or 0]
    ]


def _note(storage: Storage, report: MadeReport, own_id: int | None, actor: Actor, action: str, now: datetime) -> None:
    def opened(tx: Transaction) -> None:
        if own_id is not None:
            ScheduledReportStore(tx).open(report.id or 0, own_id, now)

    note_look(storage, actor, now, action, report.object, report.kind.value, opened)
