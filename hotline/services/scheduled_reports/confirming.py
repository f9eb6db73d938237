"""F12: each person checks the details of their calls of a month, and confirms them or objects; a supervisor answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.rights.given import ESCALATED_TO
from hotline.domain.scheduled_reports.report import AnsweredDetails, DetailsAnswer, MadeReport
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.domain.text import several_lines
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.notifications.audiences import persons_of
from hotline.services.notifications.notify import notify
from hotline.services.scheduled_reports.notification_kinds import DETAILS_DECIDED, DETAILS_OBJECTED
from hotline.services.scheduled_reports.seeing import is_masked
from hotline.services.scheduled_reports.tables import ReportTable, tables_of
from hotline.services.staff.people import own_person
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.scheduled_reports.store import ScheduledReportStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

MOST_WORDS = 1000

#: Months that can be looked back upon.
MOST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class OwnDetails:
    """`months`: the reports of one's own, the latest first; `shown`: one of them, with what it lists."""

    months: Sequence[MadeReport]
    answers: dict[int, AnsweredDetails]
    shown: MadeReport | None
    tables: Sequence[ReportTable]


def own_details(
    storage: Storage, settings: Settings, actor: Actor, report_id: int | None, language: str, now: datetime
) -> OwnDetails:
    """Of oneself: of this month's report, else the latest. Raises Forbidden, NotFound for one of somebody else's."""
    require_right(Act.CONFIRM_DETAILS, actor)
    with storage.reading() as tx:
        own = own_person(tx, actor)
        store = ScheduledReportStore(tx)
        months = store.of_person(ReportKind.CALL_DETAILS, own.id or 0, MOST_MONTHS) if own is not None else []
        shown = next((each for each in months if report_id in (None, each.id)), None)
        if shown is None and report_id is not None:
            raise NotFound("scheduled_reports.none")
        answers = store.answers([each.id or 0 for each in months])
        tables = tables_of(tx, settings, shown, language, is_masked(settings, shown, actor)) if shown else []
    opened = (shown.id or 0, own.id or 0) if shown is not None and own is not None else None
    note_look(
        storage,
        actor,
        now,
        "report.view",
        shown.object if shown is not None else "report_kind:call_details",
        also=(lambda tx: ScheduledReportStore(tx).open(*opened, now)) if opened is not None else None,
    )
    return OwnDetails(months, answers, shown, tables)


def answer_details(
    storage: Storage, settings: Settings, report_id: int, objects: bool, words: str, actor: Actor, now: datetime
) -> None:
    """Raises Forbidden for others' details, NotFound, Refused for an objection without words, Conflict for one that was
    decided."""
    require_right(Act.CONFIRM_DETAILS, actor)
    written = several_lines(words)
    if objects and not written:
        raise Refused("scheduled_reports.why_objected", field="words")
    if len(written) > MOST_WORDS:
        raise Refused("scheduled_reports.too_long", field="words", most=MOST_WORDS)
    with storage.writing() as tx:
        report = _details(tx, report_id)
        own = own_person(tx, actor)
        if own is None or own.id != report.person_id:
            raise Forbidden("scheduled_reports.not_yours")
        before = ScheduledReportStore(tx).answers([report_id]).get(report_id)
        if before is not None and before.decided_at is not None:
            raise Conflict("scheduled_reports.decided_already")
        answer = DetailsAnswer.OBJECTED if objects else DetailsAnswer.CONFIRMED
        ScheduledReportStore(tx).answer(AnsweredDetails(report_id, answer, written if objects else "", now))
        AuditLog(tx).add(now, actor.name, f"details.{answer.value}", report.object)
        if objects:
            to = [each for each in persons_of(tx, settings, ESCALATED_TO, now) if each != own.id]
            notify(tx, to, DETAILS_OBJECTED, report.object, now, who=own.name, month=report.starts_at)


def decide_details(storage: Storage, report_id: int, decision: str, actor: Actor, now: datetime) -> None:
    """What is said to an objection. Raises Forbidden for one's own, NotFound, Refused, Conflict when somebody was
    faster or nobody objects."""
    require_right(Act.DECIDE_DETAILS, actor)
    written = several_lines(decision)
    if not written or len(written) > MOST_WORDS:
        raise Refused("scheduled_reports.decision", field="decision", most=MOST_WORDS)
    with storage.writing() as tx:
        report = _details(tx, report_id)
        own = own_person(tx, actor)
        ties = {Tie.UNHANDLED} if own is None or own.id != report.person_id else set()
        if not may(Act.DECIDE_DETAILS, actor.roles, ties):
            raise Forbidden("scheduled_reports.own_objection")
        if not ScheduledReportStore(tx).decide(report_id, written, actor.name, now):
            raise Conflict("scheduled_reports.decided_already")
        AuditLog(tx).add(now, actor.name, "details.decide", report.object)
        notify(tx, [report.person_id], DETAILS_DECIDED, report.object, now, by=actor.display_name)


def unconfirmed(tx: Transaction, actor: Actor) -> int:
    """How many months of their own they have said nothing of."""
    person = StaffStore(tx).person_of_user(actor.user_id) if actor.user_id is not None else None
    return ScheduledReportStore(tx).unanswered_of(person.id) if person is not None and person.id is not None else 0


def _details(tx: Transaction, report_id: int) -> MadeReport:
    found = ScheduledReportStore(tx).by_id(report_id) if is_id(report_id) else None
    if found is None or found.kind is not ReportKind.CALL_DETAILS:
        raise NotFound("scheduled_reports.none")
    return found
