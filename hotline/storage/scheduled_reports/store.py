"""Scheduled reports as they are kept (`ScheduledReportStore`)."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, delete, func, select, update

from hotline.domain.batches import batches
from hotline.domain.scheduled_reports.report import (
    AnsweredDetails,
    DetailsAnswer,
    MadeReport,
    Recipient,
    RecipientState,
)
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.storage.scheduled_reports.tables import details_answer, made_report, report_recipient, report_schedule
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into, rewriting

_M, _R, _A, _S = made_report.c, report_recipient.c, details_answer.c, report_schedule.c
_MADE = tuple(each.name for each in dataclasses.fields(MadeReport) if each.name != "id")
_RECIPIENT = tuple(each.name for each in dataclasses.fields(Recipient))
_ANSWER = tuple(each.name for each in dataclasses.fields(AnsweredDetails))


class ScheduledReportStore(TableStore):
    # When the next one is due.

    def last_due(self, kind: ReportKind) -> datetime | None:
        """When the last one of this kind was due; None where none ever was."""
        return self._connection.scalar(select(_S.last_due_at).where(_S.kind == kind.value))

    def begin(self, kind: ReportKind, at: datetime) -> None:
        """From now on reports of this kind are made; one that is begun already stays as it is."""
        new = insert_into(self._connection, report_schedule).values(kind=kind.value, last_due_at=at)
        self._connection.execute(new.on_conflict_do_nothing(index_elements=["kind"]))

    def move(self, kind: ReportKind, before: datetime, to: datetime) -> bool:
        """Once: False when somebody else has moved it since."""
        same = update(report_schedule).where(_S.kind == kind.value, _S.last_due_at == before)
        return self._connection.execute(same.values(last_due_at=to)).rowcount == 1

    def forget(self, kind: ReportKind) -> bool:
        """They are made no more; False when they were not."""
        return self._connection.execute(delete(report_schedule).where(_S.kind == kind.value)).rowcount == 1

    # What was made.

    def add(self, new: MadeReport) -> MadeReport | None:
        """With its id; None when this one is made already."""
        values = {name: getattr(new, name) for name in _MADE} | {"kind": new.kind.value, "content": dict(new.content)}
        adding = insert_into(self._connection, made_report).values(values)
        once = adding.on_conflict_do_nothing(index_elements=["kind", "person_id", "starts_at", "ends_at"])
        made = self._connection.scalar(once.returning(_M.id))
        return dataclasses.replace(new, id=made) if made is not None else None

    def by_id(self, report_id: int) -> MadeReport | None:
        return next(iter(self._made(select(made_report).where(_M.id == report_id))), None)

    def reached(self, kinds: Collection[ReportKind], since: datetime, until: datetime) -> tuple[int, int]:
        """Of those that end in (`since`, `until`], how many were told to somebody, and how many there are."""
        told = select(_R.report_id).where(_R.report_id == _M.id, _R.state == RecipientState.TOLD.value).exists()
        wanted = select(func.count(case((told, 1))), func.count()).where(
            _M.kind.in_([each.value for each in kinds]), _M.ends_at > since, _M.ends_at <= until
        )
        reached, made = self._connection.execute(wanted.select_from(made_report)).one()
        return reached, made

    def details_of(self, since: datetime, until: datetime) -> list[MadeReport]:
        """Call details that end in [`since`, `until`), by id: they are given out in that time."""
        wanted = select(made_report).where(_M.kind == ReportKind.CALL_DETAILS.value)
        return self._made(wanted.where(_M.ends_at >= since, _M.ends_at < until).order_by(_M.id))

    def last_of(self, kind: ReportKind) -> MadeReport | None:
        """The one that ends last."""
        wanted = select(made_report).where(_M.kind == kind.value).order_by(_M.ends_at.desc(), _M.id.desc())
        return next(iter(self._made(wanted.limit(1))), None)

    def listed(
        self,
        kinds: Collection[ReportKind],
        persons: Collection[int] | None,
        recipient: int | None,
        limit: int,
        offset: int = 0,
    ) -> list[MadeReport]:
        """The latest first: of these kinds; of these persons, or sent to that one (None: whosever they are)."""
        wanted = select(made_report).where(_M.kind.in_([each.value for each in kinds]))
        if persons is not None:
            sent = select(_R.report_id).where(_R.person_id == (recipient or -1))
            wanted = wanted.where(_M.person_id.in_(sorted(persons)) | _M.id.in_(sent))
        wanted = wanted.order_by(_M.ends_at.desc(), _M.id.desc()).limit(limit).offset(offset)
        return self._made(wanted)

    def of_person(self, kind: ReportKind, person_id: int, limit: int) -> list[MadeReport]:
        """The latest first."""
        return self.listed([kind], [person_id], None, limit)

    # To whom it went.

    def tell(self, recipients: Sequence[Recipient]) -> None:
        """Those who are no recipients yet, and the moment anew for those who are; when they first saw it stays."""
        if recipients:
            values = [_plain(each, _RECIPIENT) for each in recipients]
            adding = insert_into(self._connection, report_recipient)
            again = adding.on_conflict_do_update(
                index_elements=["report_id", "person_id"],
                set_={"told_at": adding.excluded.told_at, "state": adding.excluded.state},
            )
            self._connection.execute(again, values)

    def recipients(self, report_ids: Collection[int]) -> dict[int, list[Recipient]]:
        """By the report's id."""
        found: dict[int, list[Recipient]] = {each: [] for each in report_ids}
        for some in batches(sorted(report_ids)):
            rows = self._connection.execute(
                select(report_recipient).where(_R.report_id.in_(some)).order_by(_R.report_id, _R.person_id)
            )
            for row in rows:
                found[row.report_id].append(_recipient(row))
        return found

    def open(self, report_id: int, person_id: int, at: datetime) -> bool:
        """They have seen it; False when they had before, or it never went to them."""
        first = update(report_recipient).where(
            _R.report_id == report_id, _R.person_id == person_id, _R.opened_at.is_(None)
        )
        return self._connection.execute(first.values(opened_at=at)).rowcount == 1

    # F12.

    def answers(self, report_ids: Collection[int]) -> dict[int, AnsweredDetails]:
        found: dict[int, AnsweredDetails] = {}
        for some in batches(sorted(report_ids)):
            rows = self._connection.execute(select(details_answer).where(_A.report_id.in_(some)))
            found.update((row.report_id, _answered(row)) for row in rows)
        return found

    def answer(self, given: AnsweredDetails) -> None:
        """In place of what they said before."""
        values = _plain(given, _ANSWER) | {"answer": given.answer.value}
        self._connection.execute(rewriting(self._connection, details_answer, "report_id"), [values])

    def decide(self, report_id: int, decision: str, by: str, at: datetime) -> bool:
        """Of an objection that nobody has decided; False otherwise."""
        open_ = update(details_answer).where(
            _A.report_id == report_id, _A.answer == DetailsAnswer.OBJECTED.value, _A.decided_at.is_(None)
        )
        values = {"decision": decision, "decided_by": by, "decided_at": at}
        return self._connection.execute(open_.values(values)).rowcount == 1

    def unanswered_of(self, person_id: int) -> int:
        """How many details of their calls they have said nothing of."""
        wanted = select(_M.id).where(_M.kind == ReportKind.CALL_DETAILS.value, _M.person_id == person_id)
        rows = self._connection.execute(wanted.where(_M.id.not_in(select(_A.report_id))))
        return len(rows.all())

    def _made(self, wanted: Select[Any]) -> list[MadeReport]:
        return [_report(row) for row in self._connection.execute(wanted)]


def _report(row: Row[Any]) -> MadeReport:
    values = {name: getattr(row, name) for name in _MADE}
    return MadeReport(**{**values, "kind": ReportKind(row.kind)}, id=row.id)


def _recipient(row: Row[Any]) -> Recipient:
    values = {name: getattr(row, name) for name in _RECIPIENT}
    return Recipient(**{**values, "state": RecipientState(row.state)})


def _answered(row: Row[Any]) -> AnsweredDetails:
    values = {name: getattr(row, name) for name in _ANSWER}
    return AnsweredDetails(**{**values, "answer": DetailsAnswer(row.answer)})


def _plain(one: Recipient | AnsweredDetails, names: Sequence[str]) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in names}
    return values | ({"state": one.state.value} if isinstance(one, Recipient) else {})
