"""E2: a call is kept for the cases that were opened from its log form."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Connection, select

from hotline.domain.batches import batches
from hotline.storage.cases.tables import service_case
from hotline.storage.forms.tables import call_form
from hotline.storage.kept_for import CallKey, KeepsCalls


class _Cases(KeepsCalls):
    def visits(self, connection: Connection, linkedids: Collection[str]) -> Iterator[tuple[CallKey, datetime | None]]:
        wanted = select(call_form.c.node, call_form.c.linkedid, service_case.c.closed_at).join(
            call_form, call_form.c.id == service_case.c.form_id
        )
        for some in batches(sorted(linkedids)):
            for row in connection.execute(wanted.where(call_form.c.linkedid.in_(some))):
                yield (row.node, row.linkedid), row.closed_at


KEPT_FOR = _Cases()
