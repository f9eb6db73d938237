"""Requests of persons (G3), and all that is kept of one."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Table,
    and_,
    case,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from hotline.domain.batches import batches
from hotline.domain.callbacks.owed import Callback
from hotline.domain.cases.case import ServiceCase
from hotline.domain.directory.directory import DirectoryMessage
from hotline.domain.errors import Outdated
from hotline.domain.forms.form import CallForm
from hotline.domain.recordings.recording import RecordingEntry
from hotline.domain.retention.privacy import KeptCall, PrivacyRequest, RequestKind, RequestState
from hotline.storage.callbacks.store import callback_of
from hotline.storage.callbacks.tables import callback
from hotline.storage.calls.tables import call
from hotline.storage.cases.store import case_of
from hotline.storage.cases.tables import service_case
from hotline.storage.customers.tables import customer_merge
from hotline.storage.directory.store import message_of
from hotline.storage.directory.tables import directory_message
from hotline.storage.forms.store import FormStore
from hotline.storage.forms.tables import call_form, call_form_change
from hotline.storage.inserted import new_id
from hotline.storage.recordings.store import entry_of
from hotline.storage.recordings.tables import recording
from hotline.storage.retention.store import kept_for
from hotline.storage.retention.tables import privacy_request
from hotline.storage.transaction import TableStore

_ASKED = privacy_request.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(PrivacyRequest))


def _request(row: Row[Any]) -> PrivacyRequest:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return PrivacyRequest(**{**values, "kind": RequestKind(row.kind), "state": RequestState(row.state)})


class PrivacyRequestStore(TableStore):
    def add(self, request: PrivacyRequest) -> PrivacyRequest:
        values = {name: getattr(request, name) for name in _COLUMNS if name != "id"}
        values |= {"kind": request.kind.value, "state": request.state.value}
        return dataclasses.replace(request, id=new_id(self._connection.execute(insert(privacy_request).values(values))))

    def by_id(self, request_id: int) -> PrivacyRequest | None:
        row = self._connection.execute(select(privacy_request).where(_ASKED.id == request_id)).first()
        return _request(row) if row else None

    def search(self, open_only: bool, limit: int, offset: int = 0) -> list[PrivacyRequest]:
        """Open ones by when they are due, then the closed ones, newest first."""
        is_open = _ASKED.state == RequestState.OPEN.value
        due = case((is_open, _ASKED.due_at))
        rows = self._connection.execute(
            select(privacy_request)
            .where(_shown(open_only))
            .order_by(case((is_open, 0), else_=1), due, _ASKED.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return [_request(row) for row in rows]

    def count(self, open_only: bool) -> int:
        return self._connection.scalar(select(func.count()).select_from(privacy_request).where(_shown(open_only))) or 0

    def close(self, request_id: int, state: RequestState, answer: str, by: str, now: datetime) -> bool:
        """False unless it was open."""
        return (
            self._connection.execute(
                update(privacy_request)
                .where(_ASKED.id == request_id, _ASKED.state == RequestState.OPEN.value)
                .values(state=state.value, answer=answer, closed_by=by, closed_at=now)
            ).rowcount
            == 1
        )

    def overdue(self, now: datetime) -> tuple[int, datetime | None]:
        """How many open ones should have been answered before then, and when the earliest."""
        row = self._connection.execute(
            select(func.count().label("requests"), func.min(_ASKED.due_at).label("earliest")).where(
                _ASKED.state == RequestState.OPEN.value, _ASKED.due_at <= now
            )
        ).one()
        return row.requests, row.earliest


class PersonStore(TableStore):
    """All that is kept of a person, known by numbers (E.164) and by what was written down of them as a customer."""

    def calls(self, numbers: Collection[str], customer_ids: Collection[int], limit: int) -> list[KeptCall]:
        """From these numbers, but for those written down as another customer's; and those written down as theirs.
        Newest first."""
        rows = self._connection.execute(
            select(call.c.id, call.c.node, call.c.linkedid, call.c.ended_at, call.c.detail)
            .outerjoin(call_form, and_(call_form.c.node == call.c.node, call_form.c.linkedid == call.c.linkedid))
            .where(
                or_(
                    _theirs(call.c.caller_number, call_form.c.customer_id, numbers, customer_ids),
                    _theirs(call.c.caller_kept_back, call_form.c.customer_id, numbers, ()),
                )
            )
            .order_by(call.c.started_at.desc(), call.c.id.desc())
            .limit(limit)
        ).all()
        kept = kept_for(self._connection, rows, lambda row: row.ended_at)
        forms, recordings = self._forms(rows), self._recordings(rows)
        return [
            KeptCall(
                row.id,
                row.detail,
                forms.get((row.node, row.linkedid)),
                tuple(recordings[row.node, row.linkedid]),
                kept[row.node, row.linkedid],
            )
            for row in rows
        ]

    def cases(self, numbers: Collection[str], customer_ids: Collection[int]) -> list[ServiceCase]:
        """As `calls`."""
        columns = service_case.c
        rows = self._connection.execute(
            select(service_case)
            .where(_theirs(columns.caller_number, columns.customer_id, numbers, customer_ids))
            .order_by(columns.opened_at.desc(), columns.id.desc())
        )
        return [case_of(row) for row in rows]

    def callbacks(self, numbers: Collection[str], customer_ids: Collection[int]) -> list[Callback]:
        """As `calls`, by what was written down of their calls."""
        wanted = _by_record(callback, callback.c.number, numbers, customer_ids)
        return [callback_of(row) for row in self._connection.execute(wanted.order_by(callback.c.queued_at.desc()))]

    def messages(self, numbers: Collection[str], customer_ids: Collection[int]) -> list[DirectoryMessage]:
        """As `callbacks`."""
        left = directory_message.c
        wanted = _by_record(directory_message, left.caller_number, numbers, customer_ids)
        return [message_of(row) for row in self._connection.execute(wanted.order_by(left.left_at.desc(), left.id))]

    def forget_form(self, form: CallForm) -> None:
        """Write the form as it is now, and delete what earlier versions said. Raises Outdated when somebody else has
        just changed it."""
        if not FormStore(self._tx).update(dataclasses.replace(form, version=form.version + 1), form.version):
            raise Outdated("retention.record_changed_meanwhile")
        self._connection.execute(delete(call_form_change).where(call_form_change.c.form_id == form.id))

    def forget_cases(self, case_ids: Sequence[int]) -> None:
        """Delete what they say of the caller."""
        for some in batches(case_ids):
            self._connection.execute(
                update(service_case)
                .where(service_case.c.id.in_(some))
                .values(caller_number="", customer_id=None, title="", content="", result="")
            )

    def forget_callbacks(self, calls: Sequence[tuple[str, str]]) -> int:
        """Delete the numbers and notes of closed ones of these calls; how many there were."""
        return sum(
            self._connection.execute(
                update(callback)
                .where(callback.c.node == node, callback.c.linkedid == linkedid, callback.c.closed_at.is_not(None))
                .values(number="", note="", closing_note="")
            ).rowcount
            for node, linkedid in calls
        )

    def forget_messages(self, message_ids: Sequence[int]) -> None:
        """Delete who left them, and what they say."""
        for some in batches(message_ids):
            self._connection.execute(
                update(directory_message)
                .where(directory_message.c.id.in_(some))
                .values(caller_name="", caller_number="", text="", passed_on_note="")
            )

    def forget_merges(self, customer_ids: Collection[int], now: datetime) -> None:
        """What stood in customers before they became one is deleted; they can be split no more."""
        ids, columns = sorted(customer_ids), customer_merge.c
        theirs = or_(columns.kept_id.in_(ids), columns.merged_id.in_(ids))
        self._connection.execute(
            update(customer_merge).where(theirs, columns.undone_at.is_(None)).values(undone_at=now)
        )
        self._connection.execute(update(customer_merge).where(theirs).values(kept_before={}))

    def _forms(self, rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[tuple[str, str], CallForm]:
        nodes: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            nodes[row.node].append(row.linkedid)
        store = FormStore(self._tx)
        return {
            (node, linkedid): form
            for node, linkedids in nodes.items()
            for linkedid, form in store.of_calls(node, linkedids).items()
        }

    def _recordings(self, rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[tuple[str, str], list[RecordingEntry]]:
        found: dict[tuple[str, str], list[RecordingEntry]] = defaultdict(list)
        ids = [row.id for row in rows]
        for some in batches(ids):
            same_call = and_(call.c.node == recording.c.node, call.c.linkedid == recording.c.linkedid)
            wanted = select(recording).join(call, same_call).where(call.c.id.in_(some))
            for row in self._connection.execute(wanted.order_by(recording.c.started_at, recording.c.id)):
                found[row.node, row.linkedid].append(entry_of(row))
        return found


def _shown(open_only: bool) -> ColumnElement[bool]:
    return _ASKED.state == RequestState.OPEN.value if open_only else true()


def _by_record(table: Table, number: ColumnElement[Any], numbers: Collection[str], ids: Collection[int]) -> Select[Any]:
    """Rows of a table that know their call: whose they are the call's log form says, if it says anything."""
    same = and_(call_form.c.node == table.c.node, call_form.c.linkedid == table.c.linkedid)
    return select(table).outerjoin(call_form, same).where(_theirs(number, call_form.c.customer_id, numbers, ids))


def _theirs(
    number: ColumnElement[Any], customer_id: ColumnElement[Any], numbers: Collection[str], ids: Collection[int]
) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [false()]
    if numbers:
        parts.append(and_(number.in_(sorted(numbers)), customer_id.is_(None)))
    if ids:
        parts.append(customer_id.in_(sorted(ids)))
    return or_(*parts)
