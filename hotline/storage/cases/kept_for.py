"""E2: a call is kept for the cases that it belongs to, until they are closed and their term is over."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, FromClause, case, select

from hotline.domain.batches import batches
from hotline.domain.cases.case import CaseState
from hotline.storage.cases.tables import case_call, service_case
from hotline.storage.forms.tables import call_form
from hotline.storage.kept_for import CallKey, KeepsCalls


class _Cases(KeepsCalls):
    def visits(self, connection: Connection, linkedids: Collection[str]) -> Iterator[tuple[CallKey, datetime | None]]:
        survivor = service_case.alias()
        ends = case(
            (service_case.c.state == CaseState.MERGED.value, _closed_at(survivor)), else_=_closed_at(service_case)
        )
        of_form = select(call_form.c.node, call_form.c.linkedid, ends.label("ended_at")).join(
            call_form, call_form.c.id == service_case.c.form_id
        )
        of_form = of_form.outerjoin(survivor, survivor.c.id == service_case.c.merged_into)
        attached = select(case_call.c.node, case_call.c.linkedid, ends.label("ended_at")).join(
            case_call, case_call.c.case_id == service_case.c.id
        )
        attached = attached.outerjoin(survivor, survivor.c.id == service_case.c.merged_into)
        for some in batches(sorted(linkedids)):
            for wanted, linkedid in ((of_form, call_form.c.linkedid), (attached, case_call.c.linkedid)):
                for row in connection.execute(wanted.where(linkedid.in_(some))):
                    yield (row.node, row.linkedid), row.ended_at


def _closed_at(cases: FromClause) -> ColumnElement[datetime | None]:
    """Merged ones go with the one within which they go on."""
    return case((cases.c.state == CaseState.CLOSED.value, cases.c.closed_at))


KEPT_FOR = _Cases()
