"""Complaints and requests that outlast their call."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, or_, select, update

from hotline.domain.cases.case import CaseKind, CaseState, ServiceCase, next_number
from hotline.domain.rights.seeing import NumberAsked
from hotline.storage.cases.tables import service_case
from hotline.storage.number_search import number_found
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import insert_into

_CASE = service_case.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(ServiceCase))


def case_of(row: Row[Any]) -> ServiceCase:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return ServiceCase(**{**values, "kind": CaseKind(row.kind), "state": CaseState(row.state)})


class CaseStore(TableStore):
    def add(self, case: ServiceCase, day: date) -> ServiceCase:
        """With the next number of that day, whoever adds at the same time, and its id."""
        values = {name: getattr(case, name) for name in _COLUMNS if name not in ("id", "number")}
        values |= {"kind": case.kind.value, "state": case.state.value}
        insert = (
            insert_into(self._connection, service_case)
            .on_conflict_do_nothing(index_elements=["number"])
            .returning(_CASE.id)
        )
        while True:  # until nobody else has taken the number meanwhile: each turn somebody has got theirs
            number = next_number(day, self._latest(day))
            case_id = self._connection.scalar(insert, {**values, "number": number})
            if case_id is not None:
                return dataclasses.replace(case, number=number, id=case_id)

    def by_id(self, case_id: int) -> ServiceCase | None:
        row = self._connection.execute(select(service_case).where(_CASE.id == case_id)).first()
        return case_of(row) if row else None

    def owned(self, owner: str, state: CaseState, limit: int) -> list[ServiceCase]:
        """For which this user is responsible, newest first."""
        rows = self._connection.execute(
            select(service_case)
            .where(_CASE.owner == owner, _CASE.state == state.value)
            .order_by(_CASE.id.desc())
            .limit(limit)
        )
        return [case_of(row) for row in rows]

    def search(
        self,
        state: CaseState | None,
        text: str,
        limit: int,
        offset: int = 0,
        asked: NumberAsked | None = None,
        owners: Collection[str] | None = None,
    ) -> list[ServiceCase]:
        """Newest first. `text`: part of number, title, content or caller's number; of this last, who sees numbers
        masked finds what is `asked`. `owners`: user names; None: anybody."""
        wanted = select(service_case).order_by(_CASE.opened_at.desc(), _CASE.id.desc()).limit(limit).offset(offset)
        if state is not None:
            wanted = wanted.where(_CASE.state == state.value)
        if text:
            columns = (_CASE.number, _CASE.title, _CASE.content)
            stands = [column.icontains(text, autoescape=True) for column in columns]
            by_number = number_found(asked, _CASE.caller_number, text)
            wanted = wanted.where(or_(*stands, by_number))
        if owners is not None:
            wanted = wanted.where(_CASE.owner.in_(sorted(owners)))
        return [case_of(row) for row in self._connection.execute(wanted)]

    def open_of(self, number: str, customer_ids: Sequence[int]) -> list[ServiceCase]:
        """Open ones of this caller's number or of these customers, newest first."""
        whose = [_CASE.caller_number == number] if number else []
        if customer_ids:
            whose.append(_CASE.customer_id.in_(list(customer_ids)))
        if not whose:
            return []
        rows = self._connection.execute(
            select(service_case)
            .where(or_(*whose), _CASE.state == CaseState.OPEN.value)
            .order_by(_CASE.opened_at.desc(), _CASE.id.desc())
        )
        return [case_of(row) for row in rows]

    def of_form(self, form_id: int) -> list[ServiceCase]:
        rows = self._connection.execute(select(service_case).where(_CASE.form_id == form_id).order_by(_CASE.id))
        return [case_of(row) for row in rows]

    def close(self, case_id: int, by: str, result: str, now: datetime) -> bool:
        """False if there is no such open one."""
        return (
            self._connection.execute(
                update(service_case)
                .where(_CASE.id == case_id, _CASE.state == CaseState.OPEN.value)
                .values(state=CaseState.CLOSED.value, closed_by=by, result=result, closed_at=now)
            ).rowcount
            == 1
        )

    def give(self, case_id: int, owner: str) -> None:
        """That user is responsible for it from now on."""
        self._connection.execute(update(service_case).where(_CASE.id == case_id).values(owner=owner))

    def _latest(self, day: date) -> str | None:
        return self._connection.scalar(
            select(_CASE.number)
            .where(_CASE.number.startswith(f"{day:%Y%m%d}-"))
            .order_by(func.length(_CASE.number).desc(), _CASE.number.desc())
            .limit(1)
        )
