"""Log forms of calls that were taken on the duty mobile (B2), by what became of their links."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, and_, cast, exists, literal, select

from hotline.domain.forms.form import CallForm, FormState, Origin
from hotline.storage.calls.tables import call
from hotline.storage.forms.store import form_of_row
from hotline.storage.forms.tables import call_form
from hotline.storage.links.tables import link
from hotline.storage.transaction import TableStore


class DutyFormStore(TableStore):
    def without_link(self, since: datetime, limit: int) -> list[CallForm]:
        """Open log forms of ended calls that were taken on the duty mobile since then and have had no link yet."""
        of_call = and_(call.c.node == call_form.c.node, call.c.linkedid == call_form.c.linkedid)
        object_ = literal("form:", String).concat(cast(call_form.c.id, String))
        rows = self._connection.execute(
            select(call_form)
            .join(call, of_call)
            .where(
                call_form.c.origin == Origin.DUTY.value,
                call_form.c.state == FormState.OPEN.value,
                call_form.c.called_at >= since,
                call.c.ended_at.is_not(None),
                ~exists().where(link.c.object == object_),
            )
            .order_by(call_form.c.called_at, call_form.c.id)
            .limit(limit)
        )
        return [form_of_row(row) for row in rows]
