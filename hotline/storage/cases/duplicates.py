"""Cases that are of the same as another: same customer, kind and subject."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.storage.cases.store import case_of
from hotline.storage.cases.tables import service_case
from hotline.storage.transaction import TableStore

_CASE = service_case.c

#: Nobody complains of one thing more often.
_MOST = 50


class DuplicateStore(TableStore):
    def like(self, case: ServiceCase, since: datetime, open_only: bool = False) -> list[ServiceCase]:
        """Opened since then by the same customer or number, of the same kind and subject, without the case itself, the
        newest first. None of a case that nobody is known of."""
        whose = [_CASE.caller_number == case.caller_number] if case.caller_number else []
        if case.customer_id is not None:
            whose.append(_CASE.customer_id == case.customer_id)
        if not whose:
            return []
        states = [CaseState.OPEN.value] if open_only else [CaseState.OPEN.value, CaseState.CLOSED.value]
        wanted = (
            select(service_case)
            .where(
                or_(*whose),
                _CASE.state.in_(states),
                _CASE.kind == str(case.kind),
                _CASE.subject == case.subject,
                _CASE.opened_at >= since,
            )
            .order_by(_CASE.id.desc())
            .limit(_MOST)
        )
        found = map(case_of, self._connection.execute(wanted))
        return [each for each in found if each.id != case.id]
