"""What reports list: calls with their records, what is still open, and what customers had trouble with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from hotline.domain.cases.case import CaseState
from hotline.domain.forms.form import ANSWER_CLOCK, FormState
from hotline.domain.numbers import Number
from hotline.domain.staff.records import Tenure
from hotline.storage.callbacks.tables import callback
from hotline.storage.calls.tables import call
from hotline.storage.calls.with_customer import IS_WITH_CUSTOMER
from hotline.storage.cases.tables import service_case
from hotline.storage.deadlines.tables import deadline
from hotline.storage.forms.tables import call_form
from hotline.storage.staff.had import had
from hotline.storage.transaction import TableStore

_C, _F, _D = call.c, call_form.c, deadline.c
_RECORD = and_(_F.node == _C.node, _F.linkedid == _C.linkedid)

#: Of these is shown who wrote what; no other column of a record is.
_WRITTEN = ("caller_name", "category", "content", "handling", "promise", "solved", "complaint", "state")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A call with a customer, and what its record says (B1); `state` "" where it has none."""

    id: int
    started_at: datetime
    direction: str
    line: str
    counts_as: str
    outcome: str
    answered_by: str
    number: Number
    wait_seconds: float
    talk_seconds: float
    caller_name: str
    category: str
    content: str
    handling: str
    promise: str
    solved: bool | None
    complaint: bool | None
    state: str

    @property
    def hashed(self) -> tuple[object, ...]:
        """What a report's hash is made of: nothing that a person may have put right or deleted later."""
        whole = (self.id, self.started_at.isoformat(), self.direction, self.line, self.outcome, self.answered_by)
        return (*whole, round(self.talk_seconds, 3), self.category, self.state)


class ReportedStore(TableStore):
    def ledger(self, since: datetime, until: datetime, theirs: Iterable[Tenure] | None = None) -> Iterator[LedgerRow]:
        """Calls with customers that began in [since, until), the first first; of a person: those that they answered or
        dialled, at these extensions in these times."""
        columns = (_C.id, _C.started_at, _C.direction, _C.line, _C.counts_as, func.coalesce(_C.outcome, ""))
        whose = (func.coalesce(_C.answered_by, ""), _C.caller_number, _C.wait_seconds, _C.talk_seconds)
        wanted = select(*columns, *whose, *(_F[name] for name in _WRITTEN)).outerjoin_from(call, call_form, _RECORD)
        wanted = wanted.where(IS_WITH_CUSTOMER, *_began(since, until))
        if theirs is not None:
            wanted = wanted.where(had(theirs, _C.answered_by, _C.started_at))
        for row in self._connection.execute(wanted.order_by(_C.started_at, _C.id)):
            written = (value or "" for value in row[10:15])
            values: tuple[Any, ...] = (*row[:10], *written, row[15], row[16], row[17] or "")
            yield LedgerRow(*values)

    def open_records(self, until: datetime) -> list[int]:
        """B1: of calls before then that are not written up."""
        return self._ids(_F.id, _F.state == FormState.OPEN.value, _F.called_at < until)

    def owed_answers(self, until: datetime) -> list[int]:
        """B5: records of callers who could not be helped at once and wait for an answer."""
        return self._ids(_D.object_id, _D.clock == ANSWER_CLOCK, _D.stopped_at.is_(None), _D.started_at < until)

    def open_promises(self, until: datetime) -> list[int]:
        """B6: records with a promise that is not kept yet."""
        return self._ids(_F.id, _F.promise_due_at.is_not(None), _F.promise_kept_at.is_(None), _F.called_at < until)

    def open_callbacks(self, until: datetime) -> list[int]:
        """A9: calls that we owe."""
        return self._ids(callback.c.id, callback.c.closed_at.is_(None), callback.c.owed_from < until)

    def open_cases(self, until: datetime) -> list[int]:
        wanted = (service_case.c.state == CaseState.OPEN.value, service_case.c.opened_at < until)
        return self._ids(service_case.c.id, *wanted)

    def problems(self, since: datetime, until: datetime, product: str) -> Counter[tuple[str, str, bool]]:
        """How many records of calls in [since, until) there are by product (the further field of that name, "" for
        none), category, and whether it was a complaint."""
        wanted = select(_F.category, _F.fields, _F.complaint).where(_F.called_at >= since, _F.called_at < until)
        found: Counter[tuple[str, str, bool]] = Counter()
        for category, fields, complaint in self._connection.execute(wanted.where(_F.category != "")):
            found[str((fields or {}).get(product, "")).strip(), category, bool(complaint)] += 1
        return found

    def _ids(self, column: ColumnElement[int], *conditions: ColumnElement[bool]) -> list[int]:
        return list(self._connection.scalars(select(column).where(*conditions).order_by(column)))


def _began(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (_C.started_at >= since, _C.started_at < until)
