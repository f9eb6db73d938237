"""E2: the category of a call's log form may have a longer term."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, select

from hotline.domain.batches import batches
from hotline.storage.forms.tables import call_form
from hotline.storage.kept_for import CallKey, KeepsCalls


class _Forms(KeepsCalls):
    def categories(self, connection: Connection, linkedids: Collection[str]) -> Iterator[tuple[CallKey, str]]:
        wanted = select(call_form.c.node, call_form.c.linkedid, call_form.c.category)
        for some in batches(sorted(linkedids)):
            for row in connection.execute(wanted.where(call_form.c.linkedid.in_(some))):
                yield (row.node, row.linkedid), row.category


KEPT_FOR = _Forms()
