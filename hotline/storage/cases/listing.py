"""Lists of cases: mine, my group's, a department's, what is due, what waits for the customer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, or_, select

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.rights.seeing import NumberAsked
from hotline.domain.search.search import listed_words
from hotline.storage.bulk import AT_ONCE, rows_of
from hotline.storage.cases.store import case_of
from hotline.storage.cases.tables import CASE_NUMBERS, IS_OFFERED, IS_OPEN, WAITS, service_case
from hotline.storage.number_search import number_found, rows_with_part
from hotline.storage.transaction import TableStore

_CASE = service_case.c

#: A whole number of a case.
_NUMBER = re.compile(r"\d{8}-\d{3,}")


_NEWEST = (_CASE.opened_at.desc(), _CASE.id.desc())


def is_case_number(text: str) -> bool:
    """Whether it is a whole one."""
    return _NUMBER.fullmatch(text) is not None


class CaseOrder(StrEnum):
    DUE = "due"  # what is due first, then what is due at no time
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What is asked for; None and "" ask for all. `owners`: user names. `due_before`: open ones that are due then, or
    were before. `hidden_from`: complaints about this user are left out. `text` with `asked`: as in `CaseStore.search`.
    `among`: ids of those in which the words of `text` stand; where `text` is given too, each is looked at again.
    `departments`: ids. `within_owners`, `within_departments`: what whoever asks may see at all, one of the two."""

    state: CaseState | None = CaseState.OPEN
    kinds: Collection[str] = ()
    stage: str = ""
    owners: Collection[str] | None = None
    departments: Collection[int] | None = None
    offered_to: str = ""
    due_before: datetime | None = None
    waiting: bool = False
    severity: str = ""
    channel: str = ""
    customer_id: int | None = None
    opened_since: datetime | None = None
    opened_until: datetime | None = None
    text: str = ""
    among: Collection[int] | None = None
    asked: NumberAsked | None = None
    hidden_from: str = ""
    within_owners: Collection[str] | None = None
    within_departments: Collection[int] = ()
    order: CaseOrder = CaseOrder.DUE


class CaseListStore(TableStore):
    def page(self, wanted: CaseFilter, limit: int, offset: int = 0) -> list[ServiceCase]:
        """Merged ones are in no list, unless they are asked for."""
        if wanted.order is CaseOrder.NEWEST:
            return self._read(_conditions(self._connection, wanted), _NEWEST, limit, offset)
        dated = [*_conditions(self._connection, wanted), _CASE.due_at.is_not(None)]
        found = self._read(dated, (_CASE.due_at, _CASE.id), limit, offset)
        if len(found) == limit or wanted.due_before is not None:
            return found
        # Two questions: an index gives what is due in order, and databases put what is due at no time at either end.
        skipped = 0 if found else max(offset - self._count(dated), 0)
        undated = [*_conditions(self._connection, wanted), _CASE.due_at.is_(None)]
        return [*found, *self._read(undated, (_CASE.id,), limit - len(found), skipped)]

    def newest(self, wanted: CaseFilter, most: int) -> Iterator[ServiceCase]:
        """As `page`, the newest first, read as they are taken: a hundred thousand at once take their memory."""
        chosen = select(service_case).where(*_conditions(self._connection, wanted)).order_by(*_NEWEST).limit(most)
        rows = self._connection.execute(chosen, execution_options={"yield_per": AT_ONCE})
        return map(case_of, rows)

    def _read(
        self, conditions: Sequence[ColumnElement[bool]], order: Sequence[ColumnElement[Any]], limit: int, offset: int
    ) -> list[ServiceCase]:
        chosen = select(service_case).where(*conditions).order_by(*order).limit(limit).offset(offset)
        return [case_of(row) for row in self._connection.execute(chosen)]

    def _count(self, conditions: Sequence[ColumnElement[bool]]) -> int:
        return self._connection.scalar(select(func.count()).select_from(service_case).where(*conditions)) or 0

    def count(self, wanted: CaseFilter, most: int) -> int:
        """At most `most`: a page says "1000 and more"."""
        chosen = select(_CASE.id).where(*_conditions(self._connection, wanted)).limit(most).subquery()
        return self._connection.scalar(select(func.count()).select_from(chosen)) or 0

    def with_number(self, asked: NumberAsked | None, part: str, most: int) -> list[int]:
        """Ids of those whose caller's number is asked for, as in `number_found`; at most so many."""
        found = number_found(asked, _CASE.caller_number, part)
        among = rows_with_part(self._connection, CASE_NUMBERS, part if asked is None else asked.end)
        return list(self._connection.scalars(select(_CASE.id).where(found, *among).limit(most)))

    def board(self, wanted: CaseFilter, stages: Sequence[str], each: int) -> dict[str, list[ServiceCase]]:
        """The first of each stage."""
        chosen = select(service_case).where(
            *_conditions(self._connection, wanted), _CASE.stage == bindparam("of_stage")
        )
        chosen = chosen.order_by(_CASE.due_at, _CASE.id).limit(each)
        asked = {stage: self._connection.execute(chosen, {"of_stage": stage}) for stage in stages}
        return {stage: list(map(case_of, rows)) for stage, rows in asked.items()}


def _of_state(state: CaseState | None) -> ColumnElement[bool]:
    if state is CaseState.OPEN:
        return IS_OPEN
    return _CASE.state == state.value if state else _CASE.state != CaseState.MERGED.value


def _conditions(connection: Connection, wanted: CaseFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    found.append(_of_state(wanted.state))
    for column, value in (
        (_CASE.stage, wanted.stage),
        (_CASE.severity, wanted.severity),
        (_CASE.channel, wanted.channel),
        (_CASE.offered_to, wanted.offered_to),
    ):
        if value:
            found.append(column == value)
    for column, chosen in ((_CASE.kind, wanted.kinds or None), (_CASE.owner, wanted.owners)):
        if chosen is not None:
            found.append(column.in_(sorted(chosen)))
    if wanted.departments is not None:
        found.append(_CASE.department_id.in_(sorted(wanted.departments)))
    if wanted.due_before is not None:
        found.append(_CASE.due_at < wanted.due_before)
    if wanted.offered_to:
        found.append(IS_OFFERED)
    if wanted.waiting:
        found.append(WAITS)
    if wanted.customer_id is not None:
        found.append(_CASE.customer_id == wanted.customer_id)
    if wanted.opened_since is not None:
        found.append(_CASE.opened_at >= wanted.opened_since)
    if wanted.opened_until is not None:
        found.append(_CASE.opened_at < wanted.opened_until)
    if wanted.within_owners is not None:
        theirs = _CASE.department_id.in_(sorted(wanted.within_departments))
        found.append(or_(_CASE.owner.in_(sorted(wanted.within_owners)), theirs))
    if wanted.hidden_from:
        found.append(_CASE.about != wanted.hidden_from)
    if wanted.among is not None:
        among = rows_of(connection, {"id": (_CASE.id.type, sorted(wanted.among))})
        found.append(_CASE.id.in_(select(among.c.id)))
    if is_case_number(wanted.text):
        found.append(_CASE.number == wanted.text)  # by its index: it is in no other case's words
    elif wanted.text:
        columns = (_CASE.number, _CASE.title, _CASE.content, _CASE.result)
        for word in listed_words(wanted.text):
            stands = [column.icontains(word, autoescape=True) for column in columns]
            found.append(or_(*stands, number_found(wanted.asked, _CASE.caller_number, word)))
    return found
