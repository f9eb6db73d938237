"""Which calls are complaints (C12): by their log form, or by a complaint that was opened of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, bindparam, exists, false, func, or_, select

from hotline.domain.cases.case import CaseKind
from hotline.storage.cases.tables import service_case
from hotline.storage.forms.tables import call_form
from hotline.storage.quality.tables import call_finding, call_score
from hotline.storage.transaction import TableStore

#: Of a row of call_form, which may be joined outside.
IS_COMPLAINT = or_(
    call_form.c.complaint,
    exists().where(service_case.c.form_id == call_form.c.id, service_case.c.kind == CaseKind.COMPLAINT.value),
)
_KNOWN = func.coalesce(IS_COMPLAINT, false())
#: Asked of every recording that is taken in: made once, since making it costs as much as asking.
_IS_ONE = select(_KNOWN).where(call_form.c.node == bindparam("node"), call_form.c.linkedid == bindparam("linkedid"))
_MEASURED = exists().where(
    call_finding.c.node == call_form.c.node,
    call_finding.c.linkedid == call_form.c.linkedid,
    call_finding.c.rule == "C12",
)


class ComplaintStore(TableStore):
    def is_one(self, node: str, linkedid: str) -> bool:
        return bool(self._connection.scalar(_IS_ONE, {"node": node, "linkedid": linkedid}))

    def measured_otherwise(self, since: datetime, limit: int) -> list[tuple[str, str]]:
        """Calls whose form was written since then, and which were measured as complaints and are none, or the other
        way round. Complaints without a transcript are among them: nothing was found of their words."""
        rows = self._connection.execute(
            select(call_form.c.node, call_form.c.linkedid)
            .join(
                call_score, and_(call_score.c.node == call_form.c.node, call_score.c.linkedid == call_form.c.linkedid)
            )
            .where(call_form.c.updated_at >= since, _KNOWN != _MEASURED)
            .order_by(call_form.c.id.desc())
            .limit(limit)
        )
        return [(row.node, row.linkedid) for row in rows]
