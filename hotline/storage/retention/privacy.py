"""Requests of persons (G3), and the calls of one."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, insert, select, true, update

from hotline.domain.forms.form import CallForm
from hotline.domain.persons import Whose
from hotline.domain.retention.privacy import CallKey, KeptCall, PrivacyRequest, RequestKind, RequestState
from hotline.domain.workflow import Step
from hotline.storage.bulk import update_rows
from hotline.storage.calls.person import PersonCallStore
from hotline.storage.forms.store import FormStore
from hotline.storage.inserted import new_id
from hotline.storage.recordings.person import PersonRecordingStore
from hotline.storage.retention.store import kept_for
from hotline.storage.retention.tables import privacy_request
from hotline.storage.transaction import TableStore
from hotline.storage.workflow import StepStore

_ASKED = privacy_request.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(PrivacyRequest))


def request_of(row: Row[Any]) -> PrivacyRequest:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return PrivacyRequest(**{**values, "kind": RequestKind(row.kind), "state": RequestState(row.state)})


class PrivacyRequestStore(TableStore):
    def add(self, request: PrivacyRequest) -> PrivacyRequest:
        values = {name: getattr(request, name) for name in _COLUMNS if name != "id"}
        values |= {"kind": request.kind.value, "state": request.state.value}
        return dataclasses.replace(request, id=new_id(self._connection.execute(insert(privacy_request).values(values))))

    def by_id(self, request_id: int) -> PrivacyRequest | None:
        row = self._connection.execute(select(privacy_request).where(_ASKED.id == request_id)).first()
        return request_of(row) if row else None

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
        return [request_of(row) for row in rows]

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

    def step(self, request_id: int, step: Step[RequestState]) -> None:
        """Write down what was done of it; without words: the request holds them."""
        StepStore(self._tx).add("privacy", request_id, step)

    def move(self, due: Mapping[int, datetime]) -> None:
        """By the request's id: it is due then."""
        update_rows(self._connection, privacy_request, list(due), {"due_at": list(due.values())})


class PersonStore(TableStore):
    def calls(self, whose: Whose, limit: int) -> list[KeptCall]:
        """With their log forms and recordings, and with what their term is counted from; newest first."""
        rows = PersonCallStore(self._tx).of(whose, limit)
        kept = kept_for(self._connection, rows, lambda row: row.ended_at)
        forms = self._forms(rows)
        recordings = PersonRecordingStore(self._tx).of([(row.node, row.linkedid) for row in rows])
        return [
            KeptCall(
                row.id,
                row.detail,
                forms.get((row.node, row.linkedid)),
                tuple(recordings.get((row.node, row.linkedid), ())),
                kept[row.node, row.linkedid],
            )
            for row in rows
        ]

    def _forms(self, rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[CallKey, CallForm]:
        nodes: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            nodes[row.node].append(row.linkedid)
        store = FormStore(self._tx)
        return {
            (node, linkedid): form
            for node, linkedids in nodes.items()
            for linkedid, form in store.of_calls(node, linkedids).items()
        }


def _shown(open_only: bool) -> ColumnElement[bool]:
    return _ASKED.state == RequestState.OPEN.value if open_only else true()
