"""G3: what log forms hold of a person."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from sqlalchemy import delete, select

from hotline.domain.batches import batches
from hotline.domain.errors import Outdated
from hotline.domain.forms.form import CallForm, FormChange
from hotline.storage.forms.store import FormStore, change_of
from hotline.storage.forms.tables import call_form, call_form_change
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.transaction import TableStore

_WRITTEN = "number caller_name callback_number region address content handling promise fields"

COLUMNS = (
    PersonalTable(
        call_form,
        part="records",
        copied=_WRITTEN,
        erased=f"{_WRITTEN} follow_up_person",
        not_copied={"follow_up_person": "it names one of our own people"},
        nothing={
            Holds.ID: "node linkedid",
            Holds.SETTING: "line category",
            Holds.CODE: "origin state",
            Holds.STAFF: "owner owner_name updated_by done_by",
        },
    ),
    PersonalTable(
        call_form_change, part="records", copied="changed", erased="changed", nothing={Holds.STAFF: "changed_by"}
    ),
)


class PersonFormStore(TableStore):
    def changes(self, form_ids: Collection[int]) -> list[FormChange]:
        """What was written into these forms, oldest first."""
        changed = call_form_change.c
        return [
            change_of(row)
            for some in batches(sorted(form_ids))
            for row in self._connection.execute(
                select(call_form_change).where(changed.form_id.in_(some)).order_by(changed.form_id, changed.version)
            )
        ]

    def forget(self, form: CallForm) -> None:
        """Write the form as it is now, and delete what earlier versions said. Raises Outdated when somebody else has
        just changed it."""
        if not FormStore(self._tx).update(dataclasses.replace(form, version=form.version + 1), form.version):
            raise Outdated("retention.record_changed_meanwhile")
        self._connection.execute(delete(call_form_change).where(call_form_change.c.form_id == form.id))
